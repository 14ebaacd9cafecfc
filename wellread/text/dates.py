"""Reads dates as people write them, in the words of many languages; a month, a week or a quarter is all of its days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wellread.text.months import BEFORE_NAMES, months_named

_DAY_FIRST = ("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za")
"""English in which the day stands first; in American English the month does, but between dots; in plain
English either may."""

_YEAR_FIRST = ("hu", "ja", "ko", "lt", "mn", "sv", "zh")
"""Languages in which the year may stand first in a date of digits: "25-08-12" may mean two days in them."""

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
_DAY = r"(?P<d>\d{1,2})(?:(?:\s?(?:st|nd|rd|th)|er|re|ad|-?a|-?an|-?го|-?е|ú|º|ª|°|일)(?![^\W\d_]))?(?!\d)"
_YEAR = r"(?P<y>\d{4})(?!\d)(?:\(?e?\)?ko\b|\s?ж\.)?"
_QUARTER = (
    r"quarter|quartal|trimestre|trimester|kwartaal|kwarta[łl]\w*|kvarta[li]\w*|čtvrtletí|štvrťrok\w*|tromesečje|tromjesečje"
    r"|negyedév|çeyrek|vuosineljännes|квартал\w*|тримесечие|τρίμηνο|quý"
)
_WEEK = (
    "week|kw|kalenderwoche|woche|semaine|semana|settimana|vecka|v\\.|uge|uke|viikko|viikolla|tydzień|týden|týždeň|hét"
    "|недел[яи]"
)
_FORMS = (
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
    r"(?:(?P<e>令和|平成|民國|民国)\s?)?(?P<y>\d{1,4}|元)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일号號])?",
    r"(?:(?P<d>\d{1,2})\s)?(?:tháng|thg)\s?(?P<m>\d{1,2})[,\s/-]+(?:năm\s)?(?P<y>\d{4})(?!\d)",
    rf"(?<!\w)Q\s?(?P<q>[1-4])(?!\d){_LINK}{_YEAR}",
    rf"(?<![\w.])(?P<q>[1-4])(?:\.|st|nd|rd|th|er|[eºo°]|ème|-?[йи])?\s?(?:Q\b|{_QUARTER}){_LINK}{_YEAR}",
    rf"(?<!\w)(?:{_WEEK})\s?(?P<w>\d{{1,2}})\s?[,/.]?\s?{_YEAR}",
    r"(?<![\w-])(?P<y>\d{4})-?W(?P<w>\d{1,2})(?:-[1-7])?(?!\w)",
    rf"{_DAY}{_LINK}{_NAME}{_LINK}{_YEAR}",
    rf"{_NAME}{_LINK}{_DAY}{_LINK}{_YEAR}",
    rf"{_YEAR}{_LINK}{_DAY}{_LINK}{_NAME}",
    rf"{_YEAR}{_LINK}{_NAME}{_LINK}{_DAY}",
    r"(?<![\d/-])(?P<a>\d{1,2})(?P<s>[./-])(?:(?<=\.)\s)?(?P<b>\d{1,2})(?P=s)(?:(?<=\.)\s)?(?P<y>\d{4})(?!\d)",
    r"(?<![\d./-])(?P<y>\d{4})(?P<s>[./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})(?!\d)",
    rf"{_NAME}{_LINK}{_YEAR}",
    r"(?<![\d./-])(?P<m>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20)\d{2})(?![\d/-]|\.\d)",
    r"(?<![\d./-])(?P<y>(?:19|20)\d{2})[./-](?P<m>\d{2})(?![\d/-]|\.\d)",
    rf"{_YEAR}{_LINK}{_NAME}",
)
"""Forms of dates, the longer before those that begin like them. Parts: year, month, day, name of a month, era, quarter,
week; a and b are the day and the month, or the month and the day."""

_SHORT_FORMS = (
    r"(?<![\d./-])(?P<a>\d{1,2})(?P<s>[./-])(?:(?<=\.)\s)?(?P<b>\d{1,2})(?P=s)(?:(?<=\.)\s)?(?P<y>\d{2})(?![\d/-]|\.\d)",
    rf"{_DAY}{_LINK}{_NAME}{_LINK}['’]?(?P<y>\d{{2}})(?![\d:.]\d?)",
    rf"{_NAME}\.?\s?['’](?P<y>\d{{2}})(?!\w)",
)
"""Forms whose year has two digits: "12.08.25", "12 Aug 25", "Aug '25". "Aug 25" may be a day."""
_CENTURY = 69
"""Years below it are of this century, as POSIX reads them."""


def _any(forms: tuple[str, ...]) -> re.Pattern[str]:
    """One expression of forms; the parts of each have its number."""
    return re.compile(
        "|".join(re.sub(r"\(\?P([<=])(\w)", rf"(?P\1\g<2>{at}", form) for at, form in enumerate(forms)), re.IGNORECASE
    )


_DATE = _any(_FORMS)
_SHORT_DATE = _any((*_FORMS, *_SHORT_FORMS))
_YEAR_SOMEWHERE = re.compile(r"\d{4}|[年년]")
_SHORT_YEAR_SOMEWHERE = re.compile(r"\d\D{1,40}(?<=[^\W_]|[\s./'’-])\d\d(?!\d)|['’]\d\d(?!\d)")
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


def may_date(text: str, short: bool = True) -> bool:
    """Tell, in little time, whether a text may hold a date, also one whose year has two digits if `short`.

    >>> may_date("Take 1 tablet"), may_date("From 12 Aug 25"), may_date("From 12 Aug 25", short=False)
    (False, True, False)
    """
    return bool(_YEAR_SOMEWHERE.search(text) or (short and _SHORT_YEAR_SOMEWHERE.search(text)))


def find_dates(text: str, language: str = "", short: bool = False) -> Iterator[WrittenDate]:
    """The dates of a text, in order; a day that does not exist is none.

    Years of two digits count if `short`, for where a label says that a date follows, or the text is nothing besides.

    >>> [text[one.start : one.end] for text in ["3 May 2025 to 31.12.2025"] for one in find_dates(text)]
    ['3 May 2025', '31.12.2025']
    >>> list(find_dates("Version 12.08.25")), find_date("12.08.25").first
    ([], datetime.date(2025, 8, 12))
    """
    short = short or _SHORT_DATE.fullmatch(text.strip()) is not None
    form = _SHORT_DATE if short else _DATE
    # most lines say no year, and take no time
    at = 0 if may_date(text, short) else len(text)
    while found := form.search(text, at):
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
    return _SHORT_DATE.fullmatch(_SIGNED.sub("", text.strip(" ."))) is not None


def _read(part: dict[str, str], language: str) -> list[Days]:
    """What a date may mean: nothing, one day, week, month or quarter, or several."""
    year = _year(part["y"], part.get("e", ""))
    if year not in _YEARS:
        return []
    if "w" in part:
        return _week(year, int(part["w"]))
    if "q" in part:
        last = 3 * int(part["q"])
        return [Days(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))]
    read = []
    for month, day in _months_and_days(part, language):
        if not 1 <= month <= 12:
            continue
        last = monthrange(year, month)[1]
        if "d" not in part and "a" not in part:
            read.append(Days(date(year, month, 1), date(year, month, last)))
        elif 1 <= day <= last:
            read.append(Days(date(year, month, day), date(year, month, day)))
    if "a" in part and len(part["y"]) == 2 and language.split("-")[0] in _YEAR_FIRST:
        read += _read({"y": part["a"], "m": part["b"], "d": part["y"]}, language) if len(part["a"]) == 2 else []
    return list(dict.fromkeys(read))


def _year(written: str, era: str) -> int:
    """The year of our era that is written."""
    year = 1 if written == "元" else int(written)
    if len(written) == 2 and not era:
        return year + (2000 if year < _CENTURY else 1900)
    year += _ERAS.get(era, 0)
    return year - (_BUDDHIST if year >= _YEARS.stop else 0)


def _week(year: int, number: int) -> list[Days]:
    """The days of a week by its number, as ISO 8601 counts them."""
    if not 1 <= number <= date(year, 12, 28).isocalendar().week:
        return []
    monday = date.fromisocalendar(year, number, 1)
    return [Days(monday, monday + timedelta(6))]


def _months_and_days(part: dict[str, str], language: str) -> list[tuple[int, int]]:
    """The months that a date may mean, each with its day, or with 0 where it says none."""
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        if second > 12 or (language == "en-us" and first <= 12 and part["s"] != "."):
            return [(first, second)]
        if _may_be_american(part["s"], language) and first <= 12 and first != second:
            return [(second, first), (first, second)]
        return [(second, first)]
    months = sorted(months_named(part["n"], language)) if "n" in part else [int(part.get("m", 0))]
    return [(month, int(part.get("d", 0))) for month in months]


def _may_be_american(sign: str, language: str) -> bool:
    """Tell whether the month may stand first: with a stroke or a hyphen, in English or a language that is not known."""
    return sign != "." and language.split("-")[0] in ("en", "") and language not in _DAY_FIRST
