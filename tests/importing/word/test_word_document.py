"""Word documents as pages show them: what is text, what is not and is named, and what the author drew by hand."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
from word_files import STYLES, docx, item, paragraph, run, table

from wellread.errors import WellreadError
from wellread.importing.files import make_article
from wellread.importing.left_out import notes_of
from wellread.importing.made import Origin
from wellread.importing.word.document import docx_to_html
from wellread.text.accounting import compare_words

TITLE = paragraph("Codeine", style="Title")
HEAD = paragraph("Dose", style="heading1")
DIAGRAM = '<w:p><w:r><w:drawing><a:graphic><dgm:relIds r:dm="{}"/></a:graphic></w:drawing></w:r></w:p>'
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006/main"


def lines(body: str, **parts: str) -> list[str]:
    """The HTML of a document, an element a line, without the title."""
    return [line for line in docx_to_html(docx(TITLE + body, parts)).html.split("\n") if "Codeine</h1>" not in line]


def notes(body: str, **parts: str) -> tuple[str, ...]:
    """What an editor is told, and what would be missing without a word."""
    read = docx_to_html(docx(TITLE + body, parts))
    text = re.sub("<[^>]*>", " ", read.html) + " ".join(piece.text for piece in read.left_out)
    missing = compare_words(read.words, text).missing
    return (*read.notes, *notes_of(read.left_out), *(f"missing: {run.words}" for run in missing))


# What is no text of the document


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        (run("ask Dr X", "<w:vanish/>"), 'left out, hidden text: "ask Dr X"'),
        (run("8 tablets", "<w:strike/>"), 'left out, struck out: "8 tablets"'),
        (run("8 ", "<w:strike/>") + run("tablets", "<w:dstrike/>"), 'left out, struck out: "8 tablets"'),
        (
            "<w:del><w:r><w:delText>four</w:delText></w:r></w:del>",
            'left out, deleted with Track Changes: "four"',
        ),
        ("<w:moveFrom>" + run("moved") + "</w:moveFrom>", 'left out, deleted with Track Changes: "moved"'),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("Click here")
            + "</w:sdtContent></w:sdt>",
            'left out, empty fields of a form: "Click here"',
        ),
    ],
)
def test_what_the_author_took_out_of_the_text_stays_out_and_is_named(inside: str, note: str) -> None:
    body = HEAD + f"<w:p>{run('Take ')}{inside}{run(' six.')}</w:p>"
    assert lines(body) == ["<h1>Dose</h1>", "<p>Take  six.</p>"]
    assert notes(body) == (note,)


def test_switch_that_is_off_hides_and_strikes_nothing() -> None:
    off = '<w:vanish w:val="0"/><w:strike w:val="false"/><w:dstrike w:val="off"/>'
    assert lines(paragraph("Take six.", off)) == ["<p>Take six.</p>"]


def test_text_that_is_hidden_by_its_style_is_hidden() -> None:
    body = paragraph("Take six.") + paragraph("For staff only.", style="Secret")
    assert (lines(body), notes(body)) == (["<p>Take six.</p>"], ('left out, hidden text: "For staff only."',))


def test_row_of_a_table_that_was_deleted_is_left_out() -> None:
    row = "<w:tr>{}<w:tc>" + paragraph("{}") + "</w:tc></w:tr>"
    deleted = row.format("<w:trPr><w:del/></w:trPr>", "8 ml")
    body = "<w:tbl>" + row.format("", "5 ml") + deleted + "</w:tbl>"
    assert lines(body) == ["<table><tr><td><p>5 ml</p></td></tr></table>"]
    assert notes(body) == ('left out, deleted with Track Changes: "8 ml"',)


def test_insertion_is_read_as_accepted_and_a_deleted_paragraph_end_joins() -> None:
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("Take two") + "</w:p>"
    body = joined + f"<w:p><w:ins>{run(' tablets')}</w:ins>{run(' a day.')}</w:p>"
    assert lines(body) == ["<p>Take two tablets a day.</p>"]
    assert notes(body) == ('text inserted with Track Changes is read as accepted: "tablets"',)


def test_paragraph_deleted_whole_leaves_the_next_what_it_is() -> None:
    deleted = "<w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{deleted}</w:p>" + HEAD + paragraph("Take two.")
    assert lines(body) == lines(HEAD + paragraph("Take two."))
    assert notes(body) == ('left out, deleted with Track Changes: "Old"',)


def test_headers_footers_comments_and_contents_are_named() -> None:
    page = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
    body = paragraph("Dose 3", style="toc1") + HEAD + paragraph("Take six.")
    found = notes(body, header1=paragraph("DRAFT"), footer1=f"<w:p>{page}</w:p>", comments=paragraph("Check this"))
    assert found == (
        'left out, table of contents: "Dose 3"',
        'left out, headers and footers: "DRAFT"',
        'left out, comments: "Check this"',
    )


def test_words_that_are_not_understood_are_named() -> None:
    unknown = "<w:p><w:r><w:unknown><w:t>Call</w:t><w:t> 999</w:t></w:unknown></w:r></w:p>"
    assert notes(paragraph("Text.") + unknown) == ("missing: Call 999",)


def test_words_of_a_diagram_are_named() -> None:
    found = notes(paragraph("Text.") + DIAGRAM.format("diagram1"), diagram1="<a:t>Cough</a:t><a:t>Fever</a:t>")
    assert found == ('left out, words of a chart or diagram, type them in: "Cough Fever"',)


# What is text, though it stands apart


def test_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:drawing><w:txbxContent>{paragraph('Do not drive.')}</w:txbxContent></w:drawing>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p>{run('It makes you sleepy.')}<w:r>{both}</w:r></w:p>"
    assert lines(body) == ["<p>It makes you sleepy.</p>", "<p>Do not drive.</p>"]
    assert notes(body) == ()


def test_footnote_stays_in_its_section_and_in_its_list() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    note = '<w:footnote w:id="{}">' + paragraph("Not more than {}.") + "</w:footnote>"
    body = HEAD + f"<w:p>{run('Take two')}{mark.format(1)}{run(' a day.')}</w:p>"
    body += item("One", 1).replace("</w:p>", mark.format(2) + "</w:p>") + item("Two", 1)
    body += paragraph("Food", style="heading1") + paragraph("Eat.")
    assert lines(body, footnotes=note.format(1, "four") + note.format(2, "six")) == [
        "<h1>Dose</h1>",
        "<p>Take two[1] a day.</p>",
        "<p>[1] Not more than four.</p>",
        "<ol>",
        "<li>One[2]",
        "<p>[2] Not more than six.</p>",
        "</li>",
        "<li>Two",
        "</li></ol>",
        "<h1>Food</h1>",
        "<p>Eat.</p>",
    ]


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("<m:f><m:num>{weight}</m:num><m:den>{height×height}</m:den></m:f>", "weight/(height×height)"),
        ("<m:sSup><m:e>{height}</m:e><m:sup>{2}</m:sup></m:sSup>", "height²"),
        ("<m:rad><m:deg/><m:e>{a+b}</m:e></m:rad>", "√(a+b)"),
        ("<m:d><m:e>{a+b}</m:e></m:d>{×2}", "(a+b)×2"),
        ("<m:f><m:num>{(a)+(b)}</m:num><m:den>{2}</m:den></m:f>", "((a)+(b))/2"),
    ],
)
def test_equation_is_text_and_named(equation: str, text: str) -> None:
    written = re.sub(r"\{(.*?)\}", r"<m:r><m:t>\1</m:t></m:r>", equation)
    body = f"<w:p>{run('It is ')}<m:oMath>{written}</m:oMath>{run(' exactly.')}</w:p>"
    assert lines(body) == [f"<p>It is {text} exactly.</p>"]
    assert notes(body) == (f'equations are written in one line, compare them: "{text}"',)


def test_signs_of_fonts_of_pictures() -> None:
    signs = '<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0FC"/>'
    body = f"<w:p>{run('Dose ')}{signs}<w:sym w:font='Webdings' w:char='F001'/></w:r>{run(' 20')}</w:p>"
    assert lines(body) == ["<p>Dose ≤✓ 20</p>"]
    assert notes(body) == ('signs of a font that are not known are left out, look for them: "Webdings 1"',)


@pytest.mark.parametrize(
    ("font", "letters", "shown"),
    [("Symbol", "2 m", "2 μ"), ("Symbol", "\xb3", "≥"), ("Symbol", "\uf0b3", "≥"), ("Wingdings", "\xfc", "✓")],
)
def test_letters_in_a_font_of_signs_are_the_signs_that_word_shows(font: str, letters: str, shown: str) -> None:
    signs = f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{letters}</w:t></w:r>'
    body = f"<w:p>{run('Take ')}{signs}{run('g a day')}</w:p>"
    assert lines(body) == [f"<p>Take {shown}g a day</p>"]
    assert notes(body) == ()


def test_headings_in_the_columns_of_a_folded_leaflet_are_found() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    cells = "".join(
        f"<w:tc>{bold.format(head)}<w:p>{run(text)}</w:p></w:tc>"
        for head, text in (("Eat", "Rice and fish are safe for you."), ("Avoid", "Bread and beer make you ill."))
    )
    body = f"<w:p>{run('This leaflet is for you.')}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    html = "<p>This leaflet is for you.</p><h2><strong>Eat</strong></h2><p>Rice and fish are safe for you.</p>"
    assert "".join(lines(body)) == f"{html}<h2><strong>Avoid</strong></h2><p>Bread and beer make you ill.</p>"
    assert "tables that arrange the page are taken apart, cell after cell (1)" in notes(body)


def test_letter_over_several_lines_belongs_to_its_word() -> None:
    frame = f'<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>{run("D")}</w:p>'
    assert lines(f"{frame}<w:p>{run('ehydration is serious.')}</w:p>") == ["<p>Dehydration is serious.</p>"]


@pytest.mark.parametrize(
    "contents",
    [
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{}</w:p>",
        (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            "<w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"
        ),
    ],
)
def test_contents_stay_out_and_are_named_whatever_their_style(contents: str) -> None:
    entry = f"{run('Signs')}<w:r><w:tab/></w:r>{run('1')}"
    body = f"<w:p>{run('Rest.')}</w:p>{contents.format(entry)}"
    assert lines(body) == ["<p>Rest.</p>"]
    assert notes(body) == ('left out, table of contents: "Signs 1"',)


def test_link_of_a_field_and_what_the_field_shows() -> None:
    link = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org/a"</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("the page")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(f"<w:p>{run('See ')}{link}{run('.')}</w:p>") == [
        '<p>See <a href="https://example.org/a">the page</a>.</p>'
    ]


# Lists


def test_list_that_begins_anew_is_a_list_of_its_own() -> None:
    body = item("one", 1) + item("two", 1) + item("uno", 2) + item("inside", 2, 1) + item("dos", 2) + item("dot", 3)
    assert "".join(lines(body)) == (
        "<ol><li>one</li><li>two</li></ol><ol><li>uno<ul><li>inside</li></ul></li><li>dos</li></ol><ul><li>dot</li></ul>"
    )


def test_style_of_an_inner_list_sets_its_items_inside() -> None:
    inner = '<w:style w:type="paragraph" w:styleId="in"><w:name w:val="List Bullet 2"/></w:style>'
    body = item("walk", 3) + item("slowly", 4).replace("<w:numPr>", '<w:pStyle w:val="in"/><w:numPr>') + item("rest", 3)
    assert "".join(lines(body, styles=inner)) == "<ul><li>walk<ul><li>slowly</li></ul></li><li>rest</li></ul>"


def _levels(*levels: tuple[str, str]) -> str:
    """A part with one list (1), whose levels count in these forms and show these texts."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>{number}'


