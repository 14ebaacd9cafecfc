"""Tables of Word documents: which row names the columns, and what stands above it."""

from __future__ import annotations

import re

import pytest
from word_files import STYLES, docx, item, paragraph, run, table

from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.importing.word.document import docx_to_html

REPEATED = "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
SHADED = '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="{}"/></w:tcPr>'
STYLED = '<w:tblPr><w:tblStyle w:val="{}"/><w:tblLook {}/></w:tblPr>'
TABLE_STYLES = STYLES + (
    '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/></w:style>'
    '<w:style w:type="table" w:styleId="Striped"><w:name w:val="Striped"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Striped"/></w:style>'
)
ROWS = [("Age", "Dose"), ("2", "5 ml"), ("6", "10 ml")]


def bold(text: str) -> str:
    """A paragraph in bold."""
    return paragraph(text, "<w:b/>")


def html(tables: str) -> str:
    """The HTML of tables below a title, its paragraphs without their tags."""
    data = docx(paragraph("Zinc", style="Title") + tables, {"styles": TABLE_STYLES})
    return re.sub("</?p>", "", docx_to_html(data).html.split("</h1>\n")[1])


def heads(tables: str) -> list[str]:
    """The words of the cells of heads."""
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall("<th[^>]*>(.*?)</th>", html(tables))]


def article(tables: str) -> str:
    """The article that a document becomes, without its front matter."""
    data = docx(paragraph("Zinc", style="Title") + paragraph("Give it so.") + tables, {"styles": TABLE_STYLES})
    return make_article(data, ".docx", Origin("zinc.docx")).article.split("---\n\n", 1)[1]


def emphasised(rows: str, *texts: str) -> str:
    """A table in which these words are bold."""
    for text in texts:
        rows = rows.replace(paragraph(text), bold(text))
    return rows


@pytest.mark.parametrize(
    "drawn",
    [
        table(ROWS).replace("<w:tr>", REPEATED, 1),
        table(ROWS).replace("<w:tc>", SHADED.format("D9E2F3"), 2),
        emphasised(table(ROWS), "Age", "Dose"),
        table(ROWS).replace("<w:tbl>", "<w:tbl>" + STYLED.format("Mine", 'w:firstRow="1"')),
        table(ROWS).replace("<w:tbl>", "<w:tbl>" + STYLED.format("Striped", 'w:val="04A0"')),
    ],
    ids=["repeated", "shaded", "bold", "styled", "styled, as Word 2007 writes it"],
)
def test_row_that_names_the_columns_is_the_head(drawn: str) -> None:
    assert heads(drawn) == ["Age", "Dose"]
    assert "| --- | --- |\n| 2 | 5 ml |\n| 6 | 10 ml |" in article(drawn)


@pytest.mark.parametrize(
    "drawn",
    [
        table(ROWS),
        table(ROWS).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader w:val='0'/></w:trPr>", 1),
        table(ROWS).replace("<w:tc>", SHADED.format("D9E2F3")),
        table(ROWS).replace("<w:tc>", SHADED.format("auto"), 2),
        table(ROWS).replace("<w:tc>", SHADED.format("00B050"), 2).replace("<w:tc>", SHADED.format("FF0000")),
        emphasised(table(ROWS), "Age", "Dose", "2", "5 ml"),
        emphasised(table(ROWS), "Age", "2", "6"),
        table(ROWS).replace("<w:tbl>", "<w:tbl>" + STYLED.format("Plain", 'w:firstRow="1"')),
        table(ROWS).replace("<w:tbl>", "<w:tbl>" + STYLED.format("Striped", 'w:firstRow="0" w:val="04A0"')),
        table(ROWS[:1]).replace("<w:tr>", REPEATED, 1),
        table([("Call 999", ""), *ROWS]).replace("<w:tr>", REPEATED, 1),
        table([("If the child is very ill, " * 6, "Dose"), *ROWS]).replace("<w:tr>", REPEATED, 1),
    ],
    ids=[
        *(
            "plain",
            "not repeated",
            "all shaded",
            "no colour",
            "green and red",
            "two bold rows",
            "bold column",
            "plain style",
        ),
        *("style switched off", "one row", "one cell", "a passage"),
    ],
)
def test_row_that_may_be_like_the_others_is_no_head(drawn: str) -> None:
    assert heads(drawn) == []


