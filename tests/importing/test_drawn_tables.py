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
