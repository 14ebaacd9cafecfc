"""Checks a library in Milvus: whether readers get there what was published, by reading all of it."""

from __future__ import annotations

import numpy as np

from wellread.doctor.checks import Fault, Places
from wellread.errors import IndexMissing
from wellread.index.milvus.blobs import Blobs
from wellread.index.milvus.reader import MilvusReader
from wellread.index.milvus.shelf import Shelf
from wellread.index.milvus.vectors import SEARCHED
from wellread.index.reader import Reader, open_served

AT_ONCE = 1_024
"""Rows that are fetched at once: a few megabytes."""


def look_at_milvus(places: Places, shelf: Shelf) -> str:
    """Read the generation that is served in Milvus, and compare it with the index folder where that has it.

    Every text is known by its digest; vectors only the index folder knows.

    Raises:
        Fault: readers in Milvus get another generation than those of the index folder, or another vector.
        IndexMissing, IndexDamaged, EngineError: what a reader would meet.
    """
    reader = MilvusReader(shelf, shelf.served())
    try:
        published = open_served(places.index)
    except IndexMissing:
        published = None  # this machine only answers
    if published and published.generation != reader.generation:
        raise Fault(
            f"readers in Milvus get generation {reader.generation}, those of {places.index} {published.generation}",
            places.ingest,
        )
    texts = sum(_texts(shelf.blobs, segment.name) for segment in reader.manifest.segments)
    vectors = _compare_vectors(reader, published, places.ingest) if published else 0
    compared = f" and {vectors:,} vectors" if published else ""
    return f"generation {reader.generation}: {texts:,} texts{compared} are as they were published"


def _texts(blobs: Blobs, segment: str) -> int:
    """Read every text of a segment, and tell how many there are; raises IndexDamaged."""
    names = [(segment, name) for name in blobs.names(segment)]
    for start in range(0, len(names), AT_ONCE):
        blobs.get(names[start : start + AT_ONCE], strong=True)
    return len(names)


def _compare_vectors(reader: MilvusReader, published: Reader, mend: str) -> int:
    """Compare all vectors that are searched with those of the index folder, and tell how many; raises Fault."""
    compared = 0
    for grain in SEARCHED:
        count = reader.manifest.counts[grain]
        for start in range(0, count, AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, count))
            differ = np.any(reader.vectors(grain, rows) != published.vectors(grain, rows), axis=1)
            if differ.any():
                row = int(rows[differ][0])
                raise Fault(f"row {row} of the {grain} has another vector in Milvus than was published", mend)
        compared += count
    return compared
