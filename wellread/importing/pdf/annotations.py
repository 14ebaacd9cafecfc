"""What was written on a page of a PDF later: comments, what fields of a form hold, and what was struck out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from wellread.importing.pdf.boxes import Box

_MIDDLE = 0.4
"""Where, from the bottom of a place that is marked as struck out, the line is drawn."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The texts of the annotations of a page, and the lines of those that strike words out."""

    texts: tuple[str, ...]
    strikes: tuple[Box, ...]


def read_annotations(page: Any, most: int) -> Annotations:
    """Read the annotations of a page, `most` of them."""
    texts: list[str] = []
    strikes: list[Box] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), most)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        text = _string_value(annotation, b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents")
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            strikes += _lines(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if any(map(str.isalnum, text)):
            texts.append(text)
    return Annotations(tuple(texts), tuple(strikes))


def _lines(annotation: Any) -> Iterator[Box]:
    """The lines through words that are marked as struck out, one for each line of text."""
    quad = pdfium.FS_QUADPOINTSF()
    for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            middle = min(up) + _MIDDLE * (max(up) - min(up))
            yield Box(min(across), middle, max(across), middle)


def _string_value(annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]
