"""Knows the names of the months in 125 languages, as Unicode CLDR has them, and in some more spellings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

_SHORT = 3
"""Letters of an abbreviation at most that is a word of another language too: Czech "pro", Italian "set"."""

_BESIDES = """
de/1:jänner de/2:feber de/3:maerz fr/1:janv fr/2:fevr fr/6:jun nl/3:mrt es/9:setiembre en/9:sept es/9:sept de/9:sept
nb/12:des nl/8:aug pl/2:luty pl/1:styczeń pl/6:czerwiec pl/7:lipiec pl/8:sierpień pl/9:wrzesień hi/9:सितम्बर
hi/10:अक्तूबर hi/11:नवम्बर hi/12:दिसम्बर ga/9:meán_fómhair ga/10:deireadh_fómhair sr/6:juni sr/7:juli
ar/1:كانون_الثاني ar/2:شباط ar/3:آذار ar/4:نيسان ar/5:أيار ar/6:حزيران ar/7:تموز ar/8:آب ar/9:أيلول ar/10:تشرين_الأول
ar/11:تشرين_الثاني ar/12:كانون_الأول ar/1:جانفي ar/2:فيفري ar/4:أفريل ar/5:ماي ar/6:جوان ar/7:جويلية ar/8:أوت
ar/7:يوليوز ar/8:غشت ar/9:شتنبر ar/11:نونبر ar/12:دجنبر
eu/1:urtarrilaren eu/2:otsailaren eu/3:martxoaren eu/4:apirilaren eu/5:maiatzaren eu/6:ekainaren eu/7:uztailaren
eu/8:abuztuaren eu/9:irailaren eu/10:urriaren eu/11:azaroaren eu/12:abenduaren
lv/1:janvārī lv/2:februārī lv/3:martā lv/4:aprīlī lv/5:maijā lv/6:jūnijā lv/7:jūlijā lv/8:augustā lv/9:septembrī
lv/10:oktobrī lv/11:novembrī lv/12:decembrī
"""
"""Names that CLDR does not have: of Austria, the Levant, the Maghreb and Morocco, older spellings, cases (Basque,
Latvian)."""

BEFORE_NAMES = ("كانون", "تشرين", "meán", "deireadh")
"""First words of names of two words."""


def months_named(name: str, language: str = "") -> frozenset[int]:
    """The months, 1 to 12, that a name may mean in a text of a language; several where that is not known, or none.

    >>> sorted(months_named("Března", "cs")), sorted(months_named("listopad")), sorted(months_named("listopad", "hr"))
    ([3], [10, 11], [10])
    """
    found = _months().get(_fold(name), {})
    primary = language.partition("-")[0].lower()
    here = frozenset(month for month, languages in found.items() if primary in languages)
    if here or not found:
        return here
    short = len(name.strip(".")) <= _SHORT and primary
    return frozenset(month for month, languages in found.items() if not short or "en" in languages)


def _fold(name: str) -> str:
    """A name without capitals, accents and full stops, as "AOUT" is written for "août"."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).strip(" .׳'’").split())


@lru_cache(maxsize=1)
def _months() -> dict[str, dict[int, set[str]]]:
    """By each folded name, the months that it means, and in which languages."""
    named: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in (files("wellread.text") / "data" / "months.tsv").read_text("utf-8").splitlines():
        language, *columns = line.split("\t")
        for month, names in enumerate(columns, 1):
            for name in names.split("/"):
                named[_fold(name)][month].add(language)
    for besides in _BESIDES.split():
        place, _, name = besides.partition(":")
        language, _, number = place.partition("/")
        named[_fold(name.replace("_", " "))][int(number)].add(language)
    return {name: dict(months) for name, months in named.items()}
