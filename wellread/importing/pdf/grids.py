"""Finds tables whose cells are ruled on all sides: what stands in one belongs to nothing above or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.cell_signs import upright_rules
from wellread.importing.pdf.segments import Segment

_THIN = 2.5
"""Height of a rule in points at most."""
_BOX = 20.0
"""Width in points from which on a box can be the background of a cell, whose sides are rules too."""
_NEAR = 3.0
"""Points by which the ends of rules that meet may differ."""
_HEAD = 2.5
"""Sizes of the type between the names of columns that stand above a grid and its first line at most."""
_ROWS = 2
"""Rows of cells at least: one may be two boxes beside one another."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The place of a grid, and of the upright rules between its columns, from left to right."""

    box: Box
    inner: tuple[float, ...]


@dataclass(slots=True)
class _Run:
    """Rows of cells below one another: the heights of the rules around them, and the inner rules.

    `common` are those that all rows of more than one cell have.
    """

    heights: list[float]
    cells: int = 0
    common: list[float] = field(default_factory=list)
    inner: list[float] = field(default_factory=list)

    def take(self, bottom: float, inner: Sequence[float]) -> None:
        """Add a row, which ends at a height and is divided by inner rules, or is one cell."""
        self.heights.append(bottom)
        if inner:
            common = [place for place in self.common if any(abs(place - one) < _NEAR for one in inner)]
            self.common = common if self.cells else list(inner)
            for place in inner:
                if not any(abs(place - one) < _NEAR for one in self.inner):
                    self.inner.append(place)
            self.cells += 1


def grids_of(rules: Sequence[Box]) -> list[Grid]:
    """The grids: level rules of one width, with an upright one between all rows of more than one cell.

    Where an upright rule goes on above or below, they are a part of something larger, such as a form.
    """
    upright = upright_rules(rules)
    found = []
    for left, right, heights in ladders_of(rules):
        near = [one for one in upright if left - _NEAR < one[0] < right + _NEAR]
        for run in _runs(left, right, heights, near):
            top, bottom = run.heights[0], run.heights[-1]
            goes_on = any(low < end - _NEAR and end + _NEAR < high for _, low, high in near for end in (top, bottom))
            if run.cells >= _ROWS and run.common and not goes_on:
                found.append(Grid(Box(left, bottom, right, top), tuple(sorted(run.inner))))
    return found


def _runs(
    left: float, right: float, heights: Sequence[float], upright: Sequence[tuple[float, float, float]]
) -> Iterator[_Run]:
    run = _Run([heights[0]])
    for above, below in pairwise(heights):
        places = list(_beside(upright, above, below))
        inner = [place for place in places if left + _NEAR < place < right - _NEAR]
        if inner or (places and places[0] < left + _NEAR and places[-1] > right - _NEAR):
            run.take(below, inner)
        else:
            yield run
            run = _Run([below])
    yield run


def _beside(upright: Sequence[tuple[float, float, float]], above: float, below: float) -> Iterator[float]:
    """The places of rules, one above the other, that go along a whole row; a box behind its words is smaller."""
    near = [one for one in upright if one[1] < above and one[2] > below]
    at = 0
    while at < len(near):
        first, place = at, near[at][0]
        while at < len(near) and near[at][0] < place + _NEAR:
            at += 1
        reached = below
        for _, low, high in sorted(near[first:at], key=lambda one: one[1]):
            if low < reached + _NEAR:
                reached = max(reached, high)
        if reached > above - _NEAR:
            yield place


def grid_among(rows: Sequence[Sequence[Segment]], grids: Sequence[Grid]) -> tuple[int, int] | None:
    """Where the first grid begins and ends that holds some of the lines whole, and not all of them; None if none does.

    The names of its columns may stand right above it.
    """
    for grid in (one.box for one in grids):
        held = [at for at, row in enumerate(rows) if grid.bottom < _middle(row[0]) < grid.top]
        if not held:
            continue
        start, end = held[0], held[-1] + 1
        inside = [one for row in rows[start:end] for one in row]
        if not all(_lies_in(one, grid) for one in inside):
            continue
        start -= _is_head(rows[:start], inside[0])
        if end - start < len(rows):
            return start, end
    return None


def holds(grid: Grid, rows: Sequence[Sequence[Segment]]) -> bool:
    """Tell whether lines stand in a grid, the first may be above it: it has the names of the columns."""
    return all(_lies_in(one, grid.box) for row in rows[1:] for one in row)


def _is_head(above: Sequence[Sequence[Segment]], first: Segment) -> bool:
    """Tell whether the last of the lines above a grid has several parts, near it, and no other such line is near."""
    near = _HEAD * first.style.size
    if not above or len(above[-1]) < 2 or above[-1][0].bottom - first.bottom > near:
        return False
    return len(above) < 2 or len(above[-2]) == 1 or above[-2][0].bottom - above[-1][0].bottom > near


def _middle(one: Segment) -> float:
    return one.bottom + 0.3 * one.style.size


def _lies_in(one: Segment, grid: Box) -> bool:
    across = grid.left - _NEAR < one.left and one.right < grid.right + _NEAR
    return across and grid.bottom < _middle(one) < grid.top


def ladders_of(rules: Sequence[Box]) -> list[tuple[float, float, list[float]]]:
    """Return the left and right end of rules that stand below one another, and their heights from the top down."""
    found: list[tuple[float, float, list[float]]] = []
    for height, left, right in sorted(_levels(rules), reverse=True):
        for ladder in found:
            if abs(ladder[0] - left) < _NEAR and abs(ladder[1] - right) < _NEAR:
                if ladder[2][-1] - height > _NEAR:
                    ladder[2].append(height)
                break
        else:
            found.append((left, right, [height]))
    return found


def _levels(rules: Sequence[Box]) -> Iterator[tuple[float, float, float]]:
    """The height, left and right end of each level rule; those of neighbouring cells are one."""
    parts: list[tuple[float, float, float]] = []
    for box in rules:
        if box.top - box.bottom <= _THIN < box.right - box.left:
            parts.append((box.bottom, box.left, box.right))
        elif box.right - box.left >= _BOX and box.top - box.bottom > 2 * _THIN:
            parts += [(box.bottom, box.left, box.right), (box.top, box.left, box.right)]
    parts.sort(reverse=True)
    at = 0
    while at < len(parts):
        height, level = parts[at][0], at
        while at < len(parts) and parts[at][0] > height - _THIN:
            at += 1
        _, left, right = min(parts[level:at], key=lambda part: part[1:])
        for _, start, end in sorted(parts[level:at], key=lambda part: part[1:]):
            if start > right + _NEAR:
                yield height, left, right
                left, right = start, end
            right = max(right, end)
        yield height, left, right
