"""One generation on disk: words in SQLite, postings and vectors in mapped files, and a manifest that seals them."""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain, embedded_texts
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import sha256, write_durably
from wellread.index.database import Content, Database, DatabaseWriter
from wellread.index.postings import Postings
from wellread.index.vectors import VectorWriter, file_names, open_vectors
from wellread.text.terms import terms_of
from wellread.text.words import content_words

ScoredRows = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Row numbers and their scores, best first; rows of one score in their order."""

FORMAT = 3
"""Of the files of a generation; another format is rebuilt, never read."""

_DATABASE = "passages.sqlite"
_POSTINGS = "passages.words"
_MANIFEST = "manifest.json"
GENERATION_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What seals a generation: by which model and code it was made, what it holds, its files' sizes and hashes."""

    generation: str
    format: int
    model: str
    fingerprint: str
    code: str
    dimension: int
    counts: dict[str, int]
    files: dict[str, dict[str, Any]]


def ingest_command(index: Path) -> str:
    """The command that builds or rebuilds an index."""
    return "python ingest.py" if index.absolute() == Path("index").absolute() else f"python ingest.py --index {index}"


def current_generation(index: Path) -> str:
    """Read which generation is being served.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: its CURRENT is not one line with the id of a generation.
    """
    try:
        name = (index / "CURRENT").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(f"{index}: there is no index here yet\n    build it: {ingest_command(index)}") from None
    except (OSError, ValueError) as error:
        raise IndexDamaged(
            f"{index / 'CURRENT'}: cannot be read ({error})\n    rebuild it: {ingest_command(index)}"
        ) from error
    if not GENERATION_ID.fullmatch(name):
        raise IndexDamaged(f"{index / 'CURRENT'}: names no generation\n    rebuild it: {ingest_command(index)}")
    return name


def generation_folder(index: Path, generation: str) -> Path:
    """Where a generation's files stand."""
    return index / "generations" / generation


def generation_id(digests: Mapping[str, str], fingerprint: str, code: str) -> str:
    """Name a generation by what is in it: the same articles, model and code give the same 16 digits.

    `digests` has, by article id, what `Content` has, in the order of the ids.
    """
    whole = hashlib.sha256(f"{FORMAT}\0{fingerprint}\0{code}".encode())
    for name, digest in digests.items():
        whole.update(f"\0{name}\0{digest}".encode())
    return whole.hexdigest()[:16]


