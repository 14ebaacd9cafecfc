"""The blocks of a passage or a section to HTML: paragraphs, lists inside lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from wellread.datatypes import Block, Sentence
from wellread.page.inline import Span, inline
from wellread.page.rendering import render

_CELL_JOINT = len(" | ")

Marked = tuple[Block, Span | None]
"""A block, and the characters of it that are highlighted."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its number, None without one, its words, its mark ("a.") or "", and the lists inside it."""

    number: int | None
    words: str
    mark: str = ""
    lists: list[ItemList] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list: "ol" or "ul", and its items."""

    tag: str
    entries: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells: of its header, which may be none, and of its rows."""

    header: list[str]
    rows: list[list[str]]


Part = (
    tuple[Literal["paragraphs"], list[str]] | tuple[Literal["lists"], list[ItemList]] | tuple[Literal["table"], Table]
)


def blocks_html(blocks: Sequence[Block], sentence: Sentence | None = None) -> Markup:
    """Return the blocks as HTML, in order; the sentence, if there is one, stands in <mark>."""
    marks: list[Span | None] = [None] * len(blocks)
    if sentence is not None:
        marks[sentence.block] = (sentence.start, sentence.end)
    parts: list[Part] = []
    for block_type, group in groupby(zip(blocks, marks, strict=True), key=lambda pair: pair[0].type):
        pairs = list(group)
        if block_type == "item":
            parts.append(("lists", _lists(pairs)))
        elif block_type == "row":
            parts += [("table", _table(rows, header)) for rows, header in _tables(pairs)]
        else:
            parts.append(("paragraphs", [inline(block.text, block.links, mark) for block, mark in pairs]))
    return render("blocks.html", "blocks", parts=parts)


def _lists(items: Sequence[Marked]) -> list[ItemList]:
    """Nest list items by their level; a level that was skipped opens one list, not two."""
    outermost: list[ItemList] = []
    opened: list[tuple[int, ItemList]] = []
    for block, mark in items:
        digits = block.marker[:-1]
        number = int(digits) if digits.isdecimal() and digits.isascii() else None
        tag = "ul" if number is None else "ol"
        while opened and (opened[-1][0] > block.level or (opened[-1][0] == block.level and opened[-1][1].tag != tag)):
            opened.pop()
        if not opened or opened[-1][0] < block.level:
            begun = ItemList(tag)
            (opened[-1][1].entries[-1].lists if opened else outermost).append(begun)
            opened.append((block.level, begun))
        opened[-1][1].entries.append(Item(number, inline(block.text, block.links, mark), _mark(block, number)))
    return outermost


def _mark(block: Block, number: int | None) -> str:
    """What an item is marked with that no list of HTML writes by itself: a letter, a Roman number, "1.2"."""
    return block.marker if number is None and any(map(str.isalnum, block.marker)) else ""


def _tables(rows: list[Marked]) -> Iterator[tuple[list[Marked], bool]]:
    """Yield each table with whether its first row is its header.

    The file's line numbers tell: a line of dashes stands under a header, so that the next row is two lines on;
    any other gap parts two tables.
    """
    start = 0
    for at in range(1, len(rows) + 1):
        gap = rows[at][0].line - rows[at - 1][0].line if at < len(rows) else 0
        if gap == 1 or (gap == 2 and at == start + 1):
            continue
        header = at - start > 1 and rows[start + 1][0].line - rows[start][0].line == 2
        yield rows[start:at], header
        start = at


def _table(rows: list[Marked], header: bool) -> Table:
    cells = [_cells(block, mark) for block, mark in rows]
    return Table(cells[0] if header else [], cells[header:])


def _cells(block: Block, mark: Span | None) -> list[str]:
    cells: list[str] = []
    start = 0
    for cell in block.cells or (block.text,):
        end = start + len(cell)
        cells.append(inline(block.text, block.links, mark, (start, end)))
        start = end + _CELL_JOINT
    return cells
