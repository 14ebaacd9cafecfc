"""Vectors on disk: whole where there are few rows, as short codes where there are many.

Codes need no training, so that a row's code depends on that row alone: publishing an edit gives the bytes that
publishing everything anew would give. A search scans short codes (4 bits for 4 dimensions of the rotated row, summed
from tables by FAISS: its FastScan), and compares the best of them by long ones (8 bits a dimension).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.files import write_durably
from wellread.index.stored import StoredBytes, StoredFile

EXACT = 10_000
"""Rows up to which each is compared as it is: 10,000 of 384 dimensions take about half a millisecond."""

MIN_RESCORED = 1_000
"""Candidates from the 4-bit scan that are rescored with 8-bit codes, at least; ten for each row that is wanted."""

ROWS_PER_RESCORED = 250
"""Of so many rows one at least is rescored, so that a large index misses no more of the nearest than a small one."""

BLOCK = 4_096
"""Rows coded at once, counted from the first row: the last bits of a rotation may depend on what is rotated with it."""

DIMENSIONS_PER_CODE = 4
"""Dimensions of a rotated row that share one code of 4 bits: one bit a dimension."""


class StoredVectors(Protocol):
    """The rows of a grain, opened for reading; threads may share it."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""

    @property
    def watched(self) -> tuple[StoredFile, ...]:
        """What is still read of its files."""

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """Rows, in no order, among which are the k nearest to a vector of shape (dimension,) and what ties with them.

        In codes, the k nearest by the long ones, as good as always.
        """

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of given rows, shape (len(rows), dimension); of long codes, what they stand for."""


class VectorWriter:
    """Writes the files of a grain: rows are added in their order, and `close` makes them durable."""

    def __init__(self, folder: Path, grain: str, count: int, dimension: int) -> None:
        self._scan = _scan(dimension) if coded(count) else faiss.IndexFlatIP(dimension)
        self._file, *codes = (folder / name for name in file_names(grain, count))
        self._codes: BinaryIO | None = codes[0].open("wb") if codes else None
        self._waiting: list[Vectors] = []
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._codes:
            self._codes.close()

    def add(self, vectors: Vectors) -> None:
        """Add some rows."""
        self._waiting.append(np.asarray(vectors, np.float32))
        before, self.count = self.count, self.count + len(vectors)
        if self.count // BLOCK > before // BLOCK:
            rows = np.concatenate(self._waiting)
            whole = self.count // BLOCK * BLOCK - before // BLOCK * BLOCK
            for start in range(0, whole, BLOCK):
                self._write(rows[start : start + BLOCK])
            self._waiting = [rows[whole:]]

    def close(self) -> None:
        """Put everything on the disk; raises OSError."""
        if self._waiting:
            self._write(np.concatenate(self._waiting))
        if self._codes:
            self._codes.flush()
            os.fsync(self._codes.fileno())
        write_durably(self._file, faiss.serialize_index(self._scan).tobytes())

    def _write(self, vectors: Vectors) -> None:
        if self._codes:
            codes = _long_codes(vectors)
            self._codes.write(codes.tobytes())
            vectors = _decoded(codes)
        self._scan.add(np.ascontiguousarray(vectors))


def coded(count: int) -> bool:
    """Whether so many rows are kept in codes, from which they cannot be had as they were."""
    return count > EXACT


def file_names(grain: str, count: int) -> tuple[str, ...]:
    """The files of a grain of so many rows: what FAISS searches and, where that is short codes, the long ones."""
    return (f"{grain}.faiss", f"{grain}.codes") if coded(count) else (f"{grain}.faiss",)


def open_vectors(folder: Path, grain: str, count: int) -> StoredVectors:
    """Open the files of a grain of so many rows, which must have been verified."""
    name, *codes = file_names(grain, count)
    file = np.fromfile(folder / name, np.uint8)  # each search looks at all of it
    return Coded(file, StoredBytes(folder / codes[0])) if codes else Exact(file)


class Exact:
    """Rows as they are."""

    watched = ()

    def __init__(self, file: NDArray[np.uint8]) -> None:
        self._file = file  # FAISS reads from it as long as it searches
        self._index = _read(file)

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""
        return self._index.ntotal, self._index.d

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """The k rows nearest to a vector and all that tie with the last of them, in no order."""
        # FAISS keeps any of the rows that tie for the last place: look on until all of them are there.
        wanted = min(k, self._index.ntotal)
        while True:
            wanted = min(2 * wanted, self._index.ntotal)
            scores, rows = _search(self._index, query, wanted)
            if wanted == self._index.ntotal or len(rows) < wanted or scores[-1] < scores[k - 1]:
                return rows

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of given rows, shape (len(rows), dimension)."""
        return np.asarray(self._index.reconstruct_batch(rows), np.float32)


