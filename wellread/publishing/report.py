"""What a publication did, or would do, as it is told to people and programs."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date

from wellread.articles.findings import Finding, Unfinished
from wellread.articles.links import Targets, absent_files
from wellread.articles.lint import find_errors
from wellread.datatypes import Note
from wellread.index.database import digest_of
from wellread.index.reader import Reader
from wellread.publishing.diff import DetailsDiff, diff_details
from wellread.publishing.embedding.team import TeamReport
from wellread.publishing.gate import Verdict
from wellread.publishing.history import Changes, compare
from wellread.publishing.plan import Plan
from wellread.publishing.serving import article_version


@dataclass(frozen=True, slots=True)
class Report:
    """What publishing did, or would do; `embedded` and `reused` count distinct texts, `seconds` the whole of it.

    `before` is the generation served before, or "" where there was none. `ignored` names files in the knowledge base
    that are no articles, `left_out` those of articles that patterns leave out, `unmatched` patterns that match no
    file. `verdict` is None where no judged question concerns the articles, or nothing has changed. `details` are those
    of articles that change, `errors` what is published although `wellread check` calls it an error. `team` says what
    workers did, where some embedded.
    """

    generation: str
    before: str
    articles: Changes
    passages: Changes
    embedded: int
    reused: int
    ignored: tuple[str, ...]
    verdict: Verdict | None
    seconds: float
    left_out: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    drafts: tuple[Unfinished, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    details: tuple[DetailsDiff, ...] = ()
    errors: tuple[Finding, ...] = ()
    team: TeamReport | None = None


def report_of(plan: Plan, served: Reader | None, started: float, embedded: int, texts: int) -> Report:
    """What a plan changes for readers; of its texts, so many are embedded and the others reused."""
    if served is not None and served.generation == plan.generation:
        counts = served.manifest.counts
        articles, passages = Changes(kept=counts["articles"]), Changes(kept=counts["passages"])
        details: tuple[DetailsDiff, ...] = ()
    else:
        old = {article.id: article for article in served.words.articles()} if served else {}
        new = {part.article.id: part.article for part in plan.parts}
        articles = compare(
            {name: article_version(article) for name, article in old.items()},
            {name: article_version(article) for name, article in new.items()},
        )
        details = tuple(diff_details(old, new))
        passages = _compare_passages(plan, served)
    return Report(
        generation=plan.generation,
        before=generation_of(served),
        articles=articles,
        passages=passages,
        embedded=embedded,
        reused=texts - embedded,
        ignored=plan.ignored,
        verdict=None,
        seconds=time.perf_counter() - started,
        left_out=plan.left_out,
        unmatched=plan.unmatched,
        drafts=plan.drafts,
        notes=plan.notes,
        details=details,
        errors=_errors(plan),
    )


def _compare_passages(plan: Plan, served: Reader | None) -> Changes:
    """How the passages differ from those served; those of articles that are taken over do not."""
    taken_over = {part.article.id for part in plan.parts if part.rows is not None}
    old: dict[str, bytes] = {}
    for article in served.words.articles() if served else ():
        if served and article.id not in taken_over:
            old |= served.words.digests_of(article.id)
    parts = [part for part in plan.parts if part.rows is None]
    new = {passage.id: digest_of(passage) for part in parts for passage in plan.content(part).passages}
    changes = compare(old, new)
    return replace(changes, kept=changes.kept + sum(part.passages for part in plan.parts if part.rows is not None))


def _errors(plan: Plan) -> tuple[Finding, ...]:
    """What is published although it is wrong; only articles with links inside the library are read whole."""
    by_file = {part.article.file: part for part in plan.parts}
    return find_errors(
        [part.article for part in plan.parts],
        (plan.content(part).article for part in plan.parts if part.linking),
        date.today(),
        Targets(
            [part.article for part in plan.parts],
            absent_files(plan.drafts, plan.left_out),
            lambda article: plan.content(by_file[article.file]).article,
        ),
    )


def generation_of(reader: Reader | None) -> str:
    """The id of the generation of a reader, or "" where there is none."""
    return reader.generation if reader else ""