def test_item_is_called_as_word_shows_it() -> None:
    letters = _levels(("lowerLetter", "%1)"), ("lowerRoman", "(%2)"))
    body = item("Sit", 1) + item("Wait", 1) + item("calmly", 1, 1)
    assert "".join(lines(body, numbering=letters)) == (
        "<ul><li>a) Sit</li><li>b) Wait<ul><li>(i) calmly</li></ul></li></ul>"
    )
    parts = _levels(("decimal", "%1."), ("decimal", "%1.%2"))
    body = item("Sit", 1) + item("still", 1, 1) + item("Wait", 1) + item("calmly", 1, 1)
    assert "".join(lines(body, numbering=parts)) == (
        "<ol><li>Sit<ul><li>1.1 still</li></ul></li><li>Wait<ul><li>2.1 calmly</li></ul></li></ol>"
    )


def test_numbered_headings_keep_their_numbers() -> None:
    numbered = '<w:pPr><w:pStyle w:val="heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = "".join(f"<w:p>{numbered}{run(text)}</w:p>{paragraph('See 2.')}" for text in ("Dose", "Rest"))
    assert lines(body, numbering=_levels(("decimal", "%1."))) == [
        "<h1>1. Dose</h1>",
        "<p>See 2.</p>",
        "<h1>2. Rest</h1>",
        "<p>See 2.</p>",
    ]


