"""Finds cards on a page: texts beside and below one another, each with a heading of its own, as on a poster."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.drawn import Row, drawn_rows
from wellread.importing.pdf.grids import ladders_of
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.segments import Segment

_LEAST, _LEAST_BOXED = 3, 2
"""Cards at least, and those with a box around each; of two without boxes beside one another each is a column."""
_MOSTLY = 0.8
"""Share of cells with a heading of their own from which on they are no cells of a table."""
_LARGER = 1.1
"""How much larger than the text of its card a heading is."""
_TEXT = 26
"""Characters of the text below a heading, at half of the cards at least: a cell of a table has fewer."""
_APART = 3.0
"""Points between the boxes of two cards at least; cells of a table meet."""
_MOST = 100
"""Boxes of a page at most that can be those of cards; a drawing or a form has more."""
_HEIGHT = 20.0
"""Height in points from which on a drawn box has room for a heading and a line."""


def card_rows(columns: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> list[Row]:
    """The rows of cards, one in each column; none if what stands in the columns are no cards.

    Each has a larger heading; or one that is bold or coloured above text that is not, no two of them alike, for a table
    may have its head twice, and no rules between their rows. They are told by the order in which they were drawn, or by
    the boxes around them.
    """
    for rows, least in ((drawn_rows(columns), _LEAST), (_boxed_rows(columns, rules), _LEAST_BOXED)):
        cells = [cell for row in rows for cell in row if cell]
        cards = [cell for cell in cells if len(cell) > 1]
        larger = [cell for cell in cards if cell[0].style.size > _LARGER * cell[-1].style.size]
        marked = {} if _are_ruled(rows, rules) else {cell[0].text: cell for cell in cards if _stands_out(cell)}
        texts = [sum(len(line.text) for line in cell[1:]) for cell in marked.values()]
        by_size = len(cards) >= least and len(larger) >= _MOSTLY * len(cards)
        if by_size or (len(marked) >= least and len(marked) >= _MOSTLY * len(cells) and median(texts) > _TEXT):
            return rows
    return []


def _are_ruled(rows: Sequence[Row], rules: Sequence[Box]) -> bool:
    """Tell whether a rule goes across all columns below each row but the last, as in a table."""
    lines = [[line for cell in row for line in cell] for row in rows]
    left, right = (edge(line.left for row in lines for line in row) if rows else 0.0 for edge in (min, max))
    across = [height for start, end, heights in ladders_of(rules) if start < left and right < end for height in heights]
    return len(rows) > 1 and all(
        any(max(one.bottom for one in below) < height < min(one.bottom for one in above) for height in across)
        for above, below in pairwise(lines)
    )


def _stands_out(cell: Sequence[Segment]) -> bool:
    """Tell whether the first line of a cell is bold or coloured, or larger, and no other is so."""
    first, others = cell[0].style, [line.style for line in cell[1:]]
    return any(map(str.isalpha, cell[0].text)) and all(_outranks(first, other) for other in others)


def _outranks(first: Style, other: Style) -> bool:
    same = first.size > other.size * 0.95
    return same and ((first.bold and not other.bold) or (bool(first.color) and first.color != other.color))


def _boxed_rows(columns: Sequence[Sequence[Segment]], rules: Sequence[Box]) -> list[Row]:
    """The rows of boxes that stand apart, each with lines of one column; none if a line stands in no box."""
    boxes = sorted((box for box in rules if box.top - box.bottom > _HEIGHT), key=_area)
    if len(boxes) > _MOST:
        return []
    held: dict[Box, tuple[int, list[Segment]]] = {}
    for column, lines in enumerate(columns):
        for line in lines:
            box = next((one for one in boxes if _holds(one, line)), None)
            if box is None or held.setdefault(box, (column, []))[0] != column:
                return []
            held[box][1].append(line)
    if any(not _are_apart(one, other) for one, other in combinations(held, 2)):
        return []
    rows: list[Row] = []
    low = 0.0
    for box in sorted(held, key=lambda one: (-one.top, one.left)):
        if not rows or box.top < low:
            rows.append([[] for _ in columns])
            low = box.bottom
        column, lines = held[box]
        if rows[-1][column]:  # a box below another, beside a taller one
            return []
        rows[-1][column] = lines
        low = min(low, box.bottom)
    return rows


def _are_apart(one: Box, other: Box) -> bool:
    shared = one.inside(other)
    return max(shared.left - shared.right, shared.bottom - shared.top) > _APART


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _holds(box: Box, line: Segment) -> bool:
    return box.left < line.left and line.right < box.right and box.bottom < line.bottom < box.top
