"""Reads a table row by row: by the order in which its cells were drawn, by its rules, or by where lines stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.cell_signs import upright_rules
from wellread.importing.pdf.drawn import drawn_rows
from wellread.importing.pdf.grids import Grid, holds
from wellread.importing.pdf.marks import DASHES
from wellread.importing.pdf.regions import TableRows
from wellread.importing.pdf.segments import Segment
from wellread.importing.pdf.tables import row_rules

_CLOSE = 1.45
"""Sizes of the type between two lines of one cell at most."""
_OVERLAP = 0.9
"""Sizes of the type between two lines at most that stand beside one another."""
_PAIR = 2
"""Lines between two rules that may be two rows or one."""
_APART = 3.0
"""Points between two upright rules at least; nearer ones are the two sides of one."""
_ROOM = 0.5
"""Sizes of the type by which letters may be wider than they are on average."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that overlap in height, as cells do that are centred beside taller ones: the cells by their columns."""

    top: float
    bottom: float
    cells: dict[int, list[Segment]]


def read_table(
    rows: Sequence[Sequence[Segment]],
    gutters: Sequence[float],
    rules: Sequence[Box],
    grids: Sequence[Grid],
    page: int,
) -> TableRows:
    """Read a table; a cell keeps its lines. Upright rules divide its columns, where they divide all of them."""
    grid = next((one.inner for one in grids if holds(one, rows)), ())
    inner = grid or _inner_rules(rows, rules)
    if grid or (inner and all(len({_column(one, inner) for one in row}) == len(row) for row in rows)):
        gutters = inner  # in a grid a gap within a cell divides nothing
    ruled = row_rules(rows, rules)
    parted = not grid and any(len(row) > len({_column(one, gutters) for one in row}) for row in rows)
    certain = True
    found = drawn_rows(_columns(rows, gutters))
    if not found:
        blocks = _blocks(rows, gutters)
        columns = len(gutters) + 1
        if len(ruled) >= 3:
            starts, certain = _ruled_starts(blocks, ruled, 0 if inner else columns)
        else:
            starts, certain = _starts(blocks, columns)
        found = _rows(blocks, starts, len(gutters) + 1)
    bold = [all(one.style.bold for cell in row for one in cell) for row in found]
    read = _without_empty_columns([["\n".join(line.text for line in cell) for cell in row] for row in found])
    spans = _spans(found, inner) if len(read[0]) == len(found[0]) else []
    if spans:
        read = [[cell for cell, span in zip(*both, strict=True) if span] for both in zip(read, spans, strict=True)]
    return TableRows(
        tuple(map(tuple, read)),
        page,
        bold[0] and not all(bold),
        certain and not parted and (len(read) > 1 or len(ruled) >= 3),
        spans=tuple(tuple((1, span) for span in row if span) for row in spans),
    )


