"""What is drawn on the pages of a PDF: pieces of text with their place and look, rules, marks and pictures."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from wellread.errors import WellreadError
from wellread.importing.pdf.annotations import read_annotations
from wellread.importing.pdf.boxes import Box, turn
from wellread.importing.pdf.directions import mostly_right_to_left
from wellread.importing.pdf.document import Document, Page
from wellread.importing.pdf.language import language_of
from wellread.importing.pdf.marks import BULLET
from wellread.importing.pdf.pieces import Char, Piece, Style, read_pieces
from wellread.importing.pdf.spacing import with_word_spaces
from wellread.importing.pdf.tags import read_tags
from wellread.importing.pdf.unread import without_unread
from wellread.importing.symbols import is_picture_font, sign

MAX_PAGES = 250
"""Pages at most; a leaflet has a few, a handbook 200."""

MAX_CHARACTERS = 200_000
"""Characters at most: 60 dense pages, which take 5 s on a slow machine. A leaflet has 10,000."""

MAX_OBJECTS = 20_000
"""Drawn objects of a page that are looked at: a map or a chart has many, and none that matters here is among them."""

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!t)", re.IGNORECASE)
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for codes in (range(0xFB00, 0xFB07), range(0xFB1D, 0xFD3E), range(0xFD40, 0xFE00), range(0xFE70, 0xFEFD))
    for code in codes
}
"""Letters that are drawn as one, and the forms that Arabic letters have inside a word, as plain letters."""
_INVISIBLE = 3  # PDF 32000-1, table 106: text that is neither filled nor stroked, as OCR puts it under a scan
_FILL, _FILL_AND_STROKE = 0, 2
_SLANT = 10
"""Degrees by which text may lean and still be read; a watermark leans 45."""
_COLOURED = 60
"""Least difference between the strongest and the weakest of red, green and blue (0 to 255) of what is called a colour;
less is a grey, and 200 or more of all three is white."""
_SHADE = 40
"""Step in which colours are told apart: print shops and programs round them differently."""
_WHITE = (6, 6, 6)
"""White in such steps: 240 or more of all three."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What all characters of one drawn text have in common; `angle` is None where they stand slanted."""

    font: str
    signs: bool
    visible: bool
    white: bool
    style: Style
    angle: int | None
    tagged: int


