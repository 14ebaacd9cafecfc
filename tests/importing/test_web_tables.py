"""Tables with lists in their cells: each row stays whole, and an editor hears of tables that do not."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

LISTS = 'lists in cells of tables stand in one line each, ";" between the items ({})'


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1><p>Look.</p>{text}</main>"
    return text_and_notes(page)


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


def test_cell_over_several_columns_stands_in_each_below_the_first_row_and_alone_over_all() -> None:
    text, notes = article(
        "<table><tr><th>Age<th colspan=2>Dose</tr><tr><th>2<td colspan=2>5 ml</tr>"
        "<tr><td colspan=3>Shake it.</tr></table>"
    )
    rows = ["| Age | Dose | |", "| --- | --- | --- |", "| 2 | 5 ml | 5 ml |", "| Shake it. | | |"]
    assert text.split("\n")[2:] == rows
    assert notes == ("a cell that spans several rows or columns of a table is repeated in each",)


def test_table_of_data_inside_a_frame_stays_a_table() -> None:
    doses = "<table border=1><tr><td><b>Less</b><td><b>More</b></tr><tr><td>salt<td>water</tr></table>"
    text, _ = article(f"<table><tr><td><p>Home</p></td><td><h2>Food</h2>{doses}</td></tr></table>")
    assert text.endswith("## Food\n\n| | |\n| --- | --- |\n| **Less** | **More** |\n| salt | water |")


def test_small_table_inside_a_cell_stands_in_one_line() -> None:
    inner = "<table><tr><td>morning<td>5 mg</tr><tr><td>evening<td>10 mg</tr></table>"
    text, _ = article(f"<table><tr><th>Drug<th>Plan</tr><tr><td>A<td>{inner}</tr><tr><td>B<td>20 mg</tr></table>")
    assert text.split("\n")[4:] == ["| A | morning: 5 mg; evening: 10 mg |", "| B | 20 mg |"]


def test_bold_lines_in_cells_of_a_frame_are_headings() -> None:
    text, notes = article(
        "<h2>Plan</h2><table><tr><td><p><b>Eat</b></p><ul><li>rice</li></ul></td>"
        "<td><p><b>Avoid</b></p><ul><li>bread</li></ul></td></tr></table>"
    )
    assert text.split("\n\n")[1:] == ["## Plan", "## Eat", "- rice", "## Avoid", "- bread"]
    assert notes[-1] == "bold lines in tables that were taken apart became headings (2)"


def test_bold_line_in_a_frame_inside_a_frame_is_counted_once() -> None:
    inner = "<table><tr><td><p><b>Eat</b></p><p>Rice is good.</p></td></tr></table>"
    text, notes = article(f'<h2>Plan</h2><p>Go.</p><table role="presentation"><tr><td>{inner}</td></tr></table>')
    assert text.split("\n\n")[1:] == ["## Plan", "Go.", "## Eat", "Rice is good."]
    assert notes[-1] == "bold lines in tables that were taken apart became headings (1)"


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("<tr><td><img src=a.png><td>Rest.</tr><tr><td><td><ul><li>tea</li></ul></tr>", "Rest.\n\n- tea"),
        ("<tr><td>Rest.<td><img src=a.png></tr><tr><td><img src=b.png><td>Drink.</tr>", "Rest.\n\nDrink."),
        ("<tr><td>Rest.<td></tr><tr><td><img src=b.png></tr><tr><td>Drink.<td></tr>", "Rest.\n\nDrink."),
    ],
)
def test_table_with_a_picture_beside_each_text_is_no_table(rows: str, text: str) -> None:
    made, notes = article(f"<table>{rows}</table>")
    assert made == f"Look.\n\n{text}"
    assert notes[0] == "tables that hold whole passages or arrange the page are taken apart, cell after cell (1)"


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Day<th>Dose</tr><tr><td>Monday<td></tr>",
        "<tr><td rowspan=2>Iron<td></tr><tr><td>5 ml</tr>",
    ],
)
def test_table_with_empty_cells_stays_one(rows: str) -> None:
    assert article(f"<table>{rows}</table>")[0].startswith("Look.\n\n| ")


@pytest.mark.parametrize("idle", ["<tr></tr>", "<tr><td></td><td></td></tr>"])
def test_row_without_words_above_a_tables_head_is_left_out(idle: str) -> None:
    head = "<tr><th>Drug</th><th>Dose</th></tr>"
    text, _ = article(f"<table><thead>{idle}{head}</thead><tr><td>Aerolin</td><td>2 puffs</td></tr></table>")
    assert text.endswith("| Drug | Dose |\n| --- | --- |\n| Aerolin | 2 puffs |")


def test_row_without_words_above_a_table_without_a_head_stays() -> None:
    rows = "<tr><td></td><td></td></tr><tr><td>Aerolin</td><td>2 puffs</td></tr><tr><td>Calmol</td><td>1 g</td></tr>"
    assert article(f"<table>{rows}</table>")[0].endswith("| Aerolin | 2 puffs |\n| Calmol | 1 g |")


@pytest.mark.parametrize(
    "head",
    [
        "<thead><tr><th><h4>Age</h4></th><th><h4>Dose</h4></th></tr></thead>",
        "<tr><td><h4>Age</h4></td><td><h3>Dose</h3></td></tr>",
    ],
)
def test_table_whose_cells_are_headings_keeps_its_rows(head: str) -> None:
    rows = "<tr><td colspan=2><h5>Children</h5></td></tr><tr><td><h5>1 year</h5></td><td>2 drops</td></tr>"
    text, notes = article(f"<table>{head}{rows}</table>")
    assert text.split("\n")[2:] == ["| Age | Dose |", "| --- | --- |", "| Children | |", "| 1 year | 2 drops |"]
    assert notes == ()


def test_long_cell_below_heads_that_are_headings_stays_in_its_row() -> None:
    long = " ".join(["rest"] * 70)
    rows = f"<tr><td>Pain</td><td>{long}</td></tr><tr><td>Blood</td><td>Call us.</td></tr>"
    text, notes = article(f"<table><tr><th><h3>Sign</h3></th><th><h3>Do</h3></th></tr>{rows}</table>")
    assert text.split("\n")[4:] == [f"| Pain | {long} |", "| Blood | Call us. |"]
    assert not any("apart" in note for note in notes)


def test_table_that_arranges_sections_is_still_taken_apart() -> None:
    text, _ = article(
        "<table><tr><td><h3>Rest</h3><p>Lie down.</p></td><td><h3>Cold</h3><p>Cool it.</p></td></tr></table>"
    )
    assert text == "Look.\n\n## Rest\n\nLie down.\n\n## Cold\n\nCool it."
