"""What is drawn on the pages of a PDF: pieces of text with their place and look, rules, marks and pictures."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from wellread.errors import WellreadError
from wellread.importing.symbols import is_picture_font, sign

MAX_PAGES = 250
"""Pages at most; a leaflet has a few, a handbook 200."""

MAX_CHARACTERS = 400_000
"""Characters at most, as many as a Word document may have."""

MAX_OBJECTS = 20_000
"""Drawn objects of a page that are looked at: a map or a chart has many, and none that matters here is among them."""

BULLET = "•"

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!t)", re.IGNORECASE)
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_INVISIBLE = 3  # PDF 32000-1, table 106: text that is neither filled nor stroked, as OCR puts it under a scan
_FILL_AND_STROKE = 2
_RIGHT_TO_LEFT = ("R", "AL")
_COLOURED = 60
"""Least difference between the strongest and the weakest of red, green and blue (0 to 255) of what is called a colour;
less is a grey, and 200 or more of all three is white."""
_SHADE = 40
"""Step in which colours are told apart: print shops and programs round them differently."""


@dataclass(frozen=True, slots=True)
class Style:
    """The look of text: size in points, and its colour as three steps of 40, or () for black and grey."""

    size: float
    bold: bool
    color: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look that was drawn without a gap; `bottom` is its base line, in points from the bottom."""

    text: str
    style: Style
    left: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Page:
    """A page: `turned` has the text that is drawn at right angles to most of it, in its own upright frame.

    `pictured` is the share of the page that pictures cover, `machine_read` whether its words are those that OCR put
    under a scan, `outside` the text beyond the page's edge, `slanted` that of watermarks, `unknown` how many signs of
    fonts of pictures have no meaning that is known.
    """

    number: int
    pieces: list[Piece] = field(default_factory=list)
    turned: list[list[Piece]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: int = 0
    pictured: float = 0.0
    machine_read: bool = False
    outside: str = ""
    slanted: str = ""
    unknown: int = 0
    fields: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    bold: bool
    mode: int
    pictures: bool


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    style: Style
    angle: int
    left: float
    right: float
    bottom: float


def read_pages(data: bytes) -> list[Page]:
    """Read all pages.

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
    pages = []
    left = MAX_CHARACTERS
    for number in range(len(document)):
        try:
            page = _Reader(document[number], number + 1).read(left)
        except pypdfium2.PdfiumError:
            page = Page(number + 1, pictured=1.0)  # it cannot be drawn either, and is told of like a scan
        left -= sum(len(piece.text) for piece in page.pieces)
        pages.append(page)
    return pages


class _Reader:
    """Reads one page."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self._text = page.get_textpage()
        self._result = Page(number)
        self._fonts: dict[int, _Font] = {}
        self._seen: defaultdict[tuple[str, int, int], list[tuple[float, float]]] = defaultdict(list)
        self._crop = Box(*page.get_cropbox())
        self._invisible = 0

    def read(self, most: int) -> Page:
        count = pdfium.FPDFText_CountChars(self._text)
        if count > most:
            raise WellreadError(
                f"its text is longer than {MAX_CHARACTERS:,} characters", "divide the file into several"
            )
        frames: defaultdict[int, list[Piece]] = defaultdict(list)
        for angle, piece in _pieces(self._characters(count)):
            frames[angle].append(piece)
        self._objects()
        result = self._result
        order = sorted(frames, key=lambda angle: (-sum(len(piece.text) for piece in frames[angle]), angle))
        result.pieces = frames[order[0]] if order else []
        result.turned = [frames[angle] for angle in order[1:]]
        if order:
            result.rules = [_turn_box(box, order[0]) for box in result.rules]
        result.machine_read = self._invisible > 0.5 * max(count, 1) and result.pictured > 0.5
        result.plain = self._text.get_text_range() if count > 0 else ""
        return result

    def _characters(self, count: int) -> Iterator[_Char | None]:
        """The characters in the order of the file, as seen in the frame of their direction; None for a gap."""
        matrix = pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        for at in range(count):
            code = pdfium.FPDFText_GetUnicode(self._text, at)
            if pdfium.FPDFText_IsGenerated(self._text, at) == 1:
                yield None
                continue
            pdfium.FPDFText_GetMatrix(self._text, at, matrix)
            pdfium.FPDFText_GetCharOrigin(self._text, at, x, y)
            pdfium.FPDFText_GetLooseCharBox(self._text, at, box)
            font = self._font(at)
            degrees = math.degrees(math.atan2(matrix.b, matrix.a))
            angle = round(degrees / 90) * 90
            text = self._written(code, font)
            if abs(degrees - angle) > 10:
                self._result.slanted += text
                continue
            if not (self._crop.left - 1 <= x.value <= self._crop.right + 1) or not (
                self._crop.bottom - 1 <= y.value <= self._crop.top + 1
            ):
                self._result.outside += text
                continue
            size = abs(pdfium.FPDFText_GetFontSize(self._text, at)) * math.hypot(matrix.c, matrix.d)
            left, bottom = _turn(x.value, y.value, angle)
            right = max(_turn_box(Box(box.left, box.bottom, box.right, box.top), angle).right, left)
            if not text or self._is_shadow(text, x.value, y.value, size):
                continue
            self._invisible += font.mode == _INVISIBLE
            style = Style(round(size, 1), font.bold, self._color(at, font))
            yield _Char(text, style, angle % 360, left, right, bottom)

    def _font(self, at: int) -> _Font:
        drawn = pdfium.FPDFText_GetTextObject(self._text, at)
        key = ctypes.addressof(drawn.contents) if drawn else 0
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(200)
            flags = ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(self._text, at, buffer, 200, flags)
            name = buffer.value.decode("utf-8", "replace")
            mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
            heavy = _BOLD.search(name) is not None or pdfium.FPDFText_GetFontWeight(self._text, at) >= 600
            self._fonts[key] = _Font(name, heavy or mode == _FILL_AND_STROKE, mode, is_picture_font(name))
        return self._fonts[key]

    def _written(self, code: int, font: _Font) -> str:
        """A character as text; a sign of a font of pictures as what it shows."""
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        private = 0xE000 <= code <= 0xF8FF
        if font.pictures and (code < 0x100 or private) and not char.isspace():
            char = sign(font.name, code)
            self._result.unknown += not char
            return char or BULLET
        if private:
            return BULLET  # an icon; at the beginning of a line it marks an item
        if char in ("\u00ad", "\u0002"):
            return "-"  # where a word was divided at the end of a line
        return "" if unicodedata.category(char or " ") == "Cc" and not char.isspace() else char.translate(_LIGATURES)

    def _color(self, at: int, font: _Font) -> tuple[int, ...]:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not pdfium.FPDFText_GetFillColor(self._text, at, red, green, blue, alpha):
            return ()
        parts = (red.value, green.value, blue.value)
        if max(parts) - min(parts) < _COLOURED and min(parts) < 200:
            return ()
        return tuple(part // _SHADE for part in parts)

    def _is_shadow(self, text: str, x: float, y: float, size: float) -> bool:
        """Tell whether a letter is drawn a second time, a hair's breadth away, to look bold or to throw a shadow."""
        cell = int(x // 4), int(y // 4)
        near = [
            place
            for across in (-1, 0, 1)
            for up in (-1, 0, 1)
            for place in self._seen.get((text, cell[0] + across, cell[1] + up), ())
        ]
        if not text.isspace() and any(abs(px - x) < 0.15 * size and abs(py - y) < 0.15 * size for px, py in near):
            return True
        self._seen[text, *cell].append((x, y))
        return False

    def _objects(self) -> None:
        """Look at rules, boxes and pictures, and at form fields."""
        result = self._result
        whole = max((self._crop.right - self._crop.left) * (self._crop.top - self._crop.bottom), 1.0)
        for number, drawn in enumerate(self._page.get_objects(max_depth=4)):
            if number >= MAX_OBJECTS:
                break
            if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                box = _clipped(Box(*drawn.get_bounds()), self._crop)
                share = max(box.right - box.left, 0) * max(box.top - box.bottom, 0) / whole
                result.pictured += share
                result.pictures += share > 0.01
            elif drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
                result.rules.append(Box(*drawn.get_bounds()))


def _clipped(box: Box, crop: Box) -> Box:
    return Box(
        max(box.left, crop.left), max(box.bottom, crop.bottom), min(box.right, crop.right), min(box.top, crop.top)
    )


def _turn(x: float, y: float, angle: int) -> tuple[float, float]:
    """A place in the frame in which text of this angle is upright."""
    match angle % 360:
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
        case _:
            return x, y


def _turn_box(box: Box, angle: int) -> Box:
    (ax, ay), (bx, by) = _turn(box.left, box.bottom, angle), _turn(box.right, box.top, angle)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _pieces(characters: Iterator[_Char | None]) -> Iterator[tuple[int, Piece]]:
    """Characters that follow one another on a line in one look, put together, with the angle of their frame."""
    group: list[_Char] = []
    text = ""
    gap = False

    for char in characters:
        if char is None:
            gap = True
            continue
        last = group[-1] if group else None
        if last and not _follows(last, char):
            yield last.angle, _piece(group, text)
            group, text = [], ""
        elif last and (gap or char.left - last.right > 0.2 * char.style.size) and not text.endswith(" "):
            text += " "
        gap = False
        group.append(char)
        text += char.text
    if group:
        yield group[-1].angle, _piece(group, text)


def _follows(last: _Char, char: _Char) -> bool:
    """Tell whether a character goes on with the piece of the one before it, to its right or, in Arabic, its left."""
    size = char.style.size
    near = char.left - last.right < 0.45 * size and char.left > last.left - 0.5 * size
    if unicodedata.bidirectional(char.text[:1]) in ("R", "AL", "AN", "NSM") or unicodedata.bidirectional(
        last.text[:1]
    ) in ("R", "AL"):
        near = near or (last.left - char.right < 0.45 * size and char.left < last.left + 0.5 * size)
    return char.angle == last.angle and char.style == last.style and abs(char.bottom - last.bottom) < 0.1 and near


def _piece(group: list[_Char], text: str) -> Piece:
    shown = [char for char in group if not char.text.isspace()] or group
    if any(unicodedata.bidirectional(char.text[:1]) in _RIGHT_TO_LEFT for char in group):
        text = _right_to_left(group)
    left, right = min(char.left for char in shown), max(char.right for char in shown)
    return Piece(text, group[0].style, left, right, group[0].bottom)


def _right_to_left(group: list[_Char]) -> str:
    """The letters of Arabic or Hebrew from the right of the line to its left, numbers and Latin words as they are."""
    ordered = sorted(group, key=lambda char: -char.left)
    text = ""
    for upright, run in groupby(
        ordered, key=lambda char: unicodedata.bidirectional(char.text[:1]) in ("L", "EN", "AN")
    ):
        letters = [char.text for char in run]
        text += "".join(reversed(letters) if upright else letters)
    return text
