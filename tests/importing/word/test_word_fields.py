"""What Word shows that stands in no text of a file: ticks and choices of forms, old equations, drawn letters."""

from __future__ import annotations

import pytest
from word_files import docx, paragraph, run

from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.importing.word.document import docx_to_html
from wellread.importing.word.equations import field_equation


def field(code: str, data: str = "", result: str = "") -> str:
    """A field with a code, the data of a form, and a result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def html(*pieces: str) -> str:
    """The HTML of a paragraph."""
    return docx_to_html(docx(f"<w:p>{''.join(pieces)}</w:p>")).html


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ('<w:ddList><w:listEntry w:val="daily"/><w:listEntry w:val="weekly"/></w:ddList>', "daily"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="daily"/><w:listEntry w:val="weekly"/></w:ddList>',
            "weekly",
        ),
    ],
)
def test_field_of_a_form_shows_its_state(data: str, shown: str) -> None:
    assert html(run("I smoke: "), field("FORMCHECKBOX", data), run(".")) == f"<p>I smoke: {shown}.</p>"


def test_result_of_a_field_stands_for_it() -> None:
    choices = '<w:ddList><w:listEntry w:val="daily"/></w:ddList>'
    assert html(field("FORMDROPDOWN", choices, "weekly"), run(".")) == "<p>weekly.</p>"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"\f(1,2)", "1/2"),
        (r"\f(weight;height \s\up8(2))", "weight/(height ²)"),
        (r"\r(3,x)", "³√x"),
        (r"\b(a + b)", "(a + b)"),
        (r"\o(a,b)", "ab"),
        (r'\* jc2 \* "Font:MS Mincho" \* hps10 \o\ad(\s\up 9(ねつ),熱)', "熱(ねつ)"),
        (r"\x(5\, 6)", "5, 6"),
        ("(" * 3000, "(" * 3000),
    ],
)
def test_old_equation_is_text(code: str, text: str) -> None:
    assert field_equation(code) == text


def test_what_word_draws_by_a_code_is_text_and_an_equation_is_told() -> None:
    body = "".join(
        f"<w:p>{one}</w:p>"
        for one in (
            run("Take ") + field(r"EQ \f(1,2)") + run(" tablet."),
            run("Up to 38 ") + field(r'SYMBOL 176 \f "Symbol" \s 11') + run("C."),
            field("MACROBUTTON NoMacro Ask your pharmacist") + run("."),
            field("PAGE") + field("TC hidden") + run("Rest."),
        )
    )
    article, notes, _ = make_article(docx(body), ".docx", Origin("a.docx"))
    assert article.endswith("\nTake 1/2 tablet.\n\nUp to 38 °C.\n\nAsk your pharmacist.\n\nRest.\n")
    assert notes == (
        'equations are written in one line, compare them: "1/2"',
        "the title was taken from the file's name",
    )


def test_number_that_only_word_knows_is_told() -> None:
    notes = docx_to_html(docx(f"<w:p>{field('AUTONUM')}{run('Rest.')}</w:p>")).notes
    assert notes == ('numbers that Word makes by a field are left out, type them in: "AUTONUM"',)


def test_drawn_letters_are_text_and_a_watermark_is_told() -> None:
    art = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{}"/></v:shape>'
    art += "</w:pict></w:r></w:p>"
    data = docx(art.format("Chickenpox") + paragraph("It itches."), {"header1": art.format("Not yet checked")})
    article, notes, _ = make_article(data, ".docx", Origin("a.docx"))
    assert article == '---\ntitle: "Chickenpox"\nsource: "a.docx"\n---\n\nIt itches.\n'
    assert notes == (
        "no title is marked as such, the first line became it: Chickenpox",
        'left out, headers and footers: "Not yet checked"',
    )


def test_index_of_words_is_left_out_and_named() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="i"><w:name w:val="index 1"/></w:style>'
    read = docx_to_html(docx(paragraph("Rest.") + paragraph("Fever, 3", style="i"), {"styles": styles}))
    assert [(piece.kind, piece.text) for piece in read.left_out] == [("index of words and their pages", "Fever, 3")]


@pytest.mark.parametrize(
    "gone",
    [
        "<w:del><w:r><w:delText>n overly long</w:delText></w:r></w:del>",
        run("n overly long", "<w:strike/>"),
    ],
)
def test_word_of_which_a_part_is_taken_out_is_not_missing(gone: str) -> None:
    body = f"<w:p>{run('It is a')}{gone}{run(' text.')}</w:p>"
    notes = make_article(docx(body), ".docx", Origin("a.docx")).notes
    assert [note for note in notes if note.startswith(("missing", "in the article"))] == []


@pytest.mark.parametrize("code", ['TOC \\o "1-2" \\h', "TOC"])
def test_list_of_headings_that_word_has_not_updated_is_no_text(code: str) -> None:
    word = docx(f"<w:p>{field(code, result='Right-click to update.')}</w:p>" + paragraph("Rest."))
    made = make_article(word, ".docx", Origin("a.docx"))
    assert "Right-click" not in made.article
    assert 'left out, table of contents: "Right-click to update."' in made.notes


def test_text_beside_a_list_of_headings_stays() -> None:
    word = docx(f"<w:p>{field('TOC', result='Contents')}{run(' Call 112.')}</w:p>" + paragraph("Rest."))
    assert "Call 112." in make_article(word, ".docx", Origin("a.docx")).article
