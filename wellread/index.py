"""One generation on disk: words in SQLite, vectors in FAISS, and a manifest that seals them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import faiss
import numpy as np
from numpy.typing import NDArray

from wellread.database import Content, Database, write_database
from wellread.encoder import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import sha256, write_durably

Grain = Literal["passages", "sentences", "headings"]
Ranking = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Row numbers and their scores, best first; rows of one score in their order."""

FORMAT = 2
"""Of the files of a generation; another format is rebuilt, never read."""

GRAINS: tuple[Grain, ...] = ("passages", "sentences", "headings")
"""What is embedded: passages, their sentences, and each passage's heading, which tells the kind of its section."""

_DATABASE = "passages.sqlite"
_MANIFEST = "manifest.json"
_FILES = (_DATABASE, *(f"{grain}.faiss" for grain in GRAINS))
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


def generation_id(contents: Sequence[Content], fingerprint: str, code: str) -> str:
    """Name a generation by what is in it: the same articles, model and code give the same 16 digits."""
    whole = hashlib.sha256(f"{FORMAT}\0{fingerprint}\0{code}".encode())
    for content in contents:
        whole.update(f"\0{content.article.id}\0{content.digest}".encode())
    return whole.hexdigest()[:16]


def write_generation(
    folder: Path,
    generation: str,
    contents: Sequence[Content],
    vectors: Mapping[Grain, Vectors],
    texts: int,
    model: str,
    fingerprint: str,
    code: str,
) -> Manifest:
    """Write a generation's files into an empty folder, durably; the manifest comes last.

    `vectors["passages"]` and `vectors["headings"]` have a unit row for each passage and `vectors["sentences"]` one for
    each sentence of each passage, in order; `texts` counts the distinct texts embedded. The same arguments give the
    same bytes.
    """
    passages = [passage for content in contents for passage in content.passages]
    counts = {
        "articles": len(contents),
        "passages": len(passages),
        "sentences": sum(len(passage.sentences) for passage in passages),
        "headings": len(passages),
        "texts": texts,
    }
    for grain in GRAINS:
        if vectors[grain].ndim != 2 or len(vectors[grain]) != counts[grain]:
            raise ValueError(f"{grain}: {counts[grain]} vectors are needed, the shape is {vectors[grain].shape}")
    write_database(folder / _DATABASE, contents)
    dimension = vectors["passages"].shape[1]
    for grain in GRAINS:
        flat = faiss.IndexFlatIP(dimension)
        flat.add(np.ascontiguousarray(vectors[grain], np.float32))
        write_durably(folder / f"{grain}.faiss", faiss.serialize_index(flat).tobytes())
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in _FILES}
    manifest = Manifest(generation, FORMAT, model, fingerprint, code, dimension, counts, files)
    content = asdict(manifest)
    write_durably(folder / _MANIFEST, (json.dumps({**content, "seal": _seal(content)}, indent=2) + "\n").encode())
    return manifest


def stored_vectors(file: Path) -> Vectors:
    """The vectors in a generation's file of one grain, shape (rows, dimension); the file must have been verified."""
    flat = faiss.deserialize_index(np.fromfile(file, np.uint8))
    return np.asarray(flat.reconstruct_n(0, flat.ntotal), np.float32)


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
        for name in _FILES:
            self._verify(folder / name, self.manifest.files[name])
        self._vectors = {
            grain: faiss.deserialize_index(np.fromfile(folder / f"{grain}.faiss", np.uint8)) for grain in GRAINS
        }
        for grain in GRAINS:
            if (self._vectors[grain].ntotal, self._vectors[grain].d) != (
                self.manifest.counts[grain],
                self.manifest.dimension,
            ):
                raise IndexDamaged(f"{folder}: {grain} and vectors do not belong together\n    {self._mend}")
        self.database = Database(folder / _DATABASE)

    def close(self) -> None:
        """Release the files."""
        self.database.close()

    def dense(self, query: Vectors, grain: Grain, k: int) -> Ranking:
        """The k rows of a grain nearest to a unit vector of shape (dimension,), by cosine; ties go by row."""
        vectors = self._vectors[grain]
        if not vectors.ntotal:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if query.shape != (vectors.d,):
            raise ValueError(f"the query has shape {query.shape}, the index {vectors.d} dimensions")
        # FAISS keeps any of the rows that tie for the last place: look on until all of them are there.
        wanted = k
        while True:
            wanted = min(2 * wanted, vectors.ntotal)
            scores, rows = vectors.search(query[np.newaxis], wanted)
            if wanted == vectors.ntotal or scores[0, -1] < scores[0, k - 1]:
                break
        found = rows[0] >= 0
        rows, scores = _ranked(rows[0][found], scores[0][found])
        return rows[:k], scores[:k]

    def similarity(self, query: Vectors, grain: Grain, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosines of given rows of a grain with a unit vector, in the order of the rows."""
        # Not a matrix product: its last bits would depend on which rows are compared together.
        return (
            np.asarray(np.einsum("ij,j->i", self.rows(grain, rows), query), np.float32)
            if len(rows)
            else np.empty(0, np.float32)
        )

    def vectors(self, grain: Grain, rows: range) -> Vectors:
        """The vectors of neighbouring rows of a grain, shape (len(rows), dimension)."""
        return np.asarray(self._vectors[grain].reconstruct_n(rows.start, len(rows)), np.float32)

    def rows(self, grain: Grain, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The vectors of given rows of a grain, shape (len(rows), dimension)."""
        if not len(rows):
            return np.empty((0, self.manifest.dimension), np.float32)
        return np.asarray(self._vectors[grain].reconstruct_batch(np.asarray(rows, np.int64)), np.float32)

    def lexical(self, question: str, k: int) -> Ranking:
        """The k passages best by BM25 over title, heading and text."""
        found = self.database.lexical(question, k)
        return np.array([row for row, _ in found], np.int64), np.array([score for _, score in found], np.float32)

    def sentence_rows(self, passages: range) -> range:
        """The rows of the sentences of neighbouring passages, in reading order."""
        first, last = np.searchsorted(self.passage_of, (passages.start, passages.stop))
        return range(int(first), int(last))

    @cached_property
    def passage_of(self) -> NDArray[np.int64]:
        """The passage row of every sentence row, ascending."""
        return np.array(self.database.passage_of_sentences(), np.int64)

    @cached_property
    def article_of(self) -> NDArray[np.int64]:
        """A number for the article of every passage row, the same for the passages of one article."""
        return np.array(self.database.article_of_passages(), np.int64)

    def _read_manifest(self, file: Path) -> Manifest:
        try:
            content = json.loads(file.read_bytes())
            if content.pop("seal") != _seal(content):
                raise ValueError("its content is not what was published")
            if content["format"] != FORMAT:
                raise ValueError("another version of Wellread made it")
            manifest = Manifest(**content)
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


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float32]) -> Ranking:
    order = np.lexsort((rows, -scores))
    return rows[order], scores[order]
