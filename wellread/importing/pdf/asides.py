"""Boxes that the text of a page flows around: they are read by themselves, and stand at the end of their section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean, median

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import Line, Region
from wellread.importing.pdf.segments import Segment

_WIDTH = 40.0
"""Points that a drawn box is wide at least: what is narrower is a rule or a bullet."""
_SHARE = 0.65
"""Width of a box, as a share of that of the page's text, at most."""
_NEAR = 3.0
"""Points between two boxes at most that touch, as the cells of a table do."""
_NEXT = 6.0
"""Sizes of the type between a box and the text that goes on below it at most."""
_SMALLER = 0.95
"""Size of notes in the margin, as a share of that of the text, at most."""
_MARGIN = 0.5
"""Width of a margin with notes, as a share of that of the text, at most."""
_PROSE = 30
"""Characters of a line of the text, on average, at least: shorter ones may be cells."""
_APART = 1.8
"""Sizes of the type between two notes at least."""
_LARGER = 1.07
"""How much larger than the text a heading is at least, if nothing else sets it off."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A drawn box with text in it, beside which other text stands."""

    box: Box
    segments: tuple[Segment, ...]


def take_asides(segments: Sequence[Segment], rules: Sequence[Box]) -> tuple[list[Segment], list[Aside]]:
    """The segments of a page without those in boxes that text flows around, and these boxes from the top down."""
    boxes = [box for box in rules if box.right - box.left > _WIDTH and box.top - box.bottom > _NEAR]
    filled = [(box, held) for box in boxes if (held := [one for one in segments if _holds(box, one)])]
    others = [box for box, _ in filled]
    left = list(segments)
    found: list[Aside] = []
    for box, held in sorted(filled, key=lambda one: (len(one[1]), -one[0].top, one[0].left), reverse=True):
        if all(one in left for one in held) and _is_aside(box, held, left, (others, rules)):
            left = [one for one in left if one not in held]
            found.append(Aside(box, tuple(held)))
    return left, sorted(found, key=lambda one: (-one.box.top, one.box.left))


def _holds(box: Box, one: Segment) -> bool:
    across = box.left - 1 < one.left and one.right < box.right + 1
    return across and box.bottom - 0.3 * one.style.size < one.bottom < box.top - 0.5 * one.style.size


def _is_nested(box: Box, other: Box) -> bool:
    """Tell whether one of two boxes stands in the other, as the background of a line does."""
    inner = box.inside(other)
    return any(
        abs(inner.left - one.left) < 1
        and abs(inner.right - one.right) < 1
        and abs(inner.bottom - one.bottom) < 1
        and abs(inner.top - one.top) < 1
        for one in (box, other)
    )


def _is_aside(
    box: Box, held: Sequence[Segment], page: Sequence[Segment], drawn: tuple[Sequence[Box], Sequence[Box]]
) -> bool:
    """Tell whether several lines of other text stand beside a box, which is no cell of a table.

    `drawn` are all boxes with text, and all that is drawn.
    """
    others, rules = drawn
    width = max(one.right for one in page) - min(one.left for one in page)
    first, last = min(one.at for one in held), max(one.at for one in held)
    inside = {id(one) for one in held}
    outside = [one for one in page if id(one) not in inside]
    beside = [one for one in outside if box.bottom < one.bottom < box.top]
    rows = {round(one.bottom) for one in beside}
    return (
        box.right - box.left < _SHARE * width
        and len(rows) > 1
        and _is_flowed_around(box, outside)
        and all(one.right < box.left + 1 or one.left > box.right - 1 for one in beside)
        and not any(first < one.at < last for one in outside)
        and not any(_touches(box, other) and not _is_nested(box, other) for other in others)
        and not any(_goes_beyond(box, rule) for rule in rules)
    )


def _is_flowed_around(box: Box, outside: Sequence[Segment]) -> bool:
    """Tell whether the next line below a box, or above it if none is, goes beyond its sides.

    Where it does not, the box stands in a column of its width.
    """
    over = [one for one in outside if one.left < box.right and one.right > box.left]
    below = [one for one in over if 0 < box.bottom - one.bottom < _NEXT * one.style.size]
    above = [one for one in over if one.bottom > box.top]
    if not below and not above:
        return True
    next_line = max(below, key=lambda one: one.bottom) if below else min(above, key=lambda one: one.bottom)
    side = next_line.style.size
    return next_line.left < box.left - side or next_line.right > box.right + side


