"""Parses HTML as a browser does, within bounds: a page that is too large or too deep is refused before it is read.

The browsers' own rules decide what belongs where in a page that is written wrongly. html.parser breaks off at numbers
of 5,000 digits and puts unclosed paragraphs and items inside one another; html5lib and lxml do not, and took 4.1 s and
1.7 s for 48,000 elements, lexbor 0.05 s (Beautiful Soup then takes 2.5 s to read what lexbor wrote).
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from wellread.errors import WellreadError
from wellread.importing.stylesheets import apply_styles

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MAX_OF_A_PAGE = 8_000
"""Elements of a web page at most, scripts not counted. Long articles have 3,000; 8,000 take about 5 s to import."""

MAX_OF_A_FILE = 40_000
"""Elements at most of what is made of a Word file or a PDF, which have no menus to look for: a book of 500 pages."""

MAX_DEPTH = 150
"""Elements inside one another at most. Pages of site builders have up to 60; Python's own limit is met at 300."""

_USUAL_DEPTH = 37
"""At which all elements may lie; those of ordinary pages lie at 15 on the average. What is deep takes long."""

_MAX_OPEN = 5_000
"""Tags left open at most: the parser's time grows with the square of the depth, and 5,000 take 0.2 s."""

_TAGS_PER_ELEMENT = 12
"""Signs "<" for each element, before scripts are taken out: two of its own, and ten of code."""

_COPY = "copy its text into a new .txt article"
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_OTHERS = _VOID | frozenset("p li dt dd tr td th thead tbody tfoot option optgroup colgroup".split())
_NO_TEXT = "style audio video canvas iframe object embed noembed noframes datalist select textarea".split()
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")

_LONE = re.compile(r"(?<=[>\s])[\u200c-\u200f]+(?=[<\s])")
"""Signs that join letters or turn their direction, where there is no letter: editors of site builders leave them."""


def parse_html(html: str, most: int = MAX_OF_A_FILE) -> BeautifulSoup:
    """Parse a page, without what holds no text and without control characters, soft hyphens and spaces of no width.

    Scripts, styles, films and the fields of forms are gone, but for the page's data about itself (JSON-LD). A drawing
    holds only the words that are written in it. Readings above characters (ruby) stand in brackets behind them.

    Raises:
        WellreadError: the page has more elements than `most`, or they lie too deep inside one another.
    """
    from bs4 import BeautifulSoup
    from bs4.element import Script, TemplateString

    plain = _LONE.sub("", _UNSEEN.sub("", _browser_html(html, most)))
    elements = depth = deepest = work = 0
    for tag in _TAG.finditer(plain):
        if tag[2].lower() not in _VOID:
            depth += -1 if tag[1] else 1
            deepest = max(deepest, depth)
        if not tag[1]:
            elements += 1
            work += depth
    if elements > most:
        raise _too_large(most, f"{elements:,}")
    if deepest > MAX_DEPTH or work > most * _USUAL_DEPTH:
        raise _too_deep(deepest)
    kinds = {"script": Script, "template": TemplateString}  # by itself, it passes over what is set above characters
    page = BeautifulSoup(plain, "html.parser", string_containers=kinds)
    for above in page.find_all("rt"):
        before = above.find_previous_sibling(True)
        if above.get_text().strip() and (before is None or before.name != "rp" or not before.get_text().strip()):
            above.insert_before("(")
            above.insert_after(")")
    return page


def _browser_html(html: str, most: int) -> str:
    """The page as a browser would write it anew: every element closed, at its place."""
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    tags = html.count("<")
    if tags > most * _TAGS_PER_ELEMENT:
        raise _too_large(most, f"about {tags:,}")
    if any(len(tag[0].split()) > _MAX_OPEN for tag in _LONG_TAG.finditer(html)):
        raise WellreadError(f"it has an element with more than {_MAX_OPEN:,} attributes", _COPY)
    balance: dict[str, int] = {}
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name not in _CLOSED_BY_OTHERS:
            balance[name] = balance.get(name, 0) + (-1 if tag[1] else 1)
    left_open = sum(count for count in balance.values() if count > 0)
    if left_open > _MAX_OPEN:
        raise _too_deep(left_open)
    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)  # or 20,000 options take 7 s
    for script in tree.css("script"):
        if (script.attributes.get("type") or "").strip().lower() != "application/ld+json":
            script.decompose()
    for drawing in tree.css("svg"):
        drawing.inner_html = escape(" ".join(text.text() for text in drawing.css("text")))
    apply_styles(tree)
    tree.strip_tags(_NO_TEXT, recursive=True)
    return tree.html or ""


def _too_large(most: int, elements: str) -> WellreadError:
    return WellreadError(f"it has more than {most:,} elements ({elements})", f"divide it, or {_COPY}")


def _too_deep(depth: int) -> WellreadError:
    reason = f"its elements lie too deep inside one another (up to {depth:,} deep)"
    return WellreadError(reason, f"open it in a browser and save it anew, or {_COPY}")
