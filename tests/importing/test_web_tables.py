"""Tables with lists in their cells: each row stays whole, and an editor hears of tables that do not."""

from __future__ import annotations

import pytest

from wellread.importing.files import make_article
from wellread.importing.made import Origin

LISTS = 'lists in cells of tables stand in one line each, ";" between the items ({})'


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1><p>Look.</p>{text}</main>"
    made, notes, _ = make_article(page.encode(), ".html", Origin("page.html"))
    return made.partition("\n---\n\n")[2].rstrip("\n"), notes


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("<ul><li>dry mouth</li><li>sleepiness</li></ul>", "dry mouth; sleepiness"),
        ("Often: <ul><li><p>dry mouth</p></li>\n<li> sleepiness</li></ul>", "Often: dry mouth; sleepiness"),
        ("<ul><li>Dry mouth.</li><li>Sleepiness.</li></ul>", "Dry mouth. Sleepiness."),
        ("<ol><li>sit</li><li>breathe</li></ol>", "1. sit; 2. breathe"),
        ('<ol start="3"><li>sit</li></ol>', "3. sit"),
        ("<ul><li>skin <ul><li>rash</li><li>itch</li></ul></li><li>gut</li></ul>", "skin (rash; itch); gut"),
    ],
)
def test_list_in_a_cell_leaves_its_table_whole(cell: str, line: str) -> None:
    text, notes = article(
        f"<table><tr><th>Drug</th><th>Effects</th></tr><tr><td>Aerolin</td><td>{cell}</td></tr></table>"
    )
    assert text.splitlines()[2:] == ["| Drug | Effects |", "| --- | --- |", f"| Aerolin | {line} |"]
    assert notes == (LISTS.format(cell.count("<ul") + cell.count("<ol")),)


def test_list_in_a_table_without_a_head_leaves_it_whole() -> None:
    text, _ = article(
        "<table><tr><td>Aerolin</td><td><ul><li>cramp</li><li>thirst</li></ul></td></tr>"
        "<tr><td>Bromil</td><td>none</td></tr></table>"
    )
    assert text.splitlines()[-2:] == ["| Aerolin | cramp; thirst |", "| Bromil | none |"]


def test_table_that_is_taken_apart_is_told_of() -> None:
    text, notes = article("<table><tr><td><ul><li>Home care</li></ul></td><td><p>Rest a lot.</p></td></tr></table>")
    assert text == "Look.\n\n- Home care\n\nRest a lot."
    assert notes == ("tables that hold whole passages or arrange the page are taken apart, cell after cell (1)",)
