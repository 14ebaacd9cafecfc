"""Orders the candidates for a question: every signal of each, one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Passage, Scores
from wellread.index.port import Candidates, GenerationReader, Retriever
from wellread.search.calibration import KINDS, Calibration
from wellread.search.contrasts import contrast
from wellread.search.late_interaction import maxsim
from wellread.search.query import Query
from wellread.text.terms import terms_of
from wellread.text.words import PREFIX_LENGTH, content_words

CANDIDATES = 100
"""Passages taken from each retriever before they are ranked."""

LATE_DEPTH = 12
"""Candidates whose token vectors are compared with the question's, the best by all other signals.

On the questions to develop on, 12 put as many right sections first as 60 do; docs/notebook.md.
"""

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

    `late` counts late interaction (`maxsim`) for the LATE_DEPTH best by all others, which stay before the rest; of
    these, one gains by `contrast` whose headings name the side of a contrast that the question names (high, adult, type
    1), and one loses by it whose headings name the opposite. The lexical signal is BM25 / (the best BM25 among the
    candidates + `bm25_damping`): BM25 is made of inverse document frequencies, which say little in a small collection,
    where it stays small beside the damping. A section of the kind that the question wants gains by `kind`; one that is
    less of it than another section of its own article loses by `kind_deficit`: inside an article the kind decides,
    between articles the subject does. All of an article's passages gain by `heading_similarity`, times the cosine of
    the nearest of their headings, and by `title_overlap`, times the cosine of the words in common with the title and
    headings of the one that has most.

    Chosen on development judgments; docs/retrieval.md has the figures and what lost.
    """

    passage: float = 0.2
    sentence: float = 0.2
    late: float = 0.6
    contrast: float = 0.04
    lexical: float = 0.0
    bm25_damping: float = 10.0
    kind: float = 0.0
    kind_deficit: float = 0.0
    heading_similarity: float = 0.0
    title_overlap: float = 0.0


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
    reader: GenerationReader,
) -> Ranking:
    """Order the candidates of a question by every signal, best first; ties go by row.

    `reader` is asked for the titles and headings, and for the tokens, of the first passages alone.
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
        overlap = np.array([_title_overlap(query.text, reader.passage(row)) for row in candidates.rows[first].tolist()])
        final[first] += weights.title_overlap * _best_of_its_article(overlap, candidates.articles[first])
        order = np.lexsort((candidates.rows, -final))
    late = np.zeros(len(order))
    if weights.late:
        first = order[:LATE_DEPTH]
        opposites = [_contrast(query, reader.passage(row)) for row in candidates.rows[first].tolist()]
        late[first] = [maxsim(query.tokens, reader.token_vectors(row)) for row in candidates.rows[first].tolist()]
        final[first] += weights.late * late[first] + weights.contrast * np.array(opposites)
        first = first[np.lexsort((candidates.rows[first], -final[first]))]
        order = np.concatenate([first, order[LATE_DEPTH:]])
    signals = np.stack([candidates.passage, candidates.sentence, candidates.lexical, kind, final, late], axis=1)
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


def _contrast(query: Query, passage: Passage) -> int:
    """Whether a passage's headings name the side of a contrast that the question names, or its opposite."""
    return contrast(query.plain_text, passage.title, passage.path)


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
