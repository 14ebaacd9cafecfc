"""Looks at what an article says: titles that are none, paragraphs without end, dates and adverts in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wellread.articles.adverts import is_advert
from wellread.articles.date_lines import prints_review, read_date_line
from wellread.articles.editors_notes import is_editors_note
from wellread.articles.findings import Finding
from wellread.articles.introductions import COLONS, announces, ends_sentence, introduces
from wellread.articles.marktext import beginning
from wellread.datatypes import Article, Block, Section
from wellread.text.sentences import split_sentences
from wellread.text.tex import tex_formulas

MAX_TITLE = 120
"""Characters of a title, at most; the longest of the articles here has 80."""

MAX_PARAGRAPH = 1_500
"""Characters of a section's only paragraph, at most: about 250 words, a page on a phone, and more than one passage."""

MANY_WORDS = 120
"""Words from which on an article wants headings: about two passages."""

COPIES = 3
"""Articles with the same short section from which on it is named; longer texts are compared word for word."""

_QUOTED = 60
_NO_TITLE = re.compile(
    r"https?://\S*|www\.\S+|(?:microsoft word|powerpoint|presentation|document)\s*\d*\s*[-–:].*|\S+\.(?:docx?|pdf"
    r"|html?|rtf|odt|txt)"
    r"|(?:source|url|retrieved|accessed|published|updated|last updated|last reviewed|date|page|by|author)\s*:.*"
    r"|page \d+(?: of \d+)?|(?:img|scan|doc|file|dsc|page|untitled)[_ -]?\d+|\w{1,8}_\d+"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|home|menu|skip to .*|welcome|search|login",
    re.IGNORECASE,
)

_NO_SPACE = re.compile(r"\b[^\W\d_]+[a-zß-ÿа-я][.?!][A-ZÀ-ÞА-Я][a-zß-ÿа-я][^\W\d_]*")
"""The end of a sentence and the beginning of the next one; the site "GOV.UK" is none."""
_MANY_PLACES = 3
"""Of them with other words from which on they are named; a single one is a slip, or the name of a site."""
_PATH = re.compile(r"[•●|»›>→][^•●|»›>→]+[•●|»›>→]")
"""Two signs that stand between the parts of a page's path or of a leaflet's foot: "Home > Skin > Eczema"."""
_MOST_BEFORE_COLON = 6
"""Words of a title that ends with a colon; a longer one is a sentence."""
_SYMBOL = re.compile("[\ue000-\uf8ff\ufffd]")


def check_content(article: Article) -> Iterator[Finding]:
    """Look for what a careful editor sees in one article's words."""

    def found(line: int | None, code: str, message: str, remedy: str) -> Finding:
        return Finding("warning", article.file, line, code, message, remedy)

    if _is_none(article.title) or is_editors_note(article.title, article.language):
        yield found(None, "no-title", f'the title "{article.title}" is none', "write what the article is about")
    elif len(article.title) > MAX_TITLE or (article.title.endswith(".") and len(article.title.split()) > 8):
        message = f'the title "{beginning(article.title, _QUOTED)}" is a sentence'
        yield found(None, "no-title", message, "give the article a short title in words")
    yield from (found(*one) for one in _form(article))
    yield from (found(*one) for one in _first_line(article))
    yield from (found(*one) for one in _run_together(article))
    yield from (found(*one) for one in _tasks(article))
    dated = article.last_reviewed is not None or article.next_review is not None
    for section in article.sections:
        for line, text in ((section.line, section.heading), *((block.line, block.text) for block in section.blocks)):
            yield from (found(line, *one) for one in _line(text, dated))
            if is_editors_note(text, article.language):
                message = f'"{beginning(text, _QUOTED)}" may be meant for those who write, and readers see it'
                yield found(line, "editors-note", message, "do what it says, then delete it, if it is none for readers")
        yield from (found(*one) for one in _paragraph(section))


def _is_none(title: str) -> bool:
    """Tell whether a title is a file's name, an address, a page's path, an advert, or introduces what is below it."""
    form = _NO_TITLE.fullmatch(title) or _PATH.search(title)
    return form is not None or is_advert(title) or (title.endswith(COLONS) and _begins_list(title))


def _begins_list(title: str) -> bool:
    """Tell whether a title that ends with a colon is a sentence, as "There are three types:" is."""
    words = title.rstrip("".join(COLONS)).rstrip()
    return len(words.split()) > _MOST_BEFORE_COLON or (words != "" and announces(words))


def repeated_sections(articles: Sequence[Article]) -> Iterator[Finding]:
    """Name the short sections that stand in many articles under the same heading, each once."""
    places: defaultdict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for article in articles:
        for section in article.sections:
            text = " ".join(block.text for block in section.blocks).casefold()
            if 4 < len(text.split()) < 20 and section.heading != article.title:
                places[section.heading.casefold(), text].append((article.file, section.line))
    for (_, text), where in places.items():
        files = sorted({file for file, _ in where})
        if len(files) >= COPIES:
            file, line = min(where)
            message = f'the section with "{beginning(text, _QUOTED)}" stands in {len(files)} articles, word for word'
            remedy = "say in each what is its own, or keep it in one article"
            yield Finding("warning", file, line, "repeated-section", message, remedy)


