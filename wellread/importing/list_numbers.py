"""Counts the items of a web page's lists as a browser does, and writes the marks that are letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.tree import BLOCKS, first_inside, new_tag
from wellread.text.list_marks import written_number

if TYPE_CHECKING:
    from bs4 import Tag

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE)


def write_marks(listing: Tag) -> None:
    """Write the marks of a list that counts in letters before its items, as a browser shows them: "a.", "iv.".

    In numbers it stays a list that counts by itself, and begins anew where an item gives its own number.
    """
    before: int | None = None
    last = listing
    for item, number in numbered(listing):
        styled = _STYLE.search(f"{listing.get('style') or ''};{item.get('style') or ''}")
        form = _TYPES.get(str(item.get("type") or listing.get("type") or ""), styled[1].lower() if styled else "")
        if form:
            _first_block(item).insert(0, f"{written_number(number, form)}. ")
            listing.name = "ul"
        elif before is None and number != 1:
            listing["start"] = str(number)
        elif before is not None and number != before + 1:
            new = new_tag("ol")
            new["start"] = str(number)
            last.insert_after(new)
            last = new
        if last is not listing:
            last.append(item.extract())
        before = number


def numbered(listing: Tag) -> list[tuple[Tag, int]]:
    """Return the items of a list with their numbers, as a browser counts them; the list loses its "start"."""
    items = listing.find_all("li", recursive=False)
    start = str(listing.get("start") or "").strip()
    del listing["start"]
    backwards = listing.has_attr("reversed")
    number = int(start) if _is_number(start) else len(items) if backwards else 1
    found = []
    for item in items:
        own = str(item.get("value") or "").strip()
        number = int(own) if _is_number(own) else number
        found.append((item, number))
        number += -1 if backwards else 1
    return found


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 9


def _first_block(item: Tag) -> Tag:
    """The element inside an item that its words begin in."""
    for inner in item.find_all(["p", "div"]):
        if item.get_text().strip().startswith(inner.get_text().strip()[:40]) and first_inside(inner, BLOCKS) is None:
            return inner
    return item
