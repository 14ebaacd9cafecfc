"""The language that a PDF names for its text."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_MOST = 64
"""Bytes of a language's name at most, in UTF-16; "zh-Hant-HK" has 20."""


def language_of(document: Any) -> str:
    """The language of an open document's catalog as written; "" where it names none."""
    buffer = (ctypes.c_ushort * (_MOST // 2))()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, _MOST)
    return bytes(buffer)[:length].decode("utf-16-le", "replace").split("\0")[0] if length <= _MOST else ""
