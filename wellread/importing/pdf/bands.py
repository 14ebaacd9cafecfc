"""Finds where columns of text end: at a heading, a box or a table that reaches over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.marks import SENTENCE_END
from wellread.importing.pdf.runs import columns_of
from wellread.importing.pdf.segments import Segment

_BELOW = 2.0
"""Sizes of the type between columns and a line below them at least."""
_HEADING = 1.1
"""How much larger than the text a line is that is a heading by its size."""
_THIN = 2.5
"""Height of a rule in points at most; what is higher is a box."""
_NEAR = 2.0
"""Points by which the rules of neighbouring cells may differ in height, and by which they may stand apart."""
_PITCH = 2.5
"""Sizes of the type between a table's head and the rule below it at most."""
_FULL = 0.7
"""Share of the width of a column that a line of its text takes at least, but for the last of a paragraph."""
_NEXT = 2.2
"""Sizes of the type between two lines of one paragraph at most."""


def end_of_columns(band: Sequence[Sequence[Segment]]) -> int:
    """Where columns end: before a line that stands alone, farther away than any two lines that are above it.

    A heading that is last in the left column heads what stands below both.
    """
    first = next((at for at, row in enumerate(band) if len(row) > 1), 0)
    gaps = [above[0].bottom - below[0].bottom for above, below in pairwise(band)]
    end = len(band)
    while end > first + 3 and len(band[end - 1]) == 1:
        *inner, last = gaps[first : end - 1]
        if last <= max(_BELOW * band[end - 1][0].style.size, 1.3 * max(inner)):
            break
        end -= 1
    return end - (end == len(band) > first + 2 and _heads_what_is_below(band))


def cut_across(
    band: Sequence[list[Segment]], gutters: Sequence[float], rules: Sequence[Box]
) -> list[Sequence[list[Segment]]]:
    """Cut columns where a drawn box with short lines, or a ruled table, reaches over all of them."""
    cuts = {0, len(band)}
    across = [box for box in rules if box.left < gutters[0] and box.right > gutters[-1]]
    columns = columns_of(band, gutters) if across else []
    for box in across:
        if any(goes_across(edge, column) for edge in (box.bottom, box.top) for column in columns):
            continue  # a colour behind some lines of the text
        inside = [at for at, row in enumerate(band) if box.bottom < row[0].bottom < box.top]
        if inside and len(inside) < len(band) and all(len(band[at]) == 1 for at in inside):
            cuts |= {inside[0], inside[-1] + 1}
    heights = _heights_across(gutters, rules)
    inside = [at for at, row in enumerate(band) if heights and heights[0] < row[0].bottom < heights[-1]]
    if len(heights) == 1:
        cuts.add(sum(row[0].bottom > heights[0] for row in band))  # a line that is drawn below columns
    elif inside and len(inside) < len(band):
        start = inside[0]
        if start and 0 < band[start - 1][0].bottom - heights[-1] < _PITCH * band[start - 1][0].style.size:
            start -= len(band[start - 1]) > 1  # the table's head
        if start > 1 and _heads_what_is_below(band[:start]):
            start -= 1
        cuts |= {start, inside[-1] + 1}
    return [band[start:end] for start, end in pairwise(sorted(cuts))]


def goes_across(height: float, column: Sequence[Segment]) -> bool:
    """Tell whether a sentence that fills its line in a column goes on in the next one, below a height on the page."""
    above = min((one for one in column if one.bottom >= height), key=lambda one: one.bottom, default=None)
    below = max((one for one in column if one.bottom < height), key=lambda one: one.bottom, default=None)
    if above is None or below is None or above.text.endswith(SENTENCE_END) or above.style != below.style:
        return False
    left, right = min(one.left for one in column), max(one.right for one in column)
    if above.right < left + _FULL * (right - left):
        return False
    return below.text[0].islower() and above.bottom - below.bottom < _NEXT * above.style.size


def _heads_what_is_below(band: Sequence[Sequence[Segment]]) -> bool:
    """Tell whether the last line of columns is a heading at the left edge, alone on its line."""
    segments = [segment for row in band for segment in row]
    last = band[-1][0]
    size = median(segment.style.size for segment in segments)
    bold = last.style.bold and 2 * sum(segment.style.bold for segment in segments) < len(segments)
    at_left = last.left < min(segment.left for segment in segments) + last.style.size
    return len(band[-1]) == 1 and at_left and (bold or last.style.size > _HEADING * size)


def _heights_across(gutters: Sequence[float], rules: Sequence[Box]) -> list[float]:
    """The heights of rules that go over all gutters, from the lowest up; those of neighbouring cells are one."""
    thin = sorted((box for box in rules if box.top - box.bottom <= _THIN), key=lambda box: (box.bottom, box.left))
    found: list[float] = []
    at = 0
    while at < len(thin):
        end = at
        while end < len(thin) and thin[end].bottom - thin[at].bottom < _NEAR:
            end += 1
        level = sorted(thin[at:end], key=lambda box: box.left)
        reached = level[0].left
        start = reached
        for box in level:
            if box.left > reached + _NEAR:
                start = box.left
            reached = max(reached, box.right)
            if start < gutters[0] and reached > gutters[-1]:
                found.append(level[0].bottom)
                break
        at = end
    return found
