"""What stands beside the text of a page: boxes, notes in the margin, numbers of lines, and its head and foot."""

from __future__ import annotations

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.converted import Converted
from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.convert import convert

TITLE = Text("Warfarin", 760, size=20, font="bold")


def read(*lines: Text, drawn: str = "") -> Converted:
    return convert(pdf([Page([TITLE, *lines], drawn=drawn)]))


def sections() -> list[Text]:
    return [
        *paragraph("Take the tablets once a day, at the same time,|with a glass of water, and never twice a day.", 720),
        Text("Bleeding", 680, size=14, font="bold"),
        *paragraph("Go to hospital if you hit your head, or if you|cough up blood, or bleed for ten minutes.", 660),
    ]


EXPECTED = [
    '<h1 class="title">Warfarin</h1>',
    "<p>Take the tablets once a day, at the same time, with a glass of water, and never twice a day.</p>",
    "<p>Keep the yellow book with you.</p>",
    "<h2>Bleeding</h2>",
    "<p>Go to hospital if you hit your head, or if you cough up blood, or bleed for ten minutes.</p>",
]


def test_box_stands_at_the_end_of_the_section_that_it_is_beside() -> None:
    box = paragraph("Keep the yellow|book with you.", 722, 330)
    found = read(*box, *sections(), drawn="320 702 100 32 re S ")
    assert found.html.split("\n") == EXPECTED
    assert found.notes[-1] == (
        "the file has these parts elsewhere in its order, look whether they stand in their place: "
        'page 1 ("Keep the yellow book with you.")'
    )


def test_box_of_the_width_of_its_column_stays_in_its_place_there() -> None:
    left = [
        *paragraph("Take the tablets once a day, at the same|time, with a glass of water.", 720),
        *paragraph("Never take aspirin with them.", 680),
        Text("Bleeding", 640, size=14, font="bold"),
        *paragraph("Go to hospital if you hit your head, or if|you cough up blood.", 620),
    ]
    right = paragraph(
        "The clinic tests your blood as often as it|is needed: each week at first, and then|"
        "less often when the dose is right for|you. Write each result and each dose|"
        "down in the yellow book, and bring it|along to the clinic and the dentist.",
        720,
        320,
        leading=16,
    )
    found = read(*left, *right, drawn="45 670 220 26 re S ").html.split("\n")
    assert found[1:4] == [
        "<p>Take the tablets once a day, at the same time, with a glass of water.</p>",
        "<p>Never take aspirin with them.</p>",
        "<h2>Bleeding</h2>",
    ]


def test_notes_in_the_margin_stand_at_the_end_of_their_section() -> None:
    notes = paragraph("Keep the yellow|book with you.", 720, 330, 7, 9)
    notes += paragraph("Ring 999.", 660, 330, 7, 9)
    assert read(*notes, *sections()).html.split("\n") == [*EXPECTED, "<p>Ring 999.</p>"]


def test_shaded_cell_is_no_box_that_text_flows_around() -> None:
    lines = [
        *paragraph("Dose in|the morning", 702, 55),
        *paragraph("Two tablets with a glass of water,|half an hour before breakfast", 702, 200),
        *paragraph("Dose in|the evening", 662, 55),
        *paragraph("One tablet after the last meal of|the day, with some more water", 662, 200),
    ]
    shaded = "0.9 g 50 680 120 40 re f 50 640 120 40 re f 0 g "
    assert "Dose in the morning</p>\n<p>Two tablets with" in read(*lines, drawn=shaded).html


def test_numbers_of_lines_in_the_margin_are_left_out_and_named() -> None:
    words = "Rest and drink plenty.|Cool the skin of the arm.|Take the tablets at night.|Call us at once.|Do not smoke."
    numbers = [Text(str(at), 712 - 12 * at, 30, 7) for at in range(1, 6)]
    found = read(*paragraph(words, 700), *numbers)
    assert "<table>" not in found.html
    assert found.left_out == (LeftOut("line numbers", "1 2 3 4 5"),)


def test_large_numbers_that_count_steps_stay() -> None:
    words = "Rest and drink plenty.|Cool the skin of the arm.|Take the tablets at night.|Call us at once.|Do not smoke."
    numbers = [Text(str(at), 712 - 12 * at, 30, 10) for at in range(1, 6)]
    assert read(*paragraph(words, 700), *numbers).left_out == ()


def test_small_head_and_foot_of_a_single_page_are_left_out_and_named() -> None:
    found = read(Text("Example Hospital", 785, size=7), *sections(), Text("Code PED-014, page 1", 30, size=7))
    assert found.left_out == (
        LeftOut("running heads and page numbers", "Example Hospital"),
        LeftOut("running heads and page numbers", "Code PED-014, page 1"),
    )


def test_small_print_that_says_something_to_the_reader_stays() -> None:
    found = read(*sections(), Text("In an emergency ring 999 and say that you take warfarin", 30, size=7))
    assert found.html.endswith("<p>In an emergency ring 999 and say that you take warfarin</p>")


@pytest.mark.parametrize("foot", [["Leaflet 31 | Example Hospital", "1"], ["1 HAY FEVER"]])
def test_foot_with_the_number_of_a_single_page_is_left_out_and_named(foot: list[str]) -> None:
    lines = [Text(text, 30, 50 + 400 * at, 7) for at, text in enumerate(foot)]
    assert read(*sections(), *lines).left_out == tuple(LeftOut("running heads and page numbers", text) for text in foot)


@pytest.mark.parametrize("foot", ["CALL 112", "RING 15", "15 SAMU", "2 tablets a day"])
def test_small_print_with_a_number_that_is_no_page_stays(foot: str) -> None:
    assert read(*sections(), Text(foot, 30, size=7)).html.endswith(f"<p>{foot}</p>")


@pytest.mark.parametrize("foot", ["In an emergency call 112", "Do not drive while you take it."])
def test_small_print_that_says_something_stays_beside_the_number_of_the_page(foot: str) -> None:
    found = read(*sections(), Text(foot, 30, size=7), Text("1", 30, 400, 7))
    assert found.html.endswith(f"<p>{foot}</p>")
    assert found.left_out == (LeftOut("running heads and page numbers", "1"),)


def test_heading_in_another_colour_that_counts_on_is_of_the_same_level() -> None:
    lines = [Text("1. Before", 720, size=14, color="0 0 1"), Text("Eat nothing.", 700)]
    lines += [Text("2. After", 680, size=14), Text("Rest.", 660)]
    assert [line for line in read(*lines).html.split("\n") if line.startswith("<h2>")] == [
        "<h2>1. Before</h2>",
        "<h2>2. After</h2>",
    ]