@pytest.mark.parametrize(
    ("footer", "day"),
    [
        ("Leaflet MS/31. Reviewed January 2026", "2026-01-01"),
        ("Blatt 4 – Überprüft: März 2026", "2026-03-01"),
        ("Revisione: aprile 2026", "2026-04-01"),
        ("AZ 7, herzien maart 2025. Volgende herziening maart 2028", "2025-03-01"),
    ],
)
def test_month_of_a_review_behind_the_number_of_a_leaflet_is_read(footer: str, day: str) -> None:
    made, _, _ = make_article(
        docx(TITLE + paragraph("Rest."), {"footer1": paragraph(footer)}), ".docx", Origin("a.docx")
    )
    assert f'last_reviewed: "{day}"' in made


def test_first_letter_that_a_table_follows_stays_before_the_table() -> None:
    letter = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>' + run("T") + "</w:p>"
    html = lines(letter + table([("Sign", "Days")]) + paragraph("ake rest."))
    assert [re.sub("<[^>]*>", "", line) for line in html] == ["T", "SignDays", "ake rest."]


def test_header_with_a_cell_that_spans_no_number_of_columns_is_refused() -> None:
    header = table([("Ward 12",)]).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr>')
    with pytest.raises(WellreadError, match="the file cannot be read"):
        docx_to_html(docx(paragraph("Rest"), {"header1": header}))


