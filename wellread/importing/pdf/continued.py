"""Puts a table together that goes on on the next page of a PDF, where its head stands once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows


def without_repeated_heads(parts: Iterable[Group | TableRows]) -> tuple[list[Group | TableRows], list[LeftOut]]:
    """Join tables that follow one another on two pages under the same head; gives the heads that are left out."""
    found: list[Group | TableRows] = []
    left_out: list[LeftOut] = []
    for part in parts:
        above = found[-1] if found else None
        if isinstance(above, TableRows) and isinstance(part, TableRows) and (count := _repeated(above, part)):
            found[-1] = _joined(above, part, count)
            left_out += [LeftOut("heads of tables once more", " ".join(row)) for row in part.rows[:count]]
        else:
            found.append(part)
    return found, left_out


def _repeated(above: TableRows, below: TableRows) -> int:
    """How many rows a table on the next page begins with as the one above does: names of columns, which are no figures.

    Figures may be in one where both tables mark it as their head.
    """
    if below.page != (above.last_page or above.page) + 1:
        return 0
    count = 0
    for first, second in zip(above.rows, below.rows, strict=False):
        marked = not count and above.headed and below.headed
        if first != second or len(first) < 2 or (_has_figures(first) and not marked):
            break
        count += 1
    inside = all(height <= count - at for at, row in enumerate(below.spans[:count]) for height, _ in row)
    return count if inside else 0


def _has_figures(row: Iterable[str]) -> bool:
    return any(char.isdigit() for cell in row for char in cell)


def _joined(above: TableRows, below: TableRows, count: int) -> TableRows:
    return replace(
        above,
        rows=(*above.rows, *below.rows[count:]),
        certain=above.certain and below.certain,
        notes=(*above.notes, *below.notes),
        spans=(*_spans(above), *_spans(below)[count:]) if above.spans or below.spans else (),
        last_page=below.page,
    )


def _spans(table: TableRows) -> tuple[tuple[tuple[int, int], ...], ...]:
    return table.spans or tuple(((1, 1),) * len(row) for row in table.rows)
