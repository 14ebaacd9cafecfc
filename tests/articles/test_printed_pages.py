"""Plain text taken from printed pages: running heads and page numbers go, divided words and paragraphs are whole."""

from __future__ import annotations

import pytest

from wellread.articles.outline import Draft, Heading
from wellread.articles.plaintext import parse_plaintext

STOMA = (
    "Living with a stoma\n\nThe nurse shows you how to change the bag before you go home, and answers to ques-\n"
    "tions that\n\n1\n\fLiving with a stoma\n\ncome up later.\n\nChanging the bag\n\nWash your hands.\n\n2\n"
)
SWEDISH = (
    "Region Syd                      Information\nEfter operationen\n\nHemma\nVila mycket.\nSida 1 (2)\n\n\n"
    "Region Syd                      Information\nMat\nÄt som vanligt.\n\nDryck\nDrick vatten.\nSida 2 (2)\n"
)
SPANISH = (
    "La fístula\n\nLave el brazo.\n\nHospital del Río - página 1\n\f\nCuándo llamar\n\nSi no nota la vibración, venga."
    "\n\nHospital del Río - página 2\n\f\nTeléfono\n\nLlame.\n\nHospital del Río - página 3\n"
)


TABLES = "Table\n\nAdults\n\nDose     Time\n\n1     8 am\n\nText.\n\nMore.\n\nDose     Time\n\n5     9 am\n\nA."


def shown(draft: Draft) -> list[str]:
    """The parts of an article: headings with as many "#" as their level, then the blocks as written."""
    return [f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in draft.parts]


def test_title_stays_where_it_is_the_running_head_and_a_paragraph_goes_on_on_the_next_page() -> None:
    draft = parse_plaintext(STOMA, "a.txt")
    assert draft.title == "Living with a stoma"
    assert shown(draft) == [
        "The nurse shows you how to change the bag before you go home, and answers to questions that come up later.",
        "# Changing the bag",
        "Wash your hands.",
    ]
    assert [(note.line, note.code) for note in draft.notes] == [(6, "page-edge"), (7, "page-edge")]


def test_running_head_above_the_title_is_no_title() -> None:
    draft = parse_plaintext(SWEDISH, "a.txt")
    assert draft.title == "Efter operationen"
    assert shown(draft) == ["# Hemma", "Vila mycket.", "# Mat", "Ät som vanligt.", "# Dryck", "Drick vatten."]
    assert [note.message for note in draft.notes] == [
        '"Region Syd Information" is left out, and so is one like it: it belongs to printed pages',
        '"Sida 1 (2)" is left out, and so is one like it: it belongs to printed pages',
    ]


def test_running_head_below_the_title_goes_where_it_begins_the_next_page() -> None:
    head = "Eastvale Clinic                  Patient information"
    draft = parse_plaintext(
        f"Going home\n\n{head}\n\nRest for two days.\n\n1\n\f{head}\n\nPain\n\nCall us.\n\n2\n", "a.txt"
    )
    assert shown(draft) == ["Rest for two days.", "# Pain", "Call us."]
    assert [note.line for note in draft.notes] == [3, 7]


def test_running_head_with_a_number_far_to_the_right_goes() -> None:
    head = "Patient information" + 40 * " "
    text = f"Going home\n\n{head}2\n\nFood\nEat.\n\nDrink\nDrink.\n\n\f{head}3\n\nPain\nCall us."
    draft = parse_plaintext(text, "a.txt")
    assert shown(draft) == ["# Food", "Eat.", "# Drink", "Drink.", "# Pain", "Call us."]
    assert [note.line for note in draft.notes] == [3]


def test_doses_far_to_the_right_that_grow_are_no_running_heads_without_pages() -> None:
    row = "Tablets in the morning" + 30 * " "
    text = f"Going up\n\nWeek one\n\n{row}2\n\nRest.\n\nSleep.\n\nDrink.\n\nEat.\n\n{row}3\n\nCall us.\n"
    draft = parse_plaintext(text, "a.txt")
    assert [line[-9:] for line in shown(draft) if "morning" in line] == ["morning 2", "morning 3"]


def test_rows_of_a_schedule_are_no_running_heads() -> None:
    row = "Tablets in the morning" + 30 * " "
    text = f"Going down\n\nWeek one\n\n{row}3\nTake them with food.\n\nRest.\n\nSleep.\n\n{row}4\nTake them with milk."
    draft = parse_plaintext(text, "a.txt")
    assert any("morning 3" in line for line in shown(draft))
    assert not draft.notes