def test_each_cell_of_a_header_says_its_own_date() -> None:
    cells = ("Giltigt från: 2025-02-01", "Senast granskad: 2025-02-03", "Nästa granskning: 2027-02-03")
    header = table([cells])
    made, notes, _ = make_article(docx(TITLE + paragraph("Vila."), {"header1": header}), ".docx", Origin("a.docx"))
    assert 'last_reviewed: "2025-02-03"\nnext_review: "2027-02-03"\n' in made
    assert notes[:2] == (
        'last_reviewed is from "Senast granskad: 2025-02-03"',
        'next_review is from "Nästa granskning: 2027-02-03"',
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("Versión", "Válido desde", "Próxima revisión"), ("3", "2025-02-03", "2027-02-03")],
        [("Válido desde", "2025-02-03"), ("Próxima revisión", "2027-02-03")],
        [("Código", "PI-4"), ("Válido desde", "Próxima revisión"), ("2025-02-03", "2027-02-03")],
    ],
)
def test_date_in_a_cell_has_the_label_beside_it_or_above_it(rows: list[tuple[str, ...]]) -> None:
    data = docx(TITLE + paragraph("Reposo."), {"footer1": table(rows)})
    made, *_ = make_article(data, ".docx", Origin("a.docx"))
    assert 'next_review: "2027-02-03"\n---' in made
    assert "last_reviewed" not in made


def test_row_that_only_dates_a_document_goes_with_its_table() -> None:
    body = TITLE + paragraph("Rest.") + table([("Last reviewed", "3 May 2025")])
    made, notes, _ = make_article(docx(body), ".docx", Origin("a.docx"))
    assert made.endswith('last_reviewed: "2025-05-03"\n---\n\nRest.\n')
    assert notes[-1] == 'left out, date line: "Last reviewed 3 May 2025"'


def test_dates_are_read_in_the_language_of_the_document() -> None:
    body = TITLE + paragraph("Ilacı her akşam bir bardak su ile alın ve doktorunuza sorun.")
    usual = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="tr-TR"/></w:rPr></w:rPrDefault></w:docDefaults>'
    data = docx(body + paragraph("Revizyon tarihi: 05/03/2025"), {"styles": usual + STYLES})
    assert 'language: "tr-TR"\nlast_reviewed: "2025-03-05"\n' in make_article(data, ".docx", Origin("a.docx")).article


@pytest.mark.parametrize(
    ("today", "found"), [("2026-11-29", 'next_review: "2027-03-31"'), ("2027-11-29", ""), ("", "")]
)
def test_review_date_to_come_is_the_next_review(today: str, found: str) -> None:
    body = TITLE + paragraph("Rest.") + paragraph("Review date: March 2027")
    made, notes, _ = make_article(docx(body), ".docx", Origin("a.docx", today=today))
    assert found in made
    assert ("next_review" in made) is bool(found)
    assert ("if a review is meant" in notes[0]) is not bool(found)


def test_review_dates_of_the_text_and_the_footer_go_into_the_front_matter() -> None:
    footer = paragraph("Leaflet 12. Due for review: June 2027")
    body = TITLE + paragraph("Last reviewed: March 2024") + paragraph("Rest.")
    made, notes, _ = make_article(docx(body, {"footer1": footer}), ".docx", Origin("a.docx"))
    assert 'last_reviewed: "2024-03-01"\nnext_review: "2027-06-30"\n---\n\nRest.\n' in made
    assert notes == (
        'last_reviewed is from "Last reviewed: March 2024": no day is given, it counts as 2024-03-01',
        'next_review is from "Leaflet 12. Due for review: June 2027": no day is given, it counts as 2027-06-30',
        'left out, headers and footers: "Leaflet 12. Due for review: June 2027"',
        'left out, date line: "Last reviewed: March 2024"',
    )


