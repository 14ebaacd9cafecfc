"""Takes running heads, running feet and page numbers out of the lines of a PDF."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from wellread.articles.quantities import quantities_of
from wellread.importing.lines import has_number_to_call
from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.marks import SENTENCE_END
from wellread.importing.pdf.segments import Segment, rows_of
from wellread.text.page_numbers import PAGE_WORDS

_EDGE = 3
"""Lines at the top and at the bottom of a page among which a running head is looked for."""
_NUMBER = re.compile(
    r"[-–—|.\s]*(?:(?:page|seite|página|pagina|pág\.?|p\.)\s*)?\d{1,3}(?:\s*(?:of|von|de|di|sur|/|\|)\s*\d{1,3})?[-–—|.\s]*"
    r"|[ivx]{1,5}",
    re.IGNORECASE,
)
_PRINTED = {
    "time": re.compile(
        r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+(?:(?:at|um|à|a las)\s+)?"
        r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?\s?m\.?)?",
        re.IGNORECASE,
    ),
    "address": re.compile(r"(?:https?|file)://\S+", re.IGNORECASE),
    "page": re.compile(r"(?P<page>\d{1,3})\s?(?:/|of|von|de|sur|di)\s?(?P<pages>\d{1,3})", re.IGNORECASE),
}
"""What browsers print along the edges of a page: when it was printed, its address, the number of the page."""
_PAGE = rf"(?:{PAGE_WORDS})\.?\s*\d{{1,3}}\b|\b\d{{1,3}}\s*/\s*\d{{1,3}}$"
_PRINTER = re.compile(
    rf"(?i:{_PAGE})|\b[A-Z]{{2,}}[-–/]?\d{{3,}}\b|©|\b\d{{1,2}}[./]\s?\d{{1,2}}[./]\s?\d{{4}}\b|\b(?:https?://|www\.)\S+"
)
"""What stands in the foot of a page and hardly in text: the page, a code such as "PED-014", a date, an address."""
_FOLIO = re.compile(r"(?P<page>\d{1,2})(?:\s+(?P<head>[^\d]+))?")
"""The number of a page, alone or before words in capitals: "1" or "2 ECZEMA"; "CALL 112" is none."""
_SAYS = re.compile(r"(?<!\d)\d{3}(?!\d)|\s.*[.!?。।۔؟]$")
"""A number that is called, such as 112 or "01632 960 444", or a sentence: it stays beside the number of the page."""
_SMALLER = 0.92
"""Size of a head or foot, as a share of that of the text, at most."""
_APART = 1.8
"""Sizes of the text between a head or foot and what is next to it at least."""
_CLOSE = 3.0
"""Sizes of the type between two rows of a table at most: a line and the room above and below it."""
_MOST = 110
"""Characters of a line in a head or foot at most."""
_TITLE = 1.2
"""How much larger than the text a title is below a head."""
_SENTENCE = re.compile(
    r"(?!.*\b(?:al|inc|ltd|co|corp|etc|suppl|vol|ed|eds|dept|str)\.$)\S+\s.*[^\W\d_]{2,}[.!?…।؟۔]"
    r"|.*[\u3040-\u9fff]{4,}。",
    re.IGNORECASE,
)
"""Two words at least that end as a sentence does: "Shake it." is one, "Roe et al." is none."""
_SENTENCE_WORDS = 6
"""Words from which on a line in small type that ends as a sentence is one and no name."""
_NOT = re.compile(
    r"\b(?:not|never|nicht|niemals|kein\w*|ne|pas|jamais|nunca|não|non|niet|nooit|geen|ikke|inte|aldrig|nie|ни|не)\b",
    re.IGNORECASE,
)
"""Words that say what is not to be done, which hardly any head or foot does."""
_EDGES = 0.15
"""Share of a page's height at its top and at its bottom in which heads and feet in the type of the text stand."""
_HOW_OFTEN = {"tablet", "times", "time", "interval", "per", "age"}
"""Kinds of quantities that say how much is taken, when and by whom: no head or foot says so, but for a medicine's name,
"Sertol 50 mg"."""
_MOST_NUMBERS = 4
"""Numbers of a head or foot at most of which any may go with the pages; "Ward 4, 3 May 2025, page 2" has as many."""
_PAGE_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)")
_GOES_ON = 1.6
"""Sizes of the type between two lines of a paragraph at most."""

_Look = tuple[str, int, int]
"""What a head or foot says, with signs for numbers that go with the pages, its size, and its height on the page."""


@dataclass(frozen=True, slots=True)
class Running:
    """The segments of each page that are left, and each text that was taken out."""

    pages: dict[int, list[Segment]]
    dropped: tuple[str, ...]


