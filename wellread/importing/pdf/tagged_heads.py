"""Tells of the parts that tags give which is the title, the levels of the headings, and which are running heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from wellread.importing.pdf.headings import MAX_HEADING, find_headings, look_of
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows
from wellread.importing.pdf.running import tells_number, tells_reader, texts_by_page

_PAGES = 3
"""Pages at least on most of which a short text is a running head."""
_SHORT = 60
"""Characters of such a text at most."""
_FEW = 2
"""Times as many lines look like headings as are marked, from which on most headings are not marked."""
_SIDES = 2
"""Pages of a folded leaflet, whose cover may stand anywhere on a side."""
LARGER = 1.07
"""How much larger than all headings a title is that is not marked as one (Word marks its titles as paragraphs)."""


def running_heads(parts: Sequence[Group | TableRows], heads: Mapping[int, int], pages: int) -> dict[int, str]:
    """Return the short paragraphs that begin or end most pages, the same but for page numbers, by their places.

    Where these say the number of the page, it goes alone too, as on the first slide. What says something to the reader,
    such as a dose, stays; a number to call stays on the last page that has it.
    """
    looks: defaultdict[str, set[int]] = defaultdict(set)
    for part in parts:
        for text in _looks(part):
            looks[text].add(part.page)
    often = {text for text, found in looks.items() if len(found) > max(_PAGES - 1, pages / 2)}
    counted = any("#0" in text for text in often)
    last = {part.text: part.page for part in parts if isinstance(part, Group)}
    running: dict[int, str] = {}
    for _, on_page in groupby(range(len(parts)), lambda at: parts[at].page):
        places = list(on_page)
        for ordered in (places, places[::-1]):
            for at in ordered:
                part = parts[at]
                if at in heads or not isinstance(part, Group):
                    break
                if often.isdisjoint(_looks(part)) and not (counted and part.text == str(part.page)):
                    break
                calls = part.text in often and last[part.text] == part.page and tells_number(part.text)
                if not calls and not tells_reader(part.text):
                    running[at] = part.text
    return dict(sorted(running.items()))


def _looks(part: Group | TableRows) -> Iterator[str]:
    if isinstance(part, Group) and not part.bullet and len(part.text) <= _SHORT:
        yield from texts_by_page(part.text, part.page)


def with_title(
    parts: Sequence[Group | TableRows], heads: Mapping[int, int], outside: Group | None
) -> tuple[list[Group | TableRows], dict[int, int]]:
    """Return the parts and headings with a title that is not marked, or that is marked as two headings.

    `outside` is the largest text of the first page, where it is not marked as text: it becomes the title. Else the
    first two headings are one if nothing stands between them, and no other is marked as they are.
    """
    if outside and len(outside.text) <= MAX_HEADING:
        moved = {at + 1: level + 1 for at, level in heads.items()}
        return [outside, *parts], {0: min(heads.values(), default=2), **moved} if heads else {}
    highest = sorted(at for at, level in heads.items() if level == min(heads.values()))
    if highest == [0, 1] and len(heads) > 2:
        first, second = parts[:2]
        if isinstance(first, Group) and isinstance(second, Group):
            whole = replace(first, text=f"{first.text} {second.text}")
            return [whole, *parts[2:]], {max(at - 1, 0): level for at, level in heads.items()}
    return list(parts), dict(heads)


def levels_of(parts: Sequence[Group | TableRows], heads: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of the headings: 1 for the title, which may be marked as a paragraph, from 2 for all others.

    Those that look as marked ones do are added.
    """
    sizes = {at: part.style.size for at in heads if isinstance(part := parts[at], Group)}
    first = min(heads)
    title: int | None = None
    before = {at: part for at in range(first) if isinstance(part := parts[at], Group) and len(part.text) <= MAX_HEADING}
    largest = max(before, key=lambda at: (before[at].style.size, -at), default=None)
    highest = [at for at, level in heads.items() if level == min(heads.values())]
    if largest is not None and before[largest].style.size > LARGER * max(sizes.values()):
        title = largest
    elif (highest == [first] and len(heads) > 1) or all(
        sizes[first] > LARGER * sizes[at] for at in heads if at != first
    ):
        title = first
    elif len(highest) == 1 and _is_cover(parts, sizes, highest[0]):
        title = highest[0]
    others = {at: level for at, level in {**heads, **_look_alikes(parts, heads)}.items() if at != title}
    ranks = {level: rank for rank, level in enumerate(sorted(set(others.values())), 2)}
    levels = {at: min(ranks[level], 6) for at, level in others.items()}
    return dict(sorted({**levels, title: 1}.items())) if title is not None else levels


def _is_cover(parts: Sequence[Group | TableRows], sizes: Mapping[int, float], at: int) -> bool:
    """Tell whether a heading is larger than all others, on the first page or on one of the two sides of a sheet."""
    largest = all(sizes[at] > LARGER * size for other, size in sizes.items() if other != at)
    return at in sizes and largest and (parts[at].page == 1 or max(part.page for part in parts) <= _SIDES)


def _look_alikes(parts: Sequence[Group | TableRows], heads: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of paragraphs that look as marked headings do: files mark some of them at times, and not all.

    Text would stand below the wrong heading. Where most headings are not marked, all that look like some are added.
    """
    marked = {look_of(part): level for at, level in heads.items() if isinstance(part := parts[at], Group)}
    looks = {
        at: look_of(part) for at in find_headings(parts) if at not in heads and isinstance(part := parts[at], Group)
    }
    below = max(marked.values(), default=1) + 1 if len(looks) > _FEW * len(heads) else 0
    return {at: marked.get(look, below) for at, look in looks.items() if look in marked or below}
