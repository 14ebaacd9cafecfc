"""Orders the candidates for a question: every signal of each, one score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Passage, Scores
from wellread.index.port import Candidates, Retriever
from wellread.search.calibration import KINDS, Calibration
from wellread.search.query import Query
from wellread.text.terms import terms_of
from wellread.text.words import PREFIX_LENGTH, content_words

CANDIDATES = 100
"""Passages taken from each retriever before they are ranked."""

TITLES_READ = 30
"""Candidates whose titles and headings are looked into for the words of the question, the best."""

_MATCH = np.full((len(KINDS) + 1, len(KINDS) + 2), 0.0)
"""How well a question of some kind (KINDS, "other") is met by a section of some kind (KINDS, "summary", "other")."""
_MATCH[:, len(KINDS) :] = 0.3
_MATCH[len(KINDS), :] = 0.3
np.fill_diagonal(_MATCH[: len(KINDS), : len(KINDS)], 1.0)
_MATCH[KINDS.index("outlook"), KINDS.index("warning")] = 0.3
_MATCH[KINDS.index("warning"), KINDS.index("outlook")] = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in a hit's final score.

    The lexical signal is BM25 / (the best BM25 among the candidates + `bm25_damping`): BM25 is made of inverse document
    frequencies, which say little in a small collection, where it stays small beside the damping. A section of the
    kind that the question wants gains by `kind`; one that is less of it than another section of its own article
    loses by `kind_deficit`: inside an article the kind decides, between articles the subject does. All of an article's
    passages gain by `heading_similarity`, times the cosine of the nearest of their headings, and by `title_overlap`,
    times the cosine of the words in common with the title and headings of the one that has most.

    Chosen on development judgments; docs/retrieval.md has the figures and what lost.
    """

    passage: float = 0.3
    sentence: float = 0.45
    lexical: float = 0.25
    bm25_damping: float = 10.0
    kind: float = 0.05
    kind_deficit: float = 0.4
    heading_similarity: float = 0.2
    title_overlap: float = 0.2


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, eq=False, slots=True)
class Ranking:
    """Candidates of one question, best first, with the numbers of their articles, shape (len(rows),).

    `kinds` of their sections have the shape (len(rows), len(KINDS) + 2).
    """

    rows: list[int]
    articles: NDArray[np.int64]
    scores: list[Scores]
    kinds: NDArray[np.float64]

    def take(self, places: Sequence[int]) -> Ranking:
        """Some of the candidates, in the order given."""
        return Ranking(
            [self.rows[place] for place in places],
            self.articles[list(places)],
            [self.scores[place] for place in places],
            self.kinds[list(places)],
        )


def rank(
    candidates: Candidates,
    query: Query,
    calibration: Calibration | None,
    weights: Weights,
    passage_of: Callable[[int], Passage],
) -> Ranking:
    """Order the candidates of a question by every signal, best first; ties go by row.

    `passage_of` gives the passage of a row, for the words of its title and headings.
    """
    share = candidates.lexical / (candidates.lexical.max(initial=0.0) + weights.bm25_damping)
    kinds = _kinds_of_sections(candidates, calibration)
    kind = np.asarray(kinds @ (query.wanted @ _MATCH), np.float64)
    near = weights.passage * candidates.passage + weights.sentence * candidates.sentence + weights.lexical * share
    behind = kind - _best_of_its_article(kind, candidates.articles)
    heading = _best_of_its_article(candidates.heading, candidates.articles)
    final = near + weights.kind * kind + weights.kind_deficit * behind + weights.heading_similarity * heading
    order = np.lexsort((candidates.rows, -final))
    if weights.title_overlap:  # none of the others can come before these: it only adds
        first = order[:TITLES_READ]
        overlap = np.array([_title_overlap(query.text, passage_of(row)) for row in candidates.rows[first].tolist()])
        final[first] += weights.title_overlap * _best_of_its_article(overlap, candidates.articles[first])
        order = np.lexsort((candidates.rows, -final))
    signals = np.stack([candidates.passage, candidates.sentence, candidates.lexical, kind, final], axis=1)
    return Ranking(
        candidates.rows[order].tolist(),
        candidates.articles[order],
        [Scores(*values) for values in signals[order].tolist()],
        kinds[order],
    )


def retrievers_of(weights: Weights) -> frozenset[Retriever]:
    """The retrievers that count."""
    counted: dict[Retriever, float] = {
        "passages": weights.passage,
        "sentences": weights.sentence,
        "lexical": weights.lexical,
    }
    return frozenset(retriever for retriever, weight in counted.items() if weight)


def _kinds_of_sections(candidates: Candidates, calibration: Calibration | None) -> NDArray[np.float64]:
    """How probably each candidate's section is of each kind: shape (len(rows), len(KINDS) + 2)."""
    if calibration is None or not len(candidates.rows):
        return np.zeros((len(candidates.rows), _MATCH.shape[1]))
    return calibration.headings.probabilities(candidates.headings)


def _title_overlap(question: str, passage: Passage) -> float:
    """The cosine of the words of a question and those of a passage's title and headings, each word counting alike."""
    asked, there = _beginnings(question), _beginnings(" ".join((passage.title, *passage.path)))
    return len(asked & there) / sqrt(len(asked) * len(there)) if asked and there else 0.0


def _beginnings(text: str) -> set[str]:
    """What the stems of a text's content words begin with."""
    return {stem[:PREFIX_LENGTH] for stem in terms_of(" ".join(content_words(text)))}


def _best_of_its_article(values: NDArray[Any], articles: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each value the greatest one of the same article."""
    names, places = np.unique(articles, return_inverse=True)
    best = np.full(len(names), -np.inf)
    np.maximum.at(best, places, values)
    return best[places]
