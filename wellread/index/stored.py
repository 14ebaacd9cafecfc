"""A generation's files, opened for reading and never mapped: a mapping of a file that is cut short ends the process.

What is read is what was published: small files are held in memory, and of others it is known whether they were written
to since they were opened.
"""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SMALL = 16_000_000
"""Bytes up to which a file is held in memory: the five files that are read in parts (the long codes of three grains,
tokens, postings) then take 80 MB at most."""

_BLOCK = 1 << 20
"""Bytes hashed at once."""

_seeking = threading.Lock()
"""Where a system reads only from where it stands (Windows), one thread at a time moves and reads."""


class StoredFile:
    """A file that stays open, whatever becomes of its name; threads may share it. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self._file = file
        self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._state = self._state_now()

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

    def pieces(self, starts: Iterable[int], size: int) -> bytes:
        """The bytes from each of some places on, so many each; raises OSError where there are fewer."""
        return b"".join([self.read(start, size) for start in starts])

    def written(self) -> bool:
        """Whether it was written to since it was opened."""
        return self._state_now() != self._state

    def replaced(self) -> bool:
        """Whether its name is another file's now; False where there is none of the name."""
        try:
            return not os.path.samestat(os.fstat(self._descriptor), self._file.stat())
        except FileNotFoundError:
            return False

    def holds(self, digest: str) -> bool:
        """Whether its bytes have a SHA-256 now; if so, what was written until now no longer counts."""
        state = self._state_now()
        whole = hashlib.sha256()
        for start in range(0, state[0], _BLOCK):
            whole.update(self._read(start, _BLOCK))
        if whole.hexdigest() != digest:
            return False
        self._state = state
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


class StoredBytes:
    """The bytes of a file: of a small one in memory, of a large one read where they are looked at."""

    def __init__(self, file: Path) -> None:
        self._file = StoredFile(file)
        self._held = np.frombuffer(self._file.read(0, self.size), np.uint8) if self.size <= SMALL else None

    @property
    def size(self) -> int:
        """How many there are."""
        return self._file.size

    @property
    def watched(self) -> tuple[StoredFile, ...]:
        """The file, where it is still read."""
        return (self._file,) if self._held is None else ()

    def span(self, start: int, stop: int) -> NDArray[np.uint8]:
        """The bytes from one place to another; raises OSError."""
        if self._held is not None:
            return self._held[start:stop]
        return np.frombuffer(self._file.read(start, stop - start), np.uint8)

    def rows(self, numbers: NDArray[np.int64], width: int) -> NDArray[np.uint8]:
        """Rows of so many bytes by their numbers, shape (len(numbers), width); raises OSError."""
        if self._held is not None:
            return self._held.reshape(-1, width)[numbers]
        found = self._file.pieces((width * numbers).tolist(), width)
        return np.frombuffer(found, np.uint8).reshape(-1, width)
