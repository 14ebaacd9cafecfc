"""Reads the tables that Pandoc and Quarto draw with "+---+" as those between "|", and the captions below tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.marktext import BREAK

_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
_CAPTION = re.compile(r"[ \t]{0,3}(?:Table)?:[ \t]+(?=\S)")


def read_grid_tables(text: str) -> str:
    """Return a text with each drawn table written on the line on which it begins; lines keep their numbers.

    A cell may have several lines, which are joined; captions (": Doses", "Table: Doses") lose their mark. A table
    whose cells reach over columns stays as it is drawn.
    """
    if "+--" not in text and "+==" not in text and "\n: " not in text:
        return text
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if (
            (caption := _CAPTION.match(line))
            and at
            and _is_row((lines[at - 1].strip() or lines[max(at - 2, 0)]).strip())
        ):
            lines[at] = BREAK + line[caption.end() :]
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_row(lines[end].strip()):
            end += 1
        if end - at >= 3 and _BORDER.fullmatch(lines[at].strip()) and (table := _table(lines[at:end])):
            lines[at:end] = [table, *[""] * (end - at - 1)]
        at = max(end, at + 1)
    return "\n".join(lines)


def _is_row(line: str) -> bool:
    return _BORDER.fullmatch(line) is not None or (line.startswith("|") and line.endswith("|") and len(line) > 1)


def _table(lines: Sequence[str]) -> str:
    columns = lines[0].strip().count("+") - 1
    rows: list[list[str]] = []
    begins = True
    for line in (line.strip() for line in lines):
        if _BORDER.fullmatch(line):
            begins = True
            continue
        cells = line[1:-1].split("|")
        if len(cells) != columns or line.startswith("|:"):
            return ""
        if begins:
            rows.append([""] * columns)
            begins = False
        rows[-1] = [
            f"{above} {cell.strip().removesuffix(chr(92))}".strip() for above, cell in zip(rows[-1], cells, strict=True)
        ]
    written = [f"| {' | '.join(row)} |" for row in rows]
    return BREAK.join(["", written[0], "|---" * columns + "|", *written[1:], ""]) if rows else ""
