"""Brings generations to Milvus: inserts the segments that it lacks, verifies them, switches readers, deletes old ones.

What is inserted is what a generation in files holds, so that both engines answer alike, and going back to files is
a setting.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator

import numpy as np

from wellread.articles.passages import Grain
from wellread.errors import EngineError, IndexDamaged, PublishingRefused
from wellread.index.layout import DATABASE
from wellread.index.milvus.catalogue import article_blobs, catalogue_of, passage_blob, passage_name
from wellread.index.milvus.client import Row, as_vector
from wellread.index.milvus.shelf import GRACE, Shelf, Switch
from wellread.index.milvus.vectors import SEARCHED, row_key, segment_filter, segment_number
from wellread.index.opening import OpenSegment
from wellread.index.reader import Reader
from wellread.progress import Progress

SAMPLED = 8
"""Rows of each grain of a segment by which it is tried, at least."""

SELF = 0.01
"""By how much the product of a row with itself may differ from 1: long codes are good to 0.002."""

TEXTS = 256
"""Passages whose texts are made at once: some megabytes."""


class Writer:
    """Publishes into Milvus what stands in files, from what is being served when it is made. Raises EngineError."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._planned_from = self._last()

    def _last(self) -> Switch | None:
        return next(reversed(self._shelf.switches()), None)

    def bring(self, reader: Reader, progress: Progress) -> None:
        """Make a generation stand in Milvus, whole and verified; what of it stands there already stays as it is.

        Raises:
            PublishingRefused: somebody else has switched readers meanwhile.
        """
        segments = {one.segment.name: one for one in reader.segments}
        whole = self._shelf.whole()
        standing = [one for name, one in segments.items() if name in whole]
        for one in self._damaged(standing, whole, reader.manifest.dimension):
            self._shelf.doubt(one.segment.name)
            whole.pop(one.segment.name)
        begun = self._shelf.begun()
        lacking = [number for number, name in enumerate(segments) if name not in whole]
        for done, number in enumerate(lacking, 1):
            bringing = _Bringing(self._shelf, reader, number)
            bringing.insert(begun.keys())
            progress("to Milvus", done, len(lacking))
        self._shelf.put_manifest(reader.manifest)
        if self._shelf.manifest(reader.generation) != reader.manifest:
            raise EngineError(
                "the manifest that stands there is not the one that was published",
                "delete the library's collections in Milvus and publish again",
                where=str(self._shelf.client.place),
            )
        self._check_pointer()

    def serves(self, generation: str) -> bool:
        """Whether readers of Milvus have a generation, as of when this was made or has switched."""
        return self._planned_from is not None and self._planned_from.generation == generation

    def switch(self, generation: str) -> None:
        """Let readers have a generation that was brought; nothing happens where they have it.

        Raises:
            PublishingRefused: somebody else has switched readers meanwhile.
        """
        self._check_pointer()
        if not self.serves(generation):
            self._shelf.add_switch(self._planned_from.number if self._planned_from else 0, generation)
            self._planned_from = self._last()
        if not self.serves(generation):
            raise self._late()

    def prune(self, kept: Collection[str]) -> None:
        """Keep no generations but some and the one being served; delete rows that none has had for an hour."""
        now = time.time()
        served = self._shelf.served()
        for name in self._shelf.standing():
            if name not in kept and name != served:
                self._shelf.leave(name)
        for name, since in self._shelf.left().items():
            if since < now - GRACE:
                self._shelf.forget(name)
        self._shelf.forget_switches()
        try:
            named = {segment.name for manifest in self._shelf.manifests() for segment in manifest.segments}
        except IndexDamaged:
            return  # which segments it has is not known: none is deleted
        for segment, at in self._shelf.begun().items():
            if segment not in named and at < now - GRACE:
                self._shelf.doubt(segment)
                _delete_rows(self._shelf, segment)
                self._shelf.forget_segment(segment)

    def _check_pointer(self) -> None:
        if self._last() != self._planned_from:
            raise self._late()

    def _late(self) -> PublishingRefused:
        return PublishingRefused(
            "another publication came first; readers of Milvus were not switched",
            "run the command again",
            where=str(self._shelf.client.place),
        )

    def _damaged(self, segments: list[OpenSegment], whole: dict[str, int], dimension: int) -> list[OpenSegment]:
        """The segments of which Milvus has not as many rows as were brought: one count for all, then for each."""
        if not segments or self._are_there(segments, whole, dimension):
            return []
        return [one for one in segments if not self._are_there([one], whole, dimension)]

    def _are_there(self, segments: list[OpenSegment], whole: dict[str, int], dimension: int) -> bool:
        names = [one.segment.name for one in segments]
        if self._shelf.blobs.count(names) != sum(whole[name] for name in names):
            return False
        client = self._shelf.client
        for grain in SEARCHED:
            wanted = sum(one.segment.counts[grain] for one in segments)
            if wanted and client.count(client.vectors(grain, dimension), segment_filter(names)) != wanted:
                return False
        return True


