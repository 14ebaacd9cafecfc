"""The vectors of a generation in Milvus: searched there, and fetched by their rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import Grain
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged
from wellread.index.manifest import Segment
from wellread.index.milvus.client import MOST, Client, as_vector
from wellread.index.milvus.recent import Recent

SEARCHED: tuple[Grain, ...] = ("passages", "sentences")
"""The grains that are searched in Milvus; headings are fetched with their passages."""

RECENT = 8_192
"""Vectors that are kept in memory once they were fetched: 13 MB of 384 dimensions, a few questions' worth."""

AS_NEAR = 1e-5
"""What two servers may make different of one product of unit vectors: rows so near the last are candidates too."""

SETTLING = 10.0
"""Seconds after opening in which reads wait for all that was written: "Bounded" reads may be 5 s behind."""


def segment_number(name: str) -> int:
    """A segment's name as a number of 63 bits, which is compared sooner than a text."""
    return int(name, 16) >> 1


def row_key(segment: str, row: int) -> str:
    """The key of a vector by its segment and its row there."""
    return f"{segment}-{row}"


class RemoteVectors:
    """The rows of a grain of some segments, by global rows; threads may share it. Methods raise EngineError."""

    def __init__(self, client: Client, grain: Grain, segments: Sequence[Segment], dimension: int) -> None:
        self._client = client
        self._dimension = dimension
        self._segments = [segment.name for segment in segments]
        self._starts = np.cumsum([0, *(segment.counts[grain] for segment in segments)], dtype=np.int64)
        self._collection = client.vectors(grain, dimension) if self._starts[-1] else ""
        self._start_of = {
            segment_number(name): int(start) for name, start in zip(self._segments, self._starts, strict=False)
        }
        self.filter = segment_filter(self._segments)
        self._recent = Recent[int, Vectors](RECENT)
        self._settled = time.monotonic() + SETTLING

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""
        return int(self._starts[-1]), self._dimension

    def _settling(self) -> bool:
        """Whether reads should wait for what was written last."""
        return time.monotonic() < self._settled

    def standing(self) -> int:
        """How many of them the server has."""
        return self._client.count(self._collection, self.filter) if self._collection else 0

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """The k rows nearest to a vector and all that tie with the last of them, in no order."""
        most = min(self.shape[0], MOST)
        wanted = min(k, most)
        while True:
            wanted = min(2 * wanted, most)
            queries = query[np.newaxis]
            (hits,) = self._client.search(self._collection, queries, wanted, self.filter, self._settling())
            if wanted == most or len(hits) < wanted or hits[-1]["distance"] < hits[k - 1]["distance"] - AS_NEAR:
                break
        found = {self._start_of[hit["segment"]] + int(hit["row"]): as_vector(hit["vector"]) for hit in hits}
        self._recent.keep(found)
        return np.array([*found], np.int64)

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of given rows, shape (len(rows), dimension); raises IndexDamaged where one is not there."""
        wanted = rows.tolist()
        found = self._recent.find(wanted)
        if missing := [row for row in dict.fromkeys(wanted) if row not in found]:
            keys = {self._key(row): row for row in missing}
            fetched = self._client.get(self._collection, list(keys), ["vector"], self._settling())
            if len(fetched) < len(keys):  # the server may not show yet what was written last
                fetched |= self._client.get(self._collection, [*keys.keys() - fetched.keys()], ["vector"], strong=True)
            if len(fetched) < len(keys):
                gone = next(key for key in keys if key not in fetched)
                raise IndexDamaged(f"vector {gone} is not there any more", "publish again: wellread ingest", "Milvus")
            new = {keys[key]: as_vector(row["vector"]) for key, row in fetched.items()}
            self._recent.keep(new)
            found |= new
        return np.array([found[row] for row in wanted], np.float32).reshape(-1, self._dimension)

    def _key(self, row: int) -> str:
        number = int(np.searchsorted(self._starts, row, "right")) - 1
        return row_key(self._segments[number], row - int(self._starts[number]))


class RemoteHeadings:
    """The vectors of headings, which are fetched with the words of their passages."""

    def __init__(self, fetch: Callable[[Sequence[int]], Sequence[Vectors]], count: int, dimension: int) -> None:
        self._fetch = fetch
        self.shape = count, dimension

    def candidates(self, query: Vectors, k: int) -> NDArray[np.int64]:
        """All rows: headings are compared, never searched."""
        return np.arange(self.shape[0])

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of given rows, shape (len(rows), dimension)."""
        return np.array(self._fetch(rows.tolist()), np.float32).reshape(-1, self.shape[1])


def segment_filter(segments: Sequence[str]) -> str:
    """The expression that lets through the rows of some segments."""
    return f"segment in [{', '.join(str(segment_number(name)) for name in segments)}]"
