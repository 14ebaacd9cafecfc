"""One publisher at a time: a lock that the system releases when its process ends, however it ends."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from wellread.errors import IndexBusy
from wellread.files import read_whole
from wellread.index.layout import lock_file, lock_holder_file

PATIENCE = 0.5
"""Seconds that a writer waits for the lock; a process that only checks whether it is held keeps it far shorter."""


@contextmanager
def only_writer(index: Path) -> Iterator[None]:
    """Hold an index folder's lock; readers never ask for it.

    Raises:
        IndexBusy: another process holds it; the message says which, and since when.
    """
    with _held(index, PATIENCE):
        # Beside the lock, because Windows lets nobody read a locked file.
        file = lock_holder_file(index)
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        file.unlink(missing_ok=True)  # a pipe in its place would be waited for, and a link followed
        file.write_text(f"{json.dumps(holder)}\n", encoding="utf-8")
        try:
            yield
        finally:
            file.unlink(missing_ok=True)


def lock_holder(index: Path) -> str:
    """Who is publishing into an index folder at this moment, or "" where nobody is.

    The lock itself is asked: what a process that was killed left written does not count.

    Raises:
        OSError: the lock may not be looked at.
    """
    if not lock_file(index).exists():
        return ""
    try:
        with _held(index, 0):
            return ""
    except IndexBusy:
        return _named_holder(index)


def _held(index: Path, patience: float) -> AbstractContextManager[object]:
    # Where the disk has no locks, filelock would take a file for one, which a killed process leaves behind: refused.
    lock = FileLock(lock_file(index), patience, poll_interval=0.02, fallback_to_soft=False)
    try:
        return lock.acquire()
    except Timeout:
        raise IndexBusy(
            f"{_named_holder(index)} is publishing here; nothing was published by this command",
            "wait until that is done and run the command again",
            index,
        ) from None


def _named_holder(index: Path) -> str:
    try:
        holder = json.loads(read_whole(lock_holder_file(index)))
        return f"process {holder['pid']} on {holder['host']} (since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another process"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
