"""Decodes the bytes of an article file, or names its first wrong byte."""

from __future__ import annotations

import codecs

from wellread.errors import ArticleError
from wellread.text.characters import no_text

_SAVE_AS_UTF8 = "save the file as UTF-8"


def decode(data: bytes, file: str) -> str:
    r"""Return the text of a UTF-8 file, or of a UTF-16 file with a byte order mark, with \n line ends.

    No other encoding is guessed. Raises ArticleError for bytes that do not decode and for control characters
    other than tab, newline and form feed.
    """
    name = "UTF-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "UTF-8"
    try:
        text = data.decode("utf-16" if name == "UTF-16" else "utf-8-sig")
    except UnicodeDecodeError as error:
        # Offsets of the utf-8-sig codec count from after the mark.
        mark = len(codecs.BOM_UTF8) if name == "UTF-8" and data.startswith(codecs.BOM_UTF8) else 0
        at = error.start + mark
        before = data[:at].decode(name, "ignore")
        reason = f"byte {at} (0x{data[at]:02x}) does not belong to a {name} text"
        raise ArticleError(file, _unified(before).count("\n") + 1, reason, _SAVE_AS_UTF8) from None
    text = _unified(text)
    control = no_text(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        reason = f"the line holds the control character U+{ord(control[0]):04X}"
        raise ArticleError(file, line, reason, f"delete the character, or {_SAVE_AS_UTF8}")
    return text


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
