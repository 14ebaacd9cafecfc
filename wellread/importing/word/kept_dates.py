"""Finds the dates of a review that a Word file keeps as data: in its own properties, and in fields to pick a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

from wellread.errors import WellreadError
from wellread.importing.word.package import Package
from wellread.importing.word.styles import value_of
from wellread.text.dates import is_date
from wellread.text.review_labels import UPDATED, labelled_dates

_NOON = timedelta(hours=12)
"""A day is kept as a midnight somewhere on earth, or as ten in the morning, in UTC: the nearest midnight is meant."""
_MOST_BEFORE = 60
"""Characters before a field that may say which date is picked there, at most: a label has a few words."""
_CENTURY = re.compile(r"\b(?:19|20)\d\d\b")
"""A year of our calendar; the years of others are other figures for the day that was picked."""


def kept_dates(package: Package, stories: Iterable[Element]) -> list[str]:
    """Find lines such as "Review date: 2025-05-03" in the properties, and in the fields of the text and of footers."""
    properties: Element | None = None
    with suppress(WellreadError):  # what only tells of the file need not be whole
        properties = package.file_part("custom-properties")
    kept = [
        *_of_properties(() if properties is None else properties),
        *(line for story in stories for line in _of_fields(story)),
    ]
    return [line for line in dict.fromkeys(kept) if any(one.kind not in ("", UPDATED) for one in labelled_dates(line))]


def _of_properties(properties: Iterable[Element]) -> Iterator[str]:
    for one in properties:
        name = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])|_x0020_|_+", " ", one.get("name", ""))
        day = _day("".join(value.text or "" for value in one))
        if is_date(day):
            yield f"{' '.join(name.split())}: {day}"


def _of_fields(root: Element) -> Iterator[str]:
    for paragraph in root.iter("w_p"):
        before = ""
        for element in paragraph.iter():
            if element.tag == "w_t":
                before = (before + (element.text or ""))[-_MOST_BEFORE:]
            elif element.tag == "w_sdt" and (line := _of_field(element, " ".join(before.split()))):
                yield line
    for row in root.iter("w_tr"):
        for label, cell in pairwise(row.findall("w_tc")):
            words = "".join(one.text or "" for one in label.iter("w_t"))[-_MOST_BEFORE:]
            yield from filter(None, (_of_field(field, words) for field in cell.iter("w_sdt")))
    for field in root.iter("w_sdt"):  # around whole paragraphs or cells
        if line := _of_field(field, ""):
            yield line


def _of_field(field: Element, before: str) -> str:
    date = field.find("w_sdtPr/w_date")
    picked = "" if date is None else date.get("w_fullDate", "")
    label = before or value_of(field, "w_sdtPr/w_alias") or value_of(field, "w_sdtPr/w_tag") or ""
    shown = "".join(one.text or "" for one in field.iter("w_t"))
    return f"{label.rstrip(' :')}: {_day(picked)}" if picked and not _differs(shown, _day(picked)) else ""


def _differs(shown: str, day: str) -> bool:
    """Tell whether a field shows another day in figures than was picked, as a copied text over an old day does."""
    figures = re.findall(r"\d+", shown)
    gregorian = len(figures) == 3 and _CENTURY.search(shown) is not None
    return gregorian and sorted(map(int, figures)) != sorted(map(int, re.findall(r"\d+", day)))


def _day(written: str) -> str:
    """A moment such as "2025-05-02T23:00:00Z" as the day that was meant; other words as they are."""
    if not re.match(r"\d{4}-\d\d-\d\dT", written):
        return written
    try:
        return str((datetime.fromisoformat(written) + _NOON).date())
    except (ValueError, OverflowError):
        return written
