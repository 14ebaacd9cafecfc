"""Tells of the parts that tags give which is the title, the levels of the headings, and which are running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from wellread.importing.pdf.headings import MAX_HEADING
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows

_PAGES = 3
"""Pages at least on most of which a short text is a running head."""
_SHORT = 60
"""Characters of such a text at most."""
_LARGER = 1.07
"""How much larger than all headings a title is that is not marked as one (Word marks its titles as paragraphs)."""


def running_heads(parts: Sequence[Group | TableRows], heads: Mapping[int, int], pages: int) -> dict[int, str]:
    """Return the short paragraphs that most pages have, the same but for numbers, by their places."""
    looks: defaultdict[str, dict[int, Group]] = defaultdict(dict)
    for at, part in enumerate(parts):
        if isinstance(part, Group) and at not in heads and not part.bullet and len(part.text) <= _SHORT:
            looks[re.sub(r"\d+", "#", part.text)][at] = part
    often = [
        found for found in looks.values() if len({part.page for part in found.values()}) > max(_PAGES - 1, pages / 2)
    ]
    return {at: part.text for found in often for at, part in found.items()}


def levels_of(parts: Sequence[Group | TableRows], heads: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of the headings: 1 for the title, which may be marked as a paragraph, from 2 for all others."""
    sizes = {at: part.style.size for at in heads if isinstance(part := parts[at], Group)}
    first = min(heads)
    title: int | None = None
    before = {at: part for at in range(first) if isinstance(part := parts[at], Group) and len(part.text) <= MAX_HEADING}
    largest = max(before, key=lambda at: (before[at].style.size, -at), default=None)
    highest = [at for at, level in heads.items() if level == min(heads.values())]
    if largest is not None and before[largest].style.size > _LARGER * max(sizes.values()):
        title = largest
    elif (highest == [first] and len(heads) > 1) or all(
        sizes[first] > _LARGER * sizes[at] for at in heads if at != first
    ):
        title = first
    others = {at: level for at, level in heads.items() if at != title}
    ranks = {level: rank for rank, level in enumerate(sorted(set(others.values())), 2)}
    levels = {at: min(ranks[level], 6) for at, level in others.items()}
    return dict(sorted({**levels, title: 1}.items())) if title is not None else levels
