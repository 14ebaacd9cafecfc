"""Tells of numbered lists of a Word document that begin at "32.", for Word counts on from an earlier list."""

from __future__ import annotations

from collections.abc import Sequence

from wellread.importing.word.blocks import Block, Paragraph

_QUOTED = 6
"""Words of an item that are quoted: enough to find it."""


def counts_on(blocks: Sequence[Block]) -> str:
    """A note that quotes the first item of each list that goes on below a heading, or below a line that begins a list.

    Items that go on below any other text are steps of one list with a remark between them.
    """
    before: set[tuple[str, int, int]] = set()  # the items above the last heading: list, depth and number
    here: set[tuple[str, int, int]] = set()
    begins = False
    found: list[str] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or block.empty:
            continue
        item = block.item
        if block.level:
            before |= here
            here = set()
        elif item is not None and item.number is not None:
            above = (item.list_id, item.depth, item.number - 1)
            if (above in here and begins) or (above in before and above not in here):
                words = block.text.split()
                found.append(f'"{item.number}. {" ".join(words[:_QUOTED])}{" …" if len(words) > _QUOTED else ""}"')
            here.add((item.list_id, item.depth, item.number))
        begins = item is None and block.text.endswith((":", "："))
    note = "numbered lists begin with a later number, as Word counts on from an earlier list, compare them"
    return f"{note}: {', '.join(found)}" if found else ""
