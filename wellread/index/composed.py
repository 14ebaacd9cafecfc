"""Answers what search asks of a generation from its parts, in whichever engine these are kept."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, reduce
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain
from wellread.datatypes import Article, Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import StoredArrays
from wellread.index.manifest import Manifest
from wellread.index.port import Candidates, Retriever, SectionHeading
from wellread.index.postings import Postings
from wellread.index.vectors import StoredVectors
from wellread.index.words import Words
from wellread.text.terms import terms_of
from wellread.text.words import content_words

ScoredRows = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Row numbers and their scores, best first; rows of one score in their order."""

PHRASE_DEPTH = 50
"""Passages with all words of a phrase that are looked into for the phrase, the first: beyond that it is no name."""

_NOTHING: ScoredRows = np.empty(0, np.int64), np.empty(0, np.float32)


class Tokens(Protocol):
    """The tokens of all passages."""

    def vectors(self, row: int) -> Vectors:
        """What is kept of a passage's tokens, rotated: shape (tokens, dimension)."""


class ComposedReader(ABC):
    """The part of a `GenerationReader` that every engine has alike, over words, vectors, tokens and small arrays.

    `arrays` has, for each segment, those that `Postings` reads, and how many passages and sentences there are.
    """

    def __init__(self, manifest: Manifest, words: Words, arrays: Sequence[StoredArrays]) -> None:
        self.manifest = manifest
        self.words = words
        self._arrays = arrays

    @abstractmethod
    def _open_vectors(self, grain: Grain) -> StoredVectors:
        """Open the rows of a grain."""

    @abstractmethod
    def _open_tokens(self) -> Tokens:
        """Open the tokens of passages."""

    @abstractmethod
    def _prepare(self, rows: NDArray[np.int64]) -> None:
        """Fetch at once what is known to be asked for: the words and tokens of some passages."""

    @cached_property
    def _vectors(self) -> dict[Grain, StoredVectors]:
        return {grain: self._open_vectors(grain) for grain in GRAINS}

    @cached_property
    def _tokens(self) -> Tokens:
        return self._open_tokens()

    @cached_property
    def _postings(self) -> Postings:
        return Postings(self._arrays)

    @property
    def generation(self) -> str:
        """The generation's id."""
        return self.manifest.generation

    @property
    def model(self) -> str:
        """The name of the model that made the vectors."""
        return self.manifest.model

    @property
    def fingerprint(self) -> str:
        """That model's fingerprint."""
        return self.manifest.fingerprint

    @property
    def passage_count(self) -> int:
        """How many passages there are; their rows count from 0."""
        return self.manifest.counts["passages"]

    def candidates(self, question: str, query: Vectors, depth: int, retrievers: Collection[Retriever]) -> Candidates:
        """The `depth` best passages of each retriever; `query` is the question's unit vector, shape (dimension,)."""
        near_passages, _ = self.dense(query, "passages", depth) if "passages" in retrievers else _NOTHING
        near_sentences, _ = self.dense(query, "sentences", depth) if "sentences" in retrievers else _NOTHING
        lexical_rows, lexical_scores = self.lexical(question, depth) if "lexical" in retrievers else _NOTHING
        rows = np.unique(np.concatenate([near_passages, self.passage_of[near_sentences], lexical_rows]))
        lexical = np.zeros(len(rows), np.float32)
        lexical[np.searchsorted(rows, lexical_rows)] = lexical_scores
        self._prepare(rows)
        return Candidates(
            rows=rows,
            articles=self.article_of[rows],
            passage=self.similarity(query, "passages", rows),
            sentence=self._best_sentences(query, rows),
            lexical=lexical,
            headings=self.vectors("headings", rows),
        )

    def passage(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""
        return self.words.fetch(row)

    def sentence_vectors(self, row: int) -> Vectors:
        """The unit vectors of a passage's sentences in reading order, shape (sentences, dimension)."""
        return self.vectors("sentences", self.sentence_rows(range(row, row + 1)))

    def token_vectors(self, row: int) -> Vectors:
        """What is kept of a passage's tokens, rotated (`index.tokens.rotate`): shape (tokens, dimension)."""
        return self._tokens.vectors(row)

    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        return self.words.articles()

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        return self.words.article(name)

    def row_of(self, name: str) -> int:
        """The row of a passage by its id; raises KeyError."""
        return self.words.row_of(name)

    def headings(self) -> Sequence[SectionHeading]:
        """The headings of all sections that have text, articles by id and sections in reading order."""
        return [SectionHeading(*found) for found in self.words.headings()]

    def passage_digests(self) -> dict[str, bytes]:
        """What tells every passage from another version of it, by its id, in the order of the rows."""
        return self.words.digests()

    def library_files(self) -> Mapping[str, str]:
        """The texts of the files beside the articles that say how the library is searched, by name."""
        return self.manifest.library_files

    def warning_rows(self) -> frozenset[int]:
        """The rows of the passages that their articles' front matter calls warning signs."""
        return frozenset(self._warnings.tolist())

    def passages_with(self, term: str) -> int:
        """How many passages have a term, as `terms_of` gives it."""
        return self._postings.count(term)

    def has_phrase(self, phrase: str) -> bool:
        """Whether a passage has the words of a phrase side by side, whatever their endings."""
        wanted = terms_of(phrase)
        if not wanted or not all(self._postings.count(term) for term in wanted):
            return False
        if len(wanted) == 1:
            return True
        rows = sorted((self._postings.rows(term) for term in sorted({*wanted})), key=len)
        common = reduce(lambda both, others: both[np.isin(both, others)], rows)
        self._prepare(common[:PHRASE_DEPTH])
        return any(_stand_side_by_side(wanted, self.words.fetch(int(row))) for row in common[:PHRASE_DEPTH])

    def terms_like(self, initial: str, shortest: int, longest: int) -> Sequence[tuple[str, int]]:
        """The terms with a first letter and so many letters, each with how many passages have it."""
        return self.words.terms_like(initial, shortest, longest)

    def forms_of(self, term: str) -> Sequence[str]:
        """The words that have a term, in one passage that has it; a possessive comes without its apostrophe."""
        rows = self._postings.rows(term)
        if not len(rows):
            return []
        passage = self.words.fetch(int(rows[0]))
        words = content_words(f"{passage.title} {' '.join(passage.path)} {passage.text}")
        alike = [word for word in words if word[0] == term[0] or not word[0].isascii()]
        return [re.sub("['’]", "", word) for word in alike if terms_of(word)[:1] == [term]]

    def dense(self, query: Vectors, grain: Grain, k: int) -> ScoredRows:
        """The k rows of a grain nearest to a unit vector of shape (dimension,), by cosine; ties go by row.

        Where a grain is kept in codes, nearly always those (docs/performance.md), with a cosine good to 0.002.
        """
        count, dimension = self._vectors[grain].shape
        if query.shape != (dimension,) and count:
            raise ValueError(f"the query has shape {query.shape}, the index {dimension} dimensions")
        rows = self._vectors[grain].candidates(query, k) if count else np.empty(0, np.int64)
        scores = self.similarity(query, grain, rows)
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def similarity(self, query: Vectors, grain: Grain, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosines of given rows of a grain with a unit vector, in the order of the rows."""
        # Not a matrix product: its last bits would depend on which rows are compared together.
        return (
            np.asarray(np.einsum("ij,j->i", self.vectors(grain, rows), query), np.float32)
            if len(rows)
            else np.empty(0, np.float32)
        )

    def vectors(self, grain: Grain, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The vectors of given rows of a grain, shape (len(rows), dimension)."""
        if not len(rows):
            return np.empty((0, self.manifest.dimension), np.float32)
        return self._vectors[grain].rows(np.asarray(rows, np.int64))

    def lexical(self, question: str, k: int) -> ScoredRows:
        """The k passages best by BM25 over title, headings and text, for the content words of a question."""
        terms = dict.fromkeys(terms_of(" ".join(content_words(question))))
        return self._postings.best(list(terms), k)

    def sentence_rows(self, passages: range) -> range:
        """The rows of the sentences of neighbouring passages, in reading order."""
        first, last = np.searchsorted(self.passage_of, (passages.start, passages.stop))
        return range(int(first), int(last))

    @cached_property
    def passage_of(self) -> NDArray[np.int64]:
        """The passage row of every sentence row, ascending."""
        return np.repeat(np.arange(len(self.sentence_counts)), self.sentence_counts)

    @cached_property
    def sentence_counts(self) -> NDArray[np.int64]:
        """How many sentences each passage has."""
        return _joined(self._arrays, "passages.sentences")

    @cached_property
    def article_of(self) -> NDArray[np.int64]:
        """The place in `articles()` of every passage row's article."""
        counts = _joined(self._arrays, "articles.passages")
        return np.repeat(np.arange(len(counts)), counts)

    def rows_of_articles(self) -> list[range]:
        """The rows of each article's passages, in the order of `articles()`."""
        ends = np.cumsum(_joined(self._arrays, "articles.passages")).tolist()
        return [range(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    @cached_property
    def _warnings(self) -> NDArray[np.int64]:
        starts = np.cumsum([0, *(segment.counts["passages"] for segment in self.manifest.segments)])
        rows = [start + one.read("passages.warnings") for start, one in zip(starts, self._arrays, strict=False)]
        return np.concatenate([np.empty(0, np.int64), *rows])

    def _best_sentences(self, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of each passage's nearest sentence, shape (len(rows),)."""
        if not len(rows):
            return np.empty(0, np.float32)
        first, last = np.searchsorted(self.passage_of, rows), np.searchsorted(self.passage_of, rows + 1)
        sentences = np.concatenate([np.arange(start, end) for start, end in zip(first, last, strict=True)])
        cosines = self.similarity(query, "sentences", sentences)
        return np.asarray(np.maximum.reduceat(cosines, np.cumsum(last - first) - (last - first)), np.float32)


def _stand_side_by_side(terms: Sequence[str], passage: Passage) -> bool:
    """Whether a passage has some terms one after the other."""
    own = terms_of("\n".join((passage.title, *passage.path, passage.text)))
    return any(own[at : at + len(terms)] == terms for at in range(len(own) - len(terms) + 1))


def _joined(arrays: Sequence[StoredArrays], name: str) -> NDArray[np.int64]:
    """An array of numbers of all segments."""
    return np.concatenate([np.empty(0, np.int64), *(one.read(name).astype(np.int64) for one in arrays)])
