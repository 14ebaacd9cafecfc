"""One writer at a time: of many that publish at once one wins, and a lock goes with the process that held it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any

from conftest import HashEncoder

from torture.children import Child, Ended
from torture.library import publish_version, served_version, write_articles
from torture.promises import Outcome
from wellread.errors import IndexBusy
from wellread.index.layout import lock_file, lock_holder_file
from wellread.publishing.lock import PATIENCE, lock_holder
from wellread.publishing.publish import publish

PROMISE = "One process publishes at a time; the others name it"
SECONDS = 60

AT_ONCE = 10
ROUNDS = 12


class SlowEncoder(HashEncoder):
    """Takes longer to embed than a writer waits for the lock, so that all writers meet."""

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Any:
        time.sleep(2 * PATIENCE)
        return super().encode_passages(texts, progress)


def torture(folder: Path) -> Outcome:
    """Let ten publish at once, and kill the one that holds the lock."""
    index = folder / "index"
    publish_version(folder / "kb", index, 0)
    met = [meet(folder, index, 200 * number + 100) for number in range(ROUNDS)]
    killed = [kill_holder(folder, index, 200 * ROUNDS + 2 * number) for number in range(1, ROUNDS + 1)]
    fair, freed = met.count([]), killed.count([])
    return Outcome(
        f"{ROUNDS} times {AT_ONCE} publishers at once; {ROUNDS} times the one that holds the lock killed",
        f"{fair} times one winner, whom the {AT_ONCE - 1} others name; {freed} times the next one published at once",
        tuple(chain(*met, *killed, unread_lock(folder / "unread"))),
    )


def meet(folder: Path, index: Path, first: int, count: int = AT_ONCE) -> list[str]:
    """Let some publish at once, each another version; gives what is wrong."""
    with ExitStack() as children:
        started = [children.enter_context(_publisher(folder, index, first + n)) for n in range(count)]
        for child in started:
            child.begin()
        ends = [child.end() for child in started]
    faults = [end.error or f"it ended with {end.status}" for end in ends if end.status or end.error]
    winners = [n for n, end in enumerate(ends) if end.value == "published"]
    if len(winners) != 1:
        return [*faults, f"{len(winners)} of {count} publishers won"]
    winner = started[winners[0]].pid
    faults += [f"it does not name process {winner}: {end.value}" for end in ends if not _fair(end, winner)]
    if (version := served_version(index)) != first + winners[0]:
        faults.append(f"version {version} is served, not {first + winners[0]}")
    return faults + _lock_left(index)


def kill_holder(folder: Path, index: Path, version: int) -> list[str]:
    """Kill a publisher that holds the lock; gives what is wrong then, or with the next that publishes."""
    before = served_version(index)
    with _publisher(folder, index, version) as child:
        child.begin()
        ends = time.monotonic() + 30
        named = ""
        while f"process {child.pid} on " not in named and time.monotonic() < ends:
            time.sleep(0.005)  # its name is written once it holds the lock
            named = lock_holder(index)
        if f"process {child.pid} on " not in named:
            return [f'the lock is held by "{named}", not by process {child.pid}']
        child.kill()
        child.end()
    if not lock_holder_file(index).exists():
        return ["a killed holder's name is not there: this looked at nothing"]
    faults = [f"after a kill {named} still holds the lock"] if (named := lock_holder(index)) else []
    if served_version(index) != before:
        faults.append("a killed publisher changed what is served")
    publish_version(folder / "kb", index, version + 1)
    return faults + _lock_left(index)


def unread_lock(folder: Path) -> list[str]:
    """Publish twice; gives every time that the lock was read, renamed or removed.

    Where the lock is held, Windows allows none of that to any process, and flock all of it.
    """
    folder.mkdir(exist_ok=True)
    index = folder / "index"
    lock = str(lock_file(index))
    seen: list[str] = []
    opened: list[object] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in ("open", "os.remove", "os.rename") or lock not in map(str, arguments):
            return
        # With a mode it is Python's `open`, without one it is `os.open`, by which filelock opens it.
        (opened if event == "open" and arguments[1] is None else seen).append(f"{event} {arguments}")

    def work() -> list[str]:
        sys.addaudithook(hook)
        for version in range(2):
            publish_version(folder / "kb", index, version)
        return seen if opened else ["the lock was never opened: this looked at nothing"]

    with Child(work) as child:
        child.begin()
        end = child.end()
    if end.error or not isinstance(end.value, list):
        return [end.error or f"it ended with {end.status}"]
    return end.value


def _publisher(folder: Path, index: Path, version: int) -> Child:
    kb = folder / f"kb-{version}"
    write_articles(kb, version)

    def work() -> str:
        try:
            publish(kb, index, SlowEncoder())
        except IndexBusy as error:
            return str(error)
        return "published"

    return Child(work)


def _fair(end: Ended, winner: int) -> bool:
    return end.value == "published" or (isinstance(end.value, str) and f": process {winner} on " in end.value)


def _lock_left(index: Path) -> list[str]:
    left = [lock_holder_file(index)] if lock_holder_file(index).exists() else []
    return [f"{file} is left" for file in left] + ([f"{name} holds it"] if (name := lock_holder(index)) else [])
