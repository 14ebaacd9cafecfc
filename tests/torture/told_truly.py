"""Errors told truly: a call of a publication or a way back fails; what is said then is compared with what is served."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from torture.kills import OPERATIONS, Operation, calls_of, fresh_copy, prepared, version_served
from torture.promises import Outcome, in_time
from torture.tracing import ABSENT, can_trace, run_with_fault
from wellread.errors import WellreadError
from wellread.publishing.serving import served_id

PROMISE = "An error says what is being served, and it is true"
SECONDS = 360

ERRORS = ("ENOSPC", "EIO", "EACCES")
MOST = 45
"""Calls at most of each operation, for each error."""


def torture(folder: Path) -> Outcome:
    """Let each operation meet each error at its calls, and hear what it says."""
    if not can_trace():
        return Outcome("", "", (ABSENT,))
    told, faults = fail(folder, OPERATIONS, ERRORS, MOST)
    points = sum(told.values())
    few = () if points >= 400 else (f"only {points} calls failed",)
    return Outcome(
        f"{', '.join(ERRORS)} at {points} calls of a first publication, an edit, an edit that prunes and a rollback",
        f"{told['before']} refused with nothing published, {told['behind']} told as behind the switch,"
        f" {told['mended']} done all the same; {len(faults)} false words or tracebacks",
        (*faults, *few),
    )


def fail(
    folder: Path, operations: tuple[Operation, ...], errors: tuple[str, ...], most: int
) -> tuple[dict[str, int], list[str]]:
    """Let operations meet errors; gives how often was told what, and what is wrong."""
    told = {"before": 0, "behind": 0, "mended": 0}
    faults: list[str] = []
    places = [(operation, prepared(operation, folder)) for operation in operations]
    called = [calls_of(operation, ready, most) for operation, ready in places]
    each = SECONDS / len(errors) / sum(map(len, called))
    for (operation, ready), calls in zip(places, called, strict=True):
        for error in errors:
            for call, nth in in_time(calls, each * len(calls)):
                place = fresh_copy(ready)
                ended = run_with_fault(partial(_said, operation, place), call, nth, f"error={error}")
                where = f"{operation.name}, {error} at {call} {nth}"
                if ended.error or ended.status or not isinstance(ended.value, str):
                    faults.append(f"{where}: {ended.error or f'ended with {ended.status}'}")
                    continue
                version = version_served(place / "index")
                if version == operation.after:
                    told["behind" if ended.value else "mended"] += 1
                    true = not ended.value or "is being served" in ended.value
                else:
                    told["before"] += 1
                    true = version == operation.before and bool(ended.value)
                    true &= "is being served" not in ended.value.replace(
                        f"generation {served_id(place / 'index')} is", ""
                    )
                if not true:
                    faults.append(f'{where}: version {version} is served, and it said "{ended.value}"')
    return told, faults


def _said(operation: Operation, place: Path) -> str:
    """What an operation says of what went wrong; "" where nothing did."""
    try:
        operation.work(place)
    except WellreadError as error:
        return str(error)
    return ""
