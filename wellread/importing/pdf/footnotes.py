"""Finds the footnotes at the foot of a PDF's pages, and puts them below what refers to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wellread.importing.note_signs import SIGNS, reference_to
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import TableRows
from wellread.importing.pdf.segments import Segment
from wellread.text.divided import Vocabulary, joined_lines

_SMALLER = 0.92
"""Size of a footnote, as a share of that of the text, at most."""
_LEADING = 1.7
"""Sizes of the type between two lines of a footnote at most."""
_INDENT = 3.0
"""Sizes of the type between the mark of a footnote and its text at most."""
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"(?:\[?(\d{1,2})\]?[.):]?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})[.):]?|([*†‡§]{1,3}))")
_BEGINS = re.compile(rf"{_MARK.pattern}\s*(?=[^\W\d_]|[\"“‘«¿¡(]|\d)")
_NO_UNIT = r"(?<![\d\u00d7/])(?<!\bm)(?<!\b[ckdm]m)(?<!µm)"
"""What stands before a raised figure that is no power: "10⁹", "m²", "/mm³"."""
_PLAIN = Style(0.0, bold=False)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its page, its mark as the text has it ("¹", "*"), and its words."""

    page: int
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a footnote begins on a page: its mark, the rest of the line, and whether the mark is raised."""

    mark: str
    segment: Segment
    raised: bool


def take_footnotes(
    pages: Mapping[int, Sequence[Segment]],
) -> tuple[dict[int, list[Segment]], list[Footnote], list[Footnote]]:
    """The pages without the footnotes whose marks stand in the text, those, and those whose mark is not found.

    The last keep their place, and their mark.
    """
    sizes: Counter[float] = Counter()
    looks: Counter[tuple[str, int]] = Counter()
    for page in pages.values():
        for segment in page:
            sizes[segment.style.size] += len(segment.text)
        looks.update({_look(segment) for segment in page})
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    vocabulary = Vocabulary.of(one.text for page in pages.values() for one in page)
    kept: dict[int, list[Segment]] = {}
    found: list[Footnote] = []
    lost: list[Footnote] = []
    for number, page in pages.items():
        rows = _foot(page, body, {look for look, count in looks.items() if count > 1})
        notes = {id(one) for row in rows for one in row}
        text = "\n".join(one.text for one in page if id(one) not in notes)
        left = list(page)
        for start, lines in _notes(rows):
            segments = [one for row in lines for one in row]
            texts = [start.segment.text, *(row[0].text for row in lines[1:])]
            note = Footnote(number, start.mark, joined_lines(texts, vocabulary))
            if _reference(start.mark).search(text):
                found.append(note)
                left = [one for one in left if one not in segments]
            elif start.raised:
                lost.append(note)
                whole = replace(start.segment, text=f"{start.mark} {start.segment.text}")
                first = [one for one in lines[0] if one in left]
                left = [whole if one == first[-1] else one for one in left if one not in first[:-1]]
        kept[number] = left
    return kept, found, lost


def _look(segment: Segment) -> tuple[str, int]:
    return re.sub(r"\d+", "#", segment.text), round(segment.bottom)


def _foot(page: Sequence[Segment], body: float, repeated: set[tuple[str, int]]) -> list[list[Segment]]:
    """The lines of small type below all text of a page; what stands on other pages too is no text."""
    text = [one for one in page if one.style.size >= _SMALLER * body and _look(one) not in repeated]
    lowest = min((one.bottom for one in text if any(map(str.isalpha, one.text))), default=0.0)
    rows: list[list[Segment]] = []
    for segment in sorted(page, key=lambda one: (-one.bottom, one.left)):
        if segment.bottom >= lowest or segment.style.size >= _SMALLER * body:
            continue
        if rows and rows[-1][0].bottom - segment.bottom < 0.6 * segment.style.size:
            rows[-1] = sorted([*rows[-1], segment], key=lambda one: one.left)
        else:
            rows.append([segment])
    return rows


def _notes(rows: Sequence[list[Segment]]) -> list[tuple[_Start, list[list[Segment]]]]:
    """The footnotes among the lines at the foot of a page, with their lines."""
    found: list[tuple[_Start, list[list[Segment]]]] = []
    open_note = False
    for row in rows:
        if start := _start(row):
            found.append((start, [row]))
            open_note = True
        elif open_note and len(row) == 1 and _goes_on(found[-1][1][-1][-1], row[0]):
            found[-1][1].append(row)
        else:
            open_note = False
    return found


def _start(row: Sequence[Segment]) -> _Start | None:
    first, last = row[0], row[-1]
    if len(row) == 2 and (mark := _MARK.fullmatch(first.text)):
        near = 0 <= last.left - first.right < _INDENT * last.style.size
        raised = first.style.size < last.style.size and first.bottom > last.bottom
        return _Start(_written(mark), last, raised) if near and not _MARK.fullmatch(last.text) else None
    if len(row) == 1 and (mark := _BEGINS.match(first.text)):
        rest = replace(first, text=first.text[mark.end() :])
        return _Start(_written(mark), rest, mark[2] is not None)
    return None


def _goes_on(above: Segment, below: Segment) -> bool:
    step = above.bottom - below.bottom
    return abs(above.style.size - below.style.size) < 0.3 and 0 < step < _LEADING * below.style.size


def _written(mark: re.Match[str]) -> str:
    """The mark as the text has it."""
    return (mark[1] or mark[2] or mark[3]).translate(SUPERSCRIPTS)


def _reference(mark: str) -> re.Pattern[str]:
    """What refers to a footnote: a raised figure that is no power, or a sign behind a word."""
    if mark[0] in SIGNS:
        return reference_to(mark)
    return re.compile(rf"(?:(?<=\S){_NO_UNIT}|(?<=[^\W\d]\s)(?<!m\s))(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){mark}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")


def place_footnotes(
    parts: Sequence[Group | TableRows], notes: Sequence[Footnote]
) -> tuple[list[Group | TableRows], list[Footnote]]:
    """Put footnotes below the paragraphs, items and tables that refer to them.

    Gives those too that found no place, and stand at the end. All are marked as those of Word are: "10 days.[1]".
    """
    placed = list(parts)
    lost: list[Footnote] = []
    for note in notes:
        reference = _reference(note.mark)
        fitting = [at for at, part in enumerate(placed) if part.page <= note.page and reference.search(_text(part))]
        if not fitting:
            lost.append(note)
            placed.append(Group(f"{note.mark} {note.text}", _PLAIN, note.page))
            continue
        nearest = max(placed[at].page for at in fitting)
        at = next(at for at in fitting if placed[at].page == nearest)
        placed[at] = _with_note(placed[at], note, reference)
    return placed, lost


def with_signs(parts: Sequence[Group | TableRows]) -> list[Group | TableRows]:
    """The parts with the "*" of each note that stands by itself right in the text: it is the sign of one, no bullet."""
    found = list(parts)
    referred = reference_to("*")
    for at, part in enumerate(parts):
        if not _is_starred(part) or any(map(_is_starred, (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]))):
            continue
        if isinstance(part, Group) and any(referred.search(_text(one)) for one in parts[:at]):
            found[at] = replace(part, text=f"* {part.text}", bullet="")
    return found


def _is_starred(part: Group | TableRows) -> bool:
    return isinstance(part, Group) and part.bullet.strip() == "*"


def _text(part: Group | TableRows) -> str:
    return part.text if isinstance(part, Group) else "\n".join("\n".join(row) for row in part.rows)


def _with_note(part: Group | TableRows, note: Footnote, reference: re.Pattern[str]) -> Group | TableRows:
    digits = note.mark.translate(_DIGITS)
    mark = f"[{digits}]" if digits.isdecimal() else note.mark
    notes = (*part.notes, f"{mark} {note.text}")
    if isinstance(part, Group):
        return replace(part, text=reference.sub(mark, part.text), notes=notes)
    rows = tuple(tuple(reference.sub(mark, cell) for cell in row) for row in part.rows)
    return replace(part, rows=rows, notes=notes)
