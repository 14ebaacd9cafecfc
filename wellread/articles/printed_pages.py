"""Takes running heads and page numbers out of a plain text that was taken from printed pages, and names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellread.articles.introductions import ends_sentence, ends_unfinished
from wellread.articles.lines import Line, is_rule
from wellread.datatypes import Note
from wellread.text.page_numbers import PAGE_WORDS, page_number

_PAGE = re.compile(rf"(?<![^\W\d_])(?:{PAGE_WORDS})\.?\s*\d|\d\s*(?:/\s*\d+|\(\d+\))$", re.IGNORECASE)
"""What tells the number of a page from that of a week: "Clinic, page 2", "Clinic 1/2"."""
_APART = 3
"""Lines of text between two running heads, at least: a page holds more, the rows of a list stand closer."""
_MOST_LINES = 3
"""Lines of the head of a page, and of its foot, at most."""
_FAR_RIGHT = 20
"""Columns before the number of a page, at least, that stands in the middle or at the right of its line."""
_MOST = 110
"""Characters of a running head, at most."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The lines of a text without what belongs to its pages, and notes that name this."""

    lines: list[Line]
    notes: tuple[Note, ...] = ()


def without_pages(lines: list[Line]) -> Pages:
    """Leave out page numbers, and lines that stand at the edges of pages again and again, the same but for numbers.

    Where pages end is told by form feeds and by lines such as "Page 2 of 4". A line with a wide gap inside that comes
    back with a word for the next page and its number, or is the first of the text, is a running head too. The first
    line stays where it may be the title. A paragraph that goes on on the next page is whole again.
    """
    written = [at for at, line in enumerate(lines) if line.text and not is_rule(line)]
    numbers = _numbers(lines, written)
    heads = _heads(lines, written, numbers)
    if not (numbers or heads or any(line.page for line in lines)):
        return Pages(lines)
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for at in sorted(numbers | heads):
        groups[_look(lines[at])].append(lines[at])
    return Pages(_joined(lines, numbers | heads), tuple(_left_out(same) for same in groups.values()))


def _numbers(lines: Sequence[Line], written: Sequence[int]) -> set[int]:
    """Return the lines that say the number of a page: with a word for it, or alone where a page begins or ends."""
    said = {at: number for at in written if (number := page_number(lines[at].written))}
    worded = [at for at, (_, word) in said.items() if word]
    counted = all(said[one][0] < said[two][0] for one, two in pairwise(worded))
    found = set(worded) if counted and worded else set()
    place = {at: n for n, at in enumerate(written)}
    for at in said.keys() - found:
        before = written[place[at] - 1] if place[at] else -1
        after = written[place[at] + 1] if place[at] + 1 < len(written) else len(lines)
        breaks = any(line.page for line in lines[before + 1 : at + 1]) or any(
            line.page for line in lines[at + 1 : after + 1]
        )
        last = after == len(lines) and any(line.page for line in lines)
        if breaks or last:
            found.add(at)
    alone = [at for at in said.keys() - set(worded) if not (at and lines[at - 1].text)]
    return found | (set(alone) if _count_pages(lines, sorted(alone), written) else set())


def _count_pages(lines: Sequence[Line], alone: Sequence[int], written: Sequence[int]) -> bool:
    """Tell whether numbers below blank lines are those of printed pages, where nothing else tells where these end.

    They grow by one, text stands above each, and they stand far to the right, or each alone below a sentence and the
    last one ends the text: the numbers of steps stand above their text, those of a scale beside a few words.
    """
    numbers = [number for at in alone if (number := page_number(lines[at].written))]
    if len(alone) < 2 or any(two[0] != one[0] + 1 for one, two in pairwise(numbers)):
        return False
    if alone[0] == written[0]:
        return False
    if all(lines[at].indent >= _FAR_RIGHT for at in alone):
        return True
    apart = all(at + 1 == len(lines) or not lines[at + 1].text for at in alone)
    said = all(any(ends_sentence(line.text) for line in lines[one:two]) for one, two in pairwise((0, *alone)))
    return apart and said and alone[-1] == written[-1] and len(alone) >= _APART


def _heads(lines: Sequence[Line], written: Sequence[int], numbers: set[int]) -> set[int]:
    """Return the lines that come back at the edges of pages, from the outermost in, or count them, with a gap."""
    found: set[int] = set()
    for _ in range(_MOST_LINES):
        found |= _outermost(lines, [at for at in written if at not in numbers and at not in found], numbers)
    return found - set(written[:1]) if found and _may_be_title(lines, written[0], found) else found


