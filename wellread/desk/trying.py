"""What an editor sees of a change before it is published, and questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wellread.articles.checking import check_library
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding
from wellread.articles.library import read_article
from wellread.datatypes import Answer, Article
from wellread.desk.changes import Change
from wellread.desk.overview import look_over
from wellread.desk.release import Desk
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import ArticleError
from wellread.publishing.policy import settings_used
from wellread.publishing.trial import Trial
from wellread.relevance.measures import RELEVANT
from wellread.search.calibration import load_calibration
from wellread.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Ready:
    """A change that was tried: the article's id before and after it ("" for none), and the trial.

    `findings` is what `wellread check` would find in the article's file then, and links that lead nowhere by it.
    `judged` are the judged questions whose passages have another address then, or none.
    """

    before: str
    after: str
    trial: Trial
    findings: tuple[Finding, ...]
    judged: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The ids of other articles that would be published with it, as they were changed in the folder."""
        articles = self.trial.report.articles
        moved = (*articles.added, *articles.changed, *articles.removed)
        return tuple(name for name in moved if name not in (self.before, self.after))


def ready_of(desk: Desk, change: Change, encoder: Encoder, today: date, may_shrink: bool = False) -> Ready:
    """Try a change and look it over among the other articles; raises what `Desk.try_change` raises."""
    trial = desk.try_change(change, encoder, may_shrink)
    before = _id(desk, change.file, None)
    after = _id(desk, change.to, change.texts[change.to]) if change.to else ""
    settings = settings_used(desk.kb).settings
    patterns = FilePatterns(settings.include, settings.exclude, change.texts)
    findings = check_library(desk.kb, patterns, encoder, today).findings
    known = {_link(finding) for finding in look_over(desk, encoder, today).findings}
    told = tuple(
        finding
        for finding in findings
        if finding.file == change.to or (finding.code == "broken-link" and _link(finding) not in known)
    )
    return Ready(before, after, trial, told, _judged(desk, before) if before != after else ())


def asked_of(
    desk: Desk, trial: Trial, encoder: Encoder, question: str, passages: int
) -> tuple[Answer, Mapping[str, Article]]:
    """Ask a question of a trial's generation, as readers would if it were served; gives its articles by id too.

    Raises CalibrationError where nothing was fitted for the model.
    """
    searcher = Searcher(trial.candidate, encoder, load_calibration(desk.index, encoder.name, encoder.fingerprint))
    return searcher.ask(question, passages), {article.id: article for article in searcher.articles}


def _id(desk: Desk, file: str, data: bytes | None) -> str:
    """The id of the article that a file makes, "" where it makes none."""
    if data is None and not (desk.kb / file).is_file():
        return ""
    try:
        return read_article(desk.kb / file, desk.kb, data=data).id
    except ArticleError:  # what stands there so far need not be readable for it to go
        return ""


def _link(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.file, finding.message


def _judged(desk: Desk, article: str) -> tuple[str, ...]:
    """The judged questions that passages of an article answer."""
    if not article:
        return ()
    settings = settings_used(desk.kb)
    return tuple(
        collection.queries[query]
        for collection in settings.judgments(desk.kb).collections
        if collection.articles is None
        for query, grades in collection.qrels.items()
        if any(grade >= RELEVANT and name.partition("#")[0] == article for name, grade in grades.items())
    )
