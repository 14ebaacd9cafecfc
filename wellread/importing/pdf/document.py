"""A PDF as it is read: its pages with what is drawn on them, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.pieces import Char, Piece
from wellread.importing.pdf.tags import Element


@dataclass(slots=True)
class Page:
    """A page: `turned` has the text that is drawn at right angles to most of it, in its own upright frame.

    `frame` has its edges. `characters` are those of the text as they were drawn. `pictured` is the share of the page
    that pictures cover, `machine_read` whether its words are those that OCR put under a scan, `unknown` how many signs
    of fonts of pictures have no meaning that is known, `unreadable` how many letters are in fonts that do not say which
    they are, `guessed` the text in fonts of which that is only guessed. `notes` are comments and what fields hold, and
    `drawn_over` tells whether any of them is drawn. `plain` is all text as PDFium puts it together; `unread` is what is
    struck through, stands slanted as a watermark does, beyond the page's edge, or cannot be seen; `covered` are words
    of the text that stand below a shape. A page `from_right` is read from the right, and its pieces and rules stand as
    in a mirror.
    """

    number: int
    frame: Box = field(default_factory=lambda: Box(0.0, 0.0, 0.0, 0.0))
    characters: list[Char | None] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    turned: list[list[Piece]] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: int = 0
    pictured: float = 0.0
    machine_read: bool = False
    unknown: int = 0
    unreadable: int = 0
    guessed: str = ""
    notes: tuple[str, ...] = ()
    drawn_over: bool = False
    unread: list[LeftOut] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    broken: bool = False
    from_right: bool = False
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The pages of a PDF, the structure of its text if it has one, and the language that it names, or ""."""

    pages: tuple[Page, ...]
    tags: Element | None
    language: str