def _touches(box: Box, other: Box) -> bool:
    """Tell whether another box stands beside this one, or right above or below it, as a cell of a table does."""
    beside = min(box.top, other.top) - max(box.bottom, other.bottom) > _NEAR
    stacked = abs(box.left - other.left) < _NEAR and abs(box.right - other.right) < _NEAR
    return beside or (stacked and min(abs(box.bottom - other.top), abs(other.bottom - box.top)) < _NEAR)


def _goes_beyond(box: Box, rule: Box) -> bool:
    """Tell whether a rule goes on beside a box at its upper or lower edge, as one between rows of a table does."""
    if rule.top - rule.bottom > _NEAR or rule.right - rule.left < _WIDTH:
        return False
    level = min(abs(rule.bottom - box.top), abs(rule.bottom - box.bottom)) < _NEAR
    return level and (rule.left < box.left - _NEAR or rule.right > box.right + _NEAR)


def margin_notes(columns: Sequence[Sequence[Segment]]) -> tuple[list[Segment], list[Aside]] | None:
    """The text of two columns, and the notes beside it in smaller type, if one of them is a margin."""
    if len(columns) != 2 or not all(columns):
        return None
    edges = [(min(one.left for one in column), max(one.right for one in column)) for column in columns]
    margin = min((0, 1), key=lambda at: edges[at][1] - edges[at][0])
    notes, text = columns[margin], list(columns[1 - margin])
    widths = [right - left for left, right in edges]
    size = median(one.style.size for one in text)
    small = max(one.style.size for one in notes) < _SMALLER * size
    prose = mean(len(one.text) for one in text) > _PROSE
    if not (small and prose and widths[margin] < _MARGIN * widths[1 - margin]):
        return None
    groups: list[list[Segment]] = []
    for one in sorted(notes, key=lambda one: -one.bottom):
        if groups and groups[-1][-1].bottom - one.bottom < _APART * one.style.size:
            groups[-1].append(one)
        else:
            groups.append([one])
    return text, [Aside(box_around(group), tuple(group)) for group in groups]


def box_around(segments: Sequence[Segment]) -> Box:
    """The place of lines that stand below one another."""
    return Box(
        min(one.left for one in segments),
        min(one.bottom - 0.3 * one.style.size for one in segments),
        max(one.right for one in segments),
        max(one.bottom + one.style.size for one in segments),
    )


def place_asides(regions: Sequence[Region], asides: Sequence[tuple[Box, list[Region]]]) -> list[Region]:
    """Put the regions of each box before the next heading of the text, or last; lines beside a box end before it."""
    found = [
        [_beside(line, region, asides) for line in region] if isinstance(region, list) else region for region in regions
    ]
    for box, inside in asides:
        found = _placed(found, box, inside)
    return found


def _beside(line: Line, region: Sequence[Line], asides: Sequence[tuple[Box, list[Region]]]) -> Line:
    for box, _ in asides:
        if box.bottom < line.bottom < box.top:
            near = [one for one in region if box.bottom < one.bottom < box.top]
            return replace(line, edges=(min(one.left for one in near), max(one.right for one in near)))
    return line


def _placed(regions: Sequence[Region], box: Box, inside: Sequence[Region]) -> list[Region]:
    body = _body(regions)
    lines = [
        (number, at, line)
        for number, region in enumerate(regions)
        if isinstance(region, list)
        for at, line in enumerate(region)
    ]
    beside = [(_distance(box, line), number, at) for number, at, line in lines if box.bottom < line.bottom < box.top]
    first = min(beside)[1:] if beside else (0, 0)  # of the lines that stand nearest to the box
    for number, at, line in lines:
        region = regions[number]
        if (number, at) > first and _is_head(line.style, body) and isinstance(region, list):
            before = [region[:at]] if at else []
            return [*regions[:number], *before, *inside, region[at:], *regions[number + 1 :]]
    return [*regions, *inside]


def _distance(box: Box, line: Line) -> float:
    return round(max(line.left - box.right, box.left - line.right), 1)


def _body(regions: Sequence[Region]) -> Style:
    styles: Counter[Style] = Counter()
    for region in regions:
        for line in region if isinstance(region, list) else ():
            styles[line.style] += len(line.text)
    return max(styles, key=lambda style: (styles[style], -style.size), default=Style(0.0, bold=False))


def _is_head(style: Style, body: Style) -> bool:
    stronger = (style.bold and not body.bold) or (style.color != () and style.color != body.color)
    return style.size > _LARGER * body.size or (stronger and style.size > 0.95 * body.size)
