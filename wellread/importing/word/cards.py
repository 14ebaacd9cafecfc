"""Opens tables whose cells are cards: texts beside one another, each below a bold line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from wellread.importing.word.blocks import SENTENCE_ENDS, Block, Paragraph, Table, in_box, paragraphs_of
from wellread.importing.word.numbered_lines import with_number
from wellread.importing.word.structure import MAX_HEADING, all_bold

_LEAST = 3
"""Cards at least; two cells with a bold line each may be the heads of two columns."""
_TEXT = 26
"""Characters of the text below a bold line, at half of the cards at least: a cell of a table has fewer."""


def open_cards(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Put the cards of such tables below one another, row by row, as sections; gives a note of it.

    Each cell that is not empty begins with a bold line, no two of them alike, and has text that is not bold below it.
    Where headings are marked, a card is one level below that above it, or on that of the first heading, above all.
    """
    found: list[Block] = []
    below: list[str] = []
    opened = 0
    top = next((one.level for one in blocks if isinstance(one, Paragraph) and one.level and not one.empty), 0)
    level = top - 1
    for at, block in enumerate(blocks):
        if isinstance(block, Table) and (cards := _cards(block)):
            opened += 1
            after = next((one for one in blocks[at + 1 :] if not _is_empty(one)), None)
            if after and after.box == block.box and not _heads_anew(after, top > 0):
                below.append(f'"{_first_words(after)}"')
            for head, *text in cards:
                section = [replace(with_number(head), level=min(level + 1, 9) if top else 0), *text]
                found += in_box(section, block.box)
        else:
            level = block.level or level if isinstance(block, Paragraph) and not block.empty else level
            found.append(block)
    if not opened:
        return found, ""
    note = f"cards in tables, each below a bold line, became sections, row by row ({opened})"
    return found, note + (f"; behind the last stands now, look where it belongs: {', '.join(below)}" if below else "")


def _cards(table: Table) -> list[list[Paragraph]]:
    """The paragraphs of each card; none if the table is anything else, such as doses in bold beside medicines."""
    cells = [[one for one in cell.blocks if not _is_empty(one)] for row in table.rows for cell in row]
    cards = [[one for one in cell if isinstance(one, Paragraph)] for cell in cells if cell]
    whole = all(len(card) > 1 and _is_headed(card) for card in cards) and sum(map(len, cards)) == sum(map(len, cells))
    heads = {card[0].text for card in cards if card}
    if not whole or max(map(len, table.rows)) < 2 or len(cards) < _LEAST or len(heads) < len(cards):
        return []
    if len({head[:1].isnumeric() for head in heads}) > 1:  # "Metformin" and "500 mg" belong together
        return []
    return cards if median(sum(len(one.text) for one in card[1:]) for card in cards) > _TEXT else []


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.empty


def _heads_anew(block: Block, marked: bool) -> bool:
    """Tell whether what stands behind the last card does not belong to it: a heading, or more cards.

    A bold line is a heading where none is marked.
    """
    if isinstance(block, Paragraph):
        return block.level > 0 or (not marked and _is_bold_line(block))
    return bool(_cards(block))


def _first_words(block: Block) -> str:
    return next((one.text for one in paragraphs_of([block]) if not one.empty), "")


def _is_headed(card: Sequence[Paragraph]) -> bool:
    head, *text = card
    return _is_bold_line(head) and not any(map(all_bold, text))


def _is_bold_line(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is bold, and short, and no sentence."""
    text = paragraph.text
    line = len(text) <= MAX_HEADING and not text.endswith(SENTENCE_ENDS) and any(map(str.isalpha, text))
    return line and all_bold(paragraph)
