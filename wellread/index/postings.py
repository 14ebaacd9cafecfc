"""Which passages each word stands in, and the order of passages for a question by BM25.

For every term the rows of its passages in a segment and how often it stands there lie side by side, so that a question
costs no more than the passages that its words stand in.
"""

from __future__ import annotations

import hashlib
import itertools
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wellread.index.arrays import Arrays, StoredArrays
from wellread.index.stored import StoredRows
from wellread.text.terms import terms_of

K1 = 1.2
"""How fast a further occurrence of a word counts less."""

B = 0.75
"""How much a long passage's occurrences count less."""

MANY = 4_096
"""From a word in so many passages on, only passages are scored that can still come among the best."""

KEY_BITS = 54
"""Bits of a term's key."""

MOST_SEGMENTS = 1 << (64 - KEY_BITS)
"""Segments whose numbers stand before the keys in 64 bits; libraries have half as many at most (`index.segments`)."""

RECENT = 4_096
"""Terms whose places are kept in memory once they were looked for."""

_OCCURRENCE = np.dtype([("row", "<u4"), ("count", "<u2")])


class _Places(NamedTuple):
    """Where a term is found: in which segments, between which occurrences, and in how many passages."""

    segments: NDArray[np.int64]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    passages: int


class PostingsWriter:
    """Takes the passages of a segment in the order of their rows, and makes arrays of them."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        self._terms = array("I")
        self._counts = array("I")
        self._distinct = array("I")
        self._lengths = array("I")

    def add(self, text: str) -> None:
        """Add the next passage."""
        terms = terms_of(text)
        counts = Counter(terms)
        self._terms.extend([self._numbers[term] for term in counts])
        self._counts.extend(counts.values())
        self._distinct.append(len(counts))
        self._lengths.append(len(terms))

    def passages_with(self) -> list[tuple[str, int]]:
        """Every term and how many passages have it, in the order of its bytes."""
        counts = np.bincount(np.frombuffer(self._terms, np.uint32), minlength=len(self._numbers)).tolist()
        return sorted(zip(self._numbers, counts, strict=True), key=lambda found: found[0].encode())

    def arrays(self) -> Arrays:
        """What is kept: the terms by their keys, each with its passages and how often it stands there."""
        keys = np.array([_key(term) for term in self._numbers], np.uint64)
        by_key = np.argsort(keys)
        place = np.empty(len(keys), np.int64)
        place[by_key] = np.arange(len(keys))
        terms = place[np.frombuffer(self._terms, np.uint32)]
        order = np.argsort(terms, kind="stable")
        occurrences = np.empty(len(terms), _OCCURRENCE)
        occurrences["row"] = np.repeat(np.arange(len(self._lengths)), np.frombuffer(self._distinct, np.uint32))[order]
        occurrences["count"] = np.minimum(np.frombuffer(self._counts, np.uint32)[order], np.iinfo(np.uint16).max)
        return {
            "terms.keys": keys[by_key],
            "terms.ends": np.cumsum(np.bincount(terms, minlength=len(keys))).astype(np.uint32),
            "terms.occurrences": occurrences.view(np.uint8).reshape(-1, _OCCURRENCE.itemsize),
            "passages.lengths": np.frombuffer(self._lengths, np.uint32),
        }


class Postings:
    """What `PostingsWriter` made of all segments, opened for reading; threads may share it.

    A term is found by its key. Keys of 54 bits can be those of two terms: of 40,000 terms in a segment, a word that
    none has meets one of the keys once in 4 * 10^11 times, and then counts where it does not stand.
    """

    def __init__(self, segments: Sequence[StoredArrays]) -> None:
        lengths = [arrays.read("passages.lengths") for arrays in segments]
        self._lengths = np.concatenate([np.empty(0, np.uint32), *lengths])
        self._first_rows = np.cumsum([0, *(len(rows) for rows in lengths)], dtype=np.int64)
        pieces = [arrays.piece("terms.occurrences") for arrays in segments]
        self._found = StoredRows(pieces, _OCCURRENCE.itemsize)
        if len(segments) > MOST_SEGMENTS:
            raise ValueError("it has too many segments")
        # The keys of a segment are sorted; with its number before each, those of all segments are.
        keys = [_numbered(number, arrays.read("terms.keys")) for number, arrays in enumerate(segments)]
        self._keys = np.concatenate([np.empty(0, np.uint64), *keys])
        first = np.cumsum([0, *(piece.count for piece in pieces)], dtype=np.int64)
        ends = [before + arrays.read("terms.ends") for before, arrays in zip(first[:-1], segments, strict=True)]
        self._ends = np.concatenate([np.zeros(1, np.int64), *ends])
        if len(self._ends) != len(self._keys) + 1:
            raise ValueError("terms and their passages do not belong together")
        self._segments = np.arange(len(segments), dtype=np.uint64) << np.uint64(KEY_BITS)
        self._places = lru_cache(maxsize=RECENT)(self._find)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._lengths)

    def count(self, term: str) -> int:
        """How many passages have a term."""
        return self._places(term).passages

    def rows(self, term: str) -> NDArray[np.int64]:
        """The rows of the passages that have a term, ascending."""
        return self._occurrences(term)[0]

    def best(self, terms: Sequence[str], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows of the k best passages for a question's terms, and their scores; ties go by row.

        BM25 with the inverse document frequency of Robertson and Sparck Jones: ln((N - n + 0.5) / (n + 0.5)) for a
        term in n of N passages, a millionth where that is not positive.
        """
        found_in = [(self.count(term), term) for term in sorted(terms)]
        rare_first = [(count, term) for count, term in sorted(found_in, key=itemgetter(0)) if count]
        most = [self._rarity(count) * (K1 + 1) for count, _ in rare_first]
        scores = np.zeros(len(self._lengths), np.float32)
        candidates: NDArray[np.int64] | None = None  # None: every passage may still be among the best
        for number, (count, term) in enumerate(rare_first):
            if candidates is None and count >= MANY:
                candidates = _still_in(scores, k, sum(most[number:]))
            rows, counts = self._occurrences(term)
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

    def _occurrences(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        """The rows of the passages that have a term, ascending, and how often it stands in each."""
        places = self._places(term)
        found = self._found.spans(places.starts, places.stops).view(_OCCURRENCE)[:, 0]
        before = np.repeat(self._first_rows[places.segments], places.stops - places.starts)
        return found["row"].astype(np.int64) + before, found["count"]

    def _find(self, term: str) -> _Places:
        wanted = self._segments | np.uint64(_key(term))
        at = np.minimum(np.searchsorted(self._keys, wanted), max(0, len(self._keys) - 1))
        segments = np.flatnonzero(self._keys[at] == wanted) if len(self._keys) else np.empty(0, np.int64)
        starts, stops = self._ends[at[segments]], self._ends[at[segments] + 1]
        return _Places(segments, starts, stops, int((stops - starts).sum()))

    def _rarity(self, passages: int) -> float:
        """The inverse document frequency of a term that stands in so many passages; raises ValueError."""
        if passages > len(self._lengths):
            raise ValueError(f"a term stands in {passages} of {len(self._lengths)} passages")
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


def _key(term: str) -> int:
    """A term as a number of `KEY_BITS` bits."""
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - KEY_BITS)


def _numbered(number: int, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Keys with the number of their segment before them."""
    return keys | np.uint64(number << KEY_BITS)
