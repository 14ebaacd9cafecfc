"""A question to an Answer: both grains compared with it, fused with BM25, the best sentence of each passage named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import numpy as np

from wellread.encoder import Encoder, SentenceTransformerEncoder, Vectors
from wellread.errors import ModelError
from wellread.index import Reader, current_generation, ingest_command
from wellread.models import DEFAULT_DISCLAIMER, Answer, Article, Hit, Scores

CANDIDATES = 100
"""Rows taken from each ranking before they are fused."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in a hit's final score.

    The lexical signal is BM25 / (the best BM25 among the candidates + `damping`): BM25 is made of inverse document
    frequencies, which say little in a small collection, where it stays small beside the damping.

    Chosen on development judgments, nDCG@10 with these weights against the two grains alone: 0.78 and 0.77 on the
    covered questions of judgments/neurological-spasms (dev), 0.74 and 0.66 on MEDIQA's LiveQA questions (train),
    0.70 and 0.69 on its Alexa questions (train).
    """

    passage: float = 0.3
    sentence: float = 0.45
    lexical: float = 0.25
    damping: float = 10.0


class Searcher:
    """Answers questions from one generation, whatever is published later."""

    def __init__(self, reader: Reader, encoder: Encoder, weights: Weights = Weights()) -> None:
        self.reader = reader
        self.encoder = encoder
        self.weights = weights

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self.reader.generation

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        return self.reader.database.articles()

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        return self.reader.database.article(name)

    def warm(self) -> None:
        """Load the model, so that the first question does not wait for it."""
        self.encoder.encode_queries(["warm"])

    def ask(self, question: str, k: int = 5) -> Answer:
        """Answer a question with at most k passages, best first; ties go by article id and then in reading order.

        Raises:
            ValueError: the question is empty or k is not positive.
        """
        if k < 1:
            raise ValueError(f"k is {k}; at least one passage must be asked for")
        if not question.strip():
            raise ValueError("the question is empty")
        question = question.encode("utf-8", "replace").decode()  # half a character is none
        (query,) = self.encoder.encode_queries([question])
        hits = tuple(self._hit(query, row, scores) for row, scores in self._rank(question, query)[:k])
        return Answer(
            question=question,
            state="answered" if hits else "not_covered",
            confidence=max((min(max(hit.scores.sentence, 0.0), 1.0) for hit in hits), default=0.0),
            disclaimer=self._disclaimer(hits),
            generation=self.generation,
            urgent=None,
            hits=hits,
        )

    def _rank(self, question: str, query: Vectors) -> list[tuple[int, Scores]]:
        """Candidates of all three rankings, each scored by every signal, best first."""
        reader, weights = self.reader, self.weights
        near_passages, _ = reader.dense(query, "passages", CANDIDATES)
        near_sentences, _ = reader.dense(query, "sentences", CANDIDATES)
        lexical_rows, lexical_scores = reader.lexical(question, CANDIDATES)
        rows = np.unique(np.concatenate([near_passages, reader.passage_of[near_sentences], lexical_rows]))
        passage = reader.similarity(query, "passages", rows.tolist())
        sentence = np.array([self._best_sentence(query, int(row))[1] for row in rows], np.float32)
        lexical = np.zeros(len(rows), np.float32)
        lexical[np.searchsorted(rows, lexical_rows)] = lexical_scores
        share = lexical / (lexical.max(initial=0.0) + weights.damping)
        final = weights.passage * passage + weights.sentence * sentence + weights.lexical * share
        order = np.lexsort((rows, -final))
        return [
            (int(rows[n]), Scores(float(passage[n]), float(sentence[n]), float(lexical[n]), float(final[n])))
            for n in order
        ]

    def _hit(self, query: Vectors, row: int, scores: Scores) -> Hit:
        passage = self.reader.database.fetch(row)
        number, _ = self._best_sentence(query, row)
        return Hit(passage, passage.sentences[number], scores)

    def _best_sentence(self, query: Vectors, row: int) -> tuple[int, float]:
        """Which sentence of a passage is nearest to a question, counted from 0, and its cosine."""
        cosines = self.reader.similarity(query, "sentences", self.reader.sentence_rows(range(row, row + 1)))
        best = int(np.argmax(cosines))
        return best, float(cosines[best])

    def _disclaimer(self, hits: Sequence[Hit]) -> str:
        """The disclaimers of the articles quoted, each once, a line each; without hits the commonest of all."""
        own = {article.id: article.disclaimer or DEFAULT_DISCLAIMER for article in self.articles}
        if hits:
            return "\n".join(dict.fromkeys(own[hit.passage.article] for hit in hits))
        return max(Counter(own.values()).items(), key=itemgetter(1), default=(DEFAULT_DISCLAIMER, 0))[0]


def open_searcher(index: Path, model: str | None = None) -> Searcher:
    """Open the generation being served, with the model that it was made by.

    `model`, or else the environment's WELLREAD_MODEL, names the model to ask with; it must be the index's own.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
        ModelError: the model is missing or is not the one that made the index.
    """
    reader = Reader(index, current_generation(index))
    made_by = reader.manifest.model
    encoder = SentenceTransformerEncoder(model or os.environ.get("WELLREAD_MODEL") or made_by)
    if encoder.fingerprint != reader.manifest.fingerprint:
        raise ModelError(
            f"{index} was made with the model {made_by}, not with this {encoder.name}\n"
            f"    ask with that one, or rebuild the index: {ingest_command(index)} --model {encoder.name}"
        )
    return Searcher(reader, encoder)
