"""Reads what a web page shows only by a script or a form: streamed parts, numbers that count up, choices, hints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.furniture import FILE
from wellread.importing.left_out import LeftOut
from wellread.importing.tree import holds, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_SHADOW = re.compile(
    r"<template\b(?=[^<>]*\bshadowrootmode\b)[^<>]*>((?:(?!</?template\b).)*)</template\s*>", re.DOTALL | re.IGNORECASE
)
_PLACE = re.compile(r"[BP]:[0-9a-f]+")
_HINTS = (
    "data-bs-content",
    "data-content",
    "data-tippy-content",
    "data-tooltip",
    "data-original-title",
    "data-bs-title",
)
"""Attributes with the words of a popover or a tooltip: Bootstrap 3 to 5, Tippy and others."""
_DEEPEST = 5
"""Shadow roots inside one another at most that are opened."""


def open_shadow_roots(html: str) -> str:
    """Put what a browser shows in place of an element (a declarative shadow root) into that element.

    >>> open_shadow_roots('<my-box><template shadowrootmode="open"><p>Rest.</p></template></my-box>')
    '<my-box><div><p>Rest.</p></div></my-box>'
    """
    for _ in range(_DEEPEST):
        html, found = _SHADOW.subn(r"<div>\1</div>", html)
        if not found:
            break
    return html


def place_streamed(page: BeautifulSoup) -> None:
    """Put the parts that React sends later, hidden at the end of the page, in the places that wait for them."""
    from bs4 import Comment

    for place in page.find_all("template", id=_PLACE):
        part = page.find(id=f"S:{str(place['id'])[2:]}", hidden=True)
        if part is None or holds(part, place):
            continue
        beside = list(place.next_siblings) if str(place["id"]).startswith("B:") else []
        end = next((at for at, one in enumerate(beside) if isinstance(one, Comment) and one.strip() == "/$"), 0)
        for meanwhile in beside[:end]:
            meanwhile.extract()
        del part["hidden"]
        place.replace_with(part.extract())


def hints(page: BeautifulSoup) -> list[LeftOut]:
    """What opens beside a word when it is touched: popovers, long forms of abbreviations; it is nowhere in the text."""
    short = [(text_of(tag), str(tag["title"])) for tag in page.select("abbr[title], acronym[title], dfn[title]")]
    said = [str(tag.get(key) or "") for tag in page.select(", ".join(f"[{key}]" for key in _HINTS)) for key in _HINTS]
    plain = [" ".join(re.sub(r"<[^<>]*>", " ", words).split()) for words in said]
    shown = " ".join(page.get_text(" ").split())
    written = (words for words in plain if " " in words and words[0] not in "{[" and words not in shown)
    meant = [f"{word}: {title}" for word, title in short if title.strip() and title.casefold() not in shown.casefold()]
    return [LeftOut("hints that open beside a word", words) for words in [*written, *meant]]


def embedded_files(html: str) -> list[str]:
    """A note of each PDF or Word file that a page shows inside itself."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    shown = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS).css("iframe, embed, object")
    sources = [frame.attributes.get("src") or frame.attributes.get("data") or "" for frame in shown]
    files = dict.fromkeys(source for source in sources if FILE.search(source))
    return [f"the page shows a file that is not read, import it too: {file}" for file in files]


def choices(html: str) -> list[LeftOut]:
    """The choices of a page's forms, and what is written in their fields, which are no text of its article."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    options = [LeftOut("choices of a form", option.text()) for option in tree.css("select option, datalist option")]
    return options + [LeftOut("text in fields of a form", field.text()) for field in tree.css("textarea")]


def write_counters(page: BeautifulSoup) -> list[str]:
    """Write the numbers to which counters run (Elementor's), in place of the 0 that they begin with; gives notes."""
    notes = []
    for counter in page.select("[data-to-value]"):
        first, last = counter.get_text().strip(), str(counter["data-to-value"]).strip()
        if last and first != last and not any(char.isalpha() for char in first + last):
            counter.string = last
            notes.append(f'a number that counts up is written as "{last}", and not as "{first}"')
    return notes


def remedy_for_no_text(page: bytes) -> str:
    """What to do about a page without text, which frames or a script may show."""
    lower = page.lower()
    if b"<frameset" in lower:
        return "import the files that its frames show, or type the text"
    if b"<script" in lower:
        return "a script may draw it: open it in a browser and save it there as a whole page, or type the text"
    return "look at the file, or type the text"
