"""Text boxes of Word documents that begin with a heading: where their text stands, and what stays where it was."""

from __future__ import annotations

import pytest
from word_files import docx, item, paragraph, run, table

from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.importing.word.document import docx_to_html

TITLE = paragraph("Codeine", style="Title")
DOSE = paragraph("Dose", style="heading1")
FOOD = paragraph("Food", style="heading1")
NOTE = "text boxes with a heading became sections, each at the end of the section that it stands beside"


def beside(text: str, inside: str) -> str:
    """A paragraph with a text box that hangs on it."""
    box = f"<w:r><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></w:r>"
    return f"<w:p>{run(text)}{box}</w:p>"


def read(body: str) -> tuple[list[str], tuple[str, ...]]:
    """The HTML of a document, an element a line, without the title; and the notes."""
    found = docx_to_html(docx(TITLE + body))
    return [line for line in found.html.split("\n") if "Codeine</h1>" not in line], found.notes


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (paragraph("When to call us at once", "<w:b/>"), "<strong>When to call us at once</strong>"),
        (paragraph("When to call us at once"), "When to call us at once"),
        (paragraph("Stop!", "<w:b/>"), "<strong>Stop!</strong>"),
        (paragraph("CALL US IF", '<w:color w:val="C00000"/>'), "CALL US IF"),
        (paragraph("Help", style="heading2"), "Help"),
    ],
)
def test_box_with_a_heading_is_a_section_and_takes_no_text_of_the_section_beside_it(head: str, shown: str) -> None:
    body = DOSE + beside("Take two.", head + paragraph("You cannot be woken.")) + paragraph("Wait an hour.") + FOOD
    html, notes = read(body + paragraph("Eat."))
    assert html == [
        "<h1>Dose</h1>",
        "<p>Take two.</p>",
        "<p>Wait an hour.</p>",
        f"<h1>{shown}</h1>",
        "<p>You cannot be woken.</p>",
        "<h1>Food</h1>",
        "<p>Eat.</p>",
    ]
    words = shown.removeprefix("<strong>").removesuffix("</strong>")
    assert notes == (f"{NOTE}: {words}",)


