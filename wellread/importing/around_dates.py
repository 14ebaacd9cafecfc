"""Tells what stands around the dates of a line: sentences, numbers to call, few words or many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wellread.importing.dated_lines import MAX_LABEL
from wellread.text.dates import Days, find_dates
from wellread.text.review_labels import END, ISSUED, NO_REVIEW, LabelledDate, find_label

_LEAST_BEFORE = 3
"""Words before a date from which on they are a sentence if they end as one: "Do not drive." has 3, "Version 3." 2."""

_STOPS = re.compile(rf"(?:['’]\w+)?(?:\s+[^\W\d_]+){{0,2}}?{END.pattern}(?:$|[.;,|·•–—।。])", re.IGNORECASE)
"""Behind a date, where no sentence goes on: a verb at most, "wird 09/2027 überprüft"."""

_APART = re.compile(r"(?:[.;|·•।。]\s*|\s{3})$")
"""The end of a sentence or a column."""

_CONTACT = re.compile(
    r"\d(?:[\s().–-]{0,2}\d){5,}|\d{1,2}[.:]\d{2}\s?[-–]\s?\d|\w@\w|(?<=[^\W\d_] )\d{3}(?: [^\W\d_]|\W*$)"
)
"""A number to call, as 112 behind a word, hours or an address, which a reader needs: a line that has one stays."""

SENTENCE_END = re.compile(r"[.!?…؟]\s+|[。।]\s*")

_LEAST_SENTENCE = 5
"""Words behind the date from which on they are a sentence if they end as one: "Call 112 if it bleeds." has 5."""


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """A date with few words, in which line it stands, and what it is, "" if that is not known.

    `apart` tells that a sentence or a column ends before its words.
    """

    line: int
    kind: str
    days: Days
    text: str
    apart: bool


def mark(number: int, line: str, one: LabelledDate) -> MarkedDate | None:
    """Mark a date by which, or as which, a review may be told: one with few words and no sentence behind it."""
    own = SENTENCE_END.split(_without_dates(one.text))[-1]
    kind = one.kind or ("issued" if ISSUED.match(one.text) else "")
    few = 1 <= sum(any(map(str.isalpha, word)) for word in own.split()) <= MAX_LABEL
    before, _, behind = line.partition(one.text)
    if one.days is None or not (kind or (few and not NO_REVIEW.match(own))) or not _STOPS.match(behind):
        return None
    return MarkedDate(number, kind, one.days, one.text, _APART.search(before) is not None)


def goes_on(line: str, language: str) -> bool:
    """Tell whether a sentence goes on behind its last date: "The vaccine was changed on 1 May 2023 for all babies."."""
    end = max((one.end for one in find_dates(line, language, short=True)), default=len(line))
    return re.match(r"\s+[^\W\d_]+\s+[^\W\d_].*[.!?]$", line[end:]) is not None


def says_more(line: str, language: str) -> bool:
    """Tell whether a sentence stands behind the last date of a line: "Reviewed: 3 May 2025. Call 112 if it bleeds."."""
    end = max((one.end for one in find_dates(line, language, short=True)), default=len(line))
    return len(line[end:].split()) >= _LEAST_SENTENCE and line.endswith((".", "!", "?", "…", "。", "।", "؟"))


def says_something_before(line: str, language: str) -> bool:
    """Tell whether a sentence stands before the first date of a line: "Do not drive. Last reviewed: 3 May 2025"."""
    start = min((one.start for one in find_dates(line, language, short=True)), default=0)
    label = find_label(line, 0, start)
    *sentences, _ = SENTENCE_END.split(line[: label.start if label else start])
    return any(len(sentence.split()) >= _LEAST_BEFORE for sentence in sentences)


def has_contact(line: str) -> bool:
    """Tell whether a line has more than dates for a reader: "Questions? 0555 010 260. Reviewed: May 2025"."""
    return _CONTACT.search(_without_dates(line)) is not None


def _without_dates(line: str) -> str:
    for one in reversed([*find_dates(line, short=True)]):
        line = f"{line[: one.start]}_{line[one.end :]}"
    return line
