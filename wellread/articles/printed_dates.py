"""Takes the review dates out of the text of a Markdown article that prints them above its text or at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, takewhile

from wellread.articles.date_lines import DateLine, dates_beside_text, read_date_lines, settle, settle_either
from wellread.articles.details import Place, read_day
from wellread.articles.outline import Details, Heading
from wellread.datatypes import Block, Note
from wellread.text.dates import find_date
from wellread.text.review_labels import DUE, ISSUED, REVIEWED, UPDATED

_LAST = 3
"""Blocks at the end of an article among which a line may date it: the date, a version, a copyright."""

Parts = list[Heading | Block]


def take_dates(details: Details, parts: Parts) -> tuple[Details, Parts, tuple[Note, ...]]:
    """Return the details with the dates that lines of the text say, the parts without these lines, and notes.

    A line that says nothing but dates whose labels are known is taken out; one that says more beside a review stays,
    and so does one that is known by its distance from the review alone. Where the front matter gives a date, the text
    keeps its own, but for the date of an update: that of a review in the text counts more. Beside a last review in the
    front matter the text gives the next one, where it does not say another last one.
    """
    if details.next_review:
        return details, parts, ()
    top = list(takewhile(lambda part: isinstance(part, Block), parts))
    places = dict.fromkeys([*range(len(top)), *range(max(len(parts) - _LAST, len(top)), len(parts))])
    lines = {at: _lines(parts[at]) for at in places}
    settled = iter(settle_either([day for days in lines.values() for day in days], details.language))
    read = {at: [*islice(settled, len(lines[at]))] for at in places}
    found = {at: days for at, days in read.items() if _are_sure(days, details.language)}
    beside = [day for at in places if not lines[at] for day in _beside_text(parts[at], details.language)]
    dates = settle([*(day for days in found.values() for day in days), *beside], details.language, {})
    own = details.last_reviewed if not details.update_line else None
    reviews = (DUE,) if own else (REVIEWED, DUE) if details.update_line else (REVIEWED, DUE, UPDATED)
    if not any(day.kind in reviews for days in (*found.values(), beside) for day in days) or not dates.details:
        return details, parts, ()
    kept = {day.line for day in dates.kept}
    taken = {at for at, days in found.items() if parts[at].line not in kept and not any(day.by_period for day in days)}

    def day(key: str) -> date | None:
        value, line = dates.details.get(key, ("", 0))
        return read_day(value, key, Place("", line, details.language)) if value else None

    reviewed = day(REVIEWED)
    if own and reviewed not in (None, own):
        return details, parts, ()
    if reviewed:
        details = replace(details, last_reviewed=reviewed, update_line=0)
    details = replace(details, next_review=day(DUE))
    return details, [part for at, part in enumerate(parts) if at not in taken], dates.notes


def _lines(part: Heading | Block) -> tuple[DateLine, ...]:
    if not isinstance(part, Block) or part.type == "item":
        return ()
    text = ": ".join(cell.rstrip(" :：") for cell in part.cells) if len(part.cells) == 2 else part.text
    return read_date_lines(text, part.line)


def _beside_text(part: Heading | Block, language: str) -> tuple[DateLine, ...]:
    is_text = isinstance(part, Block) and part.type == "paragraph"
    return dates_beside_text(part.text, part.line, language) if is_text else ()


def _are_sure(days: Sequence[DateLine], language: str) -> bool:
    return all((day.kind or ISSUED.match(day.text)) and find_date(day.value, language) for day in days) and bool(days)
