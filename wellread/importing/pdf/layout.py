"""The order in which a page is read: columns one after the other, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from wellread.importing.pdf.asides import box_around, margin_notes, place_asides, take_asides
from wellread.importing.pdf.bands import cut_across, end_of_columns
from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.cards import card_rows
from wellread.importing.pdf.column_ends import box_beside, cut_at_gaps, gutter_beside_table, short_last_part
from wellread.importing.pdf.drawn import columns_among, drawn_rows
from wellread.importing.pdf.grids import Grid, grid_among, grids_of
from wellread.importing.pdf.grids_beside import blocks_of, with_blocks, with_tables, without_rules
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import Line, Region, TableRows, quoted
from wellread.importing.pdf.runs import bands_of, columns_of, gutters_in
from wellread.importing.pdf.segments import Segment, rows_of
from wellread.importing.pdf.table_rows import read_table
from wellread.importing.pdf.tables import is_table, may_be_table, rows_of_table

_GUTTER = 1.0
"""Least width between two columns of text, in sizes of the type."""
_CELLS = 0.5
"""Least width between two columns of a table: what browsers leave between cells is 0.6."""
_ROW = 100
"""Characters of a line at most whose parts are cells of one row."""
_TEXT = 60
"""Characters of a cell from which on it may be a column of text: two lines of a narrow one."""
_NUMERAL = re.compile(r"\d{1,2}[.)]?")
_HEADING = 1.1
"""How much larger than the cells a line is that heads a table."""


@dataclass(slots=True)
class PageOrder:
    """A page whose regions are being put in order; `doubtful` quotes the places that could be read otherwise."""

    rules: Sequence[Box]
    number: int
    doubtful: list[str] = field(default_factory=list)
    grids: Sequence[Grid] = field(init=False)

    def __post_init__(self) -> None:
        self.grids = grids_of(self.rules)

    def read(self, segments: Sequence[Segment]) -> list[Region]:
        """The regions of a page in the order in which a person reads them."""
        return self._read_around_tables(segments) or self._read_flow(segments)

    def _read_around_tables(self, segments: Sequence[Segment]) -> list[Region]:
        """The regions of a page with ruled tables in its columns; none if it has no such table."""
        blocks = blocks_of(segments, self.grids, self.rules)
        if not blocks:
            return []
        inside = PageOrder(self.rules, self.number)
        read = [(block, _regions(rows_of(block.segments), inside)) for block in blocks]
        tables = [(block, table) for block, table in read if all(isinstance(one, TableRows) for one in table)]
        if not tables:
            return []
        around = PageOrder(without_rules(self.rules, [block for block, _ in tables]), self.number)
        lines = with_blocks(segments, [block for block, _ in tables])
        found = with_tables(around._read_flow(lines), tables)
        self.doubtful += [*inside.doubtful, *around.doubtful] if found else []
        return found

    def _read_flow(self, segments: Sequence[Segment]) -> list[Region]:
        flow, asides = take_asides(segments, self.rules)
        inside = [(aside.box, _regions(rows_of(aside.segments), self)) for aside in asides]
        return place_asides(_regions(rows_of(flow), self), inside)

    def doubt(self, rows: Sequence[Sequence[Segment]]) -> None:
        """Quote the beginning of lines that may belong together otherwise."""
        first = next((row for row in rows if len(row) > 1), rows[0])
        quote = quoted(" | ".join(one.text for one in first))
        if quote not in self.doubtful:
            self.doubtful.append(quote)


def _regions(rows: Sequence[list[Segment]], page: PageOrder) -> list[Region]:
    """Find the tables first, whose gutters may be narrow, then the columns of text."""
    if (grid := grid_among(rows, page.grids)) and not _ends_a_column(rows[: grid[0]], rows[grid[0] : grid[1]]):
        start, end = grid
        return [one for part in (rows[:start], rows[start:end], rows[end:]) for one in _regions(part, page)]
    if cut := _below_or_above_columns(rows, page):
        return [*_regions(rows[:cut], page), *_regions(rows[cut:], page)]
    if parted := _around_table(rows, page):
        above, columns, below = parted
        return [
            *_regions(above, page),
            *(one for column in columns for one in _column(column, page)),
            *_regions(below, page),
        ]
    found: list[Region] = []
    for start, end, table in _divided(rows, _CELLS, lambda band: _table_in(band, page)):
        if table:
            found += _table(rows[start:end], page)
        else:
            found += _text(rows[start:end], page)
    return found


def _ends_a_column(above: Sequence[list[Segment]], table: Sequence[list[Segment]]) -> bool:
    """Tell whether a table stands in one of the columns right above it, the others having ended before."""
    bands = bands_of(above, _GUTTER)
    if not bands or bands[-1][1] < len(above):
        return False
    left, right = min(row[0].left for row in table), max(row[-1].right for row in table)
    return not any(left < gutter < right for gutter in gutters_in(above[bands[-1][0] :], _GUTTER))


def _below_or_above_columns(rows: Sequence[list[Segment]], page: PageOrder) -> int:
    """Where lines are to be cut between columns of text and a table whose gutters go on through them; 0 if nowhere."""
    for start, end in bands_of(rows, _CELLS):
        band = rows[start:end]
        columns = columns_among(band, _CELLS)
        edges = [0, *(edge for part in columns for edge in part), len(band)]
        for top, bottom in zip(edges[::2], edges[1::2], strict=True) if columns else ():  # what stands around columns
            first, last = rows_of_table(band[top:bottom], page.rules) if bottom > top else (0, 0)
            if last and _is_table(band[top + first : top + last], page.rules):
                return start + (top or bottom)
    return 0


def _around_table(
    rows: Sequence[list[Segment]], page: PageOrder
) -> tuple[Sequence[list[Segment]], list[list[Segment]], Sequence[list[Segment]]] | None:
    """The columns around a ruled table that stands in one of them, with the lines above and below both."""
    for start, end in bands_of(rows, _CELLS):
        gutter = gutter_beside_table(rows[start:end], gutters_in(rows[start:end], _CELLS), page.rules)
        if gutter is None:
            continue
        open_rows = [all(one.right < gutter or one.left > gutter for one in row) for row in rows]
        while start and open_rows[start - 1]:
            start -= 1
        while end < len(rows) and open_rows[end]:
            end += 1
        end = start + end_of_columns(rows[start:end])
        return rows[:start], columns_of(rows[start:end], [gutter]), rows[end:]
    return None


def _divided(
    rows: Sequence[list[Segment]], least: float, find: Callable[[Sequence[list[Segment]]], tuple[int, int]]
) -> list[tuple[int, int, bool]]:
    """Cut lines into runs: what is found in those that a gutter of a width goes through, and all others."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in bands_of(rows, least):
        first, last = find(rows[start:end])
        if last > first:
            found += [(at, start + first, False), (start + first, start + last, True)]
            at = start + last
    found.append((at, len(rows), False))
    return [(start, end, accepted) for start, end, accepted in found if end > start]