def without_running_heads(pages: Mapping[int, Sequence[Segment]], frames: Mapping[int, Box]) -> Running:
    """Leave out what stands in one place at the top or bottom of most pages, the same but for page numbers.

    The title of the document, the largest text there is, stays on the first page that has it. What says something to
    the reader stays: a whole sentence or a dose in the type of the text, a sentence that goes on in the next line, and
    the names of a table's columns; so does, on the last page that has it, a number to call. What a browser prints along
    the edges goes from a single page too, and what is set smaller there and stands apart: above the title, or with the
    page, a code or a date in it. Beside a mere number of the page, what says something to the reader stays. In the type
    of the text a head is the outermost line of its page, near the edge, which `frames` gives.
    """
    body = usual_size(pages)
    largest = max((segment.style.size for page in pages.values() for segment in page), default=0.0)
    edges = {number: _edges(page) for number, page in pages.items()}
    filled = {number for number, page in pages.items() if page}
    often = _repeated(edges, filled)
    last = {segment.text: number for number, page in sorted(pages.items()) for segment in page}
    kept: dict[int, list[Segment]] = {}
    dropped: list[str] = []
    titled: set[str] = set()
    for number, page in sorted(pages.items()):
        kept[number] = []
        rows = rows_of(page)
        printed = _printed(page) | _set_apart(rows, body, number)
        repeats = {segment for segment in page if not often.isdisjoint(_looks(segment, number))}
        stay = _cells(rows, repeats) | _sentences(rows, repeats)
        outer = _outermost(rows, repeats | printed, frames[number])
        for segment in page:
            alone = segment in edges[number] and _NUMBER.fullmatch(segment.text) and len(filled) > 1
            if segment in printed or segment in stay:
                stays = segment not in printed
            elif segment in repeats and segment.style.size >= largest and largest > 1.1 * body:
                stays = segment.text not in titled
                titled.add(segment.text)
            elif segment in repeats:
                same = next(_looks(segment, number)) in often  # its numbers go with no page
                calls = same and last[segment.text] == number and tells_number(segment.text)
                tells = segment not in outer or calls or tells_reader(segment.text)
                stays = segment.style.size > 0.95 * body and tells
                stays = stays and not (alone and _is_outermost(segment, page))
            else:
                stays = not (alone and _is_outermost(segment, page))
            if stays:
                kept[number].append(segment)
            else:
                dropped.append(segment.text)
    return Running(kept, tuple(dropped))


def _repeated(edges: Mapping[int, Collection[Segment]], filled: Collection[int]) -> set[_Look]:
    """Return how what most pages have along their edges looks."""
    where: defaultdict[_Look, set[int]] = defaultdict(set)
    for number, edge in edges.items():
        for segment in edge:
            for look in _looks(segment, number):
                where[look].add(number)
    return {look for look, numbers in where.items() if len(numbers) > 1 and _is_often(numbers, filled)}


def _outermost(rows: Sequence[list[Segment]], repeats: Collection[Segment], frame: Box) -> set[Segment]:
    """Return what stands near the edges of a page, with nothing but other heads, feet and numbers outside of it."""
    depth = _EDGES * (frame.top - frame.bottom)
    found: set[Segment] = set()
    for ordered in (rows, rows[::-1]):
        for row in ordered:
            near = row[0].bottom > frame.top - depth or row[0].bottom < frame.bottom + depth
            if not near or not any(one in repeats or _NUMBER.fullmatch(one.text) for one in row):
                break
            found.update(row)
    return found


def tells_reader(text: str) -> bool:
    """Tell whether a text that stands on each page is a sentence, or says how much is taken or what not to do."""
    if _SENTENCE.fullmatch(text.strip()) or _NOT.search(text):
        return True
    return any(one.kind in _HOW_OFTEN for one in quantities_of(text))


def tells_number(text: str) -> bool:
    """Tell whether a text has a number to call, such as 112, and none of the codes, dates or addresses of a foot."""
    return has_number_to_call(text) and not _PRINTER.search(text)


def _sentences(rows: Sequence[list[Segment]], repeats: Collection[Segment]) -> set[Segment]:
    """Return the lines of sentences that go on in the line below, where only one of both stands on most pages."""
    return {
        one
        for (above, *other), (below, *beside) in pairwise(rows)
        if not other and not beside and (above in repeats) != (below in repeats) and above.style == below.style
        if above.bottom - below.bottom < _GOES_ON * above.style.size
        if not above.text.endswith(SENTENCE_END) and below.text[:1].islower()
        for one in (above, below)
    }


def _printed(page: Sequence[Segment]) -> set[Segment]:
    """Return what a browser printed in the outermost lines: two of its marks at least, and the title beside them."""
    outer = [segment for segment in page if _is_outermost(segment, page)]
    kinds = {segment: kind for segment in outer if (kind := _printed_kind(segment.text))}
    if len(set(kinds.values())) < 2:
        return set()
    beside = {(round(segment.bottom), segment.style.size) for segment in kinds}
    return {segment for segment in outer if (round(segment.bottom), segment.style.size) in beside}


