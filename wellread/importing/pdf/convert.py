"""Turns a PDF's bytes into HTML and notes; runs in a process of its own (`importing/converter.py` says why)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from wellread.errors import WellreadError
from wellread.importing.converted import Converted
from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.charts import chart_notes
from wellread.importing.pdf.directions import is_right_to_left
from wellread.importing.pdf.document import Page
from wellread.importing.pdf.fonts import HYPHENS
from wellread.importing.pdf.guessed import guess, pages_said
from wellread.importing.pdf.indic import wrong_words
from wellread.importing.pdf.letters import UNKNOWN
from wellread.importing.pdf.lists import html_of_list, lists_of
from wellread.importing.pdf.marks import BULLET
from wellread.importing.pdf.pages import read_document
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows, quoted
from wellread.importing.pdf.segments import Segment, read_segments
from wellread.importing.pdf.tagged import read_tagged

_BESIDE = "comments and filled-in fields"
"""What was written on the pages later."""
_SCANNED = 0.3
"""Share of a page that pictures cover from which on a page with little text is a scan."""
_EITHER_WAY = re.compile(
    r"[A-Za-z][\w/.-]*[ \xa0]+\d[\d.,:/-]*|\d[\d.,:/-]*[ \xa0]+[A-Za-z][\w/.-]*|[^\s<>]*\s?[<>≤≥]\s?[^\s<>]*"
)
"""Words from left to right beside a number, which look the same in either order, and signs that may be mirrored."""
_CIRCLE = re.compile(r"^o(?=\s+[^\W\d_])", re.MULTILINE)
"""Word's bullet of the second level, which is a letter."""
_HYPHENS = dict.fromkeys(map(ord, f"\ufffe\u0002{HYPHENS}"), "-")
"""Hyphens as PDFium and some programs write them."""
_EMPTY = re.compile(rf"[\s{BULLET}☐□]+")
_NUMBERS = re.compile(r"\d+(?:[.,:/٫٬]\d+)*")
_MOST_PLACES = 20
_MOST_WRONG = 5
"""Words of a page that are quoted where its letters are wrong or a shape covers some: many more are."""
_OUTLINES = 300
"""Drawn shapes from which on a page with little text may have its letters drawn: a paragraph is as many."""
_LITTLE = 200
"""Characters of a page, running heads left out, below which a picture may hold the text."""


def convert(data: bytes) -> Converted:
    """Read a PDF into HTML, and tell what could not be kept.

    Raises:
        WellreadError: the file is no PDF, is locked, is beyond the limits, or holds only pictures of text.
    """
    document = read_document(data)
    pages = document.pages
    segments = {page.number: read_segments(page.pieces, page.rules, page.from_right) for page in pages}
    reading = read_tagged(document) or guess(pages, segments)
    parts, levels = reading.parts, reading.levels
    if not any(any(map(str.isalpha, text)) for text in map(_words, parts)):
        raise _refusal(pages, parts)
    notes = reading.notes[:1]
    if not any(level > 1 for level in levels.values()):
        notes.append("no headings were found, all text is one section")
    notes += _page_notes(pages, reading.kept or segments, parts) + _direction_notes(pages, parts) + reading.notes[1:]
    left_out = list(reading.left_out)
    for page in pages:
        left_out += page.unread
        left_out += [LeftOut(_BESIDE, text) for text in page.notes]
    words = "\n".join(text for page in pages for text in (_all_words(page, segments[page.number]), *page.notes))
    return Converted(
        _html(parts, levels),
        words,
        tuple(piece for piece in left_out if any(map(str.isalnum, piece.text))),
        tuple(notes),
        (document.language,),
    )


def _refusal(pages: Sequence[Page], parts: Sequence[Group | TableRows]) -> WellreadError:
    """What is said of a file without words: what it holds instead."""
    by_machine = "run OCR on it first, or type the text"
    if any(page.unreadable for page in pages):
        return WellreadError("the file does not say which letters it shows", by_machine)
    kinds = [one.kind for page in pages for one in page.unread]
    kinds += [_BESIDE for page in pages if page.notes]
    if kinds:
        return WellreadError(f"there is no text in it but {', '.join(dict.fromkeys(kinds))}", "type the text")
    if any(any(map(str.isalnum, text)) for text in map(_words, parts)):
        return WellreadError("there are only numbers in it, and no words", "type the text")
    if any(page.pictures or len(page.rules) > _OUTLINES for page in pages):
        return WellreadError("the file holds no text, only pictures of it", by_machine)
    return WellreadError("no text can be read in the file", "print it to a new PDF, or type the text")


def _all_words(page: Page, segments: Sequence[Segment]) -> str:
    """The words of a page as PDFium puts them together; those of Arabic and Hebrew it often has in disorder."""
    if is_right_to_left(page.plain):
        turned = [piece.text for pieces in page.turned for piece in pieces]
        unread = [piece.text for piece in page.unread]
        return "\n".join([*(segment.text for segment in segments), *turned, *unread])
    return _CIRCLE.sub("", page.plain.translate(_HYPHENS))


def _words(part: Group | TableRows) -> str:
    if isinstance(part, TableRows):
        return "\n".join(" ".join(row) for row in part.rows)
    return part.text


