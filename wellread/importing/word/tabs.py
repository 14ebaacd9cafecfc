"""Tables that an author drew with tabs: which lines are rows, and where one is only a label and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from wellread.importing.word.blocks import LINE_BREAK, SENTENCE_ENDS, Block, Cell, Paragraph, Table, raw_text, split_at

_TAB = re.compile(r"\S[ ]*\t+[ ]*\S")
_LABEL = re.compile(r"[^\t]*[:.)][ ]*\t")
""""1.", "Note:": what stands after the tab goes on with it."""
_SHORT = re.compile(r"(\S{1,3})[ ]*\t")
"""A number or a sign before a line's only tab, which may mark an item: "3 ⇥ Rest"."""

_LONG = 60
"""Characters from which on a line with one short cell is text, as those of numbered paragraphs are."""


def columns_of(line: Paragraph) -> int:
    """How many columns of tabs a line has, less one; 0 for one that is no row."""
    raw = raw_text(line).strip()
    if LINE_BREAK in raw or not _TAB.search(raw) or _LABEL.match(raw):
        return 0
    return len(re.findall(r"\t+", raw))


def tab_tables(blocks: Sequence[Block], least: int) -> list[Block]:
    """Paragraphs after one another with as many tabs inside are the rows of a table, "2 to 4 years | 5 ml".

    `least` is how many rows a table has at least.
    """
    found: list[Block] = []
    for count, group in groupby(blocks, key=_row_columns):
        rows = list(group)
        lines = [one for one in rows if isinstance(one, Paragraph)]
        sentence = len(lines) == 1 and lines[0].text.endswith(SENTENCE_ENDS)
        if count == 0 or len(lines) < least or sentence or _are_items(lines):
            found += rows
        else:
            cells = (tuple(Cell((one,)) for one in split_at(row, "\t") if not one.empty) for row in lines)
            found.append(Table(tuple(cells), tabs=True))
    return found


def _row_columns(block: Block) -> int:
    if not isinstance(block, Paragraph) or block.level or block.title or block.item or block.aside:
        return 0
    return columns_of(block)


def _are_items(lines: Sequence[Paragraph]) -> bool:
    """Tell whether lines begin with marks and not with cells: signs, numbers that count on, or any before long text."""
    marks = [found[1] if (found := _SHORT.match(raw_text(line).strip())) else "" for line in lines]
    if any(columns_of(line) > 1 for line in lines) or not all(marks):
        return False
    signs = not any(map(str.isalnum, "".join(marks)))
    counts = all(map(str.isdecimal, marks)) and len({int(mark) - at for at, mark in enumerate(marks)}) == 1
    long = any(len(line.text) > _LONG or line.text.endswith(SENTENCE_ENDS) for line in lines)
    return len(marks) == 1 or signs or counts or long


def told_of(blocks: Sequence[Block]) -> str:
    """A note that quotes the tables of one row that tabs made, for they may be something else; "" if there is none."""
    rows = [block.rows[0] for block in blocks if isinstance(block, Table) and block.tabs and len(block.rows) == 1]
    quoted = ", ".join(f'"{" | ".join(_text(cell) for cell in row)}"' for row in rows)
    return f"lines with tabs became rows of tables, compare them with the page: {quoted}" if rows else ""


def _text(cell: Cell) -> str:
    return " ".join(block.text for block in cell.blocks if isinstance(block, Paragraph))
