"""The structure that a tagged PDF gives for its text: what is a heading, a list, a table, and in which order.

Word, LibreOffice, InDesign and browsers write it (PDF 32000-1, 14.8). Each text that is drawn has a number on its page;
the structure is a tree of elements, whose leaves are such numbers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

_MOST = 200_000
"""Places of elements on all pages that are looked at: a handbook of 250 pages has 50,000."""
_DEEPEST = 40
"""Elements inside one another at most."""


@dataclass(slots=True)
class Element:
    """An element: its kind, such as "H1" or "LI"; its children, by their places in it; and how far a cell spans.

    A child is an element, or the page and the number of a text.
    """

    kind: str
    children: dict[int, Element | tuple[int, int]] = field(default_factory=dict)
    row_span: int = 1
    column_span: int = 1

    def ordered(self) -> Iterator[Element | tuple[int, int]]:
        """The children in their order."""
        return (self.children[at] for at in sorted(self.children))

    def leaves(self) -> Iterator[tuple[int, int]]:
        """The page and the number of each text in it, in their order."""
        for child in self.ordered():
            if isinstance(child, Element):
                yield from child.leaves()
            else:
                yield child


def read_tags(pages: list[Any]) -> Element | None:
    """The structure of a document, of the pages that can be read (the others are None); none where it has none.

    PDFium has a tree for each page, with the places of its elements in the whole; these are put together again.
    """
    reader = _TreeReader()
    root = Element("Document")
    for number, page in enumerate(pages, 1):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw) if page else None
        if not tree:
            continue
        try:
            for at in range(max(pdfium.FPDF_StructTree_CountChildren(tree), 0)):
                if element := pdfium.FPDF_StructTree_GetChildAtIndex(tree, at):
                    reader.add(root, at, element, number)
        finally:
            pdfium.FPDF_StructTree_Close(tree)
    return root if root.children and reader.left > 0 else None


class _TreeReader:
    """Adds the elements of pages to a tree; `left` is how many more places it will look at."""

    def __init__(self) -> None:
        self.left = _MOST

    def add(self, parent: Element, at: int, element: Any, page: int, depth: int = 0) -> None:
        """Add an element of a page, which may stand on others too, at its place in its parent."""
        known = parent.children.get(at)
        if not isinstance(known, Element):
            known = Element(_text(pdfium.FPDF_StructElement_GetType, element))
            known.row_span, known.column_span = _spans(element) if known.kind in ("TD", "TH") else (1, 1)
            parent.children[at] = known
        count = max(pdfium.FPDF_StructElement_CountChildren(element), 0)
        self.left -= count
        for place in range(count) if depth < _DEEPEST and self.left > 0 else ():
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                self.add(known, place, child, page, depth + 1)
            elif (text := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)) >= 0:
                known.children[place] = (page, text)


def _text(read: Callable[..., int], element: Any) -> str:
    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    read(element, buffer, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _spans(element: Any) -> tuple[int, int]:
    """How many rows and columns a cell spans."""
    spans = {b"RowSpan": 1, b"ColSpan": 1}
    number = ctypes.c_float()
    for at in range(max(pdfium.FPDF_StructElement_GetAttributeCount(element), 0)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, at)
        for name in spans:
            value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name)
            if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number):
                spans[name] = max(int(number.value), 1)
    return spans[b"RowSpan"], spans[b"ColSpan"]
