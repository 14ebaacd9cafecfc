"""Tells a note behind a star, "* Children take less", from the item of a list: a star above refers to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REACH = 60
"""Lines above among which the star is looked for that a note belongs to: about a page."""
_REFERS = re.compile(r"[\w)%°.]\\?\*(?=[\s.,;:!?)|]|$)")
_OPENS = re.compile(r"(?:^|[\s(|>])\*{1,3}(?=[^\s*])")
"""A star that opens emphasis; another one behind it closes that."""


def is_starred_note(rows: Sequence[str], at: int) -> bool:
    """Tell whether a line that begins with a star and a space is a note on a star above, and no item.

    It stands alone: no line like it stands above or below, over one blank line, and no indented text of its own below.

    >>> is_starred_note(["Take two tablets*.", "", "* One if you are under 12."], 2)
    True
    >>> is_starred_note(["Take two tablets*.", "", "* Rest", "* Drink"], 2), is_starred_note(["Take:", "* two"], 1)
    (False, False)
    """
    if not rows[at].lstrip().startswith(("* ", "*\t")):
        return False
    near = [n for n in (at - 2, at - 1, at + 1, at + 2) if 0 <= n < len(rows)]
    if any(rows[n].lstrip().startswith(("* ", "*\t", "- ", "+ ", "• ")) for n in near):
        return False
    below = rows[at + 2] if at + 2 < len(rows) and not rows[at + 1].strip() else ""
    if below.strip() and _indent(below) > _indent(rows[at]):
        return False
    return any(_REFERS.search(row) and not _OPENS.search(row) for row in rows[max(at - _REACH, 0) : at])


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
