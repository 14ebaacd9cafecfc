"""Headings of Word documents that are not marked: which lines are ones, and which of them is the title."""

from __future__ import annotations

import pytest
from word_files import docx, item, paragraph, run, table

from wellread.importing.files import make_article
from wellread.importing.made import Origin

BOLD = "<w:b/>"
TEXT = paragraph("Rest for a day, and drink as much as you can.")
PICTURE = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"


def article(body: str) -> tuple[str, list[str]]:
    """The title of a document's article, and its headings."""
    made = make_article(docx(body), ".docx", Origin("leaflet-12.docx"))
    lines = made.article.splitlines()
    return lines[1].removeprefix("title: "), [line for line in lines if line.startswith("#")]


def notes(body: str) -> tuple[str, ...]:
    return make_article(docx(body), ".docx", Origin("leaflet-12.docx")).notes


def head(text: str) -> str:
    return paragraph(text, BOLD)


def test_colon_that_is_not_bold_leaves_a_bold_line_a_heading() -> None:
    steps = f"<w:p>{run('What to do', BOLD)}{run(':')}</w:p>"
    assert article(head("Gout in the foot") + head("Signs") + TEXT + steps + TEXT)[1] == ["## Signs", "## What to do:"]


def test_capitals_with_other_letters_in_brackets_are_a_heading() -> None:
    body = paragraph("GOUT") + TEXT + paragraph("1. SIGNS") + TEXT + paragraph("2. YOUR RIGHTS (Act No. 12)") + TEXT
    assert article(body)[1] == ["## 1. SIGNS", "## 2. YOUR RIGHTS (Act No. 12)"]


@pytest.mark.parametrize("line", ["https://gout.example", "Website: www.gout.example", "E-mail: ward@gout.example"])
@pytest.mark.parametrize("look", [BOLD, '<w:color w:val="0563C1"/>', ""])
def test_address_heads_nothing(line: str, look: str) -> None:
    body = head("Gout") + TEXT + head("Signs") + TEXT + paragraph(line, look) + TEXT
    assert article(body)[1] == ["## Signs"]


def test_line_below_a_logo_is_the_title() -> None:
    body = PICTURE + head("Gout") + TEXT + paragraph("Signs", "<w:i/>") + TEXT
    assert article(body)[0] == '"Gout"'


def test_line_below_a_logo_that_looks_like_the_headings_is_one_of_them() -> None:
    title, heads = article(PICTURE + head("Signs") + TEXT + head("Food") + TEXT)
    assert (title, heads) == ('"Leaflet 12"', ["## Signs", "## Food"])


def test_first_of_headings_that_look_alike_becomes_the_title_and_is_told_of() -> None:
    body = head("Gout") + TEXT + head("Signs") + TEXT
    assert article(body)[0] == '"Gout"'
    assert notes(body)[0].endswith("became headings: Signs; the first line that looks like them became the title")


def test_first_of_numbered_headings_is_not_the_title() -> None:
    title, heads = article(head("1. Signs") + TEXT + head("2. Food") + TEXT)
    assert (title, heads) == ('"Leaflet 12"', ["## 1. Signs", "## 2. Food"])


@pytest.mark.parametrize("look", [BOLD, ""])
def test_items_of_a_numbered_list_with_text_below_each_are_headings(look: str) -> None:
    first, second = (item(text, 1).replace("<w:rPr></w:rPr>", f"<w:rPr>{look}</w:rPr>") for text in ("Signs", "Food"))
    body = paragraph("Gout", '<w:sz w:val="40"/>') + TEXT + first + TEXT + second + TEXT
    assert article(body if look else TEXT + first + TEXT + second + TEXT)[1] == ["## 1. Signs", "## 2. Food"]


def test_steps_of_which_one_has_no_text_below_it_stay_items() -> None:
    body = TEXT + item("Take off the cap", 1) + TEXT + item("Breathe out", 1) + item("Breathe in", 1) + TEXT
    assert article(body)[1] == []


def test_steps_with_pictures_between_them_stay_items() -> None:
    body = TEXT + PICTURE.join([item("Take off the cap", 1), item("Breathe out", 1), item("Breathe in", 1)])
    assert article(body)[1] == []


def test_number_that_is_not_bold_leaves_a_bold_line_a_heading() -> None:
    numbered = [f"<w:p>{run(f'{n}. ')}{run(text, BOLD)}</w:p>" for n, text in ((1, "Signs"), (2, "Food"))]
    assert article(TEXT.join([*numbered, ""]))[1] == ["## 1. Signs", "## 2. Food"]


def test_label_that_is_bold_before_a_number_is_no_heading() -> None:
    phone = f"<w:p>{run('Phone:', BOLD)}{run(' 0123 456')}</w:p>"
    assert article(head("Gout") + head("Signs") + TEXT + head("Food") + TEXT + phone + TEXT)[1] == [
        "## Signs",
        "## Food",
    ]


def test_colour_that_looks_black_makes_no_heading() -> None:
    dark = paragraph("Ask the ward", '<w:color w:val="222222"/>')
    assert article(head("Gout") + head("Signs") + TEXT + head("Food") + TEXT + dark + TEXT)[1] == [
        "## Signs",
        "## Food",
    ]


