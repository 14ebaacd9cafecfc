"""Waits for an editor to save: tells when the files of a folder have changed and are still again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

PERIOD = 0.5
"""Seconds between two looks at the folder; a change is told once two looks in a row see the same."""

Snapshot = dict[str, tuple[int, int, int]]


def snapshot(folder: Path) -> Snapshot:
    """The time, size and inode of every file below a folder that is not hidden."""
    files: Snapshot = {}
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.startswith("."):
                continue
            path = os.path.join(root, name)  # noqa: PTH118 - a look at thousands of files twice a second
            try:
                status = os.stat(path, follow_symlinks=True)  # noqa: PTH116
            except OSError:
                continue  # gone, or a link that leads nowhere: reading the articles says so
            files[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return files


def saves(folder: Path, period: float = PERIOD) -> Iterator[None]:
    """Yield after each change below a folder since this call, once it is over; never ends.

    What changes while the caller is at work between two yields is told of by the second.
    """
    return _changes_since(snapshot(folder), folder, period)


def _changes_since(seen: Snapshot, folder: Path, period: float) -> Iterator[None]:
    while True:
        time.sleep(period)
        now = snapshot(folder)
        if now == seen:
            continue
        time.sleep(period)
        while (later := snapshot(folder)) != now:
            now = later
            time.sleep(period)
        seen = now
        yield
