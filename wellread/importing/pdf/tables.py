"""Tells a table from columns of text, and reads it row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from wellread.importing.pdf.pages import Box
from wellread.importing.pdf.segments import BULLETS, Segment

_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s")
_SHORT = 14
"""Characters of a cell, on average, in a column that no text stands in."""
_NARROW = 26
"""Characters of a line, on average, below which the lines of all columns are rather cells: the narrowest column of a
folded leaflet has about 30."""
_LABEL = 30
"""Characters of what stands at the left of a row, on average, in a table whose other cells have several lines."""
_RUNNING = 0.25
"""Share of lines, in each column, that begin in the middle of a sentence where the columns are text."""
_RULE = 2.5
"""Height of a rule in points, at most."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table, cell by cell; `headed` tells whether the first has the names of the columns."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    headed: bool = False


def is_table(columns: Sequence[Sequence[Segment]], rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> bool:
    """Tell whether what stands in columns belongs together by rows."""
    shared = [row for row in rows if len(row) > 1]
    if len(shared) < 2 or any(_is_list(column) for column in columns[1:]):
        return False
    if len(_row_rules(rows, rules)) >= 3:
        return True
    if all(_runs_on(column) for column in columns):
        return False
    lengths = [mean(len(one.text) for one in column) for column in columns]
    if len(shared) >= 0.5 * len(rows) and (min(lengths) <= _SHORT or max(lengths) <= _NARROW):
        return True
    return _labelled(columns, lengths[0])


def _is_list(column: Sequence[Segment]) -> bool:
    return sum(_BULLET.match(one.text) is not None for one in column) >= 0.5 * len(column)


def _runs_on(column: Sequence[Segment]) -> bool:
    """Tell whether the lines of a column go on from one to the next, as those of a text do."""
    return sum(one.text[0].islower() for one in column) >= _RUNNING * len(column)


def _labelled(columns: Sequence[Sequence[Segment]], length: float) -> bool:
    """Tell whether the first column has labels that stand apart, each beside the first line of what it names."""
    labels, texts = columns[0], columns[1]
    if len(labels) < 2 or len(labels) > 0.7 * len(texts) or length > _LABEL:
        return False
    beside = [any(abs(label.bottom - text.bottom) < 0.3 * label.style.size for text in texts) for label in labels]
    apart = [above.bottom - below.bottom > 1.6 * above.style.size for above, below in pairwise(labels)]
    return sum(beside) >= 0.8 * len(beside) and sum(apart) >= 0.6 * len(apart)


def _row_rules(rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> list[float]:
    """The heights of the rules that go across the columns; the edges of boxes are rules too."""
    left = min(one.left for row in rows for one in row)
    right = max(one.right for row in rows for one in row)
    top = rows[0][0].bottom + 2 * rows[0][0].style.size
    bottom = rows[-1][0].bottom - 2 * rows[-1][0].style.size
    heights: dict[int, float] = {}  # by two points: how much of the width is ruled there
    for box in rules:
        for height in (box.bottom, box.top) if box.top - box.bottom > _RULE else (box.bottom,):
            if bottom < height < top and box.top - box.bottom < 0.5 * (top - bottom) + 2 * _RULE:
                across = max(min(box.right, right) - max(box.left, left), 0)
                heights[round(height / 2)] = heights.get(round(height / 2), 0) + across
    ruled = sorted((2 * height for height, across in heights.items() if across > 0.7 * (right - left)), reverse=True)
    return [height for at, height in enumerate(ruled) if at == 0 or ruled[at - 1] - height > 4]


def read_table(
    rows: Sequence[Sequence[Segment]], gutters: Sequence[float], rules: Sequence[Box], page: int
) -> TableRows:
    """Read a table; lines of one cell are joined."""
    starts = _starts(rows, gutters, rules)
    read: list[list[str]] = []
    for at, row in enumerate(rows):
        if at in starts or not read:
            read.append([""] * (len(gutters) + 1))
        for segment in row:
            column = sum(segment.left > gutter for gutter in gutters)
            read[-1][column] = f"{read[-1][column]} {segment.text}".strip()
    bold = [all(one.style.bold for one in row) for row in rows]
    return TableRows(tuple(map(tuple, read)), page, headed=bold[0] and not all(bold))


def _starts(rows: Sequence[Sequence[Segment]], gutters: Sequence[float], rules: Sequence[Box]) -> set[int]:
    """Where a row of the table begins: below a rule, or after a wider gap, or where the first column has something."""
    places = [row[0].bottom for row in rows]
    ruled = _row_rules(rows, rules)
    if len(ruled) >= 3:
        return {
            at for at in range(1, len(rows)) if any(places[at] < height + 1 < places[at - 1] + 1 for height in ruled)
        }
    gaps = [above - below for above, below in pairwise(places)]
    size = median(one.style.size for row in rows for one in row)
    close = [gap for gap in gaps if gap <= 1.45 * size]
    if close and max(gaps) > 1.25 * min(close) and len(close) < len(gaps):
        return {at + 1 for at, gap in enumerate(gaps) if gap > 1.2 * min(close)}
    first = gutters[0] if gutters else 0.0
    return {at for at, row in enumerate(rows) if row[0].left < first or len(row) > 1}
