"""Tells which letters of a PDF's page are below shapes that were drawn later: they are in the file, and not seen.

They stay, for bars of a printed web page cover text that is meant, unless others are written over them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.layers import Drawn, set_active
from wellread.importing.pdf.pieces import Char
from wellread.importing.pdf.unread import HIDDEN

COVERED = "covered text"

_SHAPES = 200
"""Shapes of a page that are looked at, the largest of it: what covers words is among them."""
_LEAST = 4.0
"""Points that a shape is high and wide at least that covers letters; a rule is thinner."""
_PIXELS = 1_000_000
"""Points that a page is drawn with at most, as in `unread.py`."""
_LEVEL = 0.15
"""Sizes of the type by which words written over others stand higher or lower than these at most."""
_OVER = 0.5
"""Share of the width of covered words at least that words over them take: "6" over "8"."""


class Covered:
    """Which letters of a page are covered: it is drawn with and without their texts, and looked at in their place.

    A text below a picture too counts as shown: so programs write the words of a scan.
    """

    def __init__(self, page: Any, drawn: Sequence[Drawn]) -> None:
        self._page = page
        self._boxes = _later_shapes(drawn)  # by the address of a text
        self._with = self._without = ((0, 0), 0, b"")
        if self._boxes:
            texts = [one for one in drawn if one.address in self._boxes]
            self._with = self._pixels()
            set_active(texts, False)
            self._without = self._pixels()
            set_active(texts, True)

    def _pixels(self) -> tuple[tuple[int, int], int, bytes]:
        area = max(self._page.get_width() * self._page.get_height(), 1.0)
        bitmap = self._page.render(scale=math.sqrt(_PIXELS / area), grayscale=True, draw_annots=False)
        return (bitmap.width, bitmap.height), bitmap.stride, bytes(bitmap.buffer)

    def hides(self, text_page: Any, at: int, text: int) -> bool:
        """Tell whether the letter at a place of a page, of a text with an address, cannot be seen."""
        boxes = self._boxes.get(text)
        if not boxes:
            return False
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        across, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        if not any(box.left < across < box.right and box.bottom < up < box.top for box in boxes):
            return False
        (wide, high), stride, shown = self._with
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for corner in ((left.value, bottom.value), (right.value, top.value)):
            pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, wide, high, 0, *corner, x, y)
            corners.append((min(max(x.value, 0), wide - 1), min(max(y.value, 0), high - 1)))
        (first, last), (upper, lower) = (sorted(ends) for ends in zip(*corners, strict=True))
        rows = (slice(row * stride + first, row * stride + last + 1) for row in range(upper, lower + 1))
        return all(shown[row] == self._without[2][row] for row in rows)


def settle_covered(chars: Sequence[Char | None]) -> tuple[list[Char | None], list[str]]:
    """The letters, those that are written over in their line put behind what covers them, and the other covered words.

    Words that are written over are hidden text from here on; other covered words are text like any other.
    """
    settled = [replace(char, unread="") if char and char.unread == COVERED else char for char in chars]
    words: list[str] = []
    moved: dict[int, list[int]] = {}
    for run in _covered_runs(chars):
        letters = [char for at in run if (char := chars[at])]
        if over := _written_over(letters, chars, run[-1]):
            for at in run:
                settled[at] = replace(char, unread=HIDDEN) if (char := chars[at]) else None
            moved[run[-1]] = over
        else:
            words.append("".join(char.text if char else " " for char in chars[run[0] : run[-1] + 1]))
    apart = {at for over in moved.values() for at in over}
    found: list[Char | None] = []
    for at, char in enumerate(settled):
        if at not in apart:
            found.append(char)
        if at in moved:
            found += [None, *(settled[place] for place in moved[at]), None]
    return found, [" ".join(one.split()) for one in words if any(map(str.isalnum, one))]


def _covered_runs(chars: Sequence[Char | None]) -> Iterator[list[int]]:
    """The places of covered letters that follow one another on a line."""
    run: list[int] = []
    last: Char | None = None
    for at, char in enumerate(chars):
        if char is None or (char.text.isspace() and run):
            continue
        covered = char.unread == COVERED
        if run and (not covered or last is None or abs(char.bottom - last.bottom) > _LEVEL * char.style.size):
            yield run
            run = []
        if covered:
            run.append(at)
        last = char
    if run:
        yield run


def _written_over(run: Sequence[Char], chars: Sequence[Char | None], at: int) -> list[int]:
    """The places, behind one, of the letters of whole texts that are drawn over covered letters, in their place."""
    left, right = min(one.left for one in run), max(one.right for one in run)
    size = run[0].style.size
    found = [
        place
        for place in range(at + 1, len(chars))
        if (one := chars[place]) and not one.unread and left < (one.left + one.right) / 2 < right
        if one.angle == run[0].angle and abs(one.bottom - run[0].bottom) < _LEVEL * size
    ]
    letters = [one for place in found if (one := chars[place]) and not one.text.isspace()]
    drawn = {one.drawn for one in letters}
    whole = sum(one is not None and one.drawn in drawn and not one.text.isspace() for one in chars) == len(letters)
    wide = sum(one.right - one.left for one in letters)
    return found if whole and wide >= _OVER * (right - left) else []


def _later_shapes(drawn: Sequence[Drawn]) -> dict[int, list[Box]]:
    """The shapes that stand over texts and were drawn later, by the addresses of these texts."""
    order = {id(one): at for at, one in enumerate(drawn)}
    shapes = [(one, box) for one in drawn if _is_filled(one) and _is_large(box := one.box)]
    shapes = sorted(shapes, key=lambda one: -_area(one[1]))[:_SHAPES]
    pictures = [(one, one.box) for one in drawn if one.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    found: dict[int, list[Box]] = {}
    for one in drawn if shapes else ():
        if one.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        place = one.box
        over = [box for shape, box in shapes if order[id(shape)] > order[id(one)] and _meet(place, box)]
        if over and not any(order[id(other)] > order[id(one)] and _meet(place, box) for other, box in pictures):
            found[one.address] = over
    return found


def _is_filled(one: Drawn) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return (
        one.kind == pdfium.FPDF_PAGEOBJ_PATH
        and bool(pdfium.FPDFPath_GetDrawMode(one.object, fill, stroke))
        and fill.value != pdfium.FPDF_FILLMODE_NONE
    )


def _is_large(box: Box) -> bool:
    return min(box.right - box.left, box.top - box.bottom) >= _LEAST


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top
