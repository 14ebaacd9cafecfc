"""Lists of Word documents: the items are called as Word calls them, whatever they count in."""

from __future__ import annotations

import pytest
from word_files import docx, item, paragraph, table

from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.importing.word.document import docx_to_html
from wellread.importing.word.number_forms import number_in

LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
TITLE = paragraph("Zinc", style="Title")
ASK_US = paragraph("Ask us.")
ASK = "<p>Ask us.</p>"


def level(form: str, text: str, more: str = "", depth: int = 0) -> str:
    """A level of a list that counts in a form and shows a text."""
    shows = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{shows}{more}</w:lvl>'


def pattern(*levels: str) -> str:
    """A part with one list (1) of these levels."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{LIST}'


def html(body: str, **parts: str) -> str:
    """The HTML of a document."""
    return docx_to_html(docx(body, parts)).html.replace("\n", "")


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Wingdings", "\uf0fc", "✓ "),
        ("Wingdings", "\uf0fb", "✗ "),
        ("Segoe UI", "☐", "☐ "),
        ("Arial", "Tip:", "Tip: "),
        ("Wingdings", "\uf0a7", ""),
        ("Courier New", "o", ""),
        ("Arial", "–", ""),
    ],
)
def test_bullet_that_says_something_stays_before_its_item(font: str, text: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    bullets = pattern(level("bullet", text, fonts))
    assert html(item("Drive home", 1), numbering=bullets) == f"<ul><li>{shown}Drive home</li></ul>"


@pytest.mark.parametrize(
    ("form", "text", "marks"),
    [
        ("russianLower", "%1)", ["а)", "б)"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("chineseCounting", "%1、", ["一、", "二、"]),
        ("hebrew2", "%1.", ["א.", "ב."]),
        ("none", "Note:", ["Note:", "Note:"]),
    ],
)
def test_items_count_in_the_form_that_word_shows(form: str, text: str, marks: list[str]) -> None:
    items = "".join(f"<li>{mark} {word}</li>" for mark, word in zip(marks, ("sit", "wait"), strict=True))
    assert html(item("sit", 1) + item("wait", 1), numbering=pattern(level(form, text))) == f"<ul>{items}</ul>"


def test_letters_behind_the_last_are_doubled() -> None:
    assert [number_in("lowerLetter", number) for number in (26, 27, 28)] == ["z", "aa", "bb"]
    assert [number_in("chineseCountingThousand", number) for number in (10, 20, 34)] == ["十", "二十", "三十四"]


def test_list_that_begins_at_a_huge_number_shows_its_figure() -> None:
    huge = 10**30
    assert [number_in(form, huge) for form in ("lowerLetter", "upperRoman", "hebrew2")] == [str(huge)] * 3


def test_number_in_words_is_a_figure_and_told() -> None:
    data = docx(paragraph("Rest.") + item("sit", 1), {"numbering": pattern(level("ordinalText", "%1 step:"))})
    article, notes, _ = make_article(data, ".docx", Origin("a.docx"))
    assert article.endswith("\n- 1 step: sit\n")
    assert notes == (
        'numbers of lists that Word writes in words are in figures, compare them: "1 step:"',
        "the title was taken from the file's name",
    )


def test_levels_that_a_style_of_lists_has_are_those_of_the_list() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Steps"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level("decimal", "%1.")}</w:abstractNum>{LIST}'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    properties = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="Steps"><w:name w:val="Steps"/>{properties}</w:style>'
    body = item("sit", 1) + item("wait", 1)
    assert html(body, numbering=numbering, styles=styles) == "<ol><li>sit</li><li>wait</li></ol>"


def test_level_that_a_list_has_for_itself_counts_on_in_its_own_form() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level("upperLetter", "%1")}</w:lvlOverride>'
    other = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{own}</w:num>'
    body = item("sit", 1) + item("wait", 2) + item("rest", 1)
    assert html(body, numbering=pattern(level("decimal", "%1.")) + other) == (
        '<ol><li>sit</li></ol><ul><li>B wait</li></ul><ol start="3"><li>rest</li></ol>'
    )


def test_legal_number_is_in_figures_below_a_roman_one() -> None:
    legal = level("decimal", "%1.%2", "<w:isLgl/>", depth=1)
    body = item("sit", 1) + item("still", 1, 1)
    assert html(body, numbering=pattern(level("upperRoman", "%1."), legal)) == (
        "<ul><li>I. sit<ul><li>1.1 still</li></ul></li></ul>"
    )


def test_empty_item_is_counted_as_its_number_is_shown() -> None:
    deleted = item("", 1).replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    body = item("sit", 1) + item("", 1) + item("wait", 1) + deleted + item("rest", 1)
    assert html(body) == '<ol><li>sit</li></ol><ol start="3"><li>wait</li><li>rest</li></ol>'


def test_words_that_number_headings_and_items_are_no_invention() -> None:
    words = pattern(level("decimal", "Chapter %1"), level("bullet", "Tip", depth=1))
    place = '<w:pStyle w:val="heading2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    head = paragraph("Dose", style="heading2").replace('<w:pStyle w:val="heading2"/>', place)
    data = docx(paragraph("Codeine", style="Title") + head + item("with food", 1, 1), {"numbering": words})
    article, notes, _ = make_article(data, ".docx", Origin("a.docx"))
    assert article.endswith("\n## Chapter 1 Dose\n\n- Tip with food\n")
    assert notes == ()


@pytest.mark.parametrize("mark", ["☐", "✓", "✗"])
def test_empty_item_keeps_a_mark_that_says_something(mark: str) -> None:
    cell = table([("Bread", "{}"), ("Beer", "")]).replace(paragraph("{}"), item("", 1))
    ticks = pattern(level("bullet", mark))
    assert f"<tr><td><p>Bread</p></td><td><p>{mark}</p></td></tr>" in html(cell, numbering=ticks)


def test_empty_item_with_a_dot_is_nothing() -> None:
    assert html(item("sit", 1) + item("", 1), numbering=pattern(level("bullet", "•"))) == "<ul><li>sit</li></ul>"


def test_numbers_of_a_list_whose_pattern_has_bullets_begin_at_one() -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:lvlOverride>'
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{own}</w:num>' for n in (2, 3))
    body = item("sit", 1) + item("rest", 1) + item("look", 2) + item("call", 2) + item("wait", 3)
    assert html(body, numbering=pattern(level("bullet", "•")) + lists) == (
        "<ul><li>sit</li><li>rest</li></ul><ol><li>look</li><li>call</li></ol><ol><li>wait</li></ol>"
    )


COUNTS_ON = "numbered lists begin with a later number, as Word counts on from an earlier list, compare them"
HEAD = "<w:b/>"
TEXT = paragraph("Do this in the morning and in the evening.")


def told(body: str) -> list[str]:
    return [note for note in docx_to_html(docx(body)).notes if note.startswith("numbered lists")]


def test_list_that_counts_on_below_a_heading_that_is_not_marked_is_told_of() -> None:
    first = paragraph("Sitting", HEAD) + TEXT + item("Lift the foot.", 1) + item("Turn it.", 1)
    second = paragraph("Standing", HEAD) + TEXT + item("Stand on your toes until you have counted to ten.", 1)
    quoted = '"3. Stand on your toes until you …"'
    assert told(first + second + paragraph("Rest", HEAD) + TEXT) == [f"{COUNTS_ON}: {quoted}"]


def test_list_that_counts_on_below_the_line_that_begins_it_is_told_of() -> None:
    body = item("Lift the foot.", 1) + TEXT + paragraph("Standing:") + item("Stand on your toes.", 1)
    assert told(paragraph("Feet") + TEXT + body) == [f'{COUNTS_ON}: "2. Stand on your toes."']


def test_step_after_a_remark_and_list_that_begins_anew_are_not_told_of() -> None:
    body = item("Lift the foot.", 1) + TEXT + item("Turn it.", 1) + paragraph("Standing:") + item("Stand.", 2)
    assert told(paragraph("Feet") + TEXT + body) == []


NOTE = paragraph("* 2 ml in the first week.")


@pytest.mark.parametrize(
    "above", [paragraph("Give 4 ml* at night."), table([("1 to 2", "4 ml*"), ("3 to 9", "6 ml")]) + paragraph("Shake.")]
)
def test_star_that_a_word_above_refers_to_is_the_sign_of_a_note(above: str) -> None:
    assert html(TITLE + above + NOTE + ASK_US).endswith(f"<p>* 2 ml in the first week.</p>{ASK}")


def test_star_in_the_last_row_of_its_table_is_the_sign_of_a_note() -> None:
    rows = [("1 to 2", "4 ml*"), ("3 to 9", "6 ml"), ("* 2 ml in the first week.", "")]
    assert "<td><p>* 2 ml in the first week.</p></td>" in html(TITLE + table(rows))


def test_star_in_a_column_of_the_page_refers_to_text_above_it() -> None:
    columns = "".join(f"<w:tc>{paragraph(first)}{last}</w:tc>" for first, last in (("A.", NOTE), ("B.", ASK_US)))
    found = html(TITLE + paragraph("Give 4 ml* at night.") + f"<w:tbl><w:tr>{columns}</w:tr></w:tbl>")
    assert found.endswith(f"<p>A.</p><p>* 2 ml in the first week.</p><p>B.</p>{ASK}")


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Give 4 ml at night.") + NOTE,
        paragraph("Ask Patient*innen who take 2*4 ml.") + NOTE,
        paragraph("Give 4 ml* at night.") + paragraph("* Shake it.") + NOTE,
        NOTE + paragraph("Give 4 ml* at night."),
    ],
    ids=["nothing refers", "inside a word", "list of stars", "above the word"],
)
def test_star_that_refers_to_nothing_above_is_a_bullet(body: str) -> None:
    assert "<li>2 ml in the first week.</li>" in html(TITLE + body)
