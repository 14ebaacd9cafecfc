"""Tells what a line is written in: capitals, digits, letters of words without spaces, a picture before its words."""

from __future__ import annotations

import re

_PICTURES = re.compile("^(?:[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d]*)+\\s+")
_BRACKETED = re.compile(r"[【〖][^【】〖〗]+[】〗]")
_MANY_DIGITS = 6
"""Digits from which on a line with no more letters than digits is a code, a law or a telephone number."""
_LEAST_DIGITS = 7
"""Digits of a whole telephone number, at least."""
_TELEPHONE = re.compile(
    r"(?<![\w.,/-])(?!\(?\d{1,2}[ -]\d{1,2}[ -]\d{4}(?!\d))"
    r"(?:(?:\+\d|\(?[0٠۰０])[\d() \u2010-\u2013-]*\d|(?:1[ -])?(?:\(\d{3}\) ?|\d{3}-)\d{3}[ -]\d{4})(?![\d%])"
)
"""Its digits behind "+" or a zero, or grouped as in America: "(555) 123-4567"."""


def shouts(text: str) -> bool:
    """Tell whether a text is in capitals; letters that have none, as Chinese ones, do not shout beside "HIV"."""
    return text.isupper() and 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))


def without_picture(text: str) -> str:
    """Return a text without the pictures that it begins with: "⏱️ When to take it" gives "When to take it"."""
    return _PICTURES.sub("", text)


def unspaced(text: str) -> int:
    """Count the Chinese and Japanese letters of a text, whose words have no spaces."""
    return sum("\u3040" <= letter <= "\u9fff" for letter in text)


def is_code(text: str) -> bool:
    """Tell whether a line is a number of a document, a law or a telephone: "No. 123456 Rev. 3/25"."""
    digits = sum(map(str.isdigit, text))
    return digits >= _MANY_DIGITS and digits >= sum(map(str.isalpha, text))


def is_bracketed(text: str) -> bool:
    """Tell whether a line stands in the brackets that mark headings in Chinese and Japanese: "【病因】"."""
    return _BRACKETED.fullmatch(text) is not None


def holds_telephone(text: str) -> bool:
    """Tell whether a whole telephone number stands in a line, as written in any country; a day is none.

    >>> holds_telephone("Clinic: 011-555-0144"), holds_telephone("Night nurse (0)20 7946 0018")
    (True, True)
    >>> holds_telephone("When to call 999"), holds_telephone("Changes from 01-02-2026")
    (False, False)
    """
    return any(sum(map(str.isdigit, found[0])) >= _LEAST_DIGITS for found in _TELEPHONE.finditer(text))
