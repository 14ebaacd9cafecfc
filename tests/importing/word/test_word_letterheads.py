"""Titles of Word documents that stand below the name of a hospital or ward."""

from __future__ import annotations

import pytest
from word_files import docx, paragraph

from wellread.importing.files import make_article
from wellread.importing.made import Origin

TEXT = paragraph("Rest for a day, and drink as much as you can.")
SIGNS = paragraph("Signs", "<w:b/>") + TEXT + paragraph("Food", "<w:b/>") + TEXT


def large(text: str, size: int, more: str = "<w:b/>") -> str:
    return paragraph(text, f'{more}<w:sz w:val="{2 * size}"/>')


def article(body: str) -> tuple[str, list[str], str]:
    """The title of a document's article, its headings, and its first note."""
    made = make_article(docx(body), ".docx", Origin("leaflet-12.docx"))
    lines = made.article.splitlines()
    return lines[1].removeprefix("title: "), [line for line in lines if line.startswith("#")], made.notes[0]


@pytest.mark.parametrize(
    "above",
    [
        large("Green Valley Practice", 14),
        large("Green Valley Practice", 10, ""),
        large("St Brannock Hospital", 30),
        large("Hospital of Saint Anne", 30),
        large("Northern Children’s Hospital Group", 30),
        large("Klinikum Lindenau", 30) + large("Abteilung für Chirurgie", 14),
        large("Hôpital du Val Fleuri", 20),
    ],
)
def test_title_below_a_letterhead_is_found_and_told(above: str) -> None:
    title, heads, note = article(above + large("Gout in the foot", 20) + SIGNS)
    assert (title, heads) == ('"Gout in the foot"', ["## Signs", "## Food"])
    assert note.startswith('no title is marked as such, "Gout in the foot" became it and not what stands above it: ')


def test_plain_title_above_marked_headings_is_found_below_a_hospital() -> None:
    heads = paragraph("Signs", style="heading1") + TEXT + paragraph("Food", style="heading1") + TEXT
    assert article(paragraph("St Brannock Hospital") + paragraph("Gout in the foot") + heads)[0] == '"Gout in the foot"'


@pytest.mark.parametrize(
    "title",
    [
        "Hospital stay checklist",
        "Going home from hospital",
        "Leaving hospital",
        "Starting university",
        "At the clinic",
        "Gout",
    ],
)
def test_title_that_speaks_of_a_hospital_stays_the_title(title: str) -> None:
    assert article(large(title, 20) + SIGNS)[:2] == (f'"{title}"', ["## Signs", "## Food"])
    assert article(large(title, 20) + large("For patients", 14) + SIGNS)[0] == f'"{title}"'


def test_headings_stand_above_a_line_in_the_style_of_titles_that_is_further_down() -> None:
    body = paragraph("Gout", "<w:b/>") + SIGNS + paragraph("More about gout", style="Title") + TEXT
    assert article(body)[1] == ["## Signs", "## Food"]


@pytest.mark.parametrize("title", ["The pain clinic", "Schlaganfall und Klinik", "Service de garde"])
def test_title_that_speaks_of_a_place_stays_above_headings_that_look_alike(title: str) -> None:
    assert article(large(title, 16) + SIGNS.replace("<w:b/>", '<w:b/><w:sz w:val="24"/>'))[:2] == (
        f'"{title}"',
        ["## Signs", "## Food"],
    )


def test_name_of_a_hospital_above_the_title_heads_no_text() -> None:
    made = make_article(docx(large("St Brannock Hospital", 12) + large("Gout", 20) + TEXT), ".docx", Origin("a.docx"))
    assert 'title: "Gout"' in made.article
    assert "#" not in made.article
    assert "St Brannock Hospital" in made.article


TOLD = 'the title may be a name, write what the text is about: "{}"'


@pytest.mark.parametrize(
    "name", ["University of Vila", "Lindenau-Universität", "Universität Lindenau", "Vale Hospital"]
)
def test_name_of_a_place_above_an_address_that_becomes_the_title_is_told_of(name: str) -> None:
    address = paragraph("Department of Feet") + paragraph("12 Mill Lane") + paragraph("Room 5") + paragraph("Vila")
    body = paragraph(name, "<w:b/>") + address + paragraph("CONSENT", "<w:b/>") + SIGNS
    assert TOLD.format(name) in make_article(docx(body), ".docx", Origin("a.docx")).notes


@pytest.mark.parametrize("title", ["The pain clinic", "University students and sleep", "Gout"])
def test_title_above_text_is_no_name(title: str) -> None:
    made = make_article(docx(paragraph(title, style="Title") + TEXT + SIGNS), ".docx", Origin("a.docx"))
    assert not [note for note in made.notes if "may be a name" in note]
