"""Which generation readers get: the one being served, or the one served before it while that is damaged."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from wellread.errors import IndexDamaged, IndexMissing, WellreadError
from wellread.index.layout import MANIFEST, current_file, generation_folder
from wellread.index.readers import generation_to_read, readable_before, shelf_in_environment
from wellread.publishing.history import read_history, recent_generations
from wellread.publishing.serving import by_age, standing_generations

AGAIN = 60.0
"""Seconds after which a generation that was found damaged is looked at anew: its files may have been brought back."""

log = logging.getLogger("wellread")

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Standing:
    """A generation on the disk; `written` tells it from one of the same name that was published in its place."""

    index: Path
    generation: str
    written: int


@dataclass(frozen=True, slots=True)
class _Damage:
    error: IndexDamaged | IndexMissing
    until: float


_damaged: dict[Standing, _Damage] = {}
_lock = threading.Lock()


def set_aside(standing: Standing, error: IndexDamaged | IndexMissing) -> None:
    """Keep a damaged generation from readers for a time, and tell those who run this in the log."""
    now = time.monotonic()
    with _lock:
        known = _damaged.get(standing)
        if known is None or known.until < now:
            _damaged[standing] = _Damage(error, now + AGAIN)
    if known is None:
        name = standing.generation
        log.error(
            "%s: %s; the one before it answers, if there is one, until the next publication\n    %s",
            f"generation {name} is damaged" if name else "which generation is being served cannot be read",
            error.message,
            error.remedy,
        )


@contextmanager
def reading(standing: Standing) -> Iterator[None]:
    """Inside, damage that is found in a generation sets it aside, and is raised on."""
    try:
        yield
    except IndexDamaged as error:
        set_aside(standing, error)
        raise


def open_readable(index: Path, open_one: Callable[[Standing], Opened]) -> Opened:
    """Open the generation being served or, where it is damaged, the one served last that is whole.

    Raises:
        IndexMissing, IndexDamaged: no generation is whole; the error is that of the one being served.
        WellreadError: what else `open_one` raises of the generation being served.
    """
    served = Standing(index, "", 0)
    try:
        served = _standing(index, generation_to_read(index))
        return _open_undamaged(served, open_one)
    except (IndexMissing, IndexDamaged) as error:
        if _served_id(index) not in ("", served.generation):  # replaced and removed while it was opened
            return open_readable(index, open_one)
        if isinstance(error, IndexMissing) and not served.generation:
            raise
        damage = error
    set_aside(served, damage)
    for name in readable_generations(index):
        if name != served.generation:
            standing = _standing(index, name)
            with suppress(WellreadError), reading(standing):  # this one too, or its model is no longer here
                return _open_undamaged(standing, open_one)
    raise damage


def _open_undamaged(standing: Standing, open_one: Callable[[Standing], Opened]) -> Opened:
    with _lock:
        damage = _damaged.get(standing)
    if damage and time.monotonic() < damage.until:
        raise type(damage.error)(damage.error.reason, damage.error.remedy, damage.error.where)
    return open_one(standing)


def readable_generations(index: Path) -> list[str]:
    """The generations that readers can get in place of one that is damaged, the one served last first."""
    shelf = shelf_in_environment()
    return readable_before(shelf) if shelf else stand_ins(index)


def readable_since(index: Path, generation: str) -> float:
    """When the generation that readers get began to be served, in Unix time.

    The history or the switch tells it, or else the file that names the generation. Raises EngineError and OSError.
    """
    if shelf := shelf_in_environment():
        return next((one.at for one in reversed(shelf.switches()) if one.generation == generation), 0.0)
    events = read_history(index)
    if events and events[-1].generation == generation:
        return events[-1].at.timestamp()
    return current_file(index).stat().st_mtime


def _served_id(index: Path) -> str:
    """The id of the generation that readers get, or ""."""
    try:
        return generation_to_read(index)
    except (IndexMissing, IndexDamaged):
        return ""


def stand_ins(index: Path) -> list[str]:
    """The generations on the disk that were served before, the last one first, or else by age.

    Those from which somebody went back are not among them.
    """
    events = read_history(index)
    left: set[str] = set()
    for before, event in pairwise(events):
        if event.action == "rollback":
            left.add(before.generation)
        left.discard(event.generation)
    try:
        here = standing_generations(index)
    except OSError:  # there is nothing to stand in: what readers are told is the damage
        return []
    return [name for name in recent_generations(events) or by_age(index) if name in here and name not in left]


def _standing(index: Path, generation: str) -> Standing:
    if shelf_in_environment():
        return Standing(index, generation, 0)
    try:
        status = (generation_folder(index, generation) / MANIFEST).stat()
    except OSError:
        return Standing(index, generation, 0)
    return Standing(index, generation, hash((status.st_ino, status.st_mtime_ns)))
