"""Puts a line with Arabic or Hebrew into the order in which it is read, from the places of its letters on the page.

PDFium has the letters of such lines in an order of its own: "38.5" came as "5.38", "10 mg/kg" as "10 kg/mg". So only
the places count. The rules are those of Unicode's bidirectional algorithm (UAX #9, revision 50) read backwards: what
stands on the page is turned round, but for numbers and for words that are written from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

SPACE = 0.2
"""Width of a gap that is a space, in sizes of the type."""

_ARABIC, _HEBREW = "AL", "R"
_JOINS = {"CS": ("EN", "AN"), "ES": ("EN",)}
"""What joins two numbers of which kind: "38.5", "12:30", "1/2" (W4); "03-555" only after Hebrew (W2)."""

_UNIT = re.compile(
    r"[mkµμcd]?(?:g|l|m|L|Pa|mol|cal|Hz|U)|mcg|mmHg|IU|iu|kcal|cc|min|hr?|kg|ppm|°?[CF]|x", re.ASCII | re.IGNORECASE
)
"""Units that stand after their number: "10 mg/kg" and "mg/kg 10" look the same in a line from right to left."""

_OPENING = dict(zip(")]}»›", "([{«‹", strict=True))
_MIRRORED = dict(zip("<>≤≥≪≫", "><≥≤≫≪", strict=True))
_CLOSING = {opening: closing for closing, opening in _OPENING.items()}


@dataclass(frozen=True, slots=True)
class Letter:
    """A character, or text from left to right that stays together, and its left and right edge on the page."""

    text: str
    left: float
    right: float


def is_right_to_left(text: str) -> bool:
    """Tell whether a text has a letter of Arabic, Hebrew or another script that is written from right to left."""
    return any(unicodedata.bidirectional(char) in (_ARABIC, _HEBREW) for char in text)


def is_left_to_right(text: str) -> bool:
    """Tell whether a text has a letter that is written from left to right, and none of the other kind."""
    return any(unicodedata.bidirectional(char) == "L" for char in text) and not is_right_to_left(text)


def has_only_units(text: str) -> bool:
    """Tell whether all words of a text from left to right are units: "200–400 mg"."""
    return all(map(_UNIT.fullmatch, re.findall(r"[^\W\d_]+", text)))


def mostly_right_to_left(texts: Sequence[str]) -> bool:
    """Tell whether most letters of some texts are written from right to left."""
    kinds = [unicodedata.bidirectional(char) for text in texts for char in text]
    return kinds.count(_ARABIC) + kinds.count(_HEBREW) > kinds.count("L")


def in_reading_order(letters: Sequence[Letter], size: float, from_right: bool) -> str:
    """The text of a line from its letters, in type of a size in points; `from_right` if its page is read so.

    >>> shown = "38.5 םוח"
    >>> in_reading_order([Letter(char, at, at + 1) for at, char in enumerate(shown)], 2.0, from_right=True)
    'חום 38.5'
    """
    shown = _as_shown(letters, size)
    if from_right:
        return _turned(shown)
    read: list[str] = []
    at = 0
    while at < len(shown):  # words from right to left inside a line from left to right
        end = _end_of_words(shown, at)
        read.append(_turned(shown[at:end]) if end > at else shown[at])
        at = max(end, at + 1)
    return " ".join("".join(read).split())


def _as_shown(letters: Sequence[Letter], size: float) -> list[str]:
    """The letters as they stand on the page from left to right, marks behind their letter, a space where a gap is."""
    marks = [letter for letter in letters if letter.text and all(unicodedata.combining(char) for char in letter.text)]
    # Of two letters that are drawn as one, "لا", the first has the width of both.
    whole = sorted((one for one in letters if one not in marks), key=lambda one: (one.left, one.right))
    texts = [one.text for one in whole]
    for mark in marks:
        over = [at for at, one in enumerate(whole) if one.left - 0.01 <= mark.left <= one.right and one.text.strip()]
        if over:
            base = min(over, key=lambda at: abs(whole[at].left - mark.left))
            texts[base] += mark.text
            whole[base] = replace(whole[base], right=max(whole[base].right, mark.right))
    shown: list[str] = []
    reached = None
    for one, text in zip(whole, texts, strict=True):
        if text.isspace():
            if shown and shown[-1] != " ":
                shown.append(" ")
            continue
        if reached is not None and one.left - reached > SPACE * size and shown[-1] != " ":
            shown.append(" ")
        shown += [text] if is_right_to_left(text) else list(text)
        reached = one.right if reached is None else max(reached, one.right)
    return shown


def _end_of_words(shown: Sequence[str], start: int) -> int:
    """Where words from right to left end that begin at a place, the numbers and spaces between them with them."""
    end = start
    if _kind(shown[start]) in (_ARABIC, _HEBREW):
        for at in range(start, len(shown)):
            kind = _kind(shown[at])
            if kind == "L":
                break
            if kind in (_ARABIC, _HEBREW):
                end = at + 1
    return end


def _turned(shown: Sequence[str]) -> str:
    """A line that is shown so from left to right, as it is read from its right end."""
    read: list[str] = []
    strong = _HEBREW
    at = len(shown) - 1
    while at >= 0:
        kind = _kind(shown[at])
        start = at
        if kind == "L" or (shown[at] in _OPENING and _closes_latin(shown, at)):
            start, strong = _start_of_latin(shown, at), "L"
        elif kind in ("EN", "AN", "ET"):
            latin = _end_of_latin_before(shown, _start_of_number(shown, at, "EN"))
            if latin >= 0:
                start, strong = _start_of_latin(shown, latin), "L"
            else:
                start = _start_of_number(shown, at, "AN" if strong == _ARABIC or kind == "AN" else "EN")
        elif kind in (_ARABIC, _HEBREW):
            strong = kind
        text = "".join(shown[start : at + 1])
        read.append(_bracket(text, "".join(read[-1:])) if start == at and kind == "ON" else text)
        at = start - 1
    return " ".join("".join(read).split())


def _start_of_latin(shown: Sequence[str], end: int) -> int:
    """Where words from left to right begin that end at a place, the numbers and signs between them with them."""
    start = end
    for at in range(end, -1, -1):
        kind = _kind(shown[at])
        if kind in (_ARABIC, _HEBREW, "AN"):
            break
        if kind in ("L", "EN"):
            start = at
    return start


def _closes_latin(shown: Sequence[str], end: int) -> bool:
    """Tell whether a bracket closes one inside words from left to right: "Acamol (500 mg)"."""
    for at in range(end - 1, 0, -1):
        if _kind(shown[at]) in (_ARABIC, _HEBREW):
            return False
        if shown[at] == _OPENING[shown[end]]:
            before = "".join(shown[:at]).rstrip()
            return bool(before) and _kind(before[-1]) == "L"
    return False


def _start_of_number(shown: Sequence[str], end: int, number: str) -> int:
    """Where a number begins that ends at a place, its sign for per cent or money with it where that belongs to it."""
    at = end
    while at > 0 and _kind(shown[at]) == "ET" and number == "EN" and _kind(shown[at - 1]) in ("ET", "EN"):
        at -= 1
    if _kind(shown[at]) not in ("EN", "AN"):
        return end
    while at > 0:
        before = _kind(shown[at - 1])
        joined = number in _JOINS.get(before, ()) and at > 1 and _kind(shown[at - 2]) in ("EN", "AN")
        if before in ("EN", "AN") or joined or (before == "ET" and number == "EN"):
            at -= 2 if joined else 1
        else:
            break
    return at


def _end_of_latin_before(shown: Sequence[str], number: int) -> int:
    """Where words from left to right end to which a number at their right belongs, "COVID-19", or -1; units do not."""
    at = number - 1
    while at >= 0 and (shown[at] == " " or shown[at] in "-–/.:+"):
        at -= 1
    if at < 0 or _kind(shown[at]) != "L":
        return -1
    parts = "".join(shown[: at + 1]).split(" ")[-1].split("/")
    return -1 if at < number - 1 and all(map(_UNIT.fullmatch, parts)) else at


def _bracket(sign: str, before: str) -> str:
    """A bracket or a sign as it is read, which a page shows as its mirror image.

    PDFium has some brackets as shown and others as read, so a bracket behind a space opens, and any other closes.
    """
    opens = not before or before.isspace() or before in _CLOSING
    if sign in _OPENING:
        return _OPENING[sign] if opens else sign
    if sign in _CLOSING:
        return sign if opens else _CLOSING[sign]
    return _MIRRORED.get(sign, sign)


def _kind(text: str) -> str:
    """The bidirectional class of a text's first character; "ON" for what is none of a letter, a number or a sign."""
    kind = unicodedata.bidirectional(text[:1]) if text else "ON"
    return kind if kind in ("L", _HEBREW, _ARABIC, "EN", "AN", "ES", "CS", "ET") else "ON"
