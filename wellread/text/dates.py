"""Reads dates as people write them, in the words of many languages; a month without a day is all of its days."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = """
january січень січня ιανουάριος ιανουαρίου जनवरी
  jan janvier janv januar jänner enero ene gennaio gen janeiro januari januar leden ledna styczeń stycznia
  ocak января январь يناير
february лютий лютого φεβρουάριος φεβρουαρίου फरवरी फ़रवरी
  feb février févr februar febrero febbraio fevereiro fev februari luty lutego şubat февраля февраль فبراير
march березень березня μάρτιος μαρτίου मार्च
  mar mars märz maerz marzo março maart mrt marca marzec mart марта март مارس
april квітень квітня απρίλιος απριλίου अप्रैल
  apr avril avr abril abr aprile kwiecień kwietnia nisan апреля апрель أبريل ابريل
may травень травня μάιος μαΐου मई
  mai mayo maggio mag maio mei maj maja mayıs мая май مايو
june червень червня ιούνιος ιουνίου जून
  jun juin juni junio giugno giu junho czerwiec czerwca haziran июня июнь يونيو
july липень липня ιούλιος ιουλίου जुलाई
  jul juillet juil juli julio luglio lug julho lipiec lipca temmuz июля июль يوليو
august серпень серпня αύγουστος αυγούστου अगस्त
  aug août aout agosto ago augustus augusti sierpień sierpnia ağustos августа август أغسطس اغسطس
september вересень вересня σεπτέμβριος σεπτεμβρίου सितंबर सितम्बर
  sept sep septembre septiembre setiembre settembre set setembro wrzesień września eylül сентября сентябрь
  سبتمبر
october жовтень жовтня οκτώβριος οκτωβρίου अक्टूबर अक्तूबर
  oct octobre oktober okt octubre ottobre ott outubro out październik października ekim октября октябрь أكتوبر
  اكتوبر
november листопада νοέμβριος νοεμβρίου नवंबर नवम्बर
  nov novembre noviembre novembro listopad listopada kasım ноября ноябрь نوفمبر
december грудень грудня δεκέμβριος δεκεμβρίου दिसंबर दिसम्बर
  dec décembre déc dezember dez diciembre dic dicembre dezembro desember grudzień grudnia aralık декабря
  декабрь ديسمبر
"""
"""The names of the months in many languages, a month a line; what is indented goes on with the line above."""

_MONTH = {
    unicodedata.normalize("NFC", name): number
    for number, names in enumerate(_MONTHS.replace("\n  ", " ").strip().split("\n"), 1)
    for name in names.split()
}
_DAY_FIRST = ("en-gb", "en-ie", "en-au", "en-nz")
"""English in which the day stands first; in American English the month does, and in plain English either may."""

_NAME = r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0d7f]){1,12}"  # vowels of Indian scripts are no letters to Python
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?\s+(?:de\s+|of\s+)?(?P<name>"
    + _NAME
    + r")\.?,?\s+(?:de\s+|del\s+)?(?P<y2>\d{4})"
    r"|(?P<name3>" + _NAME + r")\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{4})"
    r"|(?P<a>\d{1,2})(?P<sign>[./-])(?P<b>\d{1,2})(?P=sign)(?P<y4>\d{4})"
    r"|(?P<name5>" + _NAME + r")\.?,?\s+(?:de\s+|del\s+|of\s+)?(?P<y5>\d{4})(?!\d)"
    r"|(?<![\d./-])(?P<m6>\d{1,2})\s?[./-]\s?(?P<y6>(?:19|20)\d{2})(?![\d./-])"
    r"|(?P<y8>\d{4})\s?年\s?(?P<m8>\d{1,2})\s?月(?:\s?(?P<d8>\d{1,2})\s?日)?"
    r"|(?<![\d./-])(?P<y7>(?:19|20)\d{2})[./-](?P<m7>\d{2})(?![\d./-])"
)


@dataclass(frozen=True, slots=True)
class Days:
    """What a written date says: one day, twice, or the first and the last day of a month."""

    first: date
    last: date


def find_date(text: str, language: str = "") -> Days | None:
    """The first date in a line; None where there is none, or it may mean two days ("3/5/2025" in English).

    >>> find_date("Mis à jour le 3 mai 2025", "fr").first, find_date("Updated 3/5/2025", "en")
    (datetime.date(2025, 5, 3), None)
    >>> find_date("Reviewed February 2024").last
    datetime.date(2024, 2, 29)
    """
    for found in _dates(text):
        part = found.groupdict()
        if part["a"] and _is_ambiguous(int(part["a"]), int(part["b"]), language.lower()):
            return None
        if days := _days(part, language.lower()):
            return days
    return None


def dated(text: str) -> tuple[int, int] | None:
    """Where the first date of a text stands, from and to; None where it has none."""
    found = next((one for one in _dates(text) if one["a"] or _days(one.groupdict(), "")), None)
    return found.span() if found else None


def _dates(text: str) -> Iterator[re.Match[str]]:
    """What may be a date, in order; "Updated 2025" in "Updated 2025-11-20" takes no part of the date away."""
    at = 0
    while found := _DATE.search(text, at):
        yield found
        word = found["name3"] or found["name5"]
        at = found.start() + len(word) if word and not _days(found.groupdict(), "") else found.end()


def read_date(text: str, language: str = "") -> Days | None:
    """The date that a text says and nothing besides; None where it says more, or no date, as `find_date` reads them.

    >>> read_date("March 2024").first, read_date("soon"), read_date("2024-03-05 10:00")
    (datetime.date(2024, 3, 1), None, None)
    """
    return find_date(text, language) if _DATE.fullmatch(text.strip(" .")) else None


def _is_ambiguous(first: int, second: int, language: str) -> bool:
    either = first <= 12 and second <= 12 and first != second
    return either and (language.split("-")[0] in ("en", "")) and language not in (*_DAY_FIRST, "en-us")


def _days(part: dict[str, str | None], language: str) -> Days | None:
    def number(*keys: str) -> int:
        return next((int(value) for key in keys if (value := part[key])), 0)

    year = number("y", "y2", "y3", "y4", "y5", "y6", "y7", "y8")
    name = part["name"] or part["name3"] or part["name5"]
    month = _MONTH.get(unicodedata.normalize("NFC", name.lower()), 0) if name else number("m", "m6", "m7", "m8")
    day = number("d", "d2", "d3", "d8")
    if part["a"]:
        day, month = number("a"), number("b")
        if month > 12 or (language == "en-us" and day <= 12):
            day, month = month, day
    try:
        if day or part["a"] or part["d"]:
            return Days(date(year, month, day), date(year, month, day))
        return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except ValueError:  # the 31st of February, or a word that is no month
        return None