class _Bringing:
    """Inserts a segment of a generation and verifies it."""

    def __init__(self, shelf: Shelf, reader: Reader, number: int) -> None:
        self._shelf = shelf
        self._reader = reader
        self._segment = reader.segments[number]
        self._name = self._segment.segment.name
        self._rows: dict[Grain, range] = {}
        for grain in SEARCHED:
            *before, own = [one.segment.counts[grain] for one in reader.segments[: number + 1]]
            self._rows[grain] = range(sum(before), sum(before) + own)

    def insert(self, begun: Collection[str]) -> None:
        """Delete what was left of the segment where it was `begun` before, insert it, verify it, and call it whole."""
        shelf, client = self._shelf, self._shelf.client
        if self._name in begun:
            _delete_rows(shelf, self._name)
        shelf.begin(self._name)
        for grain in SEARCHED:
            if self._rows[grain]:
                client.insert(client.vectors(grain, self._reader.manifest.dimension), self._vectors(grain))
        texts = 0
        for blobs in self._texts():
            texts += shelf.blobs.put(self._name, blobs)
        self._verify(texts)
        shelf.finish(self._name, texts)

    def _vectors(self, grain: Grain) -> Iterator[Row]:
        number = segment_number(self._name)
        for row, vector in enumerate(self._reader.vectors(grain, self._rows[grain])):
            yield {"key": row_key(self._name, row), "segment": number, "row": row, "vector": vector}

    def _texts(self) -> Iterator[dict[str, bytes]]:
        """The blobs of the segment, some at a time; its catalogue last."""
        database = self._segment.database
        rows = self._rows["passages"]
        for start in range(0, len(rows), TEXTS):
            yield {passage_name(row): self._passage(row) for row in range(start, min(start + TEXTS, len(rows)))}
        yield dict(article_blobs(database))
        yield catalogue_of(self._segment.folder / DATABASE, self._segment.arrays)

    def _passage(self, row: int) -> bytes:
        place = self._rows["passages"][row]
        heading = self._reader.vectors("headings", [place])[0]
        return passage_blob(self._segment.database, row, heading, self._reader.token_codes(place))

    def _verify(self, texts: int) -> None:
        """Raise EngineError unless all rows are there and some, read back, are what was written."""
        client = self._shelf.client
        if self._shelf.blobs.count([self._name]) != texts:
            raise self._wrong("another number of texts is")
        for grain in SEARCHED:
            if not self._rows[grain]:
                continue
            collection = client.vectors(grain, self._reader.manifest.dimension)
            own = segment_filter([self._name])
            if client.count(collection, own) != len(self._rows[grain]):
                raise self._wrong(f"another number of {grain} is")
            samples = _samples(len(self._rows[grain]))
            vectors = self._reader.vectors(grain, [self._rows[grain][row] for row in samples])
            found = client.get(collection, [row_key(self._name, row) for row in samples], ["vector"], strong=True)
            nearest = client.search(collection, vectors, 1, own, strong=True)
            for row, vector, hits in zip(samples, vectors, nearest, strict=True):
                read = found.get(row_key(self._name, row))
                if read is None or not np.array_equal(as_vector(read["vector"]), vector):
                    raise self._wrong("another vector is")
                if not hits or abs(float(as_vector(hits[0]["vector"]) @ vector) - 1) > SELF:
                    raise self._wrong("a row does not find itself that is")
        blobs = {(self._name, passage_name(row)): self._passage(row) for row in _samples(len(self._rows["passages"]))}
        blobs |= {
            (self._name, name): data
            for name, data in catalogue_of(self._segment.folder / DATABASE, self._segment.arrays).items()
        }
        if self._shelf.blobs.get(blobs, strong=True) != blobs:
            raise self._wrong("another text is")

    def _wrong(self, what: str) -> EngineError:
        return EngineError(
            f"segment {self._name}: {what} in Milvus than was written",
            "run the command again; if it stays so, look after the server",
            where=str(self._shelf.client.place),
        )


def _samples(count: int) -> range:
    """Some of so many rows, evenly spread."""
    return range(0, count, max(1, count // SAMPLED))


def _delete_rows(shelf: Shelf, segment: str) -> None:
    """Delete the vectors and texts of a segment."""
    shelf.client.delete_segment(segment_number(segment))
    shelf.blobs.delete(segment)