def test_one_line_that_stands_out_does_not_hide_the_short_lines_that_head_the_text() -> None:
    short = [paragraph(text) + TEXT for text in ("Signs", "“Good” food", "Rest")]
    capitals = paragraph("NSAID") + TEXT
    assert article(head("Gout in the foot") + TEXT + "".join(short))[1] == ["## Signs", "## “Good” food", "## Rest"]
    found = article(paragraph("Gout") + TEXT + "".join([*short[:2], capitals, short[2]]))[1]
    assert found == ["## Signs", "## “Good” food", "## NSAID", "## Rest"]


def test_short_line_between_lines_to_be_filled_in_is_no_heading() -> None:
    form = paragraph("Name .......") + paragraph("Witness") + paragraph("Name .......")
    assert article(head("Consent") + TEXT + form)[1] == []


def test_text_that_goes_on_in_the_paragraph_of_a_heading_is_text() -> None:
    styled = '<w:pPr><w:pStyle w:val="heading2"/></w:pPr>'
    body = f"<w:p>{styled}{run('Risks', BOLD)}{run(' There is no risk that we know.')}</w:p>"
    made = make_article(docx(paragraph("Gout", style="Title") + body), ".docx", Origin("a.docx")).article
    assert made.endswith("\n## Risks\n\nThere is no risk that we know.\n")
    plain = f"<w:p>{styled}{run('Risks', BOLD)}{run(' and benefits')}</w:p>" + TEXT
    assert article(paragraph("Gout", style="Title") + plain)[1] == ["## Risks and benefits"]


def test_single_letter_is_no_title() -> None:
    assert article(paragraph("F") + TEXT)[0] == '"Leaflet 12"'


def test_title_over_two_lines_above_a_table_of_all_text() -> None:
    title = paragraph("Before your\ntreatment", '<w:sz w:val="40"/>')
    questions = table([("Do you feel well today?", "yes"), ("Tell us at once if you do not feel well.", "")])
    assert article(title + questions)[0] == '"Before your treatment"'


def test_two_lines_of_the_size_of_the_text_are_no_heading() -> None:
    body = head("Gout") + TEXT + head("Signs") + TEXT + paragraph("Ward 12\nSecond floor", BOLD) + TEXT
    assert article(body)[1] == ["## Signs"]


def test_only_marked_heading_above_headings_found_by_their_look_is_the_title() -> None:
    body = paragraph("Gout", style="heading2") + head("Signs") + TEXT + head("Food") + TEXT
    assert article(body) == ('"Gout"', ["## Signs", "## Food"])


def test_only_marked_heading_that_is_numbered_stays_a_heading() -> None:
    body = paragraph("1. Signs", style="heading2") + TEXT + paragraph("Food") + TEXT
    assert article(body)[0] == '"Leaflet 12"'


def test_note_in_the_style_of_a_title_is_none_and_leaves_headings_in_their_place() -> None:
    note = f'<w:footnote w:id="1">{paragraph("A word for gout.", style="Title")}</w:footnote>'
    mark = '<w:p><w:r><w:t>Gout</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    body = head("Signs of it") + item("A red toe", 3) + TEXT + paragraph("Food", style="heading1") + TEXT + mark
    data = docx(body, {"footnotes": note})
    lines = make_article(data, ".docx", Origin("leaflet-12.docx")).article.splitlines()
    assert lines[1] == 'title: "Signs of it"'
    assert "## Food" in lines


def test_address_at_the_top_is_no_title() -> None:
    assert article(paragraph("See https://gout.example") + TEXT)[0] == '"Leaflet 12"'


def test_sentence_in_the_look_of_the_headings_is_told_of() -> None:
    red = '<w:color w:val="C00000"/>'
    body = paragraph("Gout") + TEXT + paragraph("Signs", red) + TEXT + paragraph("Name some foods.", red) + TEXT
    body += paragraph("Food", red) + TEXT
    assert article(body)[1] == ["## Signs", "## Food"]
    (told,) = [note for note in notes(body) if "stand as text" in note]
    assert told.endswith("these look like them, and stand as text, as they end like sentences: Name some foods.")


def test_warning_in_bold_as_the_headings_are_is_not_told_of() -> None:
    body = paragraph("Gout") + TEXT + head("Signs") + TEXT + head("Do not drive.") + TEXT + head("Food") + TEXT
    assert not [note for note in notes(body) if "stand as text" in note]


def test_line_below_the_title_that_looks_like_it_is_told_of() -> None:
    heads = paragraph("SIGNS", '<w:b/><w:sz w:val="24"/>') + TEXT + paragraph("FOOD", '<w:b/><w:sz w:val="24"/>') + TEXT
    told = notes(head("How to live well with") + head("gout in the foot") + heads)[0]
    assert told.endswith('the line below the title looks like it, and may go on with it: "gout in the foot"')
    assert "may go on" not in notes(head("Gout") + heads)[0]


def test_line_below_the_title_that_begins_in_small_letters_is_told_of_above_text() -> None:
    body = head("Your stay in") + head("the day ward") + TEXT + head("Food") + TEXT
    told = notes(body)[0]
    assert told.endswith('the line below the title looks like it, and may go on with it: "the day ward"')
    assert "may go on" not in notes(head("Gout") + head("Signs") + TEXT + head("Food") + TEXT)[0]
