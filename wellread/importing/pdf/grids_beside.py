"""Keeps tables whole that stand in one of the columns of a page: each is a block there while the columns are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.grids import Grid, ladders_of
from wellread.importing.pdf.regions import Line, Region
from wellread.importing.pdf.runs import gutters_in
from wellread.importing.pdf.segments import Segment, rows_of

_EDGE = 3.0
"""Points by which the words of a cell may stand beyond its rules."""


_LEVELS = 3
"""Level rules of a table without upright ones at least: above and below its head, and below all."""
_GUTTER = 0.5
"""Least width between two columns of such a table, in sizes of the type, as between all cells."""


@dataclass(frozen=True, slots=True)
class Block:
    """A ruled table beside which other text stands: its place, its segments, and the lines that stand for its rows."""

    box: Box
    segments: tuple[Segment, ...]
    lines: tuple[Segment, ...]


def blocks_of(segments: Sequence[Segment], grids: Sequence[Grid], rules: Sequence[Box]) -> list[Block]:
    """What may be a ruled table in one of the columns of a page: grids, and cells between level rules of one width."""
    found: list[Block] = []
    places = [grid.box for grid in grids]
    for left, right, heights in ladders_of(rules):
        box = Box(left, heights[-1], right, heights[0])
        if len(heights) >= _LEVELS and all(_is_inside(rule, box) or _is_apart(rule, box) for rule in rules):
            places.append(box)
    for at, box in enumerate(places):
        held = _held(segments, box)
        if held and not any(_overlap(box, one.box) for one in found):
            rows = rows_of(held)
            if at < len(grids) or gutters_in(rows, _GUTTER):
                words = " ".join(one.text for row in rows for one in row)
                found.append(Block(box, tuple(held), tuple(_line(row, box, words) for row in rows)))
    return found


def with_blocks(segments: Sequence[Segment], blocks: Sequence[Block]) -> list[Segment]:
    """The segments of a page with a line, as wide as the table, in place of each row of these tables."""
    inside = {id(one) for block in blocks for one in block.segments}
    return [one for one in segments if id(one) not in inside] + [one for block in blocks for one in block.lines]


def without_rules(rules: Sequence[Box], blocks: Sequence[Block]) -> list[Box]:
    """What is drawn on a page but for the rules of these tables."""
    return [rule for rule in rules if not any(_is_inside(rule, block.box) for block in blocks)]


def with_tables(regions: Sequence[Region], tables: Sequence[tuple[Block, list[Region]]]) -> list[Region]:
    """The regions with each table in place of its lines; none where these do not stand one after the other."""
    found: list[Region] = list(regions)
    for block, table in tables:
        for at, region in enumerate(found):
            place = _place(region, block.lines) if isinstance(region, list) else None
            if place is not None and isinstance(region, list):
                parts: list[Region] = [region[:place], *table, region[place + len(block.lines) :]]
                found[at : at + 1] = [part for part in parts if part]
                break
        else:
            return []
    return found


def _middle(one: Segment) -> float:
    return one.bottom + 0.3 * one.style.size


def _held(segments: Sequence[Segment], box: Box) -> list[Segment]:
    """What stands between the sides of a box, if other text stands beside it, and none goes over a side."""
    level = [one for one in segments if box.bottom < _middle(one) < box.top]
    held = [one for one in level if box.left - _EDGE < one.left and one.right < box.right + _EDGE]
    beside = [one for one in level if one.right < box.left or one.left > box.right]
    return held if beside and len(held) + len(beside) == len(level) else []


def _overlap(one: Box, other: Box) -> bool:
    both = one.inside(other)
    return both.left < both.right and both.bottom < both.top


def _line(row: Sequence[Segment], box: Box, words: str) -> Segment:
    """A line that stands for a row; it has all words of the table, for short lines in columns are cells."""
    return replace(row[0], text=words, left=box.left, right=box.right, at=min(one.at for one in row), cell=False)


def _is_inside(rule: Box, box: Box) -> bool:
    across = box.left - _EDGE < rule.left and rule.right < box.right + _EDGE
    return across and box.bottom - _EDGE < rule.bottom and rule.top < box.top + _EDGE


def _is_apart(rule: Box, box: Box) -> bool:
    """Tell whether nothing of a rule is on the height of a box: where something is, the box is part of a larger one."""
    return rule.top < box.bottom - _EDGE or rule.bottom > box.top + _EDGE


def _place(region: Sequence[Line], lines: Sequence[Segment]) -> int | None:
    """Where the lines of a table begin in a region."""
    wanted = [(one.text, one.at) for one in lines]
    here = [(one.text, one.at) for one in region]
    count = len(wanted)
    return next((at for at in range(len(here) - count + 1) if here[at : at + count] == wanted), None)
