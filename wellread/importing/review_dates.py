"""Finds in any file when it was last reviewed and is due again: lines such as "Last reviewed: March 2024"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wellread.importing.around_dates import (
    SENTENCE_END,
    MarkedDate,
    goes_on,
    has_contact,
    mark,
    says_more,
    says_something_before,
)
from wellread.importing.dated_lines import BREAK, MAX_LABEL, Line, labelled, of_tables, short_lines
from wellread.importing.left_out import LeftOut
from wellread.importing.tree import HEADINGS, nearest_around, text_of
from wellread.text.dates import Days, find_date, read_date
from wellread.text.review_labels import (
    DUE,
    EITHER,
    ISSUED,
    LEAD,
    REVIEWED,
    UPDATED,
    LabelledDate,
    find_label,
    labelled_dates,
)
from wellread.text.review_periods import is_period

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MOST_UNKNOWN = 7
"""Words of a date at most that is not known and goes with a line about the review: "Version 3 of May 2024"."""
_MAX_UNKNOWN = 3
"""Dates whose label is not known that are told of, at most: the first of a page, and no list of events."""

_UNREAD = re.compile(r"\d{4}|[:：]\s*\d{1,2}[./-]\d{2}\s*$")
"""What may be a date behind a label, and is not read as one: a year, "08/28"."""

_YEARS_AROUND = 15, 6
"""Years before today and after it of a date that may be of a review: a day of birth is none."""


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """When a text was last reviewed and is due again, the lines that say nothing else, and notes of their origin."""

    last_reviewed: date | None
    next_review: date | None
    lines: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """The dates that were found, as the front matter has them."""
        found = {"last_reviewed": self.last_reviewed, "next_review": self.next_review}
        return tuple((key, str(day)) for key, day in found.items() if day)


@dataclass(frozen=True, slots=True)
class Reading:
    """How dates are read: in which language, and on which day, or None where that must not matter."""

    language: str = ""
    today: date | None = None


def dates_of_page(page: BeautifulSoup, data_of_page: Iterable[Mapping[str, Any]], reading: Reading) -> ReviewDates:
    """Find a page's dates in its data about itself, as `data_of` reads it, and in its lines."""
    found = _Found(reading)
    for data in data_of_page:
        if found.reviewed is None and (days := read_date(str(data.get("lastReviewed") or "").partition("T")[0])):
            found.reviewed = days.first
            found.notes.append(f'last_reviewed is "lastReviewed" of the page\'s own data: {days.first}')
    body = page.body or page
    return found.read([*labelled(short_lines(body)), *of_tables(body)])


def dates_of_text(text: Tag, beside: Tag, lines: Sequence[str], reading: Reading) -> ReviewDates:
    """Find the dates in a document, in what stands `beside` its text, such as a footer, and in lines of such."""
    written = [*short_lines(text), BREAK, *short_lines(beside), BREAK, *lines]
    return _Found(reading).read([*labelled(written), *of_tables(text), *of_tables(beside)])


def take_date_lines(text: Tag, lines: Sequence[str]) -> list[LeftOut]:
    """Take out lines, and whole rows of tables, that only say what the front matter says now."""
    left_out = []
    for row in text.find_all("tr"):
        cells = [words for cell in row.find_all(["td", "th"]) if (words := text_of(cell))]
        if cells and all(_says_only(cell, lines) for cell in cells):
            left_out.append(LeftOut("date line", " ".join(cells)))
            table = nearest_around(row, ("table",))
            row.decompose()
            if table is not None and not text_of(table):
                table.decompose()
    for tag in text.find_all(["p", "div", "li", "span", "time", "dt", "dd", "small", "em", "i", *HEADINGS]):
        if not tag.decomposed and _says_only(words := text_of(tag), lines) and not _fills_cell(tag, words):
            left_out.append(LeftOut("date line", words))
            tag.decompose()
    return left_out


