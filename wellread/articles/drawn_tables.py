"""Reads the tables that Pandoc and Quarto draw, with "+---+" or under "---- ----", as those between "|"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wellread.articles.marktext import BREAK

_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
_RULER = re.compile(r"[ ]{0,3}-{2,}(?:[ ]+-{2,})+[ ]*")
"""The line that says where columns begin and end."""
_LINE = re.compile(r"[ ]{0,3}-{5,}[ ]*")
_BAR = re.compile(r"(?<!\\)\|")
_HEAD = 20
"""Lines that the head of a table has at most."""
_LONGEST = 300
"""Lines between the two rulers of a table without a head, at most."""
_BLANK = re.compile(r"\s*")
_CAPTION = re.compile(r"[ \t]{0,3}(?:Table)?:[ \t]+(?=\S)")

Table = tuple[int, int, list[list[str]]]
"""Where a table begins and ends among the lines, and its rows, the head first."""


def read_drawn_tables(text: str) -> str:
    """Return a text with each drawn table written on the line on which it begins; lines keep their numbers.

    A cell may have several lines, which are joined; captions (": Doses", "Table: Doses") lose their mark. A table
    whose cells reach over columns stays as it is drawn.
    """
    if not any(sign in text for sign in ("+--", "+==", "-- -", "\n: ", "\nTable: ")):
        return text
    lines = text.split("\n")
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        first = tables[-1][1] if tables else 0
        table = _grid(lines, at) or _headless(lines, at, first) or _ruled(lines, at, first)
        if table and table[2]:
            tables.append(table)
        at = table[1] if table else at + 1
    ends = {end for _, end, _ in tables}
    for at, line in enumerate(lines):
        above = at - 1 if at and lines[at - 1].strip() else at - 2
        if (caption := _CAPTION.match(line)) and above >= 0 and (above + 1 in ends or _is_row(lines[above].strip())):
            lines[at] = BREAK + line[caption.end() :]
    for start, end, rows in tables:
        lines[start:end] = [_written(rows), *[""] * (end - start - 1)]
    return "\n".join(lines)


def _written(rows: list[list[str]]) -> str:
    written = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return BREAK.join(["", written[0], "|---" * len(rows[0]) + "|", *written[1:], ""])


def _joined(rows: Iterable[Sequence[str]], columns: int) -> list[str]:
    """Return one row of the lines of a row; a backslash at the end of a line is a break."""
    joined = [""] * columns
    for cells in rows:
        joined = [
            f"{above} {cell.strip().removesuffix(chr(92))}".strip() for above, cell in zip(joined, cells, strict=True)
        ]
    return joined


def _is_row(line: str) -> bool:
    return _BORDER.fullmatch(line) is not None or (line.startswith("|") and line.endswith("|") and len(line) > 1)


def _grid(lines: Sequence[str], start: int) -> Table | None:
    """Read a table between lines "+---+"; it has no rows where cells reach over columns."""
    if not _BORDER.fullmatch(lines[start].strip()):
        return None
    end = start
    while end < len(lines) and _is_row(lines[end].strip()):
        end += 1
    columns = lines[start].strip().count("+") - 1
    rows: list[list[list[str]]] = []
    for line in (line.strip() for line in lines[start:end]):
        if _BORDER.fullmatch(line):
            rows.append([])
        elif len(cells := _BAR.split(line[1:-1])) != columns:
            return start, end, []
        else:
            rows[-1].append([cell.replace("\\|", "|") for cell in cells])
    read = [_joined(row, columns) for row in rows if row]
    return start, end, read


def _headless(lines: Sequence[str], ruler: int, first: int) -> Table | None:
    """Read a table without a head, between two lines "---- ----" alike; its rows are lines, or groups of them."""
    if not _RULER.fullmatch(lines[ruler]) or (ruler > first and lines[ruler - 1].strip()):
        return None
    end = ruler + 1
    while end < min(len(lines), ruler + _LONGEST) and not _RULER.fullmatch(lines[end]):
        end += 1
    if end == len(lines) or lines[end : end + 1] != [lines[ruler]]:
        return None
    inside = lines[ruler + 1 : end]
    many = any(not line.strip() for line in inside)
    return _columns(lines[ruler], _groups(inside, many), ruler, end + 1)


def _groups(lines: Sequence[str], many: bool) -> list[list[str]]:
    """Return the lines of each row: `many` between blank lines, or one."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or (not many and groups[-1]):
            groups.append([])
        if line.strip():
            groups[-1].append(line)
    return [group for group in groups if group]


def _columns(ruler: str, rows: Sequence[Sequence[str]], start: int, end: int) -> Table | None:
    """Divide the lines of rows where a ruler begins its columns; None where a word reaches over two of them."""
    starts = [found.start() for found in re.finditer("-+", ruler)]
    if any(line[at - 1 : at].strip() for row in rows for line in row for at in starts[1:]):
        return None
    bounds = list(zip(starts, [*starts[1:], None], strict=True))
    read = [_joined([[line[a:b] for a, b in bounds] for line in row], len(starts)) for row in rows]
    return (start, end, read) if len(read) > 1 and sum(map(bool, read[1])) > 1 else None


def _ruled(lines: Sequence[str], ruler: int, first: int) -> Table | None:
    """Read a table whose columns a line "---- ----" shows, with its head above that line.

    Its rows are lines down to a blank one, or between two long lines what stands between blank ones.
    """
    if not _RULER.fullmatch(lines[ruler]):
        return None
    top = ruler - 1
    while top > max(first, ruler - _HEAD) and lines[top].strip() and not _LINE.fullmatch(lines[top]):
        top -= 1
    many = top >= first and _LINE.fullmatch(lines[top]) is not None and ruler - top > 1
    start = top if many else ruler - 1
    if not many and (ruler == first or not lines[start].strip() or (start > first and lines[start - 1].strip())):
        return None
    end = ruler + 1
    while end < len(lines) and not (_LINE if many else _BLANK).fullmatch(lines[end]):
        end += 1
    if many and end == len(lines):
        return None
    head = lines[start + many : ruler]
    rows = [head, *_groups(lines[ruler + 1 : end], many)]
    written = [line for row in rows for line in row]
    if not many and max(len(line.rstrip()) for line in written) > len(lines[ruler].rstrip()):
        return None  # programs draw the line as wide as the widest cell
    return _columns(lines[ruler], rows, start, end + many)