def test_source_with_the_day_on_which_it_was_read_is_no_date_of_a_review() -> None:
    body = (
        TITLE
        + paragraph("Rest.")
        + paragraph("[3] Ward Press. (2022). Gout: Signs and treatment. Ward Press. Retrieved June 17, 2023")
    )
    assert make_article(docx(body), ".docx", Origin("a.docx")).notes == ()


def test_list_goes_on_after_a_paragraph_and_begins_anew_below_a_heading() -> None:
    body = item("one", 1) + paragraph("Wait.") + item("two", 1) + HEAD + item("three", 1)
    assert "".join(lines(body)) == (
        '<ol><li>one</li></ol><p>Wait.</p><ol start="2"><li>two</li></ol><h1>Dose</h1><ol><li>three</li></ol>'
    )
    assert notes(body) == ("numbered lists that go on below another heading begin at 1 again there",)


@pytest.mark.parametrize("bullet", ["• ", "\uf0b7\t", "–\t", "o\t", "\uf0d8 ", "*) "])
def test_bullet_that_was_typed_makes_an_item(bullet: str) -> None:
    body = HEAD + paragraph("Avoid:") + paragraph(f"{bullet}Beer") + paragraph(f"{bullet}Wine")
    assert "".join(lines(body)) == "<h1>Dose</h1><p>Avoid:</p><ul><li>Beer</li><li>Wine</li></ul>"


def test_dashes_without_a_space_make_items_where_several_paragraphs_have_them() -> None:
    body = HEAD + paragraph("-Beer") + paragraph("") + paragraph("– Wine") + paragraph("—Cider")
    assert "".join(lines(body)) == "<h1>Dose</h1><ul><li>Beer</li><li>Wine</li><li>Cider</li></ul>"
    assert lines(HEAD + paragraph("-Beer") + paragraph("Drink water.")) == [
        *lines(HEAD),
        "<p>-Beer</p>",
        "<p>Drink water.</p>",
    ]


def test_sign_of_a_note_that_stands_alone_is_no_bullet() -> None:
    body = paragraph("Take 5 ml*) a day.") + paragraph("*) Children take half of it.")
    assert lines(body) == ["<p>Take 5 ml*) a day.</p>", "<p>*) Children take half of it.</p>"]


def test_dash_before_a_figure_is_a_minus() -> None:
    assert lines(paragraph("-5 °C") + paragraph("-8 °C")) == ["<p>-5 °C</p>", "<p>-8 °C</p>"]


def test_columns_of_tabs_are_a_table_and_a_tab_after_a_label_is_none() -> None:
    body = paragraph("Age 2 to 4\t5 ml") + paragraph("Age 5\t10 ml") + paragraph("Note:\tnot at night.")
    rows = "".join(
        f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in [("Age 2 to 4", "5 ml"), ("Age 5", "10 ml")]
    )
    assert lines(body) == [f"<table>{rows}</table>", "<p>Note: not at night.</p>"]


# What line breaks and looks mean


def test_blank_lines_divide_paragraphs_and_questions_are_headings() -> None:
    text = "Fact sheet\n\nWhat is zinc?\nA mineral.\n\nHow much?\nWomen 8 mg.\nMen 11 mg."
    assert lines(paragraph(text)) == [
        "<p>Fact sheet</p>",
        "<h2>What is zinc?</h2>",
        "<p>A mineral.</p>",
        "<h2>How much?</h2>",
        "<p>Women 8 mg.<br>Men 11 mg.</p>",
    ]
    assert notes(paragraph(text)) == (
        "no headings are marked as such, by their look these became headings: What is zinc?; How much?",
    )


def test_lines_of_a_long_paragraph_are_paragraphs_where_they_end_sentences() -> None:
    line = "Wash the wound with clean water and cover it, then look at it again each morning and each evening."
    found = lines(paragraph("\n".join([line] * 6)))
    assert found == [f"<p>{line}</p>"] * 6


def test_short_lines_above_sentences_in_a_long_paragraph_are_headings() -> None:
    sentence = "Zinc is a mineral that wounds need to heal, and that the body cannot store for long."
    text = "\n".join(line for name in ("Overview", "Food", "Safety", "Research") for line in (name, sentence, sentence))
    found = lines(paragraph("This is about zinc.") + paragraph(text))
    assert found[1:4] == ["<h2>Overview</h2>", f"<p>{sentence}</p>", f"<p>{sentence}</p>"]
    assert sum(line.startswith("<h2>") for line in found) == 4


