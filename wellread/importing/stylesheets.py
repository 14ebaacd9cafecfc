"""Applies what a web page's own styles say by class: hidden, struck out, bold, underlined, counted in letters.

Google Docs and others write no other mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from wellread.importing.tree import text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAX_RULES = 2_000
"""Rules that are read at most; pages with the styles of a whole site have more, and hide by names that are known."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_PLAIN = re.compile(r"[a-z0-9]*(?:[.#][A-Za-z_][\w-]*)+")
_DISPLAY = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:\s*([\w-]+)", re.IGNORECASE)
_BOLD = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LINED = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE)
_CLASS = re.compile(r"\.[A-Za-z_][\w-]*")
_COUNTED = re.compile(r"(\.[A-Za-z_][\w-]*)\s*>\s*li::?before")
_COUNTER = re.compile(r"counter\([^,)]*,\s*((?:lower|upper)-(?:alpha|latin|roman))\s*\)", re.IGNORECASE)
_SIMPLE = r"[a-z0-9]*(?:[.#][A-Za-z_][\w-]*)*"
_BESIDE = re.compile(rf"((?=[\w.#]){_SIMPLE}(?: +(?=[\w.#]){_SIMPLE})*)::?(before|after)")
_CONTENT = re.compile(
    r"(?:^|;)\s*content\s*:\s*(?:\"([^\"\\]*)\"|'([^'\\]*)')\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_WRITTEN = "x-written-"
"""Attributes with the words that a style writes before or after an element; no page has them by itself."""
_FONT = re.compile(r"font-family|\bfont\s*:", re.IGNORECASE)
_MAX_DECLARED = 2_000
"""Characters of a rule at most that may write words beside an element."""
_WORD = re.compile(r"[^\W\d_]{2}")
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)


def apply_styles(page: LexborHTMLParser) -> None:
    """Write what a class or an id has in the <style> of a page into the elements: "display: none", bold and the like.

    Only rules for all screens count, and a class that any rule shows again is a panel, not hidden for good. What would
    hide more than half of a page waits for a script.
    """
    rules = list(dict.fromkeys(rule for style in page.css("style") for rule in _rules(style.text())))
    shown = _names(" ".join(selector for selector, declared in rules if _values(declared) - {"none", "hidden"}))
    words = len(page.body.text(separator=" ").split()) if page.body is not None else 0
    for selector, declared in rules[:_MAX_RULES]:
        for of_type, look in _types(selector, declared):
            for node in page.css(of_type):
                _add(node, look)
        beside = _BESIDE.fullmatch(selector)
        if beside is not None and (written := _words_beside(declared)):
            for node in page.css(beside[1]):
                node.attrs[_WRITTEN + beside[2]] = written
        hides = bool(_values(declared) & {"none", "hidden"}) and not _names(selector) & shown
        if not _PLAIN.fullmatch(selector) or not (hides or _STRUCK.search(declared)):
            continue
        found = page.css(selector)
        if hides and 2 * sum(len(node.text(separator=" ").split()) for node in found) > words:
            continue
        for node in found:
            _add(node, "display: none" if hides else "text-decoration: line-through")


def write_styled(page: BeautifulSoup) -> list[str]:
    """Put the words that a page's styles write before or behind an element into it; gives a note that quotes them."""
    found = []
    for place in ("before", "after"):
        for tag in page.select(f"[{_WRITTEN}{place}]"):
            words = str(tag[_WRITTEN + place]).strip()
            if text_of(tag):
                tag.insert(
                    0 if place == "before" else len(tag.contents), f"{words} " if place == "before" else f" {words}"
                )
                found.append(words)
            del tag[_WRITTEN + place]
    quoted = ", ".join(f'"{words}"' for words in dict.fromkeys(found))
    return [f"words that a style of the page writes stand in the text, look at each: {quoted}"] if found else []


def _add(node: LexborNode, look: str) -> None:
    """Write a look into an element's style once, however many rules say it."""
    style = node.attributes.get("style") or ""
    if look not in style:
        node.attrs["style"] = f"{style};{look}"


def _words_beside(declared: str) -> str:
    """The words that a rule for ::before or ::after writes, or ""; with a font of its own, they are an icon's name."""
    found = _CONTENT.search(declared) if len(declared) <= _MAX_DECLARED else None
    words = (found[1] or found[2] or "") if found else ""
    return words if _WORD.search(words) and not _FONT.search(declared) else ""


def _types(selector: str, declared: str) -> Iterator[tuple[str, str]]:
    """What a rule for one class says of type and counting: whom it holds for, and the style."""
    if _CLASS.fullmatch(selector):
        if _BOLD.search(declared):
            yield selector, "font-weight: bold"
        if _LINED.search(declared):
            yield selector, "text-decoration: underline"
    elif (listed := _COUNTED.fullmatch(selector)) and (counter := _COUNTER.search(declared)):
        yield listed[1], f"list-style-type: {counter[1]}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each selector of a style with what it declares; rules inside others, which hold on some screens, only show."""
    css = _COMMENT.sub("", css)
    depth = 0
    start = 0
    for brace in re.finditer(r"[{}]", css):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            block = css[start : brace.end()]
            start = brace.end()
            nested = block.count("{") > 1
            for rule in _RULE.finditer(block):
                selectors, declared = rule.groups()
                if nested and _values(declared) <= {"none", "hidden"}:
                    continue
                for selector in selectors.rpartition(";")[2].split(","):
                    yield (f"@ {selector.strip()}" if nested else selector.strip()), declared


@lru_cache(maxsize=16)  # a rule may have thousands of selectors, which share what it declares
def _values(declared: str) -> frozenset[str]:
    return frozenset(found[1].lower() for found in _DISPLAY.finditer(declared))


def _names(selector: str) -> set[str]:
    return set(re.findall(r"[.#][\w-]+", selector))
