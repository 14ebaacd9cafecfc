"""Makes tables of what a web page draws as a table with other elements: by ARIA roles, by names, or by equal rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.tree import BLOCK_NAMES, first_inside, nearest_around, new_tag, text_of
from wellread.text.dates import dated

if TYPE_CHECKING:
    from bs4 import Tag

_ROLES = {"columnheader": "th", "rowheader": "th", "cell": "td", "gridcell": "td"}
_ROW_CLASS = re.compile(r"(?:^|\s)(?:d-|div|css-?|r)?table-?(?:row|tr)(?:$|\s)", re.IGNORECASE)
_CELL_CLASS = re.compile(r"(?:^|\s)(?:d-|div|css-?|r)?table-?(?P<name>cell|td|head|th)(?:$|\s)", re.IGNORECASE)
"""What Bootstrap, Tailwind and generators of tables from <div> call rows and cells."""
_MOST_IN_CELL = 12
"""Words of a cell at most where only the equal number of cells in each row tells that it is one."""
_LEAST_ROWS = 3
_PLACED = frozenset("first last odd even active current selected show open".split())
"""Classes that say where a row stands or how it is shown, and not that it is a head."""
_COLUMNS = re.compile(r"(?:^|\s)(?:\w+:)?grid-cols-(\d)(?:$|\s)")
"""How Tailwind says how many columns a grid has."""


def make_tables(page: Tag) -> None:
    """Give elements that are a table by their roles, or two rows or more by their names, the names of a table.

    Every element of a row must be a cell, and no word stand outside the rows.
    """
    for table in page.find_all(role=["table", "grid"]):
        if table.name != "table":
            _name(table, table.find_all(role="row"))
    rows = page.find_all(lambda tag: _ROW_CLASS.search(classes_of(tag)) is not None)
    for around in {id(row.parent): row.parent for row in rows if row.parent is not None}.values():
        inside = [row for row in rows if row.parent is around]
        if len(inside) > 1 and nearest_around(inside[0], ("table",)) is None:
            _name(around, inside)
    for grid in page.find_all(class_=_COLUMNS):
        _divide(grid)
    for around in page.find_all(["div", "section", "main", "article", "body", "form"]):
        for _, group in groupby(around.find_all(True, recursive=False), _form):
            _frame(list(group))


def _divide(grid: Tag) -> None:
    """Put the cells of a grid, which stand one after the other in it, into rows, where the first row is a head."""
    found = _COLUMNS.search(classes_of(grid))
    cells = grid.find_all(True, recursive=False)
    count = int(found[1]) if found else 0
    rows = [cells[at : at + count] for at in range(0, len(cells), count)] if count > 1 else []
    if len(rows) < _LEAST_ROWS or len(cells) % count or not all(map(_is_cell, cells)):
        return
    if text_of(grid) == " ".join(map(text_of, cells)) and _stands_out([grid], rows[0], rows[1:]):
        for row in rows:
            row[0].insert_before(framed := new_tag("div"))
            framed.attrs = {"class": "grid-row"}
            framed.extend([cell.extract() for cell in row])


def _form(row: Tag) -> tuple[str, int]:
    """The name of an element and how many short cells it consists of, 0 where it is no row of them."""
    cells = row.find_all(True, recursive=False) if row.name in ("div", "ul", "section") else []
    whole = len(cells) > 1 and all(map(_is_cell, cells)) and row.find("a") is None
    return row.name, len(cells) if whole and text_of(row) == " ".join(filter(None, map(text_of, cells))) else 0


def _is_cell(tag: Tag) -> bool:
    if tag.name not in ("div", "span", "p", "b", "strong", "li"):
        return False
    words = text_of(tag)
    inner = first_inside(tag, BLOCK_NAMES)
    plain = inner is None or (inner.name in ("p", "div") and text_of(inner) == words)
    return plain and len(words.split()) <= _MOST_IN_CELL


def _frame(rows: Sequence[Tag]) -> None:
    """Make a table of rows of cells that share a class, where the first is a head, or each ends in a figure."""
    shared = set.intersection(*(_names([row]) for row in rows))
    cells = [row.find_all(True, recursive=False) for row in rows]
    if len(rows) < _LEAST_ROWS or len(cells[0]) < 2 or not shared or nearest_around(rows[0], ("table",)) is not None:
        return
    if not all(map(text_of, rows)) or _form(rows[0])[1] == 0:
        return
    headed = _stands_out(rows, cells[0], cells[1:])
    if not headed and not all(_is_line_of_figures(row) for row in cells):
        return
    rows[0].insert_before(table := new_tag("table"))
    for at, row in enumerate(rows):
        for cell in cells[at]:
            cell.name = "th" if headed and at == 0 else "td"
        row.name = "tr"
        table.append(row.extract())


def _stands_out(rows: Sequence[Tag], head: Sequence[Tag], below: Sequence[Sequence[Tag]]) -> bool:
    """Tell whether a first row looks unlike all others, by a class or by bold type, and has words in all its cells."""
    if not all(any(map(str.isalpha, text_of(cell))) for cell in head):
        return False
    if len(head) == 2 and any(map(str.isdecimal, "".join(map(text_of, head)))):
        return False  # "1", "Wash your hands": a step that is marked
    own = _names(rows[:1]) - _names(rows[1:]) if len(rows) > 1 else set()
    cells = [cell for row in below for cell in row]
    common = set.intersection(*(_names([cell]) for cell in head)) - _names(cells)
    bold = all(map(_is_bold, head)) and not any(map(_is_bold, cells))
    return bold or bool((own | common) - _PLACED)


def _names(tags: Sequence[Tag]) -> set[str]:
    return {name for tag in tags for name in classes_of(tag).split()}


def _is_bold(cell: Tag) -> bool:
    bold = cell if cell.name in ("b", "strong") else cell.find(["b", "strong"])
    return bold is not None and text_of(bold) == text_of(cell)


def _is_line_of_figures(row: Sequence[Tag]) -> bool:
    """Tell whether a row without a head says something in its first cell, and how much in its last; no day does."""
    first, last = text_of(row[0]), text_of(row[-1])
    return any(map(str.isalpha, first)) and any(map(str.isdecimal, last)) and not dated(last)


def _name(table: Tag, rows: Sequence[Tag]) -> None:
    """Name a table, its rows and cells, where these are all that it holds."""
    named = [list(map(_cell_name, row.find_all(True, recursive=False))) for row in rows]
    alone = text_of(table) == " ".join(filter(None, map(text_of, rows)))
    if not alone or not rows or not all(len(names) > 1 and all(names) for names in named):
        return
    for row, names in zip(rows, named, strict=True):
        for cell, name in zip(row.find_all(True, recursive=False), names, strict=True):
            cell.name = name
        row.name = "tr"
    for group in table.find_all(role="rowgroup"):
        group.name = "tbody"
    table.name = "table"


def _cell_name(tag: Tag) -> str:
    found = _CELL_CLASS.search(classes_of(tag))
    named = "" if found is None else "th" if found["name"].lower() in ("head", "th") else "td"
    return _ROLES.get(str(tag.get("role")), named)