def _outermost(lines: Sequence[Line], text: Sequence[int], numbers: set[int]) -> set[int]:
    place = {at: n for n, at in enumerate(text)}
    pages = _pages(lines, text, numbers)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for at in text:
        line = lines[at]
        if not (line.marker or ends_sentence(line.text)) and line.cells is None and len(line.text) <= _MOST:
            groups[_look(line)].append(at)

    found: set[int] = set()
    for same in groups.values():
        apart = all(place[two] - place[one] > _APART for one, two in pairwise(same))
        counted = all(_has_number(lines, at) for at in same) and _counts_on(lines, same)
        if len(same) < 2 or not (counted or _is_same(lines, same)):
            continue
        letterhead = same[0] == text[0] and _is_same(lines, same)
        wide = all(lines[at].spread for at in same)
        worded = counted and all(_PAGE.search(lines[at].text) for at in same)  # others may be doses in a schedule
        spread = apart and (worded or letterhead) and wide
        below = set(pages[0][1:_MOST_LINES]) if wide else set()
        if spread or any(_stands_on_all(same, pages, edge, below) for edge in (0, -1)):
            found.update(same)
    return found


def _has_number(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line has the number of its page: with a word for it, or far to the right of a line by itself."""
    if _PAGE.search(lines[at].text):
        return True
    beside = [*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2]]
    return lines[at].numbered and not any(line.text for line in beside)


def _stands_on_all(same: Sequence[int], pages: Sequence[Sequence[int]], edge: int, below: set[int]) -> bool:
    """Tell whether lines are the first, or the last, of all pages but perhaps the first page, and of no less than two.

    The name of a section may begin several pages; it hardly begins all of them. `below` are lines of the first page
    that may be meant as well: those below a title.
    """
    edges = [page[edge] for page in pages]
    return len(pages) > 1 and set(edges[1:]) <= set(same) <= {*edges, *below}


def _may_be_title(lines: Sequence[Line], at: int, found: set[int]) -> bool:
    """Tell whether the first line of a text stands on later pages as it is, so that it may be the title."""
    first = lines[at].written
    again = any(lines[other].written == first for other in found - {at})
    return at in found and not lines[at].spread and again


def _pages(lines: Sequence[Line], text: Sequence[int], numbers: set[int]) -> list[list[int]]:
    """Return the lines of each page that has some, by what tells where pages end."""
    breaks = [at for at, line in enumerate(lines) if line.page or at in numbers]
    pages: list[list[int]] = [[]]
    ends = iter([*breaks, len(lines)])
    end = next(ends)
    for at in text:
        while at >= end:
            pages.append([])
            end = next(ends)
        pages[-1].append(at)
    return [page for page in pages if page]


def _is_same(lines: Sequence[Line], same: Sequence[int]) -> bool:
    return len({lines[at].written.casefold() for at in same}) == 1


def _counts_on(lines: Sequence[Line], same: Sequence[int]) -> bool:
    """Tell whether lines differ in one number, which grows by one each time: "1/4" and "3/4" may be doses."""
    rows = [tuple(map(int, re.findall(r"\d+", lines[at].written))) for at in same]
    columns = [column for column in zip(*rows, strict=True) if len(set(column)) > 1]
    return len(columns) == 1 and all(two == one + 1 for one, two in pairwise(columns[0]))


def _joined(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    """Return the lines without some; a paragraph that the end of a page cut has no blank line inside any more."""
    kept: list[Line] = []
    blank: list[Line] = []
    broken = False
    for at, line in enumerate(lines):
        broken = broken or line.page or at in gone
        if at in gone or not (line.text or line.marker or line.cells is not None):
            blank.append(Line(line.number, 0, "", ""))
            continue
        if not (broken and kept and _goes_on(kept[-1], line)):
            kept += blank
        kept.append(line)
        blank, broken = [], False
    return [*kept, *blank]


def _goes_on(last: Line, line: Line) -> bool:
    if line.marker or line.cells is not None or last.cells is not None or ends_sentence(last.text):
        return False
    return line.text[0].islower() or ends_unfinished(last.text)


def _look(line: Line) -> str:
    """What a line has in common with those on other pages: its words, without their numbers."""
    return re.sub(r"\d+", "0", line.written).casefold()


def _left_out(same: Sequence[Line]) -> Note:
    more = f", and so are {len(same) - 1} like it" if len(same) > 2 else ", and so is one like it" * (len(same) == 2)
    message = f'"{same[0].written}" is left out{more}: it belongs to printed pages'
    return Note(same[0].number, "page-edge", message, "write it as a sentence if readers should see it")
