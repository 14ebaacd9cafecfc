"""Reads what a web page shows only by a script or a form: numbers that count up, choices, shadow roots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_SHADOW = re.compile(
    r"<template\b(?=[^<>]*\bshadowrootmode\b)[^<>]*>((?:(?!</?template\b).)*)</template\s*>", re.DOTALL | re.IGNORECASE
)
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


def choices(html: str) -> list[LeftOut]:
    """The choices of a page's forms, which are no text of its article."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    return [LeftOut("choices of a form", option.text()) for option in tree.css("select option, datalist option")]


def write_counters(page: BeautifulSoup) -> list[str]:
    """Write the numbers to which counters run (Elementor's), in place of the 0 that they begin with; gives notes."""
    notes = []
    for counter in page.select("[data-to-value]"):
        first, last = counter.get_text().strip(), str(counter["data-to-value"]).strip()
        if last and first != last and not any(char.isalpha() for char in first + last):
            counter.string = last
            notes.append(f'a number that counts up is written as "{last}", and not as "{first}"')
    return notes
