"""The words of all segments of a generation, read as those of one: articles, passages and terms by global rows."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from wellread.datatypes import Article, Passage
from wellread.index.database import Content, Database, Stored
from wellread.index.manifest import Segment

RECENT = 256
"""Passages that are kept in memory once they were fetched."""


class Words:
    """The databases of some segments, in their order; threads may share it."""

    def __init__(self, segments: Sequence[Segment], databases: Sequence[Database]) -> None:
        self._databases = tuple(databases)
        self._firsts = [segment.first for segment in segments]
        self._starts = [0, *accumulate(segment.counts["passages"] for segment in segments)]
        self.fetch = lru_cache(maxsize=RECENT)(self._fetch)
        self._terms: dict[str, list[tuple[str, int]]] = {}
        self._counting = threading.Lock()

    def _fetch(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""
        number = self.segment_of(row)
        return self._databases[number].fetch(row - self._starts[number])

    def segment_of(self, row: int) -> int:
        """The number of the segment that has a passage; raises KeyError."""
        number = bisect_right(self._starts, row) - 1
        if not 0 <= number < len(self._databases):
            raise KeyError(row)
        return number

    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        return tuple(stored.article for stored in self.stored)

    @cached_property
    def stored(self) -> tuple[Stored, ...]:
        """The same, with what is known of each."""
        return tuple(stored for database in self._databases for stored in database.articles())

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        number = self._segment_of(name)
        return self._databases[number].article(name) if number is not None else None

    def content(self, name: str) -> Content:
        """One article with its passages; raises KeyError."""
        number = self._segment_of(name)
        content = self._databases[number].content(name) if number is not None else None
        if content is None:
            raise KeyError(name)
        return content

    def row_of(self, name: str) -> int:
        """The row of a passage by its id; raises KeyError."""
        number = self._segment_of(name.partition("#")[0])
        if number is None:
            raise KeyError(name)
        return self._starts[number] + self._databases[number].row_of(name)

    def headings(self) -> Iterator[tuple[str, str, str]]:
        """The heading, article id and anchor of every section that has text, articles by id."""
        return (heading for database in self._databases for heading in database.headings())

    def digests(self) -> dict[str, bytes]:
        """A digest of every passage's content by its id, in the order of the rows: what tells it from another."""
        return {name: digest for database in self._databases for name, digest in database.digests().items()}

    def digests_of(self, name: str) -> dict[str, bytes]:
        """The same of the passages of one article; none where there is none of that id."""
        number = self._segment_of(name)
        return self._databases[number].digests(name) if number is not None else {}

    def terms_like(self, initial: str, shortest: int, longest: int) -> list[tuple[str, int]]:
        """The terms with a first letter and so many letters, each with how many passages have it."""
        with self._counting:
            if initial not in self._terms:
                self._terms[initial] = self._terms_with(initial)
        return [found for found in self._terms[initial] if shortest <= len(found[0]) <= longest]

    def _terms_with(self, initial: str) -> list[tuple[str, int]]:
        """The terms with a first letter, by their bytes, each with how many passages have it."""
        counts: dict[str, int] = {}
        for database in self._databases:
            for term, count in database.terms_with(initial):
                counts[term] = counts.get(term, 0) + count
        return sorted(counts.items(), key=lambda found: found[0].encode())

    def _segment_of(self, article: str) -> int | None:
        """The number of the segment that would have an article."""
        number = bisect_right(self._firsts, article) - 1
        return number if number >= 0 else None
