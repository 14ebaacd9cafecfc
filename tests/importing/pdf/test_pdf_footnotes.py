"""Footnotes at the foot of a PDF's pages stand below what refers to them."""

from __future__ import annotations

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.pdf.convert import convert
from wellread.text.accounting import compare_words

TITLE = Text("Water tablets", 760, size=20, font="bold")
REST = paragraph("Tell us about all else that you take, and drink as|much as you did before you began with them.", 600)
LOST = "what these footnotes belong to could not be told, they stay where they stood: "


def dose(mark: str) -> list[Text]:
    """A dose of ten days with a raised mark behind it."""
    return [Text("Take one a day for ten days", 700), Text(mark, 704, 172, 6), Text("and then stop.", 700, 178)]


def read(*pages: list[Text] | Page) -> list[str]:
    """The blocks of pages below the title, and the notes behind the first; no word is lost."""
    converted = convert(pdf(pages))
    text = converted.html.replace("<", " <").replace("[", " [")
    assert compare_words(converted.words.replace("days1", "days 1"), text).missing == ()
    return [*converted.html.split("\n")[1:], *converted.notes[1:]]


@pytest.mark.parametrize(
    "note",
    [
        [Text("1", 64, 50, 5), Text("Children take it for five days, and their", 60, 58, 7)],
        [Text("1. Children take it for five days, and their", 60, size=7)],
        [Text("1 Children take it for five days, and their", 60, size=7)],
    ],
    ids=["raised", "point", "plain"],
)
def test_footnote_stands_below_the_paragraph_with_its_mark(note: list[Text]) -> None:
    more = Text("doctor sees them before that.", 51, size=7)
    assert read([TITLE, *dose("1"), *REST, *note, more, Text("Ward leaflet 7", 20, size=7)])[:2] == [
        "<p>Take one a day for ten days[1] and then stop.</p>",
        "<p>[1] Children take it for five days, and their doctor sees them before that.</p>",
    ]


def test_footnote_of_an_item_stands_in_it_and_one_with_a_sign_below_its_paragraph() -> None:
    items = [Text("- Milk", 680), Text("2", 684, 74.5, 6), Text("- Fish", 668), Text("Call us*, by day.", 640)]
    notes = [Text("2 Nor cream.", 70, size=7), Text("* From Monday to Friday.", 60, size=7)]
    assert read([TITLE, Text("Do not take with the tablets these:", 695), *items, *REST, *notes])[1:4] == [
        "<ul><li>Milk[2]<p>[2] Nor cream.</p></li><li>Fish</li></ul>",
        "<p>Call us*, by day.</p>",
        "<p>* From Monday to Friday.</p>",
    ]


def test_each_page_has_notes_of_its_own() -> None:
    first = [TITLE, *dose("1"), *REST, Text("1 In adults.", 60, size=7)]
    found = read(first, [Text("They take five", 710), Text("1", 714, 114, 6), Text("1 In children.", 60, size=7)])
    assert [found[at] for at in (1, 4)] == ["<p>[1] In adults.</p>", "<p>[1] In children.</p>"]


def test_footnote_whose_mark_is_not_in_the_text_stays_and_is_named() -> None:
    note = [Text("2", 64, 50, 5), Text("Children take it for five days.", 60, 58, 7)]
    found = read([TITLE, *dose("1"), *REST, *note])
    assert found[-3] == "<p>² Children take it for five days.</p>"
    assert f"{LOST}² Children take it for five days." in found


def test_power_of_a_unit_refers_to_no_footnote() -> None:
    area = [Text("Take 10 ml/m", 700), Text("2", 704, 111, 6), Text("a day.", 700, 117)]
    found = read([TITLE, *area, *REST, Text("2 spoons are 10 ml.", 60, size=7)])
    assert "<p>2 spoons are 10 ml.</p>" in found
    assert found[0] == "<p>Take 10 ml/m² a day.</p>"
