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
    tried = 0  # where the last rows ended that were tried with second lines
    while at < len(rows):
        end = at
        kind = _kind(rows[at], items[at])
        while end < len(rows) and kind and (_kind(rows[end], items[end]) == kind or _goes_on(rows, items, end, kind)):
            end += 1
        if kind == "space" and at >= tried:
            tried = _end_of_second_lines(rows, items, at)
            cells |= (longer := _of_block(rows, at, tried, kind) if tried > at else {})
            end = tried if longer else end
        inner = kind != "tab" or any(_INNER_TAB.search(row) for row in rows[at:end])
        if kind and inner and end - at >= (MIN_SPACED if kind == "space" else 2) and at not in cells:
            cells |= _of_block(rows, at, end, kind)
        at = max(end, at + 1)
    return cells


def _goes_on(rows: Sequence[str], items: Sequence[bool], at: int, kind: str) -> bool:
    """Tell whether a row is a line drawn between two rows of a table."""
    drawn = at > 0 and at + 1 < len(rows) and _DRAWN.fullmatch(rows[at]) is not None
    return drawn and _kind(rows[at - 1], items[at - 1]) == kind == _kind(rows[at + 1], items[at + 1])


def _end_of_second_lines(rows: Sequence[str], items: Sequence[bool], start: int) -> int:
    """Return where rows of columns set by spaces end, some of which take a second line; `start` where none does.

    A line of one cell belongs to them below a later column, or between two rows at the left.
    """
    end, full = start, 0
    starts: list[int] = []
    while end < len(rows) and rows[end].strip() and not items[end]:
        cells = _words_with_places(rows[end].expandtabs(8))
        if _kind(rows[end], False) == "space":
            full += 1
            starts = [place for place, _ in cells]
        elif _kind(rows[end], False) or not (_below_later(cells, starts) or _is_between(rows, items, end, starts[0])):
            break
        end += 1
    return end if full >= MIN_SPACED and end - start > full else start


def _below_later(cells: Sequence[tuple[int, str]], starts: Sequence[int]) -> bool:
    return any(abs(start - cells[0][0]) <= _SLACK for start in starts[1:])


def _is_between(rows: Sequence[str], items: Sequence[bool], at: int, left: int) -> bool:
    """Tell whether a line begins at the left of a table, and a row of it stands below."""
    below = at + 1 < len(rows) and not items[at + 1] and _kind(rows[at + 1], False) == "space"
    return below and len(rows[at]) - len(rows[at].lstrip()) == left


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
    return _with_drawn(block, start, written, _joined(rows))


def _joined(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows whole again that take several lines: the cells below go on in the middle of those above.

    A cell that begins with a figure or a capital is a row of its own, whose first cell is that of the row above; a row
    that holds its first cell alone goes on in the next one. Two amounts may begin with small letters, "one capsule".
    """
    whole: list[tuple[str, ...]] = []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    at = 0  # of the row that others may join
    for line, row in enumerate(rows):
        filled = [n for n, cell in enumerate(row) if cell]
        above = whole[at] if whole else ()
        goes_on = bool(above) and all(_goes_on_in(above[n], row[n]) for n in filled if above[n])
        first_alone = bool(above) and not any(above[1:])
        first_goes_on = filled == [0] and (row[0][0].islower() or row[0][0] in "([")
        below = not row[0] and any(above[n] for n in filled) and _is_wrapped(rows[line - 1], row, widths)
        if goes_on and (first_alone or first_goes_on or below):
            whole[at] = tuple(f"{one} {two}".strip() for one, two in zip(above, row, strict=True))
            whole.append(())
        else:
            at = len(whole)
            whole.append(row)
    return whole


def _is_wrapped(above: Sequence[str], below: Sequence[str], widths: Sequence[int]) -> bool:
    """Tell whether cells below an empty first one are the rest of those above, whose columns had no room for them.

    Where all the others are filled, they are a row of their own, unless one is surely a rest.
    """
    pairs = [(one, two, width) for one, two, width in zip(above, below, widths, strict=True) if two]
    unsure = [(one, two, width) for one, two, width in pairs if not _is_rest(one, two)]
    if 1 < len(unsure) == len(below) - 1:
        return False
    return all(not one or len(one) + 1 + len(two.split()[0]) > width for one, two, width in unsure)


def _is_rest(above: str, below: str) -> bool:
    return above.endswith((",", "-", "/")) or below[0] in "(["


def _goes_on_in(above: str, below: str) -> bool:
    """Tell whether the cell of a line goes on in the line below: "4 weeks apart" and "(the first year)"."""
    return _is_rest(above, below) or (below[0].isalpha() and not below[0].isupper())


def _below_first(split: Sequence[Sequence[tuple[int, str]]]) -> list[tuple[str, ...]]:
    """The rows where each cell begins where the first line has one, some of them empty; none where one does not."""
    starts = [place for place, _ in max(split, key=len)]
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