def _page_notes(pages: Sequence[Page], kept: dict[int, list[Segment]], parts: Sequence[Group | TableRows]) -> list[str]:
    notes = []
    scanned = [
        page.number
        for page in pages
        if (page.pictured > _SCANNED or len(page.rules) > _OUTLINES)
        and sum(len(one.text) for one in kept[page.number]) < _LITTLE
    ]
    if scanned:
        few = [n for n in scanned if kept[n]]
        more = " but for a few words" if few == scanned else ""
        notes.append(f"{pages_said(scanned)} a picture{more}, its text is not here: run OCR on the file, or type it in")
    if broken := [page.number for page in pages if page.broken]:
        notes.append(f"{pages_said(broken)} broken and cannot be read: look at the file")
    if machine := [page.number for page in pages if page.machine_read]:
        notes.append(f"{pages_said(machine)} a scan whose words a machine read: compare each of them")
    tables = [range(part.page, max(part.page, part.last_page) + 1) for part in parts if isinstance(part, TableRows)]
    if tables:
        found = sorted({number for numbers in tables for number in numbers})
        notes.append(f"tables were found, compare their rows: {pages_said(found, verb='')}")
    notes += chart_notes(parts)
    if empty := sum(map(_is_empty, parts)):
        notes.append(f"boxes and bullets that stand without words are left out ({empty})")
    if turned := [page.number for page in pages if page.turned]:
        notes.append(f"text that is turned stands at the end of its page: {pages_said(turned, verb='')}")
    count = sum(page.pictures for page in pages if page.number not in scanned)
    if count:
        notes.append(f"pictures are left out ({count})")
    if unknown := sum(page.unknown for page in pages):
        notes.append(f"signs of a font that are not known became bullets ({unknown}): compare them")
    if below := [
        f"page {page.number} ({', '.join(map(quoted, page.covered[:_MOST_WRONG]))})" for page in pages if page.covered
    ]:
        notes.append(f"a shape covers these words on the page, look whether they belong there: {_first(below)}")
    return notes + _letter_notes(pages)


def _letter_notes(pages: Sequence[Page]) -> list[str]:
    """Notes of letters of which the file does not say what they are."""
    notes = []
    if unreadable := [page.number for page in pages if page.unreadable]:
        count = sum(page.unreadable for page in pages)
        where = pages_said(unreadable, verb="")
        notes.append(f"the file does not say which letters it shows ({count} of them, {where}): type them in")
    if guessed := [f"page {page.number} ({quoted(page.guessed)})" for page in pages if page.guessed]:
        notes.append(f"the letters of these words were guessed, compare them: {_first(guessed)}")
    if nameless := [page.number for page in pages if any(char and UNKNOWN in char.text for char in page.characters)]:
        notes.append(f"{UNKNOWN} stands for letters that the file does not name: {pages_said(nameless, verb='')}")
    if wrong := [(page.number, words) for page in pages if (words := wrong_words(page.plain))]:
        where = pages_said([number for number, _ in wrong], verb="")
        shown = ", ".join(dict.fromkeys(word for _, words in wrong for word in words[:_MOST_WRONG]))
        notes.append(f"the file says wrong letters for some that it shows ({where}: {shown}): compare all words")
    return notes


def _direction_notes(pages: Sequence[Page], parts: Sequence[Group | TableRows]) -> list[str]:
    """Notes of pages that are read from the right: places whose order or signs cannot be told for certain."""
    inside = [page.number for page in pages if not page.from_right and is_right_to_left(page.plain)]
    note = "has words from right to left, compare the numbers and brackets beside them"
    notes = [f"{pages_said(inside, verb='')} {note}"] if inside else []
    if not (numbers := [page.number for page in pages if page.from_right]):
        return notes
    text = "\n".join(map(_words, parts))
    places = list(dict.fromkeys(" ".join(found[0].split()) for found in _EITHER_WAY.finditer(text)))
    written = Counter(number for page in pages for number in _NUMBERS.findall(page.plain))
    other = Counter(_NUMBERS.findall(text)) - written
    places += [number for number in other if not any(number in place for place in places)]
    if not places:
        return notes
    shown = _first([f'"{place}"' for place in places])
    return [*notes, f"{pages_said(numbers)} read from the right, compare these places with the page: {shown}"]


def _first(places: Sequence[str]) -> str:
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    return f"{', '.join(places[:_MOST_PLACES])}{more}"


def _html(parts: Sequence[Group | TableRows], levels: dict[int, int]) -> str:
    html: list[str] = []
    text: list[Group] = []
    for at, part in enumerate(parts):
        if isinstance(part, Group) and at not in levels:
            text += [] if _is_empty(part) else [part]
            continue
        html += _text(text)
        text = []
        if isinstance(part, TableRows):
            html.append(_table(part))
        else:
            named = ' class="title"' if levels[at] == 1 else ""
            html.append(f"<h{levels[at]}{named}>{escape(part.text, quote=False)}</h{levels[at]}>")
        html += [_paragraph(note) for note in part.notes]
    return "\n".join([*html, *_text(text)])


def _is_empty(part: Group | TableRows) -> bool:
    """Tell whether a paragraph has nothing but boxes to tick, as where a table of them is marked as paragraphs."""
    return isinstance(part, Group) and not part.notes and _EMPTY.fullmatch(part.text) is not None


def _text(groups: Sequence[Group]) -> list[str]:
    html: list[str] = []
    at = 0
    for start, end in (*lists_of(groups), (len(groups), len(groups))):
        html += [_paragraph(text) for group in groups[at:start] for text in (group.text, *group.notes)]
        if end > start:
            html.append(html_of_list(groups[start:end]))
        at = end
    return html


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _table(table: TableRows) -> str:
    rows = []
    for number, row in enumerate(table.rows):
        tag = "th" if number == 0 and table.headed else "td"
        spans = table.spans[number] if table.spans else ((1, 1),) * len(row)
        rows.append("".join(_cell(tag, cell, span) for cell, span in zip(row, spans, strict=True)))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cell(tag: str, text: str, spans: tuple[int, int]) -> str:
    named = zip(("rowspan", "colspan"), spans, strict=True)
    attributes = "".join(f' {name}="{count}"' for name, count in named if count > 1)
    return f"<{tag}{attributes}>{escape(text, quote=False)}</{tag}>"
