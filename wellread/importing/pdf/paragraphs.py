"""Joins the lines of a PDF to paragraphs, list items and lines that stand alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from wellread.importing.pdf.marks import BULLETS, NUMERAL, SAYING, SENTENCE_END
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import Line, Region, TableRows
from wellread.text import list_marks
from wellread.text.accounting import WITHOUT_SPACES
from wellread.text.divided import Vocabulary, joined, joined_lines, line_width
from wellread.text.review_labels import labelled_dates

BULLETED = re.compile(
    rf"(?:[{re.escape(BULLETS)}\u2700-\u27bf]|o(?=\s+[^\W\d_]))\s+(?=\S)|[{list_marks.SAYING}](?=[^\W_])"
)
"""A bullet before the text of an item; one that says something may have no space behind it."""
_DASH = re.compile(r"[–—-]\s")
_NUMBER = re.compile(rf"{NUMERAL}\s+\S")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=\S)")
_GLUED = re.compile(r"[–—-][^\W\d_]")
"""A dash that begins an item, with no space behind it."""
LED = re.compile(r"[.·…_](?:\s?[.·…_]){4}\s*[^\s.·…_]")
"""Dots that lead to an amount: what stands below is another line of a list, "salt ..... 5 g"."""
_YEAR = re.compile(r"\d{2}")
_MOST_DATED = 16
"""Words of a line that says when a text was reviewed, at most, as in `importing/dated_lines.py`."""
_LEADING = 1.25
"""How much wider than usual a distance between lines is that divides paragraphs."""
_ROOM = 0.5
"""Sizes of the type by which a line may end before the edge of its column and be full, for letters differ in width."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are one paragraph, item or heading, where the first begins, and the edges of their column.

    `bullet` is "" or what stood before an item; `notes` are footnotes that stand below it.
    """

    text: str
    style: Style
    page: int
    bullet: str = ""
    lines: int = 1
    edges: tuple[float, float] = (0.0, 0.0)
    left: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The text, with a bullet that says something: "✘" before what is not to be done, or a number in a circle."""
        mark = self.bullet.strip()
        says = bool(mark) and (mark in SAYING or (mark.isalnum() and mark != "o"))
        return f"{mark} {self.text}" if says else self.text


def join_lines(regions: Sequence[Region]) -> list[Group | TableRows]:
    """Paragraphs, items and tables of all pages in their order; a paragraph may go on in the next column or page."""
    vocabulary = Vocabulary.of(text for region in regions for text in _texts(region))
    found: list[Group | TableRows] = []
    last: Line | None = None
    for region in regions:
        if isinstance(region, TableRows):
            columns = [line_width(cells) for cells in zip_longest(*region.rows, fillvalue="")]
            rows = [
                tuple(joined_lines(cell.split("\n"), vocabulary, columns[at]) for at, cell in enumerate(row))
                for row in region.rows
            ]
            found.append(replace(region, rows=tuple(rows)))
            last = None
            continue
        leading = _usual_leading(region)
        for lines in _grouped(region, leading):
            group = _group(lines, vocabulary)
            above = found[-1] if found else None
            if last and isinstance(above, Group) and lines[0] is region[0] and _goes_over(last, above, group):
                text = joined(above.text, group.text, vocabulary)
                found[-1] = replace(above, text=text, lines=above.lines + group.lines)
            else:
                found.append(group)
            last = lines[-1]
    return found


def _texts(region: Region) -> list[str]:
    if isinstance(region, TableRows):
        return [line for row in region.rows for cell in row for line in cell.split("\n")]
    return [line.text for line in region]


