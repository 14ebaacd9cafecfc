"""Layers of a PDF that are switched off: what stands on them is no text, and is named."""

from __future__ import annotations

from pdf_files import Page, Text, pdf

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.convert import convert

TITLE = Text("Gout", 760, size=20, font="bold")


def read(*lines: Text, drawn: str = "") -> tuple[list[str], list[LeftOut]]:
    converted = convert(pdf([Page([TITLE, *lines], drawn=drawn)]))
    return converted.html.split("\n")[1:], list(converted.left_out)


def hidden(text: str) -> list[LeftOut]:
    return [LeftOut("text of a layer that is not shown", text)]


def test_text_of_a_layer_that_is_off_is_left_out_and_named() -> None:
    lines = [Text("Take twenty tablets.", 700, layer="off"), Text("Take two tablets.", 650, layer="on")]
    assert read(*lines) == (["<p>Take two tablets.</p>"], hidden("Take twenty tablets."))


def test_of_two_languages_at_one_place_the_one_that_is_shown_is_read() -> None:
    lines = [Text("Toma dos pastillas.", 700, layer="off"), Text("Take two tablets.", 700, layer="on")]
    assert read(*lines) == (["<p>Take two tablets.</p>"], hidden("Toma dos pastillas."))


def test_form_in_a_layer_that_is_off_is_left_out_and_named() -> None:
    lines = [Text("Take twenty tablets.", 700, layer="form"), Text("Take two tablets.", 650)]
    assert read(*lines) == (["<p>Take two tablets.</p>"], hidden("Take twenty tablets."))


def test_white_text_of_a_layer_that_is_shown_stays_on_its_colour() -> None:
    line = Text("Call us if you feel faint.", 700, color="1 1 1", layer="on")
    assert read(line, drawn="0.8 0 0 rg 40 690 300 30 re f\n") == (["<p>Call us if you feel faint.</p>"], [])


def test_line_of_a_hidden_layer_strikes_nothing_out() -> None:
    lines = [Text("Take two tablets.", 700), Text("Old dose", 600, layer="off")]
    struck = "/OC/off BDC 50 702.6 80 0.7 re f EMC\n"
    assert read(*lines, drawn=struck)[0] == ["<p>Take two tablets.</p>"]
