"""Paragraphs of Word documents that are no paragraphs: rules of signs, and lines that were copied one by one."""

from __future__ import annotations

import pytest
from word_files import docx, item, paragraph, table

from wellread.importing.word.document import docx_to_html

TITLE = paragraph("Gout", style="Title")
COPIED = (
    "Gout is a swelling of a joint that comes in the night and goes away",
    "again after a week or two, whether it is treated or not. Drink more",
    "water than you do on other days, and keep the foot up and uncovered",
    "until the pain is gone. Do not begin with a new medicine and do not",
    "stop an old one before you have talked to the people who gave it to",
    "you (or to",
    "a pharmacist).",
)


def lines(body: str) -> list[str]:
    """The HTML of a document, an element a line, without the title."""
    return docx_to_html(docx(TITLE + body)).html.split("\n")[1:]


def notes(body: str) -> tuple[str, ...]:
    return docx_to_html(docx(TITLE + body)).notes


def test_lines_that_are_a_paragraph_each_are_joined_and_told_of() -> None:
    body = "".join(map(paragraph, COPIED)) + paragraph("Rest.")
    assert lines(body) == [f"<p>{' '.join(COPIED[:-1])}</p>", "<p>a pharmacist).</p>", "<p>Rest.</p>"]
    assert "lines that were broken by hand are joined, compare them (5)" in notes(body)


def test_line_of_an_item_goes_on_in_the_next_paragraph() -> None:
    body = paragraph("• " + COPIED[0]) + "".join(map(paragraph, COPIED[1:6]))
    assert "".join(lines(body)) == f"<ul><li>{' '.join(COPIED[:6])}</li></ul>"


def test_blank_line_between_them_keeps_paragraphs_apart() -> None:
    assert len(lines(paragraph("").join(map(paragraph, COPIED)))) == len(COPIED)


@pytest.mark.parametrize(
    "texts",
    [
        COPIED[:5],  # too few to be sure
        (
            "Call us at once if the child has one of these signs:",
            "fever",
            "a stiff neck and a rash that stays when pressed",
        )
        + ("vomiting more than three times in one morning", "no wet nappy since last night", "a cough") * 3,
    ],
)
def test_few_lines_and_lists_without_bullets_stay_as_they_are(texts: tuple[str, ...]) -> None:
    assert lines("".join(map(paragraph, texts))) == [f"<p>{text}</p>" for text in texts]


@pytest.mark.parametrize("rule", ["=======", "* * *", "—————", "___________", "~~~~"])
def test_rule_of_signs_is_no_text(rule: str) -> None:
    assert lines(paragraph("Rest.") + paragraph(rule) + paragraph("Drink.")) == ["<p>Rest.</p>", "<p>Drink.</p>"]


def test_signs_in_a_table_stay() -> None:
    body = table([("Monday", "---"), ("Tuesday", "2")])
    assert "<td><p>---</p></td>" in lines(body)[0]


def test_numbered_item_is_never_joined() -> None:
    body = "".join(item(text, 1) for text in COPIED)
    assert "".join(lines(body)).count("<li>") == len(COPIED)