@pytest.mark.parametrize("names", [("Red", "Green"), ("Red", "Amber", "Green")], ids=["columns", "cards"])
def test_table_that_is_taken_apart_in_a_box_takes_no_text_of_the_section_beside_it(names: tuple[str, ...]) -> None:
    cells = "".join(
        f"<w:tc>{paragraph(name, '<w:b/>')}{paragraph('You cannot be woken today.')}</w:tc>" for name in names
    )
    box = beside("Take two.", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    html, notes = read(DOSE + box + paragraph("Wait an hour.") + FOOD + paragraph("Eat."))
    assert html[:3] == ["<h1>Dose</h1>", "<p>Take two.</p>", "<p>Wait an hour.</p>"]
    assert html[3::2] == [*(f"<h1><strong>{name}</strong></h1>" for name in names), "<h1>Food</h1>"]
    assert not [note for note in notes if "Wait an hour" in note]


def test_box_above_smaller_headings_is_a_section_beside_them() -> None:
    box = beside("Take two.", paragraph("Warning") + item("a rash", 3))
    body = DOSE + box + paragraph("Children", style="heading2") + paragraph("Take one.") + FOOD + paragraph("Eat.")
    html, _ = read(body)
    assert [line for line in html if line.startswith("<h")] == [
        "<h1>Dose</h1>",
        "<h2>Warning</h2>",
        "<h2>Children</h2>",
        "<h1>Food</h1>",
    ]


def test_box_beside_a_step_divides_no_list() -> None:
    box = paragraph("Read this first.") + paragraph("Low reading", style="heading2") + paragraph("Take one.")
    step = item("Blow.", 1).replace(
        "</w:p>", f"<w:r><w:drawing><w:txbxContent>{box}</w:txbxContent></w:drawing></w:r></w:p>"
    )
    html, notes = read(DOSE + item("Stand.", 1) + step + item("Write.", 1))
    assert html == [
        "<h1>Dose</h1>",
        "<ol>",
        "<li>Stand.",
        "</li>",
        "<li>Blow.",
        "</li>",
        "<li>Write.",
        "</li></ol>",
        "<p>Read this first.</p>",
        "<h1>Low reading</h1>",
        "<p>Take one.</p>",
    ]
    assert notes == (f"{NOTE}: Low reading",)


def test_box_below_a_title_of_several_lines_stays_in_its_section() -> None:
    box = beside("Take two.", paragraph("Warning") + paragraph("You cannot be woken."))
    text = DOSE + box + FOOD + paragraph("Eat.")
    found = docx_to_html(docx(paragraph("Codeine\nfor adults\nat home") + paragraph("Read this first.") + text)).html
    assert found.index("Take two.") < found.index("<h1>Warning</h1>") < found.index("<h1>Food</h1>")
    heading = DOSE.replace("</w:p>", box[box.index("<w:r><w:drawing>") :])
    found = docx_to_html(docx(paragraph("Codeine\nfor adults\nat home") + paragraph("Read this first.") + heading)).html
    assert found.index("<h1>Dose</h1>") < found.index("<h1>Warning</h1>")


def test_box_with_a_table_takes_it_along() -> None:
    html, _ = read(DOSE + beside("Take two.", paragraph("Limits") + table([("Adults", "8")])) + paragraph("Wait."))
    assert html[1:4] == ["<p>Take two.</p>", "<p>Wait.</p>", "<h1>Limits</h1>"]
    assert html[4].startswith("<table>")


def test_boxes_that_hold_all_text_are_sections_in_their_order() -> None:
    boxes = beside("", paragraph("Signs") + paragraph("It itches.")) + beside(
        "", paragraph("Care") + paragraph("Keep dry.")
    )
    assert read(boxes)[0] == ["<h2>Signs</h2>", "<p>It itches.</p>", "<h2>Care</h2>", "<p>Keep dry.</p>"]


@pytest.mark.parametrize(
    "inside",
    [
        paragraph("Do not drive."),
        paragraph("It makes you sleepy.") + paragraph("Do not drive."),
        paragraph("Desk on level 2") + paragraph("Tel. 0123 456"),
        paragraph("Bring with you:") + item("glasses", 3),
        paragraph("“I felt better soon”") + paragraph("A patient said so."),
    ],
)
def test_box_without_a_heading_stays_below_its_paragraph(inside: str) -> None:
    html, notes = read(DOSE + beside("Take two.", inside) + paragraph("Wait an hour."))
    assert html[:2] == ["<h1>Dose</h1>", "<p>Take two.</p>"]
    assert html[-1] == "<p>Wait an hour.</p>"
    assert notes == ()


@pytest.mark.parametrize("before", ["", "Ta"])
def test_words_beside_the_anchor_of_a_box_are_not_taken_for_one_with_its_last(before: str) -> None:
    step = beside(before, paragraph("Desk on level 2") + paragraph("Room four"))
    body = step.removesuffix("</w:p>") + run("ke two tablets.") + "</w:p>"
    made = make_article(docx(TITLE + DOSE + body), ".docx", Origin("codeine.docx"))
    assert made.notes == ()


def test_box_above_all_text_of_a_document_without_marks_is_no_section_behind_the_first_heading() -> None:
    banner = beside("", paragraph("Gout", '<w:b/><w:sz w:val="40"/>') + paragraph("For all who have it at home."))
    text = paragraph("Signs", "<w:b/>") + paragraph("It hurts.") + paragraph("Food", "<w:b/>") + paragraph("Eat well.")
    article = make_article(docx(banner + text), ".docx", Origin("gout-12.docx")).article
    assert 'title: "Signs"' not in article
    assert article.index("For all who have it at home.") < article.index("## Signs") < article.index("It hurts.")
