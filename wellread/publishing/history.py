"""The history: a line for each publication or rollback, oldest first."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from wellread.files import read_whole, require_regular, sync_folder
from wellread.index.layout import history_file

COUNTED = ("added", "changed", "removed", "kept")


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids that one generation has and the one before has not; `changed` are in both, with other content."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "kept": self.kept,
        }


def compare(old: Mapping[str, object], new: Mapping[str, object]) -> Changes:
    """Tell two generations apart by the digest that each has for an id."""
    both = new.keys() & old.keys()
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in both if new[name] != old[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
        kept=sum(new[name] == old[name] for name in both),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """A generation began to be served: `at` in UTC, what that changed for readers, and by which model.

    `passages` counts them by "added", "changed", "removed" and "kept". `accepted` is the reason an editor gave for
    publishing although judged questions lost by it. `by` is who did it, where that is known: at the editors' desk.
    """

    generation: str
    at: datetime
    action: Literal["publish", "rollback"]
    articles: Changes
    passages: Mapping[str, int]
    model: str
    accepted: str = ""
    by: str = ""


def record(index: Path, event: Event) -> None:
    """Append an event, durably."""
    line = json.dumps({**asdict(event), "at": event.at.isoformat(timespec="seconds")}, ensure_ascii=False)
    file = history_file(index)
    new = not file.exists()
    if not new:
        require_regular(file)
    with file.open("ab") as stream:
        if stream.tell() and not _ends_line(file):
            stream.write(b"\n")  # a crash may have cut the last line off; it is skipped, this one is whole
        stream.write(line.encode(errors="replace") + b"\n")  # a reason may hold bytes that are no text
        stream.flush()
        os.fsync(stream.fileno())
    if new:
        sync_folder(index)


def read_history(index: Path) -> tuple[Event, ...]:
    """Every event, oldest first; lines that cannot be read are passed over."""
    try:
        lines = read_whole(history_file(index)).decode("utf-8", "replace").split("\n")
    except OSError:
        return ()
    return tuple(event for line in lines if (event := _event(line)))


def last_published(events: Sequence[Event]) -> dict[str, datetime]:
    """When each article's text as it is now was first served, by article id."""
    when: dict[str, datetime] = {}
    for event in events:
        for name in (*event.articles.added, *event.articles.changed):
            when[name] = event.at
        for name in event.articles.removed:
            when.pop(name, None)
    return when


def recent_generations(events: Sequence[Event]) -> list[str]:
    """The generations that were served, the last one first, each once."""
    return list(dict.fromkeys(event.generation for event in reversed(events)))


def now() -> datetime:
    """The time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _event(line: str) -> Event | None:
    try:
        read: dict[str, Any] = json.loads(line)
        at, action = datetime.fromisoformat(read["at"]), read["action"]
        if at.tzinfo is None or action not in ("publish", "rollback"):
            return None
        return Event(
            generation=_text(read["generation"]),
            at=at.astimezone(UTC),
            action=action,
            articles=_changes(read["articles"]),
            passages={name: int(read["passages"][name]) for name in COUNTED},
            model=_text(read["model"]),
            accepted=_text(read.get("accepted", "")),
            by=_text(read.get("by", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _changes(read: Mapping[str, Any]) -> Changes:
    return Changes(_names(read["added"]), _names(read["changed"]), _names(read["removed"]), int(read["kept"]))


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(name) for name in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _ends_line(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"
