"""What was read of all pages of a PDF, however it was found: from the file's tags, or guessed from the places."""

from __future__ import annotations

from dataclasses import dataclass

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows
from wellread.importing.pdf.segments import Segment


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of the text in their order, and the levels of those that are headings by their places.

    `kept` are the segments of each page that are text.
    """

    parts: list[Group | TableRows]
    levels: dict[int, int]
    left_out: list[LeftOut]
    notes: list[str]
    kept: dict[int, list[Segment]]
