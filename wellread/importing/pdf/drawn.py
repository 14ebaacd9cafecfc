"""What the order in which a page's texts were drawn tells about columns and rows.

Programs draw a cell, or a column of text, from its first line to its last before they go on to the next. Some draw a
page line by line instead, from its top to its bottom, and their order tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import mean, median

from wellread.importing.pdf.regions import Line, Region
from wellread.importing.pdf.runs import columns_of, gutters_in
from wellread.importing.pdf.segments import Segment

_RISE = 0.5
"""Sizes of the type by which a text stands higher than the one drawn before it that is not drawn line by line."""

_PROSE = 26
"""Characters of a line, on average, from which on lines are text and no cells."""
_LINES = 4
"""Lines of columns of text at least: the cells of a table have fewer."""
_LARGER = 1.1
"""How much larger than the text a heading is."""
_MOST = 500
"""Regions of a page that are compared at most: a leaflet's page has ten."""
_IN_ORDER = 0.6
"""Share of the text that is drawn in the order of reading at least where the rest is worth a note."""

Row = list[list[Segment]]
"""For each column the lines of a row's cell."""


def is_drawn_by_columns(columns: Sequence[Sequence[Segment]]) -> bool:
    """Tell whether each column was drawn as a whole, and one of them has several lines."""
    visits = _visits(columns)
    return len(visits) == len(columns) and max(map(len, columns)) > 1 and _rises(visits)


def drawn_rows(columns: Sequence[Sequence[Segment]]) -> list[Row]:
    """The rows of what stands in columns, as they were drawn cell by cell; none if the order does not tell them.

    A row begins where the column is not to the right of the one before. Each row must stand below the last.
    """
    visits = _visits(columns)
    if len(visits) <= len(columns) or not _rises(visits):
        return []
    rows: list[Row] = []
    last = len(columns)
    for column, lines in visits:
        if column <= last:
            rows.append([[] for _ in columns])
        rows[-1][column] = lines
        last = column
    heights = [[line.bottom for cell in row for line in cell] for row in rows]
    apart = all(min(above) > max(below) for above, below in pairwise(heights))
    return rows if apart else []


def columns_among(band: Sequence[Sequence[Segment]], least: float) -> list[tuple[int, int]]:
    """Where columns of text begin and end among lines.

    Their gutters are `least` sizes of the type wide. All above them was drawn before them, and all below after them.
    """
    last = list(accumulate((max(one.at for one in row) for row in band), max))
    next_first = list(accumulate((min(one.at for one in row) for row in reversed(band)), min))[::-1]
    cuts = [0, *(at for at in range(1, len(band)) if last[at - 1] < next_first[at])]
    return [(start, end) for start, end in pairwise([*cuts, len(band)]) if _are_columns(band[start:end], least)]


def _are_columns(rows: Sequence[Sequence[Segment]], least: float) -> bool:
    """Tell whether text of whole lines stands in columns, each of which was drawn as a whole."""
    columns = columns_of(rows, gutters_in(rows, least))
    size = median(one.style.size for column in columns for one in column)
    lengths = [[len(one.text) for one in column if one.style.size <= _LARGER * size] for column in columns]
    prose = all(len(column) > 1 and mean(column) > _PROSE for column in lengths)
    return len(columns) > 1 and len(rows) >= _LINES and prose and is_drawn_by_columns(columns)


def _visits(columns: Sequence[Sequence[Segment]]) -> list[tuple[int, list[Segment]]]:
    """The lines that were drawn one after the other in one column, and that column."""
    ordered = sorted(
        ((line, column) for column, lines in enumerate(columns) for line in lines), key=lambda one: one[0].at
    )
    found: list[tuple[int, list[Segment]]] = []
    for line, column in ordered:
        if found and found[-1][0] == column:
            found[-1][1].append(line)
        else:
            found.append((column, [line]))
    return found


def _rises(visits: Sequence[tuple[int, Sequence[Segment]]]) -> bool:
    lines = [line for _, visit in visits for line in visit]
    return any(below.bottom > above.bottom + _RISE * below.style.size for above, below in pairwise(lines))


def drawn_elsewhere(regions: Sequence[Region]) -> list[Sequence[Line]]:
    """The regions of a page that are read before or after others otherwise than they were drawn, the shortest possible.

    None where much of the text is, or where the page was drawn line by line: its order is none of reading.
    """
    texts = [region for region in regions if isinstance(region, list) and region]
    lines = sorted((line for text in texts for line in text), key=lambda line: line.at)
    rises = any(below.bottom > above.bottom + _RISE * below.style.size for above, below in pairwise(lines))
    if len(texts) > _MOST or not rises:
        return []
    starts = [median(line.at for line in text) for text in texts]
    sizes = [sum(len(line.text) for line in text) for text in texts]
    best: list[tuple[int, int]] = []  # for each region the most text in the order of drawing that ends with it
    for at, start in enumerate(starts):
        before = max(((best[one][0], one) for one in range(at) if starts[one] < start), default=(0, -1))
        best.append((before[0] + sizes[at], before[1]))
    at = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    kept = best[at][0] if best else 0
    moved = set(range(len(texts)))
    while at >= 0:
        moved.discard(at)
        at = best[at][1]
    return [texts[one] for one in sorted(moved)] if kept > _IN_ORDER * sum(sizes) else []
