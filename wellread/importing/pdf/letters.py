"""Which letters the fonts of a PDF show: some do not say it, and then the numbers of their letters stand for them."""

from __future__ import annotations

import ctypes
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium

UNKNOWN = "\ufffd"
"""What a letter becomes of which nothing is known; `wellread ingest --check` names it."""

_NAMELESS = 0.06
"""Share of a font's letters without a meaning from which on the others are not what they seem either. Where all letters
of a font are numbered anew, the spaces alone are 0.07 to 0.16 of them; ligatures that a font does not name are 0.01."""
_FEW = 5
"""Letters of a font below which nothing is told of all of them: fonts of signs have one or two on a page."""
_GUESSED = 0.5
"""Share of a font's letters at least that are told by their numbers alone for which an editor is warned."""
_DRAWN = 0.5
"""Height in points at most of a letter that is only a space."""
_SPACES = "\0\t\n\r"
"""Numbers that programs give a space."""


class FontLetters:
    """Counts the letters that each font of a file draws, and those of which the file does not say what they are."""

    def __init__(self) -> None:
        self._drawn: Counter[int] = Counter()
        self._guessed: Counter[int] = Counter()
        self._nameless: Counter[int] = Counter()
        self._edges = tuple(ctypes.c_double() for _ in range(4))

    def read(self, text_page: Any, at: int, font: int) -> str:
        """A letter of a page, by its place and its font; "" for the second half of one that PDFium has in two."""
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        if 0xDC00 <= code < 0xE000:
            return ""
        self._drawn[font] += 1
        self._guessed[font] += pdfium.FPDFText_HasUnicodeMapError(text_page, at) == 1
        if 0xD800 <= code < 0xDC00:
            low = pdfium.FPDFText_GetUnicode(text_page, at + 1)
            return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)) if 0xDC00 <= low < 0xE000 else UNKNOWN
        if 0x20 <= code < 0x7F or 0xA0 <= code < 0x110000:
            return chr(code)
        if pdfium.FPDFText_IsHyphen(text_page, at) == 1:
            return "\u00ad"
        seen = self._is_seen(text_page, at)
        self._nameless[font] += seen or chr(code) not in _SPACES
        return UNKNOWN if seen else " "

    def _is_seen(self, text_page: Any, at: int) -> bool:
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        return top.value - bottom.value > _DRAWN and right.value > left.value

    def unreadable(self) -> frozenset[int]:
        """The fonts whose letters are not what the file says, or what it does not say at all."""
        often = (font for font, drawn in self._drawn.items() if self._nameless[font] >= max(_NAMELESS * drawn, 1))
        return frozenset(font for font in often if self._drawn[font] >= _FEW)

    def guessed(self) -> frozenset[int]:
        """The other fonts of which most letters are told by their numbers alone."""
        often = (font for font, drawn in self._drawn.items() if self._guessed[font] >= _GUESSED * drawn)
        return frozenset(often) - self.unreadable()
