"""Joins the lines of a plain text into paragraphs and list items: by blank lines, bullets, indentation and width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MAX_WRAP = 160
"""Nobody wraps text by hand wider than this: a longer line is a whole paragraph."""

MIN_WRAP = 40
EXACT, LOOSE = 0.95, 0.75
"""How much of the width a line must fill to count as full: wrapped by a machine, or by hand."""

RULE_GAP = 3
"""A drawn line sets apart as much as this many blank lines."""

_GLYPH = re.compile(r"([•‣⁃∙▪▫◦●○■□►])\s*(.*)")
_DASH = re.compile(r"([-*–—·])\s+(\S.*)")
_LETTER_O = re.compile(r"(o)\s+(\S.*)")
_NUMBER = re.compile(r"(\d{1,3}[.)]|\(\d{1,3}\)|\(?[A-Za-z]\)|\(?[ivx]{2,4}\))\s+(\S.*)")
_RULE = re.compile(r"([=\-_*~#–—─])\1{2,}|([-*_] ){2,}[-*_]")
_SENTENCE_END = re.compile(r"[.!?;:…。！？؟।]['\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number from 1, its indentation, its list marker and its text, in single spaces."""

    number: int
    indent: int
    marker: str
    text: str

    @property
    def width(self) -> int:
        """How many columns the line takes."""
        return self.indent + len(self.marker) + bool(self.marker) + len(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together: a paragraph, a list item (with its marker) or a heading.

    `gap` counts the blank lines above, `size` the lines inside; `underline` is "=" or "-" where one is drawn
    below.
    """

    text: str
    marker: str
    line: int
    indent: int
    gap: int
    size: int
    underline: str = ""


def read_lines(text: str) -> list[Line]:
    """Return every line of a text, blank ones with empty text."""
    rows = [row.lstrip("\f").replace("\f", " ").expandtabs(4).rstrip() for row in text.split("\n")]
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        bare = row.lstrip()
        marker, rest = _marked(bare, rows, number - 1)
        lines.append(Line(number, len(row) - len(bare), marker, " ".join(rest.split())))
    return lines


def is_rule(line: Line) -> bool:
    """Tell whether a line is drawn, not written: "-----", "=====", "* * *"."""
    return _RULE.fullmatch(f"{line.marker} {line.text}".strip()) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence or an introduction does."""
    return _SENTENCE_END.search(text) is not None


def join_lines(lines: Sequence[Line]) -> list[Unit]:
    """Join lines into units, in order; every word of the lines is in one of them, but for drawn lines."""
    width = _wrap_width(lines)
    units: list[Unit] = []
    current: list[Line] = []
    gap = above = 0

    def close(underline: str = "") -> None:
        nonlocal gap, above
        text = " ".join(line.text for line in current if line.text)
        if text:
            first = current[0]
            units.append(Unit(text, first.marker, first.number, first.indent, above, len(current), underline))
        current.clear()

    for line in lines:
        if is_rule(line):
            drawn = f"{line.marker}{line.text}"[0]
            if drawn in "=-~" and len(current) == 1 and not current[0].marker and not current[0].text.endswith("."):
                close("=" if drawn == "=" else "-")
            else:
                close()
                gap = max(gap, RULE_GAP)
        elif not line.text and not line.marker:
            close()
            gap += 1
        elif current and _joins(current, line, width):
            # What looked like a bullet inside wrapped text is a dash or a number that the wrapping put there.
            text = f"{line.marker} {line.text}".strip()
            current.append(Line(line.number, line.indent, "", text))
        else:
            close()
            above, gap = gap if units else 0, 0
            current.append(line)
    close()
    return units


def _marked(bare: str, rows: Sequence[str], at: int) -> tuple[str, str]:
    """Return the list marker and the text of a line."""
    found = _GLYPH.fullmatch(bare) or _DASH.fullmatch(bare) or _NUMBER.fullmatch(bare)
    if found is None and _LETTER_O.match(bare) and _o_is_bullet(rows, at):
        found = _LETTER_O.fullmatch(bare)
    return (found[1], found[2]) if found else ("", bare)


def _o_is_bullet(rows: Sequence[str], at: int) -> bool:
    """Tell whether the letter o is a word processor's bullet: "o" is a word in Spanish, Italian and Portuguese."""
    if re.match(r"\s*o\s{2,}", rows[at]):
        return True
    neighbours = [rows[n].lstrip() for n in (at - 1, at + 1) if 0 <= n < len(rows)]
    return any(_LETTER_O.match(row) or _GLYPH.match(row) for row in neighbours)


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the column at which the text was wrapped, or None where it was not.

    The evidence is a line that goes on in the next one with anything but a capital letter.
    """
    widths = [
        line.width
        for line, after in pairwise(lines)
        if line.text and line.width <= MAX_WRAP and not after.marker and _goes_on(after.text)
    ]
    return max(MIN_WRAP, *widths) if widths else None


def _goes_on(text: str) -> bool:
    return text[:1].isalpha() and not text[0].isupper()


def _joins(current: Sequence[Line], line: Line, width: int | None) -> bool:
    """Tell whether a line goes on with the unit above it."""
    first, last = current[0], current[-1]
    wrapped = _break_was_forced(last, line, width, LOOSE)
    if line.marker:
        return not first.marker and wrapped and not ends_sentence(last.text)
    if line.text[0].islower():
        return True
    if first.marker:
        return not last.text or line.indent > first.indent or (wrapped and not ends_sentence(last.text))
    if len(current) == 1 and not last.text.endswith("."):
        # Perhaps a heading with its text directly below; a question that just fills its line nearly always is.
        return _break_was_forced(last, line, width, EXACT) and not last.text.endswith("?")
    if ends_sentence(last.text):
        return wrapped and line.indent < last.indent + 2
    return True


def _break_was_forced(last: Line, line: Line, width: int | None, share: float) -> bool:
    """Tell whether the next line's first word had no room in the line before, so that wrapping broke it."""
    if width is None or last.width > MAX_WRAP:
        return False
    word = len((line.marker or line.text).split()[0])
    return last.width + 1 + word > share * width
