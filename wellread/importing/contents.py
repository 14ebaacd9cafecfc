"""Leaves out a web page's list of its own contents, with its heading: the headings stand below it once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.left_out import LeftOut
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, holds, nearest_around, text_of
from wellread.text.page_words import CONTENTS

if TYPE_CHECKING:
    from bs4 import Tag

_NAMED = re.compile(
    r"(?:^|[-_ ])(?:toc|table-?of-?contents|contents-?list|inhaltsverzeichnis|sommaire"
    r"|(?:anchor|jump|in-?page|page)-?(?:links|nav)|on-?this-?page)",
    re.IGNORECASE,
)
_SHARE = 0.8
"""Share of the items of a list at least that are headings below it: one may lead to the sources."""
_FRAMES = 3
"""Elements around a list whose classes may call it a list of contents."""


def leave_out_contents(page: Tag, title: Tag | None) -> list[LeftOut]:
    """Take out lists that are called contents and whose items are headings below them, and such headings over nothing.

    A list that is called nothing may say what there is, such as the forms of an illness, and stays.
    """
    left_out = []
    headings = page.find_all(HEADINGS)
    at = {id(tag): number for number, tag in enumerate(page.find_all([*HEADINGS, "ul", "ol"]))}
    last = {_letters(text_of(heading)): at[id(heading)] for heading in headings}
    for listing in page.find_all(["ul", "ol"]):
        items = [] if listing.decomposed else [_own_words(item) for item in listing.find_all("li")]
        said = sum(last.get(_letters(item), -1) > at[id(listing)] for item in items if item)
        if len(items) < 2 or said < _SHARE * len(items):
            continue
        label = _line_above(listing)
        if label is not None and not CONTENTS.fullmatch(text_of(label).strip(" :")):
            label = None
        if label is None and not any(_NAMED.search(classes_of(tag)) for tag in [listing, *listing.parents][:_FRAMES]):
            continue
        if label is None or title is None or not holds(label, title):
            parts = [part for part in (label, listing) if part is not None]
            left_out.append(LeftOut("contents list", " ".join(map(text_of, parts))))
            for part in parts:
                part.decompose()
    for heading in headings:
        if heading.decomposed or not CONTENTS.fullmatch(text_of(heading).strip(" :")):
            continue
        if _is_over_nothing(heading) or _is_alone_in_contents(heading):
            left_out.append(LeftOut("contents list", text_of(heading)))
            heading.decompose()
    return left_out


def _own_words(item: Tag) -> str:
    """The words of an item without those of the lists inside it."""
    words = [one for one in item.find_all(string=True) if nearest_around(one, ("li",)) is item]
    return " ".join("".join(words).split())


def _line_above(listing: Tag) -> Tag | None:
    """The heading or line that is the last with words before a list."""
    for piece in listing.previous_elements:
        if isinstance(piece, str) and piece.strip():
            return nearest_around(piece, BLOCK_NAMES | {"span", "strong", "b"})
    return None


def _is_over_nothing(heading: Tag) -> bool:
    """Tell whether the next words below a heading are another heading that is none of its own, or there are none.

    A deeper one is its own where one as high comes later: "Contents" may be what a box holds.
    """
    for piece in heading.next_elements:
        if isinstance(piece, str) and piece.strip() and not any(parent is heading for parent in piece.parents):
            below = nearest_around(piece, HEADING_NAMES)
            if below is None:
                return False
            later = below.find_all_next(HEADINGS)
            return below.name <= heading.name or all(one.name > heading.name for one in later)
    return True


def _is_alone_in_contents(heading: Tag) -> bool:
    """Tell whether a heading is all that stands in a box that is called a list of contents: a script fills it."""
    box = heading.parent
    return box is not None and _NAMED.search(classes_of(box)) is not None and text_of(box) == text_of(heading)


def _letters(words: str) -> str:
    return re.sub(r"^\d+", "", "".join(char for char in words.casefold() if char.isalnum()))
