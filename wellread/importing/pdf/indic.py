"""Finds words of Indian scripts that cannot be right: programs give wrong letters for some signs that they draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FIRST, _LAST = 0x0900, 0x0D7F
"""Devanagari to Malayalam in Unicode."""
_SIGNS = "".join(chr(code) for code in range(_FIRST, _LAST + 1) if "VOWEL SIGN" in unicodedata.name(chr(code), ""))
_SILENT = "".join(chr(code) for code in range(_FIRST, _LAST + 1) if unicodedata.name(chr(code), "").endswith("VIRAMA"))
_LETTER = rf"[{chr(_FIRST)}-{chr(_LAST)}\u200c\u200d]"
_WRONG = re.compile(rf"(?:(?<!{_LETTER})|[{_SIGNS}{_SILENT}])[{_SIGNS}]")
"""The sign of a vowel after another, after the sign that there is none, or with no letter before it."""
_LEAST = 3
"""Such places of a page at least; fewer are slips of those who typed it."""


def wrong_words(text: str) -> Sequence[str]:
    """Return the words of a page that have signs where none can be, in their order; nothing if there are few.

    >>> wrong_words("\u0938\u0947\u0935\u093e")
    ()
    """
    words = unicodedata.normalize("NFC", text).split()
    found = [word for word in words if _WRONG.search(word)]
    return tuple(dict.fromkeys(found)) if len(found) >= _LEAST else ()
