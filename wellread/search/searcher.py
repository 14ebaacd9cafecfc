"""A question to an Answer: passages in their order, the deciding sentences, and how far all that can be trusted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import DEFAULT_DISCLAIMER, Answer, Article, Hit, Passage, Scores, Sentence
from wellread.encoders.rerankers import CrossEncoderReranker, Reranker
from wellread.encoders.sentence_transformer import Encoder, SentenceTransformerEncoder, Vectors
from wellread.errors import CalibrationError, ModelError
from wellread.index.generation import Reader, current_generation, ingest_command
from wellread.search.calibration import KINDS, Calibration, load_calibration
from wellread.search.classifier import Features, middle_layers, read_questions
from wellread.search.confidence import (
    TERM_MATCH_DEPTH,
    answer_state,
    confidence_features,
    nearest_topic,
    notice_features,
    words_found,
)
from wellread.search.ranking import CANDIDATES, DEFAULT_WEIGHTS, Ranking, Weights, kinds_wanted, rank
from wellread.search.spelling import correct_spelling
from wellread.text.queries import normalize_query

RERANK_DEPTH = 30
"""Passages that a reranker puts in order, where there is one."""

HIGHLIGHT_MARGIN = 0.04
"""A sentence is marked that is nearer to the question than any other of its passage by this much, as a cosine.

