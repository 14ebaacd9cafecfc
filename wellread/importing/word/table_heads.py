"""Finds the row of a Word table that names its columns, and the title in the row above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from wellread.importing.symbols import code_of
from wellread.importing.word.blocks import Cell, Table, paragraphs_of
from wellread.importing.word.structure import MAX_HEADING
from wellread.importing.word.styles import OFF, Styles, value_of

_FIRST_ROW = 0x0020
"""The bit of a table's look that shows its first row as the style has it (ISO/IEC 29500-4, 14.11.7)."""
_UNSHADED = ("", "auto", "FFFFFF")
_FIGURE = re.compile(r"[+(]*\d")
"""What a dose or a telephone number begins with."""

Row = tuple[Element, Sequence[Element]]
"""A row of a table as the file has it, and its cells."""


def marked_rows(table: Element, rows: Sequence[Row], styles: Styles) -> tuple[int, ...]:
    """Find the rows that a file marks as heads: repeated on each page, set apart by the style, or shaded alone.

    Where the row below is shaded too, in whatever colour, the colours say something else: green, amber, red.
    """
    style = value_of(table, "w_tblPr/w_tblStyle") or ""
    styled = styles.sets_first_row_apart(style) and _shows_first_row(table.find("w_tblPr/w_tblLook"))
    fills = [tuple(map(_fill, cells)) for _, cells in rows]
    count = Counter(fills)
    found = []
    for at, (row, _) in enumerate(rows):
        repeated = row.find("w_trPr/w_tblHeader")
        shaded = at + 1 < len(rows) and all(fills[at]) and not all(fills[at + 1]) and count[fills[at]] == 1
        if (styled and at == 0) or shaded or (repeated is not None and repeated.get("w_val", "1") not in OFF):
            found.append(at)
    return tuple(found)


def _shows_first_row(look: Element | None) -> bool:
    named = None if look is None else look.get("w_firstRow")
    if look is None or named is not None:
        return named is not None and named not in OFF
    return bool(code_of(look.get("w_val", "")) & _FIRST_ROW)


def _fill(cell: Element) -> str:
    shading = cell.find("w_tcPr/w_shd")
    color = "" if shading is None else shading.get("w_fill", "")
    return "" if color in _UNSHADED else color


def head_row(table: Table) -> int | None:
    """Find the row that names the columns: the first, or the second below a title that spans all; None where none does.

    It is marked, or in bold above a row that is not. Two cells of it or more have text, and none has a passage. A label
    with a figure above another figure, "Emergency | 112", is a row that the author made stand out.
    """
    rows = table.rows
    at = int(len(rows) > 2 and _spans_all(table))
    texts = [_text(cell) for cell in rows[at]]
    if at + 1 == len(rows) or sum(map(bool, texts)) < 2 or max(map(len, texts)) > MAX_HEADING:
        return None
    if len(texts) == 2 and all(_FIGURE.match(_text(row[-1])) for row in rows[at : at + 2] if row):
        return None
    return at if at in table.marked or (_is_bold(rows[at]) and not _is_bold(rows[at + 1])) else None


def heads_above(table: Table) -> bool:
    """Tell whether the first row spans all columns and is a heading, or the title above the row of heads."""
    if len(table.rows) < 2 or not _spans_all(table):
        return False
    return head_row(table) == 1 or any(line.level for line in paragraphs_of(table.rows[0][0].blocks))


def _spans_all(table: Table) -> bool:
    first, second = table.rows[:2]
    return len(first) == 1 < first[0].columns == sum(cell.columns for cell in second)


def _text(cell: Cell) -> str:
    return " ".join(filter(None, (paragraph.text for paragraph in paragraphs_of(cell.blocks))))


def _is_bold(row: Sequence[Cell]) -> bool:
    """Tell whether all words of a row are bold."""
    runs = [run for cell in row for paragraph in paragraphs_of(cell.blocks) for run in paragraph.runs]
    return all(run.look.bold for run in runs if run.text.strip())
