"""Puts the characters of a PDF's page together to pieces of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

_RIGHT_TO_LEFT = ("R", "AL")
_LEFT_TO_RIGHT = ("L", "EN", "AN")
_SPACE = 0.2
"""Width of a gap that is a space, in sizes of the type."""


@dataclass(frozen=True, slots=True)
class Style:
    """The look of text: size in points, and its colour as three steps of 40, or () for black and grey."""

    size: float
    bold: bool
    color: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look that was drawn without a gap; `bottom` is its base line, in points from the bottom."""

    text: str
    style: Style
    left: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Char:
    """A character in the frame in which its text is upright: `angle` in degrees, the other numbers in points."""

    text: str
    style: Style
    angle: int
    left: float
    right: float
    bottom: float


def read_pieces(characters: Iterator[Char | None]) -> Iterator[tuple[int, Piece]]:
    """Characters that follow one another on a line in one look, put together, with the angle of their frame."""
    group: list[Char] = []
    gap = False
    for char in characters:
        if char is None or char.text.isspace():
            gap = True
            continue
        if group:
            last = group[-1]
            follows = _follows(last, char)
            if gap or (follows and char.left - last.right > _SPACE * char.style.size):
                group[-1] = replace(last, text=f"{last.text} ")
            if not follows:
                yield last.angle, _piece(group)
                group = []
        gap = False
        group.append(char)
    if group:
        yield group[-1].angle, _piece(group)


def _follows(last: Char, char: Char) -> bool:
    """Tell whether a character goes on with the piece of the one before it, to its right or, in Arabic, its left."""
    if char.angle != last.angle or abs(char.bottom - last.bottom) > 0.1 or char.style != last.style:
        return False
    size = char.style.size
    if -0.5 * size < char.left - last.left and char.left - last.right < 0.45 * size:
        return True
    leftwards = char.left - last.left < 0.5 * size and last.left - char.right < 0.45 * size
    kinds = {unicodedata.bidirectional(one.text[:1]) for one in (last, char)}
    return leftwards and not kinds.isdisjoint((*_RIGHT_TO_LEFT, "AN", "NSM"))


def _piece(group: list[Char]) -> Piece:
    backwards = any(unicodedata.bidirectional(char.text[:1]) in _RIGHT_TO_LEFT for char in group)
    text = _right_to_left(group) if backwards else "".join(char.text for char in group)
    left, right = min(char.left for char in group), max(char.right for char in group)
    return Piece(text, group[0].style, left, right, group[0].bottom)


def _right_to_left(group: list[Char]) -> str:
    """The letters of Arabic or Hebrew from the right of the line to its left, numbers and Latin words as they are."""
    ordered = sorted(group, key=lambda char: -char.left)
    text = ""
    for upright, run in groupby(
        ordered, key=lambda char: unicodedata.bidirectional(char.text[:1]) in ("L", "EN", "AN")
    ):
        letters = [char.text for char in run]
        text += "".join(reversed(letters) if upright else letters)
    return text