def _usual_leading(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of type the distance between lines that is usual in it, at most twice the size."""
    steps: dict[float, Counter[float]] = {}
    for above, below in pairwise(lines):
        step = round(above.bottom - below.bottom, 1)
        if above.style.size == below.style.size and 0 < step < 2.0 * above.style.size:
            steps.setdefault(above.style.size, Counter())[step] += 1
    return {size: min(counted, key=lambda step: (-counted[step], step)) for size, counted in steps.items()}


def _grouped(lines: Sequence[Line], leading: dict[float, float]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: Sequence[Line], line: Line, leading: dict[float, float]) -> bool:
    """Tell whether a line goes on with the paragraph, item or heading of the lines before it."""
    first, last = group[0], group[-1]
    if not _same_look(last.style, line.style) or _starts_item(group, line) or _starts_number(group, line):
        return False
    size = line.style.size
    step = last.bottom - line.bottom
    if not 0 < step <= _LEADING * leading.get(size, 1.25 * size):
        return False
    if LED.search(last.text) or begins_with_date(last.text, line.text):
        return False
    item = BULLETED.match(first.text) or _NUMBER.match(first.text) or _DECIMAL.match(first.text)
    if item:
        if line.left < first.left - 0.4 * size and line.text[0].isupper():
            return False  # a paragraph below a list that is indented
        inside = line.left > first.left + 0.4 * size
        return inside or (not last.text.endswith(SENTENCE_END) and line.text[0].islower()) or _is_full(last, line)
    if line.left > last.left + 0.8 * size and len(group) > 1 and last.left <= first.left + 0.3 * size:
        return False  # the first line of a paragraph that is indented
    if _is_full(last, line):
        return True
    return not line.text[0].isupper() and not last.text.endswith(SENTENCE_END)


def begins_with_date(above: str, text: str) -> bool:
    """Tell whether a line below the end of a sentence says when the text was reviewed."""
    if not above.endswith(SENTENCE_END) or not _YEAR.search(text) or len(text.split()) > _MOST_DATED:
        return False
    return any(one.kind and one.only for one in labelled_dates(text))


def _same_look(one: Style, other: Style) -> bool:
    return abs(one.size - other.size) < 0.6 and replace(one, size=other.size) == other


def _starts_item(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins with a bullet, which is not a dash that a line break left at the margin.

    Nor is "o" there, which is "or" in Spanish. A sign that says something begins an item where the paragraph begins
    with it too.
    """
    last = group[-1]
    if _GLUED.match(line.text) and (last.text.endswith(SENTENCE_END) or not _is_full(last, line)):
        return True
    if line.text[0] in SAYING and line.text[1:2] == " " and group[0].text[:2] == line.text[:2]:
        return True
    inside = _DASH.match(line.text) and not BULLETED.match(group[0].text)
    in_sentence = inside and _is_full(last, line) and not last.text.endswith(SENTENCE_END)
    if line.text.startswith("o ") and not BULLETED.match(group[0].text):
        in_sentence = _is_full(last, line) and abs(line.left - last.left) < _ROOM * line.style.size
    return BULLETED.match(line.text) is not None and not in_sentence


def _starts_number(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins with a number of a list, which is not one that a line break left at the margin."""
    last = group[-1]
    if _counts_on(group[0].text, line.text):
        return True
    ends = not _is_full(last, line) or last.text.endswith(SENTENCE_END) or _NUMBER.match(group[0].text) is not None
    return ends and _NUMBER.match(line.text) is not None


def _counts_on(above: str, text: str) -> bool:
    """Tell whether a text begins with the number after that of another: "9.1.2" or "9.2" after "9.1.1"."""
    before, after = _DECIMAL.match(above), _DECIMAL.match(text)
    if not before or not after:
        return False
    numbers, following = ([int(part) for part in found[1].split(".")] for found in (before, after))
    level = len(following) - 1
    next_one = following[:level] == numbers[:level] and following[level] == [*numbers, 0][level] + 1
    return level <= len(numbers) and next_one


def _is_full(line: Line, below: Line) -> bool:
    """Tell whether the first word of the line below had no room any more; in a centred line it may stand anywhere."""
    word = len(below.text.split()[0]) + 1
    width = word * (below.right - below.left) / max(len(below.text), 1)
    left, right = line.edges
    return line.right + width > right - _ROOM * line.style.size or line.right - line.left + width > right - left


def _goes_over(last: Line, above: Group, group: Group) -> bool:
    """Tell whether a paragraph goes on at the top of the next column or page."""
    full = last.right > last.edges[1] - 1.5 * last.style.size and re.match(rf"[{WITHOUT_SPACES}]", group.text)
    cut = not above.text.endswith(SENTENCE_END) and (group.text[:1].islower() or full)
    return bool(cut) and _same_look(above.style, group.style) and not group.bullet


def _group(lines: Sequence[Line], vocabulary: Vocabulary) -> Group:
    text = joined_lines([line.text for line in lines], vocabulary)
    bullet = BULLETED.match(text)
    first = lines[0]
    marked = bullet[0] if bullet else ""
    return Group(text[len(marked) :], first.style, first.page, marked, len(lines), first.edges, first.left)
