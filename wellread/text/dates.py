"""Reads dates as people write them, in the words of many languages; a month without a day is all of its days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wellread.text.months import BEFORE_NAMES, months_named

_DAY_FIRST = ("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za")
"""English in which the day stands first; in American English the month does, and in plain English either may."""

_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""Eras of Japan and Taiwan, by the year before their first one."""
_BUDDHIST = 543
"""Years that Thailand counts from before our era."""
_YEARS = range(1900, 2200)
"""Years of which a text about health can be; 1404 is a year of Iran's calendar, and of none that is read here."""

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u109f\u1780-\u17ff׳’'])"
"""A letter, or what is none to Python: vowels of Indian and Thai scripts, accents that stand alone."""
_WORD = rf"{_LETTER}{{2,20}}(?:\.{_LETTER}{{1,3}})?"  # "มี.ค" is one name
_NAME = rf"(?P<n>(?:(?:{'|'.join(BEFORE_NAMES)})\s)?{_WORD})(?:\s?/\s?{_WORD})?"  # "آذار/مارس"
_LINK = r"\.?[\s,،/-]*(?:(?:de|del|of|di|da|de\sl[ao]|i|o|v|w|la|gada|năm|m\.|mėn\.)\s+|(?:d|ta)[’']|ב(?=\w))?"
"""What may stand between the parts of a date: "5 de mayo de 2025", "5-Mar-2025", "2025. gada 5. marts", "5 d’abril"."""
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|re|ad|-?a|-?an|-?го|-?е|ú|º|ª|°|일)?(?!\d)"
_YEAR = r"(?P<y>\d{4})(?!\d)(?:\(?e?\)?ko\b|\s?ж\.)?"
_FORMS = (
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
    r"(?:(?P<e>令和|平成|民國|民国)\s?)?(?P<y>\d{1,4}|元)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일号號])?",
    r"(?:(?P<d>\d{1,2})\s)?(?:tháng|thg)\s?(?P<m>\d{1,2})[,\s/-]+(?:năm\s)?(?P<y>\d{4})(?!\d)",
    rf"{_DAY}{_LINK}{_NAME}{_LINK}{_YEAR}",
    rf"{_NAME}{_LINK}{_DAY}{_LINK}{_YEAR}",
    rf"{_YEAR}{_LINK}{_DAY}{_LINK}{_NAME}",
    rf"{_YEAR}{_LINK}{_NAME}{_LINK}{_DAY}",
    r"(?<![\d/-])(?P<a>\d{1,2})(?P<s>[./-])(?:(?<=\.)\s)?(?P<b>\d{1,2})(?P=s)(?:(?<=\.)\s)?(?P<y>\d{4})(?!\d)",
    r"(?<![\d./-])(?P<y>\d{4})(?P<s>[./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})(?!\d)",
    rf"{_NAME}{_LINK}{_YEAR}",
    r"(?<![\d./-])(?P<m>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20)\d{2})(?![\d./-])",
    r"(?<![\d./-])(?P<y>(?:19|20)\d{2})[./-](?P<m>\d{2})(?![\d./-])",
    rf"{_YEAR}{_LINK}{_NAME}",
)
"""Forms of dates, the longer before those that begin like them. Parts: year, month, day, name of a month, era; a and b
are the day and the month, or the month and the day."""

_DATE = re.compile(
    "|".join(re.sub(r"\(\?P([<=])(\w)", rf"(?P\1\g<2>{at}", form) for at, form in enumerate(_FORMS)), re.IGNORECASE
)


