"""Makes tables of what a web page draws as a table with other elements: by ARIA roles, or by names as "table-row"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.tree import nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import Tag

_ROLES = {"columnheader": "th", "rowheader": "th", "cell": "td", "gridcell": "td"}
_ROW_CLASS = re.compile(r"(?:^|\s)(?:d-|div|css-?|r)?table-?(?:row|tr)(?:$|\s)", re.IGNORECASE)
_CELL_CLASS = re.compile(r"(?:^|\s)(?:d-|div|css-?|r)?table-?(?P<name>cell|td|head|th)(?:$|\s)", re.IGNORECASE)
"""What Bootstrap, Tailwind and generators of tables from <div> call rows and cells."""


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
