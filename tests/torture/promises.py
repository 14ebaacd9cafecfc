"""What a promise is: words, a time, and a way to put it to the test."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

NAMES = (
    "kills", "power_loss", "told_truly", "damage", "open_readers", "whole_generations", "one_writer",
    "changes_refused", "threads", "sessions", "readers", "fuzzing", "browsers"
)  # fmt: skip
"""The modules of this folder that hold a promise, in the order of the table."""

SHOWN = 5
"""Faults that are printed of one promise, at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to break a promise and what came of it; `faults` says each time that it was broken."""

    done: str
    figure: str
    faults: tuple[str, ...] = ()


Case = TypeVar("Case")


def in_time(cases: Sequence[Case], seconds: float) -> Iterator[Case]:
    """The cases in an order by chance, the same each time, until the time is over: a busy machine tries fewer."""
    ends = time.monotonic() + seconds
    for case in random.Random(len(cases)).sample(cases, len(cases)):
        if time.monotonic() > ends:
            return
        yield case


class Promise(Protocol):
    """What each module named in NAMES offers; nothing runs beside one with `ALONE = True`, for it measures times."""

    PROMISE: str
    """The promise, in a few words for the table."""

    SECONDS: int
    """The time that `torture` takes at most on two cores; after twice as much it is ended, and counts as broken."""

    def torture(self, folder: Path) -> Outcome:
        """Try to break the promise in an empty folder; whatever it raises counts as broken."""


def row(promise: str, name: str, outcome: Outcome) -> str:
    """A line of the table that docs/reliability.md shows."""
    held = "no" if outcome.faults else "yes"
    return f"| {promise} | {outcome.done} | {outcome.figure} | {held} | `tests/torture/{name}.py` |"


HEAD = "| promise | what was done | figures | held | test |\n|---|---|---|---|---|"
"""The first lines of the table."""