def _inner_rules(rows: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> list[float]:
    """The places of the upright rules between the columns of a table, from left to right."""
    left, right = min(one.left for row in rows for one in row), max(one.right for row in rows for one in row)
    size = rows[0][0].style.size
    top, bottom = rows[0][0].bottom + 2 * size, rows[-1][0].bottom - 2 * size
    found: list[float] = []
    for place, low, high in upright_rules(rules):
        inside = left < place < right and low < top and high > bottom
        if inside and (not found or place - found[-1] > _APART):
            found.append(place)
    return found


def _spans(rows: Sequence[Sequence[Sequence[Segment]]], inner: Sequence[float]) -> list[list[int]]:
    """How many columns each cell spans, 0 for one that another spans: its text stands where other rows have a rule.

    None are given where no cell does, or where the rules do not divide all columns.
    """
    if len(inner) != len(rows[0]) - 1:
        return []
    found = [[1] * len(row) for row in rows]
    for spans, row in zip(found, rows, strict=True):
        for at, cell in enumerate(row):
            for line in cell:
                first = sum(line.left > place - 1 for place in inner)
                last = sum(line.right > place + 1 for place in inner)
                alone = not any(row[first:at]) and not any(row[at + 1 : last + 1])
                if first <= at <= last and last > first and alone:
                    spans[first : last + 1] = [0] * (last - first + 1)
                    spans[at] = last - first + 1
    return found if any(span > 1 for row in found for span in row) else []


def _rows(blocks: Sequence[_Block], starts: set[int], columns: int) -> list[list[list[Segment]]]:
    """For each row, which begin at some of the blocks, and each column the lines of the cell."""
    found: list[list[list[Segment]]] = []
    for at, block in enumerate(blocks):
        if at in starts or not found:
            found.append([[] for _ in range(columns)])
        for column, lines in block.cells.items():
            found[-1][column] += lines
    return found


def _columns(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> list[list[Segment]]:
    segments = [segment for row in rows for segment in row]
    return [[one for one in segments if _column(one, gutters) == at] for at in range(len(gutters) + 1)]


def _blocks(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> list[_Block]:
    found: list[_Block] = []
    for row in rows:
        overlaps = found and found[-1].bottom - row[0].bottom < _OVERLAP * row[0].style.size
        if overlaps:
            found[-1] = replace(found[-1], bottom=row[0].bottom)
        else:
            found.append(_Block(row[0].bottom, row[0].bottom, {}))
        for segment in row:
            column = _column(segment, gutters)
            found[-1].cells.setdefault(column, []).append(segment)
    return found


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Join columns that only the gap in a column's name, or dashes in the middle of a column, made two.

    A name that is centred above a column of short cells seems to be a column too: it joins the one without a name.
    """
    for named in (False, True):
        for at in range(len(rows[0]) - 1, 0, -1):
            body = [(row[at - 1], row[at]) for row in rows[1:]]
            if (
                (named or not all(rows[0][at - 1 : at + 1]))
                and all(not left or not right for left, right in body)
                and (all(right in ("", *DASHES) for _, right in body) or not any(left for left, _ in body))
            ):
                rows = [[*row[: at - 1], f"{row[at - 1]} {row[at]}".strip(), *row[at + 1 :]] for row in rows]
    return rows


def _column(segment: Segment, gutters: Sequence[float]) -> int:
    return sum(segment.left > gutter for gutter in gutters)


def _ruled_starts(blocks: Sequence[_Block], ruled: Sequence[float], columns: int) -> tuple[set[int], bool]:
    """Where rows begin that rules divide, and whether that is certain.

    Where the columns, 0 if upright rules divide them, have level rules alone, these may divide only the names of the
    columns from all rows, or groups of rows.
    """
    starts = {at for at, pair in enumerate(pairwise(blocks), 1) if _is_ruled_off(*pair, ruled)}
    certain = True
    for first, end in pairwise([*sorted(starts), len(blocks)]) if columns else ():
        inside, sure = _starts(blocks[first:end], columns)
        if len(starts) == 1 or len(inside) == end - first - 1 > 1:
            starts = starts | {first + at for at in inside}
            certain = certain and sure and not (inside and end - first == _PAIR)
    return starts, certain


def _is_ruled_off(above: _Block, below: _Block, ruled: Sequence[float]) -> bool:
    return any(below.top < height + 1 < above.bottom + 1 for height in ruled)


def _starts(blocks: Sequence[_Block], columns: int) -> tuple[set[int], bool]:
    """Where rows of a table without rules begin, and whether that is certain.

    They begin after a wider gap; where the first word of a cell had room on the line above; or where the first column
    has something that does not begin in the middle of a sentence.
    """
    if all(len(block.cells) == columns and not block.cells[0][0].text[0].islower() for block in blocks):
        return set(range(1, len(blocks))), True
    edges = [
        max((one.right for block in blocks for one in block.cells.get(at, ())), default=0.0) for at in range(columns)
    ]
    gaps = [above.bottom - below.top for above, below in pairwise(blocks)]
    size = median(one.style.size for block in blocks for lines in block.cells.values() for one in lines)
    close = [gap for gap in gaps if gap <= _CLOSE * size]
    apart = bool(close) and max(gaps) > 1.25 * min(close) and len(close) < len(gaps)
    found: set[int] = set()
    certain = True
    for at, (above, below) in enumerate(pairwise(blocks), 1):
        leads = 0 in below.cells or len(below.cells) > 1
        room = _had_room(above, below, edges) or _looks_other(above, below)
        if apart and gaps[at - 1] > 1.2 * min(close):
            found.add(at)
        elif leads and (room or not (apart or _goes_on(below))):
            found.add(at)
            certain = certain and (0 in below.cells or apart)
        elif not apart:
            certain = certain and not room and not any(one[0].text[0].isupper() for one in below.cells.values())
    return found, certain


def _had_room(above: _Block, below: _Block, edges: Sequence[float]) -> bool:
    """Tell whether the first word of a cell had room on the line above: then it begins a cell of its own."""
    for at in above.cells.keys() & below.cells.keys():
        last, first = above.cells[at][-1], below.cells[at][0]
        word = (len(first.text.split()[0]) + 1) * (first.right - first.left) / len(first.text)
        if not first.text[0].islower() and last.right + word < edges[at] - _ROOM * first.style.size:
            return True
    return False


def _looks_other(above: _Block, below: _Block) -> bool:
    """Tell whether all that stands below is set in another weight or colour, as below the names of the columns."""
    both = above.cells.keys() & below.cells.keys()
    return bool(both) and all(above.cells[at][-1].style != below.cells[at][0].style for at in both)


def _goes_on(block: _Block) -> bool:
    """Tell whether a line goes on with the cells above: some begin in the middle of a sentence, the first too."""
    begins = [lines[0].text[0] for lines in block.cells.values()]
    return any(map(str.islower, begins)) and (0 not in block.cells or block.cells[0][0].text[0].islower())
