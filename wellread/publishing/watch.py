"""Waits until an editor has saved a file and the folder is quiet again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from watchfiles import Change, watch

from wellread.articles.kb_files import passed_over

QUIET = 0.5
"""Seconds without a change after which a save is over."""

LONGEST = 600.0
"""Seconds after which a save is reported although files are still changing."""


def saves(folder: Path, quiet: float = QUIET) -> Iterator[None]:
    """Yield after each change below a folder since this call, once it is over; never ends.

    What changes while the caller works between two yields is reported by the second. Hidden files and editors'
    backup copies do not count. The folder may come later, go, and come back. On a network disk, which tells nothing of
    what other machines do, set WATCHFILES_FORCE_POLLING=1.
    """
    looks = _looks(folder.absolute(), round(quiet * 1000))
    next(looks)  # from here on nothing is missed
    return (None for saved in looks if saved)


def _looks(folder: Path, quiet: int) -> Iterator[bool]:
    """Whether something was saved since the last look, over and over, `quiet` milliseconds apart."""
    other_folder = False
    while True:
        identity = _identity(folder)
        looks = watch(
            folder if identity else _nearest(folder),
            watch_filter=partial(_counts, folder),
            debounce=round(LONGEST * 1000),
            step=quiet,
            rust_timeout=quiet,
            yield_on_timeout=True,
            recursive=bool(identity),
        )
        for changes in looks:
            yield other_folder or bool(changes)
            other_folder = _identity(folder) != identity
            if other_folder:
                break


def _counts(folder: Path, change: Change, path: str) -> bool:
    """Whether a change is one of the articles below a folder."""
    if not Path(path).is_relative_to(folder):
        return False
    *folders, name = Path(path).relative_to(folder).parts or (".",)
    return not passed_over(name) and not any(parent.startswith(".") for parent in folders)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one that has come in its place, or None where there is none."""
    if not folder.is_dir():
        return None
    status = folder.stat()
    return status.st_dev, status.st_ino


def _nearest(folder: Path) -> Path:
    return next(place for place in folder.parents if place.is_dir())
