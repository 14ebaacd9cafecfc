"""Words that stand for the pictures of Word documents: those that somebody wrote are named."""

from __future__ import annotations

import pytest
from word_files import docx, paragraph

from wellread.importing.files import make_article
from wellread.importing.made import Origin

TEXT = paragraph("Rest for a day, and drink as much as you can.")
KIND = "left out, words that stand for a picture: "


def picture(words: str, inside: str = "<a:blip/>", style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:drawing><wp:docPr descr="{words}"/>{inside}</w:drawing></w:r></w:p>'


def notes(body: str) -> list[str]:
    return [note for note in make_article(docx(body), ".docx", Origin("fist.docx")).notes if "picture" in note]


@pytest.mark.parametrize("inside", ["<a:blip/>", "<a:graphic/>"])
def test_words_that_stand_for_a_picture_are_named(inside: str) -> None:
    body = paragraph("Exercises") + TEXT + picture("Make a fist, 5 times", inside)
    assert notes(body) == ["pictures are left out (1)", f'{KIND}"Make a fist, 5 times"']


def test_words_of_an_old_drawing_are_named() -> None:
    shape = '<w:p><w:r><w:pict><v:shape alt="Make a fist"><v:imagedata/></v:shape></w:pict></w:r></w:p>'
    assert notes(paragraph("Exercises") + TEXT + shape)[1] == f'{KIND}"Make a fist"'


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Picture 1",
        "Bild 12",
        "IMG_256",
        "Logo",
        "WhatsApp Image 2023-11-29 at 5.25.19 PM",
        "C:\\Users\\ann\\Pictures\\a hand.png",
        "hand exercise.jpeg",
        "A hand on a table&#10;&#10;Description automatically generated",
        "Eine Hand&#10;&#10;Automatisch generierte Beschreibung",
        "Una mano&#10;&#10;Descripción generada automáticamente",
        "Eine Hand&#10;&#10;KI-generierte Inhalte können fehlerhaft sein.",
    ],
)
def test_name_of_a_picture_and_a_guess_of_a_program_are_not(words: str) -> None:
    assert notes(paragraph("Exercises") + TEXT + picture(words)) == ["pictures are left out (1)"]


def test_heading_that_is_a_picture_has_its_words() -> None:
    body = paragraph("Exercises", style="Title") + TEXT + picture("Warning signs", style="heading1") + TEXT
    made = make_article(docx(body), ".docx", Origin("fist.docx"))
    assert "## Warning signs" in made.article.splitlines()
    assert made.notes == ('headings that are pictures have the words that stand for these: "Warning signs"',)
