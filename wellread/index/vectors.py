"""Vectors on disk: whole where there are few rows, as short codes where there are many.

Codes need no training, so that a row's code depends on that row alone: publishing an edit gives the bytes that
publishing everything anew would give. A search scans short codes (4 bits for 4 dimensions of the rotated row, summed
from tables by FAISS: its FastScan), and compares the best of them by long ones (8 bits a dimension).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import Arrays, StoredArrays
from wellread.index.stored import StoredRows

EXACT = 10_000
"""Rows up to which each is compared as it is: 10,000 of 384 dimensions take about half a millisecond."""

MIN_RESCORED = 1_000
"""Candidates from the 4-bit scan that are rescored with 8-bit codes, at least; ten for each row that is wanted."""

ROWS_PER_RESCORED = 250
"""Of so many rows one at least is rescored, so that a large index misses no more of the nearest than a small one."""

BLOCK = 4_096
"""Rows coded at once, counted from a segment's first: how many are rotated together may decide the last bits."""

DIMENSIONS_PER_CODE = 4
"""Dimensions of a rotated row that share one code of 4 bits: one bit a dimension."""


NORMAL_POINTS = np.array(
    [
        [0.9357045, 0.822328, -0.14299785, -1.3037506],
        [-1.3986969, 0.42570886, 0.76721424, 0.7780454],
        [-1.127828, -0.651264, -0.9811145, 1.1549823],
        [0.9621511, 0.96582335, -0.70677465, 0.27633196],
        [0.44158614, 0.92683655, 1.3604962, 0.24444598],
        [-0.6725882, 0.9701581, 0.30755845, -1.1327435],
        [-0.9573565, -0.6559131, -0.9252224, -0.68938595],
        [0.7041899, -0.8903399, -0.86350256, -0.80405235],
        [-1.1930118, -0.8132137, 0.9098031, -0.53492796],
        [-0.6781498, 1.0589105, -0.9375722, 0.17354603],
        [0.40303433, -0.5254974, 1.0153078, -1.4055698],
        [1.7548788, -0.39160582, 0.26393443, 0.28208765],
        [0.24446298, 0.36087757, 0.21391985, 1.5495503],
        [0.46371022, -0.7721277, -0.94734454, 0.89323115],
        [0.031268302, -0.055143192, 0.15220809, -0.09844777],
        [0.09433956, -1.2376264, 1.0071452, 0.68108124],
    ],
    np.float32,
)
"""Sixteen points that stand for normally distributed ones, as the coordinates of rotated unit vectors nearly are.

They are what k-means finds in 16,384 of them (faiss.Kmeans, 25 rounds; numpy's default_rng(0)), which takes 0.2 s.
"""


KeptRows = NDArray[Any]
"""Vectors of float32, shape (rows, dimension), or their long codes as bytes, shape (rows, 2 + dimension)."""


