"""The token vectors of passages on disk, a bit a dimension: what late interaction compares a question with.

A code is the signs of a rotated vector and one number, by which its product with what it stands for is 1: 50 bytes for
384 dimensions. The question's tokens are compared as they are, so that only one side is rounded, and cosines have no
bias (RaBitQ: Gao and Long 2024, eq. 6). A mean over a question's tokens evens out what rounding adds: docs/notebook.md
has what it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import Arrays, StoredArrays
from wellread.index.stored import StoredRows

CODES = "tokens.codes"
COUNTS = "tokens.counts"
"""The codes of all tokens, passage by passage; and how many each passage has."""

_SEED = 20_261_128
"""Of the signs that a rotation begins with; any number serves."""


def rotate(vectors: Vectors) -> Vectors:
    """Rotate vectors, shape (rows, dimension), so that their coordinates are alike: random signs, then Hadamard's.

    The rotation is exact in every number but for rounding, and the same everywhere. Blocks have the greatest power of
    two that divides the dimension.
    """
    rows, dimension = vectors.shape
    signs, matrix = _rotation(dimension)
    blocks = (vectors * signs).reshape(rows, dimension // len(matrix), len(matrix))
    return np.asarray((blocks @ matrix).reshape(rows, dimension), np.float32)


@cache
def _rotation(dimension: int) -> tuple[Vectors, Vectors]:
    size = dimension & -dimension
    matrix = np.ones((1, 1), np.float32)
    while len(matrix) < size:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    signs = np.where(np.random.default_rng(_SEED).integers(0, 2, dimension), 1, -1).astype(np.float32)
    return signs, np.asarray(matrix / np.sqrt(size), np.float32)


def token_codes(vectors: Vectors) -> NDArray[np.uint8]:
    """The codes of token vectors, shape (tokens, 2 + dimension / 8 rounded up): a float16, then the signs."""
    rotated = rotate(vectors)
    sizes = np.abs(rotated).sum(axis=1, keepdims=True)
    scales = (1 / np.maximum(sizes, np.finfo(np.float16).tiny)).astype(np.float16)
    return np.concatenate([scales.view(np.uint8), np.packbits(rotated > 0, axis=1)], axis=1)


def decoded(codes: NDArray[np.uint8], dimension: int) -> Vectors:
    """What codes stand for, rotated: shape (tokens, dimension)."""
    scales = np.ascontiguousarray(codes[:, :2]).view(np.float16).astype(np.float32)
    signs = np.unpackbits(codes[:, 2:], axis=1, count=dimension).astype(np.float32)
    return np.asarray((2 * signs - 1) * scales, np.float32)


def token_arrays(passages: Sequence[NDArray[np.uint8]], dimension: int) -> Arrays:
    """What is kept of the tokens of a segment's passages: their codes one after the other, and how many each has."""
    none = np.empty((0, _width(dimension)), np.uint8)
    return {
        CODES: np.concatenate([none, *passages]),
        COUNTS: np.array([len(codes) for codes in passages], np.uint32),
    }


class StoredTokens:
    """The tokens of all segments, opened for reading; threads may share it. The files must have been verified."""

    def __init__(self, segments: Sequence[StoredArrays], dimension: int) -> None:
        self._dimension = dimension
        counts = np.concatenate([np.empty(0, np.uint32), *(arrays.read(COUNTS) for arrays in segments)])
        self._ends = np.cumsum(counts, dtype=np.int64)
        self._codes = StoredRows([arrays.piece(CODES) for arrays in segments], _width(dimension))

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self._ends)

    def codes(self, row: int) -> NDArray[np.uint8]:
        """The codes of a passage's tokens."""
        return self._codes.span(int(self._ends[row - 1]) if row else 0, int(self._ends[row]))

    def vectors(self, row: int) -> Vectors:
        """What they stand for, rotated: shape (tokens, dimension)."""
        return decoded(self.codes(row), self._dimension)


def _width(dimension: int) -> int:
    """The bytes of a token's code."""
    return 2 + -(-dimension // 8)
