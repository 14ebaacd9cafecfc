"""Divides words of a web page that stand in two inline elements without a space, which a style shows as two lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wellread.importing.tree import new_tag

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_BLOCKS = ("div", "p", "li", "td", "section", "dt", "dd")
_INLINE = frozenset("span strong b em i small a label".split())
_LEAST = 3
"""Letters of an element at least before a new line: "m" and "RNA" are one word."""


def divide_glued(page: Tag) -> None:
    """Put a line break between two inline elements, one of them with a class, where a capital follows a small letter.

    An example is "<span class=title>Warning</span><span>If it swells</span>", where the block holds nothing but inline
    elements. Where both have a class, a figure may follow too: "<b class=label>Dose</b><b class=value>5 mg</b>".
    """
    for block in page.find_all(_BLOCKS):
        children = [child for child in block.children if not isinstance(child, str) or child.strip()]
        children = [child for child in children if getattr(child, "name", None) != "button"]
        if len(children) > 1 and all(getattr(child, "name", None) in _INLINE for child in children):
            for before, after in pairwise(children):
                if before.next_sibling is after and _are_lines(before, after):
                    after.insert_before(new_tag("br"))


def _are_lines(before: PageElement, after: PageElement) -> bool:
    first, second = before.get_text(), after.get_text()
    classes = sum(bool(tag.get("class")) for tag in (before, after))  # type: ignore[attr-defined]
    begins = second[:1].isupper() or (second[:1].isdecimal() and classes > 1)
    return classes > 0 and len(first.strip()) >= _LEAST and first[-1:].islower() and begins
