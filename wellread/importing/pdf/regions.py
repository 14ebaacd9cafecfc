"""What a page of a PDF is divided into: lines below one another in one column, and the rows of tables."""

from __future__ import annotations

from dataclasses import dataclass

from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.tables import TableRows


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, with the edges of the column that it stands in."""

    text: str
    page: int
    style: Style
    left: float
    right: float
    bottom: float
    edges: tuple[float, float]


Region = list[Line] | TableRows
"""Lines that stand below one another in one column, or the rows of a table."""