def sealed_files(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The files of a generation that holds so much, but for its manifest."""
    return (_DATABASE, _POSTINGS, *(name for grain in GRAINS for name in file_names(grain, counts[grain])))


def write_generation(
    folder: Path,
    generation: str,
    entries: Iterable[tuple[Content, Mapping[Grain, Vectors]]],
    sizes: Mapping[Grain, int],
    model: str,
    fingerprint: str,
    code: str,
) -> Manifest:
    """Write a generation's files into an empty folder, durably; the manifest comes last.

    Each article comes with a unit row for each of its passages, for each passage's heading, and for each sentence of
    each passage, in order; `sizes` has the rows of all articles together. Nothing but the short codes of vectors is
    kept in memory. The same arguments give the same bytes.
    """
    texts = array("q")  # hashes, to count the different ones
    with ExitStack() as files:
        words = files.enter_context(DatabaseWriter(folder / _DATABASE, folder / _POSTINGS))
        writers: dict[Grain, VectorWriter] = {}
        dimension = 1
        for content, vectors in entries:
            words.add(content)
            texts.extend(hash(text) for grain in embedded_texts(content.passages).values() for text in grain)
            if not writers:
                dimension = vectors["passages"].shape[1]
                writers = _writers(files, folder, sizes, dimension)
            for grain in GRAINS:
                writers[grain].add(vectors[grain])
        words.close()
        for grain, writer in (writers or _writers(files, folder, sizes, dimension)).items():
            if writer.count != sizes[grain]:
                raise ValueError(f"{grain}: {sizes[grain]} vectors were announced, {writer.count} came")
            writer.close()
    counts = {**words.counts, "headings": words.counts["passages"], "texts": len(np.unique(texts))}
    if any(counts[grain] != sizes[grain] for grain in GRAINS):
        raise ValueError(f"vectors for {dict(sizes)} came with words for {counts}")
    names = sealed_files(counts)
    sealed = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in names}
    manifest = Manifest(generation, FORMAT, model, fingerprint, code, dimension, counts, sealed)
    said = asdict(manifest)
    write_durably(folder / _MANIFEST, (json.dumps({**said, "seal": _seal(said)}, indent=2) + "\n").encode())
    return manifest


def _writers(files: ExitStack, folder: Path, sizes: Mapping[Grain, int], dimension: int) -> dict[Grain, VectorWriter]:
    return {grain: files.enter_context(VectorWriter(folder, grain, sizes[grain], dimension)) for grain in GRAINS}


def open_words(index: Path, generation: str) -> Database:
    """Open a generation's database as it is, unverified: not for readers; raises sqlite3.Error."""
    return Database(generation_folder(index, generation) / _DATABASE)


class Reader:
    """One generation, opened for good: it stays what it is whatever is published later.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: a file is not what the manifest says; nothing of it has been parsed.
    """

    def __init__(self, index: Path, generation: str) -> None:
        self.generation = generation
        folder = generation_folder(index, generation)
        self._mend = f"rebuild it: {ingest_command(index)}"
        self.manifest = self._read_manifest(folder / _MANIFEST)
        for name in sealed_files(self.manifest.counts):
            self._verify(folder / name, self.manifest.files[name])
        self._vectors = {grain: open_vectors(folder, grain, self.manifest.counts[grain]) for grain in GRAINS}
        for grain in GRAINS:
            if self._vectors[grain].shape != (self.manifest.counts[grain], self.manifest.dimension):
                raise IndexDamaged(f"{folder}: {grain} and vectors do not belong together\n    {self._mend}")
        self.database = Database(folder / _DATABASE)
        self._postings = Postings(folder / _POSTINGS, self.manifest.counts["passages"])

    def close(self) -> None:
        """Release the files."""
        self.database.close()

    def dense(self, query: Vectors, grain: Grain, k: int) -> ScoredRows:
        """The k rows of a grain nearest to a unit vector of shape (dimension,), by cosine; ties go by row.

        Where a grain is kept in codes, nearly always those (docs/performance.md), with a cosine good to 0.002.
        """
        count, dimension = self._vectors[grain].shape
        if query.shape != (dimension,) and count:
            raise ValueError(f"the query has shape {query.shape}, the index {dimension} dimensions")
        rows = self._vectors[grain].candidates(query, k) if count else np.empty(0, np.int64)
        rows, scores = _ranked(rows, self.similarity(query, grain, rows))
        return rows[:k], scores[:k]

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

    def forms(self, term: str, place: int) -> list[str]:
        """The words that have a stem, in one passage that has them: the passage at a place of the postings.

        A possessive comes without its apostrophe.
        """
        passage = self.database.fetch(self._postings.row(place))
        words = content_words(f"{passage.title} {' '.join(passage.path)} {passage.text}")
        alike = [word for word in words if word[0] == term[0] or not word[0].isascii()]
        return [re.sub("['’]", "", word) for word in alike if terms_of(word)[:1] == [term]]

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
        """A number for the article of every passage row, the same for the passages of one article."""
        return np.fromiter(self.database.article_of_passages(), np.int64)

    def _read_manifest(self, file: Path) -> Manifest:
        try:
            content = json.loads(file.read_bytes())
            if content.pop("seal") != _seal(content):
                raise ValueError("its content is not what was published")
            if content["format"] != FORMAT:
                raise ValueError("another version of Wellread made it")
            manifest = Manifest(**content)
            if {*manifest.files} != {*sealed_files(manifest.counts)}:
                raise ValueError("it seals other files than belong to what it holds")
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing(f"{file.parent}: there is no such generation\n    {self._mend}") from None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise IndexDamaged(f"{file}: no manifest to go by ({error})\n    {self._mend}") from error
        if manifest.generation != self.generation:
            raise IndexDamaged(f"{file}: belongs to generation {manifest.generation}\n    {self._mend}")
        return manifest

    def _verify(self, file: Path, sealed: dict[str, Any]) -> None:
        try:
            size = file.stat().st_size
            wrong = f"has {size} bytes, not {sealed['bytes']}" if size != sealed["bytes"] else ""
            if not wrong and sha256(file) != sealed["sha256"]:
                wrong = "has other content than was published"
        except OSError as error:
            wrong = f"cannot be read ({error.strerror})"
        if wrong:
            raise IndexDamaged(f"{file}: {wrong}\n    {self._mend}")


def _seal(content: dict[str, Any]) -> str:
    """A hash of what a manifest says: a changed one would otherwise pass for that of another model."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float32]) -> ScoredRows:
    order = np.lexsort((rows, -scores))
    return rows[order], scores[order]
