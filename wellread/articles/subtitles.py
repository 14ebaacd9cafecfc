"""Finds the lines below the title of a plain text that belong to it: its translation, for whom the text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellread.articles.bare_lists import is_section_name
from wellread.articles.introductions import COLONS
from wellread.articles.lettering import shouts
from wellread.articles.lines import Unit
from wellread.articles.outline import announces_faq, asks

_MAX_SUBTITLES, _LEAST_WORDS = 3, 3
"""Lines below the title that belong to it, at most, and words of an only one, at least: fewer may name a section."""


def count_subtitles(units: Sequence[Unit], levels: Mapping[int, int]) -> int:
    """Count the lines below the title that belong to it, as its translation and the name of an organisation do.

    They stand above a blank line, and all headings of the article below one.
    """
    end = next((at for at in range(len(units)) if at not in levels or (at and units[at].gap)), 0)
    others = [at for at in levels if at >= end]
    named = any(asks(unit.text) or unit.underline or is_section_name(unit.text) for unit in units[:end])
    named = named or (end == 1 and len(units[0].text.split()) < _LEAST_WORDS)
    apart = 0 < end <= _MAX_SUBTITLES and all(units[at].gap for at in (end, *others))
    return end if apart and len(others) > 1 and not named else 0


def is_subtitle(units: Sequence[Unit], levels: Mapping[int, int]) -> bool:
    """Tell whether the first line would be a heading without a text, above another of its level, and names no section.

    "Information for parents" below the title belongs to it.
    """
    if 0 not in levels or levels.get(1) != levels[0]:
        return False
    first = units[0]
    named = asks(first.text) or first.underline or first.marker or is_section_name(first.text)
    return not (named or announces_faq(first.text) or first.text.endswith(COLONS)) and not (
        len(first.text.split()) < _LEAST_WORDS or shouts(first.text)
    )
