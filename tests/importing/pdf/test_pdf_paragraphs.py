"""How lines of a PDF are joined: numbers that count on, dashes, amounts behind dots, scripts without spaces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wellread.importing.pdf.charts import chart_notes
from wellread.importing.pdf.fonts import Font
from wellread.importing.pdf.headings import find_headings
from wellread.importing.pdf.indic import wrong_words
from wellread.importing.pdf.lists import html_of_list
from wellread.importing.pdf.paragraphs import Group, join_lines
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import Line, TableRows
from wellread.text.divided import Vocabulary, joined_lines

FULL = 300.0


def texts(*lines: tuple[str, float, float]) -> list[str]:
    """The paragraphs that lines make, given with their left and right ends in a column of 300 points."""
    made = [
        Line(text, 1, Style(10, False), left, right, 700 - 12 * at, (0.0, FULL), at)
        for at, (text, left, right) in enumerate(lines)
    ]
    return [part.text for part in join_lines([made]) if isinstance(part, Group)]


def test_numbers_with_points_that_count_on_begin_paragraphs() -> None:
    assert texts(
        ("2.1 People with a swelling of the legs that", 0, FULL),
        ("comes back each evening", 12, FULL),
        ("2.2 People who have had a stroke and who", 0, FULL),
        ("2.2.1 are older", 0, 90),
        ("2.3 People who faint", 0, FULL),
    ) == [
        "2.1 People with a swelling of the legs that comes back each evening",
        "2.2 People who have had a stroke and who",
        "2.2.1 are older",
        "2.3 People who faint",
    ]


@pytest.mark.parametrize("amount", ["2.5 ml in the morning", "3.2 ml in the morning", "2.1 ml in the morning"])
def test_amount_at_the_margin_begins_no_paragraph(amount: str) -> None:
    joined = f"2.1 Give the child a spoon that holds {amount}"
    assert texts(("2.1 Give the child a spoon that holds", 0, FULL), (amount, 0, 120)) == [joined]


def test_dash_without_a_space_begins_an_item_where_the_line_above_has_ended() -> None:
    assert texts(
        ("WARNINGS", 0, 80),
        ("-The elderly need care.", 0, FULL),
        ("-Tell your doctor if you are", 0, FULL),
        ("pregnant.", 0, 60),
    ) == ["WARNINGS", "-The elderly need care.", "-Tell your doctor if you are pregnant."]


def test_amounts_behind_dots_stand_in_lines_of_their_own() -> None:
    lines = (("sertol ............ 5 mg", 0, FULL), ("starch ............ 1 tablet", 0, FULL), ("Also: salt", 0, 60))
    assert texts(*lines) == [text for text, _, _ in lines]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["毎日三回、食後に", "飲んでください。"], "毎日三回、食後に飲んでください。"),
        (["食後に一回五～", "10mgを飲む"], "食後に一回五～10mgを飲む"),
        (["请饭后服用（", "每日三次）。"], "请饭后服用（每日三次）。"),
        (["พักผ่อนและดื่มน้ำ", "มากๆ"], "พักผ่อนและดื่มน้ำมากๆ"),
        (["약을 하루에", "세 번"], "약을 하루에 세 번"),
        (["twice a", "day"], "twice a day"),
    ],
)
def test_lines_of_scripts_without_spaces_are_joined_without_one(lines: list[str], whole: str) -> None:
    assert joined_lines(lines, Vocabulary.of(lines)) == whole


def test_line_that_is_not_full_ends_something_in_scripts_without_spaces_too() -> None:
    lines = ["品名：光心片", "成分：乳糖", "每日饭后服用一片，连续服用三天，不要超", "过三片。"]
    whole = "品名：光心片 成分：乳糖 每日饭后服用一片，连续服用三天，不要超过三片。"
    assert joined_lines(lines, Vocabulary.of(lines)) == whole


def test_words_below_one_another_in_a_cell_are_divided_by_the_width_of_their_column() -> None:
    rows = (("头痛\n发热", "常见\n罕见"), ("请在每天早上饭后服\n用一片", "少见"))
    assert join_lines([TableRows(rows, 1)]) == [
        TableRows((("头痛 发热", "常见 罕见"), ("请在每天早上饭后服用一片", "少见")), 1)
    ]


def test_item_that_counts_on_is_beside_the_one_above_however_far_it_is_indented() -> None:
    """In Markdown, a list that begins with "7." right below the text of an item is read as text."""
    items = [Group(text, Style(10, False), 1, left=left) for text, left in (("6. Salt", 0.0), ("7. Water", 90.0))]
    assert html_of_list(items) == '<ol start="6"><li>Salt</li><li>Water</li></ol>'


def test_signs_of_vowels_where_none_can_be_show_wrong_letters() -> None:
    right = "दवा को खाने के बाद लें। পানি খান। தண்ணீர் குடிக்கவும். വെള്ളം കുടിക്കുക"
    assert wrong_words(right) == ()
    assert wrong_words(f"{right} सदस्ोों नहीींहै कु ी ेत") == ("सदस्ोों", "नहीींहै", "ी", "ेत")
    assert wrong_words(f"{right} नहीींहै") == ()


def test_answers_of_a_chart_in_hindi_are_found() -> None:
    parts = [Group(text, Style(10, False), 1) for text in ("हाँ", "नहीं")]
    assert len(chart_notes(parts)) == 1
    assert chart_notes([*parts[:1], replace(parts[1], text="नहीं।")]) == []


def test_capital_outside_an_indented_list_begins_a_paragraph_and_a_small_letter_none() -> None:
    item = ("\u2022 you cannot speak or lift your arm any", 12, FULL)
    assert texts(item, ("Helpline: 01632 960 444", 0, 150)) == [item[0][2:], "Helpline: 01632 960 444"]
    assert texts(item, ("longer than before", 0, 100)) == [f"{item[0][2:]} longer than before"]
    assert texts(item, ("Friday", 20, 60)) == [f"{item[0][2:]} Friday"]


@pytest.mark.parametrize("char", ["\u00ad", "\u2010", "\u2011"])
def test_any_hyphen_is_read_as_one_that_divides_words(char: str) -> None:
    shown = Font(0, "Serif", signs=False, heavy=False).shown(char)
    lines = [f"heart rhy{shown}", "thm disorder"]
    assert joined_lines(lines, Vocabulary.of([*lines, "the rhythm"])) == "heart rhythm disorder"


def test_large_quotation_is_no_heading_and_a_heading_in_quotation_marks_is_one() -> None:
    text, large = Style(10, False), Style(14, False)

    def levels(head: str) -> dict[int, int]:
        parts = [
            Group("Stroke", Style(20, True), 1),
            Group("Take one a day, with food.", text, 1),
            Group(head, large, 1),
            Group("Never take two doses at once.", text, 1),
        ]
        return find_headings(parts)

    assert levels("\u201cI take mine when I brush my teeth.\u201d") == {0: 1}
    assert levels("What \u201cno salt\u201d means") == {0: 1, 2: 2}


def test_signs_of_what_to_do_begin_items_without_a_space_too() -> None:
    signs = [("✓Keep it dry and do not", 0, 299), ("✗Scratch it not, even if", 0, 299), ("it itches.", 0, 60)]
    assert texts(*signs) == ["Keep it dry and do not", "Scratch it not, even if it itches."]
    assert Font(1, "Emoji", False, False).shown("\ufe0f") == ""  # says that the sign before it is a picture


@pytest.mark.parametrize("line", ["Last reviewed: March 2024", "Reviewed March 2024. Next review: March 2027"])
def test_date_of_the_review_below_the_end_of_a_full_line_is_a_paragraph(line: str) -> None:
    assert texts(("Call if you cannot stand.", 0, 299), (line, 0, 200)) == ["Call if you cannot stand.", line]
    assert texts(("The plan was", 0, 299), (line, 0, 200)) == [f"The plan was {line}"]
