"""Leaves out the links of a web page that lead to its top and stand alone in their line: "Back to top"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.lines import lines_of
from wellread.importing.tree import HEADINGS, holds, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MOST_WORDS = 8
"""Words of such a line at most."""
_NAMED_TOP = re.compile(r"(?:.*[-_])?(?:top|page|header|haut|oben|arriba|topo|inizio)", re.IGNORECASE)
"""What sites call the top, where the element itself is not on the saved page: "#SCROLL_TO_TOP"."""
_NAMED_CONTENTS = re.compile(
    r"(?:.*[-_])?(?:toc|contents|table-of-contents|inhalt|sommaire|indice|inhoud)", re.IGNORECASE
)
"""What sites call the list of a page's contents, to which a link below each section leads back."""


def leave_out_tops(page: BeautifulSoup, title: Tag | None) -> list[LeftOut]:
    """Take out the lines below the title that are nothing but links to the top of their page, whatever they say.

    A link to "#" may also be what opens a text by a script: it goes where a heading or nothing follows it, or where it
    stands there again, and no other such line says other words.
    """
    ids: dict[str, Tag] = {}
    order: dict[int, int] = {}
    for at, tag in enumerate(page.find_all(True)):
        order[id(tag)] = at
        for name in (tag.get("id"), tag.get("name") if tag.name == "a" else None):
            if name:
                ids.setdefault(str(name), tag)

    def is_top(address: str, leaf: Tag) -> bool:
        name = address[1:]
        there = ids.get(name)
        if _NAMED_CONTENTS.fullmatch(name):
            return there is None or order[id(there)] < order[id(leaf)]
        if there is None:
            return name == "" or _NAMED_TOP.fullmatch(name) is not None
        return title is not None and (holds(there, title) or order[id(there)] < order[id(title)])

    found: list[tuple[Tag, bool]] = []  # a line, and whether its address alone is sure
    for leaf in lines_of(page.body or page):
        if leaf.name in HEADINGS or (title is not None and order[id(leaf)] <= order[id(title)]):
            continue
        addresses = [str(link["href"]).strip() for link in leaf.find_all("a", href=True)]
        linked = "".join(text_of(link) for link in leaf.find_all("a", href=True))
        if not addresses or _letters(linked) != _letters(text_of(leaf)) or len(text_of(leaf).split()) > _MOST_WORDS:
            continue
        beside = leaf.find_previous_sibling("li") or leaf.find_next_sibling("li")
        among_others = leaf.name == "li" and beside is not None
        if "#" in addresses and (addresses != ["#"] or _begins_a_section(leaf)):
            continue  # such as the share links of a script, or a link of a saved page that lost its address
        if not among_others and all(address.startswith("#") and is_top(address, leaf) for address in addresses):
            found.append((leaf, "#" not in addresses))
    words = [text_of(leaf) for leaf, _ in found]
    unsure = {text_of(leaf) for leaf, sure in found if not sure}
    left_out = []
    for (leaf, sure), said in zip(found, words, strict=True):
        if sure or (len(unsure) == 1 and (words.count(said) > 1 or _ends_a_section(leaf))):
            left_out.append(LeftOut("link to the top", said))
            if leaf.name in ("td", "th"):
                leaf.clear()
            else:
                leaf.decompose()
    return left_out


def _letters(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def _begins_a_section(leaf: Tag) -> bool:
    """Tell whether a heading is the last that has words above a line: there is no way back from what has no text."""
    for piece in leaf.previous_elements:
        if isinstance(piece, str) and piece.strip():
            return nearest_around(piece, HEADINGS) is not None
    return False


def _ends_a_section(leaf: Tag) -> bool:
    """Tell whether a heading is the next that has words below a line, or nothing has."""
    for piece in leaf.next_elements:
        if isinstance(piece, str) and piece.strip() and not any(parent is leaf for parent in piece.parents):
            return nearest_around(piece, HEADINGS) is not None
    return True
