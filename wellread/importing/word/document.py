"""A Word document as HTML: headings, paragraphs, lists and tables, with notes of all that was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from wellread.errors import WellreadError
from wellread.importing.word.asides import REASONS, STAYS, Aside
from wellread.importing.word.blocks import Block, Cell, Paragraph, Table, paragraphs_of
from wellread.importing.word.html import to_html
from wellread.importing.word.package import DIVIDE, Package, unreadable
from wellread.importing.word.reading import Reader
from wellread.importing.word.structure import divide_lines, find_first_line, find_headings, text_is_bold
from wellread.text.accounting import compare_words, list_runs

MAX_TEXT = 400_000
"""Characters of text at most: 150 pages, which take 5 s to import on a slow machine. An article has a few."""

_SHOWN = 160
"""Characters of a piece that a note quotes, at most; an editor finds the place by them."""


def docx_to_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read a Word document into HTML, its title as `<h1 class="title">`, and tell what could not be kept.

    The walk is our own: mammoth, which was used before, publishes hidden and struck-out text, drops equations and
    joins lists, and has no limits (200,000 elements took it 18 s).

    Raises:
        WellreadError: the file is no Word document, or is larger than the limits.
    """
    package = Package(data)
    root = package.part(package.main)
    body = None if root is None else root.find("w_body")
    if root is None or body is None:
        raise WellreadError("the file holds no text of a Word document", "open it in Word and save it as .docx")
    try:
        reader = Reader(package)
        read = reader.blocks(body)
    except ValueError as error:  # a number that is none
        raise unreadable(error) from error
    if sum(len(paragraph.text) for paragraph in paragraphs_of(read)) > MAX_TEXT:
        raise WellreadError(f"its text is longer than {MAX_TEXT:,} characters", DIVIDE)
    blocks, headings = find_headings(divide_lines(read))
    blocks, title = find_first_line(blocks)
    notes = [note for note in (title, headings) if note]
    notes += [f"{reason}: {_listed(pieces)}" for reason in REASONS if (pieces := reader.aside.texts(reason))]
    if reader.numbering.restarted:
        notes.append("numbered lists that go on below another heading begin at 1 again there")
    notes += _beside(package)
    notes += _missing(package, root, blocks, reader.aside)
    return to_html(_without_bold(blocks) if text_is_bold(blocks) else blocks), tuple(notes)


def _listed(pieces: Sequence[str]) -> str:
    """Pieces in quotation marks, each once, the long ones cut."""
    short = [piece if len(piece) <= _SHOWN else f"{piece[:_SHOWN].rstrip()} …" for piece in dict.fromkeys(pieces)]
    return ", ".join(f'"{piece}"' for piece in short)


def _beside(package: Package) -> list[str]:
    """Notes of what stands beside the text: headers and footers, and comments."""
    notes = []
    edges: dict[str, None] = {}
    for kind, target in package.related(package.main).values():
        if kind in ("header", "footer"):
            part = package.part(target)
            text = " ".join("".join(_words(part)).split()) if part is not None else ""
            if any(map(str.isalpha, text)):
                edges[text] = None
    if edges:
        notes.append(f"headers and footers are left out: {_listed(list(edges))}")
    comments = package.related_part("comments")
    said = [" ".join("".join(_words(one)).split()) for one in (comments if comments is not None else ())]
    if any(said):
        notes.append(f"comments are left out: {_listed([one for one in said if one])}")
    return notes


def _missing(package: Package, root: Element, blocks: Sequence[Block], aside: Aside) -> list[str]:
    """A note of the words that the document has and that came neither into the text nor into a note."""
    notes = [part for kind in ("footnotes", "endnotes") if (part := package.related_part(kind)) is not None]
    source = "\n".join("".join(_words(part)) for part in (root, *notes))
    kept = [paragraph.text for paragraph in paragraphs_of(blocks)]
    apart = [reason for reason in REASONS if reason not in STAYS]
    kept += [piece for reason in apart for piece in aside.texts(reason)]
    if "".join(source.split()) == "".join("".join(kept).split()):
        return []  # a quick look that spares long documents the comparison
    lost = compare_words(source, "\n".join(kept)).missing
    return [f"words that were not understood are missing, type them in: {list_runs(lost)}"] if lost else []


def _words(element: Element) -> Iterator[str]:
    """All text below an element, read without regard to what it means, once where it is there for old programs too."""
    if element.tag == "mc_AlternateContent":
        for choice in (one for one in element if any((inner.text or "").strip() for inner in one.iter())):
            yield from _words(choice)
            return
    if element.tag in ("w_p", "w_tab", "w_br", "w_cr", "w_tc", "m_oMath", "m_e"):
        yield " "
    elif element.tag in ("w_t", "w_delText", "m_t"):
        yield element.text or ""
    for child in element:
        yield from _words(child)


def _without_bold(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without bold: where all text is bold it marks nothing."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            runs = (replace(run, look=replace(run.look, bold=False)) for run in block.runs)
            found.append(replace(block, runs=tuple(runs)))
        else:
            rows = (tuple(_cell_without_bold(cell) for cell in row) for row in block.rows)
            found.append(Table(tuple(rows)))
    return found


def _cell_without_bold(cell: Cell) -> Cell:
    return replace(cell, blocks=tuple(_without_bold(cell.blocks)))
