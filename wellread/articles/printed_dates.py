"""Takes the review dates out of the text of a Markdown article that prints them above its text or at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from wellread.articles.date_lines import DateLine, read_date_lines, settle
from wellread.articles.details import Place, read_day
from wellread.articles.introductions import ends_sentence
from wellread.articles.marktext import quoted
from wellread.articles.outline import Details, Heading
from wellread.datatypes import Block, Note
from wellread.text.dates import find_date

_LAST = 3
"""Blocks at the end of an article among which a line may date it: the date, a version, a copyright."""
_KINDS = ("last reviewed", "next review", "updated")
_PROPERTY = re.compile(r"(?P<label>[^:：|]{1,40}?)\s*[:：|]\s*(?P<value>\S.*)")
_MOST_WORDS = 12
"""Words of a property's value at most, as in imported pages; a longer one says something."""
_TELEPHONE = re.compile(r"(?:\d[\s().-]*){3,}")

Parts = list[Heading | Block]


def take_dates(details: Details, parts: Parts) -> tuple[Details, Parts, tuple[Note, ...]]:
    """Return the details with the dates that lines of the text say, the parts without these lines, and notes.

    A line must say nothing but dates whose labels are known. Properties that stand around one, above the first
    sentence ("Owner: Ward 3", "Status: Published"), go with it and are named. Where the front matter gives a date,
    the text keeps its own.
    """
    if details.last_reviewed or details.next_review:
        return details, parts, ()
    top = list(takewhile(lambda part: isinstance(part, Block), parts))
    places = dict.fromkeys([*range(len(top)), *range(max(len(parts) - _LAST, len(top)), len(parts))])
    found = {at: days for at in places if (days := _dates(parts[at], details.language))}
    dates = settle([day for days in found.values() for day in days], details.language, {})
    if not dates.details:
        return details, parts, ()
    kept = {day.line for day in dates.kept}
    taken = {at for at in found if parts[at].line not in kept}
    around = _properties([part for part in top if isinstance(part, Block)], taken)
    notes = list(dates.notes)
    for at in sorted(around):
        message = f'"{quoted(parts[at].text)}" is left out: it stands with the date of the review above the text'
        notes.append(Note(parts[at].line, "property", message, "write it below the first sentence if readers need it"))

    def day(key: str) -> date | None:
        value, line = dates.details.get(key, ("", 0))
        return read_day(value, key, Place("", line, details.language)) if value else None

    details = replace(details, last_reviewed=day("last reviewed"), next_review=day("next review"))
    return details, [part for at, part in enumerate(parts) if at not in taken | around], tuple(notes)


def _dates(part: Heading | Block, language: str) -> tuple[DateLine, ...]:
    if not isinstance(part, Block) or part.type == "item":
        return ()
    text = ": ".join(cell.rstrip(" :：") for cell in part.cells) if len(part.cells) == 2 else part.text
    days = read_date_lines(text, part.line)
    return days if all(day.kind in _KINDS and find_date(day.value, language) for day in days) else ()


def _properties(top: Sequence[Block], dated: set[int]) -> set[int]:
    """Return the places of the properties that stand around a date, right below the title, but no telephone number."""
    lines = list(takewhile(lambda block: block.type != "item" and _is_property(block), top))
    if not any(at in dated for at in range(len(lines))):
        return set()
    return {at for at, block in enumerate(lines) if at not in dated and not _TELEPHONE.search(block.text)}


def _is_property(block: Block) -> bool:
    found = _PROPERTY.fullmatch(block.text)
    whole = found is not None and len(found["value"].split()) <= _MOST_WORDS and not ends_sentence(found["value"])
    return whole if not block.cells else len(block.cells) == 2 and (whole or not all(block.cells))
