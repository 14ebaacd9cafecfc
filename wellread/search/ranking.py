"""The order of passages for a question: three rankings, every signal of their candidates, one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Passage, Scores
from wellread.encoders.sentence_transformer import Vectors
from wellread.index.generation import Reader
from wellread.search.calibration import KINDS, Calibration
from wellread.search.classifier import Features
from wellread.text.terms import terms_of
from wellread.text.words import PREFIX_LENGTH, content_words

CANDIDATES = 100
"""Rows taken from each ranking before they are fused."""

NAMED = 30
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
    """Candidates of one question, best first; `kinds` of their sections have the shape (len(rows), len(KINDS) + 2)."""

    rows: list[int]
    scores: list[Scores]
    kinds: NDArray[np.float64]

    def take(self, places: Sequence[int]) -> Ranking:
        """Some of the candidates, in the order given."""
        return Ranking([self.rows[n] for n in places], [self.scores[n] for n in places], self.kinds[list(places)])


def kinds_wanted(question: str, features: Features, calibration: Calibration | None) -> NDArray[np.float64]:
    """How probably a question wants each kind of section, and "other": shape (len(KINDS) + 1,)."""
    if calibration is None:
        return np.full(len(_MATCH), 1 / len(_MATCH))
    return np.asarray(calibration.questions.probabilities(features[np.newaxis], [question])[0])


def rank(
    reader: Reader,
    question: str,
    query: Vectors,
    wanted: NDArray[np.float64],
    calibration: Calibration | None,
    weights: Weights,
    depth: int = CANDIDATES,
) -> Ranking:
    """The first `depth` candidates of every ranking that counts, each scored by every signal, best first.

    Ties go by row.
    """
    nothing = np.empty(0, np.int64), np.empty(0, np.float32)
    near_passages, _ = reader.dense(query, "passages", depth) if weights.passage else nothing
    near_sentences, _ = reader.dense(query, "sentences", depth) if weights.sentence else nothing
    lexical_rows, lexical_scores = reader.lexical(question, depth) if weights.lexical else nothing
    rows = np.unique(np.concatenate([near_passages, reader.passage_of[near_sentences], lexical_rows]))
    passage = reader.similarity(query, "passages", rows)
    sentence = _best_sentences(reader, query, rows)
    lexical = np.zeros(len(rows), np.float32)
    lexical[np.searchsorted(rows, lexical_rows)] = lexical_scores
    share = lexical / (lexical.max(initial=0.0) + weights.bm25_damping)
    kinds = _kinds_of_sections(reader, rows, calibration)
    kind = np.asarray(kinds @ (wanted @ _MATCH), np.float64)
    near = weights.passage * passage + weights.sentence * sentence + weights.lexical * share
    articles = reader.article_of[rows]
    behind = kind - _best_of_its_article(kind, articles)
    heading = _best_of_its_article(reader.similarity(query, "headings", rows), articles)
    final = near + weights.kind * kind + weights.kind_deficit * behind + weights.heading_similarity * heading
    order = np.lexsort((rows, -final))
    if weights.title_overlap:  # none of the others can come before these: it only adds
        first = order[:NAMED]
        named = np.array([_words_in_common(question, reader.database.fetch(row)) for row in rows[first].tolist()])
        final[first] += weights.title_overlap * _best_of_its_article(named, articles[first])
        order = np.lexsort((rows, -final))
    return Ranking(
        [int(row) for row in rows[order]],
        [Scores(*told) for told in np.stack([passage, sentence, lexical, kind, final], axis=1)[order].tolist()],
        kinds[order],
    )


def _kinds_of_sections(reader: Reader, rows: NDArray[np.int64], calibration: Calibration | None) -> NDArray[np.float64]:
    """How probably each passage's section is of each kind: shape (len(rows), len(KINDS) + 2)."""
    if calibration is None or not len(rows):
        return np.zeros((len(rows), _MATCH.shape[1]))
    return calibration.headings.probabilities(reader.vectors("headings", rows))


def _best_sentences(reader: Reader, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """The cosine of each passage's nearest sentence, shape (len(rows),)."""
    if not len(rows):
        return np.empty(0, np.float32)
    first, last = np.searchsorted(reader.passage_of, rows), np.searchsorted(reader.passage_of, rows + 1)
    sentences = np.concatenate([np.arange(start, end) for start, end in zip(first, last, strict=True)])
    cosines = reader.similarity(query, "sentences", sentences)
    return np.asarray(np.maximum.reduceat(cosines, np.cumsum(last - first) - (last - first)), np.float32)


def _words_in_common(question: str, passage: Passage) -> float:
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
