"""Finds the lines of a page or document that may date it, each with its label, in its text and in cells of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from wellread.importing.tree import HEADINGS, first_inside, nearest_around, text_of
from wellread.text.dates import find_dates, is_date
from wellread.text.review_labels import ISSUED, find_label

if TYPE_CHECKING:
    from bs4 import Tag

_MAX_LINE = 16
"""Words of a line that says when a text was reviewed, at most; a longer one says more."""

MAX_LABEL = 5
"""Words of a line that only says what the date in the next line is."""

BREAK = ""
"""Stands between two cells of a table, so that the label of one is not read with the date of the next."""

Line = tuple[str, tuple[str, ...]]
"""A line with its label, and the lines of the file that it is made of."""


def labelled(lines: Iterable[str]) -> Iterator[Line]:
    """Yield each line with the lines that it is made of: a label, "Stand", is put before the date in the next line."""
    seen: set[str] = set()  # a line that stands there twice counts where it stands first
    written = []
    for line in lines:
        if line == BREAK or line not in seen:
            written.append(line)
            seen.add(line)
    for line, below in pairwise([*written, BREAK]):
        if re.search(r"\d", line) is None:
            label = f"{line.rstrip(' :')}: "
            if len(line.split()) <= MAX_LABEL and is_date(below) and find_label(f"{label}{below}", 0, len(label)):
                yield f"{label}{below}", (line, below)
        else:
            yield line, (line,)


def of_tables(text: Tag) -> Iterator[Line]:
    """Yield the dates in cells of tables, each with its label: the cell before it, or else the head of its column."""
    for table in text.find_all("table"):
        heads: dict[int, str] = {}  # by column, the nearest words above
        for row in table.find_all("tr"):
            if nearest_around(row, ("table",)) is not table:
                continue
            before = ""
            for column, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
                words = text_of(cell)
                if is_date(words.removeprefix("@")):  # as Notion marks dates
                    above = heads.get(column, "")
                    label = next((one for one in (before, above) if one and _is_label(one)), "")
                    if label:
                        yield f"{label.rstrip(' :')}: {words}", (before, words) if label == before else ()
                else:
                    heads[column] = words
                before = words


def _is_label(words: str) -> bool:
    return find_label(f"{words}:") is not None or ISSUED.match(words) is not None


def short_lines(body: Tag) -> Iterator[str]:
    """Yield the lines of few words, with a break between two cells of a table."""
    names = ["p", "div", "span", "time", "li", "dt", "dd", "td", "th", "small", "em", "footer", *HEADINGS]
    cell: Tag | None = None
    for tag in body.find_all(names):
        if first_inside(tag, ("p", "div", "li", *HEADINGS)) is None:
            words = text_of(tag)
            around = tag if tag.name in ("td", "th") else nearest_around(tag, ("td", "th"))
            if around is not cell:
                yield BREAK
                cell = around
            if words and _is_short(words):
                yield words


def _is_short(line: str) -> bool:
    """Tell whether a line has few words, for each date that it says: footers say a whole row of them."""
    count = len(line.split())
    return count <= _MAX_LINE or (count <= 5 * _MAX_LINE and count <= _MAX_LINE * sum(1 for _ in find_dates(line)))
