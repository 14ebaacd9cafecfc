"""Columns of a PDF that end though no line goes across them, and a table inside one of them."""

from __future__ import annotations

from pdf_files import Page, Text, paragraph, pdf

from wellread.importing.pdf.convert import convert

TITLE = Text("Sprains of the ankle, and what helps", 760, size=20, font="bold")
UNSURE = "which words beside one another belong together could not be told for certain, compare each of them: page 1"


def read(lines: list[Text], drawn: str = "") -> tuple[list[str], bool]:
    """The blocks below the title, and whether the page is named as one that was not read for certain."""
    converted = convert(pdf([Page([TITLE, *lines], drawn=drawn)]))
    return converted.html.split("\n")[1:], any(note.startswith(UNSURE) for note in converted.notes)


def test_gap_of_several_lines_over_both_columns_ends_them() -> None:
    columns = [
        paragraph("Keep the ankle up high, and cool it well|for ten minutes every two or three hours.", 700),
        paragraph("Walk on it as soon as you can do so now|without much pain in the joint or the foot.", 700, 320),
        paragraph("Do not run before the whole swelling has|gone, and before the pain has gone as well.", 560),
        paragraph("Call us if you cannot put your full weight|on the foot after two or three whole days.", 560, 320),
    ]
    assert read([line for column in columns for line in column]) == (
        [
            "<p>Keep the ankle up high, and cool it well for ten minutes every two or three hours.</p>",
            "<p>Walk on it as soon as you can do so now without much pain in the joint or the foot.</p>",
            "<p>Do not run before the whole swelling has gone, and before the pain has gone as well.</p>",
            "<p>Call us if you cannot put your full weight on the foot after two or three whole days.</p>",
        ],
        False,
    )


def short_part(last: str, first: str) -> tuple[list[str], bool]:
    """Two columns, the first line of the second given, and a short part below the first; `last` is its last line.

    They are drawn line by line, so that their order tells nothing.
    """
    left = paragraph(f"Keep the ankle up high, and cool it well|for ten minutes every two or three hours.|{last}", 700)
    right = paragraph(
        f"{first}|Walk on it as soon as you can do so now|without pain in the joint or the foot.", 700, 320
    )
    tail = [Text("Note", 640, size=13, font="bold"), Text("Cold hurts at first, and then it helps.", 624)]
    return read(sorted([*left, *right, *tail], key=lambda line: (-line.y, line.x)))


def test_short_part_below_columns_comes_after_both_where_a_sentence_goes_on_between_them() -> None:
    blocks, unsure = short_part(
        "Bandage it from the toes up to here, and", "not too tightly around the ankle and heel."
    )
    assert blocks[0].startswith("<p>Keep the ankle up high")
    assert "up to here, and not too tightly" in blocks[0]
    assert (blocks[1:], unsure) == (["<h2>Note</h2>", "<p>Cold hurts at first, and then it helps.</p>"], False)


def test_short_part_that_may_be_of_the_first_column_is_noted() -> None:
    assert short_part("Bandage it from the toes up to the heel.", "A brace helps some of you a little more.")[1]


def test_table_inside_a_column_ends_where_its_rules_do() -> None:
    cells = [Text("Age", 690), Text("Dose", 690, 160), Text("1 to 5", 674), Text("5 ml", 674, 160)]
    cells += [Text("6 to 12", 658), Text("10 ml", 658, 160)]
    rules = "".join(f"45 {y} m 270 {y} l S\n" for y in (701, 685, 669, 653))
    left = paragraph("Give no more than four doses in a|day, and wait for six hours each time.", 630)
    lines = "Rest the foot for two days at the|least, and keep it high above your|hip in bed at night."
    blocks, _ = read([*cells, *left, *paragraph(lines, 690, 320)], rules)
    rows = ("<td>Age</td><td>Dose</td>", "<td>1 to 5</td><td>5 ml</td>", "<td>6 to 12</td><td>10 ml</td>")
    assert blocks == [
        f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>",
        "<p>Give no more than four doses in a day, and wait for six hours each time.</p>",
        "<p>Rest the foot for two days at the least, and keep it high above your hip in bed at night.</p>",
    ]


def test_colours_behind_lines_of_columns_divide_no_rows_and_end_no_columns() -> None:
    left = "Keep the ankle up high, and cool it well|for ten minutes every two or three hours|of the first day, "
    left += (
        "and of the second day too|if it is swollen then. You need no plaster|for a joint that you can stand on well."
    )
    right = "Walk on it as soon as you can do so now|without much pain in the joint or the foot,|and not before. "
    right += (
        "Call us if you cannot put|your full weight on the foot after two or|three whole days, or if it is quite cold."
    )
    columns = [*paragraph(left, 700), *paragraph(right, 694, 320)]
    colours = "0.9 g " + "".join(f"40 {y} 500 {high} re f " for y, high in ((708, 20), (670, 14), (645, 13)))
    whole = [f"<p>{text.replace('|', ' ')}</p>" for text in (left, right)]
    assert read(columns, drawn=colours) == (whole, False)
