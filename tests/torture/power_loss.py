"""Power loss: what a publication did is replayed up to each step, on a disk that lost what was not made durable."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from torture.kills import OPERATIONS, Operation, fresh_copy, look, prepared
from torture.promises import Outcome, in_time
from torture.recorded import File, Name, Resize, Step, Sync, Write, record, tree
from torture.tracing import ABSENT, can_trace

PROMISE = "Power loss leaves the old or the new generation, whole"
SECONDS = 240

STATES = 2_000
PUBLISHED = 10
"""Of so many states one is published into afterwards."""

Lucky = Callable[[Step], bool]
"""Whether a step that was not made durable is on the disk all the same."""


def torture(folder: Path) -> Outcome:
    """Lose the power at each step of each operation, in several ways."""
    if not can_trace():
        return Outcome("", "", (ABSENT,))
    states, faults = lose_power(folder, OPERATIONS, STATES)
    few = () if states >= 1_500 else (f"only {states} states were looked at",)
    return Outcome(
        f"{states:,} states of a disk after power loss, at each step of a first publication, an edit, an edit that"
        " prunes and a rollback: what was not made durable is lost, kept, or lost in part",
        f"{len(faults)} bad",
        (*faults, *few),
    )


def lose_power(folder: Path, operations: tuple[Operation, ...], most: int) -> tuple[int, list[str]]:
    """Lose the power in so many states at most; gives how many, and what is wrong."""
    states = 0
    faults: list[str] = []
    for operation in operations:
        ready = prepared(operation, folder)
        place = fresh_copy(ready)
        before = tree(place)
        steps = record(partial(operation.work, place), place)
        chance = random.Random(len(steps))
        cases = [(at, way) for at in range(1, len(steps) + 1) for way in WAYS]
        share = most // len(operations)
        # The last states count most: after the end nothing may be lost any more.
        wanted = sorted({*chance.sample(range(len(cases)), min(share, len(cases))), *range(len(cases))[-len(WAYS) :]})
        for number in in_time(wanted, SECONDS / len(operations)):
            at, way = cases[number]
            rebuild(before, steps[:at], WAYS[way](chance), place)
            states += 1
            found = look(operation, place, ended=at == len(steps), publish=states % PUBLISHED == 0)
            faults += [f"{operation.name}, step {at} of {len(steps)}, {way}: {fault}" for fault in found]
    return states, faults


WAYS: dict[str, Callable[[random.Random], Lucky]] = {
    "all lost": lambda chance: lambda step: False,
    "all kept": lambda chance: lambda step: True,
    "names kept, contents lost": lambda chance: lambda step: isinstance(step, Name),
    "contents kept, names lost": lambda chance: lambda step: not isinstance(step, Name),
    "some lost": lambda chance: lambda step: chance.random() < 0.5,
}
"""What becomes of what was not made durable."""


def rebuild(before: dict[str, File | None], steps: list[Step], lucky: Lucky, place: Path) -> None:
    """Make a folder what it was before and what some steps left of themselves."""
    names = dict(before)
    contents: dict[File, bytearray] = {}
    for step in _kept(steps, lucky):
        if isinstance(step, Name):
            _rename(names, step)
        elif isinstance(step, Write | Resize):
            content = contents.setdefault(step.file, bytearray(step.file.content))
            if isinstance(step, Resize):
                del content[step.size :]
                content.extend(bytes(step.size - len(content)))
            else:
                content.extend(bytes(max(0, step.start - len(content))))
                content[step.start : step.start + len(step.data)] = step.data
    shutil.rmtree(place)
    place.mkdir()
    for path, file in sorted(names.items()):
        if file is None:
            Path(path).mkdir(parents=True, exist_ok=True)
        elif Path(path).parent.is_dir():
            Path(path).write_bytes(contents.get(file, file.content))


def _kept(steps: list[Step], lucky: Lucky) -> Iterator[Step]:
    """The steps that are on the disk: those made durable by a later one, and those that are lucky."""
    synced: set[File | str] = set()
    durable: set[int] = set()
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        if isinstance(step, Sync):
            synced.add(step.of)
        elif isinstance(step, Name):
            # Journals keep the names of one folder in their order; a file's own fsync promises nothing of its name.
            if step.folders <= synced:
                durable.add(at)
        elif step.file in synced:
            durable.add(at)
    return (step for at, step in enumerate(steps) if at in durable or (not isinstance(step, Sync) and lucky(step)))


def _rename(names: dict[str, File | None], step: Name) -> None:
    """Bring a change of names about, as far as what it needs is there."""
    moved = {name: names.pop(name) for name in list(names) if step.gone and _is_below(name, step.gone)}
    if step.to and step.gone:
        if moved:
            names |= {step.to + name[len(step.gone) :]: file for name, file in moved.items()}
    elif step.to:
        names[step.to] = step.file


def _is_below(name: str, folder: str) -> bool:
    return name == folder or name.startswith(f"{folder}/")
