"""Orders the candidates for a question: every signal of each, one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Passage, Scores
from wellread.encoders.rerankers import Reranker
from wellread.encoders.sentence_transformer import Vectors
from wellread.index.port import Candidates, GenerationReader, Retriever
from wellread.search.calibration import KINDS, Calibration
from wellread.search.contrasts import contrast
from wellread.search.late_interaction import maxsim
from wellread.search.query import Query

CANDIDATES = 100
"""Passages taken from each retriever before they are ranked."""

LATE_DEPTH = 12
"""Candidates whose token vectors are compared with the question's, the best by all other signals.

On the questions to develop on, 12 put as many right sections first as 60 do; docs/notebook.md.
"""

RERANK_DEPTH = 30
"""Passages that a reranker puts in order, where there is one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in a hit's final score.

    `late` counts late interaction (`maxsim`) for the LATE_DEPTH best by all others, which stay before the rest; of
    these, one gains by `contrast` whose headings name the side of a contrast that the question names (high, adult, type
    1), and one loses by it whose headings name the opposite. The lexical signal is BM25 / (the best BM25 among the
    candidates + `bm25_damping`): BM25 is made of inverse document frequencies, which say little in a small collection,
    where it stays small beside the damping. `foreign` is added to `lexical` for a question that is not in English, in a
    library that is not all in English: the built-in model was trained in English. `kind` counts what a section lacks in
    the kind that is wanted beside the best of its article, in articles whose own questions were learned from.

    Chosen on questions about articles that nothing was learned from; docs/notebook.md has what lost. `kind` could
    only be chosen on the one article that has questions of its own.
    """

    passage: float = 0.25
    sentence: float = 0.25
    late: float = 0.5
    contrast: float = 0.05
    lexical: float = 0.05
    foreign: float = 0.25
    bm25_damping: float = 10.0
    kind: float = 0.2

    def in_another_language(self) -> Weights:
        """The weights for a question that is not in English, about articles that are not either."""
        return replace(self, lexical=self.lexical + self.foreign)


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, eq=False, slots=True)
class Ranking:
    """Candidates of one question, best first, with the numbers of their articles, shape (len(rows),).

    `headings` are the unit vectors of their headings, shape (len(rows), dimension).
    """

    rows: list[int]
    articles: NDArray[np.int64]
    scores: list[Scores]
    headings: Vectors

    def take(self, places: Sequence[int]) -> Ranking:
        """Some of the candidates, in the order given."""
        return Ranking(
            [self.rows[place] for place in places],
            self.articles[list(places)],
            [self.scores[place] for place in places],
            self.headings[list(places)],
        )

    def by_score(self) -> Ranking:
        """The candidates by their own scores, as they stood before a reranker; ties go by row."""
        return self.take(sorted(range(len(self.rows)), key=lambda at: (-self.scores[at].final, self.rows[at])))

    def articles_before(self, row: int) -> int:
        """Count the articles that come before the one of a row."""
        order = list(dict.fromkeys(self.articles.tolist()))
        return order.index(int(self.articles[self.rows.index(row)]))


def rank(
    candidates: Candidates, query: Query, weights: Weights, reader: GenerationReader, kinds: NDArray[np.float64]
) -> Ranking:
    """Order the candidates of a question by every signal, best first; ties go by row.

    `reader` is asked for the titles, the headings and the tokens of the first passages alone. `kinds` is what each
    candidate lacks in the kind of section that is wanted, from -1 to 0, shape (len(candidates.rows),).
    """
    share = candidates.lexical / (candidates.lexical.max(initial=0.0) + weights.bm25_damping)
    near = weights.passage * candidates.passage + weights.sentence * candidates.sentence + weights.lexical * share
    final = _by_kind(np.asarray(near, np.float64), candidates.articles, weights.kind * kinds)
    late = np.zeros(len(final))
    order = np.lexsort((candidates.rows, -final))
    if weights.late or weights.contrast:
        first = order[:LATE_DEPTH]
        rows = candidates.rows[first].tolist()
        late[first] = [maxsim(query.tokens, reader.token_vectors(row)) for row in rows]
        sides = np.array([_contrast(query, reader.passage(row)) for row in rows])
        final[first] += weights.late * late[first] + weights.contrast * sides
        first = first[np.lexsort((candidates.rows[first], -final[first]))]
        order = np.concatenate([first, order[LATE_DEPTH:]])
    signals = np.stack([candidates.passage, candidates.sentence, candidates.lexical, final, late, kinds], axis=1)
    return Ranking(
        candidates.rows[order].tolist(),
        candidates.articles[order],
        [Scores(*values) for values in signals[order].tolist()],
        candidates.headings[order],
    )


def _by_kind(
    scores: NDArray[np.float64], articles: NDArray[np.int64], lacks: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The scores less what sections lack, lifted so that the best of an article is as good as it was.

    So kinds order the sections of an article, and move it neither before nor behind others.
    """
    ordered = scores + lacks
    for article in np.unique(articles[lacks < 0]):
        places = articles == article
        ordered[places] += scores[places].max() - ordered[places].max()
    return ordered


def kinds_lacking(
    candidates: Candidates, wanted: NDArray[np.float64], calibration: Calibration | None, own_articles: Sequence[int]
) -> NDArray[np.float64]:
    """What each candidate lacks in the kind of section that is wanted beside the best of its article, from -1 to 0.

    `wanted` is that of a `Query`. 0 in all but `own_articles`, whose own questions were learned from: in others, kinds
    made the ranking worse at any weight.
    """
    lacks = np.zeros(len(candidates.rows))
    if calibration is None:
        return lacks
    for article in own_articles:
        places = np.flatnonzero(candidates.articles == article)
        if len(places):
            kinds = calibration.headings.probabilities(candidates.headings[places])
            suits = kinds[:, : len(KINDS)] @ wanted[: len(KINDS)]
            lacks[places] = suits - suits.max()
    return lacks


def reranked(question: str, ranking: Ranking, reader: GenerationReader, reranker: Reranker) -> Ranking:
    """The first candidates in the order of a reranker, ties as they stood; the others stay behind them."""
    first = ranking.rows[:RERANK_DEPTH]
    passages = [reader.passage(row) for row in first]
    scores = reranker.score(question, [f"{p.title}. {p.heading}\n{p.text}" for p in passages])
    order = sorted(range(len(first)), key=lambda place: (-scores[place], place))
    return ranking.take([*order, *range(len(first), len(ranking.rows))])


def retrievers_of(weights: Weights) -> frozenset[Retriever]:
    """The retrievers that count."""
    counted: dict[Retriever, float] = {
        "passages": weights.passage,
        "sentences": weights.sentence,
        "lexical": weights.lexical,
    }
    return frozenset(retriever for retriever, weight in counted.items() if weight)


def _contrast(query: Query, passage: Passage) -> int:
    """Whether a passage's headings name the side of a contrast that the question names, or its opposite."""
    return contrast(query.plain_text, passage.title, passage.path)
