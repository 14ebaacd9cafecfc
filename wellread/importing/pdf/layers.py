"""Tells which drawn texts of a page are not shown: those of layers that are switched off ("optional content").

PDFium knows of layers only when it draws, and its texts say nothing of them. So what stands together in one layer, or
in one form, is drawn alone and without colour below it: where nothing comes out, it is not shown.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from wellread.importing.pdf.boxes import Box

MAX_DEPTH = 8
"""Forms inside one another that are looked into; programs make two or three."""

_PARTS = 200
"""Parts of a page that are drawn alone at most; a leaflet in five languages has five. All others count as shown."""
_PIXELS = 250_000
"""Points that a part is drawn with at most: half of those of A4 at 72 to an inch, at which letters of 2 points show."""
_UNSEEN = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
"""Ways to draw text that show nothing in a layer that is shown either, as OCR puts it under a scan."""

Part = tuple[tuple[str, int], ...]
"""What stands together: in a "form", between marks of a "layer", each with its address; () for all else of the page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object that is drawn on a page, by its address, and the part of the page that it stands in."""

    object: Any
    kind: int
    part: Part

    @property
    def address(self) -> int:
        """The address that PDFium knows the object by."""
        return ctypes.addressof(self.object.contents)

    @property
    def box(self) -> Box:
        """Its edges on the page."""
        edges = tuple(ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(self.object, *edges)
        return Box(*(edge.value for edge in edges))


def drawn_objects(page: Any, most: int) -> list[Drawn]:
    """Return what is drawn on a page, `most` objects of it, the forms themselves left out."""
    found: list[Drawn] = []
    for drawn in _inside(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, ()):
        if len(found) >= most:
            break
        found.append(drawn)
    return found


def _inside(container: Any, count: Any, get: Any, part: Part, depth: int = 0) -> Iterator[Drawn]:
    for at in range(count(container)):
        drawn = get(container, at)
        if not drawn:
            continue
        inside = (*part, *(("layer", mark) for mark in _layers(drawn)))
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield Drawn(drawn, kind, inside)
        elif depth < MAX_DEPTH:
            inside = (*inside, ("form", ctypes.addressof(drawn.contents)))
            yield from _inside(drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inside, depth + 1)


def _layers(drawn: Any) -> Iterator[int]:
    """The marks of an object that name layers, by their addresses: what one mark encloses has one of these."""
    name = (ctypes.c_ushort * 4)()
    length = ctypes.c_ulong()
    for at in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, at)
        said = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if said and bytes(name)[: length.value] == "OC\0".encode("utf-16-le"):
            yield ctypes.addressof(mark.contents)


def hidden_parts(page: Any, drawn: list[Drawn]) -> set[Part]:
    """Return the parts of a page that are not shown: their texts are not, or nothing is where they have none."""
    texts: defaultdict[Part, list[Drawn]] = defaultdict(list)
    others: defaultdict[Part, list[Drawn]] = defaultdict(list)
    for one in drawn:
        if one.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            if any(kind == "layer" for kind, _ in one.part):
                others[one.part].append(one)
        elif one.part and pdfium.FPDFTextObj_GetTextRenderMode(one.object) not in _UNSEEN:
            texts[one.part].append(one)
    parts = {**others, **texts}
    if not parts:
        return set()
    active = [one for one in drawn if set_active([one], False)]
    hidden: set[Part] = set()
    for part, inside in list(parts.items())[:_PARTS]:
        set_active(inside, True)
        if not _shows(page):
            hidden.add(part)
        set_active(inside, False)
    set_active(active, True)
    return hidden


def set_active(drawn: Iterable[Drawn], active: bool) -> bool:
    """Let objects be drawn or not; whether the last was drawn until now, where it is not any more."""
    was = ctypes.c_int()
    for one in drawn:
        pdfium.FPDFPageObj_GetIsActive(one.object, was)
        pdfium.FPDFPageObj_SetIsActive(one.object, active)
    return bool(was.value)


def _shows(page: Any) -> bool:
    scale = min(1.0, math.sqrt(_PIXELS / max(page.get_width() * page.get_height(), 1.0)))
    bitmap = page.render(scale=scale, fill_color=(0, 0, 0, 0), draw_annots=False, may_draw_forms=False)
    drawn = bytes(bitmap.buffer)
    return drawn != bytes(len(drawn))
