"""Names what stands at the ends of a web page's text and looks like the site's own lines; nothing is left out for it.

Weights tell, that were learned of pages of many sites (site_lines.py). Leaving out as well what is nothing but links
would have made 4 of 192 pages right; leaving out more would have taken doses and warnings (docs/notebook.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from wellread.importing.lines import has_number_to_call, is_sentence, lines_of
from wellread.importing.site_lines import SiteLine, measure_lines
from wellread.text.dates import find_dates
from wellread.text.review_labels import UPDATED, find_label

if TYPE_CHECKING:
    from bs4 import Tag

NAMED = 0.5
"""Log odds that the lines of a run exceed, wherever one cuts it; chosen on sites that weights were not learned of."""
_MOST_NAMED = 0.4
"""Share of a page's sentences, in words, that the last lines have at most that are named; or they are the text."""
_LEAST_LINKED = 0.3
"""Share of the words of such lines at least that lead to other pages of the site."""
_MOST_DATED = 8
"""Words at most of a line with a date that is the date of a page."""
_MOST_QUOTED = 12
"""Words at most of the first and of the last line of a run, by which an editor finds it."""
_CELLS = frozenset(["td", "th"])
_PAIRS = re.compile(r"(?<!\d)\d{1,2}(?:[\s.-]\d{1,2}){2,}(?!\d)")
"""A number to call whose figures stand in ones and twos: "9-1-1", "03 44 55 66 77"."""


def note_site_lines(text: Tag, host: str, subheading: Tag | None = None) -> list[str]:
    """One note of the lines at both ends of a tidied page that may be its site's, or none."""
    lines = measure_lines(text, host)
    first, last = ends_of(lines, subheading)
    told = [_quoted(run) for run in (lines[:first], lines[len(lines) - last :]) if run]
    return (
        [f"may be the site's own lines and no text, look at them and delete what is: {'; '.join(told)}"] if told else []
    )


def line_below_title(heading: Tag | None) -> Tag | None:
    """What stands right below a page's title in a head of its own, one without sentences: it may be a sub-heading."""
    if heading is None or heading.parent is None or any(is_sentence(line) for line in lines_of(heading.parent)):
        return None
    return heading.find_next_sibling()


def ends_of(lines: Sequence[SiteLine], subheading: Tag | None = None) -> tuple[int, int]:
    """How many of the first and of the last lines look like the site's.

    None of the first is a sentence, nor the heading over one. A page without sentences is not judged. A line of the
    text ends a run: what is nearer to the page's end alone is judged then, and is named whole where a line that is
    called as a site's own begins it ("Related content").
    """
    whole = sum(line.sentence for line in lines)
    first = _without_headings(lines, _run(list(takewhile(lambda line: not line.sentence, lines))))
    last = _run(lines[::-1])
    below = lines[len(lines) - last :]
    if sum(line.sentence for line in below) > _MOST_NAMED * whole or not _has_sign(below):
        last = 0
    if not _has_sign(lines[:first]):
        first = 0
    if not whole or first + last >= len(lines):
        return 0, 0
    texts = [at for at in range(len(lines)) if _is_of_text(lines, at, subheading)]
    if before := [at for at in texts if at < first]:
        first = _without_headings(lines, _run(lines[: before[0]]))
        first = first if _has_sign(lines[:first]) else 0
    if after := [at for at in texts if at >= len(lines) - last]:
        nearer = lines[after[-1] + 1 :]
        last = len(nearer) if nearer and nearer[0].called else _run(nearer[::-1])
        last = last if _has_sign(lines[len(lines) - last :]) else 0
    return first, last


def _without_headings(lines: Sequence[SiteLine], first: int) -> int:
    while first and lines[first - 1].is_heading:
        first -= 1
    return first


def _is_of_text(lines: Sequence[SiteLine], at: int, subheading: Tag | None) -> bool:
    """Tell whether a line is an article's: words of a table, a number to call, a date of review or the sub-heading."""
    line = lines[at]
    if line.leaf is subheading and not (line.linked or line.dated or line.called):
        return True
    if line.linked < line.count and any(tag.name in _CELLS for tag in line.around):
        return True
    return _has_number(line) or _says_review(line) or (line.dated and at > 0 and _says_review(lines[at - 1]))


def _has_number(line: SiteLine) -> bool:
    """Tell whether a number to call stands in a line: a link to call it, or figures that are no date."""
    if any(str(link["href"]).lower().startswith("tel:") for link in line.leaf.find_all("a", href=True)):
        return True
    words = line.words
    for date in reversed(list(find_dates(words))):
        words = f"{words[: date.start]}|{words[date.end :]}"
    return has_number_to_call(words) or _PAIRS.search(words) is not None


def _says_review(line: SiteLine) -> bool:
    label = find_label(line.words) if line.dated or line.count <= _MOST_DATED else None
    return label is not None and label.kind != UPDATED


def _has_sign(run: Sequence[SiteLine]) -> bool:
    """Tell whether lines are a site's beyond their form: by what they are called, a date, or links to its pages.

    Without, they may be doses in columns, warnings with pictures, or whom to call. What site generators call such boxes
    counts where no number stands in them, for opening hours are in a sidebar too; a date, where no review is dated.
    """
    reviewed = any(find_label(line.words) for line in run if line.count <= _MOST_DATED)
    if any(line.called or (line.dated and line.count <= _MOST_DATED and not reviewed) for line in run):
        return True
    if sum(line.linked * line.inside for line in run) > _LEAST_LINKED * sum(line.count for line in run):
        return True
    plain = [line for line in run if not line.linked and not line.dated]
    named = any(line.measures["box named"] for line in run)
    return named and not any(char.isdecimal() for line in plain for char in line.words)


def _run(lines: Iterable[SiteLine]) -> int:
    """How many of the first lines have the greatest sum of what their odds exceed the least by."""
    best = total = 0.0
    length = 0
    for at, line in enumerate(lines):
        total += line.odds - NAMED
        if total > best:
            best, length = total, at + 1
    return length


def _quoted(run: Sequence[SiteLine]) -> str:
    ends = [f'"{_beginning(line)}"' for line in (run[0], run[-1])]
    return f"{ends[0]} to {ends[1]} ({len(run)} lines)" if len(run) > 1 else ends[0]


def _beginning(line: SiteLine) -> str:
    words = line.words.split()
    return " ".join(words[:_MOST_QUOTED]) + (" …" if len(words) > _MOST_QUOTED else "")
