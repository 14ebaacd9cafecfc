"""Lines with Arabic and Hebrew: numbers, doses and a "not" stand as on the page, wherever PDFium has their letters."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.directions import Letter, in_reading_order

LEAFLET = ROOT / "tests" / "fixtures" / "imports" / "fever-hebrew.pdf"


def read(shown: str, from_right: bool = True) -> str:
    """The reading of a line of letters one point wide, given as it is shown from left to right."""
    return in_reading_order([Letter(char, at, at + 1) for at, char in enumerate(shown)], 2.0, from_right)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("38.5", "38.5"),
        ("120/80", "120/80"),
        ("12:30", "12:30"),
        ("1,000", "1,000"),
        ("12.03.2026", "12.03.2026"),
        ("2–3", "3–2"),
        ("03-555-10", "03-555-10"),
        ("5.7%", "5.7%"),
        ("5.7 %", "% 5.7"),
        ("+6", "6+"),
        ("10 mg/kg", "mg/kg 10"),
        ("Acamol 500", "Acamol 500"),
        ("COVID-19", "COVID-19"),
        ("HbA1c 6.5%", "HbA1c 6.5%"),
        ("(Acamol 500 mg)", ")Acamol 500 mg("),
        ("Acamol (500 mg)", "Acamol (500 mg)"),
        ("> 38", "38 <"),
    ],
)
def test_number_in_a_hebrew_line_stands_as_it_was_written(number: str, shown: str) -> None:
    assert read(f".םוי {shown} םוח") == f"חום {number} יום."


@pytest.mark.parametrize(
    ("number", "shown"),
    [("38.5", "38.5"), ("٣٨٫٥", "٣٨٫٥"), ("03-555-10", "10-555-03"), ("5.7%", "%5.7"), ("COVID-19", "COVID-19")],
)
def test_number_in_an_arabic_line_stands_as_it_was_written(number: str, shown: str) -> None:
    assert read(f"موي {shown} ةرارح") == f"حرارة {number} يوم"


def test_letters_that_are_drawn_as_one_keep_their_order_and_marks_stay_with_their_letter() -> None:
    lam, alef, space = Letter("ل", 4, 6), Letter("ا", 4, 5), Letter(" ", 3, 4)
    word = [Letter("ت", 2, 3), Letter("\u064b", 1, 1.5), Letter("م", 1, 2)]
    assert in_reading_order([alef, lam, space, *word], 2.0, from_right=True) == "لا تم\u064b"


def test_words_from_right_to_left_are_turned_inside_a_line_from_left_to_right() -> None:
    assert read("The word הובג םוח is fever.", from_right=False) == "The word חום גבוה is fever."


def test_hebrew_leaflet_has_its_doses_lists_and_tables_and_names_what_looks_the_same_both_ways() -> None:
    found = convert(LEAFLET.read_bytes())
    assert re.sub(r"</?t(?:able|r|[hd])>", "|", found.html).split("\n") == [
        '<h1 class="title">חום אצל ילדים</h1>',
        "<p>חום מעל 38.5 מעלות נמשך בדרך כלל 2–3 ימים.</p>",
        "<h2>מה לתת?</h2>",
        "<ul><li>מינון של 10 mg/kg בכל פעם</li><li>לא יותר מ-4 פעמים ביום</li></ul>",
        "<h2>מינונים</h2>",
        "|||גיל||מינון||||מעל 2||5 ml||||מעל 6||10 ml|||",
    ]
    note = 'page 1 is read from the right, compare these places with the page: "10 mg/kg", "5 ml", "10 ml"'
    assert note in found.notes
