"""Reads the lines of a plain text: each with its indentation, its list marker and the cells of its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wellread.articles.bullets import split_marker
from wellread.articles.tables import find_tables

RULE_GAP = 3
"""A drawn line sets apart as much as this many blank lines."""

_RULE = re.compile(r"([=\-_*~#–—─═━┄‾^+.])\1{2,}|([-*_] ){2,}[-*_]")
_MANY_BLANK = re.compile(r"(\n{200})\n+")
"""More blank lines than anybody means anything by; each costs as much to read as a line of text."""
_INNER_BULLET = re.compile(r"(?:^|(?<=\s))•\s+(?=\S)")
_LEAST_ITEMS = 2
"""Items in one row, at least; a single bullet may stand between two names."""
_QUOTED = 200
"""Characters of lines that a note quotes, at most."""
_WIDE_SPACE = "\u3000"
_WIDE_GAP = re.compile(r"\S(?: {4,}| *\t\s*)\S")
_NUMBER_FAR_RIGHT = re.compile(r"[^\W\d].* {20,}\d{1,3}")
"""A running head with the number of its page, which stands farther away than the cells of a row do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: its number from 1, its indentation, its list marker and its text, in single spaces.

    `cells` are those of a row of a table, or None; a drawn row has none in it. `opens` says that it begins with the
    wide space that opens a paragraph in Chinese and Japanese, `page` that a form feed stands before it, where a printed
    page begins, `spread` that its words stand far apart, and `numbered` that a number alone ends it far to the right.
    """

    number: int
    indent: int
    marker: str
    text: str
    cells: tuple[str, ...] | None = None
    opens: bool = False
    page: bool = False
    spread: bool = False
    numbered: bool = False

    @property
    def written(self) -> str:
        """The marker and the text."""
        return f"{self.marker} {self.text}".strip()

    @property
    def width(self) -> int:
        """How many columns the line takes."""
        return self.indent + len(self.marker) + bool(self.marker) + len(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together: a paragraph, a list item (with its marker), a heading or a row of a table.

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
    cells: tuple[str, ...] = ()


def read_lines(text: str) -> list[Line]:
    """Return every line of a text, blank ones with empty text; of very many blank lines in a row, the first ones."""
    numbers, raw = _rows(text)
    if "•" in text:
        split = [(number, piece) for number, row in zip(numbers, raw, strict=True) for piece in _items(row)]
        numbers, raw = [number for number, _ in split], [piece for _, piece in split]
    pages = {at for at, row in enumerate(raw) if row.startswith("\f")}
    if "\f" in text:
        raw = [row.lstrip("\f").replace("\f", " ") for row in raw]
    marked = [split_marker(raw, at) for at in range(len(raw))]
    tables = find_tables(raw, [bool(marker) for marker, _ in marked])
    lines: list[Line] = []
    for at, (number, row) in enumerate(zip(numbers, raw, strict=True)):
        if not row:
            lines.append(Line(number, 0, "", "", tables.get(at), page=at in pages))
            continue
        marker, rest = marked[at] if at not in tables else ("", row.lstrip())
        wide = row.expandtabs(4).rstrip() if row[0].isspace() else ""
        indent = len(wide) - len(wide.lstrip())
        opens = row[0] == _WIDE_SPACE and not marker
        spread = _WIDE_GAP.search(rest) is not None
        words = " ".join(rest.split())
        numbered = _NUMBER_FAR_RIGHT.fullmatch(rest.rstrip()) is not None
        lines.append(Line(number, indent, marker, words, tables.get(at), opens, at in pages, spread, numbered))
    return lines


def _items(row: str) -> list[str]:
    """Divide a row that holds a whole list, "Signs: • cough • fever", as copies do that lost the ends of lines."""
    lead, *items = _INNER_BULLET.split(row)
    if len(items) < _LEAST_ITEMS or not (not lead.strip() or lead.rstrip().endswith((":", "："))):
        return [row]
    indent = row[: len(row) - len(row.lstrip())]
    return [*([lead] if lead.strip() else []), *(f"{indent}• {item}" for item in items)]


def _rows(text: str) -> tuple[list[int], list[str]]:
    """Return the numbers and the texts of the lines, without the blank ones behind a great many."""
    numbers: list[int] = []
    rows: list[str] = []
    at, line = 0, 1
    for blank in (*_MANY_BLANK.finditer(text), None):
        piece = text[at : blank.end(1) if blank else len(text)].split("\n")
        piece = piece[:-1] if blank else piece
        rows += piece
        numbers += range(line, line + len(piece))
        if blank:
            at = blank.end()
            line += len(piece) + blank.end() - blank.end(1)
    return numbers, rows


def left_out(gone: Sequence[Line], why: str) -> str:
    """Return what a note says of lines that are left out together."""
    quoted = " / ".join(line.written for line in gone)
    quoted = quoted if len(quoted) <= _QUOTED else quoted[:_QUOTED] + "…"
    last = f" to line {gone[-1].number}" if len(gone) > 1 else ""
    return f'"{quoted}"{last} is left out: {why}'


def is_rule(line: Line) -> bool:
    """Tell whether a line is drawn, not written: "-----", "=====", "* * *"."""
    if line.text[:1].isalnum():
        return False
    return _RULE.fullmatch(line.written) is not None
