"""What a Word document is made of once it is read: paragraphs of runs, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellread.importing.word.styles import Item, Look

LINE_BREAK = "\n"
PAGE_BREAK = "\f"
SENTENCE_ENDS = (".", "!", "。", "।", "۔")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; `address` is where it links to, or "".

    A picture has no text, but perhaps words that stand for it (`alt`).
    """

    text: str
    look: Look
    address: str = ""
    picture: bool = False
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `level` 1 to 9 for a heading and 0 for text, `style` its style's name.

    An `aside` belongs to the paragraph above it: a footnote, a text box. `box` counts text boxes, 0 is outside them.
    """

    runs: tuple[Run, ...]
    style: str = ""
    level: int = 0
    title: bool = False
    item: Item | None = None
    aside: bool = False
    box: int = 0

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def empty(self) -> bool:
        """Whether there is neither text nor a picture in it."""
        return not any(run.picture or run.text.strip() for run in self.runs)

    def after(self, mark: str) -> Paragraph:
        """The paragraph after a mark such as "2.1", by which the text may name it; itself where that is ""."""
        return replace(self, runs=(Run(f"{mark} ", self.runs[0].look), *self.runs)) if mark else self


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the columns and rows that it spans."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; one that was drawn with `tabs` may be no table. `box` is the text box that it is in.

    `marked` are the rows that the file marks as heads.
    """

    rows: tuple[tuple[Cell, ...], ...]
    tabs: bool = False
    box: int = 0
    marked: tuple[int, ...] = ()


Block = Paragraph | Table


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """All paragraphs, those in tables too, in their order."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += [one for row in block.rows for cell in row for one in paragraphs_of(cell.blocks)]
    return found


def in_box(blocks: Sequence[Block], box: int) -> list[Block]:
    """The blocks of a table in a text box as blocks of the box, which hang on the paragraph above it; 0 is outside."""
    if not box:
        return list(blocks)
    return [
        replace(one, box=box, aside=True) if isinstance(one, Paragraph) else replace(one, box=box) for one in blocks
    ]


def without_bold(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without bold, where it marks nothing."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            runs = (replace(run, look=replace(run.look, bold=False)) for run in block.runs)
            found.append(replace(block, runs=tuple(runs)))
        else:
            rows = (tuple(replace(cell, blocks=tuple(without_bold(cell.blocks))) for cell in row) for row in block.rows)
            found.append(replace(block, rows=tuple(rows)))
    return found


def raw_text(paragraph: Paragraph) -> str:
    """The text of a paragraph with its tabs and breaks."""
    return "".join(run.text for run in paragraph.runs)


def split_at(paragraph: Paragraph, mark: str) -> list[Paragraph]:
    """The parts of a paragraph between marks such as line breaks, each as a paragraph; empty ones too."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        for number, text in enumerate(run.text.split(mark)):
            if number:
                lines.append([])
            if text or run.picture:
                lines[-1].append(replace(run, text=text))
    return [replace(paragraph, runs=tuple(runs), item=None) for runs in lines]
