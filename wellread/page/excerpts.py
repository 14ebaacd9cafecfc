"""The part of a passage that answers: the deciding sentence with what it cannot be understood without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from math import ceil

from wellread.datatypes import Block, Passage, Sentence

LINE = 38
"""Characters of a line on a phone of 390 pixels, counted on the page."""

WHOLE_LINES = 36
"""Lines of a first card that is shown whole: with its heading and foot, one and a half screens of such a phone."""

UNSURE_LINES = 10
"""Lines of a first card that is shown whole where nothing surely answers: the second then begins within 700 pixels."""

_SHORT_LINES = 6
"""Lines of a passage that is never shortened: to open what is folded would be more work than to read it."""

_LEAST_SAVED = 5
"""An excerpt that is not at least so many lines shorter than its passage is none: what opens it takes two lines itself.

With 3, lists such as "When to call 999" lost two of four signs; with 5 answers of 40 lines are 0.1 lines longer."""

_BEGINNING = 4
"""Lines of the beginning that are shown where no sentence stands out."""

Run = tuple[tuple[Block, ...], Sentence | None]
"""Blocks that follow each other, and the sentence among them that is marked."""


def lines_of(blocks: Sequence[Block]) -> int:
    """Return about how many lines some blocks take on a phone; a gap between two of them is about half a line."""
    return sum(max(1, ceil(len(block.text) / LINE)) for block in blocks) + len(blocks) // 2


def excerpt(passage: Passage, sentence: Sentence | None, onward: bool = False) -> tuple[Run, ...]:
    """Return the part of a passage to be shown, in the passage's order; () where it is shown whole.

    Whole blocks are shown, never parts of a sentence: a list item with the line that leads to its list, the items that
    it stands under and its neighbours; a table's row with the table's header, the header with all rows; a paragraph
    with the one before.
    `onward` has an item open its part of the list: the two items after it stand there, and not the one before.
    """
    whole = lines_of(passage.blocks)
    if whole <= _SHORT_LINES:
        return ()
    places = _beginning(passage.blocks) if sentence is None else _around(passage.blocks, sentence.block, onward)
    if whole - lines_of([passage.blocks[place] for place in places]) < _LEAST_SAVED:
        return ()
    return _runs(passage.blocks, places, sentence)


def lead_in(blocks: Sequence[Block], place: int) -> int | None:
    """Return the place of the paragraph that leads to the list in which an item stands, or None."""
    if blocks[place].type != "item":
        return None
    first = place
    while first and blocks[first - 1].type == "item":
        first -= 1
    return first - 1 if first and blocks[first - 1].type == "paragraph" else None


def _beginning(blocks: Sequence[Block]) -> list[int]:
    places = [0]
    # A line that leads to a list says nothing without it.
    while len(places) < len(blocks) and (
        lines_of(blocks[: len(places)]) < _BEGINNING or blocks[len(places) - 1].text.rstrip().endswith(":")
    ):
        places.append(len(places))
    return places


def _around(blocks: Sequence[Block], place: int, onward: bool) -> list[int]:
    block = blocks[place]
    if block.type == "row":
        first = place
        while first and blocks[first - 1].type == "row":
            first -= 1
        if place == first and _is_header(blocks, place):  # it says nothing without its rows
            return [place, *takewhile(lambda near: blocks[near].type == "row", range(place + 1, len(blocks)))]
        return sorted({first, place})
    if block.type == "item":
        wanted = {place, *_above(blocks, place), *_below(blocks, place)}
        wanted |= set(_beside(blocks, place, onward))
        wanted |= {above for near in tuple(wanted) for above in _above(blocks, near)}
        lead = lead_in(blocks, place)
        return sorted(wanted | ({lead} if lead is not None else set()))
    wanted = {place}
    if place and blocks[place - 1].type == "paragraph":
        wanted.add(place - 1)
    following = place + 1
    if block.text.rstrip().endswith(":"):  # it leads to a list, which it is nothing without
        while following < len(blocks) and blocks[following].type != "paragraph":
            wanted.add(following)
            following += 1
    elif following < len(blocks):
        next_one = blocks[following]
        if next_one.type == "paragraph" and not next_one.text.rstrip().endswith(":"):
            wanted.add(following)
    return sorted(wanted)


def _beside(blocks: Sequence[Block], place: int, onward: bool) -> list[int]:
    """The items on both sides of an item, or the two after it."""
    if not onward:
        return [near for near in (place - 1, place + 1) if 0 <= near < len(blocks) and blocks[near].type == "item"]
    following = list(takewhile(lambda near: blocks[near].type == "item", range(place + 1, len(blocks))))
    return following[:2]


def _above(blocks: Sequence[Block], place: int) -> list[int]:
    """The items that an item stands under."""
    above: list[int] = []
    level = blocks[place].level
    for before in range(place - 1, -1, -1):
        if blocks[before].type != "item" or not level:
            break
        if blocks[before].level < level:
            above.append(before)
            level = blocks[before].level
    return above


def _below(blocks: Sequence[Block], place: int) -> list[int]:
    """The items under an item."""
    end = place + 1
    while end < len(blocks) and blocks[end].type == "item" and blocks[end].level > blocks[place].level:
        end += 1
    return list(range(place + 1, end))


def _runs(blocks: Sequence[Block], places: Sequence[int], sentence: Sentence | None) -> tuple[Run, ...]:
    runs: list[list[int]] = []
    for place in places:
        if (runs and runs[-1][-1] == place - 1) or (runs and blocks[place].type == blocks[runs[-1][0]].type == "row"):
            runs[-1].append(place)
        else:
            runs.append([place])
    return tuple(_run(blocks, run, sentence) for run in runs)


def _run(blocks: Sequence[Block], run: Sequence[int], sentence: Sentence | None) -> Run:
    shown = [blocks[place] for place in run]
    if len(shown) > 1 and shown[0].type == "row" and run[1] != run[0] + 1:
        # A table's rows between its header and this one are left out: the lines tell that the header is one.
        header = _is_header(blocks, run[0])
        shown[1] = replace(shown[1], line=shown[0].line + (2 if header else 1))
    marked = sentence is not None and sentence.block in run
    return tuple(shown), replace(sentence, block=run.index(sentence.block)) if sentence and marked else None


def _is_header(blocks: Sequence[Block], place: int) -> bool:
    return place + 1 < len(blocks) and blocks[place + 1].line - blocks[place].line == 2
