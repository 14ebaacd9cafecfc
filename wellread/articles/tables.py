"""Finds the tables of a plain text: neighbouring lines with tabs, with bars, or with columns set by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MIN_SPACED = 3
"""Lines that columns set by spaces must hold together for; two lines may look alike by chance."""
_SLACK = 1
"""Characters by which a cell may begin beside its column."""

_TAB = re.compile(r"\S[ ]*\t")
_INNER_TAB = re.compile(r"\S[ ]*\t[\t ]*\S")
_WIDE = re.compile(r"(?<=\S)(?:  +|\t)\s*(?=\S)")
_BAR = re.compile(r"\s\|\s|^\||\|$")
_DRAWN = re.compile(r"[\s|:+=-]*[-=][\s|:+=-]*")
_GRID = re.compile(r"\+(?:[-=]{2,}\+)+")

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
        while end < len(rows) and kind and (_kind(rows[end], items[end]) == kind or _goes_on(rows, items, end, kind)):
            end += 1
        inner = kind != "tab" or any(_INNER_TAB.search(row) for row in rows[at:end])
        if kind and inner and end - at >= (MIN_SPACED if kind == "space" else 2):
            cells |= _of_block(rows, at, end, kind)
        at = max(end, at + 1)
    return cells


def _goes_on(rows: Sequence[str], items: Sequence[bool], at: int, kind: str) -> bool:
    """Tell whether a row is a line drawn between two rows of a table."""
    drawn = at > 0 and at + 1 < len(rows) and _DRAWN.fullmatch(rows[at]) is not None
    return drawn and _kind(rows[at - 1], items[at - 1]) == kind == _kind(rows[at + 1], items[at + 1])


def _kind(row: str, item: bool) -> str:
    bare = row.strip()
    if not ("\t" in row or "|" in bare or "  " in bare or bare.startswith("+")):
        return ""
    if _GRID.fullmatch(bare):
        return "bar"
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
        written = [at for at, row in enumerate(block) if not _DRAWN.fullmatch(row)]
        tight = [re.split(r"[ ]*\t[\t ]*", block[at]) for at in written]
        if len({len(row) for row in tight}) > 1:  # an empty cell stands between two tabs
            tight = [re.split(r"[ ]*\t[ ]*", block[at]) for at in written]
        rows_of_cells = [tuple(" ".join(cell.split()) for cell in row) for row in tight]
        return _with_drawn(block, start, written, rows_of_cells)
    return _spaced(block, start)


def _with_drawn(block: Sequence[str], start: int, written: Sequence[int], rows: Sequence[tuple[str, ...]]) -> Cells:
    """Return the cells of all rows of a block by their places, none for those that are drawn."""
    cells: Cells = {start + at: () for at in range(len(block))}
    return cells | {start + at: row for at, row in zip(written, rows, strict=True)}


def _of_bars(row: str) -> tuple[str, ...]:
    if _DRAWN.fullmatch(row):
        return ()
    inner = row.removeprefix("|").removesuffix("|")
    return tuple(" ".join(cell.split()) for cell in inner.split("|"))


def _spaced(block: Sequence[str], start: int) -> Cells:
    """Return the rows of columns set by spaces, where these are even, or begin where the first line's do."""
    written = [at for at, row in enumerate(block) if not _DRAWN.fullmatch(row)]
    split = [_words_with_places(block[at].expandtabs(8)) for at in written]
    if not split:
        return {}
    rows = [tuple(words for _, words in row) for row in split] if _is_even(split) else _below_first(split)
    if not rows or any(_ends([cell for cell in row if cell]) for row in rows):
        return {}
    return _with_drawn(block, start, written, rows)


def _below_first(split: Sequence[Sequence[tuple[int, str]]]) -> list[tuple[str, ...]]:
    """The rows where each cell begins where the first line has one, some of them empty; none where one does not."""
    starts = [place for place, _ in split[0]]
    rows: list[tuple[str, ...]] = []
    for row in split:
        cells = [""] * len(starts)
        for place, words in row:
            near = min(range(len(starts)), key=lambda at: abs(starts[at] - place))
            if cells[near] or abs(starts[near] - place) > _SLACK:
                return []
            cells[near] = words
        rows.append(tuple(cells))
    return rows


def _words_with_places(row: str) -> list[tuple[int, str]]:
    """The cells of a line and where each begins."""
    begin = len(row) - len(row.lstrip())
    gaps = list(_WIDE.finditer(row))
    borders = [begin, *(gap.end() for gap in gaps), len(row)]
    return [(a, " ".join(row[a:b].split())) for a, b in pairwise(borders)]


def _is_even(split: Sequence[Sequence[tuple[int, str]]]) -> bool:
    """Tell whether all lines have as many cells, and the second ones begin at one place."""
    return len({len(row) for row in split}) == 1 and len({row[1][0] for row in split}) == 1


def _ends(row: Sequence[str]) -> bool:
    """Tell whether a sentence ends before the last column: two spaces behind a full stop set no column."""
    return any(cell.endswith((".", "!", "?")) for cell in row[:-1])
