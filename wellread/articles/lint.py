"""Finds what an editor should mend in readable articles: dates, headings, links, and texts written twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from wellread.articles.content_checks import check_content, repeated_sections
from wellread.articles.duplicates import near_duplicates
from wellread.articles.findings import Finding, count, findings_of_notes
from wellread.articles.links import NONE_ABSENT, Targets
from wellread.articles.marktext import beginning
from wellread.articles.titles import names_no_subject, says_nothing
from wellread.datatypes import Article, Passage, Section

MAX_PARTS = 3
"""A section that must be cut into more passages than this is worth dividing by hand."""

_NAMED = 3
"""Places that one finding names, at most."""

_QUOTED = 60
"""Characters of a text that a finding quotes, at most."""


def lint(
    articles: Sequence[Article],
    passages: Sequence[Passage],
    today: date,
    absent: Mapping[str, str] = NONE_ABSENT,
) -> tuple[Finding, ...]:
    """Look for what should be mended in articles and the passages cut from them, by file, line and code.

    `absent` are files of articles that readers do not see, each with the reason.
    """
    findings: list[Finding] = []
    targets = Targets(articles, absent)
    for article in articles:
        findings += _dates(article, today)
        findings += _headings(article)
        findings += targets.broken_links(article)
        findings += check_content(article)
        findings += findings_of_notes(article)
    findings += _oversized(articles, passages)
    findings += _copies(articles, passages)
    findings += repeated_sections(articles)
    return tuple(sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.code, finding.message)))


def find_errors(
    articles: Iterable[Article], linking: Iterable[Article], today: date, targets: Targets
) -> tuple[Finding, ...]:
    """The errors that `lint` finds, by file, line and code.

    `articles` may come without their sections; `linking` are those with links inside the library, whole.
    """
    findings = [finding for article in articles for finding in _dates(article, today)]
    findings += [finding for article in linking for finding in targets.broken_links(article)]
    errors = [finding for finding in findings if finding.level == "error"]
    return tuple(sorted(errors, key=lambda finding: (finding.file, finding.line or 0, finding.code, finding.message)))


def _dates(article: Article, today: date) -> Iterator[Finding]:
    reviewed, due = article.last_reviewed, article.next_review
    markdown = not article.file.lower().endswith(".txt")
    where = "into the front matter" if markdown else "on a line under the title"

    def written(key: str, words: str, what: str) -> str:
        return f'write "{key if markdown else words}: {what}" {where}'

    last = written("last_reviewed", "Last reviewed", "YYYY-MM-DD")
    following = written("next_review", "Next review", "YYYY-MM-DD")
    if reviewed is None:
        message = "the article does not say when it was last reviewed"
        yield Finding("warning", article.file, None, "review-date-missing", message, last)
    elif reviewed > today:
        message = f"the article was last reviewed on {reviewed}, which is in the future"
        yield Finding("error", article.file, None, "review-in-future", message, f"correct the date: {last}")
    if reviewed and due and due < reviewed:
        message = f"the next review, {due}, lies before the last one, {reviewed}"
        yield Finding("error", article.file, None, "review-dates-reversed", message, f"correct one: {following}")
    elif due and due < today:
        days = (today - due).days
        message = f"the article was due for review on {due}, {count(days, 'day')} ago"
        remedy = f"review it, and {following}"
        yield Finding("warning", article.file, None, "review-overdue", message, remedy)


def _headings(article: Article) -> Iterator[Finding]:
    if names_no_subject(article.title):
        message = f'the title "{article.title}" does not say what the article is about'
        yield Finding("warning", article.file, None, "vague-title", message, "name its subject in the title")
    lines: dict[tuple[str, ...], int] = {}
    for section, below in zip(article.sections, (*article.sections[1:], None), strict=True):
        heading = section.heading
        if heading != article.title and says_nothing(heading):
            message = f'the heading "{heading}" does not say what the section is about'
            remedy = "say it in the heading: people search for those words and read them first"
            yield Finding("warning", article.file, section.line, "vague-heading", message, remedy)
        first = lines.setdefault(tuple(name.casefold() for name in section.path), section.line)
        if first != section.line:
            message = f'the heading "{heading}" stands at line {first} already'
            remedy = "bring the two sections together, or say in each heading what is different"
            yield Finding("warning", article.file, section.line, "duplicate-heading", message, remedy)
        if not section.blocks and not _lies_under(section, below):
            message = f'nothing stands under the heading "{heading}"'
            yield Finding("warning", article.file, section.line, "empty-section", message, "write it, or delete it")


def _lies_under(section: Section, below: Section | None) -> bool:
    return below is not None and len(below.path) > len(section.path) and below.path[: len(section.path)] == section.path


def _oversized(articles: Sequence[Article], passages: Sequence[Passage]) -> Iterator[Finding]:
    parts = {(passage.article, passage.anchor): passage.parts for passage in passages}
    for article in articles:
        for section in article.sections:
            pieces = parts.get((article.id, section.anchor), 0)
            if pieces > MAX_PARTS:
                message = f'the section "{section.heading}" is so long that it is cut into {pieces} passages'
                remedy = "divide it by headings that say what each part is about"
                yield Finding("warning", article.file, section.line, "long-section", message, remedy)


def _copies(articles: Sequence[Article], passages: Sequence[Passage]) -> Iterator[Finding]:
    """One finding for all the texts that the same articles have in common, at the first place of the first text."""
    files = {article.id: article.file for article in articles}
    places = [(files[passage.article], passage.blocks[0].line) for passage in passages]
    shared: defaultdict[frozenset[str], list[tuple[list[tuple[str, int]], str]]] = defaultdict(list)
    for group in near_duplicates([passage.text for passage in passages]):
        where = sorted({places[member] for member in group})
        first = min(group, key=lambda member: (places[member], member))
        if len(where) > 1:  # parts of one long paragraph have one line
            shared[frozenset(file for file, _ in where)].append((where, " ".join(passages[first].text.split())))
    for groups in shared.values():
        ((file, line), *others), text = min(groups)
        named = ", ".join(f"{other}:{at}" for other, at in others[:_NAMED])
        if len(others) > _NAMED:
            named += f" and {count(len(others) - _NAMED, 'more place')}"
        message = f'the text "{beginning(text, _QUOTED)}" stands at {named} too, word for word or nearly'
        if len(groups) > 1:
            message += f", and {count(len(groups) - 1, 'more text')} of these articles likewise"
        remedy = "keep one and link to it, or say in each what is different"
        yield Finding("warning", file, line, "repeated-text", message, remedy)
