"""The files of an index, opened for reading and never mapped: a mapping of a file that is cut short ends the process.

What is read is what was published: small files are held in memory, and of others it is known whether they were written
to since they were opened.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.files import require_regular

SMALL = 16_000_000
"""Bytes up to which an array of all segments is held in memory: the five that are read in parts (the long codes of
three grains, tokens, postings) then take 80 MB at most."""

CLOCK_TICK = 100_000_000
"""Nanoseconds within which a second write to a file may leave its time as it was (a tick of Linux has 4 to 10 ms)."""

_BLOCK = 1 << 20
"""Bytes hashed at once."""

_seeking = threading.Lock()
"""Where a system reads only from where it stands (Windows), one thread at a time moves and reads."""


class StoredFile:
    """A file that stays open, whatever becomes of its name; threads may share it. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self._path = file
        require_regular(file)
        self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._state = self._state_now()
        self._settled = self._state[1] < time.time_ns() - CLOCK_TICK

    @property
    def size(self) -> int:
        """Its bytes when it was opened."""
        return self._state[0]

    def read(self, start: int, size: int) -> bytes:
        """Some of its bytes; raises OSError where there are fewer."""
        found = self._read(start, size)
        if len(found) != size:
            raise OSError(f"{self.name} ends after {start + len(found)} bytes")
        return found

    def written(self) -> bool:
        """Whether it was written to since it was opened."""
        return self._state_now() != self._state

    def stands(self) -> bool:
        """Whether its name still leads to it."""
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self._descriptor))
        except OSError:
            return False

    def unchanged(self) -> bool:
        """Whether it surely is, at its place and in every byte, the file that was opened."""
        return self._settled and self.stands() and not self.written()

    def identity(self) -> list[int] | None:
        """What tells it from every other file and version, or None where a write may have left that as it was."""
        status = os.fstat(self._descriptor)
        if not self._settled or self.written():
            return None
        return [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]

    def holds(self, digest: str) -> bool:
        """Whether its bytes have a SHA-256 now; if so, what was written until now no longer counts."""
        state = self._state_now()
        whole = hashlib.sha256()
        for start in range(0, state[0], _BLOCK):
            whole.update(self._read(start, _BLOCK))
        if whole.hexdigest() != digest:
            return False
        self._state = state
        self._settled = state[1] < time.time_ns() - CLOCK_TICK
        return True

    def _state_now(self) -> tuple[int, int]:
        status = os.fstat(self._descriptor)
        return status.st_size, status.st_mtime_ns

    def _read(self, start: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, start)
        with _seeking:
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, size)


class Readable(Protocol):
    """Bytes that are read in parts: of a file, or of what was fetched."""

    @property
    def size(self) -> int:
        """How many there are."""

    def read(self, start: int, size: int) -> bytes:
        """Some of them; raises OSError where there are fewer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of an array that one file has: where its bytes begin, how many rows there are, each of so many bytes."""

    file: Readable
    start: int
    count: int
    width: int


class StoredRows:
    """The rows of an array that lies in several files, in their order; few are held in memory, else read when needed.

    Threads may share it. All methods raise OSError.
    """

    def __init__(self, pieces: Sequence[Piece], width: int) -> None:
        if any(piece.count and piece.width != width for piece in pieces):
            raise ValueError(f"rows of other than {width} bytes")
        self._width = width
        self._files = [piece.file for piece in pieces]
        self._places = np.array([piece.start for piece in pieces], np.int64)
        self._ends = np.cumsum([piece.count for piece in pieces], dtype=np.int64)
        self._held: NDArray[np.uint8] | None = None
        if len(self) * width <= SMALL:
            read = [piece.file.read(piece.start, piece.count * width) for piece in pieces]
            self._held = np.frombuffer(b"".join(read), np.uint8).reshape(-1, width)

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def span(self, start: int, stop: int) -> NDArray[np.uint8]:
        """The rows from one number to another, all of one file: shape (stop - start, width)."""
        return self.spans(np.array([start]), np.array([stop]))

    def spans(self, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The rows of several spans, one after the other, each of one file: shape (rows, width)."""
        if self._held is not None:
            if len(starts) == 1:
                return self._held[int(starts[0]) : int(stops[0])]
            sizes = stops - starts
            return self.rows(np.arange(sizes.sum()) + np.repeat(stops - np.cumsum(sizes), sizes))
        return self._read(starts, (stops - starts) * self._width)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Rows by their numbers: shape (len(numbers), width)."""
        if self._held is not None:
            return np.take(self._held, numbers, axis=0)
        return self._read(numbers, np.full(len(numbers), self._width))

    def _read(self, rows: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint8]:
        """So many bytes from each of some rows on."""
        number = np.searchsorted(self._ends, rows, "right")
        before = np.concatenate([[0], self._ends])[number]
        number = np.minimum(number, len(self._files) - 1)  # an empty span may stand behind the last row
        places = self._places[number] + (rows - before) * self._width
        which = zip(number.tolist(), places.tolist(), sizes.tolist(), strict=True)
        files = self._files
        found = b"".join([files[file].read(start, size) for file, start, size in which])
        return np.frombuffer(found, np.uint8).reshape(-1, self._width)
