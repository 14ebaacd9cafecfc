"""Leaves out of a web page's text what invites a reader elsewhere: buttons that lead away, teasers of other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.furniture import lines_of
from wellread.importing.hidden import classes_of
from wellread.importing.left_out import LeftOut
from wellread.importing.links import leads_elsewhere, parts_of
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, holds, text_of

if TYPE_CHECKING:
    from bs4 import Tag

_BUTTON = re.compile(r"(?:^|[-_ ])(?:btn|button|cta)(?:$|[-_ ])", re.IGNORECASE)
"""What sites call a link that is drawn as a button: Bootstrap, Squarespace, WordPress, GOV.UK."""
_MOST_ON_BUTTON = 6
"""Words of a button at most; more are a sentence."""
_MOST_BESIDE = 8
"""Words at most of the line above a button that stand with it in a box: "Book a visit to the clinic"."""
_MOST_IN_TEASER = 60
"""Words of a teaser at most: a headline and the beginning of a text."""
_UP = 2
"""Elements around a link whose classes speak of it: a theme often names the frame of a button."""
_FILE = re.compile(r"\.[a-z0-9]{2,4}$", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_ENDS = (".", "!", ":", ";", "。", "।")


def leave_out_invitations(text: Tag, title: Tag | None, host: str) -> list[LeftOut]:
    """Take out teasers of other pages, and lines that are a button to another page of the site and nothing else.

    A button stays where it has a figure, as a number to call, leads to a file, or ends what a line with a colon begins.
    """
    left_out = []
    boxes = text.find_all(["div", "section", "article", "li", "aside"])
    teasers = [box for box in boxes if not (title is not None and holds(box, title)) and _is_teaser(box)]
    outer = [box for box in teasers if not any(parent is other for parent in box.parents for other in teasers)]
    if 2 * sum(len(text_of(box).split()) for box in outer) < len(text_of(text).split()):  # or they are the text
        for box in outer:
            left_out.append(LeftOut("teaser of another page", text_of(box)))
            box.decompose()
    before: Tag | None = None
    for leaf in lines_of(text):
        if title is not None and (holds(leaf, title) or holds(title, leaf)):
            before = None
        elif _is_button_line(leaf, host) and not (before is not None and text_of(before).endswith(":")):
            around = leaf.parent
            if around is not None and before is not None and _is_line_above(before, leaf, around):
                left_out.append(LeftOut("button", text_of(around)))
                around.decompose()
            else:
                left_out.append(LeftOut("button", text_of(leaf)))
                leaf.decompose()
            before = None
            continue
        before = leaf
    return left_out


def _is_teaser(box: Tag) -> bool:
    """Tell whether an element is a headline that is a link, some words, and a last line that is the same link."""
    words = text_of(box)
    if not 0 < len(words.split()) <= _MOST_IN_TEASER or len(box.find_all(HEADINGS)) != 1:
        return False
    lines = lines_of(box)
    heading, last = box.find(HEADINGS), lines[-1]
    if heading is None or lines[0] is not heading or last is heading:
        return False
    links = [_whole_link(heading), _whole_link(last)]
    addresses = [str(link["href"]).strip() for link in links if link is not None]
    return len(addresses) == 2 and addresses[0] == addresses[1] and not addresses[0].startswith("#")


def _whole_link(line: Tag) -> Tag | None:
    """The only link of a line, where the line says nothing else."""
    links = line.find_all("a", href=True)
    return links[0] if len(links) == 1 and text_of(links[0]) == text_of(line) else None


def _is_button_line(leaf: Tag, host: str) -> bool:
    words = text_of(leaf)
    if leaf.name not in ("p", "div") or len(words.split()) > _MOST_ON_BUTTON or words.endswith(_ENDS):
        return False
    if any(map(str.isdecimal, words)) or first_inside(leaf, ("input", "select", "textarea")) is not None:
        return False
    link = _whole_link(leaf)
    if link is not None:
        address = str(link["href"]).strip()
        parts = parts_of(address)
        around = [link, *[*link.parents][:_UP]]
        named = any(_BUTTON.search(classes_of(tag)) for tag in around if text_of(tag) == words)
        if parts is None:
            return False
        is_file = _FILE.search(parts.path) is not None and _PAGE.search(parts.path) is None
        return named and not address.startswith("#") and not leads_elsewhere(address, host) and not is_file
    drawn = [tag for tag in leaf.find_all(["span", "a"]) if _BUTTON.search(classes_of(tag)) and text_of(tag) == words]
    return bool(drawn) and leaf.find_next_sibling(True) is None


def _is_line_above(before: Tag, leaf: Tag, box: Tag) -> bool:
    """Tell whether a box holds a short line that ends like no sentence, the button below it, and nothing else."""
    words = text_of(before)
    return (
        box.name in BLOCK_NAMES
        and first_inside(box, HEADING_NAMES) is None
        and holds(box, before)
        and text_of(box) == f"{words} {text_of(leaf)}"
        and len(words.split()) <= _MOST_BESIDE
        and not words.endswith((*_ENDS, "?"))
        and not any(map(str.isdecimal, words))
    )
