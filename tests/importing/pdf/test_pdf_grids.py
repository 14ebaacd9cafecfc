"""Tables of a PDF that stand below or above columns of text: their rows stay whole, whatever gutters go on through."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.grids import grids_of
from wellread.importing.pdf.grids_beside import blocks_of
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.segments import Segment

TITLE = Text("Fever in small children", 760, size=20, font="bold")
DOSES = [
    ["Weight", "One dose", "Most in a day"],
    ["5 to 7 kg", "60 mg", "240 mg"],
    ["8 to 10 kg", "120 mg", "480 mg"],
    ["11 to 15 kg", "180 mg", "720 mg"],
]
TEXTS = {
    "What it is": "Fever helps the body to fight|germs of many kinds. It does no|harm to a child that drinks.",
    "What helps": "Give the child small sips of cool|water, and keep the room at about|twenty degrees. Rest helps.",
    "When to call": "Call the surgery when fever goes|on for three days and nights, or|the child cannot be woken.",
}
PLACES = {1: (50.0,), 2: (50.0, 300.0), 3: (50.0, 215.0, 380.0)}


def columns(number: int, y: float) -> list[Text]:
    """Columns of text with headings, each drawn as a whole."""
    return [
        line
        for (head, text), x in zip(TEXTS.items(), PLACES[number], strict=False)
        for line in (
            Text(head, y, x, 12, "bold"),
            *paragraph(text if number > 1 else text.replace("|", " "), y - 16, x),
        )
    ]


def doses(y: float, places: Sequence[float]) -> list[Text]:
    return [Text(cell, y - 18 * at, x) for at, row in enumerate(DOSES) for cell, x in zip(row, places, strict=True)]


def grid(y: float, uprights: Sequence[float], rows: int = 4) -> str:
    """Rules around all cells of a table whose first line stands at `y`."""
    top, bottom = y + 13, y + 13 - 18 * rows
    level = [f"{uprights[0]} {top - 18 * at} m {uprights[-1]} {top - 18 * at} l S\n" for at in range(rows + 1)]
    return "".join([*level, *(f"{x} {bottom} m {x} {top} l S\n" for x in uprights)])


def levels(y: float, heights: Sequence[float]) -> str:
    return "".join(f"150 {y + height} m 400 {y + height} l S\n" for height in heights)


def blocks(lines: Sequence[Text], drawn: str = "") -> list[str]:
    """The headings of the article and the rows of its tables, in their order."""
    html = convert(pdf([Page([TITLE, *lines], drawn=drawn)])).html
    found = re.findall(r"<h2>(.*?)</h2>|<tr>(.*?)</tr>", html)
    return [head or " | ".join(re.findall("<t[hd]>(.*?)</t[hd]>", row)) for head, row in found]


ROWS = [" | ".join(row) for row in DOSES]
NARROW = (160.0, 230.0, 306.0)  # the cells of the third column begin where the second of two columns of text does
WIDE = (60.0, 240.0, 400.0)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("places", [NARROW, WIDE])
def test_ruled_table_below_columns_keeps_its_rows(number: int, places: tuple[float, float, float]) -> None:
    uprights = [*(place - 6 for place in places), places[-1] + 80]
    lines = [*columns(number, 700), Text("How much", 610, size=12, font="bold"), *doses(580, places)]
    heads = list(TEXTS)[:number]
    assert blocks(lines, grid(580, uprights)) == [*heads, "How much", *ROWS]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("places", [NARROW, WIDE])
def test_table_without_rules_below_columns_keeps_its_rows(number: int, places: tuple[float, float, float]) -> None:
    heads = list(TEXTS)[:number]
    assert blocks([*columns(number, 700), *doses(600, places)]) == [*heads, *ROWS]


def test_ruled_table_above_columns_keeps_its_rows() -> None:
    lines = [*doses(700, NARROW), *columns(2, 610)]
    assert blocks(lines, grid(700, (154, 224, 300, 390))) == [*ROWS, "What it is", "What helps"]


def test_table_without_rules_between_columns_keeps_its_rows() -> None:
    heads = ["What it is", "What helps"]
    assert blocks([*columns(2, 700), *doses(610, NARROW), *columns(2, 520)]) == [*heads, *ROWS, *heads]


def test_names_of_columns_above_a_grid_are_its_first_row() -> None:
    rules = grid(562, (154, 224, 300, 390), rows=3)
    assert blocks([*columns(2, 700), *doses(580, NARROW)], rules) == ["What it is", "What helps", *ROWS]


def test_rules_around_the_names_and_around_all_rows_leave_each_row_its_own() -> None:
    lines = [*columns(1, 700), *doses(600, NARROW)]
    assert blocks(lines, levels(600, (13, -5, -59))) == ["What it is", *ROWS]


def test_rules_above_a_last_row_leave_each_row_its_own() -> None:
    lines = [
        *columns(1, 700),
        *doses(600, NARROW),
        *(Text(cell, 528, x) for cell, x in zip("ABC", NARROW, strict=True)),
    ]
    assert blocks(lines, levels(600, (13, -5, -59, -77))) == ["What it is", *ROWS, "A | B | C"]


def test_cells_of_several_lines_between_level_rules_stay_whole() -> None:
    table = [("Drops", "in each eye,", "no longer than"), ("", "in the evening", "for two weeks")]
    lines = [
        Text(cell, 600 - 12 * at, x)
        for at, row in enumerate(table)
        for cell, x in zip(row, NARROW, strict=True)
        if cell
    ]
    head = [Text(cell, 618, x) for cell, x in zip(("What", "When", "How long"), NARROW, strict=True)]
    assert blocks([*columns(1, 700), *head, *lines], levels(600, (31, 13, -17))) == [
        "What it is",
        "What | When | How long",
        "Drops | in each eye, in the evening | no longer than for two weeks",
    ]


def test_columns_drawn_line_by_line_that_look_like_a_row_of_the_table_below_are_noted() -> None:
    lines = sorted([*columns(2, 700), *doses(610, WIDE)], key=lambda line: (-line.y, line.x))
    note = convert(pdf([Page([TITLE, *lines])])).notes[-1]
    assert note == (
        "which words beside one another belong together could not be told for certain, compare each of them: "
        'page 1 ("What it is | What helps")'
    )


@pytest.mark.parametrize(("rows", "noted"), [(2, True), (3, False)])
def test_two_lines_between_level_rules_that_may_be_one_row_are_noted(rows: int, noted: bool) -> None:
    page = [TITLE, *columns(1, 700), *doses(600, NARROW)[: 3 * (rows + 1)]]
    converted = convert(pdf([Page(page, drawn=levels(600, (13, -5, -5 - 18 * rows)))]))
    assert any(note.startswith("which words beside one another belong") for note in converted.notes) == noted


def upright(place: float, bottom: float, top: float) -> Box:
    return Box(place, bottom, place, top)


def test_grid_ends_where_its_upright_rules_do() -> None:
    level = [Box(100, height, 300, height) for height in (700, 680, 660, 400)]
    inner = [upright(place, 660, 700) for place in (100, 200, 300)]
    assert [one.box for one in grids_of([*level, *inner])] == [Box(100, 660, 300, 700)]


def test_rules_that_are_part_of_a_larger_form_are_no_grid() -> None:
    level = [Box(100, height, 300, height) for height in (700, 680, 660)]
    assert grids_of([*level, *(upright(place, 600, 700) for place in (100, 200, 300))]) == []


def test_one_row_of_boxes_is_no_grid() -> None:
    level = [Box(100, height, 300, height) for height in (700, 680)]
    assert grids_of([*level, *(upright(place, 680, 700) for place in (100, 200, 300))]) == []


@pytest.mark.parametrize("longer", [1, 2, 3])
def test_ruled_table_at_the_end_of_one_column_stays_there_though_the_other_ended_above(longer: int) -> None:
    left, right = columns(2, 700)[:4], columns(2, 700)[4:]
    right += [Text("Call at once for a stiff neck.", 636 - 16 * at, 300) for at in range(longer)]
    table = [Text("How much", 612, size=12, font="bold"), *doses(590, (53.0, 120.0, 190.0))]
    assert blocks([*left, *table, *right], grid(590, (48, 115, 185, 260))) == [
        "What it is",
        "How much",
        *ROWS,
        "What helps",
    ]


def test_gap_within_a_cell_of_a_grid_divides_nothing() -> None:
    rows = [["Weight", "Drops"], ["5 kg", "40 mg"], ["8 kg", "80 mg"], ["11 kg", "None"]]
    lines = [
        Text(cell, 700 - 18 * at, x) for at, row in enumerate(rows) for cell, x in zip(row, (50, 160), strict=True)
    ]
    lines += [Text("(0.5 mL)", 700 - 18, 196), Text("(1 mL)", 700 - 36, 196)]
    last = "40 610 m 300 610 l S\n40 610 m 40 645 l S\n300 610 m 300 645 l S\n44 625 200 12 re f\n"
    html = convert(pdf([Page([TITLE, *lines], drawn=grid(700, (40, 150, 300)) + last)])).html
    assert "<tr><td>5 kg</td><td>40 mg (0.5 mL)</td></tr><tr><td>8 kg</td><td>80 mg (1 mL)</td></tr>" in html


def test_box_behind_words_is_no_rule_of_a_grid() -> None:
    level = [Box(100, height, 300, height + 1) for height in (700, 680, 660)]
    inner = [Box(place, low, place + 1, low + 20) for low in (680, 660) for place in (100, 200, 300)]
    behind = [Box(110, 664, 290, 676)]
    assert [one.inner for one in grids_of([*level, *inner, *behind])] == [(200.5,)]


LEFT = [
    Text("What it is", 700, size=12, font="bold"),
    *paragraph("Fever helps the body to fight|germs. It does no harm to a|child that drinks, and goes", 684),
    *paragraph("away by itself. Rest helps, and|so does a cool room.", 648),
]
RIGHT = [
    Text("When to call", 700, 450, 12, "bold"),
    *paragraph("Call the surgery when the|fever goes on for three days,|or the child does not drink.", 684, 450),
    Text("Swimming", 642, 450, 12, "bold"),
    *paragraph("None until the fever has|gone for two days.", 626, 450),
]
MIDDLE = [
    Text("How much", 700, 230, 12, "bold"),
    *doses(682, (235.0, 305.0, 365.0)),
    Text("Give it with water.", 600, 230),
]


@pytest.mark.parametrize(
    "rules",
    [grid(682, (230, 300, 360, 432)), "".join(f"230 {695 - 18 * at} m 432 {695 - 18 * at} l S\n" for at in range(5))],
    ids=["all sides", "level rules"],
)
def test_ruled_table_in_the_middle_column_keeps_its_rows_and_its_heading(rules: str) -> None:
    html = convert(pdf([Page([TITLE, *LEFT, *MIDDLE, *RIGHT], drawn=rules)])).html
    parts = re.findall(r"<h2>(.*?)</h2>|<tr>(.*?)</tr>|<p>(Give.*?)</p>", html)
    found = ["".join(one) for one in parts]
    assert [re.sub(r"</?t[dh]>", " ", one).split("  ") for one in found[2:6]] == [
        [" Weight", "One dose", "Most in a day "],
        *([f" {weight}", one, f"{most} "] for weight, one, most in DOSES[1:]),
    ]
    assert [*found[:2], *found[6:]] == ["What it is", "How much", "Give it with water.", "When to call", "Swimming"]


def test_rules_across_columns_of_text_make_no_table_of_them() -> None:
    rules = "".join(f"40 {y} m 560 {y} l S\n" for y in (714, 620))
    html = convert(pdf([Page([TITLE, *LEFT, *RIGHT], drawn=rules)])).html
    assert "<table>" not in html
    assert "It does no harm to a child that drinks, and goes away by itself." in html


def test_note_with_the_sign_of_a_cell_keeps_it_and_items_with_stars_are_a_list() -> None:
    cells = [
        Text("Age", 700), Text("Drops", 700, 200), Text("1 to 2", 684), Text("4*", 684, 200), Text("3 to 9", 668),
        Text("6", 668, 200),
    ]  # fmt: skip
    rules = grid(700, (45, 190, 300), 3).replace("18", "16")
    after = [Text("* 2 drops in the first week.", 630), Text("How to give them", 600, size=12, font="bold")]
    items = [Text("* Wash your hands.", 584), Text("* Shake the bottle.", 570)]
    html = convert(pdf([Page([TITLE, *cells, *after, *items], drawn=rules)])).html
    assert "<p>* 2 drops in the first week.</p>" in html
    assert html.endswith("<ul><li>Wash your hands.</li><li>Shake the bottle.</li></ul>")


@pytest.mark.parametrize(("further", "count"), [([], 1), ([Box(450, 640, 550, 640)], 0)], ids=["alone", "more beside"])
def test_level_rules_that_have_others_beside_them_are_part_of_a_larger_table(further: list[Box], count: int) -> None:
    rows = [("Weight", "One dose", 684), ("5 to 7 kg", "60 mg", 664), ("8 to 10 kg", "120 mg", 646)]
    cells = [
        Segment(text, Style(10, False), x, x + 50, y)
        for first, second, y in rows
        for text, x in ((first, 235), (second, 305))
    ]
    beside = Segment("Call the surgery", Style(10, False), 450, 550, 660)
    rules = [Box(230, y, 420, y) for y in (695, 677, 640)]
    assert len(blocks_of([*cells, beside], [], [*rules, *further])) == count
