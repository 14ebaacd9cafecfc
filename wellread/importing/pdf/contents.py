"""Takes a table of contents out of a PDF's text: lines with dots that lead to the pages of its headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import Region, TableRows
from wellread.text.page_words import CONTENTS

_DOTS = re.compile(r"(?<![.·…_\s])\s*[.·…_](?:\s*[.·…_]){4,}\s*")
_ENTRY = re.compile(rf"{_DOTS.pattern}(\d{{1,3}}|[ivx]{{1,5}})$")
_ENTRIES = 3
"""Lines of a table of contents at least."""
_BETWEEN = 3
"""Lines from one of them to the next at most: a long one goes over two or three."""
_FOUND = 0.5
"""Share of them at least that stand in the text once more: below a word such as "Contents" in the same order, else each
on the page that its number tells, and not all on one: lists of doses and of what a box holds have dots too."""
_AGREEING = 0.8
"""Share of those that stand once more of which that is so at least."""
_LETTERS = 4
"""Letters of a line at least that may be the first of a heading in two lines."""


def without_contents(regions: Sequence[Region]) -> tuple[list[Region], list[str]]:
    """Leave out the lines of a table of contents, and give them too."""
    lines = [line for region in regions if isinstance(region, list) for line in region]
    found = _entries([line.text for line in lines], [line.page for line in lines])
    dropped = [lines[at] for at in sorted(found)]
    kept = [[line for line in one if line not in dropped] if isinstance(one, list) else one for one in regions]
    return [region for region in kept if region], [_DOTS.sub(" … ", line.text) for line in dropped]


def contents_of(parts: Sequence[Group | TableRows]) -> dict[int, str]:
    """Return the paragraphs that are lines of a table of contents, by their places."""
    texts = [part.text if isinstance(part, Group) else "" for part in parts]
    return {at: _DOTS.sub(" … ", texts[at]) for at in sorted(_entries(texts, [part.page for part in parts]))}


def _entries(texts: Sequence[str], pages: Sequence[int]) -> set[int]:
    """The places of lines that are those of a table of contents, and of the word above it, among all lines."""
    runs: list[list[int]] = []
    for at, text in enumerate(texts):
        if _ENTRY.search(text):
            if runs and at - runs[-1][-1] <= _BETWEEN:
                runs[-1].append(at)
            else:
                runs.append([at])
    counted = [run for run in runs if _are_counted([texts[at] for at in run])]
    if not counted:
        return set()
    known = [
        (letters, at)
        for at, text in enumerate(texts)
        if not _ENTRY.search(text) and len(letters := _letters(text)) >= _LETTERS
    ]
    found: set[int] = set()
    for run in counted:
        titled = run[0] > 0 and CONTENTS.fullmatch(texts[run[0] - 1].strip(" :")) is not None
        places = [_places(texts[at], known) for at in run]
        agreeing = _in_order(places, run[-1]) if titled else _on_pages([texts[at] for at in run], places, pages)
        if agreeing >= max(_FOUND * len(run), _AGREEING * len(list(filter(None, places)))):
            found.update(run, [run[0] - 1] if titled else [])
    return found


def _places(text: str, known: Sequence[tuple[str, int]]) -> list[int]:
    """The places at which the words of a line stand once more, in their order."""
    head = _letters(_DOTS.split(text)[0])
    return [at for letters, at in known if _is_same(head, letters)]


def _in_order(places: Sequence[Sequence[int]], last: int) -> int:
    """How many lines have their words below the last of them, and below those of the line before."""
    count = 0
    for found in places:
        below = next((at for at in found if at > last), None)
        if below is not None:
            count, last = count + 1, below
    return count


def _on_pages(entries: Sequence[str], places: Sequence[Sequence[int]], pages: Sequence[int]) -> int:
    """How many lines have a number that is that of a page with their words, or more by as much as that of the others.

    None if these are all on one page.
    """
    alike: defaultdict[int, list[set[int]]] = defaultdict(list)
    for text, found in zip(entries, places, strict=True):
        number = _ENTRY.search(text)
        by_step: defaultdict[int, set[int]] = defaultdict(set)
        for page in (pages[at] for at in found):
            by_step[int(number[1]) - page if number and number[1].isdecimal() else 0].add(page)
        for step, on in by_step.items():
            alike[step].append(on)
    return max((len(lines) for lines in alike.values() if len(set().union(*lines)) > 1), default=0)


def _are_counted(entries: Sequence[str]) -> bool:
    numbers = [int(found[1]) for text in entries if (found := _ENTRY.search(text)) and found[1].isdecimal()]
    return len(entries) >= _ENTRIES and numbers == sorted(numbers)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _is_same(head: str, text: str) -> bool:
    """Tell whether a text begins with the words of an entry, or is the first line of a heading with them."""
    return len(head) >= _LETTERS and (text.startswith(head) or head.startswith(text))
