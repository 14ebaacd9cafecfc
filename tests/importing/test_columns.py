"""Headings that stand beside one another on a web page: each has the text of its own column, and no other."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

HEADS = ("<h3>Adults</h3>", "<h3>Children</h3>")
PAIRED = "headings that stand beside one another stand each above its own column now (1)"
TABLED = "rows of columns under headings became tables (1)"


def article(text: str) -> tuple[str, tuple[str, ...]]:
    return text_and_notes(f"<title>T</title><main><h1>T</h1><p>Look.</p>{text}</main>")


def row(*cells: str, name: str = "row") -> str:
    return f"<div class='{name}'>{''.join(f'<div>{cell}</div>' for cell in cells)}</div>"


@pytest.mark.parametrize(
    "columns",
    [
        row("<h3>Adults</h3>", "<h3>Children</h3>") + row("<p>Ten drops.</p>", "<p>Two drops.</p>"),
        f"<div>{row(*HEADS)}</div><div>{row('<p>Ten drops.</p>', '<p>Two drops.</p>')}</div>",
        f"<div class='grid cols-2'>{''.join(HEADS)}<p>Ten drops.</p><p>Two drops.</p></div>",
        "<div class='g'><h3>Adults</h3><h3>Children</h3></div><div class='g'><p>Ten drops.</p><p>Two drops.</p></div>",
    ],
)
def test_heading_beside_another_stands_above_its_own_column(columns: str) -> None:
    text, notes = article(columns)
    assert text == "Look.\n\n## Adults\n\nTen drops.\n\n## Children\n\nTwo drops."
    assert notes == (PAIRED,)


def test_heading_in_a_table_of_passages_stands_above_its_own_column() -> None:
    long = " ".join(["drops"] * 70)
    head = "<tr><td><h3>Adults</h3></td><td><h3>Children</h3></td></tr>"
    text, notes = article(f"<table>{head}<tr><td><p>Ten {long}.</p></td><td><p>Two {long}.</p></td></tr></table>")
    assert text == f"Look.\n\n## Adults\n\nTen {long}.\n\n## Children\n\nTwo {long}."
    assert PAIRED in notes


def test_column_without_a_text_leaves_the_other_its_own() -> None:
    text, _ = article(row("<h3>Eat</h3>", "<h3>Avoid</h3>") + row("<p>Fruit.</p>", ""))
    assert text == "Look.\n\n## Eat\n\nFruit.\n\n## Avoid"


def test_rows_of_short_texts_under_headings_are_read_across() -> None:
    text, notes = article(row("<h3>Age</h3>", "<h3>Dose</h3>") + row("1 year", "2 drops") + row("9 years", "5 drops"))
    assert text.split("\n")[2:] == ["| Age | Dose |", "| --- | --- |", "| 1 year | 2 drops |", "| 9 years | 5 drops |"]
    assert notes == (TABLED,)


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        (
            row("<h2>Dose</h2>", "<h3>Adults</h3>") + row("<p>Ten.</p>", "<p>A day.</p>"),
            "## Dose\n\n### Adults\n\nTen.\n\nA day.",
        ),
        (row("<h2>A</h2>", "<h2>B</h2>") + row("<p>One.</p>", "<p>Two.</p>", name="x"), "## A\n\n## B\n\nOne.\n\nTwo."),
        (row("<h2>A</h2>", "<h2>B</h2>") + row("<p>One text.</p>"), "## A\n\n## B\n\nOne text."),
        ("<div class='col'><h2>A</h2><h2>B</h2><p>One.</p><p>Two.</p></div>", "## A\n\n## B\n\nOne.\n\nTwo."),
        ("<div class='grid'><h2>A</h2><h2>B</h2><p>One.</p></div>", "## A\n\n## B\n\nOne."),
        (row("<h2>A</h2><p>One.</p>", "<h2>B</h2><p>Two.</p>"), "## A\n\nOne.\n\n## B\n\nTwo."),
    ],
)
def test_other_rows_stay_in_their_order(rows: str, made: str) -> None:
    assert article(rows) == (f"Look.\n\n{made}", ())
