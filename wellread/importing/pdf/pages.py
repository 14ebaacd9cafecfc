"""What is drawn on the pages of a PDF: pieces of text with their place and look, rules, marks and pictures."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from wellread.errors import WellreadError
from wellread.importing.pdf.annotations import read_annotations, words_drawn_by_annotations
from wellread.importing.pdf.boxes import Box, turn
from wellread.importing.pdf.covered import COVERED, Covered, settle_covered
from wellread.importing.pdf.directions import mostly_right_to_left
from wellread.importing.pdf.document import Document, Page
from wellread.importing.pdf.fonts import Font, read_font
from wellread.importing.pdf.language import language_of
from wellread.importing.pdf.layers import drawn_objects, hidden_parts
from wellread.importing.pdf.letters import FontLetters
from wellread.importing.pdf.marks import BULLET
from wellread.importing.pdf.pieces import Char, Piece, Style, by_lines, read_pieces
from wellread.importing.pdf.shadows import Shadows
from wellread.importing.pdf.spacing import with_word_spaces
from wellread.importing.pdf.tags import read_tags
from wellread.importing.pdf.unread import HIDDEN_LAYER, OUTSIDE, SLANTED, without_unread

MAX_PAGES = 250
"""Pages at most; a leaflet has a few, a handbook 200."""

MAX_CHARACTERS = 200_000
"""Characters at most: 60 dense pages, which take 5 s on a slow machine. A leaflet has 10,000."""

MAX_OBJECTS = 20_000
"""Drawn objects of a page that are looked at: a map or a chart has many, and none that matters here is among them."""

_INVISIBLE = 3  # PDF 32000-1, table 106: text that is neither filled nor stroked, as OCR puts it under a scan
_FILL, _FILL_AND_STROKE = 0, 2
_SLANT = 10
"""Degrees by which text may lean and still be read; a watermark leans 45."""
_TALLER = 3.0
"""How much taller letters are than their size says at most: more is a font that is drawn in units of its own."""
_COLOURED = 60
"""Least difference between the strongest and the weakest of red, green and blue (0 to 255) of what is called a colour;
less is a grey, and 200 or more of all three is white."""
_SHADE = 40
"""Step in which colours are told apart: print shops and programs round them differently."""
_WHITE = (6, 6, 6)
"""White in such steps: 240 or more of all three."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What all characters of one drawn text have in common; `mirrored` if they run to the left on their base line."""

    font: Font
    visible: bool
    white: bool
    style: Style
    angle: int
    mirrored: bool
    tagged: int
    unread: str


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
    fonts = FontLetters()
    readers = [_open(document, number, fonts) for number in range(len(document))]
    if sum(reader.count for reader in readers if reader) > MAX_CHARACTERS:
        raise WellreadError(f"its text is longer than {MAX_CHARACTERS:,} characters", "divide the file into several")
    for reader in filter(None, readers):
        reader.draw()
    pages = tuple(reader.read() if reader else Page(number, broken=True) for number, reader in enumerate(readers, 1))
    over = {
        page.number: "\n".join((reader.written, *page.notes))
        for reader, page in zip(readers, pages, strict=True)
        if reader and page.drawn_over
    }
    for number, words in words_drawn_by_annotations(data, over).items():
        pages[number - 1].notes += words
    return Document(pages, read_tags([reader and reader.page for reader in readers]), language_of(document))


def _open(document: Any, number: int, fonts: FontLetters) -> _Reader | None:
    try:
        return _Reader(document[number], number + 1, fonts)
    except pypdfium2.PdfiumError:
        return None


