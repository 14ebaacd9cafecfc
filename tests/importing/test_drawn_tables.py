"""Tables that a web page draws with other elements than <table>: each row stays whole."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

TABLE = ["| Age | Dose |", "| --- | --- |", "| 1 year | 2 drops |", "| 9 years | 5 drops |"]
ROLES = (
    '<div role="table">{}'
    '<div role="row"><span role="columnheader">Age</span><span role="columnheader">Dose</span></div>'
    '{}<div role="row"><span role="cell">1 year</span><span role="cell">2 drops</span></div>'
    '<div role="row"><span role="rowheader">9 years</span><span role="cell">5 drops</span></div>{}</div>'
)


def article(text: str) -> tuple[str, tuple[str, ...]]:
    return text_and_notes(f"<title>T</title><main><h1>T</h1><p>Look.</p>{text}</main>")


def drawn(row: str, head: str, cell: str) -> str:
    lines = (("Age", "Dose", head), ("1 year", "2 drops", cell), ("9 years", "5 drops", cell))
    rows = [
        f"<div class='{row}'><div class='{name}'>{a}</div><div class='{name}'>{b}</div></div>" for a, b, name in lines
    ]
    return f"<div class='box'>{''.join(rows)}</div>"


@pytest.mark.parametrize(
    "table",
    [
        ROLES.format("", "", ""),
        ROLES.format('<div role="rowgroup">', '</div><div role="rowgroup">', "</div>"),
        drawn("divTableRow", "divTableHead", "divTableCell"),
    ],
)
def test_table_of_other_elements_keeps_its_rows(table: str) -> None:
    text, notes = article(table)
    assert text.split("\n")[2:] == TABLE
    assert notes == ()


@pytest.mark.parametrize("names", [("d-table-row", "d-table-cell"), ("table-row x", "table-cell y")])
def test_table_of_other_elements_without_a_head_keeps_its_rows(names: tuple[str, str]) -> None:
    row, cell = names
    text, _ = article(drawn(row, cell, cell))
    assert text.split("\n")[2:] == ["| | |", TABLE[1], TABLE[0], *TABLE[2:]]


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='table-row'><div class='table-cell'><h2>Rest</h2>Lie.</div><div class='table-cell'>Two</div></div>",
        "<div role='table'><p>Note</p><div role='row'><b role='cell'>One</b><b role='cell'>Two</b></div></div>",
        "<div><div class='table-row'><p>One</p><p>Two</p></div><div class='table-row'><p>Six</p><p>Ten</p></div></div>",
    ],
)
def test_frame_of_other_elements_becomes_no_table(frame: str) -> None:
    text, _ = article(frame)
    assert "|" not in text
    assert "Two" in text


DOSES = [("Wiek", "Dawka"), ("1 rok", "2 krople"), ("9 lat", "5 kropli")]


def rows_of(rows: list[tuple[str, str]], first: str, other: str, cell: str = "span") -> str:
    inner = ["".join(f"<{cell}>{words}</{cell}>" for words in row) for row in rows]
    return "".join(f"<div class='{other if at else first}'>{cells}</div>" for at, cells in enumerate(inner))


@pytest.mark.parametrize(
    "drawn",
    [
        rows_of(DOSES, "wiersz glowa", "wiersz"),
        rows_of([("<b>Wiek</b>", "<b>Dawka</b>"), *DOSES[1:]], "rzad", "rzad", "div"),
        f"<h2>Dawki</h2>{rows_of(DOSES, 'grid grid-cols-2 font-bold', 'grid grid-cols-2', 'div')}",
        "<div class='grid grid-cols-2'>"
        + "".join(
            f"<div class='{'' if at else 'font-bold'}'>{words}</div>" for at, row in enumerate(DOSES) for words in row
        )
        + "</div>",
    ],
    ids=["by class", "by bold type", "of a grid each", "of one grid"],
)
def test_rows_of_as_many_short_cells_below_a_head_are_a_table(drawn: str) -> None:
    text, notes = article(drawn)
    table = text.replace("*", "").split("\n")[-4:]
    assert table == ["| Wiek | Dawka |", "| --- | --- |", "| 1 rok | 2 krople |", "| 9 lat | 5 kropli |"]
    assert notes == ()


def test_rows_without_a_head_that_end_in_figures_are_a_table() -> None:
    assert article(rows_of(DOSES[1:] * 2, "r", "r"))[0].split("\n")[2:5] == [
        "| | |",
        "| --- | --- |",
        "| 1 rok | 2 krople |",
    ]


@pytest.mark.parametrize(
    "frame",
    [
        rows_of([("1", "Wash your hands"), ("2", "Dry them"), ("3", "Go")], "step first", "step"),
        rows_of([("Ann Lee", "Nurse"), ("Bo Roe", "Doctor"), ("Cy Poe", "Cook")], "person", "person"),
        rows_of(
            [("Fever", "Call us if it lasts for more than three days and you feel worse every day."), *DOSES],
            "a b",
            "a",
        ),
        rows_of([("Heat", "<a href='/a'>9 tips</a>"), ("Cold", "<a href='/b'>7 tips</a>"), *DOSES], "a", "a"),
        "<div class='grid grid-cols-3'>" + "<div>Rest</div>" * 9 + "</div>",
        rows_of([("Published", "3 May 2024"), ("Number", "END-14"), ("Version", "6 of May 2024")], "f", "f"),
    ],
    ids=["steps", "people", "sentence", "links", "cards", "days"],
)
def test_rows_that_only_arrange_words_become_no_table(frame: str) -> None:
    assert "|" not in article(frame)[0]
