"""Finds the quantities of a sentence: doses, times, ages, shares and counts, each as a range in its kind's unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wellread.text.terms import terms_of

Bound = Literal["", "most", "least"]

SAME = 0.05
"""Values that differ by no more than this share of the larger one are the same: a month and 31 days."""

SAME_DEGREES = 0.25
"""The same for temperatures, in °C: 38 °C and 100 °F."""

_OF_A_BODY = (30.0, 44.0)
"""Temperatures in °C that a "C" or an "F" without a sign behind a number is taken for."""

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = (
    {word: float(number) for number, word in enumerate(_ONES, 1)}
    | {word: 10.0 * number for number, word in enumerate(_TENS, 2)}
    | {"a": 1.0, "an": 1.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "once": 1.0, "twice": 2.0}
)
_MANY = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

_DAY, _YEAR = 24.0, 365 * 24.0
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("mcg", "µg", "μg", "ug", "microgram", "micrograms", "microgrammes"), ("mass", 0.001)),
    **dict.fromkeys(("mg", "milligram", "milligrams", "milligrammes"), ("mass", 1.0)),
    **dict.fromkeys(("g", "gram", "grams", "gramme", "grammes"), ("mass", 1000.0)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("weight", 1.0)),
    **dict.fromkeys(("ml", "millilitre", "millilitres", "milliliter", "milliliters"), ("volume", 1.0)),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), ("volume", 1000.0)),
    **dict.fromkeys("second seconds sekunden segundos secondes".split(), ("time", 1 / 3600)),
    **dict.fromkeys("minute minutes min mins minuten minutos".split(), ("time", 1 / 60)),
    **dict.fromkeys("hour hours hr hrs h hourly stunde stunden hora horas heure heures".split(), ("time", 1.0)),
    **dict.fromkeys("day days tag tage tagen día días jour jours".split(), ("time", _DAY)),
    **dict.fromkeys("week weeks woche wochen semana semanas semaine semaines".split(), ("time", 7 * _DAY)),
    **dict.fromkeys("month months monat monate monaten mes meses mois".split(), ("time", _YEAR / 12)),
    **dict.fromkeys("year years yr yrs jahr jahre jahren año años ans".split(), ("time", _YEAR)),
    **dict.fromkeys(("%", "percent", "per cent"), ("share", 0.01)),
    **dict.fromkeys(("°c", "° c", "degrees", "degrees celsius", "degrees c", "celsius", "c"), ("temperature", 1.0)),
    **dict.fromkeys(("°f", "° f", "degrees fahrenheit", "degrees f", "fahrenheit", "f"), ("fahrenheit", 1.0)),
    **dict.fromkeys(("mmhg",), ("pressure", 1.0)),
    **dict.fromkeys(("mmol/l", "mmol"), ("concentration", 1.0)),
    **dict.fromkeys(("mg/dl",), ("mg/dl", 1.0)),  # as many mmol/l as the substance has: sugar others than cholesterol
    **dict.fromkeys(("mg/kg", "mg per kg", "mg/kg/dose"), ("mg/kg", 1.0)),
    **dict.fromkeys(("mg/kg/day", "mg per kg per day", "mg/kg per day"), ("mg/kg/day", 1.0)),
    **dict.fromkeys("tablet tablets pill pills capsule capsules".split(), ("tablet", 1.0)),
    **dict.fromkeys("tablette tabletten comprimido comprimidos comprimé comprimés".split(), ("tablet", 1.0)),
    **dict.fromkeys("times time mal veces fois".split(), ("times", 1.0)),
}
"""The kind of each unit, and how many of the kind's own unit it has: milligrams, kilograms, millilitres, hours.