def _form(article: Article) -> Iterator[tuple[int | None, str, str, str]]:
    """Say that an article has no heading, and how it may have lost them."""
    if any(section.heading != article.title for section in article.sections):
        return
    blocks = [block for section in article.sections for block in section.blocks]
    lines = [block for block, below in pairwise(blocks) if _like_heading(block, below)]
    if len(lines) > 1 and not article.file.lower().endswith(".txt"):
        message = f'the article has no heading, but lines that look like some: "{lines[0].text}"'
        remedy = 'write "## " before each of them, or name the file .txt if it is plain text'
        yield lines[0].line, "no-heading", message, remedy
    elif sum(len(block.text.split()) for block in blocks) >= MANY_WORDS:
        message = "the article has no heading: all of it is one section"
        yield None, "no-heading", message, "give each part a heading that says what it is about"


def _first_line(article: Article) -> Iterator[tuple[int | None, str, str, str]]:
    """Name a first line that is nothing but a date and what it is, in words that are not known."""
    block = next((block for section in article.sections for block in section.blocks), None)
    day = read_date_line(block.text, block.line) if block and block.type == "paragraph" else None
    if day and not day.kind:
        message = f'the line "{day.text}" may say when this was reviewed'
        yield day.line, "printed-date", message, "if it does, write last_reviewed into the details, and delete it here"


def _run_together(article: Article) -> Iterator[tuple[int | None, str, str, str]]:
    """Name sentences that have no space between them, as where a copy has lost the ends of lines."""
    blocks = [block for section in article.sections for block in section.blocks]
    places = [(block.line, place[0]) for block in blocks for place in _NO_SPACE.finditer(block.text)]
    if len({words for _, words in places}) >= _MANY_PLACES:
        line, words = places[0]
        message = f'sentences run together in {len(places)} places, as "{words}": the ends of lines may be lost'
        yield line, "run-together", message, "compare with the source, and put back paragraphs, lists and headings"


def _like_heading(block: Block, below: Block) -> bool:
    text = block.text
    short = block.type == "paragraph" and len(text.split()) <= 8 and text[0].isupper()
    return short and not (ends_sentence(text) or introduces(text) or is_advert(text)) and below.type != "row"


def _line(text: str, dated: bool) -> Iterator[tuple[str, str, str]]:
    """Look at one line; `dated` is whether the details of its article say when it was or will be reviewed."""
    if is_advert(text):
        message = f'"{beginning(text, _QUOTED)}" leads elsewhere, as on the page that the text was copied from'
        yield "advert", message, "delete it if it is no text of the article"
    if prints_review(text):
        message = f'a review date is printed in the text: "{beginning(_dating(text), 2 * _QUOTED)}"'
        twice = "the details say it: delete the date here, or readers see both when one is changed"
        yield "printed-date", message, twice if dated else "write it into the details, and delete it here"
    if formulas := tex_formulas(text):
        message = f'readers see the code of a formula: "{beginning(formulas[0], _QUOTED)}"'
        yield "formula", message, "write it in words or signs: 15 × weight in kg"
    if symbol := _SYMBOL.search(text):
        message = f"the text holds U+{ord(symbol[0]):04X}, a character that readers see as a box"
        yield "symbol", message, "write the sign that is meant: Word's symbol fonts put ≥, ≤, µ, ° and → there"


def _dating(text: str) -> str:
    """Return the sentences of a line that say when it was reviewed, or is to be; the line where none says it alone."""
    sentences = (text[a:b] for a, b in split_sentences(text))
    return " ".join(filter(prints_review, sentences)) or text


def _tasks(article: Article) -> Iterator[tuple[int | None, str, str, str]]:
    """Name open boxes at the end of an article that has no others, where no heading and no introduction announces them.

    Those who write leave such lists for themselves; what readers are to tick is announced.
    """
    blocks = [block for section in article.sections[-1:] for block in section.blocks]
    first = len(blocks)
    while first and blocks[first - 1].text.startswith("☐"):
        first -= 1
    others = (block for section in article.sections for block in section.blocks)
    boxes = sum(block.text.startswith(("☐", "☒", "☑")) for block in others)
    if not 0 < first < len(blocks) or boxes > len(blocks) - first or not ends_sentence(blocks[first - 1].text):
        return
    if blocks[first - 1].type == "paragraph" and not blocks[first - 1].text.endswith(COLONS):
        message = f'"{beginning(blocks[first].text, _QUOTED)}" and the boxes below it may be tasks of those who write'
        yield blocks[first].line, "editors-note", message, "delete them, or say above them what readers are to tick"


def _paragraph(section: Section) -> Iterator[tuple[int | None, str, str, str]]:
    if (
        len(section.blocks) == 1
        and section.blocks[0].type == "paragraph"
        and len(section.blocks[0].text) > MAX_PARAGRAPH
    ):
        size = len(section.blocks[0].text)
        message = f'the section "{section.heading}" is one paragraph of {size:,} characters'
        yield section.blocks[0].line, "long-paragraph", message, "divide it by blank lines, lists and headings"
