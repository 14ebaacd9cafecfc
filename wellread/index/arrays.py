"""The arrays of a segment in one file: it has the form of safetensors, which any of its readers opens."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from wellread.files import write_durably
from wellread.index.stored import Piece, Readable

_TYPES: dict[str, type[np.generic]] = {
    "U8": np.uint8,
    "U16": np.uint16,
    "U32": np.uint32,
    "U64": np.uint64,
    "F32": np.float32,
}
"""The types of the numbers that a segment has, by their names in safetensors."""

Arrays = dict[str, NDArray[Any]]


def count_distinct(parts: Sequence[NDArray[np.uint64]]) -> int:
    """How many different numbers some arrays have; `np.unique` (2.4) takes 25 times as long for two million."""
    numbers = np.sort(np.concatenate([np.empty(0, np.uint64), *parts]))
    return len(numbers) and 1 + int(np.count_nonzero(numbers[1:] != numbers[:-1]))


class _Place(NamedTuple):
    kind: type[np.generic]
    shape: tuple[int, ...]
    start: int


def write_arrays(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into a file, durably: the same arrays give the same bytes; raises OSError."""
    write_durably(file, save({name: np.ascontiguousarray(array) for name, array in arrays.items()}))


class StoredArrays:
    """What `write_arrays` wrote, opened for reading; the file must have been verified.

    Raises:
        ValueError, KeyError, TypeError: whoever sealed the file, it was not this program.
    """

    def __init__(self, file: Readable) -> None:
        self.file = file
        size = int.from_bytes(file.read(0, 8), "little")
        if size > file.size - 8:
            raise ValueError("its arrays have no beginning")
        described = json.loads(file.read(8, size))
        self._places: dict[str, _Place] = {}
        for name, array in described.items():
            kind, shape = _TYPES[array["dtype"]], tuple(array["shape"])
            start, end = (8 + size + int(offset) for offset in array["data_offsets"])
            expected = int(np.prod(shape, dtype=np.int64)) * np.dtype(kind).itemsize
            if not (0 <= start <= end <= file.size and end - start == expected and min(shape, default=0) >= 0):
                raise ValueError(f"its array {name} has not its size")
            self._places[name] = _Place(kind, shape, start)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of an array; raises KeyError."""
        return self._places[name].shape

    def read(self, name: str) -> NDArray[Any]:
        """An array whole, in memory; raises KeyError and OSError."""
        place = self._places[name]
        count = int(np.prod(place.shape, dtype=np.int64))
        data = self.file.read(place.start, count * np.dtype(place.kind).itemsize)
        return np.frombuffer(data, place.kind).reshape(place.shape)

    def piece(self, name: str) -> Piece:
        """Where the rows of an array of bytes lie in the file; raises KeyError and ValueError."""
        place = self._places[name]
        if place.kind is not np.uint8 or len(place.shape) != 2:
            raise ValueError(f"its array {name} has no rows of bytes")
        return Piece(self.file, place.start, *place.shape)