On judgments/neurological-spasms (dev) nine of ten marks are then on a sentence that the judges accept.
"""

DUPLICATE_SIMILARITY = 0.9
"""Passages say the same where the sentences of one have counterparts in the other at this mean cosine."""

NOTICE_DEPTH = 5
"""A question is about the articles that its best passages are of, this many of them."""

WARNING_PROBABILITY = 0.5
"""A section is one of warning signs from this probability on that its heading is, or where its article says so."""


@dataclass(frozen=True, eq=False, slots=True)
class Query:
    """A question as it was asked, its misspelt words, and as the model read it, with these mended.

    The `vector` has the shape (dimension,); the `features` are those of `read_questions`.
    """

    asked: str
    corrections: tuple[tuple[str, str], ...]
    text: str
    vector: Vectors
    features: Features


@dataclass(frozen=True, eq=False, slots=True)
class AnswerFeatures:
    """What an answer's trust is weighed from: features of the confidence, and how surely the notice belongs.

    `warning` is the row of the section of warning signs that is nearest to the question, None where there is none.
    """

    confidence: NDArray[np.float64]
    urgency: float
    warning: int | None


class Searcher:
    """Answers questions from one generation, whatever is published later.

    Without a `calibration` it ranks by nearness and words alone, and says nothing of how far that can be trusted.
    """

    def __init__(
        self,
        reader: Reader,
        encoder: Encoder,
        calibration: Calibration | None = None,
        weights: Weights = DEFAULT_WEIGHTS,
        reranker: Reranker | None = None,
    ) -> None:
        if calibration is not None and calibration.fingerprint != encoder.fingerprint:
            raise CalibrationError(
                f"what was fitted for the model {calibration.model} says nothing of the model {encoder.name}"
            )
        self.reader = reader
        self.encoder = encoder
        self.calibration = calibration
        self.weights = weights
        self.reranker = reranker

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self.reader.generation

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        return self.reader.database.articles()

    @cached_property
    def _disclaimers(self) -> dict[str, str]:
        return {article.id: article.disclaimer or DEFAULT_DISCLAIMER for article in self.articles}

    @cached_property
    def _marked(self) -> frozenset[int]:
        return self.reader.database.marked_rows()

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        return self.reader.database.article(name)

    def warm(self) -> None:
        """Load the model and the dictionary, so that the first question does not wait for them."""
        read_questions(self.encoder, [correct_spelling("warmth", self.reader)[0]])
        if self.reranker is not None:
            self.reranker.score("warm", ["warm"])

    def rank(self, question: str, k: int = 5) -> tuple[Hit, ...]:
        """The k best passages for a question, best first; ties go by article id and then in reading order.

        Raises:
            ValueError: the question is empty or k is not positive.
        """
        query = self._read(question, k)
        return self._hits(query, self._rank(query, self._wanted(query)), k)

    def order(self, question: str, depth: int = CANDIDATES) -> list[tuple[int, Scores]]:
        """The rows and scores of a question's candidates, best first: `depth` of each ranking, as many as readers get.

        Raises:
            ValueError: the question is empty.
        """
        query = self._read(question, 1)
        ranking = self._rank(query, self._wanted(query), depth)
        return list(zip(ranking.rows, ranking.scores, strict=True))

    def ask(self, question: str, k: int = 5) -> Answer:
        """Answer a question with at most k passages, in the order of `rank`.

        Raises:
            CalibrationError: this searcher has no calibration.
            ValueError: the question is empty or k is not positive.
        """
        if self.calibration is None:
            raise CalibrationError(f"nothing was fitted for the model {self.encoder.name}")
        query = self._read(question, k)
        wanted = self._wanted(query)
        ranking = self._rank(query, wanted)
        features = self._answer_features(query, wanted, ranking, self.calibration)
        hits = self._hits(query, ranking, k)
        confidence = self.calibration.confidence.probability(features.confidence) if hits else 0.0
        urgent = features.warning is not None and features.urgency >= self.calibration.thresholds.urgent
        return Answer(
            question=query.asked,
            state=answer_state(confidence, self.calibration) if hits else "not_covered",
            confidence=confidence,
            disclaimer=self._disclaimer(hits),
            generation=self.generation,
            urgent=self.reader.database.fetch(features.warning) if urgent and features.warning is not None else None,
            hits=hits,
            corrections=query.corrections,
        )

    def answer_features(self, question: str) -> AnswerFeatures:
        """What `ask` weighs; raises what `ask` raises."""
        if self.calibration is None:
            raise CalibrationError(f"nothing was fitted for the model {self.encoder.name}")
        query = self._read(question, 1)
        wanted = self._wanted(query)
        return self._answer_features(query, wanted, self._rank(query, wanted), self.calibration)

    def _wanted(self, query: Query) -> NDArray[np.float64]:
        return kinds_wanted(query.text, query.features, self.calibration)

    def _answer_features(
        self, query: Query, wanted: NDArray[np.float64], ranking: Ranking, calibration: Calibration
    ) -> AnswerFeatures:
        # As it was fitted, without a reranker.
        ranking = ranking.take(
            sorted(range(len(ranking.rows)), key=lambda n: (-ranking.scores[n].final, ranking.rows[n]))
        )
        features = confidence_features(
            ranking.scores,
            wanted,
            self._offered(ranking, wanted),
            nearest_topic(query.vector, calibration),
            words_found(query.text, self._texts(ranking.rows[:TERM_MATCH_DEPTH]), calibration.subjects),
            self.reader.manifest.counts["passages"],
        )
        other = float(wanted[len(KINDS)])
        articles = self.reader.article_of[ranking.rows]
        near = [
            (scores.sentence, -row)
            for row, scores, article, warns in zip(
                ranking.rows,
                ranking.scores,
                articles,
                ranking.kinds[:, KINDS.index("warning")] >= WARNING_PROBABILITY,
                strict=True,
            )
            if article in articles[:NOTICE_DEPTH] and (warns or row in self._marked)
        ]
        if not near:
            return AnswerFeatures(features, 0.0, None)
        nearness, row = max(near)
        layers = middle_layers(query.features[np.newaxis], len(query.vector))
        telling = float(calibration.urgency.margins(layers)[0])
        return AnswerFeatures(features, calibration.notice.probability(notice_features(telling, nearness, other)), -row)

    def _offered(self, ranking: Ranking, wanted: NDArray[np.float64]) -> float:
        """How probably the first passage's article has a section, among the candidates, of the kind that is wanted."""
        if not ranking.rows:
            return 0.0
        articles = self.reader.article_of[ranking.rows]
        best = ranking.kinds[articles == articles[0], : len(KINDS)].max(axis=0)
        return float(wanted[: len(KINDS)] @ best)

    def _texts(self, rows: Sequence[int]) -> list[str]:
        """Passages as plain text, with their title and headings."""
        passages = [self.reader.database.fetch(row) for row in rows]
        return [f"{passage.title}\n{' '.join(passage.path)}\n{passage.text}" for passage in passages]

    def _read(self, question: str, k: int) -> Query:
        if k < 1:
            raise ValueError(f"k is {k}; at least one passage must be asked for")
        if not question.strip():
            raise ValueError("the question is empty")
        asked = question.encode("utf-8", "replace").decode()  # half a character is none
        text, meant = correct_spelling(normalize_query(asked), self.reader)
        vectors, features = read_questions(self.encoder, [text])
        return Query(asked, tuple(meant.items()), text, vectors[0], features[0])

    def _rank(self, query: Query, wanted: NDArray[np.float64], depth: int = CANDIDATES) -> Ranking:
        ranking = rank(self.reader, query.text, query.vector, wanted, self.calibration, self.weights, depth)
        return self._reranked(query.text, ranking)

    def _reranked(self, question: str, ranking: Ranking) -> Ranking:
        """The first candidates in the order of the reranker, if there is one; the others stay behind them."""
        if self.reranker is None:
            return ranking
        first = ranking.rows[:RERANK_DEPTH]
        passages = [self.reader.database.fetch(row) for row in first]
        scores = self.reranker.score(question, [f"{p.title}. {p.heading}\n{p.text}" for p in passages])
        order = sorted(range(len(first)), key=lambda n: (-scores[n], n))
        order += range(len(first), len(ranking.rows))
        return ranking.take(order)

    def _hits(self, query: Query, ranking: Ranking, k: int) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        sentences: list[Vectors] = []
        for row, scores in zip(ranking.rows[:k], ranking.scores[:k], strict=True):
            passage = self.reader.database.fetch(row)
            own = self.reader.vectors("sentences", self.reader.sentence_rows(range(row, row + 1)))
            same = next(
                (
                    hit.passage.id
                    for hit, other in zip(hits, sentences, strict=True)
                    if not hit.same_as and _say_the_same(other, own)
                ),
                "",
            )
            hits.append(Hit(passage, _deciding(np.einsum("ij,j->i", own, query.vector), passage), scores, same))
            sentences.append(own)
        return tuple(hits)

    def _disclaimer(self, hits: Sequence[Hit]) -> str:
        """The disclaimers of the articles quoted, each once, a line each; without hits the commonest of all."""
        own = self._disclaimers
        if hits:
            return "\n".join(dict.fromkeys(own[hit.passage.article] for hit in hits))
        return max(Counter(own.values()).items(), key=itemgetter(1), default=(DEFAULT_DISCLAIMER, 0))[0]


