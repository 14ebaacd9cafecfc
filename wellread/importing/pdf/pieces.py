"""Puts the characters of a PDF's page together to pieces of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

_RIGHT_TO_LEFT = ("R", "AL")
_LEFT_TO_RIGHT = ("L", "EN", "AN")
_BREAK = 0.45
"""Width of a gap at which a piece ends, in sizes of the type."""
_COLUMN = 3
"""Spaces after one another that make a column."""
_SPACE = 0.2
"""Width of a gap that is a space, in sizes of the type."""


@dataclass(frozen=True, slots=True)
class Style:
    """The look of text: size in points, and its colour as three steps of 40, or () for black and grey."""

    size: float
    bold: bool
    color: tuple[int, ...] = ()
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """Where a text that was drawn by itself begins inside a piece, with no space written before it.

    `at` is the place in the piece's text; `end` and `start` are the edges of what stands before and after.
    """

    at: int
    end: float
    start: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look that was drawn without a gap; `bottom` is its base line, in points from the bottom.

    `spaces` is the number of spaces that were written, not only left open; `cell` tells whether it begins a cell of a
    table, by what `gutters.py` found.
    """

    text: str
    style: Style
    left: float
    right: float
    bottom: float
    breaks: tuple[Break, ...] = ()
    spaces: int = 0
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Char:
    """A character in the frame in which its text is upright: `angle` in degrees, the other numbers in points.

    `drawn` tells the drawn texts of a page apart; it is 0 for a space that is only a gap.
    """

    text: str
    style: Style
    angle: int
    left: float
    right: float
    bottom: float
    drawn: int = 0


def read_pieces(characters: Iterator[Char | None]) -> Iterator[tuple[int, Piece]]:
    """Characters that follow one another on a line in one look, put together, with the angle of their frame."""
    group: list[Char] = []
    gap = False
    for char in characters:
        if char is None:
            gap = True
            continue
        if group and char.text.isspace() and char.angle == group[-1].angle:
            group.append(replace(char, style=group[-1].style))  # a space is of the look of what it follows
            continue
        if group and not _follows(group, char):
            yield group[-1].angle, _piece(group)
            group = []
        elif group and (gap or char.left - group[-1].right > _SPACE * char.style.size):
            group.append(replace(group[-1], text=" ", left=group[-1].right, drawn=0))
        gap = False
        group.append(char)
    if group:
        yield group[-1].angle, _piece(group)


def _follows(group: list[Char], char: Char) -> bool:
    """Tell whether a character goes on with the ones before it, to their right or, in Arabic, to their left."""
    last = group[-1]
    if char.angle != last.angle or abs(char.bottom - last.bottom) > 0.1 or char.style != last.style:
        return False
    size = char.style.size
    if all(one.text.isspace() for one in group[-_COLUMN:]) and len(group) >= _COLUMN:
        return False  # spaces that move what follows to a column
    if -0.5 * size < char.left - last.left and char.left - last.right < _BREAK * size:
        return True
    leftwards = char.left - last.left < 0.5 * size and last.left - char.right < _BREAK * size
    return leftwards and _is_right_to_left((*group[-3:], char))


def _is_right_to_left(group: Sequence[Char]) -> bool:
    return any(unicodedata.bidirectional(char.text[:1]) in _RIGHT_TO_LEFT for char in group)


def _piece(group: list[Char]) -> Piece:
    shown = [char for char in group if not char.text.isspace()] or group
    backwards = _is_right_to_left(group)
    text = _right_to_left(group) if backwards else "".join(char.text for char in group)
    left, right = min(char.left for char in shown), max(char.right for char in shown)
    breaks = () if backwards else _breaks(group)
    spaces = sum(char.drawn != 0 and char.text.isspace() for char in group)
    return Piece(text, group[0].style, left, right, group[0].bottom, breaks, spaces)


def _breaks(group: Sequence[Char]) -> tuple[Break, ...]:
    found: list[Break] = []
    at = 0
    before: Char | None = None  # the last letter, as long as no space was written after it
    for char in group:
        if not char.text.isspace():
            if before and char.drawn != before.drawn:
                found.append(Break(at, before.right, char.left))
            before = char
        elif char.drawn:
            before = None
        at += len(char.text)
    return tuple(found)


def _right_to_left(group: list[Char]) -> str:
    """Words of Arabic or Hebrew, the letters of each from its right to its left; numbers and Latin words as they are.

    PDFium has the words in their order, but often not the letters.
    """
    words: list[str] = []
    for space, letters in groupby(group, key=lambda char: char.text.isspace()):
        if space:
            continue
        word = ""
        ordered = sorted(letters, key=lambda char: -char.left)
        for upright, run in groupby(ordered, key=_is_upright):
            part = [char.text for char in run]
            word += "".join(reversed(part) if upright else part)
        words.append(word)
    return " ".join(words)


def _is_upright(char: Char) -> bool:
    return unicodedata.bidirectional(char.text[:1]) in _LEFT_TO_RIGHT