class Coded:
    """Rows as codes."""

    def __init__(self, file: NDArray[np.uint8], codes: StoredBytes) -> None:
        self._file = file  # FAISS reads from it as long as it searches
        self._index = _read(file)
        self._codes = codes

    @property
    def watched(self) -> tuple[StoredFile, ...]:
        """What is still read of its files."""
        return self._codes.watched

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""
        return self._index.ntotal, self._index.d

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """The rows that the short codes find nearest to a vector, more than k, ascending."""
        count = self._index.ntotal
        _, rows = _search(self._index, query, min(max(MIN_RESCORED, count // ROWS_PER_RESCORED, 10 * k), count))
        return np.sort(rows)

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """What the long codes of given rows stand for, shape (len(rows), dimension)."""
        return _decoded(self._codes.rows(rows, 2 + self._index.d))


def _read(file: NDArray[np.uint8]) -> faiss.Index:
    reader = faiss.ZeroCopyIOReader(faiss.swig_ptr(file), file.nbytes)  # type: ignore[attr-defined]
    return faiss.read_index(reader)


def _search(index: faiss.Index, query: Vectors, k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The scores and rows of the k nearest to one vector, best first, or of fewer where there are no more."""
    faiss.omp_set_num_threads(1)  # of this thread alone: a second one would be waited for longer than it helps
    scores, rows = index.search(query[np.newaxis], k)
    return scores[0][rows[0] >= 0], rows[0][rows[0] >= 0]


def _long_codes(vectors: Vectors) -> NDArray[np.uint8]:
    """A byte a dimension and before them their step, as two bytes: shape (rows, 2 + dimension).

    The step is a float16, so that a code times its step has no rounding: what codes stand for has the same codes.
    """
    steps = np.maximum(np.abs(vectors).max(axis=1, initial=0.0) / 127, np.finfo(np.float16).tiny)
    short = steps.astype(np.float16)
    short = np.where(short < steps, np.nextafter(short, np.float16(np.inf)), short)
    codes = np.rint(vectors / short.astype(np.float32)[:, np.newaxis]).astype(np.int8)
    return np.concatenate([short[:, np.newaxis].view(np.uint8), codes.view(np.uint8)], axis=1)


def _decoded(codes: NDArray[np.uint8]) -> Vectors:
    steps = np.ascontiguousarray(codes[:, :2]).view(np.float16).astype(np.float32)
    rows = codes[:, 2:].view(np.int8).astype(np.float32)
    rows *= steps
    return rows


def _scan(dimension: int) -> faiss.Index:
    """An empty index of short codes: rows are rotated, so that their dimensions are alike, and coded by fours."""
    groups = -(-dimension // DIMENSIONS_PER_CODE)
    rotation = faiss.RandomRotationMatrix(dimension, groups * DIMENSIONS_PER_CODE)
    rotation.init(0)
    codes = faiss.IndexPQFastScan(groups * DIMENSIONS_PER_CODE, groups, 4, faiss.METRIC_INNER_PRODUCT)
    points = _normal_points() / np.sqrt(groups * DIMENSIONS_PER_CODE)
    faiss.copy_array_to_vector(np.tile(points.ravel(), groups).astype(np.float32), codes.pq.centroids)
    codes.is_trained = True
    return faiss.IndexPreTransform(rotation, codes)


@cache
def _normal_points() -> NDArray[np.float32]:
    """Sixteen points that stand for normally distributed ones: a rotated unit vector's coordinates are nearly so."""
    sample = np.random.default_rng(0).standard_normal((1 << 14, DIMENSIONS_PER_CODE)).astype(np.float32)
    means = faiss.Kmeans(DIMENSIONS_PER_CODE, 16, niter=25, seed=0)
    means.train(sample)
    return np.asarray(means.centroids, np.float32)
