"""Divides lines from the item of a list above them that Markdown would join to it, where they were typed as their own.

Markdown takes a line without indentation directly below an item for the rest of its sentence: "- Gout", "Acute:" is one
item. Who wraps text by hand fills each line as far as the longest: a line whose first word had room above stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from wellread.articles.introductions import leads_on
from wellread.articles.marktext import BREAK

_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_INNER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_OWN = re.compile(r"[*_\"“„«¿¡(]{0,4}(?P<letter>[^\W\d_])")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ \t]*")
_JOINS = tuple(",-–—+&/(")
"""Signs at the end of a line whose sentence goes on below it."""
_SURE = 0.6
"""Share of the longest line around up to which a line was ended on purpose: lines out of PDFs, whose letters are not of
one width, are unlike. With 1, sentences of four such files were divided, among 790; with this none."""
_LONGEST_LABEL = 60
"""Letters of a label above a list, at most: "Call the ward at once if you have:"."""


def divide_below_items(rows: Sequence[str], first: int, code: Collection[int]) -> list[str]:
    """Return lines with a break above each that was typed as its own below an item; `first` is the line of the first.

    Such a line begins with a letter that is no small one, and its first word had room in the line above, or it ends in
    a colon and items follow. Lines of `code` stay.
    """
    divided = list(rows)
    widths = _widths(rows)
    item = own = False  # whether the line above belongs to an item, or stands alone below one
    for at, row in enumerate(rows):
        if first + at in code or not row.strip():
            item = own = False
        elif _INNER.match(row) and (own or item or _ITEM.match(row)):
            divided[at] = f"{BREAK}{row}" if own else row  # "2. Rest" begins no list within a paragraph
            item, own = True, False
        elif item and _is_own(rows, at, widths[at]):
            divided[at] = f"{BREAK}{row}"
            item, own = False, True
    return divided


def _widths(rows: Sequence[str]) -> list[int]:
    """Return of each line the length of the longest without a blank line between."""
    widths = [len(row.strip()) for row in rows]
    for places in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
        for at in places:
            beside = widths[at - places.step]
            widths[at] = max(widths[at], beside) if widths[at] and beside else widths[at]
    return widths


def _is_own(rows: Sequence[str], at: int, width: int) -> bool:
    row, above = rows[at].rstrip(), rows[at - 1].rstrip()
    below = rows[at + 1].rstrip() if at + 1 < len(rows) else ""
    begins = _OWN.match(row)
    if not begins or begins["letter"].islower() or "|" in row or BREAK in row or above.endswith("\\"):
        return False
    if _UNDERLINE.fullmatch(below) or above.endswith(_JOINS) or leads_on(above):
        return False
    listed = _INNER.match(below) is not None
    if listed and row.rstrip("*_").endswith((":", "：")) and len(row) <= _LONGEST_LABEL:
        return True
    room = max(len(row), 0 if listed else len(below), _SURE * width)
    return len(above) + 1 + len(row.split(maxsplit=1)[0]) <= room
