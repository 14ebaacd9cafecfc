"""The token vectors of passages on disk, a bit a dimension: what late interaction compares a question with.

A code is the signs of a rotated vector and one number, by which its product with what it stands for is 1: 50 bytes for
384 dimensions. The question's tokens are compared as they are, so that only one side is rounded, and cosines have no
bias (RaBitQ: Gao and Long 2024, eq. 6). A mean over a question's tokens evens out what rounding adds: docs/notebook.md
has what it costs.
"""

from __future__ import annotations

import os
from array import array
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.files import write_durably
from wellread.index.stored import StoredBytes, StoredFile

CODES = "tokens.codes"
STARTS = "tokens.starts"
FILES = (CODES, STARTS)
"""The codes of all tokens, passage by passage; and the first token of each passage, with how many there are at last."""

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


class TokenWriter:
    """Writes the codes of passages in their order; `close` makes them durable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes = (folder / CODES).open("wb")
        self._starts = array("q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._codes.close()

    @property
    def count(self) -> int:
        """How many passages were added."""
        return len(self._starts) - 1

    def add(self, codes: NDArray[np.uint8]) -> None:
        """Add a passage."""
        self._codes.write(codes.tobytes())
        self._starts.append(self._starts[-1] + len(codes))

    def close(self) -> None:
        """Put everything on the disk; raises OSError."""
        self._codes.flush()
        os.fsync(self._codes.fileno())
        write_durably(self._folder / STARTS, self._starts.tobytes())


class StoredTokens:
    """What `TokenWriter` wrote, opened for reading; threads may share it. The files must have been verified."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._dimension = dimension
        self._starts = np.fromfile(folder / STARTS, np.int64)
        self._width = 2 + -(-dimension // 8)
        self._codes = StoredBytes(folder / CODES)

    @property
    def watched(self) -> tuple[StoredFile, ...]:
        """What is still read of its files."""
        return self._codes.watched

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self._starts) - 1

    def codes(self, row: int) -> NDArray[np.uint8]:
        """The codes of a passage's tokens."""
        start, stop = (self._width * int(self._starts[at]) for at in (row, row + 1))
        return self._codes.span(start, stop).reshape(-1, self._width)

    def vectors(self, row: int) -> Vectors:
        """What they stand for, rotated: shape (tokens, dimension)."""
        return decoded(self.codes(row), self._dimension)
