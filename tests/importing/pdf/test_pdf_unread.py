"""Letters of a PDF that are no text to its readers: struck through, in the colour of the page, or tiny."""

from __future__ import annotations

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.convert import convert

TITLE = Text("Iron tablets", 760, size=20, font="bold")
DOSE = [Text("Take ", 700), Text("4 tablets ", 700, 73), Text("2 tablets a day with food.", 700, 116)]
ADVICE = paragraph("Keep the tablets dry, and ask us before|you take anything else with them.", 660)


def read(drawn: str = "", lines: list[Text] | None = None, annotations: str = "") -> tuple[list[str], list[LeftOut]]:
    """The blocks of a page with these lines, and what was left out."""
    page = Page([TITLE, *(DOSE if lines is None else lines), *ADVICE], drawn=drawn, annotations=annotations)
    converted = convert(pdf([page]))
    return converted.html.split("\n")[1:-1], list(converted.left_out)


@pytest.mark.parametrize(
    "line",
    ["73 702.6 39 0.7 re f\n", "0.7 w 73 703 m 112 703 l S\n", "73 702 39 0.5 re f 73 704 39 0.5 re f\n"],
    ids=["a thin box", "a line", "two lines"],
)
def test_dose_that_a_line_goes_through_is_left_out_and_named(line: str) -> None:
    assert read(line) == (["<p>Take 2 tablets a day with food.</p>"], [LeftOut("struck out", "4 tablets")])


def test_dose_that_is_marked_as_struck_out_later_is_left_out_and_named() -> None:
    marked = "<</Type/Annot/Subtype/StrikeOut/Rect[73 698 112 708]/QuadPoints[73 708 112 708 73 698 112 698]>>"
    assert read(annotations=marked) == (
        ["<p>Take 2 tablets a day with food.</p>"],
        [LeftOut("struck out", "4 tablets")],
    )


@pytest.mark.parametrize(
    "line",
    ["73 698 39 0.7 re f\n", "20 702.6 500 0.7 re f\n", "73 709 39 0.7 re f\n", "70 697 45 12 re S\n"],
    ids=["below", "a rule of the page", "above", "a frame"],
)
def test_line_elsewhere_strikes_nothing_out(line: str) -> None:
    assert read(line) == (["<p>Take 4 tablets 2 tablets a day with food.</p>"], [])


def test_white_letters_on_white_and_tiny_ones_are_left_out_and_named() -> None:
    hidden = [Text("Editors: ask the pharmacy.", 700, color="1 1 1"), Text("iron anaemia tablets", 690, size=1)]
    assert read(lines=hidden) == (
        [],
        [LeftOut("hidden text", "Editors: ask the pharmacy. iron anaemia tablets")],
    )


def test_white_letters_in_a_white_frame_are_hidden_and_those_on_a_colour_are_text() -> None:
    white = [Text("Call us if you feel faint.", 700, color="1 1 1")]
    assert read("1 1 1 rg 40 690 300 30 re f\n", white)[1] == [LeftOut("hidden text", "Call us if you feel faint.")]
    assert read("0.8 0 0 rg 40 690 300 30 re f\n", white) == (["<p>Call us if you feel faint.</p>"], [])
    assert convert(pdf([Page([TITLE, *white, *ADVICE], picture=True)])).left_out == ()


def test_all_letters_of_a_page_that_is_drawn_small_are_read() -> None:
    small = [Text("Iron tablets", 760, size=4, font="bold"), *paragraph("Take one a day.", 750, size=2)]
    assert "Take one a day." in convert(pdf([small])).html


def read_below(over: str, picture: bool = False) -> tuple[str, list[LeftOut]]:
    """The line of a dose below what is drawn over it, and what was left out."""
    lines = [Text("Take 8 tablets a day, not more.", 700)]
    converted = convert(pdf([Page([TITLE, *lines, *ADVICE], picture=picture, over=over)]))
    return converted.html.split("\n")[1], list(converted.left_out)


def test_dose_below_a_shape_is_left_out_and_the_one_over_it_stands_in_its_place() -> None:
    typed = "1 1 1 rg 73 696 7 12 re f BT 0 0 0 rg /plain 10 Tf 1 0 0 1 74 700 Tm (6) Tj ET\n"
    assert read_below(typed) == ("<p>Take 6 tablets a day, not more.</p>", [LeftOut("hidden text", "8")])


def test_words_below_a_shape_stay_and_a_note_quotes_them() -> None:
    found = convert(pdf([Page([TITLE, *DOSE, *ADVICE], over="0 0 0 rg 40 690 300 20 re f 1 1 1 rg 40 640 9 9 re f\n")]))
    assert found.html.split("\n")[1] == "<p>Take 4 tablets 2 tablets a day with food.</p>"
    quote = 'page 1 ("Take 4 tablets 2 tablets a day with …")'
    assert f"a shape covers these words on the page, look whether they belong there: {quote}" in found.notes


def test_line_that_goes_on_over_covered_words_stays_whole() -> None:
    typed = "1 1 1 rg 73 696 7 12 re f BT 0 0 0 rg /plain 10 Tf 1 0 0 1 74 700 Tm (6 and more) Tj ET\n"
    assert read_below(typed)[1] == []


@pytest.mark.parametrize(
    "over",
    [
        "0.4 w 70 696 60 12 re S\n",
        "0 0 0 rg 70 698 60 1 re f\n",
        "1 1 1 rg 50 712 200 9 re f\n",
        "1 1 1 rg 73 704 7 4 re f\n",
    ],
    ids=["a frame", "an underline", "a box above it", "a box over half of a letter"],
)
def test_dose_that_is_seen_below_what_is_drawn_over_it_stays(over: str) -> None:
    assert read_below(over) == ("<p>Take 8 tablets a day, not more.</p>", [])


def test_words_below_a_picture_and_a_shape_stay_as_programs_write_those_of_a_scan() -> None:
    over = "1 1 1 rg 40 690 300 20 re f q 600 0 0 800 0 0 cm /Im Do Q\n"
    assert read_below(over)[0] == "<p>Take 8 tablets a day, not more.</p>"