def read_document(data: bytes) -> Document:
    """Read all pages, and what the document says of them.

    Raises:
        WellreadError: the file is no PDF, is locked by a password or larger than the limits.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise WellreadError(
                "the file is locked by a password", "save a copy without one and import that"
            ) from error
        raise WellreadError("the file cannot be read as a PDF", "print it to a new PDF, or copy its text") from error
    if len(document) > MAX_PAGES:
        raise WellreadError(f"it has more than {MAX_PAGES} pages", "divide the file into several")
    readers = [_open(document, number) for number in range(len(document))]
    if sum(reader.count for reader in readers if reader) > MAX_CHARACTERS:
        raise WellreadError(f"its text is longer than {MAX_CHARACTERS:,} characters", "divide the file into several")
    pages = tuple(reader.read() if reader else Page(number, broken=True) for number, reader in enumerate(readers, 1))
    return Document(pages, read_tags([reader and reader.page for reader in readers]), language_of(document))


def _open(document: Any, number: int) -> _Reader | None:
    try:
        return _Reader(document[number], number + 1)
    except pypdfium2.PdfiumError:
        return None


class _Reader:
    """Reads one page."""

    def __init__(self, page: Any, number: int) -> None:
        self.page = page
        self._text = page.get_textpage()
        self.count = max(pdfium.FPDFText_CountChars(self._text), 0)
        self._result = Page(number)
        self._seen: dict[str, dict[int, list[tuple[float, float, int]]]] = {}
        self._crop = Box(*page.get_bbox())  # also where the pages have it from the document
        self._invisible = 0
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._parts = tuple(ctypes.c_uint() for _ in range(4))  # of a colour

    def read(self) -> Page:
        """Read what is on the page."""
        count = self.count
        frames: defaultdict[int, list[Piece]] = defaultdict(list)
        result = self._result
        self._objects()
        annotations = read_annotations(self.page, MAX_OBJECTS)
        lines = (*result.rules, *annotations.strikes)
        characters, result.unread = without_unread(list(self._characters(count)), lines, self.page)
        result.characters = with_word_spaces(characters)
        for angle, piece in read_pieces(iter(result.characters)):
            frames[angle].append(piece)
        result.notes = annotations.texts
        order = sorted(frames, key=lambda angle: (-sum(len(piece.text) for piece in frames[angle]), angle))
        result.pieces = frames[order[0]] if order else []
        result.from_right = mostly_right_to_left([piece.text for piece in result.pieces])
        result.turned = [frames[angle] for angle in order[1:]]
        if order:
            result.rules = [box.turned(order[0]) for box in result.rules]
        if result.from_right:
            result.pieces = [piece.mirrored() for piece in result.pieces]
            result.rules = [Box(-box.right, box.bottom, -box.left, box.top) for box in result.rules]
        result.machine_read = self._invisible > 0.5 * max(count, 1) and result.pictured > 0.5
        result.plain = self._text.get_text_range() if count > 0 else ""
        if len(result.characters) < len(characters):  # PDFium reads "F I R S T" where letters are set apart
            result.plain = "".join(char.text if char else " " for char in result.characters)
        return result

    def _characters(self, count: int) -> Iterator[Char | None]:
        """The characters in the order of the file, as seen in the frame of their direction; None for a gap."""
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        text_page, crop = self._text.raw, self._crop
        described: dict[int, _Drawn] = {}
        for at in range(count):
            drawn_text = pdfium.FPDFText_GetTextObject(text_page, at)
            if not drawn_text:  # a space or a line's end that PDFium adds
                yield None
                continue
            key = ctypes.addressof(drawn_text.contents)
            if key not in described:
                described[key] = self._describe(at, drawn_text)
            drawn = described[key]
            text = self._written(pdfium.FPDFText_GetUnicode(text_page, at), drawn)
            pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
            left, bottom = x.value, y.value
            if drawn.angle is None:
                self._result.slanted += text
            elif not (crop.left - 1 <= left <= crop.right + 1 and crop.bottom - 1 <= bottom <= crop.top + 1):
                self._result.outside += text
            elif text and not self._is_shadow(text, (left, bottom, key), drawn.style.size):
                pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
                right = box.right
                if drawn.angle:
                    left, bottom = turn(left, bottom, drawn.angle)
                    right = Box(box.left, box.bottom, box.right, box.top).turned(drawn.angle).right
                self._invisible += not drawn.visible
                yield Char(
                    text,
                    drawn.style,
                    drawn.angle,
                    left,
                    max(left, right),
                    bottom,
                    key,
                    drawn.white,
                    tagged=drawn.tagged,
                )

    def _describe(self, at: int, drawn: Any) -> _Drawn:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        name, signs, heavy = self._font(at, drawn)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        size = abs(pdfium.FPDFText_GetFontSize(self._text, at)) * math.hypot(matrix.c, matrix.d)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        color = self._color(at)
        upright = round(degrees / 90) * 90
        return _Drawn(
            name,
            signs,
            mode != _INVISIBLE,
            mode == _FILL and color == _WHITE,
            Style(round(size, 1), heavy or mode == _FILL_AND_STROKE, color),
            upright % 360 if abs(degrees - upright) <= _SLANT else None,
            pdfium.FPDFPageObj_GetMarkedContentID(drawn),
        )

    def _font(self, at: int, drawn: Any) -> tuple[str, bool, bool]:
        """The name of a drawn text's font, whether it is one of pictures, and whether it is bold."""
        font = pdfium.FPDFTextObj_GetFont(drawn)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(200)
            pdfium.FPDFText_GetFontInfo(self._text, at, buffer, 200, ctypes.c_int())
            name = buffer.value.decode("utf-8", "replace")
            heavy = _BOLD.search(name) is not None or pdfium.FPDFText_GetFontWeight(self._text, at) >= 600
            self._fonts[key] = name, is_picture_font(name), heavy
        return self._fonts[key]

    def _written(self, code: int, drawn: _Drawn) -> str:
        """A character as text; a sign of a font of pictures as what it shows."""
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        private = 0xE000 <= code <= 0xF8FF
        if drawn.signs and (code < 0x100 or private) and not char.isspace():
            char = sign(drawn.font, code)
            self._result.unknown += not char
            return char or BULLET
        if private:
            return BULLET  # an icon; at the beginning of a line it marks an item
        if char in ("\u00ad", "\u0002", "\ufffe"):
            return "-"  # where a word was divided at the end of a line
        return "" if unicodedata.category(char or " ") == "Cc" and not char.isspace() else char.translate(_LIGATURES)

    def _color(self, at: int) -> tuple[int, ...]:
        red, green, blue, alpha = self._parts
        if not pdfium.FPDFText_GetFillColor(self._text, at, red, green, blue, alpha):
            return ()
        parts = (red.value, green.value, blue.value)
        if max(parts) - min(parts) < _COLOURED and min(parts) < 200:
            return ()
        return tuple(part // _SHADE for part in parts)

    def _is_shadow(self, text: str, at: tuple[float, float, int], size: float) -> bool:
        """Tell whether a letter is drawn a second time, a hair's breadth away, to look bold or to throw a shadow.

        `at` has its place and the drawn text that it is of: the two letters of a ligature, "ff", are at one place.
        """
        x, y, drawn = at
        near = 0.15 * size
        places = self._seen.setdefault(text, {})
        for row in {int((y - near) // 8), int((y + near) // 8)}:
            for seen_x, seen_y, seen_drawn in places.get(row, ()):
                if drawn != seen_drawn and -near < seen_x - x < near and -near < seen_y - y < near:
                    return not text.isspace()
        places.setdefault(int(y // 8), []).append(at)
        return False

    def _objects(self) -> None:
        """Look at rules, boxes and pictures, and at form fields."""
        result = self._result
        whole = max((self._crop.right - self._crop.left) * (self._crop.top - self._crop.bottom), 1.0)
        for number, drawn in enumerate(self.page.get_objects(max_depth=4)):
            if number >= MAX_OBJECTS:
                break
            if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                box = Box(*drawn.get_bounds()).inside(self._crop)
                share = max(box.right - box.left, 0) * max(box.top - box.bottom, 0) / whole
                result.pictured += share
                result.pictures += share > 0.01
            elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
                result.rules.append(Box(*drawn.get_bounds()))
