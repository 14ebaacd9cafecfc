"""Dates of a review that a Word file keeps as data and not as text."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import docx, paragraph, run

from wellread.importing.files import make_article
from wellread.importing.made import Made, Origin

TITLE = paragraph("Zinc", style="Title") + paragraph("Take it with food.")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
FIELD = (
    '<w:sdt><w:sdtPr><w:alias w:val="{}"/><w:date w:fullDate="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
)


def made(data: bytes) -> Made:
    """What a file becomes in November 2026."""
    return make_article(data, ".docx", Origin("zinc.docx", today="2026-11-30"))


def with_property(name: str, value: str, kind: str = "filetime") -> bytes:
    """A file with a property of its own."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx(TITLE))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in old.namelist():
            related = (
                f'<Relationship Id="r2" Type="{OFFICE}/relationships/custom-properties" Target="docProps/custom.xml"/>'
            )
            text = old.read(part).decode()
            archive.writestr(part, text.replace("</Rel", f"{related}</Rel") if part == "_rels/.rels" else text)
        archive.writestr(
            "docProps/custom.xml",
            f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
            f'<property pid="2" name="{name}"><vt:{kind}>{value}</vt:{kind}></property></Properties>',
        )
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "value", "detail"),
    [
        ("Last reviewed", "2025-05-03T10:00:00Z", 'last_reviewed: "2025-05-03"'),
        ("LastReviewed", "2025-05-02T23:00:00Z", 'last_reviewed: "2025-05-03"'),
        ("Next_x0020_Review", "2028-05-03T00:00:00Z", 'next_review: "2028-05-03"'),
        ("Review_date", "3 May 2028", 'next_review: "2028-05-03"'),
    ],
)
def test_property_of_the_file_says_when_it_was_reviewed(name: str, value: str, detail: str) -> None:
    found = made(with_property(name, value))
    assert detail in found.article
    assert [note for note in found.notes if note.startswith(detail.split(":")[0])]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Created", "2025-05-03T10:00:00Z"),
        ("LastSaved", "2025-05-03T10:00:00Z"),
        ("Reviewed by", "Dr A. Example"),
        ("Review date", "2025-99-99T00:00:00Z"),
    ],
)
def test_property_that_says_no_date_of_a_review_is_passed_over(name: str, value: str) -> None:
    found = made(with_property(name, value))
    assert "review" not in found.article
    assert found.notes == ()


def test_date_that_was_picked_settles_which_of_two_days_is_meant() -> None:
    field = FIELD.format("", "2025-05-03T00:00:00Z", run("03/05/2025"))
    found = made(docx(TITLE + f"<w:p>{run('Last reviewed: ')}{field}</w:p>"))
    assert 'last_reviewed: "2025-05-03"' in found.article
    assert found.notes == ('last_reviewed is from "Last reviewed: 2025-05-03"',)


def test_date_that_may_be_two_days_is_told_of_where_another_day_was_picked() -> None:
    field = FIELD.format("Next review", "2028-01-31T00:00:00Z", paragraph("31 January 2028"))
    found = made(docx(TITLE + paragraph("Last reviewed: 03/05/2025") + field))
    assert 'next_review: "2028-01-31"' in found.article
    assert (
        'the page says "Last reviewed: 03/05/2025": if a review is meant, write it into the front matter' in found.notes
    )


def test_day_that_was_picked_is_passed_over_where_the_field_shows_another() -> None:
    field = FIELD.format("", "2020-05-03T00:00:00Z", run("04/06/2027"))
    found = made(docx(TITLE + f"<w:p>{run('Next review: ')}{field}</w:p>"))
    assert "next_review:" not in found.article
    assert [note for note in found.notes if "if a review is meant" in note]


def test_text_counts_before_a_property() -> None:
    data = docx(TITLE + paragraph("Last reviewed: 1 June 2026") + FIELD.format("Reviewed", "2020-01-31T00:00:00Z", ""))
    assert 'last_reviewed: "2026-06-01"' in made(data).article


def test_date_that_was_picked_in_a_footer_or_beside_its_label_in_a_table_is_read() -> None:
    field = FIELD.format("Click", "2028-05-03T00:00:00Z", run("03/05/2028"))
    footer = f"<w:p>{run('Next review: ')}{field}</w:p>"
    row = f"<w:tr><w:tc>{paragraph('Next review')}</w:tc><w:tc><w:p>{field}</w:p></w:tc></w:tr>"
    owner = "<w:tr>" + "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Owner", "Ward 5")) + "</w:tr>"
    for data in (docx(TITLE, {"footer1": footer}), docx(TITLE + f"<w:tbl>{row}{owner}</w:tbl>")):
        found = made(data)
        assert 'next_review: "2028-05-03"' in found.article
        assert not [note for note in found.notes if "if a review is meant" in note]


def test_telephone_number_that_stands_in_one_paragraph_with_a_review_date_stays() -> None:
    line = "<w:r><w:t>{}</w:t></w:r>"
    phone, dated = "Aile hekimligi: 0312 555 01 76", "Gözden geçirme tarihi: 04.03.2025"
    body = paragraph("Tansiyon") + f"<w:p>{line.format(phone)}<w:r><w:br/></w:r>{line.format(dated)}</w:p>"
    article = make_article(docx(body + paragraph("Bol su için.")), ".docx", Origin("tansiyon.docx")).article
    assert 'last_reviewed: "2025-03-04"' in article
    assert phone in article