class StoredVectors(Protocol):
    """The rows of a grain, opened for reading; threads may share it."""

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """Rows, in no order, among which are the k nearest to a vector of shape (dimension,) and what ties with them.

        In codes, the k nearest by the long ones, as good as always.
        """

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of given rows, shape (len(rows), dimension); of long codes, what they stand for."""


def coded(count: int) -> bool:
    """Whether so many rows are kept in codes, from which they cannot be had as they were."""
    return count > EXACT


def kept_rows(vectors: Vectors, in_codes: bool) -> KeptRows:
    """What is kept of each row, whatever the others are: the row as it is, or its long code, a quarter of its size."""
    return _long_codes(vectors) if in_codes else np.asarray(vectors, np.float32)


def vector_arrays(grain: str, kept: KeptRows, in_codes: bool) -> Arrays:
    """The arrays of a segment's rows of a grain, of which `kept_rows` says what is kept: with short codes for long."""
    if not in_codes:
        return {_whole(grain): kept}
    codes = np.asarray(kept, np.uint8)
    blocks = [_short_codes(_decoded(codes[start : start + BLOCK])) for start in range(0, len(codes), BLOCK)]
    groups = _groups(codes.shape[1] - 2)
    return {
        _long(grain): codes,
        _short(grain): np.concatenate([np.empty((0, -(-groups // 2)), np.uint8), *blocks]),
    }


def _whole(grain: str) -> str:
    return f"{grain}.vectors"


def _long(grain: str) -> str:
    return f"{grain}.codes"


def _short(grain: str) -> str:
    return f"{grain}.short"


def vector_shape(grain: str, arrays: StoredArrays, in_codes: bool) -> tuple[int, int]:
    """How many rows of a grain a segment has, and their dimension; raises ValueError and KeyError."""
    if not in_codes:
        rows, dimension = arrays.shape(_whole(grain))
        return rows, dimension
    rows, width = arrays.shape(_long(grain))
    if arrays.shape(_short(grain)) != (rows, -(-_groups(width - 2) // 2)):
        raise ValueError(f"the codes of {grain} do not belong together")
    return rows, width - 2


def open_vectors(grain: str, segments: Sequence[StoredArrays], dimension: int, in_codes: bool) -> StoredVectors:
    """Open the rows of a grain of all segments, one after the other; what is searched is made when it is needed."""
    if in_codes:
        return Coded(grain, segments, dimension)
    return Exact(grain, segments, dimension)


class Exact:
    """Rows as they are."""

    def __init__(self, grain: str, segments: Sequence[StoredArrays], dimension: int) -> None:
        self._index = faiss.IndexFlatIP(dimension)
        for arrays in segments:
            self._index.add(arrays.read(_whole(grain)))

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

    def __init__(self, grain: str, segments: Sequence[StoredArrays], dimension: int) -> None:
        self._grain = grain
        self._segments = segments
        self._dimension = dimension
        self._codes = StoredRows([arrays.piece(_long(grain)) for arrays in segments], 2 + dimension)
        self._index: faiss.Index | None = None
        self._making = threading.Lock()

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""
        return len(self._codes), self._dimension

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """The rows that the short codes find nearest to a vector, more than k, ascending."""
        count = len(self._codes)
        wanted = min(max(MIN_RESCORED, count // ROWS_PER_RESCORED, 10 * k), count)
        _, rows = _search(self._scan(), query, wanted)
        return np.sort(rows)

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """What the long codes of given rows stand for, shape (len(rows), dimension)."""
        return _decoded(self._codes.rows(rows))

    def _scan(self) -> faiss.Index:
        """The short codes as FAISS scans them, put together the first time: 0.1 s for 170,000 rows."""
        with self._making:
            if self._index is None:
                codes = [arrays.read(_short(self._grain)) for arrays in self._segments]
                self._index = _scan(self._dimension, np.concatenate(codes))
            return self._index


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


def _groups(dimension: int) -> int:
    """How many codes of 4 bits a row of so many dimensions has."""
    return -(-dimension // DIMENSIONS_PER_CODE)


@cache
def _rotation(dimension: int) -> faiss.VectorTransform:
    """A rotation that makes the dimensions of rows alike, so that they can be coded by fours."""
    rotation = faiss.RandomRotationMatrix(dimension, _groups(dimension) * DIMENSIONS_PER_CODE)
    rotation.init(0)
    return rotation


def _coder(dimension: int) -> faiss.IndexPQ:
    """An empty index of short codes of rotated rows."""
    groups = _groups(dimension)
    codes = faiss.IndexPQ(groups * DIMENSIONS_PER_CODE, groups, 4, faiss.METRIC_INNER_PRODUCT)
    points = NORMAL_POINTS / np.sqrt(groups * DIMENSIONS_PER_CODE)
    faiss.copy_array_to_vector(np.tile(points.ravel(), groups).astype(np.float32), codes.pq.centroids)
    codes.is_trained = True
    return codes


def _short_codes(vectors: Vectors) -> NDArray[np.uint8]:
    """Two codes of 4 bits a byte: shape (rows, groups / 2 rounded up)."""
    faiss.omp_set_num_threads(1)  # of this thread alone: on a busy machine threads that wait for each other cost most
    rotated = _rotation(vectors.shape[1]).apply(np.ascontiguousarray(vectors))
    coder = _coder(vectors.shape[1])  # its `pq` lives as long as it does
    return np.asarray(coder.pq.compute_codes(rotated), np.uint8)


def _scan(dimension: int, short: NDArray[np.uint8]) -> faiss.Index:
    """Short codes as FAISS scans them."""
    faiss.omp_set_num_threads(1)
    codes = _coder(dimension)
    faiss.copy_array_to_vector(np.ascontiguousarray(short).ravel(), codes.codes)
    codes.ntotal = len(short)
    return faiss.IndexPreTransform(_rotation(dimension), faiss.IndexPQFastScan(codes))  # type: ignore[arg-type]
