"""Which passages each word stands in, and the order of passages for a question by BM25.

For every term the rows of its passages and how often it stands there lie side by side in one file, so that a question
costs no more than the passages that its words stand in.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import weakref
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.files import temporary_files
from wellread.index.stored import StoredBytes, StoredFile
from wellread.text.terms import terms_of

K1 = 1.2
"""How fast a further occurrence of a word counts less."""

B = 0.75
"""How much a long passage's occurrences count less."""

MANY = 4_096
"""From a word in so many passages on, only passages are scored that can still come among the best."""

_OCCURRENCE = np.dtype([("term", np.uint32), ("row", np.uint32), ("count", np.uint16)])
_BLOCK = 1 << 18
"""Occurrences read at once."""

_AT_ONCE = 1 << 24
"""Occurrences brought to their places in memory before they are written: 100 MB."""


class PostingsWriter:
    """Takes passages in the order of their rows and writes one file; the terms' places in it go into a database.

    Until then occurrences wait in a temporary file; memory holds the terms alone.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._lengths = array("I")
        self._waiting = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last reference to this
        weakref.finalize(self, self._waiting.close)

    def add(self, text: str) -> None:
        """Add the next passage."""
        terms = terms_of(text)
        counts = Counter(terms)
        occurrences = np.empty(len(counts), _OCCURRENCE)
        occurrences["term"], occurrences["row"] = [self._numbers[term] for term in counts], len(self._lengths)
        occurrences["count"] = np.minimum(list(counts.values()), np.iinfo(np.uint16).max) if counts else 0
        with temporary_files():
            self._waiting.write(occurrences.tobytes())
        self._lengths.append(len(terms))

    def close(self, database: sqlite3.Connection) -> None:
        """Write the file, put it on the disk, and note each term's place; raises OSError and sqlite3.Error."""
        order = sorted(self._numbers, key=lambda term: term.encode())
        number = np.array([self._numbers[term] for term in order], np.int64)
        passages_with = np.zeros(len(order), np.int64)
        for block in self._blocks():
            passages_with += np.bincount(block["term"], minlength=len(order))
        sizes = passages_with[number]
        ends = np.cumsum(sizes)
        starts = np.empty(len(order), np.int64)
        starts[number] = ends - sizes
        database.executemany(
            "INSERT INTO terms VALUES (?, ?, ?)",
            zip(order, (ends - sizes).tolist(), ends.tolist(), strict=True),
        )
        # Written plainly: a write through a mapping to a full disk ends the process with SIGBUS.
        total, before = int(sizes.sum()), 4 * len(self._lengths)
        with self._file.open("wb") as stream:
            stream.write(np.asarray(self._lengths, np.uint32).tobytes())
            for first, last in _ranges(ends):
                rows, counts = self._placed(starts, first, last)
                stream.seek(before + 4 * first)
                stream.write(rows.tobytes())
                stream.seek(before + 4 * total + 2 * first)
                stream.write(counts.tobytes())
            stream.flush()
            os.fsync(stream.fileno())

    def _placed(
        self, starts: NDArray[np.int64], first: int, last: int
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        """The rows and counts at some places of the file; `starts` has the first place of each term."""
        rows, counts = np.empty(last - first, np.uint32), np.empty(last - first, np.uint16)
        free = starts - first
        for block in self._blocks():
            here = starts[block["term"]]
            block = block[(here >= first) & (here < last)]
            block = block[np.argsort(block["term"], kind="stable")]
            terms, begin, size = np.unique(block["term"], return_index=True, return_counts=True)
            places = np.arange(len(block)) + np.repeat(free[terms] - begin, size)
            rows[places], counts[places] = block["row"], block["count"]
            free[terms] += size
        return rows, counts

    def _blocks(self) -> Iterator[NDArray[Any]]:
        """The occurrences that wait, some at a time."""
        with temporary_files():
            self._waiting.seek(0)
        while data := self._waiting.read(_BLOCK * _OCCURRENCE.itemsize):
            yield np.frombuffer(data, _OCCURRENCE)


class Postings:
    """What `PostingsWriter` wrote, opened for reading; threads may share it."""

    def __init__(self, file: Path, passages: int) -> None:
        self._file = StoredBytes(file)
        self._lengths = self._file.span(0, 4 * passages).view(np.uint32)
        self._first = 4 * passages
        self._first_count = self._first + (self._file.size - self._first) // 6 * 4

    @property
    def watched(self) -> tuple[StoredFile, ...]:
        """What is still read of its file."""
        return self._file.watched

    def best(self, places: Sequence[tuple[int, int]], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows of the k best passages and their scores, for the places of a question's terms; ties go by row.

        BM25 with the inverse document frequency of Robertson and Sparck Jones: ln((N - n + 0.5) / (n + 0.5)) for a
        term in n of N passages, a millionth where that is not positive.
        """
        rare_first = sorted(places, key=lambda place: place[1] - place[0])
        most = [self._rarity(end - start) * (K1 + 1) for start, end in rare_first]
        scores = np.zeros(len(self._lengths), np.float32)
        candidates: NDArray[np.int64] | None = None  # None: every passage may still be among the best
        for number, (start, end) in enumerate(rare_first):
            if candidates is None and end - start >= MANY:
                candidates = _still_in(scores, k, sum(most[number:]))
            rows, counts = self.rows(start, end), self._counts(start, end)
            if candidates is not None:
                at = np.minimum(np.searchsorted(rows, candidates), len(rows) - 1)
                at = at[rows[at] == candidates]
                rows, counts = rows[at], counts[at]
            occurring = counts.astype(np.float32)
            scores[rows] += np.float32(most[number]) * occurring / (occurring + self._discount[rows])
        found = np.flatnonzero(scores) if candidates is None else candidates
        if len(found) > k:
            found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
        found = found[np.lexsort((found, -scores[found]))][:k]
        return found, scores[found]

    def rows(self, start: int, end: int) -> NDArray[np.uint32]:
        """The rows of the passages at some places, ascending where they are one term's."""
        return self._file.span(self._first + 4 * start, self._first + 4 * end).view(np.uint32)

    def row(self, place: int) -> int:
        """The row of the passage that stands at a place."""
        return int(self.rows(place, place + 1)[0])

    def _counts(self, start: int, end: int) -> NDArray[np.uint16]:
        """How often the term stands in each of them."""
        return self._file.span(self._first_count + 2 * start, self._first_count + 2 * end).view(np.uint16)

    def _rarity(self, passages: int) -> float:
        """The inverse document frequency of a term that stands in so many passages."""
        return max(float(np.log((len(self._lengths) - passages + 0.5) / (passages + 0.5))), 1e-6)

    @cached_property
    def _discount(self) -> NDArray[np.float32]:
        """What a passage's length takes from the weight of its words."""
        lengths = self._lengths.astype(np.float64)
        return np.asarray(K1 * (1 - B + B * lengths / lengths.mean()), np.float32)


def _still_in(scores: NDArray[np.float32], k: int, rest: float) -> NDArray[np.int64] | None:
    """The passages that can be among the k best when all of them may gain as much as `rest`; None where all can.

    The idea of MaxScore (Turtle and Flood 1995): what none of the rare words stands in, common ones cannot lift.
    """
    found = np.flatnonzero(scores)
    if len(found) <= k:
        return None
    least = np.partition(scores[found], -k)[-k] * (1 - 1e-5) - rest  # less what is lost in adding up
    return found[scores[found] >= least] if least > 0 else None


def _ranges(ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut the places of all terms into pieces of whole terms that memory holds; `ends` has where each term ends."""
    first = 0
    while len(ends) and first < ends[-1]:
        within = int(np.searchsorted(ends, first + _AT_ONCE, "right")) - 1
        last = int(ends[within]) if within >= 0 and ends[within] > first else int(ends[within + 1])
        yield first, last
        first = last
