"""What the order in which texts were drawn tells: cells of tables, columns of text, and spaces of justified lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.pieces import Char, Style, read_pieces
from wellread.importing.pdf.spacing import with_word_spaces

TITLE = Text("Fever", 760, size=20, font="bold")
WORDS = {"Rest": 20.0, "and": 16.7, "drink": 22.2, "plenty": 27.2, "of": 8.3, "water": 25.0}
"""Widths in points in Helvetica of 10 points, about."""


def blocks(*lines: Text, drawn: str = "") -> list[str]:
    """The blocks below the title."""
    return convert(pdf([Page([TITLE, *lines], drawn=drawn)])).html.split("\n")[1:]


def by_letters(text: str, y: float, x: float, spaces: float) -> list[Text]:
    """A line whose words are drawn one by one with a gap between them, as browsers do in justified text."""
    found = []
    for word in text.split():
        found.append(Text(word, y, x))
        x += WORDS[word] + spaces
    return found


def test_cells_that_are_centred_beside_taller_ones_stay_in_their_row() -> None:
    rows = [
        [["Babies"], ["2.5 ml"], ["not more than four", "times in a day"]],
        [["Children of", "school age"], ["5 ml"], ["once"]],
        [["Adults"], ["two tablets", "with food"], ["at night"]],
    ]
    lines = [
        Text(text, 700 - 30 * at - 12 * number + 6 * (len(cell) - 1), 50 + 75 * column)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        for number, text in enumerate(cell)
    ]
    assert "".join(blocks(*lines)) == (
        "<table><tr><td>Babies</td><td>2.5 ml</td><td>not more than four times in a day</td></tr>"
        "<tr><td>Children of school age</td><td>5 ml</td><td>once</td></tr>"
        "<tr><td>Adults</td><td>two tablets with food</td><td>at night</td></tr></table>"
    )


def test_last_line_of_the_last_cell_stays_in_it() -> None:
    lines = [
        Text("Q", 700),
        Text("May I swim?", 700, 90),
        Text("A", 680),
        Text("Yes, when the wound is", 680, 90),
        Text("closed and dry.", 662, 90),
    ]
    assert "".join(blocks(*lines)) == (
        "<table><tr><td>Q</td><td>May I swim?</td></tr>"
        "<tr><td>A</td><td>Yes, when the wound is closed and dry.</td></tr></table>"
    )


def test_last_line_of_the_first_cell_of_the_last_row_stays_in_it() -> None:
    lines = [
        Text("Week one", 700),
        Text("Blood test", 700, 150),
        Text("Every three", 680),
        Text("months", 662),
        Text("Kidneys", 680, 150),
    ]
    assert "".join(blocks(*lines)) == (
        "<table><tr><td>Week one</td><td>Blood test</td></tr>"
        "<tr><td>Every three months</td><td>Kidneys</td></tr></table>"
    )


def test_short_lines_in_columns_that_were_drawn_one_after_the_other_are_no_table() -> None:
    left = paragraph("Cough|Runny nose|Sore throat", 700)
    right = paragraph("Rest well|Drink tea|Keep warm", 700, 200)
    assert "<table>" not in "".join(blocks(*left, *right))


def test_boxes_of_a_poster_are_read_row_by_row_each_with_its_heading() -> None:
    lines: list[Text] = []
    for y, x, head, text in (
        (700, 50, "Know it", "Hot and dry skin, and|a mind that wanders."),
        (700, 320, "Call 999", "Say where you are, and|do not ring off."),
        (600, 50, "Cool down", "Wet the clothes, and|fan the person."),
        (600, 320, "Never give", "Aspirin or alcohol, or|any drink to the drowsy."),
    ):
        lines += [Text(head, y, x, 14, "bold"), *paragraph(text, y - 18, x)]
    boxes = "".join(f"{x} {y} 220 70 re S " for y in (650, 550) for x in (40, 310))
    assert blocks(*lines, drawn=boxes)[::2] == [
        "<h2>Know it</h2>",
        "<h2>Call 999</h2>",
        "<h2>Cool down</h2>",
        "<h2>Never give</h2>",
    ]


CARDS = (
    (700, 50, "Trinken", "Jede Stunde ein Glas Wasser,|auch ohne Durst."),
    (700, 320, "Schatten", "Von elf bis drei Uhr im Haus|bleiben und ruhen."),
    (600, 50, "Nachsehen", "Zweimal am Tag bei alten|Nachbarn klingeln."),
    (600, 320, "Niemals", "Kein Kind allein im Wagen|lassen, auch nicht kurz."),
)


def cards(size: float = 10) -> list[Text]:
    return [
        line
        for y, x, head, text in CARDS
        for line in (Text(head, y, x, size, "bold"), *paragraph(text, y - 18, x, leading=14))
    ]


HEADS = [f"<h2>{head}</h2>" for _, _, head, _ in CARDS]


@pytest.mark.parametrize("above", [[], [Text("Gut durch den heissen Tag kommen", 730)]], ids=["alone", "a line above"])
def test_cards_whose_headings_are_only_bold_are_no_table(above: list[Text]) -> None:
    found = blocks(*above, *cards())
    assert [block for block in found if block.startswith("<h")] == HEADS
    assert found.index("<h2>Niemals</h2>") == len(found) - 2


def test_boxes_tell_cards_of_a_page_that_was_drawn_line_by_line() -> None:
    lines = sorted(cards(), key=lambda line: (-line.y, line.x))
    boxes = "".join(f"{x} {y} 220 75 re S " for y in (645, 545) for x in (40, 310))
    assert blocks(*lines, drawn=boxes)[::2] == HEADS


def test_cells_with_a_bold_name_beside_labels_of_rows_stay_a_table() -> None:
    lines: list[Text] = []
    for y, label, name, dose in (
        (700, "Morning", "Metformin", "500 mg with food"),
        (660, "Noon", "Ramipril", "5 mg with some water"),
        (620, "Night", "Statin", "20 mg at bedtime"),
    ):
        lines += [Text(label, y), Text(name, y, 200, font="bold"), Text(dose, y - 12, 200)]
    assert "".join(blocks(*lines)) == (
        "<table><tr><td>Morning</td><td>Metformin 500 mg with food</td></tr>"
        "<tr><td>Noon</td><td>Ramipril 5 mg with some water</td></tr>"
        "<tr><td>Night</td><td>Statin 20 mg at bedtime</td></tr></table>"
    )


def test_two_tables_with_bold_heads_below_one_another_are_no_cards() -> None:
    lines: list[Text] = []
    for y, head, row in (
        (700, ("Weight", "Dose"), ("10 kg", "5 ml")),
        (640, ("Sign", "Do"), ("Fever", "Drink plenty")),
    ):
        lines += [Text(text, y, x, font="bold") for text, x in zip(head, (50, 320), strict=True)]
        lines += [Text(text, y - 14, x) for text, x in zip(row, (50, 320), strict=True)]
    assert "<h2>" not in "".join(blocks(*lines))


def test_part_below_columns_that_was_drawn_last_comes_last() -> None:
    left = paragraph("Keep the ankle up high, and cool it|for ten minutes every two hours.", 700)
    right = paragraph("Walk on it as soon as you can do|so without much pain in the joint.", 700, 320)
    below = paragraph("Cold hurts at first, but then after|a minute or two it helps you.", 664)
    assert blocks(*left, *right, *below) == [
        "<p>Keep the ankle up high, and cool it for ten minutes every two hours.</p>",
        "<p>Walk on it as soon as you can do so without much pain in the joint.</p>",
        "<p>Cold hurts at first, but then after a minute or two it helps you.</p>",
    ]


def test_wide_spaces_of_a_justified_line_beside_a_box_are_no_gutters() -> None:
    beside = [
        *by_letters("Rest and drink", 700, 50, 6.0),  # 58.9 points of words and twice 6.0 are as wide as
        *by_letters("plenty of water", 686, 50, 5.2),  # 60.5 and twice 5.2
        Text("plenty", 672),
    ]
    box = [Text("Ward 12 is open", 700, 200), Text("day and night.", 686, 200)]
    found = blocks(*box, *beside, drawn="190 678 110 36 re S ")
    assert found == ["<p>Rest and drink plenty of water plenty</p>", "<p>Ward 12 is open day and night.</p>"]


def test_letters_that_are_set_apart_make_words() -> None:
    line: list[Text] = []
    x = 50.0
    for letter in "WHEN TO CALL US":
        if letter != " ":
            line.append(Text(letter, 700, x, 12, "bold"))
        x += 14.0 if letter != " " else 8.0
    found = convert(pdf([[TITLE, *line, Text("Call if the fever lasts.", 680)]]))
    assert found.html.split("\n")[1] == "<h2>WHEN TO CALL US</h2>"
    assert "WHEN TO CALL US" in found.words  # as the words of the article are compared with


def drawn(text: str, seen: str, y: float = 700.0) -> list[Char | None]:
    """A line of touching letters, drawn one by one; PDFium sees a gap before those marked in `seen`, by their places.

    A space in the text is left open, a "_" is a space as narrow as nothing.
    """
    found: list[Char | None] = []
    x = 50.0
    for at, letter in enumerate(text):
        if letter in " _" or (seen[at : at + 1] == "|"):
            found.append(None)
        if letter == " ":
            x += 3.0
        elif letter != "_":
            found.append(Char(letter, Style(10.0, bold=False), 0, x, x + 5.0, y, drawn=1000 + len(text) + at))
            x += 5.0
    return found


def lines_of(*lines: list[Char | None]) -> list[str]:
    chars = with_word_spaces([char for line in lines for char in (*line, None)])
    return [piece.text.strip() for _, piece in read_pieces(iter(chars))]


def test_gaps_that_are_seen_between_letters_that_touch_are_no_spaces() -> None:
    first = drawn("your screening kit", " |||  ||| ||  | ||")
    second = drawn("the result in 2 weeks", "        |        ||||", 686.0)
    assert lines_of(first, second) == ["your screening kit", "the result in 2 weeks"]


@pytest.mark.parametrize("line", ["chew_it_well in 2_weeks", "give 10_ml in 2_weeks", "a_b_c"])
def test_few_spaces_that_are_set_as_narrow_stay_spaces(line: str) -> None:
    assert lines_of(drawn(line, "")) == [line.replace("_", " ")]


def test_spaces_that_are_written_stay_between_letters_that_touch() -> None:
    line: list[Char | None] = []
    for char in drawn("a_b_c_d_e_f_g_h", ""):
        before = line[-1] if line else None
        line.append(char or (before and replace(before, text=" ", left=before.right)))
    assert lines_of(line) == ["a b c d e f g h"]


def test_letter_that_stands_for_a_whole_phrase_is_read() -> None:
    phrase = Char("صلى الله عليه", Style(10.0, bold=False), 0, 50.0, 60.0, 700.0)
    assert with_word_spaces([phrase]) == [phrase]


def rows(lines: Sequence[tuple[str, str]]) -> list[Text]:
    return [
        Text(text, 700 - 14 * at, 50 + 14 * column) for at, pair in enumerate(lines) for column, text in enumerate(pair)
    ]


def test_any_sign_before_two_lines_is_a_bullet() -> None:
    lines = rows([("\xbb", "a pacemaker in the chest"), ("\xbb", "metal in the eye"), ("\xbb", "a pregnancy")])
    assert blocks(*lines) == ["<ul><li>a pacemaker in the chest</li><li>metal in the eye</li><li>a pregnancy</li></ul>"]


def test_marks_of_what_to_do_and_what_not_to_do_stay_before_their_items() -> None:
    lines = [Text("4", 700, font="dingbats"), Text("drink water", 700, 64)]
    lines += [Text("8", 686, font="dingbats"), Text("drink beer", 686, 64)]
    assert blocks(*lines) == ["<ul><li>✔ drink water</li><li>✘ drink beer</li></ul>"]


def test_mark_of_what_not_to_do_stays_before_a_heading() -> None:
    lines = [Text("8", 700, size=14, font="dingbats"), Text("Avoid", 700, 70, 14, "bold"), Text("Beer and liver.", 680)]
    assert blocks(*lines)[0] == "<h2>✘ Avoid</h2>"


@pytest.mark.parametrize("sign", ["<", ">", "+"])
def test_sign_that_says_something_is_no_bullet(sign: str) -> None:
    lines = [Text(f"{sign} grade two burns", 700), Text(f"{sign} grade three burns", 686)]
    assert blocks(*lines) == [f"<p>{escape(sign)} grade two burns</p>", f"<p>{escape(sign)} grade three burns</p>"]


def test_sign_before_a_figure_is_no_bullet() -> None:
    lines = [Text("> 75 years: one tablet", 700), Text("> 60 years: two tablets", 686)]
    assert "&gt; 75 years" in "".join(blocks(*lines))


@pytest.mark.parametrize("upright", ["", "40 565 m 40 715 l S 300 565 m 300 715 l S 560 565 m 560 715 l S"])
def test_cells_with_bold_first_lines_and_rules_between_their_rows_stay_a_table(upright: str) -> None:
    level = "".join(f"40 {y} m 560 {y} l S " for y in (715, 640, 565))
    assert "".join(blocks(*cards(), drawn=level + upright)) == (
        "<table><tr><td>Trinken Jede Stunde ein Glas Wasser, auch ohne Durst.</td>"
        "<td>Schatten Von elf bis drei Uhr im Haus bleiben und ruhen.</td></tr>"
        "<tr><td>Nachsehen Zweimal am Tag bei alten Nachbarn klingeln.</td>"
        "<td>Niemals Kein Kind allein im Wagen lassen, auch nicht kurz.</td></tr></table>"
    )
