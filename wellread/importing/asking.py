"""Leaves out what a web page asks of its reader: a heading over fields to fill in, a question over buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.articles.outline import asks
from wellread.importing.left_out import LeftOut
from wellread.importing.tree import HEADINGS, holds, nearest_around, text_of
from wellread.text.page_words import HELPFUL

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

_NEVER = ("body", "main", "article", "html", "td", "nav", "[document]")
_CONTROLS = ("button", "label", "select", "textarea")
_WRITTEN = ("", "text", "email", "tel", "url", "password")
"""Types of <input> that a reader writes in."""
_MOST_WORDS = 20
"""Words of the line above the controls at most."""


def leave_out_asking(page: BeautifulSoup, titles: Sequence[str]) -> list[LeftOut]:
    """Take out boxes that hold a heading and fields to write in, or a question and buttons, and nothing else.

    Not taken is a box whose heading says one of the page's `titles`, one with buttons that open a text, and one that
    text without a heading of its own follows: that may be what the heading is over.
    """
    left_out = []
    with_words = {id(tag) for piece in _words_outside(page) for tag in piece.parents}
    judged: set[int] = set()
    for control in page.find_all(["button", "input", "textarea"]):
        if control.decomposed:
            continue
        box = next((tag for tag in control.parents if id(tag) in with_words), None)
        if box is None or id(box) in judged or box.name in _NEVER:
            continue
        judged.add(id(box))
        line = _only_line(box)
        if line is None or line.name == "h1" or text_of(line) in titles or not _is_asked(box, line):
            continue
        if _is_followed_by_text(box) and not HELPFUL.search(text_of(line)):
            continue
        left_out.append(LeftOut("feedback" if not _fields(box) else "form", text_of(box)))
        box.decompose()
    return left_out


def _words_outside(box: Tag) -> list[PageElement]:
    """The pieces of text of an element that stand in none of its controls."""
    pieces = (piece for piece in box.find_all(string=lambda text: bool(text and text.strip())))
    return [piece for piece in pieces if nearest_around(piece, (*_CONTROLS, "script", "style")) is None]


def _only_line(box: Tag) -> Tag | None:
    """The heading or paragraph that has all words of a box but those of its controls, and stands above these."""
    pieces = _words_outside(box)
    if not pieces:  # they went with a box inside this one
        return None
    line = nearest_around(pieces[0], (*HEADINGS, "p", "div", "span", "legend"))
    if line is None or line is box or line.find(_CONTROLS):
        return None
    if any(not any(parent is line for parent in piece.parents) for piece in pieces):
        return None
    above = line.find_previous(["button", "input", "textarea"])
    return None if above is not None and holds(box, above) else line


def _is_asked(box: Tag, line: Tag) -> bool:
    words = text_of(line)
    if len(words.split()) > _MOST_WORDS:
        return False
    buttons = [*box.find_all("button"), *box.find_all("input", type=["button", "submit"])]
    opens = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target")
    if any(button.has_attr(key) for button in buttons for key in opens):
        return False
    # answers to a question about an illness may be advice: "Yes, call a doctor"
    choices = box.find_all("input", type=["radio", "checkbox"]) if HELPFUL.search(words) else []
    answers = len(buttons) + len(choices) if buttons else 0
    return (_fields(box) > 0 and line.name in HEADINGS) or (answers > 1 and asks(words))


def _fields(box: Tag) -> int:
    inputs = [one for one in box.find_all("input") if str(one.get("type") or "").lower() in _WRITTEN]
    return len(inputs) + len(box.find_all("textarea"))


def _is_followed_by_text(box: Tag) -> bool:
    """Tell whether the next words below a box stand beside it, and in no heading."""
    for piece in box.next_elements:
        if isinstance(piece, str) and piece.strip() and not any(parent is box for parent in piece.parents):
            if nearest_around(piece, ("script", "style", "template")) is not None:
                continue
            beside = any(parent is box.parent for parent in piece.parents)
            return beside and nearest_around(piece, HEADINGS) is None
    return False
