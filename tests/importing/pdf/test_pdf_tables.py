"""Tables in PDFs: each cell stays in its row and column, or a note says where that is not certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.cell_signs import risen_pieces
from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.pieces import Piece, Style

TITLE = Text("Fever", 760, size=20, font="bold")
UNCERTAIN = "which words beside one another belong together could not be told for certain, compare each of them: "


def rows(page: Page | Sequence[Text]) -> list[list[str]]:
    html = convert(pdf([page])).html
    return [re.findall("<t[hd]>(.*?)</t[hd]>", row) for row in re.findall("<tr>(.*?)</tr>", html)]


def cells(table: Sequence[Sequence[str]], places: Sequence[float], y: float = 700, step: float = 12) -> list[Text]:
    return [
        Text(cell, y - step * at, x, font="bold" if at == 0 else "plain")
        for at, row in enumerate(table)
        for cell, x in zip(row, places, strict=True)
    ]


def test_cells_two_points_apart_stay_in_their_columns() -> None:
    # "6 to 23 months old" is 85 points wide in this type, so its row has a gap of 2 points
    table = [
        ["Age", "Dose", "How often"],
        ["3 to 5 months", "2.5 ml", "4 times"],
        ["6 to 23 months old", "5 ml", "twice"],
    ]
    page = [TITLE, *paragraph("Give it by age.", 724), *cells(table, (50, 137, 170)), *paragraph("Not more.", 650)]
    assert rows(page) == table
    assert convert(pdf([page])).html.split("\n")[1] == "<p>Give it by age.</p>"
    assert not any(note.startswith(UNCERTAIN) for note in convert(pdf([page])).notes)


def test_upright_rule_divides_cells_that_are_near() -> None:
    table = [["Insulin", "10 units"], ["Heparin", "12 units"]]
    rule = "86 680 m 86 712 l S\n"
    assert rows(Page([TITLE, *cells(table, (50, 87))], drawn=rule)) == table


def test_first_words_of_lines_that_are_drawn_alone_are_no_column() -> None:
    lines = [
        line
        for at in range(4)
        for line in (Text("Take", 700 - 12 * at), Text(f"{at} spoons a day.", 700 - 12 * at, 74))
    ]
    assert rows([TITLE, *lines]) == []


def test_text_above_and_below_a_table_is_no_part_of_it() -> None:
    table = [["Age", "Dose"], ["3 to 5 months", "2.5 ml"], ["1 to 3 years", "5 ml"]]
    page = [TITLE, *paragraph("By age:", 724), *cells(table, (150, 260)), *paragraph("Not more.", 640)]
    assert rows(page) == table
    assert [line for line in convert(pdf([page])).html.split("\n") if line.startswith("<p>")] == [
        "<p>By age:</p>",
        "<p>Not more.</p>",
    ]


def test_lines_of_a_cell_that_is_centred_beside_a_taller_one_are_of_its_row() -> None:
    page = [TITLE]
    for y, name, text in (
        (700, "Sick", "Drink small sips|every few minutes"),
        (664, "Rash", "Stop the tablets|and call us"),
    ):
        page += [*paragraph(text, y, 150), Text(name, y - 6)]
    assert rows(page) == [["Sick", "Drink small sips every few minutes"], ["Rash", "Stop the tablets and call us"]]


@pytest.mark.parametrize("step", [12, 20])
def test_word_that_had_room_above_begins_a_row(step: int) -> None:
    table = [["Medicine for it", "How much of it you take"], ["Iron", "one"], ["Zinc", "two"]]
    page = cells(table, (50, 160), step=step)
    page[2:] = [Text(one.text, one.y - 8, one.x) for one in page[2:]]
    assert rows([TITLE, *page]) == table


def test_rows_that_could_be_others_are_noted() -> None:
    page = [TITLE]
    for at, (name, text) in enumerate([("Sick", "Eat|Drink|Sleep"), ("Rash", "Stop|Call|Wait")]):
        page += [*paragraph(text, 700 - 36 * at, 150), Text(name, 688 - 36 * at)]
    assert f'{UNCERTAIN}page 1 ("Sick | Drink")' in convert(pdf([page])).notes


def test_short_columns_that_are_read_one_after_the_other_are_noted() -> None:
    left = paragraph("Two people in three|have this at some|time. It goes away.", 700, 50)
    right = paragraph("One in a hundred|needs an operation|and then gets well.", 700, 190)
    noted = f'{UNCERTAIN}page 1 ("Two people in three | One in a …")'
    assert noted in convert(pdf([[TITLE, *left, *right]])).notes


def test_line_far_below_two_columns_stands_after_both() -> None:
    left = paragraph("Small crystals form in a joint and make|it hot. It often comes at night, and|then it hurts.", 700)
    right = paragraph(
        "Tablets ease the pain. Keep the joint|cool and drink plenty, and rest it for|some days.", 700, 320
    )
    found = convert(pdf([[TITLE, *left, *right, Text("Ask us about it.", 630)]])).html.split("\n")
    assert found[-1] == "<p>Ask us about it.</p>"


def test_underlined_lines_are_headings() -> None:
    page = [TITLE, Text("Drinking", 730), *paragraph("Drink two litres a day.", 716), Text("Food", 690)]
    lines = "50 728 40 0.6 re f\n50 688 24 0.6 re f\n"
    found = convert(pdf([Page([*page, *paragraph("Eat less salt.", 676)], drawn=lines)])).html.split("\n")
    assert found[1:] == [
        "<h2>Drinking</h2>",
        "<p>Drink two litres a day.</p>",
        "<h2>Food</h2>",
        "<p>Eat less salt.</p>",
    ]


def test_page_whose_size_the_document_gives_is_read_whole() -> None:
    assert "<p>Call us.</p>" in convert(pdf([[TITLE, Text("Call us.", 700, 590)]], size_of_all=(900, 800))).html


def test_cell_that_goes_over_a_rule_of_other_rows_spans_both_columns() -> None:
    rows = [("2 to 5 years", "2.5 ml", "5 ml"), ("6 to 11 years", "5 ml", "10 ml")]
    cells = [
        Text(text, 700 - 20 * at, 55 + 100 * column) for at, row in enumerate(rows) for column, text in enumerate(row)
    ]
    lines = [*cells, Text("babies", 660, 55), Text("never, ask a doctor instead", 660, 190)]
    across = "".join(f"50 {y} 300 0.5 re f " for y in (714, 694, 674, 654))
    upright = "150 654 0.5 60 re f 250 674 0.5 40 re f "
    assert convert(pdf([Page([TITLE, *lines], drawn=across + upright)])).html.endswith(
        "<table><tr><td>2 to 5 years</td><td>2.5 ml</td><td>5 ml</td></tr>"
        "<tr><td>6 to 11 years</td><td>5 ml</td><td>10 ml</td></tr>"
        '<tr><td>babies</td><td colspan="2">never, ask a doctor instead</td></tr></table>'
    )


def test_rules_divide_columns_whose_names_are_centred_above_short_cells() -> None:
    lines = [Text("Age", 700, 90, font="bold"), Text("Dose at night", 700, 220, font="bold")]
    lines += [Text(*cell) for cell in (("1-5", 680, 52), ("5 ml", 680, 182), ("6-12", 660, 52), ("10 ml", 660, 182))]
    frame = "".join(f"50 {y} 300 0.5 re f " for y in (714, 694, 674, 654))
    frame += "".join(f"{x} 654 0.5 60 re f " for x in (50, 180, 350))
    assert convert(pdf([Page([TITLE, *lines], drawn=frame)])).html.endswith(
        "<table><tr><th>Age</th><th>Dose at night</th></tr><tr><td>1-5</td><td>5 ml</td></tr>"
        "<tr><td>6-12</td><td>10 ml</td></tr></table>"
    )


def test_table_that_goes_on_on_the_next_page_has_one_head() -> None:
    head = ["Food", "Portion"]
    found = convert(
        pdf(
            [
                [TITLE, *cells([head, ["Spinach", "1 cup"], ["Lettuce", "2 cups"]], (50, 200))],
                cells([head, ["Cabbage", "3 cups"], ["Chicken", "100 g"]], (50, 200)),
                cells([head, ["Bread", "1 slice"], ["Apple", "one"]], (50, 200)),
            ]
        )
    )
    assert found.html.count("<table>") == 1
    assert re.findall("<tr><t[hd]>(.*?)</t[hd]>", found.html) == [
        "Food", "Spinach", "Lettuce", "Cabbage", "Chicken", "Bread", "Apple",
    ]  # fmt: skip
    assert [piece for piece in found.left_out if piece.kind == "heads of tables once more"] == [
        LeftOut("heads of tables once more", "Food Portion"),
        LeftOut("heads of tables once more", "Food Portion"),
    ]
    assert "tables were found, compare their rows: pages 1, 2, 3" in found.notes


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        (["Food", "Portion"], ["Drink", "Portion"], ""),  # another table
        (["Food", "Portion"], ["Food", "Portion"], "In a week:"),  # text between them
    ],
)
def test_table_on_the_next_page_that_is_another_stays_one(first: list[str], second: list[str], between: str) -> None:
    above = cells([first, ["Spinach", "1 cup"], ["Lettuce", "2 cups"]], (50, 200))
    below = cells([second, ["Cabbage", "3 cups"], ["Chicken", "100 g"]], (50, 200))
    html = convert(pdf([[TITLE, *above], [*paragraph(between, 740), *below]])).html
    assert re.findall("<tr><t[hd]>(.*?)</t[hd]>", html) == [
        first[0], "Spinach", "Lettuce", second[0], "Cabbage", "Chicken",
    ]  # fmt: skip


def test_rows_at_the_edges_of_pages_that_differ_only_in_figures_are_no_running_heads() -> None:
    page = [[f"Group{letter} cup", f"{at} slices"] for at, letter in enumerate("abcdefgh", 2)]
    pages = [[TITLE, *cells(page[:4], (50, 200), 740)], cells(page[4:], (50, 200), 740)]
    html = convert(pdf(pages)).html
    assert re.findall("<td>([^<]*)</td></tr>", html.replace("th>", "td>")) == [f"{at} slices" for at in range(2, 10)]


def test_word_that_was_divided_in_a_cell_is_whole_again() -> None:
    page = [TITLE]
    for y, name, text in ((700, "Sick", "Drink some lemo-|nade, 2-|3 cups"), (664, "Rash", "Stop the medi-|cine")):
        page += [*paragraph(text, y, 150), Text(name, y - 6)]
    assert rows(page) == [["Sick", "Drink some lemonade, 2-3 cups"], ["Rash", "Stop the medicine"]]


def test_words_before_a_wide_gap_in_one_line_make_no_table_with_the_line_above() -> None:
    text = paragraph("This leaflet is for people whose joints hurt in the|night.", 700)
    lead = [Text("Who it is for", 676, font="bold"), Text("Adults and children", 676, 124)]
    found = convert(pdf([[TITLE, *text, *lead]])).html
    assert "<table>" not in found
    assert "in the night.</p>" in found


def test_raised_figure_beside_its_word_begins_no_cell_and_what_stands_apart_does() -> None:
    word = Piece("Ask the ward", Style(12.0, bold=False), 50, 118, 676)
    figure = Piece("[21]", Style(9.6, bold=False), 118.1, 135, 681, at=1)
    cell = Piece("5 ml", Style(9.6, bold=False), 200, 220, 681, at=1)
    assert (risen_pieces([[word, figure]]), risen_pieces([[word, cell]])) == (set(), {1})


def test_number_whose_figures_were_drawn_by_themselves_is_not_cut_at_a_gutter() -> None:
    """Helvetica of 10 points: "(1.2" is 17.2 wide."""
    lines = []
    for at, (weight, dose) in enumerate([("5 kg", "(1.2"), ("8 kg", "(1.8"), ("11 kg", "(2.2"), ("16 kg", "(3.1")]):
        y = 700 - 18 * at
        lines += [Text(weight, y), Text("60 mg", y, 160), Text(dose, y, 200)]
        lines.append(Text("5 mL)", y, 217.2) if not at else Text("mL)", y, 224))
    assert "(1.25 mL)" in convert(pdf([lines])).html.replace("</td><td>", " ")
