"""Typing ahead: titles and headings of which a word begins with what was typed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wellread.datatypes import Article
from wellread.index.port import SectionHeading

MOST = 20
"""Suggestions given at most: more than a list under a box can show."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title, where `anchor` is "", or a heading, with where it leads."""

    text: str
    article: str
    anchor: str = ""


class Suggestions:
    """The titles and headings of a generation, found by the beginning of any of their words.

    A word's beginning counts with all that follows it, so that "high bl" finds "Treating high blood pressure".
    """

    def __init__(self, articles: Sequence[Article], headings: Iterable[SectionHeading]) -> None:
        titles = [Suggestion(article.title, article.id) for article in articles]
        sections = [Suggestion(heading.text, heading.article, heading.anchor) for heading in headings]
        self._all = [*titles, *sections]
        # The first word before the others, and titles before headings: the order in which they are offered.
        entries = [
            (plain[match.start() :], at > 0, number)
            for number, suggestion in enumerate(self._all)
            for plain in [_plain(suggestion.text)]
            for at, match in enumerate(_WORD.finditer(plain))
        ]
        entries.sort()
        self._keys = [key for key, _, _ in entries]
        self._places = [(later, number) for _, later, number in entries]

    def beginning(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """The suggestions of which a word begins with what was typed, at most `limit`, each text once."""
        prefix = " ".join(_plain(typed).split())
        if not prefix:
            return []
        first = bisect_left(self._keys, prefix)
        last = bisect_left(self._keys, f"{prefix}\U0010ffff")
        found: dict[str, Suggestion] = {}
        for _, number in sorted(self._places[first:last]):
            suggestion = self._all[number]
            found.setdefault(_plain(suggestion.text), suggestion)
            if len(found) == limit:
                break
        return list(found.values())


def _plain(text: str) -> str:
    """A text in small letters, without accents."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char))
