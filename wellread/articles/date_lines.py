"""Lines at the top of a plain text that only date it, in any language: which one says when it was last reviewed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wellread.articles.introductions import ends_sentence
from wellread.articles.outline import asks
from wellread.datatypes import Note
from wellread.text.dates import Days, dated, find_date, may_date
from wellread.text.review_labels import (
    DUE,
    EITHER,
    END,
    ISSUED,
    LEAD,
    NO_REVIEW,
    REVIEWED,
    UPDATED,
    LabelledDate,
    find_label,
    labelled_dates,
    review_line,
)
from wellread.text.review_periods import is_period

_MOST_WORDS = 5
"""Words before the date in a line whose label is not known; with more it is a sentence or a title."""

_LONGEST = 200
"""Characters of such a line, at most: those of the longest title, for it may name the text too."""

_COLON = re.compile(r"[^\s\d]\s*[:：]")
"""Behind a word, which a vowel of an Indian or Thai script may end, and no hour."""
_WORD = r"[^\s\d.,:;!?/()_]{2,20}"
_SHAPE = re.compile(
    rf"\d{{1,2}}\.?\s+(?:{_WORD}\s+)?(?:\d{{1,2}}|{_WORD}\.?)\s+(?:{_WORD}\s+)?\d{{4}}(?!\d)"
    rf"|(?<!\d)\d{{4}}[.,]?\s+{_WORD}\.?\s+\d{{1,2}}(?!\d)"
)
"""What looks like a date whose month is not known: "20. marraskuuta 2025", "2025. augusztus 20."."""

_LONGEST_PRINTED = 150
"""Characters of a line that prints a review date, at most."""
_BEFORE_DAY, _BEHIND_DAY = 25, 40
"""Characters in it between the label and the year, at most, and behind it: of the person who reviewed."""
_YEAR_OR_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?<=\w)\s?['’]\d\d(?!\w)")
_OTHER_WORDS = re.compile(r"[.!?,;|·•–—]\s+|\s[-/]\s|[。！？।۔]\s*")
"""What ends the words before a label: "Call 999. Last reviewed: May 2024"."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that dates a text: what it says ("last reviewed", "review date" …; "" if not known) and where.

    `value` is the date as written; `by_period` tells that it is known by its distance from another, not by its words.
    """

    kind: str
    value: str
    text: str
    line: int
    by_period: bool = False

    @property
    def detail(self) -> str:
        """The detail that the date gives: an update counts as a review."""
        return REVIEWED if self.kind == UPDATED else self.kind


@dataclass(frozen=True, slots=True)
class Dates:
    """The details that date lines give, by key, those that are kept as they are, and notes on both."""

    details: dict[str, tuple[str, int]]
    kept: tuple[DateLine, ...]
    notes: tuple[Note, ...]


def read_date_line(text: str, line: int) -> DateLine | None:
    """Read a line that says a date and before it only what it is; None for any other.

    >>> read_date_line("Tagged: 20.11.2025", 2)
    DateLine(kind='', value='20.11.2025', text='Tagged: 20.11.2025', line=2, by_period=False)
    >>> read_date_line("The outbreak of March 2020", 1)
    """
    if len(text) > _LONGEST:
        return None
    if known := review_line(text):
        return DateLine(*known, text, line)
    place = dated(text)
    shape = _SHAPE.search(text) if place is None else None
    begin, end = place or (shape.span() if shape else (0, 0))
    before = text[:begin].strip(" (")
    if (
        not end
        or not END.fullmatch(text[end:])
        or len(before.split()) > _MOST_WORDS
        or re.search(r"[.!?。](?:\s|$)|\d", before)
    ):
        return None
    label = find_label(text, 0, begin)
    if label is not None and not LEAD.fullmatch(text[: label.start]):  # "Never for babies, reviewed: 3 May 2024"
        return None
    days = find_date(text)
    whole = re.match(r"\d{1,2}\.\s", text[begin:end]) if shape else not (days and days.first != days.last)
    certain = whole or before.endswith((":", "："))
    return DateLine("", text[begin:end], text, line) if certain else None


def read_date_lines(text: str, line: int) -> tuple[DateLine, ...]:
    """Read a line that says one date and what it is, as `read_date_line` does, or several; () for any other.

    Of several each has a label that is known, or a colon behind it. A line with other words before its date is none:
    it may be a warning, "Call 999. Last reviewed: May 2024".

    >>> [(one.kind, one.value) for one in read_date_lines("Reviewed: 2025-03-08 | Next review: 2027-03-08", 2)]
    [('last reviewed', '2025-03-08'), ('next review', '2027-03-08')]
    """
    if only := read_date_line(text, line):
        return (only,)
    pieces = [one.text for one in labelled_dates(text)] if len(text) <= _LONGEST else []
    if len(pieces) < 2 or not END.fullmatch(text.rpartition(pieces[-1])[2]):
        return ()
    days = [day for piece in pieces if (day := _piece(piece, line))]
    return tuple(days) if len(days) == len(pieces) else ()


def _piece(piece: str, line: int) -> DateLine | None:
    """Read a part of a line that has one date; "Published May 2023" needs no colon."""
    day = read_date_line(piece, line)
    if day and (day.kind or _COLON.search(piece)):
        return day
    place = dated(piece) if ISSUED.match(piece) and len(piece.split()) <= _MOST_WORDS else None
    return DateLine("", piece[slice(*place)], piece, line) if place and END.fullmatch(piece[place[1] :]) else None


def dates_beside_text(text: str, line: int, language: str) -> tuple[DateLine, ...]:
    """Read the reviews that a line says beside other things, which stays where it is, for it may be a warning.

    >>> [(one.kind, one.value) for one in dates_beside_text("Owner: ward 3. Next review: 2027-12-01.", 9, "en")]
    [('next review', '2027-12-01')]
    """
    if not prints_review(text):
        return ()
    sure = [one for one in labelled_dates(text, language) if one.only and one.days and one.kind in (REVIEWED, DUE)]
    places = [(one, place) for one in sure if (place := dated(one.text))]
    return tuple(DateLine(one.kind, one.text[slice(*place)], one.text, line) for one, place in places)


def prints_review(text: str) -> bool:
    """Tell whether a line says when it was reviewed or updated, in any language, after other words or without any.

    >>> prints_review("Call 999. Last reviewed: May 2024"), prints_review("Dr A. Smith, reviewed 3 May 2024")
    (True, True)
    >>> prints_review("The rules were reviewed in 2024."), prints_review("Reviewed by many who wrote to us in 2024.")
    (False, False)
    """
    if len(text) >= _LONGEST_PRINTED or not may_date(text):
        return False
    if review_line(text):
        return True
    dates = list(labelled_dates(text))
    said = any(one.only and one.days and one.kind in (REVIEWED, DUE) for one in dates[:-1])
    if dates and (said or _is_last_label(dates)) and END.fullmatch(text.rpartition(dates[-1].text)[2]):
        return True
    day = _YEAR_OR_DAY.search(text)
    label = find_label(text, 0, day.start()) if day else None
    if day is None or label is None or day.start() - label.end > _BEFORE_DAY:
        return False
    before = text[: label.start]
    if LEAD.fullmatch(before):
        return len(text) - day.end() <= _BEHIND_DAY
    return LEAD.fullmatch(_OTHER_WORDS.split(before)[-1]) is not None and END.fullmatch(text[day.end() :]) is not None


def _is_last_label(dates: Sequence[LabelledDate]) -> bool:
    """Tell whether the last date of a line has a label that is known; an update may be of a guideline that it names."""
    *others, last = dates
    of_another = last.kind == UPDATED and not all(one.kind or ISSUED.match(one.text) for one in others)
    return last.only and last.kind != "" and not of_another


def may_follow(text: str) -> bool:
    """Tell whether a line may be the title below a date line of unknown label: a short one, and no sentence."""
    return not ends_sentence(text) or asks(text)


def settle(lines: Sequence[DateLine], language: str, own: Mapping[str, tuple[str, int]]) -> Dates:
    """Tell what date lines say; an update counts as a review, with a note, where no line names one.

    `own` are the article's lines "Last reviewed:" and "Next review:", which count before any other; of other lines the
    first counts. A line that says the same with another day is noted.
    """
    lines = settle_either(lines, language)
    reviewed = "last reviewed" in own
    details: dict[str, tuple[str, int]] = {}
    kept: list[DateLine] = []
    notes: list[Note] = []
    named = {one.kind for one in lines if find_date(one.value, language)}
    for one in lines:
        days = find_date(one.value, language)
        key = "" if one.kind == EITHER else one.detail
        first = details.get(key) or own.get(key)
        taken = first is not None
        weaker = one.kind == "updated" and "last reviewed" in named
        if key and days and not taken and not weaker:
            details[key] = (one.value, one.line)
            if one.by_period:
                message = f'the next review is from "{one.text}", whole years after the last'
                remedy = 'write into the line what it is: "Next review", or another date'
                notes.append(Note(one.line, "printed-date", message, remedy))
            if one.kind == "updated":
                remedy = 'correct it if the text was not reviewed then: write "Last reviewed: YYYY-MM-DD" in its place'
                notes.append(Note(one.line, "printed-date", f'the last review is from "{one.text}"', remedy))
            continue
        kept.append(one)
        other = find_date(first[0], language) if first and one.kind == key else None
        if days and other and days != other:
            message = f'"{one.text}" says another day of the {key} than line {first[1] if first else 0}, which counts'
            notes.append(Note(one.line, "printed-date", message, "keep the line that is right, and delete the other"))
        if not (taken or weaker or reviewed or NO_REVIEW.match(one.text)):
            notes.append(_may_say(one, days))
    return Dates(details, tuple(kept), tuple(notes))


def settle_either(lines: Sequence[DateLine], language: str) -> list[DateLine]:
    """Make next reviews of dates behind that of a review or of the issue.

    Each "review date" is one that is later, and each date of unknown words that is whole years later.
    """
    days = {one: find_date(one.value, language) for one in lines}
    earlier = [one for one in lines if one.detail == REVIEWED or (not one.kind and ISSUED.match(one.text))]
    known = [day for one in earlier if (day := days[one])]
    settled = []
    for one in lines:
        day = days[one]
        if day and one.kind == EITHER and any(first.last < day.first for first in known):
            one = replace(one, kind=DUE)
        elif day and not one.kind and not NO_REVIEW.match(one.text) and any(is_period(first, day) for first in known):
            one = replace(one, kind=DUE, by_period=True)
        settled.append(one)
    return settled


def _may_say(one: DateLine, days: Days | None) -> Note:
    """A note on a line whose date is not read."""
    written = str(days.first) if days else "YYYY-MM-DD"
    if one.kind == EITHER:
        message = f'the line "{one.text}" may say when this was reviewed, or when it must be again'
        following = str(days.last) if days else "YYYY-MM-DD"
        remedy = f'write "Last reviewed: {written}" or "Next review: {following}"'
    elif one.kind == DUE:
        message = f'the line "{one.text}" may say when the next review is due'
        remedy = f'if it does, write "Next review: {written}"'
    else:
        message = f'the line "{one.text}" may say when this was reviewed'
        remedy = f'if it does, write "Last reviewed: {written}"'
    return Note(one.line, "printed-date", message, remedy)
