"""Wellread: a knowledge base of health articles that answers questions with the articles' own words.

    import wellread

    wellread.publish("kb", "index")
    searcher = wellread.open("index")
    answer = searcher.ask("is it dangerous?")

docs/python.md shows the rest. What is heavy is imported when it is first used.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

# Before anything imports ONNX Runtime, which would send usage data and write below the home folder.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from wellread.datatypes import Answer, Article, Block, Hit, Link, Passage, Scores, Section, Sentence
    from wellread.errors import (
        ArticleError,
        ArticlesRefused,
        CalibrationError,
        EngineError,
        GlossaryError,
        IndexBusy,
        IndexDamaged,
        IndexMissing,
        JudgmentsError,
        KnowledgeBaseError,
        ModelError,
        PublishingRefused,
        SettingsError,
        WellreadError,
    )
    from wellread.publishing.policy import Policy
    from wellread.publishing.report import Report
    from wellread.relevance.judgments import Judgments
    from wellread.search.searcher import Searcher

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "ArticlesRefused",
    "Block",
    "CalibrationError",
    "EngineError",
    "GlossaryError",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "IndexMissing",
    "Judgments",
    "JudgmentsError",
    "KnowledgeBaseError",
    "Link",
    "ModelError",
    "Passage",
    "Policy",
    "PublishingRefused",
    "Report",
    "Scores",
    "Searcher",
    "Section",
    "Sentence",
    "SettingsError",
    "WellreadError",
    "open",
    "publish",
    "read_articles",
    "read_judgments",
]

_ELSEWHERE = {
    "wellread.datatypes": "Answer Article Block Hit Link Passage Scores Section Sentence",
    "wellread.publishing.policy": "Policy",
    "wellread.publishing.report": "Report",
    "wellread.relevance.judgments": "Judgments",
    "wellread.search.searcher": "Searcher",
    "wellread.errors": "ArticleError ArticlesRefused CalibrationError EngineError GlossaryError IndexBusy IndexDamaged"
    " IndexMissing JudgmentsError KnowledgeBaseError ModelError PublishingRefused SettingsError WellreadError",
}
_MODULES = {name: module for module, names in _ELSEWHERE.items() for name in names.split()}
"""The module of each public name that is imported when it is first used."""


def open(  # noqa: A001 - as one opens a file
    index: str | os.PathLike[str], model: str | None = None, reranker: str | None = None
) -> Searcher:
    """Open an index for asking: the generation that is served now, whatever is published later.

    `model` is the embedding model to ask with; it must be the one that made the index, which is the default.
    `reranker` is a cross-encoder that puts the first passages in order, if one is wanted. Both are folders or hub ids.

    >>> searcher = wellread.open("index")
    >>> searcher.ask("is it dangerous?", k=1).hits[0].passage.id
    'neurological-spasms#faq-dangerous'

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
        ModelError: a model is missing, or is not the one that made the index.
        CalibrationError: nothing was fitted for the model.
    """
    from wellread.search.opening import open_searcher

    return open_searcher(Path(index), model, reranker)


def publish(
    kb: str | os.PathLike[str],
    index: str | os.PathLike[str],
    model: str | None = None,
    policy: Policy | None = None,
) -> Report:
    """Publish a folder of articles into an index, as `wellread ingest` does; searchers that are open stay as they are.

    `model` is the embedding model, a folder or a hub id; the built-in one is the default. Without a `policy`
    the library's own settings count (kb/wellread.toml), and the judged questions that they name, or that are beside the
    folder of articles, are asked before anything is served, if there are any.

    >>> wellread.publish("kb", "index").articles.added
    ('neurological-spasms',)

    Raises:
        KnowledgeBaseError: `kb` is no folder of articles.
        ArticlesRefused: articles cannot be read; each is named.
        PublishingRefused: too many articles would go, or too many judged questions would lose their answers.
        SettingsError, GlossaryError: a file beside the articles says what it may not.
        IndexBusy: another process is publishing.
        WellreadError: the disk, the model or a file of judged questions refused.
    """
    from wellread.encoders.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEncoder
    from wellread.publishing.policy import settings_used
    from wellread.publishing.publish import publish as publish_with

    if policy is None:
        settings = settings_used(Path(kb))
        policy = settings.policy(settings.judgments(Path(kb)))
    encoder = SentenceTransformerEncoder(model or DEFAULT_MODEL)
    return publish_with(Path(kb), Path(index), encoder, policy=policy)


def read_articles(kb: str | os.PathLike[str]) -> tuple[Article, ...]:
    """Read every article below a folder, by id, without publishing anything.

    >>> [article.title for article in wellread.read_articles("kb")]
    ['neurological spasms: causes, symptoms, and treatment']

    Raises:
        KnowledgeBaseError: `kb` is no folder of articles.
        ArticlesRefused: articles cannot be read; each is named.
    """
    from wellread.articles.library import read_kb

    return read_kb(Path(kb))


def read_judgments(folder: str | os.PathLike[str]) -> tuple[Judgments, ...]:
    """Read every collection of judged questions below a folder, for the `judgments` of a policy.

    >>> [judgments.name for judgments in wellread.read_judgments("judgments")]
    ['neurological-spasms']

    Raises:
        JudgmentsError: a file cannot be read; it is named with the line and the reason.
    """
    from wellread.relevance.judgments import read_all_judgments

    return read_all_judgments(Path(folder))


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
