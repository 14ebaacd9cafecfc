"""Marks of lists that count in letters, Roman numerals or by parts: "a.", "(iv)", "1.2"; how they are written and read.

A text may name an item by its mark ("repeat step b"), so they are kept as readers of the source see them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

MARK = re.compile(r"\(?(?:[a-z]{1,2}|[ivxlc]{1,7}|[A-Z]|[IVXLC]{1,7})[.)]|\(?\d{1,3}(?:\.\d{1,3}){1,4}[.)]?")
"""What a mark looks like; only its place in a list tells whether it is one."""

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LETTERS, _MOST_ROMAN = 26 * 27, 399
_PART = re.compile(r"(\W*)(.*?)(\W*)")


def written_number(number: int, form: str) -> str:
    """A number from 1 on in a form of CSS: "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", or in digits.

    >>> [written_number(4, form) for form in ("lower-alpha", "upper-roman", "decimal")]
    ['d', 'IV', '4']
    """
    style, _, kind = form.partition("-")
    if kind in ("alpha", "latin") and 0 < number <= _MOST_LETTERS:
        text = _letters(number)
    elif kind == "roman" and 0 < number <= _MOST_ROMAN:
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if style == "upper" else text


def is_counted(marks: Sequence[str]) -> bool:
    """Tell whether marks of two items or more count on from one to the next.

    >>> is_counted(["a.", "b."]), is_counted(["(i)", "(ii)"]), is_counted(["1.1", "1.2"]), is_counted(["a.", "c."])
    (True, True, True, False)
    """
    if len(marks) < 2 or not all(map(MARK.fullmatch, marks)):
        return False
    parts = [_PART.fullmatch(mark) for mark in marks]
    if len({(part[1], part[3]) for part in parts if part}) > 1:
        return False
    words = [part[2] for part in parts if part]
    return any(words[1:] == _following(words[0], form, len(words)) for form in ("alpha", "roman", "parts"))


def _following(first: str, form: str, length: int) -> list[str]:
    """The marks of a list after its first one, in one of the three forms; [] where the first is not of that form."""
    if form == "parts":
        above, dot, last = first.rpartition(".")
        return [f"{above}.{int(last) + n}" for n in range(1, length)] if dot and last.isdecimal() else []
    style = "upper" if first.isupper() else "lower"
    start = _numbers(form).get(first.lower(), 0)
    return [written_number(start + n, f"{style}-{form}") for n in range(1, length)] if start else []


@cache
def _numbers(form: str) -> dict[str, int]:
    """The number that each mark of a form stands for, in small letters."""
    most = _MOST_LETTERS if form == "alpha" else _MOST_ROMAN
    return {written_number(number, f"lower-{form}"): number for number in range(1, most + 1)}


def is_roman(word: str) -> bool:
    """Tell whether a word in small letters is a Roman number up to 399: "iv", but not "ill"."""
    return word in _numbers("roman")


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
