"""Takes all words out of a source, by readers that are simple and share nothing with those that make articles."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STORIES = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_TEXTS = (  # text, formulas, words in drawings
    f"{_WORD}t",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
)
_BREAKS = frozenset(f"{_WORD}{name}" for name in ("p", "tab", "br", "cr", "tc"))

_TAG = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)(?:"[^"]*"|[^">])*>|<[!?/][^>]*>')
_INLINE = frozenset(  # a <span> or a link may be part of a word or a word of its own; a word in pieces is known
    "abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small strike strong sub sup tt "
    "u var wbr".split()
)
_NO_TEXT = "head script style template audio video canvas iframe object embed noembed noframes datalist select textarea"


def html_words(html: str) -> str:
    """All text of a page that a reader could see or open or hear: hidden text too, scripts, films and fields not.

    >>> html_words("<p>in<b>side</b><p hidden>two").split()
    ['inside', 'two']
    """
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    tree.strip_tags(_NO_TEXT.split(), recursive=True)
    for unseen in tree.css("svg title, svg desc, svg metadata"):
        unseen.decompose()
    pieces: list[str] = []
    end = 0
    page = re.sub(r"<!--.*?-->", "", tree.html or "", flags=re.DOTALL)
    for tag in _TAG.finditer(page):
        pieces.append(page[end : tag.start()])
        if (tag[2] or "").lower() not in _INLINE:
            pieces.append("\n")
        end = tag.end()
    return unescape("".join([*pieces, page[end:]]))


def docx_words(data: bytes) -> str:
    """All text of a Word document's body, notes, page headers and footers; what stands twice for old programs once."""
    pieces: list[str] = []
    with zipfile.ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if _STORIES.fullmatch(name):
                pieces += _runs(ElementTree.fromstring(parts.read(name)))  # noqa: S314 - expat expands no bombs
                pieces.append("\n")
    return "".join(pieces)


def pdf_words(data: bytes) -> str:
    """All text of a PDF's pages, as its file has it."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    return "\n".join(page.extract_text() for page in reader.pages)


def _runs(element: ElementTree.Element) -> Iterator[str]:
    if element.tag == _FALLBACK:
        return
    if element.tag in _BREAKS:
        yield "\n"
    elif element.tag in _TEXTS:
        yield element.text or ""
    elif element.tag == f"{_WORD}noBreakHyphen":
        yield "-"
    for child in element:
        yield from _runs(child)
