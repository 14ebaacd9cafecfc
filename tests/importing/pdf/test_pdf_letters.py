"""Letters of a PDF as they are drawn: turned, mirrored, beyond the page, and in fonts that do not say what they are."""

from __future__ import annotations

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.errors import WellreadError
from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.convert import convert
from wellread.importing.symbols import sign

TITLE = Text("Gout", 760, size=20, font="bold")
REST = Text("Rest the joint.", 650)


def blocks(*lines: Text) -> list[str]:
    return convert(pdf([[TITLE, *lines]])).html.split("\n")[1:]


def left_out(*lines: Text) -> list[LeftOut]:
    return list(convert(pdf([[TITLE, *lines]])).left_out)


def notes(*lines: Text) -> tuple[str, ...]:
    """The notes without the first two, which are the same for all."""
    return convert(pdf([[TITLE, *lines]])).notes[2:]


def test_size_below_zero_turns_letters_as_a_matrix_does() -> None:
    assert blocks(Text("Cool it", 700, 300, size=-10, matrix="-1 0 0 -1"), REST) == [
        "<p>Cool it</p>",
        "<p>Rest the joint.</p>",
    ]
    upside_down = Text("Cool it", 700, 300, size=-10)
    assert blocks(upside_down, REST) == ["<p>Rest the joint.</p>", "<p>Cool it</p>"]
    assert notes(upside_down, REST) == ("text that is turned stands at the end of its page: page 1",)


def test_mirrored_lines_are_read_forwards_and_from_top_to_bottom() -> None:
    lines = [Text(line, 700 - 12 * n, 300, matrix="-1 0 0 1") for n, line in enumerate(("Cool it now", "and rest"))]
    assert blocks(*lines) == ["<p>Cool it now and rest</p>"]


def test_letters_beyond_the_first_plane_of_unicode_are_read() -> None:
    assert blocks(Text("hot Y hot", 700, font="ligature")) == ["<p>hot 😀 hot</p>"]


def test_words_of_slanted_text_stay_apart() -> None:
    slanted = Text("NOT FOR PATIENTS", 300, 200, 40, matrix="0.7 0.7 -0.7 0.7")
    assert left_out(slanted, REST) == [LeftOut("slanted text", "NOT FOR PATIENTS")]


def test_word_over_the_edge_of_the_page_is_not_cut() -> None:
    line = Text("Ask the nurses tomorrow", 700, 540)  # the page ends inside "nurses"
    assert blocks(line, REST)[0] == "<p>Ask the nurses</p>"
    assert left_out(line, REST) == [LeftOut("text beyond the edge of the page", "tomorrow")]


def test_word_is_struck_out_with_most_of_its_letters_and_a_figure_by_itself() -> None:
    """Helvetica of 10 points: "Take " is 24 wide, "twenty" 29, "or " 12, a figure 5.6."""

    def read(line: str, left: float, width: float) -> tuple[str, list[LeftOut]]:
        page = Page([TITLE, Text(line, 700, 50)], drawn=f"{left} 702.6 {width} 0.7 re f\n")
        converted = convert(pdf([page]))
        return converted.html.split("\n")[1], list(converted.left_out)

    assert read("Take twenty now", 76, 26) == ("<p>Take now</p>", [LeftOut("struck out", "twenty")])
    assert read("Take twenty now", 76, 9) == ("<p>Take twenty now</p>", [])
    assert read("Take twenty now", 76, 20) == ("<p>Take twenty now</p>", [])
    assert read("Take 50 now", 81, 5) == ("<p>Take 5 now</p>", [LeftOut("struck out", "0")])


def test_micrograms_in_the_font_symbol_are_no_other_sign() -> None:
    assert blocks(Text("5 ", 700), Text("m", 700, 60, font="symbol"), Text("g a day", 700, 67)) == ["<p>5 µg a day</p>"]


def test_letter_that_its_font_does_not_name_is_shown_to_be_missing() -> None:
    line = Text("Take \x02ne in the morning and two in the evening", 700, font="numbered")
    said = "Take \ufffdne in the morning and two in the evening"
    assert blocks(line) == [f"<p>{said}</p>"]
    assert notes(line) == (
        'the letters of these words were guessed, compare them: page 1 ("Take \ufffdne in the morning and two in …")',
        "\ufffd stands for letters that the file does not name: page 1",
    )


def test_font_whose_letters_are_numbered_anew_is_not_read_and_named() -> None:
    line = Text("%&\x03,7\x03:", 700, font="numbered")
    assert blocks(line, REST) == ["<p>Rest the joint.</p>"]
    assert notes(line, REST) == ("the file does not say which letters it shows (5 of them, page 1): type them in",)


def test_spaces_alone_do_not_make_a_font_unreadable_where_they_have_names() -> None:
    assert "does not say which" not in " ".join(notes(*paragraph("Rest the joint|and cool it.", 700)))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page([Text("%&\x03,7\x03:", 700, font="numbered")]), "the file does not say which letters it shows"),
        (Page([Text("2 4 8", 700)]), "there are only numbers in it, and no words"),
        (
            Page(annotations="<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(Old dose!)>>"),
            "there is no text in it but comments and filled-in fields",
        ),
        (
            Page([Text("DRAFT", 300, 200, 40, matrix="0.7 0.7 -0.7 0.7"), Text("Old", 700, layer="off")]),
            "there is no text in it but slanted text, text of a layer that is not shown",
        ),
    ],
)
def test_file_without_words_is_refused_with_what_it_holds(page: Page, reason: str) -> None:
    with pytest.raises(WellreadError) as caught:
        convert(pdf([page]))
    assert caught.value.reason == reason


def test_letters_of_no_size_are_hidden_text() -> None:
    lines = [Text("iron", 700, size=0.01), Text("anaemia", 700, 55, size=0.01), REST]
    assert blocks(*lines) == ["<p>Rest the joint.</p>"]
    assert [piece.kind for piece in left_out(*lines)] == ["hidden text"]


def test_webdings_has_boxes_of_its_own() -> None:
    assert [sign("CDEFGH+Webdings", code) for code in (0x63, 0xF063, 0x46)] == ["☐", "☐", ""]


def test_bullets_that_stand_without_words_are_left_out_and_counted() -> None:
    signs = [Text("\xb7", 640, font="symbol"), Text("4", 600, font="dingbats")]
    found = convert(pdf([[Text("Rest at home.", 700), *signs]]))
    assert found.html == "<p>Rest at home.</p>\n<p>✔</p>"
    assert "boxes and bullets that stand without words are left out (1)" in found.notes