def test_whole_document_in_one_paragraph_of_lines() -> None:
    text = "Zinc\nFact sheet\nWhat is zinc?\nA mineral.\nHow much?\n8 mg.\n" + "Ask if you are not sure. " * 20
    read = docx_to_html(docx(paragraph(text)))
    assert read.html.split("\n")[:6] == [
        '<h1 class="title">Zinc</h1>',
        "<p>Fact sheet</p>",
        "<h2>What is zinc?</h2>",
        "<p>A mineral.</p>",
        "<h2>How much?</h2>",
        "<p>8 mg.</p>",
    ]


def test_bullets_and_rows_in_a_paragraph_of_line_breaks() -> None:
    text = "Avoid:\n• Beer\n• Wine, also\nsparkling\nCall us if it hurts.\nAge 2\t5 ml\nAge 5\t10 ml"
    assert "".join(lines(HEAD + paragraph(text))[1:]) == (
        "<p>Avoid:</p><ul><li>Beer</li><li>Wine, also<br>sparkling</li></ul><p>Call us if it hurts.</p>"
        "<table><tr><td><p>Age 2</p></td><td><p>5 ml</p></td></tr>"
        "<tr><td><p>Age 5</p></td><td><p>10 ml</p></td></tr></table>"
    )


def test_bold_line_above_text_in_one_paragraph_is_a_heading() -> None:
    body = f"<w:p>{run('Side effects', '<w:b/>')}{run(chr(10) + 'You may feel sick.')}</w:p>"
    assert lines(body) == ["<h2><strong>Side effects</strong></h2>", "<p>You may feel sick.</p>"]


@pytest.mark.parametrize(
    "look", ["<w:b/>", '<w:sz w:val="30"/>', '<w:color w:val="C00000"/>', '<w:u w:val="single"/>', "<w:caps/>"]
)
def test_paragraph_that_stands_out_is_a_heading(look: str) -> None:
    body = paragraph("What helps", look) + paragraph("Rest.") + paragraph("When to call", look) + paragraph("At once.")
    assert lines(body) == [
        heading(look, "What helps"),
        "<p>Rest.</p>",
        heading(look, "When to call"),
        "<p>At once.</p>",
    ]


def heading(look: str, text: str) -> str:
    return f"<h2><strong>{text}</strong></h2>" if look == "<w:b/>" else f"<h2>{text}</h2>"


def test_bold_sentence_last_line_and_bold_text_are_no_headings() -> None:
    body = paragraph("Never wait.", "<w:b/>") + paragraph("Rest and drink.") + paragraph("Ward 5", "<w:b/>")
    assert lines(body) == [
        "<p><strong>Never wait.</strong></p>",
        "<p>Rest and drink.</p>",
        "<p><strong>Ward 5</strong></p>",
    ]
    everything = paragraph("All of this text is bold.", "<w:b/>") + paragraph("And this too", "<w:b/>")
    assert lines(everything) == ["<p>All of this text is bold.</p>", "<p>And this too</p>"]


def test_larger_first_line_is_the_title() -> None:
    body = paragraph("Zinc", '<w:b/><w:sz w:val="36"/>') + paragraph("Dose", "<w:b/>") + paragraph("8 mg a day.")
    read = docx_to_html(docx(body))
    assert (read.html, read.notes) == (
        '<h1 class="title"><strong>Zinc</strong></h1>\n<h2><strong>Dose</strong></h2>\n<p>8 mg a day.</p>',
        ("no headings are marked as such, by their look these became headings: Dose",),
    )


def test_plain_first_line_is_the_title_and_told() -> None:
    body = (
        paragraph("Zinc")
        + paragraph("Dose", style="heading1")
        + paragraph("8 mg.")
        + paragraph("Food", style="heading1")
    )
    read = docx_to_html(docx(body + paragraph("Eat.")))
    assert read.html.split("\n")[0] == '<h1 class="title">Zinc</h1>'
    assert read.notes == ("no title is marked as such, the first line became it: Zinc",)


def test_whole_text_in_a_heading_style_is_text() -> None:
    long = "You may eat and drink as you are used to. " * 7
    assert lines(HEAD + paragraph(long, style="heading1"))[1] == f"<p>{long.strip()}</p>"


def test_questions_and_bold_lines_within_a_paragraph_of_line_breaks_are_headings() -> None:
    text = paragraph("What is it?\nA hinge.\nWhen do I come?\nAt nine.")
    assert lines(text) == ["<h2>What is it?</h2>", "<p>A hinge.</p>", "<h2>When do I come?</h2>", "<p>At nine.</p>"]