In English, German, Spanish and French.
"""

UNIT_WORDS = frozenset(
    word
    for unit, (kind, _) in _UNITS.items()
    if kind not in ("tablet", "times")
    for word in re.findall("[a-z]{2,}", unit)
)
"""Words that only say in what something is measured."""

_MEASURED = ("time", "mass", "volume")
"""Kinds whose numbers are none of a share: 4 doses in 24 hours, 500mg in 5ml."""

MEASURING = frozenset(
    {*_NUMBERS} - {"a", "an", "half", "half a", "half an"}
    | {word for unit in _UNITS for word in re.findall("[a-z]+", unit)}
    | {number + unit for number in _NUMBERS for unit in _UNITS}
    | set("daily nightly weekly hour day night week month year".split())
)
"""Words without one of which a sentence that has no digit has no quantity."""

_WORDS = (
    rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])})(?![a-z]))?"
    rf"|half an?|{'|'.join(sorted({*_NUMBERS} - {*_TENS}, key=len, reverse=True))}"
)
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?:\d+[ -])?[1-3]/[234](?![\d/])|\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾]|" + _WORDS + r")"
    rf"(?: (?:{'|'.join(_MANY)})(?![a-z]))?"
)
_UNIT = r"(?:" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![a-z])"
_RANGE = re.compile(
    rf"(?<![\w.,/°])(?<![a-z]-)(?P<low>{_NUMBER})(?![a-z]{{0,1}}\d)(?:[\s-]*(?P<low_unit>{_UNIT})|(?![a-z]))"
    rf"(?:\s*(?:-|–|—|to|or|and|bis|oder|a|o|à|ou)\s*(?P<high>{_NUMBER})(?:[\s-]*(?P<high_unit>{_UNIT})|(?![a-z])))?"
)
_SOME_IN = re.compile(
    rf"\b(?P<some>\d{{1,3}}|{_WORDS}) (?:in|of|out of)(?: every)? (?P<of>\d+(?:,\d{{3}})*|{_WORDS})\b"
    rf"(?![\s-]*(?:{'|'.join(unit for unit, (kind, _) in _UNITS.items() if kind in _MEASURED)})\b)"
)
_PRESSURE = re.compile(r"\b(?P<high>\d{2,3})/\d{2,3}(?:\s*mmhg)?\b")
_PER = re.compile(
    r"(?P<daily>\bdaily\b|\bnightly\b|\bin (?:any |every |each |a )?24[ -]hours?\b"
    r"|\btäglich\b|\b(?:am|pro) tag\b|\b(?:al|por) día\b|\bpar jour\b"
    r"|\b(?:in|en) (?:las |les )?24 (?:stunden|horas|heures)\b)|\bweekly\b"
    r"|(?<!\bwithin )(?<!\bafter )(?<!\bfor )(?<!\babout )(?<!\bhalf )(?<!\bthan )(?<!\bin )(?<!\bto )(?<!\blasts )"
    r"\b(?:per|each|every|an?) (?P<unit>hour|day|night|week|month|year)\b"
)
_REACH = 60
"""Characters before and after a number that are looked at, so that a long row of numbers is read in one pass."""

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_NO_COUNTS = ("a", "an", "one", "half", "half a", "half an")
"""What counts nothing by itself, as in "one of them"."""

_ABOUT = r"(?: the age of| about| around| roughly| a total of| of| is| are)*\s*$"
_MOST = re.compile(
    r"\b(?:up to|at most|no more than|not more than|never more than|maximum|most|within|under|below|less than"
    r"|younger than|fewer than|no longer than|exceed|limit|before|until"
    r"|höchstens|maximal|nicht mehr als|no más de|máximo|pas plus de|au maximum|au plus)" + _ABOUT
)
_MORE_THAN = re.compile(r"\b(?:more|longer) than" + _ABOUT)
_NEVER = re.compile(r"\b(?:no|not|never|nor|avoid)\b|n['’]t\b")
_LEAST = re.compile(
    r"\b(?:at least|minimum|from|over|above|older than|not less than|no less than|mindestens|al menos|au moins)"
    + _ABOUT
)
_OR_MORE = re.compile(r"\s*(?:years )?(?:and|or) (?:over|older|more|above|longer|higher)\b")
_OR_LESS = re.compile(r"\s*(?:years )?(?:and|or) (?:under|younger|less|fewer|below)\b")
_BETWEEN = re.compile(r"\bbetween(?: the ages of)?\s*$")
_EVERY = re.compile(r"\b(?:every|alle|cada|toutes les)\s*$")
_AGED = re.compile(r"\b(?:age[ds]?|younger than|older than|under|over|above|from the age)(?: of| from| between)?\s*$")
_AGE_AFTER = re.compile(r"[\s-]*(?:old\b|of age\b|(?:and|or) (?:over|older|under|younger)\b)")
_WORD_AFTER = re.compile(r"\s*([a-z]{3,})")
_FORM_AFTER = re.compile(
    r"\s*(?:\d+(?:[.,]\d+)?\s*(?:mg|g|mcg|micrograms?)|[a-z]+) (tablet|capsule|pill|puff|drop|dose|sachet)s?\b"
)
_NO_NOUNS = frozenset(
    "and the for with from but that this than then when before after are was were can may should each every has have "
    "per not who which will would does did your you they more less old years".split()
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a sentence: `low` to `high` of the kind's own unit, as a limit where `bound` says so.

    Kinds are "mass" (mg), "weight" (kg), "volume" (ml), "time", "interval", "per" and "age" (hours), "share",
    "temperature" (°C), "pressure" (the upper one), and for whatever else is counted the stem of its word, such as
    "puff". `start` to `end` are its characters.
    """

    kind: str
    low: float
    high: float
    bound: Bound
    start: int
    end: int