@pytest.mark.parametrize("row", [("Emergency", "112"), ("Adults", "500 mg"), ("Abroad", "+41 117")])
def test_label_with_a_figure_above_figures_is_no_head_though_it_stands_out(row: tuple[str, str]) -> None:
    drawn = emphasised(table([row, ("Ward 5", "0300 5"), ("Ward 6", "0300 6")]), *row)
    assert heads(drawn) == []
    assert heads(drawn.replace("0300 5", "ask there")) == list(row)


def test_deleted_row_is_not_the_head_though_it_is_marked() -> None:
    drawn = table([("Old", "Heads"), *ROWS]).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/><w:del/></w:trPr>", 1)
    assert heads(drawn) == []


def test_title_in_a_row_above_the_head_stands_above_the_table_and_heads_no_section() -> None:
    title = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{bold("Drops for children")}</w:tc></w:tr>'
    drawn = emphasised(table(ROWS), "Age", "Dose").replace("<w:tbl>", "<w:tbl>" + title)
    assert article(drawn) == (
        "Give it so.\n\nDrops for children\n\n| **Age** | **Dose** |\n| --- | --- |\n| 2 | 5 ml |\n| 6 | 10 ml |\n"
    )


def test_sentences_and_lists_in_a_row_above_the_head_stay_apart() -> None:
    inside = paragraph("Shake it") + paragraph("Do not give with milk") + item("wash", 3) + item("dry", 3)
    title = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{inside}</w:tc></w:tr>'
    drawn = emphasised(table(ROWS), "Age", "Dose").replace("<w:tbl>", "<w:tbl>" + title)
    above = article(drawn).split("\n\n|")[0]
    assert above == "Give it so.\n\nShake it\n\nDo not give with milk\n\n- wash\n- dry"


@pytest.mark.parametrize("rows", [ROWS, ROWS[1:]], ids=["with a head", "without"])
def test_heading_in_a_row_that_spans_all_columns_heads_the_table(rows: list[tuple[str, str]]) -> None:
    title = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Drops", style="heading1")}</w:tc></w:tr>'
    drawn = emphasised(table(rows), "Age", "Dose").replace("<w:tbl>", "<w:tbl>" + title)
    assert article(drawn).startswith("Give it so.\n\n## Drops\n\n|")


def test_row_that_spans_all_columns_above_plain_rows_stays_in_the_table() -> None:
    title = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Never at night")}</w:tc></w:tr>'
    assert html(table(ROWS).replace("<w:tbl>", "<w:tbl>" + title)).startswith('<table><tr><td colspan="2">Never at')


def test_lists_below_a_head_stay_in_their_columns() -> None:
    listed = "".join(f"<w:p>{run(f'• {text}')}</w:p>" for text in ("rest", "drink water"))
    avoid = "".join(f"<w:p>{run(f'• {text}')}</w:p>" for text in ("alcohol", "long walks " * 40))
    row = f"<w:tr><w:tc>{listed}</w:tc><w:tc>{avoid}</w:tc></w:tr>"
    drawn = table([("Do", "Do not")]).replace("<w:tr>", REPEATED).replace("</w:tbl>", f"{row}</w:tbl>")
    assert "| Do | Do not |\n| --- | --- |\n| rest; drink water | alcohol; long walks" in article(drawn)


def test_passages_below_heads_of_their_columns_are_taken_apart_column_by_column() -> None:
    passage = "Keep the wound dry, and wash around it with a cloth as long as no water runs into it. " * 4
    cells = "".join(f"<w:tc>{paragraph(passage)}{paragraph(last)}</w:tc>" for last in ("Eat nothing.", "Do not drive."))
    drawn = emphasised(table([("Before", "After")]), "Before", "After").replace(
        "</w:tbl>", f"<w:tr>{cells}</w:tr></w:tbl>"
    )
    lines = [line for line in article(drawn).splitlines() if line and line != passage.strip()]
    assert lines == ["Give it so.", "## Before", "Eat nothing.", "## After", "Do not drive."]


def test_doses_of_two_lines_below_heads_of_their_columns_stay_a_table() -> None:
    cells = "".join(f"<w:tc>{paragraph(day)}{paragraph(night)}</w:tc>" for day, night in (("5 ml", "6 ml"), ("7", "8")))
    drawn = emphasised(table([("Age 2", "Age 6")]), "Age 2", "Age 6").replace(
        "</w:tbl>", f"<w:tr>{cells}</w:tr></w:tbl>"
    )
    assert article(drawn).endswith("| **Age 2** | **Age 6** |\n| --- | --- |\n| 5 ml 6 ml | 7 8 |\n")
