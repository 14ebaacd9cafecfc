"""What a page of a PDF is divided into: lines below one another in one column, and the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

from wellread.importing.pdf.pieces import Style


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, with the edges of the column that it stands in; `at` tells when it was drawn."""

    text: str
    page: int
    style: Style
    left: float
    right: float
    bottom: float
    edges: tuple[float, float]
    at: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table; `headed` if the first has the names of the columns; `notes` are footnotes below it.

    It is not `certain` where lines of one row could be of the next, or a column could be two. `spans` has how many rows
    and columns each cell spans, or is empty. `last_page` is where a table ends that goes on on other pages, or 0.
    """

    rows: tuple[tuple[str, ...], ...]
    page: int
    headed: bool = False
    certain: bool = True
    notes: tuple[str, ...] = ()
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    last_page: int = 0


_QUOTED = 8
"""Words that a note quotes of a part of a page."""

Region = list[Line] | TableRows
"""Lines that stand below one another in one column, or the rows of a table."""


def quoted(text: str) -> str:
    """Return the first words of a part of a page, as notes quote it."""
    words = text.split()
    return f'"{" ".join(words[:_QUOTED])}{" …" if len(words) > _QUOTED else ""}"'