def _set_apart(rows: Sequence[list[Segment]], body: float, page: int) -> set[Segment]:
    """Return the small lines above the title of a page, and those at its foot that say what printers say there."""
    head = _small_rows(rows, body)
    foot = _small_rows(rows[::-1], body)
    titled = head and max(one.style.size for one in rows[len(head)]) > _TITLE * body
    if not any(_PRINTER.search(one.text) for row in foot for one in row):
        numbered = [row for row in foot if any(_is_folio(one.text, page) for one in row)]
        foot = [[one for one in row if not _SAYS.search(one.text.strip())] for row in numbered]
    return {one for row in (*(head if titled else ()), *foot) for one in row}


def _is_folio(text: str, page: int) -> bool:
    """Tell whether a text is the number of a page, before words in capitals that of this page: "15 SAMU" calls help."""
    found = _FOLIO.fullmatch(text.strip())
    return found is not None and (found["head"] is None or (found["head"].isupper() and int(found["page"]) == page))


def _cells(rows: Sequence[list[Segment]], repeats: set[Segment]) -> set[Segment]:
    """Return what belongs to a table at the top or bottom of a page: the next line has cells at the same places.

    That line is close, and not the same on most pages, as the second line of a running head is.
    """
    found: set[Segment] = set()
    for outer, inner in (*pairwise(rows[: _EDGE + 1]), *pairwise(rows[: -_EDGE - 2 : -1])):
        places = {round(one.left) for one in outer} & {round(one.left) for one in inner}
        close = abs(outer[0].bottom - inner[0].bottom) < _CLOSE * outer[0].style.size
        if len(places) > 1 and close and not repeats.issuperset(inner):
            found.update(outer)
    return found


def _small_rows(rows: Sequence[list[Segment]], body: float) -> Sequence[list[Segment]]:
    """The outermost lines that are small, short and no sentences, where a gap divides them from the rest."""
    for count, (outer, inner) in enumerate(pairwise(rows[: _EDGE + 1]), 1):
        text = " ".join(one.text for one in outer)
        whole = len(text.split()) >= _SENTENCE_WORDS and text.endswith((".", "!"))
        if whole or len(text) > _MOST or any(one.style.size > _SMALLER * body for one in outer):
            return ()
        if abs(outer[0].bottom - inner[0].bottom) > _APART * body:
            return rows[:count]
    return ()


def _printed_kind(text: str) -> str:
    """Return the kind of mark that a text is as a whole, or ""; page 120 of 80 is a blood pressure."""
    for kind, form in _PRINTED.items():
        found = form.fullmatch(text.strip())
        if found and (kind != "page" or int(found["page"]) <= int(found["pages"])):
            return kind
    return ""


def _is_often(pages: Collection[int], of: Collection[int]) -> bool:
    """Most pages; or nearly half of many, or most left or right ones, where these have another head than the others."""
    sides = {number % 2 for number in pages}
    side = [number for number in of if sides == {number % 2}]
    most = len(pages) > len(of) / 2
    return most or (len(of) > 4 and (len(pages) >= 0.4 * len(of) or 0 < len(side) < 2 * len(pages)))


def usual_size(pages: Mapping[int, Sequence[Segment]]) -> float:
    """Return the size of type in which most of the text is set, in points."""
    sizes: Counter[float] = Counter()
    for page in pages.values():
        for segment in page:
            sizes[segment.style.size] += len(segment.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _edges(page: Sequence[Segment]) -> set[Segment]:
    heights = sorted({round(segment.bottom) for segment in page})
    outer = {*heights[:_EDGE], *heights[-_EDGE:]}
    return {segment for segment in page if round(segment.bottom) in outer}


def _is_outermost(segment: Segment, page: Sequence[Segment]) -> bool:
    heights = [other.bottom for other in page]
    return not min(heights) + 1 < segment.bottom < max(heights) - 1


def _looks(segment: Segment, page: int) -> Iterator[_Look]:
    """How a head or foot looks, each of its numbers as it is, or by how much it is more than that of the page."""
    for text in texts_by_page(segment.text, page):
        yield text, round(segment.style.size), round(segment.bottom / 2)


def texts_by_page(text: str, page: int) -> Iterator[str]:
    """A text with each of its numbers as it is, or by how much it is more than that of the page: "page #0 of 8"."""
    parts = _PAGE_NUMBER.split(text)
    if not 1 < len(parts) <= 2 * _MOST_NUMBERS + 1:
        yield text
        return
    for numbers in product(*((number, f"#{int(number) - page}") for number in parts[1::2])):
        yield "".join(f"{words}{number}" for words, number in zip(parts[::2], (*numbers, ""), strict=True))
