"""Puts the characters of a PDF's page together to pieces of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wellread.importing.pdf.directions import SPACE, Letter, in_reading_order, is_left_to_right, is_right_to_left

BREAK = 0.45
"""Width of a gap at which a piece ends, in sizes of the type."""
_COLUMN = 3
"""Spaces after one another that make a column."""


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
    table, by what `gutters.py` found. `letters` are those of a piece without Latin, in no order. It `begins_word` if
    what stands before it on the line is a space between words, however wide. `at` counts the pieces as they were drawn.
    """

    text: str
    style: Style
    left: float
    right: float
    bottom: float
    breaks: tuple[Break, ...] = ()
    spaces: int = 0
    cell: bool = False
    letters: tuple[Letter, ...] = ()
    begins_word: bool = False
    at: int = 0

    def mirrored(self) -> Piece:
        """The piece on the page's mirror image, on which a page that is read from the right begins at the left."""
        letters = tuple(Letter(one.text, -one.right, -one.left) for one in self.letters)
        return replace(self, left=-self.right, right=-self.left, breaks=(), letters=letters)


@dataclass(frozen=True, slots=True)
class Char:
    """A character in the frame in which its text is upright: `angle` in degrees, the other numbers in points.

    `drawn` tells the drawn texts of a page apart; it is 0 for a space that is only a gap. `white` letters can
    be read on a colour only. It `begins_word` if the gap before it is a space, however wide (`spacing.py`). `tagged` is
    the number by which the page's structure names its text (`tags.py`), -1 where it does not; `font` tells the fonts
    apart. `unread` says why it is no text to readers, where that is known from it alone.
    """

    text: str
    style: Style
    angle: int
    left: float
    right: float
    bottom: float
    drawn: int = 0
    white: bool = False
    begins_word: bool = False
    tagged: int = -1
    font: int = 0
    unread: str = ""


def read_pieces(characters: Iterator[Char | None]) -> Iterator[tuple[int, Piece]]:
    """Characters that follow one another on a line in one look, put together, with the angle of their frame."""
    group: list[Char] = []
    gap = False
    number = 0
    for char in characters:
        if char is None:
            gap = True
            continue
        if group and char.text.isspace() and char.angle == group[-1].angle:
            if char.left < group[-1].left - 0.5 * char.style.size and not is_right_to_left(group[-1].text):
                gap = True  # it stands at the other side of words inside a line from right to left
                continue
            group.append(replace(char, style=group[-1].style))  # a space is of the look of what it follows
            continue
        if group and not _follows(group, char):
            yield group[-1].angle, _piece(group, number)
            group = []
            number += 1
        elif group and (gap or char.left - group[-1].right > SPACE * char.style.size):
            group.append(replace(group[-1], text=" ", left=group[-1].right, drawn=0))
        gap = False
        group.append(char)
    if group:
        yield group[-1].angle, _piece(group, number)


def by_lines(chars: Sequence[Char | None]) -> str:
    """Return the characters of a text with an end of the line where the next stands lower, or in the next column."""
    text = ""
    last: Char | None = None
    for char in chars:
        if char and last and abs(last.bottom - char.bottom) > 0.5 * max(char.style.size, last.style.size):
            text += "\n"
        text += char.text if char else " "
        last = char or last
    return text


def _follows(group: list[Char], char: Char) -> bool:
    """Tell whether a character goes on with the ones before it, to their right or, in Arabic, to their left."""
    last = group[-1]
    if char.angle != last.angle or abs(char.bottom - last.bottom) > 0.1 or char.style != last.style:
        return False
    if char.begins_word:
        return True
    size = char.style.size
    if all(one.text.isspace() for one in group[-_COLUMN:]) and len(group) >= _COLUMN:
        return False  # spaces that move what follows to a column
    if -0.5 * size < char.left - last.left and char.left - last.right < BREAK * size:
        return True
    leftwards = char.left - last.left < 0.5 * size and last.left - char.right < SPACE * size
    return leftwards and any(is_right_to_left(one.text) for one in (*group[-3:], char))


def _piece(group: list[Char], number: int) -> Piece:
    shown = [char for char in group if not char.text.isspace()] or group
    left, right = min(char.left for char in shown), max(char.right for char in shown)
    spaces = sum(char.drawn != 0 and char.text.isspace() for char in group)
    text = "".join(char.text for char in group)
    letters: tuple[Letter, ...] = ()
    if not is_left_to_right(text):
        letters = tuple(Letter(char.text, char.left, char.right) for char in group if char.drawn)
    breaks = _breaks(group)
    if is_right_to_left(text):
        text, breaks = in_reading_order(letters, group[0].style.size, from_right=True), ()
    return Piece(
        text,
        group[0].style,
        left,
        right,
        group[0].bottom,
        breaks,
        spaces,
        letters=letters,
        begins_word=shown[0].begins_word,
        at=number,
    )


def _breaks(group: Sequence[Char]) -> tuple[Break, ...]:
    found: list[Break] = []
    at = 0
    before: Char | None = None  # the last letter, as long as no space was written after it
    for char in group:
        if not char.text.isspace():
            if before and char.drawn != before.drawn and not char.begins_word:
                found.append(Break(at, before.right, char.left))
            before = char
        elif char.drawn:
            before = None
        at += len(char.text)
    return tuple(found)
