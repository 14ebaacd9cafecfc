"""The vector cache: (text, model, code of the encoders) -> vector: a text is embedded once; safe to delete."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.fingerprints import fingerprint_of, package_files

NO_ENCODERS = ("cache", "make_graph", "rerankers")
"""The modules of this package that do not decide what vector a text gets."""


class VectorCache:
    """Vectors of one model, kept in an SQLite file that other models share.

    A file that is not a cache, or a damaged one, is replaced by an empty cache, and a vector whose checksum is off
    counts as absent: all that damage costs is embedding again.
    """

    def __init__(self, file: Path, fingerprint: str) -> None:
        self.file = file
        self._fingerprint = fingerprint
        try:
            self._database = self._open()
        except sqlite3.DatabaseError:
            self._database = self._open_new()

    def find(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Look up texts; those that are not in the cache are not in the result."""
        found: dict[str, Vectors] = {}
        try:
            for text in texts:
                row = self._database.execute(
                    "SELECT vector, checksum FROM vectors WHERE key = ?", (_key(self._fingerprint, text),)
                ).fetchone()
                vector, checksum = row or (None, None)
                if vector and isinstance(vector, bytes) and zlib.crc32(vector) == checksum:
                    found[text] = np.frombuffer(vector, np.float32)
        except sqlite3.DatabaseError:
            self._replace()
            return {}
        return found

    def add(self, texts: Sequence[str], vectors: Sequence[Vectors] | Vectors) -> None:
        """Keep the vectors of texts, row for row, durably.

        Raises:
            sqlite3.OperationalError: the disk refused.
        """
        blobs = [vector.tobytes() for vector in vectors]
        rows = [
            (_key(self._fingerprint, text), blob, zlib.crc32(blob)) for text, blob in zip(texts, blobs, strict=True)
        ]
        try:
            self._insert(rows)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._replace()
            self._insert(rows)

    def find_codes(self, texts: Sequence[str]) -> dict[str, NDArray[np.uint8]]:
        """Look up the token codes of passages; those that are not in the cache are not in the result."""
        found = self.find([_codes_of(text) for text in texts])
        codes = {text: found[_codes_of(text)].view(np.uint8) for text in texts if _codes_of(text) in found}
        return {text: _unpadded(packed) for text, packed in codes.items()}

    def add_codes(self, texts: Sequence[str], codes: Sequence[NDArray[np.uint8]]) -> None:
        """Keep the token codes of passages, durably; raises what `add` raises."""
        self.add([_codes_of(text) for text in texts], [_padded(rows) for rows in codes])

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _insert(self, rows: Sequence[tuple[bytes, bytes, int]]) -> None:
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.file)
        try:
            database.execute("PRAGMA page_size = 8192")  # five vectors of 384 dimensions on a page
            database.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER NOT NULL)"
            )
            database.execute("SELECT key, vector, checksum FROM vectors LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    def _open_new(self) -> sqlite3.Connection:
        for suffix in ("", "-journal", "-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        return self._open()

    def _replace(self) -> None:
        self._database.close()
        self._database = self._open_new()


class CachingEncoder:
    """An `Encoder` that looks a question up before it has it embedded, for questions that are asked again and again."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self.name, self.fingerprint, self.max_tokens = encoder.name, encoder.fingerprint, encoder.max_tokens
        self.count_tokens = encoder.count_tokens
        self.encode_documents, self.encode_passages = encoder.encode_documents, encoder.encode_passages

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: shape (len(texts), dimension)."""
        return self.encode_layers(texts)[0]

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        """Embed questions: vectors, layers and tokens, as the protocol says."""
        names = [tuple(f"{part} of a question\0{text}" for part in ("vector", "layers", "tokens")) for text in texts]
        found = self._cache.find([key for keys in names for key in keys])
        missing = [number for number, keys in enumerate(names) if not all(key in found for key in keys)]
        if missing:
            vectors, layers, tokens = self._encoder.encode_layers([texts[number] for number in missing])
            # A text without tokens has a row too: the vector stands before them.
            behind = [np.concatenate([vector, *rows]) for vector, rows in zip(vectors, tokens, strict=True)]
            rows = [*vectors, *layers.reshape(len(missing), -1), *behind]
            keys = [names[number][part] for part in range(3) for number in missing]
            self._cache.add(keys, rows)
            found |= dict(zip(keys, rows, strict=True))
        vectors = np.stack([found[vector] for vector, _, _ in names])
        dimension = vectors.shape[1]
        layers = np.stack([found[key].reshape(-1, dimension) for _, key, _ in names])
        return vectors, layers, [found[key].reshape(-1, dimension)[1:] for _, _, key in names]


def count_known(file: Path, fingerprint: str, texts: Collection[str]) -> int:
    """How many of some texts a cache knows, without changing anything on the disk."""
    if not file.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return sum(
                database.execute("SELECT 1 FROM vectors WHERE key = ?", (_key(fingerprint, text),)).fetchone()
                is not None
                for text in texts
            )
    except sqlite3.DatabaseError:
        return 0


@dataclass(frozen=True, slots=True)
class CacheState:
    """How a cache's file is: its vectors, how many of them are damaged, and what is wrong with the whole, or ""."""

    vectors: int
    damaged: int
    fault: str


def inspect_cache(file: Path) -> CacheState | None:
    """Look at every vector of a cache, without a lock and without a change; None where it is being written.

    A journal left by a process that was ended counts as being written: whoever opens the cache next takes it back.

    Raises:
        OSError: there is no such file.
    """
    journal = file.with_name(f"{file.name}-journal")
    if journal.exists():
        return None
    before = file.stat()
    vectors = damaged = 0
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        try:
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            for vector, checksum in database.execute("SELECT vector, checksum FROM vectors"):
                vectors += 1
                damaged += not vector or len(vector) % 4 != 0 or zlib.crc32(vector) != checksum
        except (sqlite3.DatabaseError, TypeError) as error:
            verdict = str(error)
    after = file.stat()
    if journal.exists() or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return None
    return CacheState(vectors, damaged, "" if verdict == "ok" else verdict)


@cache
def encoders_code() -> str:
    """The fingerprint of the code that makes vectors: other code may give a text another one."""
    return fingerprint_of(package_files("encoders", NO_ENCODERS, (".py", ".onnx")))


def _codes_of(text: str) -> str:
    return f"tokens\0{text}"


def _padded(rows: NDArray[np.uint8]) -> Vectors:
    """Codes as whole numbers of four bytes, after their shape."""
    packed = np.concatenate([np.array(rows.shape, np.int32).view(np.uint8), rows.ravel()])
    return np.pad(packed, (0, -len(packed) % 4)).view(np.float32)


def _unpadded(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    count, width = packed[:8].view(np.int32).tolist()
    return packed[8 : 8 + count * width].reshape(count, width)


def _key(fingerprint: str, text: str) -> bytes:
    return hashlib.sha256(f"{fingerprint}\0{encoders_code()}\0{text}".encode()).digest()


@contextmanager
def open_cache(file: Path, fingerprint: str) -> Iterator[VectorCache]:
    """Open a cache for one model's vectors and close it again."""
    cache = VectorCache(file, fingerprint)
    try:
        yield cache
    finally:
        cache.close()
