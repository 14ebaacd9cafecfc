"""What an editor sees of a draft before it is published, and questions asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wellread.articles.checking import check_library
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding
from wellread.articles.library import read_article
from wellread.articles.passages import cut_article
from wellread.datatypes import Answer, Article
from wellread.desk.drafts import Draft
from wellread.desk.release import Desk
from wellread.encoders.sentence_transformer import Encoder
from wellread.publishing.policy import settings_used
from wellread.publishing.trial import Trial
from wellread.search.calibration import load_calibration
from wellread.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that was tried: the id of its article, the trial, and what `wellread check` would find in its file."""

    article: str
    trial: Trial
    findings: tuple[Finding, ...]


def ready_of(desk: Desk, draft: Draft, encoder: Encoder, today: date) -> Ready:
    """Try a draft and look it over among the other articles; raises what `Desk.try_draft` raises."""
    trial = desk.try_draft(draft, encoder)
    article = read_article(desk.kb / draft.file, desk.kb, data=draft.data)
    settings = settings_used(desk.kb).settings
    checked = check_library(
        desk.kb,
        FilePatterns(settings.include, settings.exclude, {draft.file: draft.data}),
        lambda article: cut_article(article, encoder.count_tokens, encoder.max_tokens),
        today,
    )
    return Ready(article.id, trial, tuple(finding for finding in checked.findings if finding.file == draft.file))


def asked_of(
    desk: Desk, trial: Trial, encoder: Encoder, question: str, passages: int
) -> tuple[Answer, Mapping[str, Article]]:
    """Ask a question of a trial's generation, as readers would if it were served; gives its articles by id too.

    Raises CalibrationError where nothing was fitted for the model.
    """
    searcher = Searcher(trial.candidate, encoder, load_calibration(desk.index, encoder.name, encoder.fingerprint))
    return searcher.ask(question, passages), {article.id: article for article in searcher.articles}
