"""Levels of headings of one look by their numbers: "1.1" stands inside "1."."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)(?:[.)]\s*|\s+)(?=[^\W\d_])")


def levels_of(headings: Mapping[int, tuple[tuple[float, ...], str]]) -> dict[int, int]:
    """The levels of headings, from 2 to 6, by their places; each is given with the strength of its look and its text.

    A stronger look is of a higher level. Of those of one look a heading whose number begins with that of another is
    inside it.

    >>> levels_of({0: ((14.0,), "1. Signs"), 3: ((14.0,), "1.1 In children"), 5: ((12.0,), "Fever")})
    {0: 2, 3: 3, 5: 4}
    """
    numbers = {(rank, found[1]) for rank, text in headings.values() if (found := _NUMBER.match(text))}
    places = {at: (tuple(-part for part in rank), _depth(rank, text, numbers)) for at, (rank, text) in headings.items()}
    levels = {place: min(level, 6) for level, place in enumerate(sorted(set(places.values())), 2)}
    return {at: levels[place] for at, place in places.items()}


def is_numbered(text: str) -> bool:
    """Tell whether a heading begins with a number: "2. Signs", "2.1 Fever"."""
    return _NUMBER.match(text) is not None


def _depth(rank: tuple[float, ...], text: str, numbers: set[tuple[tuple[float, ...], str]]) -> int:
    """How many headings of one look a heading is inside, by its number."""
    found = _NUMBER.match(text)
    parts = found[1].split(".") if found else []
    return sum((rank, ".".join(parts[:end])) in numbers for end in range(1, len(parts)))
