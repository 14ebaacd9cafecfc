"""The runs of lines through which gutters go from top to bottom, and what stands in the columns between these."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from wellread.importing.pdf.segments import Segment


def bands_of(rows: Sequence[list[Segment]], least: float) -> list[tuple[int, int]]:
    """The runs of lines through which a gutter goes, each as long as it can be."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        if len(gutters_in(rows[at : at + 1], least)) < 1 and not _staggered(rows[at : at + 2], least):
            at += 1
            continue
        end = at + 1
        while end < len(rows) and _keeps(rows[at:end], rows[end], least):
            end += 1
        start = at
        floor = found[-1][1] if found else 0
        while start > floor and _keeps(rows[start:end], rows[start - 1], least):
            start -= 1
        found.append((start, end))
        at = end
    return found


def _staggered(rows: Sequence[list[Segment]], least: float) -> bool:
    """Tell whether two lines stand beside one another, one a little lower, as in columns with lines of their own."""
    near = len(rows) == 2 and rows[0][0].bottom - rows[1][0].bottom < 0.9 * min(one[0].style.size for one in rows)
    return near and bool(gutters_in(rows, least))


def _keeps(rows: Sequence[list[Segment]], row: list[Segment], least: float) -> bool:
    """Tell whether a line leaves the gutters of its neighbours open; one without a gap must leave them all."""
    now, then = len(gutters_in(rows, least)), len(gutters_in([*rows, row], least))
    return then >= now if len(row) == 1 else then > 0


def gutters_in(rows: Sequence[Sequence[Segment]], least: float) -> list[float]:
    """The middles of the gaps that go through all lines from top to bottom, `least` sizes of the type wide."""
    segments = [segment for row in rows for segment in row]
    if len(segments) < 2:
        return []
    width = least * median(segment.style.size for segment in segments)
    found = []
    reached = None
    for segment in sorted(segments, key=lambda one: one.left):
        if reached is not None and segment.left - reached >= width:
            found.append((segment.left + reached) / 2)
        reached = segment.right if reached is None else max(reached, segment.right)
    return found


def columns_of(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> list[list[Segment]]:
    """What stands in each of the columns between gutters, line by line."""
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for segment in row:
            columns[sum(segment.left > gutter for gutter in gutters)].append(segment)
    return columns
