"""Quantities of sentences: what they count, in which unit, as which limit, and when two cannot both be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.articles.quantities import differ, quantities_of

about = pytest.approx
DAY, YEAR = 24.0, 365 * 24.0


def found(sentence: str) -> list[tuple[str, float, float, str]]:
    return [(each.kind, round(each.low, 3), round(each.high, 3), each.bound) for each in quantities_of(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Take 500mg.", [("mass", 500, 500, "")]),
        ("Take 0.5 g or 1,200 mg.", [("mass", 500, 1200, "")]),
        ("Inject 50 micrograms.", [("mass", 0.05, 0.05, "")]),
        ("One or two tablets", [("tablet", 1, 2, "")]),
        ("Half a tablet", [("tablet", 0.5, 0.5, "")]),
        ("eight 500mg tablets", [("tablet", 8, 8, ""), ("mass", 500, 500, "")]),
        ("6 loperamide capsules", [("tablet", 6, 6, "")]),
        ("2 puffs every 4 to 6 hours", [("puff", 2, 2, ""), ("interval", 4, 6, "")]),
        ("10ml three times a day", [("volume", 10, 10, ""), ("times", 3, 3, ""), ("per", DAY, DAY, "")]),
        ("twice a day", [("times", 2, 2, ""), ("per", DAY, DAY, "")]),
        ("up to 4 times in 24 hours", [("times", 4, 4, "most"), ("per", DAY, DAY, "")]),
        ("for 1½ hours", [("time", 1.5, 1.5, "")]),
        ("within half an hour", [("time", 0.5, 0.5, "most")]),
        ("after a week", [("time", 7 * DAY, 7 * DAY, "")]),
        ("between 2 and 4 days", [("time", 2 * DAY, 4 * DAY, "")]),
        ("children under 16", [("age", 16 * YEAR, 16 * YEAR, "most")]),
        ("adults aged 18 to 65", [("age", 18 * YEAR, 65 * YEAR, "")]),
        ("from the age of 3 months", [("age", YEAR / 4, YEAR / 4, "least")]),
        ("12 years and over", [("age", 12 * YEAR, 12 * YEAR, "least")]),
        ("38°C or more (100.4°F)", [("temperature", 38, 38, "least"), ("temperature", 38, 38, "")]),
        ("about 1 in 10 people, or 10 percent", [("share", 0.1, 0.1, ""), ("share", 0.1, 0.1, "")]),
        ("140/90mmHg", [("pressure", 140, 140, "")]),
        ("no more than 6g", [("mass", 6000, 6000, "most")]),
        ("more than 6g", [("mass", 6000, 6000, "least")]),
        ("at least 6 hours", [("time", 6, 6, "least")]),
        ("two types", [("type", 2, 2, "")]),
        ("forty-eight hours; twenty minutes", [("time", 48, 48, ""), ("time", 0.333, 0.333, "")]),
        ("1/2 tablet, or 1 1/2 tablets", [("tablet", 0.5, 0.5, ""), ("tablet", 1.5, 1.5, "")]),
        ("a temperature of 39.5 C (103 F)", [("temperature", 39.5, 39.5, ""), ("temperature", 39.444, 39.444, "")]),
        ("3 in 10 people, 3 in 24 hours", [("share", 0.3, 0.3, ""), ("number", 3, 3, ""), ("per", DAY, DAY, "")]),
        ("25 million people", [("peopl", 25e6, 25e6, "")]),
        ("15 mg/kg, at most 60 mg/kg/day", [("mg/kg", 15, 15, ""), ("mg/kg/day", 60, 60, "most")]),
        ("below 150mg/dL", [("mg/dl", 150, 150, "most")]),
        ("alle 4 bis 6 Stunden höchstens 2 Tabletten", [("interval", 4, 6, ""), ("tablet", 2, 2, "most")]),
        (
            "cada 8 horas, no más de 3 g al día",
            [("interval", 8, 8, ""), ("mass", 3000, 3000, "most"), ("per", DAY, DAY, "")],
        ),
        (
            "pendant 2 semaines, 3 fois par jour",
            [("time", 14 * DAY, 14 * DAY, ""), ("times", 3, 3, ""), ("per", DAY, DAY, "")],
        ),
        ("vitamin C, a c-section", []),
        ("one of them, once you can, at COVID-19 or vitamin B12", []),
    ],
)
def test_are_found_with_kind_range_and_limit(sentence: str, expected: list[tuple[str, float, float, str]]) -> None:
    quantities: list[object] = [*found(sentence)]
    assert quantities == [(kind, about(low), about(high), bound) for kind, low, high, bound in expected]


def test_are_where_they_stand() -> None:
    sentence = "Wait at least 4 hours."
    (quantity,) = quantities_of(sentence)
    assert sentence[quantity.start : quantity.end] == "4 hours"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("4 hours", "6 hours", True),
        ("4 to 6 hours", "6 hours", False),
        ("4 to 6 hours", "8 hours", True),
        ("60 minutes", "for an hour", False),
        ("for a month", "30 days", False),
        ("up to 3 days", "up to 7 days", True),
        ("up to 7 days", "3 days", False),
        ("up to 3 days", "7 days", True),
        ("at least 4 hours", "6 hours", False),
        ("at least 6 hours", "4 hours", True),
        ("at least 4 hours", "up to 2 hours", False),
        ("38°C", "100.4°F", False),
        ("38°C", "37.5°C", True),
    ],
)
def test_differ_where_both_cannot_be_right(one: str, other: str, expected: bool) -> None:
    (here,), (there,) = quantities_of(one), quantities_of(other)
    assert here.kind == there.kind
    assert differ(here, there) is differ(there, here) is expected


PIECES = [
    "1",
    "½",
    ",",
    ".",
    "000",
    " in ",
    "one",
    "mg",
    "°",
    " to ",
    "/",
    "80",
    "-",
    "a ",
    "day",
    "every ",
    "٣",
    "İ",
    "more than ",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_of_any_characters_stand_in_the_sentence_one_after_the_other(sentence: str) -> None:
    places = [place for each in quantities_of(sentence) for place in (each.start, each.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(sentence) for place in places)
    assert all(each.low <= each.high for each in quantities_of(sentence))