def _say_the_same(one: Vectors, other: Vectors) -> bool:
    """Whether two passages say the same: all sentences of either have a counterpart in the other."""
    nearness = one @ other.T
    return bool(max(nearness.max(axis=0).mean(), nearness.max(axis=1).mean()) >= DUPLICATE_SIMILARITY)


def _deciding(cosines: NDArray[np.float32], passage: Passage) -> Sentence | None:
    """The sentence that is nearest to the question, where one stands out."""
    best, *others = np.argsort(-cosines, kind="stable")
    if others and cosines[best] - cosines[others[0]] < HIGHLIGHT_MARGIN:
        return None
    return passage.sentences[int(best)]


def calibration_of(index: Path, encoder: Encoder) -> Calibration | None:
    """What was fitted for a model, or None: enough to rank, as the publish gate does, and not to answer."""
    try:
        return load_calibration(index, encoder.name, encoder.fingerprint)
    except CalibrationError:
        return None


def open_searcher(index: Path, model: str | None = None, reranker: str | None = None) -> Searcher:
    """Open the generation being served, with the model that it was made by.

    `model`, or else the environment's WELLREAD_MODEL, names the model to ask with; it must be the index's own.
    `reranker`, or else WELLREAD_RERANKER, names a cross-encoder that puts the first passages in order.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
        ModelError: a model is missing, or is not the one that made the index.
        CalibrationError: nothing was fitted for the model.
    """
    reader = Reader(index, current_generation(index))
    made_by = reader.manifest.model
    encoder = SentenceTransformerEncoder(model or os.environ.get("WELLREAD_MODEL") or made_by)
    if encoder.fingerprint != reader.manifest.fingerprint:
        raise ModelError(
            f"{index} was made with the model {made_by}, not with this {encoder.name}\n"
            f"    ask with that one, or rebuild the index: {ingest_command(index)} --model {encoder.name}"
        )
    named = reranker or os.environ.get("WELLREAD_RERANKER")
    return Searcher(
        reader,
        encoder,
        load_calibration(index, encoder.name, encoder.fingerprint),
        reranker=CrossEncoderReranker(named) if named else None,
    )