def _says_only(words: str, lines: Sequence[str]) -> bool:
    """Tell whether words are one of the lines, or several with nothing but signs between them: "Stand: … | Next: …"."""
    rest = words
    for line in sorted(filter(None, lines), key=len, reverse=True):
        rest = rest.replace(line, " ")
    return rest != words and not any(map(str.isalnum, rest))


def _fills_cell(tag: Tag, words: str) -> bool:
    """Tell whether words are all that stands in a cell, which would be empty without them."""
    cell = nearest_around(tag, ("td", "th"))
    return cell is not None and text_of(cell) == words


@dataclass(slots=True)
class _Found:
    """The dates of one text, as its lines are read.

    A month without a day counts from its first day for the last review, and to its last day for the next. A date of an
    update counts as a review where the text names none, with a note; a date that can be read in two ways only gives a
    note. A review in the future is the next one.
    """

    reading: Reading
    reviewed: date | None = None
    due: date | None = None
    issued: date | None = None
    updated: tuple[date, str, tuple[str, ...]] | None = None
    either: tuple[Days, str, tuple[str, ...]] | None = None
    unknown: list[str] = field(default_factory=list)
    marked: list[MarkedDate] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, lines: Iterable[Line]) -> ReviewDates:
        for number, (line, places) in enumerate(lines):
            dates = list(labelled_dates(line, self.reading.language))
            sentence = goes_on(line, self.reading.language)
            told_before = says_something_before(line, self.reading.language)
            more = told_before or says_more(line, self.reading.language) or has_contact(line)
            more = more or any(not one.kind and len(one.text.split()) > _MOST_UNKNOWN for one in dates)
            places = () if more else places
            if not dates and _may_say(line):
                self._unsure(line)
            # "Guideline 95, published in May 2010, updated in June 2016"
            of_another = any(not (one.kind or ":" in one.text or ISSUED.match(one.text)) for one in dates[:-1])
            for at, one in enumerate(dates):
                if marked := mark(number, line, one):
                    self.marked.append(marked)
                if one.kind == UPDATED and of_another:
                    self.unknown.append(line)
                    continue
                self._date(one, None if told_before and at == 0 else () if of_another else places, sentence)
        if self.reviewed is None and self.updated is not None:
            self.reviewed, piece, places = self.updated
            self._take(f'last_reviewed is from "{piece}": correct it if the text was not reviewed then', places)
        if self.either is not None:
            self._settle_either(*self.either)
        self._settle_by_period()
        if self.reviewed is None and self.due is None:
            for piece in list(dict.fromkeys(self.unknown))[:_MAX_UNKNOWN]:
                self._unsure(piece)
        self.notes += [_told_of(piece) for piece in self.unsure if not self._is_settled(piece)]
        if self.reviewed and self.due and self.due < self.reviewed:
            self.notes.append(
                f"the next review, {self.due}, lies before the last one, {self.reviewed}: it was left out"
            )
            self.due = None
        return ReviewDates(self.reviewed, self.due, tuple(dict.fromkeys(self.taken)), tuple(dict.fromkeys(self.notes)))

    def _date(self, one: LabelledDate, places: tuple[str, ...] | None, goes_on: bool) -> None:
        piece, days = one.text, one.days
        # A sentence stays: "The plan was updated on 3 May 2024 after deaths."
        places = (*places, piece) if one.only and places is not None and not has_contact(piece) else ()
        if not one.kind:
            if days and ISSUED.match(piece):
                self.issued = self.issued or days.last
            label = piece.partition(":")[0]
            plain = len(label.split()) <= MAX_LABEL and find_date(label) is None and not SENTENCE_END.search(label)
            if days and ":" in piece and plain and self._is_near(days):
                self.unknown.append(piece)
        elif days is None:
            self._unsure(piece)
        elif not one.only and (days.first != days.last or (one.kind == UPDATED and goes_on)):
            return  # a sentence about something else: "The rules changed in March 2024"
        elif one.kind == EITHER or (one.kind != DUE and self._is_to_come(days.first)):
            self.either = self.either or (days, piece, places)
        elif one.kind == DUE:
            self._set_due(days, piece, places)
        elif one.kind == REVIEWED and self.reviewed is None:
            self.reviewed = days.first
            self._take(f'last_reviewed is from "{piece}"{_month(days, days.first)}', places)
        elif one.kind == UPDATED and self.updated is None:
            self.updated = (days.first, piece, places)

    def _settle_by_period(self) -> None:
        """Take two dates that are whole years apart, in a line or in two, as the last and the next review."""
        for one, two in pairwise(self.marked):
            near = two.line == one.line or (one.kind and two.line == one.line + 1)
            if not (one.kind or two.kind):
                if two.line == one.line and two.apart and is_period(one.days, two.days) and self._is_near(two.days):
                    self._unsure(two.text)  # two doses are a year apart too
                continue
            if near and two.kind in ("", one.kind) and self.due is None:
                if is_period(one.days, two.days):
                    self.due = two.days.last
                    how = f'whole years after "{one.text}": correct it if it is another date'
                    self._take(f'next_review is from "{two.text}"{_month(two.days, self.due)}, {how}', ())
                elif two.line == one.line and one.kind and two.days.first > one.days.last and self._is_near(two.days):
                    self._unsure(two.text)
            if not one.kind and two.line == one.line and self.reviewed is None and is_period(one.days, two.days):
                self.reviewed = one.days.first
                how = f'whole years before "{two.text}": correct it if it is another date'
                self._take(f'last_reviewed is from "{one.text}"{_month(one.days, self.reviewed)}, {how}', ())

    def _is_near(self, days: Days) -> bool:
        today = self.reading.today
        return today is None or -_YEARS_AROUND[0] <= days.first.year - today.year <= _YEARS_AROUND[1]

    def _settle_either(self, days: Days, piece: str, places: tuple[str, ...]) -> None:
        day = days.last
        if self.due is None and self._is_to_come(day):
            self.due = day
            self._take(f'next_review is from "{piece}", a date to come{_month(days, day)}', places)
        elif self.due is None and (before := self.reviewed or self.issued) is not None and day > before:
            self.due = day
            what = "the last review" if self.reviewed else "the text was issued"
            self._take(f'next_review is from "{piece}", a date after {what}{_month(days, day)}', places)
        elif day not in (self.due, self.reviewed):
            self._unsure(piece)

    def _is_to_come(self, day: date) -> bool:
        return self.reading.today is not None and day > self.reading.today

    def _set_due(self, days: Days, piece: str, places: tuple[str, ...]) -> None:
        if self.due is None:
            self.due = days.last
            self._take(f'next_review is from "{piece}"{_month(days, days.last)}', places)

    def _take(self, note: str, places: tuple[str, ...]) -> None:
        self.taken += places
        self.notes.append(note)

    def _unsure(self, piece: str) -> None:
        self.unsure.append(piece)

    def _is_settled(self, piece: str) -> bool:
        """Tell whether a date that can be read in two ways, "3/5/2025", is one that another place says for sure."""
        days = [find_date(piece, language) for language in ("en-gb", "en-us")]
        return any(one is not None and one.first in (self.reviewed, self.due) for one in days)


def _told_of(piece: str) -> str:
    return f'the page says "{piece}": if a review is meant, write it into the front matter'


def _may_say(line: str) -> bool:
    """Tell whether a line has a label and behind it what may be a date, though none that is read: "Reviewed 2024"."""
    label = find_label(line)
    return label is not None and bool(LEAD.fullmatch(line[: label.start]) and _UNREAD.search(line, label.end))


def _month(days: Days, day: date) -> str:
    return "" if days.first == days.last else f": no day is given, it counts as {day}"


def data_of(page: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """The objects of a page's data about itself (JSON-LD); what cannot be read is passed over: it has no words."""
    for script in page.find_all("script"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        open_objects = [data]
        while open_objects:
            one = open_objects.pop()
            if isinstance(one, dict):
                yield one
                open_objects += one.get("@graph", []) if isinstance(one.get("@graph"), list) else []
            elif isinstance(one, list):
                open_objects += one
