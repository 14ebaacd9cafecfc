"""A Word document as HTML: headings, paragraphs, lists and tables, with notes of all that was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from xml.etree.ElementTree import Element

from wellread.errors import WellreadError
from wellread.importing.converted import Converted
from wellread.importing.left_out import LeftOut
from wellread.importing.word.asides import LEFT_OUT, NOTED, UNWRITTEN
from wellread.importing.word.blocks import paragraphs_of, without_bold
from wellread.importing.word.boxes import put_boxes, take_boxes
from wellread.importing.word.broken_lines import join_lines, without_rules
from wellread.importing.word.cards import open_cards
from wellread.importing.word.counted_on import counts_on
from wellread.importing.word.frames import open_frames
from wellread.importing.word.headings import find_first_line, find_headings, text_is_bold
from wellread.importing.word.html import to_html
from wellread.importing.word.kept_dates import kept_dates
from wellread.importing.word.language import languages_of
from wellread.importing.word.letterheads import find_title_below, told_of_place
from wellread.importing.word.package import DIVIDE, Package, unreadable
from wellread.importing.word.reading import Reader
from wellread.importing.word.source_words import words_of
from wellread.importing.word.structure import divide_lines
from wellread.importing.word.tabs import told_of

MAX_TEXT = 400_000
"""Characters of text at most: 150 pages, which take 5 s to import on a slow machine. An article has a few."""


def docx_to_html(data: bytes) -> Converted:
    """Read a Word document into HTML, and tell what could not be kept.

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
        headers = package.headers()
        beside_reader = Reader(package)
        beside_html = "\n".join(to_html(beside_reader.blocks(header)) for header in headers)
        beside_html += "".join(f"<p>{escape(line)}</p>" for line in kept_dates(package, (root, *headers)))
    except ValueError as error:  # a number that is none
        raise unreadable(error) from error
    if sum(len(paragraph.text) for paragraph in paragraphs_of(read)) > MAX_TEXT:
        raise WellreadError(f"its text is longer than {MAX_TEXT:,} characters", DIVIDE)
    blocks, joined = join_lines(without_rules(divide_lines(read)))
    blocks, cards = open_cards(blocks)
    blocks, frames = open_frames(blocks)
    blocks, boxes = take_boxes(blocks)
    blocks, below = find_title_below(blocks)
    blocks, headings = find_headings(blocks)
    blocks, title = find_first_line(blocks)
    blocks, boxed = put_boxes(blocks, boxes)
    told_last = (told_of_place(blocks), told_of(blocks), joined, counts_on(blocks))
    notes = [note for note in (below, title, headings, boxed, cards, frames, *told_last) if note]
    if package.has_macros:
        notes.append("macros are left out")
    for mark in reader.numbering.unwritten:
        reader.aside.tell(UNWRITTEN, mark)
    told = {reason: reader.aside.texts(reason) for reason in NOTED}
    notes += [f"{reason}: {_listed(pieces)}" for reason, pieces in told.items() if pieces]
    if reader.numbering.restarted:
        notes.append("numbered lists that go on below another heading begin at 1 again there")
    apart = [LeftOut(kind, piece) for kind in LEFT_OUT for piece in reader.aside.texts(kind)]
    beside = _beside(headers, package.related_part("comments"))
    stories = [root, *(part for kind in ("footnotes", "endnotes") if (part := package.related_part(kind)) is not None)]
    shown = [*reader.made, *reader.numbering.shown]
    words = "\n".join([*map(words_of, stories), *shown, *(piece.text for piece in beside)])
    html = to_html(without_bold(blocks) if text_is_bold(blocks) else blocks)
    return Converted(html, words, (*apart, *beside), tuple(notes), languages_of(package), beside_html)


def _listed(pieces: Sequence[str]) -> str:
    return ", ".join(f'"{piece}"' for piece in dict.fromkeys(pieces))


def _beside(headers: Iterable[Element], comments: Iterable[Element] | None) -> list[LeftOut]:
    """What stands beside the text: headers and footers, and comments."""
    stories = [("headers and footers", story) for story in headers]
    stories += [("comments", story) for story in (() if comments is None else comments)]
    texts = ((kind, " ".join(words_of(story).split())) for kind, story in stories)
    return [LeftOut(kind, text) for kind, text in texts if any(map(str.isalpha, text))]