def test_running_foot_with_the_number_of_the_page_is_no_heading() -> None:
    draft = parse_plaintext(SPANISH, "a.txt")
    assert shown(draft)[1:] == ["# Cuándo llamar", "Si no nota la vibración, venga.", "# Teléfono", "Llame."]
    assert len(draft.notes) == 1


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Plan\n\nRun.\n\fWeek 1\n\nWalk.\n\nRest.\n\nEat.\n\fWeek 2\n\nRun.\n\nRest.\n\nSleep.\n", "# Week 2"),
        ("Two\n\nGout\n\nSigns\n\nA sore toe.\n\nRest.\n\fFlu\n\nSigns\n\nA cough.\n\nRest.\n", "# Signs"),
        ("Two\n\nRest.\n\nTake care\nof it.\n\fFlu\n\nA cough.\n\nRest.\n", "Rest."),
        ("Steps\n\nStep 1\n\nWet.\n\nRub.\n\nRinse.\n\nStep 2\n\nDry.\n", "# Step 2"),
        (TABLES, "# Dose Time"),
        ("List\n\nTake:\n- water\n- bread\n\fTake:\n- milk\n- bread\n", "• bread"),
    ],
)
def test_what_comes_back_and_belongs_to_the_text_stays(text: str, stays: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert stays in shown(draft)
    assert "page-edge" not in {note.code for note in draft.notes}


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("U mag na 24 uur douchen. Ga de eerste 2 we-\nken niet in bad.", "de eerste 2 weken niet"),
        ("Take the tab\u00ad\nlets with water.", "Take the tablets with"),
        ("This is for the short- and the long-\nterm use of one tablet a day.", "the long-term use"),
        ("It grows in the lungs of low-\nand high risk groups.", "of low- and high risk"),
    ],
)
def test_word_divided_at_the_end_of_a_line_is_whole_again(lines: str, whole: str) -> None:
    above = "Deze folder gaat over uw wond." if "douchen" in lines else "This is about the term and the use of tablets."
    draft = parse_plaintext(f"Title\n\nIn short\n\n{above}\n\n{lines}", "a.txt")
    assert whole in shown(draft)[-1]
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Adults      2 spoons", "Adults      2 spoons"),
        ("Adults      1/4", "Adults      3/4"),
        ("Side 1", "Side 2"),
        ("Str. 3", "Str. 5"),
    ],
)
def test_lines_that_come_back_without_counting_pages_stay(first: str, second: str) -> None:
    text = f"Syrup\n\nCough\n\nRest.\nDrink.\n{first}\n\nFever\n\nCool it.\nRest.\nDrink.\n{second}\n\nAsk us."
    written = " / ".join(shown(parse_plaintext(text, "a.txt")))
    assert " ".join(first.split()) in written
    assert " ".join(second.split()) in written


def test_bullet_without_a_text_below_a_divided_word_is_read() -> None:
    assert shown(parse_plaintext("T\n\n\uf0b7 opera-\n\uf0b7\n\uf0b7 rest", "a.txt"))


def test_head_of_the_sheet_that_comes_back_as_it_is_stands_above_the_title() -> None:
    head = "Spital am See – Urologie          Merkblatt 14"
    text = f"{head}\n\nNIERENSTEINE: ZU HAUSE\n\nTrinken Sie viel.\n\nGehen Sie.\n\n{head}\n\nMORGEN\n\nGehen Sie.\n"
    draft = parse_plaintext(text, "a.txt")
    assert draft.title == "NIERENSTEINE: ZU HAUSE"
    assert not any("Merkblatt" in part for part in shown(draft))
    assert any("Merkblatt 14" in note.message for note in draft.notes)


RIGHT = " " * 40


@pytest.mark.parametrize("edge", [RIGHT, ""])
def test_numbers_alone_that_count_the_pages_are_left_out_with_one_note(edge: str) -> None:
    text = f"Baden\n\nTrocken bleiben.\n\n{edge}1\n\nWarm halten.\n\n{edge}2\n\nRuft an.\n\n{edge}3\n"
    draft = parse_plaintext(text, "a.txt")
    assert shown(draft) == ["Trocken bleiben.", "Warm halten.", "Ruft an."]
    assert [note.code for note in draft.notes] == ["page-edge"]


@pytest.mark.parametrize(
    "text",
    [
        "Hands\n\nWash them.\n\n1\nWet them.\n\n2\nRub them.\n\n3\nDry them.\n",
        "Hands\n\n1\n\nWet them.\n\n2\n\nRub them.\n\n3\n\nDry them.\n",
        "Scale\n\nHow bad is it?\n\nNo pain\n\n1\n\nSome pain\n\n2\n\nBad pain\n\n3\n",
        "Score\n\nYour score:\n\n3\n\nLower is better.\n\n5\n\nAsk us.\n\n6\n",
    ],
)
def test_numbers_of_steps_and_scores_stay(text: str) -> None:
    draft = parse_plaintext(text, "a.txt")
    assert sum(line[-1].isdecimal() or line[:1].isdecimal() for line in shown(draft)) == 3
    assert not any(note.code == "page-edge" for note in draft.notes)
