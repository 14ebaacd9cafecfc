"""Finds in any file when it was last reviewed and is due again: lines such as "Last reviewed: March 2024"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from wellread.importing.left_out import LeftOut
from wellread.importing.tree import HEADINGS, first_inside, text_of
from wellread.text.dates import Days, find_date, read_date
from wellread.text.review_labels import DUE, EITHER, LEAD, REVIEWED, UPDATED

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_LINE = 16
"""Words of a line that says when a text was reviewed, at most; a longer one says more."""

_MAX_LABEL = 5
"""Words of a line that only says what the date in the next line is."""


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


def dates_of_page(page: BeautifulSoup, language: str) -> ReviewDates:
    """Find a page's dates in its data about itself (JSON-LD), and in its lines."""
    found = _Found(language)
    for data in _json_ld(page):
        if found.reviewed is None and (days := read_date(str(data.get("lastReviewed") or "").partition("T")[0])):
            found.reviewed = days.first
            found.notes.append(f'last_reviewed is "lastReviewed" of the page\'s own data: {days.first}')
    return found.read(list(_short_lines(page)))


def dates_of_text(text: Tag, beside: Iterable[str] = ()) -> ReviewDates:
    """Find the dates in the lines of a document, and in what stands `beside` its text, such as a footer."""
    return _Found("").read([*_short_lines(text), *beside])


def take_date_lines(text: Tag, lines: Sequence[str]) -> list[LeftOut]:
    """Take out lines that only say what the front matter says now."""
    left_out = []
    for tag in text.find_all(["p", "div", "li", "span", "time", "dt", "dd", "td", "small", "em", "i", *HEADINGS]):
        if not tag.decomposed and (words := text_of(tag)) in lines:
            left_out.append(LeftOut("date line", words))
            tag.decompose()
    return left_out


@dataclass(slots=True)
class _Found:
    """The dates of one text, as its lines are read.

    A month without a day counts from its first day for the last review, and to its last day for the next. A date of an
    update counts as a review where the text names none, with a note; a date that can be read in two ways only gives a
    note.
    """

    language: str
    reviewed: date | None = None
    due: date | None = None
    updated: tuple[date, str, tuple[str, ...]] | None = None
    either: tuple[date, str, tuple[str, ...]] | None = None
    taken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, lines: Sequence[str]) -> ReviewDates:
        for line, places in _labelled(lines):
            for piece in re.split(r"(?<=\d{4})[\s|,;.·–-]+(?=\D)", line):
                self._piece(piece, places)
        if self.reviewed is None and self.updated is not None:
            self.reviewed, piece, places = self.updated
            self._take(f'last_reviewed is from "{piece}": correct it if the text was not reviewed then', places)
        if self.either is not None:
            day, piece, places = self.either
            if self.due is None and self.reviewed is not None and day > self.reviewed:
                self.due = day
                self._take(f'next_review is from "{piece}", a date after the last review', places)
            else:
                self._unsure(piece)
        if self.reviewed and self.due and self.due < self.reviewed:
            self.notes.append(
                f"the next review, {self.due}, lies before the last one, {self.reviewed}: it was left out"
            )
            self.due = None
        return ReviewDates(self.reviewed, self.due, tuple(dict.fromkeys(self.taken)), tuple(dict.fromkeys(self.notes)))

    def _piece(self, piece: str, places: tuple[str, ...]) -> None:
        due, last = DUE.search(piece), REVIEWED.search(piece)
        either = None if due else EITHER.search(piece)
        key = due or either or last or UPDATED.search(piece)
        if key is None:
            return
        days = find_date(piece, self.language)
        if days is None:
            if re.search(r"\d{4}", piece):
                self._unsure(piece)
        elif days.first != days.last and not LEAD.fullmatch(_after_other_things(piece[: key.start()])):
            return  # a sentence about something else: "The rules changed in March 2024"
        elif either:
            self.either = self.either or (days.last, piece, places)
        elif due:
            self._set_due(days, piece, places)
        elif last and self.reviewed is None:
            self.reviewed = days.first
            self._take(f'last_reviewed is from "{piece}"{_month(days, days.first)}', places)
        elif not last and self.updated is None:
            self.updated = (days.first, piece, places)

    def _set_due(self, days: Days, piece: str, places: tuple[str, ...]) -> None:
        if self.due is None:
            self.due = days.last
            self._take(f'next_review is from "{piece}"{_month(days, days.last)}', places)

    def _take(self, note: str, places: tuple[str, ...]) -> None:
        self.taken += places
        self.notes.append(note)

    def _unsure(self, piece: str) -> None:
        self.notes.append(f'the page says "{piece}": if a review is meant, write it into the front matter')


def _after_other_things(before: str) -> str:
    """What stands directly before a label, without what a footer says before that: "Leaflet PR/07. Last"."""
    return re.split(r"(?<=\w)[.;|·•–—]\s+|(?<=\d),\s+|\s[-–—|·•/]\s", before)[-1]


def _month(days: Days, day: date) -> str:
    return "" if days.first == days.last else f": no day is given, it counts as {day}"


def _labelled(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line with the lines that it is made of: a label, "Stand", is put before the date in the next line."""
    for line, below in pairwise([*dict.fromkeys(lines), ""]):
        if re.search(r"\d", line) is None:
            label = f"{line.rstrip(' :')}: "
            named = DUE.search(label) or REVIEWED.search(label) or UPDATED.search(label) or EITHER.search(label)
            if len(line.split()) <= _MAX_LABEL and named and read_date(below):
                yield f"{label}{below}", (line, below)
        else:
            yield line, (line,)


def _short_lines(page: Tag) -> Iterator[str]:
    body = getattr(page, "body", None) or page
    names = ["p", "div", "span", "time", "li", "dt", "dd", "td", "small", "em", "footer", *HEADINGS]
    for tag in body.find_all(names):
        if first_inside(tag, ("p", "div", "li", *HEADINGS)) is None:
            words = text_of(tag)
            if words and len(words.split()) <= _MAX_LINE:
                yield words


def _json_ld(page: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """The objects of the page's data about itself; what cannot be read is passed over: no words are lost with it."""
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
