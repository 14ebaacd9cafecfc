"""Columns of tabs in Word documents: what is a row of a table, and what a label and its text."""

from __future__ import annotations

import pytest
from word_files import docx, paragraph
from word_files import table as drawn_table

from wellread.importing.word.document import docx_to_html

TOLD = "lines with tabs became rows of tables, compare them with the page: "
HEAD = paragraph("Zinc", style="Title") + paragraph("Dose", style="heading1")


def read(*lines: str) -> tuple[str, tuple[str, ...]]:
    """The HTML below the heading, and the notes."""
    found = docx_to_html(docx(HEAD + "".join(map(paragraph, lines))))
    return found.html.split("<h1>Dose</h1>\n")[1].replace("\n", "").replace("<p>", "").replace("</p>", " "), found.notes


def table(*rows: str) -> str:
    """A table as `read` gives it, a row a text with "|" between its cells."""
    cells = ("".join(f"<td>{cell} </td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_row_of_several_columns_may_begin_with_a_short_cell() -> None:
    html, notes = read("Age\tTablets\tDrops", "<2\tnone\t5 ml".replace("<", "&lt;"), "9\t1\t10 ml")
    assert html == table("Age|Tablets|Drops", "&lt;2|none|5 ml", "9|1|10 ml")
    assert notes == ()


def test_short_cells_that_do_not_count_on_are_rows_of_two_columns() -> None:
    assert read("Age\tDose", "2\t5 ml", "6\t10 ml")[0] == table("Age|Dose", "2|5 ml", "6|10 ml")


@pytest.mark.parametrize("marks", [("1", "2", "3"), ("→", "→", "!")])
def test_numbers_that_count_on_and_signs_before_a_tab_mark_items(marks: tuple[str, ...]) -> None:
    lines = [f"{mark}\t{text}" for mark, text in zip(marks, ("I have read this", "I agree", "I sign"), strict=True)]
    assert read(*lines)[0] == "".join(f"{line.replace(chr(9), ' ')} " for line in lines)


def test_numbered_paragraphs_whose_numbers_do_not_count_on_are_text() -> None:
    text = "The clinic asks for a letter from the practice, and for a list of all medicines"
    assert read(f"7-\t{text}", f"9-\t{text}")[0] == f"7- {text} 9- {text} "


def test_row_that_stands_alone_is_told_of() -> None:
    html, notes = read("2 to 4 years\t5 ml", "Ask first.")
    assert html == table("2 to 4 years|5 ml") + "Ask first. "
    assert notes == (f'{TOLD}"2 to 4 years | 5 ml"',)


def test_rows_of_one_table_are_not_told_of() -> None:
    assert read("2 to 4 years\t5 ml", "5 to 9 years\t10 ml")[1] == ()


def test_words_that_tabs_set_apart_in_a_cell_are_one_text() -> None:
    body = drawn_table([("Take\tone\ttablet", "at night"), ("Keep", "dry")])
    assert "<td><p>Take one tablet</p></td>" in docx_to_html(docx(HEAD + body)).html
