"""Finds in any file when it was last reviewed and is due again: lines such as "Last reviewed: March 2024"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wellread.importing.left_out import LeftOut
from wellread.importing.tree import HEADINGS, first_inside, nearest_around, text_of
from wellread.text.dates import Days, find_date, find_dates, is_date, read_date
from wellread.text.review_labels import DUE, EITHER, REVIEWED, UPDATED, LabelledDate, find_label, labelled_dates

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_LINE = 16
"""Words of a line that says when a text was reviewed, at most; a longer one says more."""

_MAX_LABEL = 5
"""Words of a line that only says what the date in the next line is."""

_MAX_UNKNOWN = 3
"""Dates whose label is not known that are told of, at most: the first of a page, and no list of events."""

_LEAST_BEFORE = 3
"""Words before a date from which on they are a sentence if they end as one: "Do not drive." has 3, "Version 3." 2."""

_SENTENCE_END = re.compile(r"[.!?…؟]\s+|[。।]\s*")

_LEAST_SENTENCE = 5
"""Words behind the date from which on they are a sentence if they end as one: "Call 112 if it bleeds." has 5."""

_BREAK = ""
"""Stands between two cells of a table, so that the label of one is not read with the date of the next."""

Line = tuple[str, tuple[str, ...]]
"""A line with its label, and the lines of the file that it is made of."""


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
    return found.read([*_labelled(_short_lines(body)), *_of_tables(body)])


def dates_of_text(text: Tag, beside: Tag, lines: Sequence[str], reading: Reading) -> ReviewDates:
    """Find the dates in a document, in what stands `beside` its text, such as a footer, and in lines of such."""
    written = [*_short_lines(text), _BREAK, *_short_lines(beside), _BREAK, *lines]
    return _Found(reading).read([*_labelled(written), *_of_tables(text), *_of_tables(beside)])


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
    updated: tuple[date, str, tuple[str, ...]] | None = None
    either: tuple[Days, str, tuple[str, ...]] | None = None
    unknown: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, lines: Iterable[Line]) -> ReviewDates:
        for line, places in lines:
            dates = list(labelled_dates(line, self.reading.language))
            told_before = _says_something_before(line, self.reading.language)
            places = () if told_before or _says_more(line, self.reading.language) else places
            if not dates and re.search(r"\d{4}", line) and find_label(line):
                self._unsure(line)
            for at, one in enumerate(dates):
                self._date(one, None if told_before and at == 0 else places)
        if self.reviewed is None and self.updated is not None:
            self.reviewed, piece, places = self.updated
            self._take(f'last_reviewed is from "{piece}": correct it if the text was not reviewed then', places)
        if self.either is not None:
            self._settle_either(*self.either)
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

    def _date(self, one: LabelledDate, places: tuple[str, ...] | None) -> None:
        piece, days = one.text, one.days
        # A sentence stays: "The plan was updated on 3 May 2024 after deaths."
        places = (*places, piece) if one.only and places is not None else ()
        if not one.kind:
            label = piece.partition(":")[0]
            plain = len(label.split()) <= _MAX_LABEL and find_date(label) is None and not _SENTENCE_END.search(label)
            if days and ":" in piece and plain:
                self.unknown.append(piece)
        elif days is None:
            self._unsure(piece)
        elif days.first != days.last and not one.only:
            return  # a sentence about something else: "The rules changed in March 2024"
        elif one.kind == EITHER or (one.kind == REVIEWED and self._is_to_come(days.first)):
            self.either = self.either or (days, piece, places)
        elif one.kind == DUE:
            self._set_due(days, piece, places)
        elif one.kind == REVIEWED and self.reviewed is None:
            self.reviewed = days.first
            self._take(f'last_reviewed is from "{piece}"{_month(days, days.first)}', places)
        elif one.kind == UPDATED and self.updated is None:
            self.updated = (days.first, piece, places)

    def _settle_either(self, days: Days, piece: str, places: tuple[str, ...]) -> None:
        day = days.last
        if self.due is None and self._is_to_come(day):
            self.due = day
            self._take(f'next_review is from "{piece}", a date to come{_month(days, day)}', places)
        elif self.due is None and self.reviewed is not None and day > self.reviewed:
            self.due = day
            self._take(f'next_review is from "{piece}", a date after the last review{_month(days, day)}', places)
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


def _says_more(line: str, language: str) -> bool:
    """Tell whether a sentence stands behind the last date of a line: "Reviewed: 3 May 2025. Call 112 if it bleeds."."""
    end = max((one.end for one in find_dates(line, language)), default=len(line))
    return len(line[end:].split()) >= _LEAST_SENTENCE and line.endswith((".", "!", "?", "…", "。", "।", "؟"))


def _says_something_before(line: str, language: str) -> bool:
    """Tell whether a sentence stands before the first date of a line: "Do not drive. Last reviewed: 3 May 2025"."""
    start = min((one.start for one in find_dates(line, language)), default=0)
    label = find_label(line, 0, start)
    *sentences, _ = _SENTENCE_END.split(line[: label.start if label else start])
    return any(len(sentence.split()) >= _LEAST_BEFORE for sentence in sentences)


def _month(days: Days, day: date) -> str:
    return "" if days.first == days.last else f": no day is given, it counts as {day}"


def _labelled(lines: Iterable[str]) -> Iterator[Line]:
    """Each line with the lines that it is made of: a label, "Stand", is put before the date in the next line."""
    seen: set[str] = set()  # a line that stands there twice counts where it stands first
    written = []
    for line in lines:
        if line == _BREAK or line not in seen:
            written.append(line)
            seen.add(line)
    for line, below in pairwise([*written, _BREAK]):
        if re.search(r"\d", line) is None:
            label = f"{line.rstrip(' :')}: "
            if len(line.split()) <= _MAX_LABEL and is_date(below) and find_label(f"{label}{below}", 0, len(label)):
                yield f"{label}{below}", (line, below)
        else:
            yield line, (line,)


def _of_tables(text: Tag) -> Iterator[Line]:
    """The dates in cells of tables, each with its label: the cell before it, or else the head of its column."""
    for table in text.find_all("table"):
        heads: dict[int, str] = {}  # by column, the nearest words above
        for row in table.find_all("tr"):
            if nearest_around(row, ("table",)) is not table:
                continue
            before = ""
            for column, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
                words = text_of(cell)
                if is_date(words.removeprefix("@")):  # as Notion marks dates
                    above = heads.get(column, "")
                    label = next((one for one in (before, above) if one and find_label(f"{one}:")), "")
                    if label:
                        yield f"{label.rstrip(' :')}: {words}", (before, words) if label == before else ()
                else:
                    heads[column] = words
                before = words


def _short_lines(body: Tag) -> Iterator[str]:
    names = ["p", "div", "span", "time", "li", "dt", "dd", "td", "th", "small", "em", "footer", *HEADINGS]
    cell: Tag | None = None
    for tag in body.find_all(names):
        if first_inside(tag, ("p", "div", "li", *HEADINGS)) is None:
            words = text_of(tag)
            around = tag if tag.name in ("td", "th") else nearest_around(tag, ("td", "th"))
            if around is not cell:
                yield _BREAK
                cell = around
            if words and _is_short(words):
                yield words


def _is_short(line: str) -> bool:
    """Tell whether a line has few words, for each date that it says: footers say a whole row of them."""
    count = len(line.split())
    return count <= _MAX_LINE or (count <= 5 * _MAX_LINE and count <= _MAX_LINE * sum(1 for _ in find_dates(line)))


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
