"""Takes the numbers of lines out that drafts and studies have in their margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from wellread.importing.pdf.segments import Segment

_LEAST = 5
"""Numbers on a page at least."""
_SMALLER = 0.92
"""Size of the numbers, as a share of that of the text, at most: larger ones count the parts of a list."""
_EVEN = 2.0
"""Points by which the numbers stand apart from one line at most."""


def without_line_numbers(
    pages: Mapping[int, Sequence[Segment]], body: float
) -> tuple[dict[int, list[Segment]], list[str]]:
    """The pages without the numbers of their lines, and these numbers; most of the text is in type of a size `body`."""
    kept: dict[int, list[Segment]] = {}
    dropped: list[str] = []
    for number, page in pages.items():
        counted = [one for one in page if one.text.isdecimal() and one.style.size < _SMALLER * body]
        text = [one for one in page if one not in counted]
        columns = (
            [one for one in counted if text and one.right < min(other.left for other in text)],
            [one for one in counted if text and one.left > max(other.right for other in text)],
        )
        found = [one for column in columns if _counts_lines(column) for one in column]
        kept[number] = [one for one in page if one not in found]
        dropped += [one.text for one in found]
    return kept, dropped


def _counts_lines(column: Sequence[Segment]) -> bool:
    """Tell whether numbers stand below one another and grow by the same step, such as 1 or 5."""
    ordered = sorted(column, key=lambda one: -one.bottom)
    steps = {int(below.text) - int(above.text) for above, below in pairwise(ordered)}
    apart = min(
        max((abs(one.right - ordered[0].right) for one in ordered), default=0.0),
        max((abs(one.left - ordered[0].left) for one in ordered), default=0.0),
    )
    return len(ordered) >= _LEAST and len(steps) == 1 and min(steps) > 0 and apart < _EVEN
