"""Leaves out of a web page's text what invites a reader elsewhere: buttons that lead away, teasers of other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import has_number_to_call, is_sentence, lines_of
from wellread.importing.links import leads_elsewhere, parts_of
from wellread.importing.related import is_beside
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, holds, nearest_around, text_of

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
_MOST_IN_BOX = 30
"""Words at most of a box beside the text: "Run for lungs", a line about it, and a button."""
_ADVICE = 6
"""Words of a sentence in such a box from which on it may be advice: "Go to hospital if it bleeds." has 6."""
_TIMES = 4
"""How many times the words of such a box the column with the title has at least: it is the page's text then."""
_POST = re.compile(r"(?:^|\s)(?:hentry|type-post|elementor-post)(?:\s|$)")
"""What WordPress and its builders call one post of a list."""
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
    others = [box for box in boxes if not (title is not None and holds(box, title))]
    teasers = [box for box in others if _is_teaser(box)] + _cards(others)
    outer = [box for box in teasers if not any(parent is other for parent in box.parents for other in teasers)]
    if 2 * sum(len(text_of(box).split()) for box in outer) < len(text_of(text).split()):  # or they are the text
        heads = _heads_above(text, outer)
        for box in outer:
            left_out.append(LeftOut("teaser of another page", text_of(box)))
            box.decompose()
        for heading in reversed(heads):
            if heading is not title and _is_over_nothing(text, heading):
                left_out.append(LeftOut("teaser of another page", text_of(heading)))
                heading.decompose()
    before: Tag | None = None
    for leaf in lines_of(text):
        if title is not None and (holds(leaf, title) or holds(title, leaf)):
            before = None
        elif _is_button_line(leaf, host) and not (before is not None and text_of(before).endswith(":")):
            around = leaf.parent
            if around is not None and before is not None and _is_line_above(before, leaf, around):
                left_out.append(LeftOut("button", text_of(around)))
                around.decompose()
            elif (column := _box_beside(leaf, title)) is not None:
                left_out.append(LeftOut("box beside the text", text_of(column)))
                column.decompose()
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


def _cards(boxes: list[Tag]) -> list[Tag]:
    """The articles inside an article that are a headline, a link, with a label above, a date or words that break off.

    One alone may be text. A post of WordPress is another page, whatever it says.
    """
    found = []
    for box in boxes:
        headings = box.find_all(HEADINGS) if box.name == "article" else []
        if len(headings) != 1 or len(text_of(box).split()) > _MOST_IN_TEASER:
            continue
        link = _whole_link(headings[0]) or nearest_around(headings[0], ("a",))
        lines = lines_of(box)
        at = next((at for at, line in enumerate(lines) if line is headings[0]), None)
        if at is None:  # a heading without words, or around blocks
            continue
        short = all(map(is_beside, lines[:at])) and all(map(_is_dated_or_breaks_off, lines[at + 1 :]))
        leads = link is not None and not str(link.get("href") or "#").startswith("#")
        if leads and (short or _POST.search(classes_of(box))):
            found.append(box)
    return found if len(found) > 1 else []


def _is_dated_or_breaks_off(line: Tag) -> bool:
    words = text_of(line)
    return words.rstrip(" ]").endswith(("…", "...")) or (any(map(str.isdecimal, words)) and is_beside(line))


def _heads_above(text: Tag, boxes: list[Tag]) -> list[Tag]:
    """The headings that are the last line above one of these elements."""
    heads: list[Tag] = []
    before: Tag | None = None
    for leaf in lines_of(text):
        inside = any(holds(box, leaf) for box in boxes)
        if inside and before is not None and before.name in HEADINGS:
            heads.append(before)
        before = None if inside else leaf
    return heads


def _is_over_nothing(text: Tag, heading: Tag) -> bool:
    """Tell whether the next line of a text below a heading is another one as high, or there is none."""
    leaves = lines_of(text)
    below = leaves[next(at for at, leaf in enumerate(leaves) if leaf is heading) + 1 :]
    return not below or (below[0].name in HEADINGS and below[0].name <= heading.name)


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


def _box_beside(button: Tag, title: Tag | None) -> Tag | None:
    """The box that a button ends, where it is all that stands in a column behind the one with title and text."""
    if title is None:
        return None
    box = button
    while box.parent is not None and not holds(box.parent, title):
        box = box.parent
    column = next((tag for tag in box.find_previous_siblings(True) if holds(tag, title)), None)
    words = text_of(box)
    short = len(words.split()) <= _MOST_IN_BOX and words.endswith(text_of(button)) and not has_number_to_call(words)
    advice = any(is_sentence(leaf, _ADVICE) for leaf in lines_of(box))
    main = column is not None and len(text_of(column).split()) >= _TIMES * len(words.split())
    return box if box is not button and short and main and not advice and len(box.find_all(HEADINGS)) == 1 else None


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