_YEAR_SOMEWHERE = re.compile(r"\d{4}|[年년]")
YEAR_SIGN = r"(?:г|р|r|d|m|ж|თ|թ|год\w*|року)\b"
"""What stands behind a date and only says that it is one: "5 марта 2025 г.", "2025 m. kovo 5 d."."""
_SIGNED = re.compile(rf"(?<=[\d\s])\s*{YEAR_SIGN}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """What a written date says: one day, twice, or the first and the last day of a month."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text, from `start` to `end`; `days` is None where it may mean two."""

    start: int
    end: int
    days: Days | None


def find_dates(text: str, language: str = "") -> Iterator[WrittenDate]:
    """The dates of a text, in order; a day that does not exist is none.

    >>> [text[one.start : one.end] for text in ["3 May 2025 to 31.12.2025"] for one in find_dates(text)]
    ['3 May 2025', '31.12.2025']
    """
    at = 0 if _YEAR_SOMEWHERE.search(text) else len(text)  # most lines say no year, and take no time
    while found := _DATE.search(text, at):
        part = {key[0]: value for key, value in found.groupdict().items() if value}
        read = _read(part, language.lower())
        if read:
            yield WrittenDate(*found.span(), read[0] if len(read) == 1 else None)
        # "Updated 2025" of "Updated 2025-11-20" takes no part of the date away; "May 2025" of "32 May 2025" is none.
        no_month = "n" in part and not months_named(part["n"])
        first = re.match(r"\d+|\D+", found[0])
        at = found.start() + len(first[0]) if no_month and first and not read else found.end()


def find_date(text: str, language: str = "") -> Days | None:
    """The first date in a line; None where there is none, or it may mean two days ("3/5/2025" in English).

    >>> find_date("Mis à jour le 3 mai 2025", "fr").first, find_date("Updated 3/5/2025", "en")
    (datetime.date(2025, 5, 3), None)
    >>> find_date("Reviewed February 2024").last
    datetime.date(2024, 2, 29)
    """
    found = next(find_dates(text, language), None)
    return found.days if found else None


def dated(text: str) -> tuple[int, int] | None:
    """Where the first date of a text stands, from and to; None where it has none."""
    found = next(find_dates(text), None)
    return (found.start, found.end) if found else None


def read_date(text: str, language: str = "") -> Days | None:
    """The date that a text says and nothing besides; None where it says more, or no date, as `find_date` reads them.

    >>> read_date("March 2024").first, read_date("soon"), read_date("2024-03-05 10:00")
    (datetime.date(2024, 3, 1), None, None)
    """
    return find_date(text, language) if is_date(text) else None


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing besides, though it may mean two days.

    >>> is_date("03/02/2025"), is_date("5 марта 2025 г."), is_date("on 3 May 2025")
    (True, True, False)
    """
    return _DATE.fullmatch(_SIGNED.sub("", text.strip(" ."))) is not None


def _read(part: dict[str, str], language: str) -> list[Days]:
    """What a date may mean: nothing, one day or month, or several."""
    year = 1 if part["y"] == "元" else int(part["y"])
    year += _ERAS.get(part.get("e", ""), 0)
    year -= _BUDDHIST if year >= _YEARS.stop else 0
    months = sorted(months_named(part["n"], language)) if "n" in part else [int(part.get("m", 0))]
    pairs = [(month, int(part.get("d", 0))) for month in months]
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        pairs = [(second, first)]
        if second > 12 or (language == "en-us" and first <= 12):
            pairs = [(first, second)]
        elif _may_be_american(part["s"], language) and first <= 12 and first != second:
            pairs.append((first, second))
    read = []
    for month, day in pairs:
        if year not in _YEARS or not 1 <= month <= 12:
            continue
        last = monthrange(year, month)[1]
        if "d" not in part and "a" not in part:
            read.append(Days(date(year, month, 1), date(year, month, last)))
        elif 1 <= day <= last:
            read.append(Days(date(year, month, day), date(year, month, day)))
    return read


def _may_be_american(sign: str, language: str) -> bool:
    """Tell whether the month may stand first: with a stroke or a hyphen, in English or a language that is not known."""
    return sign != "." and language.split("-")[0] in ("en", "") and language not in _DAY_FIRST
