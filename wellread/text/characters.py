"""Characters that belong to no text: control characters, which a terminal may obey, and halves of a character."""

from __future__ import annotations

import re

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""All control characters but tab, line breaks and form feed; and lone surrogates, which no file can hold."""


def no_text(text: str) -> re.Match[str] | None:
    """The first character that belongs to no text, or None."""
    return _NO_TEXT.search(text)


def shown(text: str) -> str:
    r"""A text as a terminal may get it: what belongs to no text is replaced, and so is \r, which writes over a line.

    >>> shown("a\x1b[31m")
    'a\ufffd[31m'
    """
    return _NO_TEXT.sub("\ufffd", text).replace("\r", "\ufffd").replace("\f", "\ufffd")


def escaped_json(written: str) -> str:
    """JSON whose strings hold what belongs to no text as escapes: the same value, for programs and terminals alike."""
    return _NO_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
