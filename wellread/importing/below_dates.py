"""Leaves out of a web page's text its lists of files, and lists of days that stand below the date of review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.importing.around_dates import has_contact
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import has_number_to_call, is_sentence, lines_of
from wellread.importing.tree import HEADINGS, text_of
from wellread.text.dates import dated

if TYPE_CHECKING:
    from bs4 import Tag

_FILE = re.compile(r"[^\s/]+\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip)", re.IGNORECASE)
_MOST_IN_ITEM = 12
"""Words at most of an item of a list that a site writes below a text: "12 July: Open day, main hall"."""
_MOST_IN_DAY = 4
"""Words of a cell at most that says the day of a file: "3 May 2025 14:05"; "Dose changed 3 May 2025" has 5."""
_SHARE = 0.6
"""Share of a text's words from which on a date of review ends it."""


def leave_out_documents(page: Tag) -> list[LeftOut]:
    """Take out tables that a site writes of its files, each with its day, and the heading over nothing else.

    The day on which such a file was changed is none on which the text was reviewed.
    """
    left_out = []
    for table in page.find_all("table"):
        rows = [[*map(text_of, row.find_all("td"))] for row in table.find_all("tr") if row.find("td")]
        if not rows or not all(any(map(_FILE.fullmatch, row)) and any(map(_is_day, row)) for row in rows):
            continue
        above = table.find_previous_sibling(True)
        alone = above is not None and above.name in HEADINGS and table.find_next_sibling(True) is None
        for part in [above, table] if above is not None and alone else [table]:
            left_out.append(LeftOut("list of files", text_of(part)))
            part.decompose()
    return left_out


def _is_day(cell: str) -> bool:
    return len(cell.split()) <= _MOST_IN_DAY and bool(dated(cell))


def lines_below_dates(text: Tag, dates: Sequence[str]) -> list[Tag]:
    """The lines of a text below the last that says when it was reviewed, where that ends most of the text."""
    leaves = lines_of(text)
    found = [at for at, leaf in enumerate(leaves) if any(line and line in text_of(leaf) for line in dates)]
    words = [len(text_of(leaf).split()) for leaf in leaves]
    return leaves[found[-1] + 1 :] if found and sum(words[: found[-1]]) >= _SHARE * sum(words) else []


def leave_out_below_dates(lines: Sequence[Tag]) -> list[LeftOut]:
    """Take out lines below the date of review where they are headings over items with a day of each and no more."""
    left = [line for line in lines if not line.decomposed]
    items = [line for line in left if line.name not in HEADINGS]
    if not items or left[0].name not in HEADINGS or not all(map(_is_dated_item, items)):
        return []
    left_out = [LeftOut("below the date of review", text_of(line)) for line in left]
    for line in left:
        line.decompose()
    return left_out


def _is_dated_item(line: Tag) -> bool:
    words = text_of(line)
    short = len(words.split()) <= _MOST_IN_ITEM and line.name == "li" and not is_sentence(line, 1)
    day = " ".join(re.findall(r"\w+", words)[:2])  # "12 July: Open day" has no year
    told = has_number_to_call(words) or has_contact(words)
    return short and bool(dated(words) or dated(f"{day} 2000")) and not told
