"""Kills: a process that publishes, or goes back, is ended at every call by which it changes the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from conftest import HashEncoder

from torture.library import publish_version, served_version, write_articles
from torture.promises import Outcome, in_time
from torture.tracing import ABSENT, can_trace, count_calls, run_with_fault
from wellread.errors import IndexMissing, WellreadError
from wellread.publishing.lock import lock_holder
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.serving import rollback

PROMISE = "A crash leaves the old or the new generation, whole"
SECONDS = 320

MOST = 100
"""Calls at most of one operation; of more, some are left out, as many between each two."""


@dataclass(frozen=True)
class Operation:
    """What is done to an index, the version being served before, and the one that it brings."""

    name: str
    prepare: Callable[[Path], object]
    work: Callable[[Path], object]
    before: int | None
    after: int


def _publish(folder: Path, version: int) -> None:
    publish_version(folder / "kb", folder / "index", version)


def _ready(folder: Path, published: int, next_version: int) -> None:
    """Publish so many versions, and write the articles of another."""
    folder.mkdir()
    for version in range(1, published + 1):
        _publish(folder, version)
    write_articles(folder / "kb", next_version)


def _publish_written(folder: Path, keep: int = 5) -> None:
    publish(folder / "kb", folder / "index", HashEncoder(), policy=Policy(keep=keep))


def _roll_back(folder: Path) -> None:
    rollback(folder / "index")


OPERATIONS = (
    Operation("first publication", partial(_ready, published=0, next_version=1), _publish_written, None, 1),
    Operation("edit", partial(_ready, published=1, next_version=2), _publish_written, 1, 2),
    Operation(
        "edit that prunes", partial(_ready, published=2, next_version=3), partial(_publish_written, keep=1), 2, 3
    ),
    Operation("rollback", partial(_ready, published=2, next_version=3), _roll_back, 2, 1),
)


def torture(folder: Path) -> Outcome:
    """Kill each operation at each call, then look what is served, and publish."""
    if not can_trace():
        return Outcome("", "", (ABSENT,))
    points, faults = kill(folder, OPERATIONS, MOST)
    few = () if points >= 300 else (f"only {points} calls were met",)
    return Outcome(
        f"SIGKILL at {points} calls (write, fsync, rename, open and more) of a first publication, an edit, an edit that"
        " prunes and a rollback; then the index was read, and published into",
        f"{len(faults)} mixed, lost or stuck",
        (*faults, *few),
    )


def kill(folder: Path, operations: tuple[Operation, ...], most: int) -> tuple[int, list[str]]:
    """Kill operations at their calls; gives at how many, and what is wrong."""
    points = 0
    faults: list[str] = []
    places = [(operation, prepared(operation, folder)) for operation in operations]
    called = [calls_of(operation, ready, most) for operation, ready in places]
    each = SECONDS / sum(map(len, called))
    for (operation, ready), calls in zip(places, called, strict=True):
        for call, nth in in_time(calls, each * len(calls)):
            place = fresh_copy(ready)
            ended = run_with_fault(partial(operation.work, place), call, nth, "signal=KILL")
            points += ended.status == -9
            found = look(operation, place, ended=ended.status == 0)
            faults += [f"{operation.name}, {call} {nth}: {fault}" for fault in found]
    return points, faults


def prepared(operation: Operation, folder: Path) -> Path:
    """A folder in which an operation can be done."""
    ready = folder / operation.name.replace(" ", "-")
    operation.prepare(ready)
    return ready


def fresh_copy(ready: Path) -> Path:
    """A copy of a folder, in place of the copy made before."""
    place = ready.with_name("place")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ready, place)
    return place


def calls_of(operation: Operation, ready: Path, most: int) -> list[tuple[str, int]]:
    """The calls of an operation, each with its number among those of its name; evenly left out where there are more."""
    place = fresh_copy(ready)
    counts = count_calls(partial(operation.work, place), ready.with_name("calls.log"))
    calls = [(call, nth) for call in sorted(counts) for nth in range(1, counts[call] + 1)]
    step = max(1.0, len(calls) / most)
    return [calls[int(at * step)] for at in range(min(most, len(calls)))]


def version_served(index: Path) -> int | None:
    """The version being served, or None where nothing is; raises WellreadError and ValueError."""
    try:
        return served_version(index)
    except IndexMissing:
        return None


def look(operation: Operation, place: Path, ended: bool, publish: bool = True) -> Iterator[str]:
    """What is wrong after an operation; once it had `ended` by itself, the new version must be there."""
    index = place / "index"
    try:
        version = version_served(index)
    except (WellreadError, ValueError) as error:
        yield f"what is served cannot be read: {error}"
        return
    if version not in (operation.before, operation.after) or (ended and version != operation.after):
        yield f"version {version} is served"
    if named := lock_holder(index):
        yield f"{named} holds the lock"
    if not publish:
        return
    try:
        _publish(place, 7)
    except WellreadError as error:
        yield f"the next publication is refused: {error}"
        return
    if served_version(index) != 7:
        yield "the next publication is not served"
