"""A generation in Milvus, opened for reading: its small parts in memory, the others fetched when a question asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import Grain
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged
from wellread.index.composed import ComposedReader, Tokens
from wellread.index.manifest import Segment
from wellread.index.milvus.blobs import Name
from wellread.index.milvus.catalogue import Catalogue, PassageParts, passage_name
from wellread.index.milvus.place import Place
from wellread.index.milvus.shelf import Shelf
from wellread.index.milvus.vectors import SEARCHED, RemoteHeadings, RemoteVectors
from wellread.index.tokens import decoded
from wellread.index.vectors import StoredVectors
from wellread.index.words import Words

LOOK = 60.0
"""Seconds after which a reader sees whether its rows are still all there: those of a generation that is no longer kept
go after an hour (`shelf.GRACE`)."""

_open: WeakValueDictionary[tuple[Place, str], Catalogue] = WeakValueDictionary()
_lock = threading.Lock()


class MilvusReader(ComposedReader):
    """A `GenerationReader` over a library in Milvus: it stays what it is whatever is published later.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: rows of it are missing.
        EngineError: Milvus cannot be reached.
    """

    def __init__(self, shelf: Shelf, generation: str) -> None:
        self._shelf = shelf
        manifest = shelf.manifest(generation)
        self._catalogues = [_opened(shelf, segment) for segment in manifest.segments]
        words = Words(manifest.segments, [one.database for one in self._catalogues])
        super().__init__(manifest, words, [one.arrays for one in self._catalogues])
        self._starts = [0, *accumulate(segment.counts["passages"] for segment in manifest.segments)]
        self._searched: dict[Grain, RemoteVectors] = {
            grain: RemoteVectors(shelf.client, grain, manifest.segments, manifest.dimension) for grain in SEARCHED
        }
        self._looked = 0.0
        self._look()

    def _open_vectors(self, grain: Grain) -> StoredVectors:
        """Open the rows of a grain."""
        if grain == "headings":
            return RemoteHeadings(self._headings, self.passage_count, self.manifest.dimension)
        return self._searched[grain]

    def _open_tokens(self) -> Tokens:
        """Open the tokens of passages."""
        return _RemoteTokens(self)

    def _prepare(self, rows: NDArray[np.int64]) -> None:
        """Fetch the words, headings and tokens of some passages at once."""
        self._shelf.blobs.get(map(self._name, rows.tolist()))

    def parts(self, row: int) -> PassageParts:
        """What is fetched of a passage, by its row; raises KeyError and IndexDamaged."""
        number, own = self._place(row)
        return self._catalogues[number].database.parts(own)

    def _place(self, row: int) -> tuple[int, int]:
        """The number of the segment that has a passage, and its row there; raises KeyError."""
        number = self.words.segment_of(row)
        return number, row - self._starts[number]

    def _name(self, row: int) -> Name:
        number, own = self._place(row)
        return self.manifest.segments[number].name, passage_name(own)

    def _headings(self, rows: Sequence[int]) -> list[Vectors]:
        return [self.parts(row).heading for row in rows]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, what is read is what was published: texts are known by their digests, rows by their number.

        Raises:
            IndexDamaged: rows are missing.
        """
        yield
        if time.monotonic() - self._looked > LOOK:
            self._look()

    def _look(self) -> None:
        """Raise IndexDamaged where the server has another number of rows than were published."""
        standing: dict[str, int] = {grain: rows.standing() for grain, rows in self._searched.items()}
        segments = [segment.name for segment in self.manifest.segments]
        whole = self._shelf.whole()
        standing["texts"] = self._shelf.blobs.count(segments)
        expected: dict[str, int] = {grain: self.manifest.counts[grain] for grain in self._searched}
        expected["texts"] = sum(whole.get(name, 0) for name in segments)
        if standing != expected or not whole.keys() >= {*segments}:
            found = ", ".join(f"{count:,} {what}" for what, count in standing.items())
            raise IndexDamaged(
                f"generation {self.generation} has {found}, which is not what was published",
                "publish again: wellread ingest",
                where=str(self._shelf.client.place),
            )
        self._looked = time.monotonic()


class _RemoteTokens:
    """The tokens of passages, which are fetched with their words."""

    def __init__(self, reader: MilvusReader) -> None:
        self._reader = reader

    def vectors(self, row: int) -> Vectors:
        """What is kept of a passage's tokens, rotated: shape (tokens, dimension)."""
        return decoded(self._reader.parts(row).codes, self._reader.manifest.dimension)


def _opened(shelf: Shelf, segment: Segment) -> Catalogue:
    """The catalogue of a segment: of one that a reader has open in this process, that one."""
    key = (shelf.client.place, segment.name)
    with _lock:
        known = _open.get(key)
    if known is None:
        known = Catalogue(segment, shelf.blobs)
        with _lock:
            _open[key] = known
    return known
