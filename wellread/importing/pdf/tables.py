"""Tells a table from columns of text, and reads it row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median

from wellread.importing.pdf.bands import goes_across
from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.cards import card_rows
from wellread.importing.pdf.drawn import is_drawn_by_columns
from wellread.importing.pdf.marks import BULLETS, LEADERS
from wellread.importing.pdf.segments import Segment

_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s")
_SHORT = 14
"""Characters of a cell, on average, in a column that no text stands in."""
_NARROW = 26
"""Characters of a line, on average, below which the lines of all columns are rather cells: the narrowest column of a
folded leaflet has about 30."""
_TOLD = 1.2
"""Width, in sizes of the type, to which `gutters.py` sets narrow gutters, and a little more."""
_LARGER = 1.1
"""How much larger than the cells a heading is."""
_LABEL = 30
"""Characters of what stands at the left of a row, on average, in a table whose other cells have several lines."""
_RUNNING = 0.25
"""Share of lines, in each column, that begin in the middle of a sentence where the columns are text."""
_CLOSE = 1.45
"""Sizes of the type between two lines of one cell at most."""
_PITCH = 2.2
"""Sizes of the type between two lines that were drawn one after the other, at most."""
_OVERLAP = 0.9
"""Sizes of the type between two lines at most that stand beside one another."""
_RULE = 2.5  # height of a rule in points, at most


def is_table(columns: Sequence[Sequence[Segment]], rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> bool:
    """Tell whether what stands in columns belongs together by rows."""
    if any(_is_list(column) for column in columns[1:]) or any(_has_leaders(column) for column in columns):
        return False
    if card_rows(columns, rules):
        return False
    size = median(one.style.size for column in columns for one in column)
    lengths = [
        mean([len(one.text) for one in column if one.style.size <= _LARGER * size] or [_NARROW]) for column in columns
    ]
    if max(lengths) < _NARROW and _beside(columns) >= max(2, 0.5 * len(rows)):
        return _is_ruled(columns, rows, rules) or not is_drawn_by_columns(columns)
    shared = [row for row in rows if len(row) > 1]
    if len(shared) < 2:
        return False
    if _is_ruled(columns, rows, rules):
        return True
    if is_drawn_by_columns(columns):
        return False
    if all(_runs_on(column) for column in columns):
        return False
    if min(lengths) <= _NARROW and _is_narrow(columns, size):
        return True
    if len(shared) >= 0.5 * len(rows) and min(lengths) <= _SHORT:
        return True
    return _labelled(columns, lengths[0])


def _is_ruled(columns: Sequence[Sequence[Segment]], rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> bool:
    """Tell whether rules divide rows: not where a sentence goes on below one in columns that were drawn as wholes."""
    ruled = row_rules(rows, rules)
    if len(ruled) >= 3 and is_drawn_by_columns(columns):
        ruled = [height for height in ruled if not any(goes_across(height, column) for column in columns)]
    return len(ruled) >= 3


def _has_leaders(column: Sequence[Segment]) -> bool:
    """Tell whether dots lead from a column to the next, as to the pages in a table of contents."""
    return sum(LEADERS.search(one.text[-20:]) is not None for one in column) >= 0.5 * len(column)


def _is_narrow(columns: Sequence[Sequence[Segment]], size: float) -> bool:
    """Tell whether a gutter is so narrow that it was told by the cells: columns of text have wider ones."""
    return any(
        min(one.left for one in right) - max(one.right for one in left) < _TOLD * size
        for left, right in pairwise(columns)
        if left and right and any(one.cell for one in right)
    )


def _beside(columns: Sequence[Sequence[Segment]]) -> int:
    """How many lines stand beside another, on its height or, where cells are centred, a little higher or lower."""
    heights = sorted((one.bottom, at, one.style.size) for at, column in enumerate(columns) for one in column)
    near = [
        below[1] != above[1] and above[0] - below[0] < _OVERLAP * min(above[2], below[2])
        for below, above in pairwise(heights)
    ]
    found = 0
    for at, (low, _, _) in enumerate(heights):
        first_on_height = not at or low - heights[at - 1][0] > 0.3 * heights[at][2]
        found += first_on_height and (near[at : at + 1] == [True] or near[at - 1 : at] == [True])
    return found


def may_be_table(columns: Sequence[Sequence[Segment]], rows: Sequence[Sequence[Segment]]) -> bool:
    """Tell whether what is no table for certain might be one: short lines or figures beside one another."""
    if all(mean(len(one.text) for one in column) <= _NARROW for column in columns):
        return True
    shared = [row for row in rows if len(row) > 1]
    if len(shared) < max(2, 0.5 * len(rows)):
        return False
    short = min(mean(len(one.text) for one in column) for column in columns) <= _LABEL
    figures = any(sum(any(map(str.isdigit, one.text)) for one in column) >= 0.4 * len(column) for column in columns[1:])
    return short or figures


def rows_of_table(rows: Sequence[list[Segment]], rules: Sequence[Box]) -> tuple[int, int]:
    """Where a table begins and ends among lines that leave its gutters open: lines of text above and below may too."""
    start, end = 0, len(rows)
    ruled = row_rules(rows, rules)
    inside = (ruled[-1], ruled[0]) if len(ruled) >= 3 else (0.0, 0.0)
    while end - start > 2 and _stands_outside(rows[start], rows[start + 1 : end], inside, above=True):
        start += 1
    while end - start > 2 and _stands_outside(rows[end - 1], rows[start : end - 1], inside, above=False):
        end -= 1
    return start, end


def _stands_outside(
    row: Sequence[Segment], table: Sequence[Sequence[Segment]], inside: tuple[float, float], above: bool
) -> bool:
    """Tell whether a line that stands alone at the edge of a table is no part of it."""
    if len(row) > 1 or inside[0] < row[0].bottom < inside[1]:
        return False
    line, near = row[0], table[0 if above else -1]
    size = line.style.size
    if not above and _goes_on_below(line, table):
        return False
    if abs(line.bottom - near[0].bottom) > _CLOSE * size or any(inside):
        return True
    if line.left < min(one.left for part in table for one in part) - size:
        return True
    if above:
        return line.text.endswith((".", ":", "!")) or line.style != near[0].style
    return line.style not in {one.style for one in near}


def _goes_on_below(line: Segment, table: Sequence[Sequence[Segment]]) -> bool:
    """Tell whether a line was drawn right after the one above it, as the next line of its cell.

    In the first column it was, where another cell of the row was drawn after it.
    """
    first = min(one.left for row in table for one in row)
    last = max((one for row in table for one in row if one.at < line.at), key=lambda one: one.at, default=None)
    inside = line.left > first + line.style.size or any(one.at > line.at for one in table[-1])
    return (
        last is not None
        and last in table[-1]
        and abs(last.left - line.left) < 1
        and inside
        and last.style == line.style
        and last.bottom - line.bottom < _PITCH * line.style.size
    )


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


def row_rules(rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> list[float]:
    """Return the heights of the rules that go across the columns; the edges of boxes are rules too."""
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
