"""Files that editors drop in: their words come over, and what does not is named."""

from __future__ import annotations

import pytest
from pdf_files import paragraph as pdf_paragraph
from pdf_files import pdf
from word_files import docx, paragraph

from wellread.desk.drafts import Draft
from wellread.desk.dropped import draft_of
from wellread.errors import WellreadError

OPENED = Draft("cuts.md", "Old text.\n", "hash of the old")
PAGE = b"<html><body><nav>Home</nav><main><h1>Cuts</h1><p>Press on the cut.</p></main></body></html>"


def test_page_becomes_an_article_and_what_is_left_out_is_named() -> None:
    draft = draft_of(OPENED, "Cuts.HTML", PAGE)
    assert draft.text.endswith("\nPress on the cut.\n")
    assert 'title: "Cuts"\nsource: "Cuts.HTML"' in draft.text
    assert draft.notes == ('left out, navigation: "Home"',)
    assert draft.original.split() == ["Home", "Cuts", "Press", "on", "the", "cut."]
    assert (draft.file, draft.based_on, draft.source, draft.is_saved) == (
        "cuts.md",
        "hash of the old",
        "Cuts.HTML",
        False,
    )


def test_word_and_pdf_files_bring_all_their_words() -> None:
    word = draft_of(OPENED, "cuts.docx", docx(paragraph("Cuts", style="Heading1") + paragraph("Press on the cut.")))
    printed = draft_of(OPENED, "cuts.pdf", pdf([pdf_paragraph("Press on the cut.", 700)]))
    for draft in (word, printed):
        assert "Press on the cut." in draft.text
        assert "Press on the cut." in draft.original


@pytest.mark.parametrize("name", ["cuts.md", "cuts.txt", "CUTS.MARKDOWN"])
def test_text_is_taken_letter_for_letter(name: str) -> None:
    draft = draft_of(OPENED, name, "# Cuts\r\n\r\nPress – firmly.\r\n".encode())
    assert (draft.text, draft.original, draft.notes) == (
        "# Cuts\n\nPress – firmly.\n",
        "# Cuts\n\nPress – firmly.\n",
        (),
    )


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("old.doc", b"\xd0\xcf", "save it as .docx in Word"),
        ("picture.png", b"\x89PNG", "files of this kind cannot be read"),
        ("no-ending", b"text", "files of this kind cannot be read"),
        ("empty.md", b" \n", "the file is empty"),
        ("latin.txt", b"caf\xe9 is closed", "byte 3 \\(0xe9\\) does not belong to a UTF-8 text"),
        ("broken.docx", b"PK no zip", "broken.docx|Word"),
        ("broken.pdf", b"%PDF-1.7 nothing", "PDF|pdf"),
        ("long.md", b"a" * 5_000_001, "larger than 5,000,000 bytes"),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words(name: str, data: bytes, why: str) -> None:
    with pytest.raises(WellreadError, match=why):
        draft_of(OPENED, name, data)
