"""What the tests of evaluations share: questions with what was found for them, and outcomes made of these."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import HashEncoder, plain_calibration

from wellread.datatypes import Article, Block, Scores, Section, State
from wellread.evaluation.measuring import measure
from wellread.evaluation.results import (
    AnswerVerdict,
    Comparison,
    Estimate,
    Outcome,
    QueryResult,
    QuestionType,
    ScoredDoc,
    SystemResult,
    TestbedResult,
)
from wellread.evaluation.testbeds import Indexing, index_articles
from wellread.publishing.publish import publish
from wellread.search.calibration import calibration_file, write_calibration
from wellread.search.searcher import Searcher

SCORES = Scores(passage=0.5, sentence=0.625, lexical=2.0, final=0.75)


def about(value: float) -> Any:
    """A figure as it is computed, in 32 bits somewhere on the way."""
    return pytest.approx(value, abs=1e-6)


def asked(
    query: str,
    *found: str,
    question_type: QuestionType = "covered",
    grades: Mapping[str, int] | None = None,
    verdict: AnswerVerdict | None = None,
    **fields: Any,
) -> QueryResult:
    """A question and what was found for it, best first; `fields` are further ones of the result."""
    return QueryResult(
        query, f"{query}?", question_type, grades or {}, tuple(map(ScoredDoc, found)), verdict=verdict, **fields
    )


def trusted(
    state: State = "answered",
    confidence: float = 0.5,
    notice: bool = False,
    marked: bool | None = None,
    right: bool | None = None,
    **fields: Any,
) -> AnswerVerdict:
    """What was said of an answer; `fields` are further ones of the verdict."""
    return AnswerVerdict(confidence, state, notice, marked, right, **fields)


def system(name: str, *questions: QueryResult, relevant: int = 2) -> SystemResult:
    """A system that answered some questions so."""
    return measure(name, {"of": name}, questions, relevant)


def compared(
    name: str, low: float, middle: float, high: float, corrected: float, won: tuple[int, int, int]
) -> Comparison:
    """A system beside one named "default"."""
    wins, losses, ties = won
    difference = Estimate(middle, low, high, sum(won))
    return Comparison(name, "default", "nDCG@10", difference, 0.5, wins, losses, ties, corrected / 2, corrected)


def outcome(*sets: TestbedResult) -> Outcome:
    """A whole evaluation of some sets."""
    return Outcome(sets, (), {"command": "python evaluate.py", "model": "hash", "seed": 7})


def article(name: str, **sections: str) -> Article:
    """An article whose sections have the keywords as headings."""
    blocks = {heading: (Block("paragraph", text, 1),) for heading, text in sections.items()}
    made = tuple(Section((heading,), heading, block, 1) for heading, block in blocks.items())
    return Article(name, name, made, name, "0")


def opened(folder: Path, *articles: Article, **searching: Any) -> Searcher:
    """A searcher over some articles, indexed by the small encoder."""
    encoder = HashEncoder()
    indexing = Indexing(folder, folder / "vectors.sqlite", encoder, 64)
    reader = index_articles(articles, indexing, lambda stage, done, total: None)
    return Searcher(reader, encoder, plain_calibration(), **searching)


def publish_small(folder: Path, threshold: float = 0.6, **articles: str) -> Path:
    """An index of two articles, and more, by the small encoder; from a confidence of `threshold` on it answers."""
    (folder / "kb").mkdir()
    (folder / "kb" / "flu.md").write_text("# Flu\n\n## Signs\n\nFever. Cough.\n\n## Care\n\nTea.\n")
    (folder / "kb" / "leg.md").write_text("# Leg\n\n## Care\n\nRest.\n")
    for name, text in articles.items():
        (folder / "kb" / f"{name}.md").write_text(text)
    publish(folder / "kb", folder / "index", HashEncoder())
    write_calibration(calibration_file(folder / "index", HashEncoder.fingerprint), plain_calibration(threshold))
    return folder / "index"


class Encoders:
    """Loads small encoders in the place of models, by name, and keeps them: what they embedded can be asked of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loaded: list[HashEncoder] = []
        for module in ("wellread.search.opening", "wellread.evaluation.testbeds"):
            monkeypatch.setattr(f"{module}.SentenceTransformerEncoder", self._load)

    @property
    def embedded(self) -> list[str]:
        """All texts of articles that were embedded, in the order of their letters."""
        return sorted(text for encoder in self.loaded for text in encoder.embedded)

    def _load(self, name: str) -> HashEncoder:
        self.loaded.append(OtherEncoder() if name == OtherEncoder.name else HashEncoder())
        return self.loaded[-1]


class OtherEncoder(HashEncoder):
    """Another small model: it reads half as much, and nothing was fitted for it."""

    name = "other"
    fingerprint = "hash-64-other"
    max_tokens = 32
