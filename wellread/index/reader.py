"""The local engine: a generation in files on this machine, verified and opened for good."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain
from wellread.commands import ingest_command
from wellread.datatypes import Article, Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.arrays import StoredArrays
from wellread.index.database import Database
from wellread.index.layout import DATABASE, current_generation, generation_folder, segment_folder
from wellread.index.manifest import read_manifest
from wellread.index.opening import open_segments, verify_segments
from wellread.index.port import Candidates, Retriever, SectionHeading
from wellread.index.postings import Postings
from wellread.index.stored import StoredFile
from wellread.index.tokens import COUNTS, StoredTokens
from wellread.index.vectors import StoredVectors, coded, open_vectors, vector_shape
from wellread.index.verified import Verified
from wellread.index.words import Words
from wellread.text.terms import terms_of
from wellread.text.words import content_words

ScoredRows = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Row numbers and their scores, best first; rows of one score in their order."""

PHRASE_DEPTH = 50
"""Passages with all words of a phrase that are looked into for the phrase, the first: beyond that it is no name."""

_NOTHING: ScoredRows = np.empty(0, np.int64), np.empty(0, np.float32)


def open_words(index: Path, generation: str) -> Words:
    """Open a generation's databases as they are, unverified: not for readers.

    Raises IndexMissing, IndexDamaged and sqlite3.Error.
    """
    manifest = read_manifest(generation_folder(index, generation), "")
    folders = [segment_folder(index, segment.name) for segment in manifest.segments]
    return Words(manifest.segments, [Database(folder / DATABASE) for folder in folders])


def open_served(index: Path, verified: Verified | None = None) -> Reader:
    """Open the generation being served; one that is replaced and removed while it is opened is no damage.

    Files that `verified` knows are not hashed.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
    """
    name = current_generation(index)
    while True:
        try:
            return Reader(index, name, verified)
        except (IndexMissing, IndexDamaged):
            before, name = name, current_generation(index)
            if name == before:
                raise


class Reader:
    """A `GenerationReader` over the files of an index folder: it stays what it is whatever is published later.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: a file is not what the manifest says; nothing of it has been parsed.
    """

    def __init__(self, index: Path, generation: str, verified: Verified | None = None) -> None:
        folder = generation_folder(index, generation)
        self._mend = mend = f"rebuild it: {ingest_command(index)}"
        self.manifest = read_manifest(folder, mend)
        folders = [(segment_folder(index, segment.name), segment) for segment in self.manifest.segments]
        self.segments = open_segments(folders, mend, verified)
        try:
            self._check_shapes()
        except (ValueError, KeyError) as error:
            raise IndexDamaged(f"its files cannot be opened ({error})", mend, where=folder) from error
        self._arrays = [segment.arrays for segment in self.segments]
        self.words = Words(self.manifest.segments, [segment.database for segment in self.segments])

    def _check_shapes(self) -> None:
        """Raise ValueError or KeyError where the files, which are as they were sealed, do not belong together."""
        for opened in self.segments:
            counts, arrays = opened.segment.counts, opened.arrays
            of_passages = ("passages.sentences", "passages.lengths", COUNTS)
            rows = {"articles.passages": counts["articles"], **dict.fromkeys(of_passages, counts["passages"])}
            if any(arrays.shape(name) != (count,) for name, count in rows.items()):
                raise ValueError("articles and passages do not belong together")
            for grain in GRAINS:
                found, dimension = vector_shape(grain, arrays, coded(self.manifest.counts[grain]))
                if found != counts[grain] or (found and dimension != self.manifest.dimension):
                    raise ValueError(f"{grain} and vectors do not belong together")

    @cached_property
    def _vectors(self) -> dict[Grain, StoredVectors]:
        counts, dimension = self.manifest.counts, self.manifest.dimension
        with_rows = {grain: [one.arrays for one in self.segments if one.segment.counts[grain]] for grain in GRAINS}
        return {grain: open_vectors(grain, with_rows[grain], dimension, coded(counts[grain])) for grain in GRAINS}

    @cached_property
    def _tokens(self) -> StoredTokens:
        return StoredTokens(self._arrays, self.manifest.dimension)

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

    def verify(self, rows: Collection[int] | None = None) -> None:
        """Hash the files that were taken for verified, all or those of some passages; raises IndexDamaged."""
        wanted = {*range(len(self.segments))} if rows is None else {self.words.segment_of(row) for row in rows}
        verify_segments([self.segments[number] for number in sorted(wanted)], self._mend)

    def sealed_files(self) -> Iterator[tuple[StoredFile, str]]:
        """The files of the segments, each with the SHA-256 that it was found to have."""
        for opened in self.segments:
            for name, file in opened.files.items():
                yield file, opened.segment.files[name]["sha256"]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, what is read is what was published; otherwise what came of it is not to be used.

        Raises:
            IndexDamaged: a file was written to, cut short or cannot be read.
        """
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self._look_at_files(error)
            raise
        except Exception:
            self._look_at_files()
            raise
        self._look_at_files()

    def _look_at_files(self, met: OSError | sqlite3.Error | None = None) -> None:
        """Raise IndexDamaged where a file that is still read is not what was published; `met` gives reason to doubt."""
        for segment in self.segments:
            if damage := segment.damage(doubted=met is not None):
                raise IndexDamaged(damage[1], self._mend, where=damage[0]) from met

    def candidates(self, question: str, query: Vectors, depth: int, retrievers: Collection[Retriever]) -> Candidates:
        """The `depth` best passages of each retriever; `query` is the question's unit vector, shape (dimension,)."""
        near_passages, _ = self.dense(query, "passages", depth) if "passages" in retrievers else _NOTHING
        near_sentences, _ = self.dense(query, "sentences", depth) if "sentences" in retrievers else _NOTHING
        lexical_rows, lexical_scores = self.lexical(question, depth) if "lexical" in retrievers else _NOTHING
        rows = np.unique(np.concatenate([near_passages, self.passage_of[near_sentences], lexical_rows]))
        lexical = np.zeros(len(rows), np.float32)
        lexical[np.searchsorted(rows, lexical_rows)] = lexical_scores
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

    def token_codes(self, row: int) -> NDArray[np.uint8]:
        """The same as it stands in the file."""
        return self._tokens.codes(row)

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
        starts = np.cumsum([0, *(segment.segment.counts["passages"] for segment in self.segments)])
        rows = [start + one.arrays.read("passages.warnings") for start, one in zip(starts, self.segments, strict=False)]
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
