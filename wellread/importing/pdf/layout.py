"""The order in which a page is read: columns one after the other, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from wellread.importing.pdf.pages import Box, Style
from wellread.importing.pdf.segments import BULLETS, Segment
from wellread.importing.pdf.tables import TableRows, is_table, read_table

_GUTTER = 0.8
"""Least width between two columns, in sizes of the type."""
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, with the edges of the column that it stands in."""

    text: str
    page: int
    style: Style
    left: float
    right: float
    bottom: float
    edges: tuple[float, float]


Region = list[Line] | TableRows
"""Lines that stand below one another in one column, or the rows of a table."""


def read_order(segments: Sequence[Segment], rules: Sequence[Box], page: int) -> list[Region]:
    """The regions of a page in the order in which a person reads them."""
    return _regions(_by_rows(segments), rules, page)


def _by_rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (-one.bottom, one.left)):
        if rows and abs(rows[-1][0].bottom - segment.bottom) < 0.3 * min(rows[-1][0].style.size, segment.style.size):
            rows[-1].append(segment)
            rows[-1].sort(key=lambda one: one.left)
        else:
            rows.append([segment])
    return rows


def _regions(rows: Sequence[list[Segment]], rules: Sequence[Box], page: int) -> list[Region]:
    if all(len(row) == 1 for row in rows) and not _gutters(rows):
        return [_lines(rows, page)] if rows else []
    found: list[Region] = []
    at = 0
    plain: list[list[Segment]] = []
    for start, end in _bands(rows):
        plain += rows[at:start]
        if plain:
            found.append(_lines(plain, page))
            plain = []
        found += _band(rows[start:end], rules, page)
        at = end
    plain += rows[at:]
    if plain:
        found.append(_lines(plain, page))
    return found


def _bands(rows: Sequence[list[Segment]]) -> list[tuple[int, int]]:
    """The runs of lines through which a gutter goes, each as long as it can be."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        if len(rows[at]) < 2 and not (found == [] and at == 0 and _gutters(rows)):
            at += 1
            continue
        end = at + 1
        while end < len(rows) and _keeps(rows[at:end], rows[end]):
            end += 1
        start = at
        floor = found[-1][1] if found else 0
        while start > floor and _keeps(rows[start:end], rows[start - 1]):
            start -= 1
        if _gutters(rows[start:end]):
            found.append((start, end))
        at = end
    return found


def _keeps(rows: Sequence[list[Segment]], row: list[Segment]) -> bool:
    """Tell whether a line leaves the gutters of its neighbours open; one without a gap must leave them all."""
    now, then = len(_gutters(rows)), len(_gutters([*rows, row]))
    return then >= now if len(row) == 1 else then > 0


def _gutters(rows: Sequence[Sequence[Segment]]) -> list[float]:
    """The middles of the gaps that go through all lines from top to bottom."""
    segments = [segment for row in rows for segment in row]
    if len(segments) < 2:
        return []
    least = _GUTTER * median(segment.style.size for segment in segments)
    found = []
    reached = None
    for segment in sorted(segments, key=lambda one: one.left):
        if reached is not None and segment.left - reached >= least:
            found.append((segment.left + reached) / 2)
        reached = segment.right if reached is None else max(reached, segment.right)
    return found


def _band(rows: Sequence[list[Segment]], rules: Sequence[Box], page: int) -> list[Region]:
    gutters = _gutters(rows)
    columns = _columns(rows, gutters)
    if len(rows) == 1:
        styles = {segment.style for segment in rows[0]}
        if len(styles) == 1 and len(rows[0]) > 1 and sum(len(one.text) for one in rows[0]) < 100:
            return [TableRows((tuple(one.text for one in rows[0]),), page)]
        return [_lines([[segment]], page) for segment in rows[0]]
    if is_table(columns, rows, rules):
        first = 0
        while first < len(rows) - 2 and len(rows[first]) == 1 and rows[first][0].style != rows[first + 1][0].style:
            first += 1
        above = [_lines(rows[:first], page)] if first else []
        return [*above, read_table(rows[first:], gutters, rules, page)]
    found: list[Region] = []
    for column in columns:
        found += _regions(_by_rows(column), rules, page)
    return found


def _columns(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> list[list[Segment]]:
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for segment in row:
            columns[sum(segment.left > gutter for gutter in gutters)].append(segment)
    return columns


def _lines(rows: Sequence[Sequence[Segment]], page: int) -> list[Line]:
    edges = (min(one.left for row in rows for one in row), max(one.right for row in rows for one in row))
    found = []
    for row in rows:
        main = max(row, key=lambda one: (len(one.text), -one.left))
        bold = all(one.style.bold for one in row)
        style = Style(main.style.size, bold, main.style.color if len({one.style.color for one in row}) == 1 else ())
        text = " ".join(one.text for one in row)
        found.append(Line(text, page, style, row[0].left, row[-1].right, main.bottom, edges))
    return found
