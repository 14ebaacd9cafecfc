"""Finds the tables of a plain text: neighbouring lines with tabs, with bars, or with columns set by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MIN_SPACED = 3
"""Lines that columns set by spaces must hold together for; two lines may look alike by chance."""

_TAB = re.compile(r"\S[ ]*\t")
_INNER_TAB = re.compile(r"\S[ ]*\t[\t ]*\S")
_WIDE = re.compile(r"(?<=\S)(?:  +|\t)\s*(?=\S)")
_BAR = re.compile(r"\s\|\s|^\||\|$")
_DRAWN = re.compile(r"[\s|:+-]*-[\s|:+-]*")

Cells = dict[int, tuple[str, ...]]


def find_tables(rows: Sequence[str], items: Sequence[bool]) -> Cells:
    """Return the cells of every row of a table, by its place; a drawn row inside a table with bars has none.

    `rows` are the lines as they were written, tabs included; `items` says which of them begin with a list marker.
    """
    cells: Cells = {}
    at = 0
    while at < len(rows):
        end = at
        kind = _kind(rows[at], items[at])
        while end < len(rows) and kind and _kind(rows[end], items[end]) == kind:
            end += 1
        inner = kind != "tab" or any(_INNER_TAB.search(row) for row in rows[at:end])
        if kind and inner and end - at >= (MIN_SPACED if kind == "space" else 2):
            cells |= _of_block(rows, at, end, kind)
        at = max(end, at + 1)
    return cells


def _kind(row: str, item: bool) -> str:
    bare = row.strip()
    if not ("\t" in row or "|" in bare or "  " in bare):
        return ""
    if _BAR.search(bare):
        return "bar"
    if item:
        # "1.<tab>Wash" is an item; "1.<tab>Ibuprofen<tab>200 mg" is a row.
        return "tab" if len(re.findall(r"\t+", bare)) > 1 else ""
    if _TAB.search(row):
        return "tab"
    return "space" if _WIDE.search(bare) else ""


def _of_block(rows: Sequence[str], start: int, end: int, kind: str) -> Cells:
    block = [row.rstrip() if kind == "space" else row.strip(" ").lstrip() for row in rows[start:end]]
    if kind == "bar":
        split = [_of_bars(row) for row in block]
        return {start + n: cells for n, cells in enumerate(split)}
    if kind == "tab":
        tight = [re.split(r"[ ]*\t[\t ]*", row) for row in block]
        if len({len(row) for row in tight}) > 1:  # an empty cell stands between two tabs
            tight = [re.split(r"[ ]*\t[ ]*", row) for row in block]
        return {start + n: tuple(" ".join(cell.split()) for cell in row) for n, row in enumerate(tight)}
    return _spaced(block, start)


def _of_bars(row: str) -> tuple[str, ...]:
    if _DRAWN.fullmatch(row):
        return ()
    inner = row.removeprefix("|").removesuffix("|")
    return tuple(" ".join(cell.split()) for cell in inner.split("|"))


def _spaced(block: Sequence[str], start: int) -> Cells:
    """Return the rows of columns set by spaces: as many in each line, and the second one begins at one place."""
    split: list[tuple[str, ...]] = []
    places: set[int] = set()
    for row in block:
        wide = row.expandtabs(8)
        gaps = list(_WIDE.finditer(wide))
        borders = [0, *(gap.end() for gap in gaps), len(wide)]
        split.append(tuple(" ".join(wide[a:b].split()) for a, b in pairwise(borders)))
        places.add(gaps[0].end())
    if len(places) > 1 or len({len(row) for row in split}) > 1 or any(_ends(row) for row in split):
        return {}
    return {start + n: row for n, row in enumerate(split)}


def _ends(row: Sequence[str]) -> bool:
    """Tell whether a sentence ends before the last column: two spaces behind a full stop set no column."""
    return any(cell.endswith((".", "!", "?")) for cell in row[:-1])