def test_plain_short_lines_between_sentences_are_headings_where_nothing_else_is() -> None:
    body = paragraph("The knee is a hinge.") + paragraph("Before you come") + paragraph("Tell us what you take.")
    assert lines(body) == ["<p>The knee is a hinge.</p>", "<h2>Before you come</h2>", "<p>Tell us what you take.</p>"]


def test_bold_lines_beside_marked_headings_are_text_and_named() -> None:
    food = paragraph("Food", style="heading1") + paragraph("In children", "<w:b/>") + paragraph("Half of it.")
    body = HEAD + paragraph("Take six.") + food
    assert lines(body)[2:] == ["<h1>Food</h1>", "<p><strong>In children</strong></p>", "<p>Half of it.</p>"]
    assert notes(body) == ("these may be headings, and stand as text, as they are not marked as such: In children",)


# Limits


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<w:p/>" * 130_000, "it has more than 120,000 pieces of text and of layout"),
        (
            "<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60,
            "its parts lie more than 150 deep inside one another",
        ),
        (paragraph("a b " * 110_000), "its text is longer than 400,000 characters"),
        (paragraph(" " * 40_000_001), "its text unpacks to more than 40,000,000 bytes"),
    ],
)
def test_document_beyond_the_limits_is_refused_before_it_costs_time(body: str, reason: str) -> None:
    data = docx(body)
    start = time.process_time()
    with pytest.raises(WellreadError) as caught:
        docx_to_html(data)
    assert (caught.value.reason, caught.value.remedy) == (
        reason,
        "divide the document, or copy its text into a new one",
    )
    assert len(data) < 50_000
    assert time.process_time() - start < 5


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


SHOWN = field("begin") + field("separate")
GONE = "<w:del>" + f"<w:r><w:delText>{'four ' * 200}</w:delText></w:r>" * 20_000 + "</w:del>"


@pytest.mark.parametrize(
    "body",
    [
        paragraph("He rests.") + "<w:p/>" * 20_000 + paragraph("and goes") * 1_000,
        paragraph("It Is\n" * 5_000 + "a" * 61 + "\n" + "So?\nb\n" * 4_000),
        "<w:p>" + "<w:r><w:t>rest and drink </w:t></w:r>" * 12_000 + "</w:p>",
        f"<w:p>{GONE}</w:p>",
        f"<w:p>{SHOWN * 150}{'<w:r><w:t>a</w:t></w:r>' * 20_000}</w:p>",
    ],
    ids=["empty paragraphs", "questions in one group", "runs", "deleted runs", "fields"],
)
def test_document_within_the_limits_is_read_in_seconds(body: str) -> None:
    data = docx(body)
    start = time.process_time()
    docx_to_html(data)
    assert time.process_time() - start < 6


def test_fields_that_lie_too_deep_are_refused() -> None:
    with pytest.raises(WellreadError, match="its fields lie too deep inside one another"):
        docx_to_html(docx(f"<w:p>{field('begin') * 151}</w:p>"))


def test_a_long_comment_is_read_over() -> None:
    assert lines(f"<!--{' ' * 30_000_000}-->" + paragraph("Rest")) == ["<p>Rest</p>"]


def test_a_part_that_is_there_twice_is_refused() -> None:
    stream = io.BytesIO(docx(paragraph("Rest")))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")
    with pytest.raises(WellreadError, match=r'it holds its part "word/document\.xml" twice'):
        docx_to_html(stream.getvalue())


def test_limits_are_those_of_all_parts_together() -> None:
    with pytest.raises(WellreadError, match="more than 120,000 pieces"):
        docx_to_html(docx("<w:p/>" * 70_000, {"footnotes": "<w:p/>" * 70_000}))
    with pytest.raises(WellreadError, match="unpacks to more than 40,000,000 bytes"):
        docx_to_html(docx(paragraph(" " * 25_000_000), {"header1": paragraph(" " * 25_000_000)}))


