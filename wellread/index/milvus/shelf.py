"""Which generations stand in Milvus and which is served: a small collection of manifests and marks.

Nothing in it is ever changed: a switch is one more row, and the newest counts, so that readers see it or do not.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from wellread.errors import IndexMissing
from wellread.index.manifest import Manifest, manifest_text, parse_manifest
from wellread.index.milvus.blobs import Blobs
from wellread.index.milvus.client import Client
from wellread.index.milvus.place import Place

GRACE = 3_600.0
"""Seconds that rows stay when no generation that is kept has them: longer than any reader takes that has one open."""

FOLLOWED = 1.0
"""Seconds for which the generation being served is taken to be the same."""

SWITCHES = 100
"""Rows of switches that stay: enough to tell which generations were served last."""

_SWITCHES = "switches"
_MANIFESTS = "manifests"
_LEFT = "left"
_BEGUN = "begun"
_WHOLE = "whole"
"""Owners in the collection. Of all but manifests the name says everything."""


@dataclass(frozen=True, slots=True, order=True)
class Switch:
    """The how-manieth switch it was, when, in Unix time, and to which generation."""

    number: int
    at: int
    generation: str


class Shelf:
    """The generations of a library in Milvus; threads may share it. Methods raise EngineError."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.blobs = Blobs(client, "texts")
        self._marks = Blobs(client, "generations")
        self._served: tuple[str, float] | None = None

    def switches(self) -> list[Switch]:
        """The last switches, oldest first."""
        names = (name.split("-") for name in self._marks.names(_SWITCHES))
        return sorted(Switch(int(number), int(at), generation) for number, at, generation in names)

    def served(self) -> str:
        """The id of the generation being served, or ""."""
        return next((switch.generation for switch in reversed(self.switches())), "")

    def served_lately(self) -> str:
        """The same as it was at most `FOLLOWED` ago: a page asks several times for one answer."""
        now = time.monotonic()
        if self._served is None or self._served[1] < now - FOLLOWED:
            self._served = self.served(), now
        return self._served[0]

    def add_switch(self, after: int, generation: str) -> None:
        """Serve a generation from now on; `after` is the number of the last switch."""
        self._marks.put(_SWITCHES, {f"{after + 1:012d}-{int(time.time())}-{generation}": b""})

    def forget_switches(self) -> None:
        """Delete the rows of old switches."""
        self._marks.delete(_SWITCHES, self._marks.names(_SWITCHES)[:-SWITCHES])

    def manifest(self, generation: str) -> Manifest:
        """The manifest of a generation that is kept; raises IndexMissing and IndexDamaged."""
        where = str(self.client.place)
        found = self._marks.get([(_MANIFESTS, generation)], strong=True)
        if not found or generation in self.left():
            raise IndexMissing(
                f"there is no generation {generation}" if generation else "nothing has been published here yet",
                "publish the articles: wellread ingest",
                where=where,
            )
        return self._parsed(generation, found[_MANIFESTS, generation])

    def manifests(self) -> list[Manifest]:
        """The manifests that stand, those of generations that are no longer kept too; raises IndexDamaged."""
        names = [(_MANIFESTS, name) for name in self._marks.names(_MANIFESTS)]
        found = self._marks.get(names, strong=True)
        return [self._parsed(name, found[_MANIFESTS, name]) for _, name in names if (_MANIFESTS, name) in found]

    def _parsed(self, generation: str, text: bytes) -> Manifest:
        return parse_manifest(text, generation, "publish the articles again: wellread ingest", str(self.client.place))

    def put_manifest(self, manifest: Manifest) -> None:
        """Make a generation stand; its segments must be whole."""
        name = manifest.generation
        if name not in self._marks.names(_MANIFESTS):
            self._marks.put(_MANIFESTS, {name: manifest_text(manifest)})
        self._marks.delete(_LEFT, [mark for mark in self._marks.names(_LEFT) if mark.startswith(name)])

    def standing(self) -> list[str]:
        """The ids of the generations that are kept, those served last first, the others by id."""
        kept = {*self._marks.names(_MANIFESTS)} - self.left().keys()
        recent = dict.fromkeys(switch.generation for switch in reversed(self.switches()))
        return [name for name in (*recent, *sorted(kept - recent.keys())) if name in kept]

    def left(self) -> dict[str, int]:
        """The generations that are no longer kept and whose rows may stand yet, and since when, in Unix time."""
        return _latest(self._marks.names(_LEFT))

    def leave(self, generation: str) -> None:
        """Keep a generation no longer; its rows stay for those who have it open."""
        self._marks.put(_LEFT, {f"{generation}-{int(time.time())}": b""})

    def forget(self, generation: str) -> None:
        """Delete the manifest of a generation that was left."""
        self._marks.delete(_MANIFESTS, [generation])
        self._marks.delete(_LEFT, [mark for mark in self._marks.names(_LEFT) if mark.startswith(generation)])

    def begun(self) -> dict[str, int]:
        """The segments of which rows may stand, and when each was begun last, in Unix time."""
        return _latest(self._marks.names(_BEGUN))

    def begin(self, segment: str) -> None:
        """Say that rows of a segment are coming."""
        self._marks.put(_BEGUN, {f"{segment}-{int(time.time())}": b""})

    def whole(self) -> dict[str, int]:
        """The segments that stand whole, and how many rows of texts each has."""
        return _latest(self._marks.names(_WHOLE))

    def finish(self, segment: str, texts: int) -> None:
        """Say that a segment stands whole."""
        self._marks.put(_WHOLE, {f"{segment}-{texts}": b""})

    def doubt(self, segment: str) -> None:
        """Take back that a segment stands whole."""
        self._marks.delete(_WHOLE, [mark for mark in self._marks.names(_WHOLE) if mark.startswith(segment)])

    def forget_segment(self, segment: str) -> None:
        """Know of a segment no longer; its rows must have been deleted."""
        self._marks.delete(_BEGUN, [mark for mark in self._marks.names(_BEGUN) if mark.startswith(segment)])


@lru_cache(maxsize=4)
def shelf_at(place: Place) -> Shelf:
    """The shelf at a place, one for the whole process; raises EngineError."""
    return Shelf(Client(place))


def _latest(marks: list[str]) -> dict[str, int]:
    """Marks such as "NAME-NUMBER" by their names, the greatest number of each."""
    found: dict[str, int] = {}
    for name, _, number in (mark.rpartition("-") for mark in marks):
        found[name] = max(found.get(name, 0), int(number))
    return found
