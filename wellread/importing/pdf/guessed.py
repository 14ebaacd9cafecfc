"""Reads a PDF that says nothing of its text: headings, lists, tables and the order are guessed from the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.contents import without_contents
from wellread.importing.pdf.continued import without_repeated_heads
from wellread.importing.pdf.document import Page
from wellread.importing.pdf.drawn import drawn_elsewhere
from wellread.importing.pdf.footnotes import place_footnotes, take_footnotes, with_signs
from wellread.importing.pdf.headings import find_headings, title_first, without_ornaments
from wellread.importing.pdf.layout import PageOrder
from wellread.importing.pdf.line_numbers import without_line_numbers
from wellread.importing.pdf.paragraphs import join_lines
from wellread.importing.pdf.reading import Reading
from wellread.importing.pdf.regions import Region, quoted
from wellread.importing.pdf.running import Running, usual_size, without_running_heads
from wellread.importing.pdf.segments import Segment, read_segments


def guess(pages: Sequence[Page], segments: Mapping[int, Sequence[Segment]]) -> Reading:
    """Read the pages, whose segments are given by their numbers."""
    kept, footnotes, unplaced = take_footnotes(segments)
    kept, numbers = without_line_numbers(kept, usual_size(kept))
    running = without_running_heads(kept, {page.number: page.frame for page in pages})
    drawn = any(page.pictured or page.rules for page in pages)  # which may be of letters
    if not drawn and not any(map(_has_words, running.pages.values())):
        running = Running(dict(kept), ())  # one line on each page is all there is
    doubtful: list[str] = []
    moved: list[str] = []
    regions, contents = without_contents(
        [region for page in pages for region in _page_regions(page, running.pages[page.number], doubtful, moved)]
    )
    parts, misplaced = place_footnotes(with_signs(join_lines(regions)), footnotes)
    parts, heads = without_repeated_heads(without_ornaments(parts))
    parts, levels, cover = title_first(parts, find_headings(parts))
    notes = ["the order of the text, its headings, lists and tables were guessed from the page: compare it all", *cover]
    if unplaced or misplaced:
        texts = "; ".join(f"{note.mark} {note.text}" for note in (*unplaced, *misplaced))
        notes.append(f"what these footnotes belong to could not be told, they stay where they stood: {texts}")
    if doubtful:
        notes.append(
            "which words beside one another belong together could not be told for certain, compare each of them: "
            + ", ".join(doubtful)
        )
    if moved:
        notes.append(
            "the file has these parts elsewhere in its order, look whether they stand in their place: "
            + ", ".join(moved)
        )
    left_out = [LeftOut("running heads and page numbers", text) for text in running.dropped]
    left_out.append(LeftOut("line numbers", " ".join(numbers)))
    left_out += [LeftOut("table of contents", text) for text in contents]
    return Reading(parts, levels, left_out + heads, notes, running.pages)


def _has_words(segments: Sequence[Segment]) -> bool:
    return any(any(map(str.isalpha, one.text)) for one in segments)


def _page_regions(page: Page, segments: Sequence[Segment], doubtful: list[str], moved: list[str]) -> list[Region]:
    """The regions of a page, what is drawn at right angles to the rest at its end.

    Where words may belong together otherwise, the page and the first of them go to `doubtful`; what is read elsewhere
    than it was drawn goes to `moved`.
    """
    order = PageOrder(page.rules, page.number)
    found = order.read(segments)
    if elsewhere := drawn_elsewhere(found):
        quotes = (quoted(" ".join(line.text for line in lines)) for lines in elsewhere)
        moved.append(f"page {page.number} ({', '.join(quotes)})")
    for pieces in page.turned:
        turned = PageOrder((), page.number)
        found += turned.read(read_segments(pieces, ()))
        order.doubtful += turned.doubtful
    if order.doubtful:
        doubtful.append(f"page {page.number} ({', '.join(order.doubtful)})")
    return found


def pages_said(numbers: Sequence[int], verb: str = "is") -> str:
    """Return "page 3 is", "pages 3, 4 each is", or without a verb only the pages."""
    plural = len(numbers) > 1
    said = f"page{'s' if plural else ''} {', '.join(map(str, numbers))}"
    return f"{said} {'each ' if plural else ''}{verb}".strip() if verb else said
