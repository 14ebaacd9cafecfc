"""Reads a Word document's tables: rows of cells, with the columns and rows that each cell spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from wellread.importing.word.asides import DELETED
from wellread.importing.word.blocks import Block, Cell, Table
from wellread.importing.word.styles import Styles
from wellread.importing.word.table_heads import Row, marked_rows

_AROUND = ("w_sdt", "w_sdtContent", "w_customXml", "w_ins", "w_moveTo")


def read_table(
    table: Element, reason: str, read_blocks: Callable[[Element, str], list[Block]], styles: Styles
) -> list[Block]:
    """Read a table, or nothing where it is set aside; `read_blocks` reads a cell, given why it is set aside or ""."""
    rows: list[list[Cell]] = []
    kept: list[Row] = []
    open_cells: dict[int, tuple[int, int]] = {}  # by the column where it begins: the row and place of a tall cell
    for row in _inner(table, "w_tr"):
        why = reason or (DELETED if row.find("w_trPr/w_del") is not None else "")
        skipped = row.find("w_trPr/w_gridBefore")
        column = 0 if skipped is None else int(skipped.get("w_val", "0"))
        cells: list[Cell] = [Cell((), column)] if column and not why else []
        inner = list(_inner(row, "w_tc"))
        for cell in inner:
            span = cell.find("w_tcPr/w_gridSpan")
            columns = max(int(span.get("w_val", "1")), 1) if span is not None else 1
            merged = cell.find("w_tcPr/w_vMerge")
            blocks = read_blocks(cell, why)
            if merged is not None and merged.get("w_val", "continue") == "continue" and column in open_cells:
                above, place = open_cells[column]
                top = rows[above][place]
                rows[above][place] = replace(top, blocks=(*top.blocks, *blocks), rows=top.rows + (not why))
            elif not why:
                open_cells.pop(column, None)
                if merged is not None:
                    open_cells[column] = (len(rows), len(cells))
                cells.append(Cell(tuple(blocks), columns))
            column += columns
        if not why:
            rows.append(cells)
            kept.append((row, inner))
    return [Table(tuple(map(tuple, rows)), marked=marked_rows(table, kept, styles))] if rows else []


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through what only stands around them."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _AROUND:
            yield from _inner(element, tag)
