"""Where columns of text end though nothing is drawn across them: at a gap in all, or before a short last part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.marks import SENTENCE_END
from wellread.importing.pdf.segments import Segment

_GAP = 4.0
"""Sizes of the type of a gap over all columns from which on they end there: a picture stands in it, or nothing does."""
_TAIL = 4
"""Lines of a part below columns at most that is as narrow as one of them."""
_BALANCED = 2.5
"""Sizes of the type by which the ends of columns of one length differ at most."""
_PROSE = 26
"""Characters of a line, on average, from which on lines are text and no cells."""
_RULES = 4
"""Rules of a table at least."""
_BOX = 0.75
"""Width of a box beside the text, as a share of the text's, at most; two columns of text are of one width."""
_HEADING = 1.1
"""How much larger than the text below columns a line is that heads it."""


def cut_at_gaps(band: Sequence[list[Segment]], gutters: Sequence[float]) -> list[Sequence[list[Segment]]]:
    """Cut columns where all of them have a gap of several lines, with text in all of them above and below it."""
    size = median(segment.style.size for row in band for segment in row)
    cuts = [0]
    for at, (above, below) in enumerate(pairwise(band), 1):
        gap = above[0].bottom - below[0].bottom
        if gap > _GAP * size and _fills(band[cuts[-1] : at], gutters) and _fills(band[at:], gutters):
            cuts.append(at)
    return [band[start:end] for start, end in pairwise([*cuts, len(band)])]


def _fills(rows: Sequence[Sequence[Segment]], gutters: Sequence[float]) -> bool:
    """Tell whether text, of more than a line, stands in all columns."""
    counts = [0] * (len(gutters) + 1)
    for row in rows:
        for segment in row:
            counts[sum(segment.left > gutter for gutter in gutters)] += 1
    return min(counts) > 1


def short_last_part(columns: Sequence[Sequence[Segment]]) -> tuple[int, bool]:
    """Where a short part with a heading begins that may stand below all columns, in the first; and whether it does.

    It does where the sentence before it goes on in the next column. The place is the column's end where there is none.
    """
    first, second = columns[0], columns[1]
    end = len(first)
    if end < 3 or not second:
        return end, False
    size = median(segment.style.size for segment in first)
    lowest = min(segment.bottom for column in columns[1:] for segment in column)
    for at in range(max(end - _TAIL, 2), end):
        head, above = first[at], first[at - 1]
        heads = head.style.size > 1.1 * size or (head.style.bold and not above.style.bold)
        wide = above.bottom - head.bottom > 1.8 * size
        if heads and wide and head.bottom < lowest and abs(above.bottom - lowest) < _BALANCED * size:
            cut = (
                not above.text.endswith(SENTENCE_END)
                and second[0].text[:1].islower()
                and first[-1].text.endswith(SENTENCE_END)
            )
            return at, cut
    return end, False


def gutter_beside_table(
    rows: Sequence[Sequence[Segment]], gutters: Sequence[float], rules: Sequence[Box]
) -> float | None:
    """The gutter at which the rules of a table end, with text of whole lines and no rule at its other side, if any."""
    size = rows[0][0].style.size
    top, bottom = rows[0][0].bottom + 1.5 * size, rows[-1][0].bottom - size
    near = [box for box in rules if bottom < (box.bottom + box.top) / 2 < top]
    segments = [segment for row in rows for segment in row]
    for gutter in gutters if len(near) >= _RULES else ():
        left, right = ([one for one in segments if (one.left > gutter) == side] for side in (False, True))
        edge, start = max(one.right for one in left), min(one.left for one in right)
        for beside, ends in (
            (right, all(box.right <= start for box in near)),
            (left, all(box.left >= edge for box in near)),
        ):
            if ends and mean(len(one.text) for one in beside) > _PROSE:
                return (start + max([edge, *(box.right for box in near if box.right <= start)])) / 2
    return None


def box_beside(
    columns: Sequence[Sequence[Segment]], gutters: Sequence[float], below: Sequence[Sequence[Segment]]
) -> int | None:
    """Which of two columns is a box that the text flows around: the narrower, if text goes on below the gutter."""
    if len(columns) != 2 or not below or len(below[0]) != 1:
        return None
    line = below[0][0]
    size = median(segment.style.size for column in columns for segment in column)
    if not line.left < gutters[0] < line.right or line.style.size > _HEADING * size:
        return None
    widths = [max(one.right for one in column) - min(one.left for one in column) for column in columns]
    return None if min(widths) > _BOX * max(widths) else widths.index(min(widths))
