"""Makes sections of the text boxes of a Word document that begin with a heading, as boxes with a warning do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellread.importing.numbered import levels_of
from wellread.importing.word.blocks import SENTENCE_ENDS, Block, Paragraph, Table
from wellread.importing.word.headings import has_address, heads_all, look_of_text, rank_of, stands_out
from wellread.importing.word.structure import MAX_HEADING, SHORT


@dataclass(frozen=True, slots=True)
class Box:
    """The blocks of a text box that is a section, and its number, which the empty paragraph at its anchor has too."""

    number: int
    blocks: tuple[Block, ...]


def take_boxes(blocks: Sequence[Block]) -> tuple[list[Block], list[Box]]:
    """Take the text boxes that have a heading out of the text; an empty paragraph stays at the anchor of each.

    The first line of a box is its heading if it is marked as one, looks otherwise than the text below, or is short and
    has sentences, a list or a table below it. A box above all text may have the title: it stays if nothing is marked.
    """
    inside: dict[int, list[Block]] = {}
    for block in blocks:
        if block.box:
            inside.setdefault(block.box, []).append(block)
    if not any(isinstance(block, Paragraph) and (block.title or block.level) for block in blocks):
        first = next((block for block in blocks if not isinstance(block, Paragraph) or not block.empty), None)
        inside.pop(first.box if first else 0, None)
    headed = {number: made for number, box in inside.items() if (made := _with_headings(box))}
    found: list[Block] = []
    boxes: list[Box] = []
    for block in blocks:
        if block.box not in headed:
            found.append(block)
        elif made := headed[block.box]:
            boxes.append(Box(block.box, tuple(made)))
            found.append(Paragraph((), box=block.box))
            headed[block.box] = []
    return found, boxes


def put_boxes(blocks: Sequence[Block], boxes: Sequence[Box]) -> tuple[list[Block], str]:
    """Put each box where the section of its anchor ends, so that no text comes under its heading, and tell of it."""
    texts = [isinstance(block, Paragraph) and not block.empty for block in blocks]
    levels = [
        block.level if isinstance(block, Paragraph) and shown else 0 for block, shown in zip(blocks, texts, strict=True)
    ]
    titles = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.title and texts[at]]
    title = titles[0] if titles else levels.index(1) if heads_all(blocks) else -1
    places: dict[int, list[Block]] = {}
    anchors = {block.box: at for at, block in enumerate(blocks)}
    for box in boxes:
        anchor = max(anchors[box.number], title)
        end = next((at for at in range(anchor + 1, len(blocks)) if levels[at]), len(blocks))
        around = next((levels[at] for at in range(anchor, title, -1) if levels[at]), 0)
        level = max(around, levels[end] if end < len(blocks) else 0) or 2
        places.setdefault(end, []).extend(_deeper(box.blocks, level))
    found: list[Block] = []
    for at in range(len(blocks) + 1):
        found += places.get(at, [])
        found += blocks[at : at + 1]
    heads = "; ".join(_head_of(box) for box in boxes)
    note = "text boxes with a heading became sections, each at the end of the section that it stands beside"
    return found, f"{note}: {heads}" if boxes else ""


def _head_of(box: Box) -> str:
    return next(block.text for block in box.blocks if isinstance(block, Paragraph) and block.level)


def _deeper(blocks: Sequence[Block], level: int) -> list[Block]:
    """The blocks of a box, the highest of its headings at a level."""
    return [
        replace(block, level=block.level + level - 1) if isinstance(block, Paragraph) and block.level else block
        for block in blocks
    ]


def _with_headings(box: Sequence[Block]) -> list[Block]:
    """The blocks of a box with its headings from level 1 on; nothing where it has none."""
    filled = [block for block in box if not isinstance(block, Paragraph) or not block.empty]
    marked = {at: block.level for at, block in enumerate(filled) if isinstance(block, Paragraph) and block.level}
    levels = {at: level - min(marked.values()) + 1 for at, level in marked.items()}
    if not marked and _begins_with_heading(filled):
        body = look_of_text(filled[1:])
        lines = {at: replace(one, aside=False) for at, one in enumerate(filled) if isinstance(one, Paragraph)}
        ranks = {at: rank for at, line in lines.items() if at + 1 < len(filled) and (rank := rank_of(line, body))}
        looks = {0: ranks.get(0, max(ranks.values(), default=(0.0,))), **ranks}
        found = levels_of({at: (rank, lines[at].text) for at, rank in looks.items()})
        levels = {at: max(level - found[0], 0) + 1 for at, level in found.items()}
    elif marked and 0 not in marked and _begins_with_heading(filled):
        levels = {0: 1, **{at: level + 1 for at, level in levels.items()}}
    return [_at_level(block, levels.get(at, 0)) for at, block in enumerate(filled)] if levels else []


def _at_level(block: Block, level: int) -> Block:
    if isinstance(block, Table):
        return block
    return replace(block, level=level, title=False, aside=False)


def _begins_with_heading(box: Sequence[Block]) -> bool:
    first = box[0] if len(box) > 1 else None
    if not isinstance(first, Paragraph) or first.item or sum(map(str.isalpha, first.text)) < 2:
        return False
    text = first.text
    if len(text) > MAX_HEADING or text.endswith((".", "\u3002", ",", ";")) or has_address(text):
        return False
    if stands_out(first, look_of_text(box[1:])):
        return True
    plain = (
        len(text) <= SHORT
        and text[:1] not in "\"'(\u201c\u201e\u00ab"
        and not text[:1].islower()
        and not text.endswith((":", "!"))
    )
    return plain and any(_says_more(block) for block in box[1:])


def _says_more(block: Block) -> bool:
    """Tell whether a block is a list item, a table or a sentence, and no line of an address."""
    return isinstance(block, Table) or block.item is not None or block.text.endswith(SENTENCE_ENDS)