def test_part_that_is_pointed_at_often_is_read_and_told_of_once() -> None:
    data = docx("".join(DIAGRAM.format(f"d{n}") for n in range(2_000)), {"header1": paragraph("DRAFT " * 5_000)})
    kinds = {"header": "header1", "diagramData": "diagram1"}
    pointers = "".join(
        f'<Relationship Id="{kind[0]}{n}" Type="a/{kind}" Target="{name}.xml"/>'
        for kind, name in kinds.items()
        for n in range(2_000)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "word/_rels/document.xml.rels":
                text = text.replace("</Relationships>", pointers + "</Relationships>")
            new.writestr(name, text)
        new.writestr("word/diagram1.xml", f'<d xmlns:a="{DRAWINGML}">{"<a:t>Cough</a:t>" * 5_000}</d>')
    start = time.process_time()
    read = docx_to_html(stream.getvalue())
    assert [(piece.kind, piece.text.count("Cough"), piece.text.count("DRAFT")) for piece in read.left_out] == [
        ("words of a chart or diagram, type them in", 5_000, 0),
        ("headers and footers", 0, 5_000),
    ]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0 and so on", "the file is locked by a password, or is an old .doc"),
        (b"no zip", "the file cannot be read as a Word document (File is not a zip file)"),
        (
            docx("").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x8a"),
            "the file cannot be read as a Word document (zip file version 13.8)",
        ),
        (docx("<w:p>"), "the file cannot be read as a Word document (mismatched tag: line 1, column"),
        (docx("").replace(b"word/document.xml", b"word/dokument.xml"), "the file holds no text of a Word document"),
    ],
)
def test_file_that_is_no_word_document(data: bytes, reason: str) -> None:
    with pytest.raises(WellreadError) as caught:
        docx_to_html(data)
    assert caught.value.reason.startswith(reason)


def test_entities_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(WellreadError, match="it defines entities"):
        docx_to_html(stream.getvalue())


# As an article


def test_article_keeps_lists_apart_and_names_the_words_that_are_missing() -> None:
    unknown = "<w:p><w:r><w:unknown><w:t>Call 999</w:t></w:unknown></w:r></w:p>"
    body = TITLE + item("one", 1) + item("two", 1) + item("uno", 2) + paragraph("Rest.") + item("dot", 3)
    article, told, _ = make_article(docx(body + unknown), ".docx", Origin("a.docx"))
    assert article.split("---\n\n", 1)[1] == "1. one\n2. two\n\n1) uno\n\nRest.\n\n- dot\n"
    assert told == ('missing from the article, type them in where they belong: "… uno Rest. dot [Call 999]"',)


# The title


def test_only_heading_of_its_level_below_sentences_heads_its_own_text() -> None:
    body = paragraph("Gout hurts.") + paragraph("References", style="heading1") + paragraph("A book of 2020.")
    article = make_article(docx(body), ".docx", Origin("gout.docx")).article
    assert article.startswith('---\ntitle: "Gout"\n')
    assert article.endswith("\nGout hurts.\n\n## References\n\nA book of 2020.\n")


def test_only_heading_of_its_level_below_a_line_or_above_other_headings_is_the_title() -> None:
    ward = paragraph("Ward 12") + paragraph("Gout", style="heading1") + paragraph("It hurts.")
    deeper = paragraph("For all.") + paragraph("Gout", style="heading1") + paragraph("Signs", style="heading2")
    for body in (ward, deeper + paragraph("Pain.")):
        assert '\ntitle: "Gout"\n' in make_article(docx(body), ".docx", Origin("a.docx")).article


def test_sentence_with_a_tab_in_it_is_no_row() -> None:
    assert lines(paragraph("Take two\ttablets.")) == ["<p>Take two tablets.</p>"]
    assert lines(paragraph("2 to 4 years\t5 ml")) == [
        "<table><tr><td><p>2 to 4 years</p></td><td><p>5 ml</p></td></tr></table>"
    ]


def test_macros_of_a_docm_are_left_out_and_told_of() -> None:
    data = docx(TITLE + HEAD + paragraph("Take two."), {"vbaProject": ""})
    made = make_article(data, ".docm", Origin("a.docm"))
    assert made.article.endswith("\n## Dose\n\nTake two.\n")
    assert made.notes == ("macros are left out",)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Noj ib lub tshuaj nrog dej txhua tagkis, thiab tsis txhob haus dej cawv. " * 3, ""),
        ("Take one tablet with water each morning, and drink no beer for a week. " * 3, 'language: "en-AU"\n'),
        ("Rest. Drink no beer for a week or two, nor wine, nor any cider.", 'language: "en-AU"\n'),
    ],
)
def test_english_that_a_file_names_is_kept_where_english_words_are(words: str, language: str) -> None:
    named = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-AU"/></w:rPr></w:rPrDefault></w:docDefaults>'
    made = make_article(docx(TITLE + paragraph(words), {"styles": named + STYLES}), ".docx", Origin("a.docx"))
    assert made.article == f'---\ntitle: "Codeine"\nsource: "a.docx"\n{language}---\n\n{words.strip()}\n'