def _text(rows: Sequence[list[Segment]], page: PageOrder) -> list[Region]:
    found: list[Region] = []
    beside: list[tuple[Box, list[Region]]] = []
    for start, end, has_columns in _divided(rows, _GUTTER, lambda band: (0, end_of_columns(band))):
        band = rows[start:end]
        if not has_columns:
            found.append(_lines(band, page.number))
        elif len(band) == 1:
            found += _one_row(band[0], page)
        elif len(band) < len(rows) and _table_in(band, page) != (0, 0):  # longer with narrower gutters it was none
            found += _regions(band, page)
        else:
            gutters = gutters_in(band, _GUTTER)
            if not gutters:  # where columns ended early, none may be left
                found.append(_lines(band, page.number))
                continue
            if (read := _whole_columns(band, gutters, page)) is not None:
                found += read
                continue
            columns = columns_of([_with_numerals(band, gutters)], gutters)
            box = box_beside(columns, gutters, rows[end:])
            for number, column in enumerate(columns):
                regions = _column(column, page)
                if number == box:
                    beside.append((box_around(column), regions))
                else:
                    found += regions
    return place_asides(found, beside)


def _whole_columns(band: Sequence[list[Segment]], gutters: Sequence[float], page: PageOrder) -> list[Region] | None:
    """The regions of cards, of columns that are cut across, drawn cell by cell, with notes, or with a short part below.

    None if nothing of this is so.
    """
    columns = columns_of(band, gutters)
    if cards := card_rows(columns, page.rules):
        return [region for row in cards for cell in row for region in _column(cell, page)]
    parts = [part for piece in cut_at_gaps(band, gutters) for part in cut_across(piece, gutters, page.rules)]
    if len(parts) > 1:
        return [region for part in parts for region in _regions(part, page)]
    drawn = drawn_rows(columns)
    if drawn and all(len(cell) != 1 for row in drawn for cell in row):  # a short line may be a heading of both
        return [region for row in drawn for cell in row for region in _column(cell, page)]
    columns = columns_of([_with_numerals(band, gutters)], gutters)
    if margin := margin_notes(columns):
        text, notes = margin
        return place_asides(_column(text, page), [(one.box, _column(one.segments, page)) for one in notes])
    last, certain = short_last_part(columns)
    tail = columns[0][last:]
    if certain:
        return [region for column in (columns[0][:last], *columns[1:], tail) for region in _column(column, page)]
    if tail:
        page.doubt([tail])
    return None


