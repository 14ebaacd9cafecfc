"""The marks of the items of Markdown lists: numbers as they are counted, and letters, which Markdown does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from wellread.text.list_marks import MARK, is_counted


@dataclass(slots=True)
class OpenList:
    """An open list: the number of its next item, "" or what follows a number, and the last number in the file."""

    number: int
    mark: str
    written: int = 0

    def next_marker(self, written: str) -> str:
        """Return the marker of the next item, and count on. A list that counts up and begins anew with 1 is two lists.

        Parsers go on counting ("7."), though a text may say "see section 1"; "1." before every item counts up.
        """
        if not self.mark:
            return "•"
        if written == "1" and 1 < self.written == self.number - 1:
            self.number = 1
        self.written = int(written or 0)
        self.number += 1
        return f"{self.number - 1}{self.mark}"


def take_list_marks(tokens: Sequence[Token]) -> dict[int, str]:
    """Take the marks of lists that count in letters ("- a. Rest") out of their texts; gives them by the items' places.

    Markdown has no such lists; a list with bullets whose items all begin with a mark that counts on is one.
    """
    found: dict[int, str] = {}
    opened: list[dict[int, str]] = []
    for at, token in enumerate(tokens):
        if token.type.endswith("_list_open"):
            opened.append({})
        elif token.type == "list_item_open" and opened:
            first = _first_text(tokens[at + 1 : at + 3])
            mark, space, _ = first.content.partition(" ") if first else ("", "", "")
            opened[-1][at] = mark if space and MARK.fullmatch(mark) else ""
        elif token.type.endswith("_list_close") and opened:
            marks = opened.pop()
            found |= marks if token.type == "bullet_list_close" and is_counted([*marks.values()]) else {}
    for at, mark in found.items():
        if first := _first_text(tokens[at + 1 : at + 3]):
            first.content = first.content[len(mark) :].lstrip()
    return found


def _first_text(below: Sequence[Token]) -> Token | None:
    """The token that the text of an item begins with, of those below its own; None where it begins with a mark."""
    if below and below[0].type == "plain":
        return below[0]
    children = below[1].children if len(below) == 2 and below[1].type == "inline" else None
    return children[0] if children and children[0].type == "text" else None
