"""Cards in tables of Word documents: texts beside one another, each below a bold line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from word_files import NUMBERING, docx, item, paragraph, table

from wellread.importing.converted import Converted
from wellread.importing.word.document import docx_to_html

DRINK = ("Trinken", "Jede Stunde ein Glas Wasser, auch ohne Durst.")
SHADE = ("Schatten", "Von elf bis drei Uhr im Haus bleiben.")
VISIT = ("Nachsehen", "Zweimal am Tag bei alten Nachbarn klingeln.")
NEVER = ("Niemals", "Kein Kind allein im Wagen lassen.")
LISTS = NUMBERING[NUMBERING.index("</w:abstractNum><w:num ") :]
NOTE = "cards in tables, each below a bold line, became sections, row by row (1)"


def read(*rows: Sequence[tuple[str, str]], below: str = "") -> Converted:
    """A title, and a table whose cells have a bold line and a text each, or only one of them."""
    cells = [[f"<w:tc>{bold(head)}{plain(text)}</w:tc>" for head, text in row] for row in rows]
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells)
    return docx_to_html(docx(f"{paragraph('Hitze', style='Title')}<w:tbl>{table}</w:tbl>{below}"))


def bold(text: str) -> str:
    return paragraph(text, "<w:b/>") if text else ""


def plain(text: str) -> str:
    return paragraph(text) if text else ""


def test_cards_become_sections_row_by_row_with_a_note() -> None:
    found = read((DRINK, SHADE), (VISIT, NEVER))
    blocks = [f"<h2><strong>{head}</strong></h2>\n<p>{text}</p>" for head, text in (DRINK, SHADE, VISIT, NEVER)]
    assert found.html.endswith("\n".join(blocks))
    assert NOTE in found.notes


@pytest.mark.parametrize("below", [plain("Bei Gefahr 112."), bold("Bei Gefahr 112.")], ids=["plain", "bold"])
def test_text_behind_the_last_card_is_named(below: str) -> None:
    found = read((DRINK, SHADE), (VISIT, NEVER), below=below)
    assert f'{NOTE}; behind the last stands now, look where it belongs: "Bei Gefahr 112."' in found.notes


def test_bold_line_behind_the_last_card_is_named_where_headings_are_marked() -> None:
    below = bold("Bei Gefahr") + plain("112.") + paragraph("Im Winter", style="heading1") + plain("Warm anziehen.")
    assert NOTE in read((DRINK, SHADE), (VISIT, NEVER), below=bold("Bei Gefahr") + plain("112.")).notes
    (told,) = [note for note in read((DRINK, SHADE), (VISIT, NEVER), below=below).notes if note.startswith(NOTE)]
    assert told.endswith('look where it belongs: "Bei Gefahr"')


def test_table_behind_the_last_card_is_named() -> None:
    found = read((DRINK, SHADE), (VISIT, NEVER), below=table([("Station 5", "112"), ("Station 6", "112")]))
    assert f'{NOTE}; behind the last stands now, look where it belongs: "Station 5"' in found.notes


def test_cards_stand_one_level_below_a_marked_heading() -> None:
    above = paragraph("Im Sommer", style="heading1") + plain("Was hilft:")
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{bold(head)}{plain(text)}</w:tc>' for head, text in row)}</w:tr>"
        for row in ((DRINK, SHADE), (VISIT, NEVER))
    )
    other = paragraph("Im Winter", style="heading1") + plain("Ziehen Sie sich warm an.")
    html = docx_to_html(docx(f"{above}<w:tbl>{rows}</w:tbl>{other}")).html
    assert re.findall("<h([1-6])", html) == ["1", "2", "2", "2", "2", "1"]


def test_cards_above_the_first_marked_heading_stand_on_its_level() -> None:
    below = "".join(paragraph(text, style="heading1") + plain("Viel trinken.") for text in ("Im Sommer", "Im Winter"))
    html = read((DRINK, SHADE), (VISIT, NEVER), below=below).html
    assert re.findall("<h([1-6])>", html) == ["1"] * 6


def test_number_or_sign_that_word_shows_before_a_card_stays() -> None:
    cross = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="✗"/></w:lvl>'
    )
    numbering = {"numbering": NUMBERING.split('<w:abstractNum w:abstractNumId="1">')[0] + cross + LISTS}
    cards = [item(DRINK[0], 1), item(SHADE[0], 1), item(NEVER[0], 3)]
    cells = "".join(
        f"<w:tc>{head.replace('<w:rPr>', '<w:rPr><w:b/>')}{plain('Jeden Tag ' * 4)}</w:tc>" for head in cards
    )
    html = docx_to_html(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", numbering)).html
    assert re.findall("<strong>(.*?)</strong>", html) == ["1. Trinken", "2. Schatten", "✗ Niemals"]


@pytest.mark.parametrize(
    "rows",
    [
        [(("Age", ""), ("Dose", "")), (("", "2 years"), ("", "5 ml after food, twice a day"))],
        [
            (("Morning", ""), ("Metformin", "500 mg with food and water")),
            (("Night", ""), ("Statin", "20 mg at bedtime")),
        ],
        [(("Mon", "5 mg"), ("Tue", "10 mg")), (("Wed", "5 mg"), ("Thu", "10 mg"))],
        [(DRINK, SHADE), (DRINK, NEVER)],
        [
            (("Metformin", "for diabetes of type 2, for life"), ("500 mg", "twice a day with food and water")),
            (("Ramipril", "for blood pressure and the heart"), ("½ tablet", "in the morning, not with potassium")),
        ],
    ],
    ids=["head", "labels of rows", "short cells", "alike", "doses"],
)
def test_other_tables_stay_tables(rows: Sequence[Sequence[tuple[str, str]]]) -> None:
    found = read(*rows)
    assert "<table>" in found.html
    assert NOTE not in found.notes
