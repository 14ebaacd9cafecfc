"""Opens and verifies segments, each once in a process: what a reader has open, the next one takes over."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from wellread.errors import IndexDamaged
from wellread.index.arrays import StoredArrays
from wellread.index.database import Database
from wellread.index.layout import ARRAYS, DATABASE
from wellread.index.manifest import Segment
from wellread.index.stored import StoredFile
from wellread.index.verified import Verified

HASHING = min(4, os.cpu_count() or 1)
"""Threads that hash files at once."""

FILES = 3
"""Files that an open segment takes: its two, and its database once more by SQLite."""

OTHERS = 1_024
"""Files that a process may have open beside them: what Linux usually allows in all, and four times what macOS does."""

_open: WeakValueDictionary[Path, OpenSegment] = WeakValueDictionary()
_lock = threading.Lock()


class OpenSegment:
    """A segment whose files are as they were sealed, opened for good; threads and readers may share it."""

    def __init__(self, folder: Path, segment: Segment, mend: str, verified: Verified | None = None) -> None:
        self.folder = folder
        self.segment = segment
        self._damage: tuple[str, str] | None = None
        self.files: dict[str, StoredFile] = {}
        self._trusted: set[str] = set()
        for name, sealed in segment.files.items():
            self.files[name] = file = _opened(folder / name, sealed["bytes"], mend)
            if verified is not None and verified.knows(file, sealed["sha256"]):
                self._trusted.add(name)
            else:
                self._hash(name, mend)
        try:
            self.arrays = StoredArrays(self.files[ARRAYS])
            self.database = Database(folder / DATABASE)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError, sqlite3.Error) as error:
            raise IndexDamaged(f"its files cannot be opened ({error})", mend, where=folder) from error
        for name, file in self.files.items():
            if file.written() or not file.stands():
                raise IndexDamaged("was written to while it was opened", mend, where=folder / name)

    def unchanged(self) -> bool:
        """Whether its files surely are what was opened, and at their places."""
        return all(file.unchanged() for file in self.files.values())

    def verify(self, mend: str) -> None:
        """Hash the files that were taken for verified; raises IndexDamaged."""
        for name in sorted(self._trusted):
            self._hash(name, mend)
            self._trusted.discard(name)

    def _hash(self, name: str, mend: str) -> None:
        if wrong := self._wrong(name):
            self._damage = (name, wrong)
            raise IndexDamaged(wrong, mend, where=self.folder / name)

    def _wrong(self, name: str) -> str:
        """What is wrong with a file, by its hash; or ""."""
        try:
            whole = self.files[name].holds(self.segment.files[name]["sha256"])
        except OSError as error:
            return f"cannot be read ({error.strerror or error})"
        return "" if whole else "has other content than was published"

    def damage(self, doubted: bool) -> tuple[Path, str] | None:
        """The file that is not what was published, and what is wrong; `doubted` where reading met an error.

        Once damaged is damaged for good: what was read meanwhile may be remembered.
        """
        for name in self.files if not self._damage else ():
            if (doubted or self._written(name)) and (wrong := self._wrong(name)):
                self._damage = (name, wrong)
        return (self.folder / self._damage[0], self._damage[1]) if self._damage else None

    def _written(self, name: str) -> bool:
        """Whether a file was written to, or cannot be looked at."""
        try:
            return self.files[name].written()
        except OSError:
            return True

    @property
    def damaged(self) -> bool:
        """Whether damage was found."""
        return self._damage is not None


def open_segment(folder: Path, segment: Segment, mend: str, verified: Verified | None = None) -> OpenSegment:
    """Open a segment, or give the one that is open in this process already and is unchanged.

    Files that `verified` knows are not hashed; without it, all have been. Raises IndexDamaged.
    """
    place = folder.absolute()
    with _lock:
        known = _open.get(place)
    if known is not None and known.segment.files == segment.files and not known.damaged and known.unchanged():
        if verified is None:
            known.verify(mend)
        return known
    opened = OpenSegment(folder, segment, mend, verified)
    with _lock:
        _open[place] = opened
    return opened


def open_segments(
    folders: Sequence[tuple[Path, Segment]], mend: str, verified: Verified | None = None
) -> list[OpenSegment]:
    """Open several, their files hashed by several threads; raises IndexDamaged for the first that is damaged."""
    _allow_files(len(_open) + len(folders))
    if len(folders) <= 1:
        return [open_segment(folder, segment, mend, verified) for folder, segment in folders]
    with ThreadPoolExecutor(HASHING) as threads:
        return list(threads.map(lambda one: open_segment(one[0], one[1], mend, verified), folders))


def _allow_files(segments: int) -> None:
    """Let this process have the files of so many segments open, as far as the system lets it."""
    if sys.platform == "win32":
        return
    import resource

    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OTHERS + FILES * segments
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        with suppress(OSError, ValueError):  # else it stays as it is
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def verify_segments(segments: Sequence[OpenSegment], mend: str) -> None:
    """Hash what was taken for verified, by several threads; raises IndexDamaged for the first that is damaged."""
    with ThreadPoolExecutor(HASHING) as threads:
        for _ in threads.map(lambda segment: segment.verify(mend), segments):
            pass


def damaged_files(folder: Path, segment: Segment) -> list[tuple[Path, str]]:
    """The files of a segment that are not what was published, each with what is wrong."""
    found: list[tuple[Path, str]] = []
    for name, sealed in segment.files.items():
        try:
            if not _opened(folder / name, sealed["bytes"], "").holds(sealed["sha256"]):
                found.append((folder / name, "has other content than was published"))
        except IndexDamaged as damage:
            found.append((folder / name, damage.reason))
        except OSError as error:
            found.append((folder / name, f"cannot be read ({error.strerror or error})"))
    return found


def _opened(path: Path, size: int, mend: str) -> StoredFile:
    """A file of so many bytes; raises IndexDamaged."""
    try:
        file = StoredFile(path)
    except OSError as error:
        raise IndexDamaged(f"cannot be read ({error.strerror or error})", mend, where=path) from error
    if file.size != size:
        raise IndexDamaged(f"has {file.size} bytes, not {size}", mend, where=path)
    return file
