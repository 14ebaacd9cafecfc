"""Takes tables apart that only arrange a Word page: columns of passages side by side, as folded leaflets have them."""

from __future__ import annotations

from collections.abc import Sequence

from wellread.importing.tables import MAX_CELL_WORDS
from wellread.importing.word.blocks import Block, Cell, Paragraph, Table, in_box, paragraphs_of
from wellread.importing.word.structure import divide_lines
from wellread.importing.word.table_heads import head_row


def open_frames(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Take apart tables of one row of text, column by column, so that headings in them are found; gives a note too.

    Each of its cells has two paragraphs or more. Above a row of passages may be a row with the heading of each.
    """
    found: list[Block] = []
    opened = 0
    for block in blocks:
        columns = _columns(block) if isinstance(block, Table) else []
        opened += bool(columns)
        # the lines with "*" that are items have been found: those that are left are notes
        texts = [inner for column in columns for inner in divide_lines(column, starred=True)]
        found += in_box(texts, block.box) or [block]
    return found, f"tables that arrange the page are taken apart, cell after cell ({opened})" if opened else ""


def _columns(table: Table) -> list[tuple[Block, ...]]:
    """The columns of a table that only arranges the page, or none."""
    *heads, text = table.rows
    if len(text) < 2 or not all(len([one for one in cell.blocks if _says(one)]) > 1 for cell in text):
        return []
    if not heads:
        return [cell.blocks for cell in text]
    headed = len(heads) == 1 and head_row(table) == 0 and len(heads[0]) == len(text)
    if not headed or not all(map(_is_passage, text)):
        return []
    return [(*head.blocks, *cell.blocks) for head, cell in zip(heads[0], text, strict=True)]


def _is_passage(cell: Cell) -> bool:
    return sum(len(paragraph.text.split()) for paragraph in paragraphs_of(cell.blocks)) > MAX_CELL_WORDS


def _says(block: Block) -> bool:
    return not isinstance(block, Paragraph) or not block.empty