def quantities_of(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence in their order, as digits, English words, and units in four languages tell them."""
    lower = sentence.lower()
    text = lower if len(lower) == len(sentence) else sentence  # "İ" in lower case is two characters
    found: list[Quantity] = []
    for match in _SOME_IN.finditer(text):
        share = _value(match["some"]) / max(_value(match["of"]), 1)
        if 0 < share < 1:
            found.append(Quantity("share", share, share, "", *match.span()))
    if "/" in text:
        found += [
            Quantity("pressure", float(match["high"]), float(match["high"]), "", *match.span())
            for match in _PRESSURE.finditer(text)
        ]
    for match in _PER.finditer(text):
        hours = _DAY if match["daily"] or match["unit"] == "night" else _UNITS[match["unit"] or "week"][1]
        found.append(Quantity("per", hours, hours, "", *match.span()))
    for quantity in found:
        text = f"{text[: quantity.start]}{';' * (quantity.end - quantity.start)}{text[quantity.end :]}"
    found += _ranges(text)
    return tuple(sorted(found, key=lambda one: one.start))


def differ(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one kind cannot both be right where they are said of the same thing."""
    if one.kind == "interval" and max(one.low, other.low) < _DAY and not one.bound and not other.bound:
        return not _same(one.kind, one.low, other.low)  # what is allowed from 4 hours on is not from 6 hours on
    if one.bound == other.bound:
        return (one.high < other.low and not _same(one.kind, one.high, other.low)) or (
            other.high < one.low and not _same(one.kind, other.high, one.low)
        )
    if one.bound and other.bound:
        return False
    limit, plain = (one, other) if one.bound else (other, one)
    if limit.bound == "most":
        return plain.low > limit.high and not _same(one.kind, plain.low, limit.high)
    return plain.high < limit.low and not _same(one.kind, plain.high, limit.low)


def other_range(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are ranges, and not the same one."""
    ranges = one.low < one.high and other.low < other.high
    return ranges and not (_same(one.kind, one.low, other.low) and _same(one.kind, one.high, other.high))


def _same(kind: str, one: float, other: float) -> bool:
    return abs(one - other) <= (SAME_DEGREES if kind == "temperature" else SAME * max(one, other))


def _ranges(text: str) -> Iterator[Quantity]:
    position = 0
    while match := _RANGE.search(text, position):
        joined = text[match.end("low") : match.start("high")] if match["high"] else ""
        single = match["high"] is None or ("and" in joined and not _BETWEEN.search(_before(text, match.start())))
        unit = match["low_unit"] if single else match["high_unit"] or match["low_unit"]
        end = max(match.end("low"), match.end("low_unit")) if single else match.end()
        position = max(end, match.start() + 1)
        noun = _FORM_AFTER.match(text, end) or _WORD_AFTER.match(text, end)
        counted = noun[1] if noun and noun[1] not in _NO_NOUNS else ""
        if unit is None and (
            match["low"] in _NO_COUNTS or (match["low"] in ("once", "twice") and text[end : end + 2] != " ;")
        ):
            continue
        shown = noun.end() if noun and counted and not unit else end
        unit = unit or (counted if counted in _UNITS else None)
        kind, scale = _UNITS[unit] if unit else ((terms_of(counted) or ["number"])[0], 1.0)
        if match["low"] in ("once", "twice") and not unit:
            kind = "times"
        low_scale = _UNITS[match["low_unit"]][1] if match["low_unit"] else scale
        low = _value(match["low"])
        high = low if single else _value(match["high"])
        low, high = sorted((low * low_scale, high * scale))
        before, after = _before(text, match.start()), text[end : end + _REACH]
        if kind == "fahrenheit":
            kind, low, high = "temperature", (low - 32) / 1.8, (high - 32) / 1.8
        if unit in ("c", "f") and not _OF_A_BODY[0] <= low <= high <= _OF_A_BODY[1]:
            continue  # "vitamin C", "hepatitis C"
        if kind in ("time", "number") and (_AGED.search(before) or _AGE_AFTER.match(after)):
            years = _YEAR if kind == "number" else 1.0
            kind, low, high = "age", low * years, high * years
        elif kind == "time" and (_EVERY.search(before) or unit == "hourly"):
            kind = "interval"
        yield Quantity(kind, low, high, _bound(before, after), match.start(), shown)


def _bound(before: str, after: str) -> Bound:
    if _MORE_THAN.search(before):
        return "most" if _NEVER.search(before) else "least"
    if _MOST.search(before) or _OR_LESS.match(after):
        return "most"
    return "least" if _LEAST.search(before) or _OR_MORE.match(after) else ""


def _before(text: str, place: int) -> str:
    return text[max(0, place - _REACH) : place]


def _value(written: str) -> float:
    plain, _, many = written.strip().rpartition(" ")
    if many in _MANY:
        return _value(plain) * _MANY[many]
    plain = written.strip()
    if plain[-1] in _FRACTIONS:
        return _FRACTIONS[plain[-1]] + (_value(plain[:-1]) if plain[:-1] else 0.0)
    if "/" in plain:
        whole, _, part = plain.replace("-", " ").rpartition(" ")
        return int(part[0]) / int(part[2]) + (_value(whole) if whole else 0.0)
    if plain in _NUMBERS:
        return _NUMBERS[plain]
    if plain[0].isalpha():  # "forty-eight"
        return sum(_NUMBERS[part] for part in plain.split("-"))
    thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain)
    return float(plain.replace(",", "") if thousands else plain.replace(",", "."))