class _Reader:
    """Reads one page; `fonts` are those of all pages, for a font is read as a whole."""

    def __init__(self, page: Any, number: int, fonts: FontLetters) -> None:
        self.page = page
        self._letters = fonts
        self._text = page.get_textpage()
        self.count = max(pdfium.FPDFText_CountChars(self._text), 0)
        self._result = Page(number)
        self._shadows = Shadows()
        self._crop = Box(*page.get_bbox())  # also where the pages have it from the document
        self._other_words = False  # whether PDFium reads words that are none: signs as letters, or shadows
        self._invisible = 0
        self._fonts: dict[int, Font] = {}
        self._hidden: set[int] = set()  # texts of layers that are not shown
        self._covered = Covered(page, [])
        self._drawn: list[Char | None] = []
        self._matrix = pdfium.FS_MATRIX()
        self._parts = tuple(ctypes.c_uint() for _ in range(4))  # of a colour

    @property
    def written(self) -> str:
        """The text of the page as PDFium puts it together."""
        return self._text.get_text_range() if self.count > 0 else ""

    def draw(self) -> None:
        """Look at what is drawn on the page."""
        self._objects()
        self._drawn = list(self._characters(self.count))

    def read(self) -> Page:
        """Read what is on the page, after all pages were looked at."""
        count = self.count
        frames: defaultdict[int, list[Piece]] = defaultdict(list)
        result = self._result
        readable = self._readable()
        annotations = read_annotations(self.page, MAX_OBJECTS)
        lines = (*result.rules, *annotations.strikes)
        settled, result.covered = settle_covered(readable)
        characters, result.unread = without_unread(settled, lines, self.page)
        result.characters = with_word_spaces(characters)
        for angle, piece in read_pieces(iter(result.characters)):
            frames[angle].append(piece)
        result.notes, result.drawn_over = annotations.texts, annotations.drawn
        order = sorted(frames, key=lambda angle: (-sum(len(piece.text) for piece in frames[angle]), angle))
        result.pieces = frames[order[0]] if order else []
        result.from_right = mostly_right_to_left([piece.text for piece in result.pieces])
        result.turned = [frames[angle] for angle in order[1:]]
        if order:
            result.rules = [box.turned(order[0]) for box in result.rules]
            result.frame = self._crop.turned(order[0])
        if result.from_right:
            result.pieces = [piece.mirrored() for piece in result.pieces]
            result.rules = [Box(-box.right, box.bottom, -box.left, box.top) for box in result.rules]
        result.machine_read = self._invisible > 0.5 * max(count, 1) and result.pictured > 0.5
        result.plain = self.written
        if len(result.characters) < len(characters):  # PDFium reads "F I R S T" where letters are set apart
            result.plain = by_lines(result.characters)
        elif result.unreadable or self._other_words:
            result.plain = by_lines(readable)
        return result

    def _readable(self) -> list[Char | None]:
        """The characters but those of fonts that do not say what they are, which are counted."""
        unreadable, guessed = self._letters.unreadable(), self._letters.guessed()
        readable = [None if char and char.font in unreadable else char for char in self._drawn]
        lost = (char for char, kept in zip(self._drawn, readable, strict=True) if char and not kept)
        self._result.unreadable = sum(not char.text.isspace() for char in lost)
        doubtful = "".join(char.text if char and char.font in guessed else " " for char in readable)
        self._result.guessed = " ".join(doubtful.split())
        return readable

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
            text = drawn.font.shown(self._letters.read(text_page, at, drawn.font.address))
            self._result.unknown += text is None
            text = BULLET if text is None else text
            pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
            left, bottom = x.value, y.value
            covered = drawn.visible and not drawn.unread and self._covered.hides(self._text, at, key)
            unread = COVERED if covered else drawn.unread
            shadow = bool(text) and not unread and self._shadows.holds(text, (left, bottom, key), drawn.style.size)
            self._other_words |= shadow or (drawn.font.signs and text != " ")
            if not text or shadow:
                continue
            inside = crop.left - 1 <= left <= crop.right + 1 and crop.bottom - 1 <= bottom <= crop.top + 1
            pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
            right = box.right
            if drawn.mirrored:
                left, right = -left, -box.left
            elif drawn.angle:
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
                font=drawn.font.address,
                unread=unread if inside or unread == SLANTED else OUTSIDE,
            )

    def _describe(self, at: int, drawn: Any) -> _Drawn:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        font = self._font(at, drawn)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        size = pdfium.FPDFText_GetFontSize(self._text, at)
        forwards = -1 if size < 0 else 1  # a size below 0 turns the letters upside down, and lets them run backwards
        degrees = math.degrees(math.atan2(forwards * matrix.b, forwards * matrix.a))
        color = self._color(at)
        upright = round(degrees / 90) * 90
        slanted = abs(degrees - upright) > _SLANT
        mirrored = not slanted and upright % 360 == 180 and matrix.a * matrix.d < 0
        size = self._size(at, abs(size) * math.hypot(matrix.c, matrix.d), upright % 180 != 0)
        hidden = HIDDEN_LAYER if ctypes.addressof(drawn.contents) in self._hidden else ""
        return _Drawn(
            font,
            mode != _INVISIBLE,
            mode == _FILL and color == _WHITE,
            Style(size, font.heavy or mode == _FILL_AND_STROKE, color),
            round(degrees) if slanted else 0 if mirrored else upright % 360,
            mirrored,
            pdfium.FPDFPageObj_GetMarkedContentID(drawn),
            SLANTED if slanted else hidden,
        )

    def _size(self, at: int, said: float, upright: bool) -> float:
        """The size of a drawn text in points; by the height of its first letter where what is said cannot be."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._text, at, left, right, bottom, top)
        height = right.value - left.value if upright else top.value - bottom.value
        return max(round(height if height > _TALLER * said else said, 1), 0.1)

    def _font(self, at: int, drawn: Any) -> Font:
        handle = pdfium.FPDFTextObj_GetFont(drawn)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in self._fonts:
            self._fonts[key] = read_font(self._text, at, key)
        return self._fonts[key]

    def _color(self, at: int) -> tuple[int, ...]:
        red, green, blue, alpha = self._parts
        if not pdfium.FPDFText_GetFillColor(self._text, at, red, green, blue, alpha):
            return ()
        parts = (red.value, green.value, blue.value)
        if max(parts) - min(parts) < _COLOURED and min(parts) < 200:
            return ()
        return tuple(part // _SHADE for part in parts)

    def _objects(self) -> None:
        """Look at rules, boxes and pictures, and at form fields."""
        result = self._result
        whole = max((self._crop.right - self._crop.left) * (self._crop.top - self._crop.bottom), 1.0)
        drawn = drawn_objects(self.page, MAX_OBJECTS)
        hidden = hidden_parts(self.page, drawn)
        self._covered = Covered(self.page, [one for one in drawn if one.part not in hidden])
        for one in drawn:
            if one.part in hidden:
                self._hidden.add(one.address)
            elif one.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                box = one.box.inside(self._crop)
                share = max(box.right - box.left, 0) * max(box.top - box.bottom, 0) / whole
                result.pictured += share
                result.pictures += share > 0.01
            elif one.kind == pdfium.FPDF_PAGEOBJ_PATH:
                result.rules.append(one.box)