def _column(column: Sequence[Segment], page: PageOrder) -> list[Region]:
    return _regions(rows_of(column), page) if column else []


def _with_numerals(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> list[Segment]:
    """The segments of columns, a column of nothing but large numerals put before the lines that they count."""
    columns = columns_of(rows, gutters)
    for numerals, texts in pairwise(columns):
        if not all(_NUMERAL.fullmatch(one.text) for one in numerals):
            continue
        for numeral in numerals:
            height = 0.75 * numeral.style.size
            near = [one for one in texts if -1 < one.bottom - numeral.bottom < height]
            first = max(near, key=lambda one: one.bottom, default=None)
            if first:
                texts[texts.index(first)] = replace(first, text=f"{numeral.text} {first.text}", left=first.left)
                numerals = [one for one in numerals if one is not numeral]
        columns[columns.index(texts) - 1] = list(numerals)
    return [segment for column in columns for segment in column]


def _one_row(row: Sequence[Segment], page: PageOrder) -> list[Region]:
    """A line with a gap in it: a row of a table if it is short and of one look, else two texts."""
    if len({segment.style for segment in row}) == 1 and sum(len(one.text) for one in row) < _ROW:
        return [TableRows((tuple(one.text for one in row),), page.number)]
    return [_lines([[segment]], page.number) for segment in row]


def _table_in(rows: Sequence[list[Segment]], page: PageOrder) -> tuple[int, int]:
    """Where a table stands in a band, from one line to before another; nowhere if both are one."""
    start, end = rows_of_table(rows, page.rules)
    if card_rows(columns_of(rows[start:end], gutters_in(rows[start:end], _CELLS)), page.rules):
        return 0, 0
    for first, last in ((start, end), (0, len(rows))):
        if _is_table(rows[first:last], page.rules):
            return start, end
    gutters = gutters_in(rows, _CELLS)
    if gutters and may_be_table(columns_of(rows, gutters), rows):
        page.doubt(rows)
    return 0, 0


def _is_table(rows: Sequence[list[Segment]], rules: Sequence[Box]) -> bool:
    """Tell whether a band is a table, or tables with headings between them."""
    parts = [part for part in _between_headings(rows) if len(part) > 1]
    return bool(parts) and all(is_table(columns_of(part, gutters_in(part, _CELLS)), part, rules) for part in parts)


def _table(rows: Sequence[list[Segment]], page: PageOrder) -> list[Region]:
    found: list[Region] = []
    for part in _between_headings(rows):
        gutters = gutters_in(part, _CELLS)
        if len(part) > 1 and gutters:
            table = read_table(part, gutters, page.rules, page.grids, page.number)
            if not table.certain or _may_hold_columns(table.rows):
                page.doubt(part)
            found.append(table)
        else:
            found.append(_lines(part, page.number))
    return found


def _may_hold_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row has long texts beside an empty cell and others have none: it may be columns of text."""
    beside = any("" in row and sum(len(cell) > _TEXT for cell in row) > 1 for row in rows)
    return beside and sum(all(row) for row in rows) > 1


def _between_headings(rows: Sequence[list[Segment]]) -> list[list[list[Segment]]]:
    """Lines cut at those that stand alone in larger type."""
    size = median(segment.style.size for row in rows for segment in row)
    parts: list[list[list[Segment]]] = [[]]
    for row in rows:
        if len(row) == 1 and row[0].style.size > _HEADING * size:
            parts += [[row], []]
        else:
            parts[-1].append(row)
    return [part for part in parts if part]


def _lines(rows: Sequence[Sequence[Segment]], page: int) -> list[Line]:
    edges = (min(one.left for row in rows for one in row), max(one.right for row in rows for one in row))
    found = []
    for row in rows:
        main = max(row, key=lambda one: (len(one.text), -one.left))
        bold = all(one.style.bold for one in row)
        color = main.style.color if len({one.style.color for one in row}) == 1 else ()
        style = Style(main.style.size, bold, color, all(one.style.underlined for one in row))
        text = " ".join(one.text for one in row)
        drawn = min(one.at for one in row)
        found.append(Line(text, page, style, row[0].left, row[-1].right, main.bottom, edges, drawn))
    return found
