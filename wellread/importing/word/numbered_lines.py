"""Finds numbered items of a Word document's lists that have text below each, as headings that Word counts have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from wellread.importing.word.blocks import Block, Paragraph
from wellread.importing.word.structure import MAX_HEADING
from wellread.text.list_marks import SAYING


def find_numbered_lines(blocks: Sequence[Block]) -> dict[int, Paragraph]:
    """The items of lists whose items all stand alone, by their places, as paragraphs that begin with their numbers.

    Other text, and not the next item, follows each of them.
    """
    said = [at for at, block in enumerate(blocks) if not isinstance(block, Paragraph) or block.text]
    lists: dict[str, list[int]] = defaultdict(list)
    crowded: set[str] = set()
    for at, following in zip_longest(said, said[1:]):
        block = blocks[at]
        if isinstance(block, Paragraph) and block.item:
            lists[block.item.list_id].append(at)
            if not _is_short_line(block) or following is None or _list_of(blocks[following]) == block.item.list_id:
                crowded.add(block.item.list_id)
    return {
        at: with_number(block)
        for listed, places in lists.items()
        if listed not in crowded
        for at in places
        if isinstance(block := blocks[at], Paragraph)
    }


def _list_of(block: Block) -> str:
    return block.item.list_id if isinstance(block, Paragraph) and block.item else ""


def _is_short_line(block: Paragraph) -> bool:
    """Tell whether an item is numbered, and short and no sentence."""
    item = block.item
    counted = item is not None and (item.number is not None or (item.mark != "" and item.mark[0] not in SAYING))
    return counted and len(block.text) <= MAX_HEADING and not block.text.endswith((".", ",", ";"))


def with_number(block: Paragraph) -> Paragraph:
    """A paragraph that is no item any more, after the number or sign that Word shows before it."""
    item = block.item
    if item is None:
        return block
    return replace(block, item=None).after(item.mark or ("" if item.number is None else f"{item.number}."))
