"""The local engine: a generation in files on this machine, verified and opened for good."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, reduce
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain
from wellread.commands import ingest_command
from wellread.datatypes import Article, Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.database import Database
from wellread.index.layout import DATABASE, POSTINGS, current_generation, generation_folder
from wellread.index.manifest import damaged_files, read_manifest
from wellread.index.port import Candidates, Retriever, SectionHeading
from wellread.index.postings import Postings
from wellread.index.stored import StoredFile
from wellread.index.tokens import StoredTokens
from wellread.index.vectors import open_vectors
from wellread.text.terms import terms_of
from wellread.text.words import content_words

ScoredRows = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Row numbers and their scores, best first; rows of one score in their order."""

PHRASE_DEPTH = 50
"""Passages with all words of a phrase that are looked into for the phrase, the first: beyond that it is no name."""

_NOTHING: ScoredRows = np.empty(0, np.int64), np.empty(0, np.float32)


def open_words(index: Path, generation: str) -> Database:
    """Open a generation's database as it is, unverified: not for readers; raises sqlite3.Error."""
    return Database(generation_folder(index, generation) / DATABASE)


def open_served(index: Path) -> Reader:
    """Open the generation being served; one that is replaced and removed while it is opened is no damage.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
    """
    name = current_generation(index)
    while True:
        try:
            return Reader(index, name)
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

    def __init__(self, index: Path, generation: str) -> None:
        folder = generation_folder(index, generation)
        self._folder = folder
        self._mend = mend = f"rebuild it: {ingest_command(index)}"
        self.manifest = read_manifest(folder, mend)
        try:
            files = {name: StoredFile(folder / name) for name in self.manifest.files}
        except OSError as error:
            raise IndexDamaged(f"cannot be read ({error.strerror})", mend, where=error.filename) from error
        for name, wrong in damaged_files(folder, self.manifest):
            raise IndexDamaged(wrong, mend, where=folder / name)
        try:
            self._open(folder)
        except (ValueError, TypeError, RuntimeError, OSError, MemoryError) as error:  # FAISS raises RuntimeError
            raise IndexDamaged(f"its files cannot be opened ({error})", mend, where=folder) from error
        for name, file in files.items():
            if file.written():
                raise IndexDamaged("was written to while it was opened", mend, where=folder / name)
            if file.replaced():
                raise IndexDamaged("was replaced while it was opened", mend, where=folder / name)
        vectors = chain.from_iterable(stored.watched for stored in self._vectors.values())
        self._damage: tuple[str, str] | None = None
        self._watched = (files[DATABASE], *vectors, *self._tokens.watched, *self._postings.watched)

    def _open(self, folder: Path) -> None:
        """Open the files, which are as they were sealed; whether whoever sealed them knew what belongs in them, see."""
        self._vectors = {grain: open_vectors(folder, grain, self.manifest.counts[grain]) for grain in GRAINS}
        for grain in GRAINS:
            if self._vectors[grain].shape != (self.manifest.counts[grain], self.manifest.dimension):
                raise IndexDamaged(f"{grain} and vectors do not belong together", self._mend, where=folder)
        self._tokens = StoredTokens(folder, self.manifest.dimension)
        if self._tokens.count != self.manifest.counts["passages"]:
            raise IndexDamaged("passages and tokens do not belong together", self._mend, where=folder)
        self.database = Database(folder / DATABASE)
        self._postings = Postings(folder / POSTINGS, self.manifest.counts["passages"])

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

    def close(self) -> None:
        """Release the files."""
        self.database.close()

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
        """Raise IndexDamaged where a file that is still read is not what was published; `met` gives reason to doubt.

        Once damaged is damaged for good: what was read meanwhile may be remembered.
        """
        for file in self._watched if not self._damage else ():
            try:
                if (met is None and not file.written()) or file.holds(self.manifest.files[file.name]["sha256"]):
                    continue
                self._damage = (file.name, "has other content than was published")
            except OSError as error:
                self._damage = (file.name, f"cannot be read ({error.strerror or error})")
        if self._damage:
            name, wrong = self._damage
            raise IndexDamaged(wrong, self._mend, where=self._folder / name) from met

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
        return self.database.fetch(row)

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
        return self.database.articles()

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        return self.database.article(name)

    def row_of(self, name: str) -> int:
        """The row of a passage by its id; raises KeyError."""
        return self.database.row_of(name)

    def headings(self) -> Sequence[SectionHeading]:
        """The headings of all sections that have text, articles by id and sections in reading order."""
        return [SectionHeading(*found) for found in self.database.headings()]

    def passage_digests(self) -> dict[str, bytes]:
        """What tells every passage from another version of it, by its id, in the order of the rows."""
        return self.database.digests()

    def library_files(self) -> Mapping[str, str]:
        """The texts of the files beside the articles that say how the library is searched, by name."""
        return self.database.library_files()

    def warning_rows(self) -> frozenset[int]:
        """The rows of the passages that their articles' front matter calls warning signs."""
        return self.database.marked_rows()

    def passages_with(self, term: str) -> int:
        """How many passages have a term, as `terms_of` gives it."""
        return sum(end - start for start, end in self.database.places([term]))

    def has_phrase(self, phrase: str) -> bool:
        """Whether a passage has the words of a phrase side by side, whatever their endings."""
        wanted = terms_of(phrase)
        found = self.database.places(sorted(set(wanted)))
        if not wanted or len(found) < len(set(wanted)):
            return False
        if len(wanted) == 1:
            return True
        rows = sorted((self._postings.rows(start, end) for start, end in found), key=len)
        common = reduce(lambda both, others: both[np.isin(both, others)], rows)
        return any(_stand_side_by_side(wanted, self.database.fetch(int(row))) for row in common[:PHRASE_DEPTH])

    def terms_like(self, initial: str, shortest: int, longest: int) -> Sequence[tuple[str, int]]:
        """The terms with a first letter and so many letters, each with how many passages have it."""
        return [(term, end - start) for term, start, end in self.database.terms_like(initial, shortest, longest)]

    def forms_of(self, term: str) -> Sequence[str]:
        """The words that have a term, in one passage that has it; a possessive comes without its apostrophe."""
        places = self.database.places([term])
        if not places:
            return []
        passage = self.database.fetch(self._postings.row(places[0][0]))
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
        return self._postings.best(self.database.places(list(terms)), k)

    def sentence_rows(self, passages: range) -> range:
        """The rows of the sentences of neighbouring passages, in reading order."""
        first, last = np.searchsorted(self.passage_of, (passages.start, passages.stop))
        return range(int(first), int(last))

    @cached_property
    def passage_of(self) -> NDArray[np.int64]:
        """The passage row of every sentence row, ascending."""
        return np.fromiter(self.database.passage_of_sentences(), np.int64)

    @cached_property
    def article_of(self) -> NDArray[np.int64]:
        """The place in `articles()` of every passage row's article."""
        return np.fromiter(self.database.article_of_passages(), np.int64)

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
