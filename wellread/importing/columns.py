"""Puts headings that stand beside one another above the text of their own columns, or makes a table of short rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.tables import is_passage
from wellread.importing.tree import HEADING_NAMES, first_inside, new_tag, text_of

if TYPE_CHECKING:
    from bs4 import Tag


_GRID = re.compile(r"(?:^|[-_\s])(?:grid|row|columns|cols)(?:$|[-_\s])", re.IGNORECASE)
"""What sites call an element whose own elements stand beside one another."""


def settle_columns(text: Tag) -> list[str]:
    """Bring rows of columns, whose first row is headings alone, into an order in which each heads its own; gives notes.

    The rows are a table's that holds passages, or elements of one class with as many elements in each. Two rows or more
    below the headings are read across: they become a table.
    """
    beside = tabled = 0
    for table in text.find_all("table"):
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        if table.find("table") is None and any(map(is_passage, table.find_all(["td", "th"]))):
            for at, row in enumerate(rows):
                if len(below := _below(row, rows[at + 1 :])) == 1:
                    beside += 1
                    _pair(row, below)
    for first in text.find_all(["div", "section"]):
        if first.decomposed:
            continue
        heads, below = _beside(first)
        if len(below) > 1:
            tabled += 1
            _make_table(first, heads, below)
        elif below:
            beside += 1
            _pair(heads, below)
    notes = []
    if beside:
        notes.append(f"headings that stand beside one another stand each above its own column now ({beside})")
    if tabled:
        notes.append(f"rows of columns under headings became tables ({tabled})")
    return notes


def _beside(first: Tag) -> tuple[Sequence[Tag], list[Sequence[Tag]]]:
    """Headings that stand beside one another in an element, and the rows of texts below them, in it or behind it."""
    cells = first.find_all(True, recursive=False)
    heads = list(takewhile(lambda cell: cell.name in HEADING_NAMES, cells))
    if not classes_of(first):
        return [], []
    if _are_heads(cells):
        return cells, _below(cells, _rows_like(first))
    if not _GRID.search(classes_of(first)) or not _are_heads(heads):
        return [], []
    rows = [cells[at : at + len(heads)] for at in range(len(heads), len(cells), len(heads))]
    below = _below(heads, rows)
    return heads, below if len(below) == len(rows) else []


def _rows_like(first: Tag) -> list[Sequence[Tag]]:
    """The cells of the rows directly below one that have its class, or of rows in frames as it has one."""
    outer, depth = first, 0
    while outer.parent is not None and outer.parent.name == "div" and text_of(outer.parent) == text_of(first):
        outer, depth = outer.parent, depth + 1
    rows: list[Sequence[Tag]] = []
    for frame in outer.find_next_siblings(True):
        if frame.name != outer.name or classes_of(frame) != classes_of(outer):
            break
        cells = [frame]
        for _ in range(depth + 1):
            cells = cells[0].find_all(True, recursive=False) if len(cells) == 1 else []
        rows.append(cells)
    return rows


def _are_heads(cells: Sequence[Tag]) -> bool:
    """Tell whether cells beside one another, two or more, are headings of one level and nothing else."""
    headings = [cell if cell.name in HEADING_NAMES else first_inside(cell, HEADING_NAMES) for cell in cells]
    found = [(cell, head) for cell, head in zip(cells, headings, strict=True) if head is not None]
    whole = len(found) == len(cells) > 1 and all(text_of(head) == text_of(cell) != "" for cell, head in found)
    return whole and len({head.name for _, head in found}) == 1


def _below(heads: Sequence[Tag], rows: Sequence[Sequence[Tag]]) -> list[Sequence[Tag]]:
    """The rows directly below headings that have as many cells, some with text and none with a heading."""
    if not _are_heads(heads):
        return []

    def belongs(row: Sequence[Tag]) -> bool:
        headed = any(cell.name in HEADING_NAMES or first_inside(cell, HEADING_NAMES) is not None for cell in row)
        return len(row) == len(heads) and not headed and any(map(text_of, row))

    return list(takewhile(belongs, rows))


def _pair(heads: Sequence[Tag], below: Sequence[Sequence[Tag]]) -> None:
    """Move the texts of each column behind its heading."""
    columns = [cell if cell.name in HEADING_NAMES else list(cell.children)[-1] for cell in heads]
    for row in below:
        for at, cell in enumerate(row):
            moved = new_tag("div", [child.extract() for child in list(cell.children)])
            columns[at].insert_after(moved)
            columns[at] = moved


def _make_table(first: Tag, heads: Sequence[Tag], below: Sequence[Sequence[Tag]]) -> None:
    """Write a row of headings, and the rows below it, as a table in the place of the first."""
    rows = [new_tag("tr", [_cell("th", cell) for cell in heads])]
    rows += [new_tag("tr", [_cell("td", cell) for cell in row]) for row in below]
    around = [row[0].parent for row in below]
    first.replace_with(new_tag("table", rows))
    for row in around:
        if row is not None:
            row.decompose()


def _cell(name: str, cell: Tag) -> Tag:
    heading = cell if cell.name in HEADING_NAMES else first_inside(cell, HEADING_NAMES)
    return new_tag(name, [child.extract() for child in list((heading or cell).children)])
