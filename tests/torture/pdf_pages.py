"""Pages of a PDF made of any bytes: texts of all looks at all places, with lines drawn between them."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from wellread.importing.converted import Converted
from wellread.importing.pdf import convert
from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.document import Document, Page
from wellread.importing.pdf.pieces import Break, Piece, Style

_TEXTS = (
    "Cough", "1.", "2.3 Doses", "•", "- Rest", "a)", "IV", "5 mg", "twice a day", "What helps?", "Table", "…… 4",
    "......... 12", "and", "hy-", "phen", "الم", "שלום", "²", "Page 1 of 3", "1", "Rest, drink, and see a doctor. ",
    "A line that is rather long and fills the column from its left edge to its right, as text does. ", " ", "ﬁ",
)  # fmt: skip
_SIZES = (6.0, 8.0, 10.0, 10.0, 10.0, 12.0, 14.0, 24.0)
_STEP = 7
"""Bytes that make a text or a line."""
_MOST = 28_000
"""Bytes that are looked at: a thousand texts on each page, of which a dense one has a few hundred."""


def convert_made(data: bytes) -> Converted:
    """Convert the pages that some bytes stand for, as if PDFium had read them."""
    with patch.object(convert, "read_document", lambda data: Document(tuple(pages_of(data)), None, "de")):
        return convert.convert(data)


def pages_of(data: bytes) -> list[Page]:
    """Up to four pages: each step of bytes is a text or a line on the page that its first byte names."""
    pages = [Page(number) for number in (1, 2, 3, 4)]
    for place, x, y, look, width, text, more in steps(data[:_MOST]):
        page = pages[place % 4]
        left, bottom = 3.0 * x, 3.3 * y
        if place & 4:
            page.rules.append(Box(left, bottom, left + 2.0 * width, bottom + (more if place & 8 else 0.5)))
            continue
        style = Style(_SIZES[look % 8], bool(look & 8), (look % 6,) if look & 16 else (), bool(look & 32))
        words = " ".join(_TEXTS[number % len(_TEXTS)] for number in ((text, more) if place & 8 else (text,)))
        right = left + (4.0 * width if place & 16 else 0.5 * style.size * len(words))
        breaks = (Break(more % (len(words) + 1), left + more, left + more + width / 10),) if look & 64 else ()
        piece = Piece(words, style, left, right, bottom, breaks, words.count(" "))
        if place & 32:
            page.turned = page.turned or [[]]
            page.turned[0].append(piece)
        else:
            page.pieces.append(piece)
    for page in pages:
        page.plain = "\n".join(piece.text for piece in page.pieces)
    return pages


def steps(data: bytes) -> Iterator[bytes]:
    """The bytes of each text or line."""
    for start in range(0, len(data) - _STEP + 1, _STEP):
        yield data[start : start + _STEP]
