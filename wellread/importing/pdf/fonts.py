"""The fonts of a PDF: their names tell which are bold and which show signs, and so what their letters stand for."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from wellread.importing.pdf.marks import BULLET
from wellread.importing.symbols import is_picture_font, sign

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!t)", re.IGNORECASE)
_HEAVY = 600
"""Least weight of a bold font."""
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for codes in (range(0xFB00, 0xFB07), range(0xFB1D, 0xFD3E), range(0xFD40, 0xFE00), range(0xFE70, 0xFEFD))
    for code in codes
}
"""Letters that are drawn as one, and the forms that Arabic letters have inside a word, as plain letters."""
_NAMED = "°±µ×÷"
"""Signs that PDFium tells by their names in a font of signs, and not by their numbers there."""

_SELECTORS = ("\ufe0e", "\ufe0f")
"""Marks without a look of their own, by which the sign before them is drawn as a letter or as a picture."""

HYPHENS = "\u2010\u2011"
"""Hyphens that are told from a minus, as some programs write them at the end of a line too."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font by its address and its name, whether its letters are signs, and whether it is bold."""

    address: int
    name: str
    signs: bool
    heavy: bool

    def shown(self, char: str) -> str | None:
        """A letter as text, a sign of a font of signs as what it shows; None where that is not known."""
        private = "\ue000" <= char <= "\uf8ff"
        if self.signs and char and (char < "\u0100" or private) and not char.isspace() and char not in _NAMED:
            return sign(self.name, ord(char)) or None
        if private:
            return BULLET  # an icon; at the beginning of a line it marks an item
        if char in _SELECTORS:
            return ""
        if char in ("\u00ad", "\ufffe"):
            return "-"  # where a word was divided at the end of a line
        return "-" if char and char in HYPHENS else char.translate(_LIGATURES)


def read_font(text_page: Any, at: int, address: int) -> Font:
    """The font of the letter at a place of a page."""
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(text_page, at, buffer, len(buffer), ctypes.c_int())
    name = buffer.value.decode("utf-8", "replace")
    heavy = _BOLD.search(name) is not None or pdfium.FPDFText_GetFontWeight(text_page, at) >= _HEAVY
    return Font(address, name, is_picture_font(name), heavy)
