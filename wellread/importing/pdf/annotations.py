"""What was written on a page of a PDF later: comments, what fields of a form hold, and what was struck out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from wellread.importing.pdf.boxes import Box
from wellread.text.accounting import compare_words

_NORMAL = pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL
_EMPTY = 2
"""Bytes of a text of no letters, which ends with a zero of two bytes."""
_MIDDLE = 0.4
"""Where, from the bottom of a place that is marked as struck out, the line is drawn."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The texts of the annotations of a page, the lines of those that strike words out, and whether any is drawn."""

    texts: tuple[str, ...]
    strikes: tuple[Box, ...]
    drawn: bool


def read_annotations(page: Any, most: int) -> Annotations:
    """Read the annotations of a page, `most` of them."""
    texts: list[str] = []
    strikes: list[Box] = []
    drawn = False
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), most)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        text = _string_value(annotation, b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents")
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            strikes += _lines(annotation)
        drawn = drawn or pdfium.FPDFAnnot_GetAP(annotation, _NORMAL, None, 0) > _EMPTY
        pdfium.FPDFPage_CloseAnnot(annotation)
        if any(map(str.isalnum, text)):
            texts.append(text)
    return Annotations(tuple(texts), tuple(strikes), drawn)


def words_drawn_by_annotations(data: bytes, texts: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Return the words that annotations draw over some pages: signatures, stamps, what a form shows in its fields.

    `texts` has what is known of the text of these pages, by their numbers. PDFium reads such words only once it has
    drawn the annotations into the page, so this is done with a copy of the file.
    """
    found: dict[int, tuple[str, ...]] = {}
    if not texts:
        return found
    document = pypdfium2.PdfDocument(data)
    for number, known in texts.items():
        page = document[number - 1]
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            text_page = document[number - 1].get_textpage()
            text = text_page.get_text_range() if pdfium.FPDFText_CountChars(text_page) > 0 else ""
            found[number] = tuple(run.words for run in compare_words(text, known).missing)
    document.close()
    return found


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
