"""The language that a Word file or a PDF names is read where its words agree with it."""

from __future__ import annotations

import pytest
from pdf_files import Text, paragraph, pdf
from word_files import STYLES, docx
from word_files import paragraph as words

from wellread.importing.files import make_article
from wellread.importing.made import Origin

GERMAN = "Trinken Sie viel Wasser|und nehmen Sie jeden Morgen|eine Tablette nach dem Essen."
ENGLISH = "Drink plenty of water|and take one tablet|each morning after breakfast."
ARABIC = "اشرب الكثير من الماء كل يوم وتناول قرصا واحدا في الصباح بعد الطعام."


def language(data: bytes, kind: str) -> str:
    """The language in the front matter of the article made of a file, or ""."""
    made = make_article(data, kind, Origin(f"water{kind}")).article
    found = [line.partition(": ")[2] for line in made.split("\n") if line.startswith("language:")]
    return found[0].strip('"') if found else ""


@pytest.mark.parametrize(
    ("text", "named", "found"),
    [
        (GERMAN, "de-AT", "de-AT"),
        (GERMAN, "en-US", ""),
        (ENGLISH, "en_gb", "en-GB"),
        (ENGLISH, "de", ""),
        (GERMAN, "", ""),
    ],
)
def test_language_of_a_pdf_is_read_where_the_words_are_in_it(text: str, named: str, found: str) -> None:
    page = [Text("Wasser", 760, size=20), *paragraph(text, 700)]
    assert language(pdf([page], language=named), ".pdf") == found


@pytest.mark.parametrize(
    ("text", "attributes", "found"),
    [
        (GERMAN, 'w:val="de-DE" w:bidi="ar-SA"', "de-DE"),
        (GERMAN, 'w:val="en-US" w:bidi="ar-SA"', ""),
        (ARABIC, 'w:val="en-US" w:bidi="ar-SA"', "ar-SA"),
    ],
)
def test_language_of_a_word_file_is_read_where_the_words_are_in_it(text: str, attributes: str, found: str) -> None:
    usual = f"<w:docDefaults><w:rPrDefault><w:rPr><w:lang {attributes}/></w:rPr></w:rPrDefault></w:docDefaults>"
    body = words("Wasser", style="Title") + words(text.replace("|", " "))
    assert language(docx(body, {"styles": usual + STYLES}), ".docx") == found


def test_language_that_most_letters_of_a_word_file_are_marked_as_comes_before_the_usual_one() -> None:
    usual = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    body = words("Wasser", style="Title") + words(GERMAN.replace("|", " "), '<w:lang w:val="de-CH"/>')
    assert language(docx(body, {"styles": usual + STYLES}), ".docx") == "de-CH"


SENTENCES = {
    "fi": (
        "Juo paljon vettä joka päivä ja ota yksi tabletti aamulla aamiaisen jälkeen. Soita lääkärille, jos kipu ei"
        " mene ohi kahdessa päivässä. Lääke voi aiheuttaa päänsärkyä, mutta se menee yleensä ohi itsestään."
    ),
    "en": (
        "Drink plenty of water each day and take one tablet in the morning after breakfast. Call the doctor if the"
        " pain does not go away after two days. The medicine may give you a headache, but it soon goes by itself."
    ),
    "hr": (
        "Pijte puno vode svaki dan i uzmite jednu tabletu ujutro nakon doručka. Nazovite liječnika ako bolovi ne"
        " prođu nakon dva dana. Lijek može izazvati glavobolju, ali ona obično prođe sama od sebe. Ne vozite."
    ),
}


@pytest.mark.parametrize(("code", "found"), [("fi", "fi"), ("en", "en"), ("hr", "")])
def test_language_that_no_file_names_is_told_by_its_words_where_that_is_sure(code: str, found: str) -> None:
    page = f"<title>T</title><p>{SENTENCES[code]}</p>"
    assert language(page.encode(), ".html") == found
    assert language(docx(words(SENTENCES[code])), ".docx") == found


def test_language_that_was_told_by_the_words_is_noted() -> None:
    page = f"<title>T</title><p>{SENTENCES['fi']}</p>"
    notes = make_article(page.encode(), ".html", Origin("a.html")).notes
    assert notes == ('by its words the text is in "fi"',)


def test_language_of_a_text_in_two_languages_is_the_first() -> None:
    page = f"<title>T</title><p>{SENTENCES['fi']}</p><p>{SENTENCES['en']}</p>"
    assert language(page.encode(), ".html") == "fi"


def test_language_that_a_page_names_is_kept() -> None:
    assert language(f'<html lang="sv"><p>{SENTENCES["fi"]}</p></html>'.encode(), ".html") == "sv"


@pytest.mark.parametrize(
    ("named", "words", "found"),
    [("en", "fi", "fi"), ("en-US", "fi", "fi"), ("fi", "en", "en"), ("en-GB", "en", "en-GB"), ("sv", "fi", "sv")],
)
def test_page_that_names_english_or_is_in_it_has_the_language_of_its_words(named: str, words: str, found: str) -> None:
    page = f'<html lang="{named}"><title>T</title><p>{SENTENCES[words]}</p>'
    assert language(page.encode(), ".html") == found
    notes = make_article(page.encode(), ".html", Origin("a.html")).notes
    assert notes == (
        () if found == named else (f'the language is "{found}" by the words, though the page says "{named}"',)
    )


def test_page_whose_words_are_too_few_keeps_the_language_that_it_names() -> None:
    assert language(b'<html lang="en"><title>T</title><p>Juo vett\xc3\xa4.</p>', ".html") == "en"


def test_page_that_says_english_with_hardly_an_english_word_is_noted() -> None:
    rows = "".join(f"<tr><td>Tabletas {n}</td><td>Dosis adulto</td><td>{n} hrs</td></tr>" for n in range(1, 25))
    page = f'<html lang="en"><title>Jarabe</title><p>Medicamento</p><table>{rows}</table>'
    assert language(page.encode(), ".html") == "en"
    notes = make_article(page.encode(), ".html", Origin("a.html")).notes
    assert 'the page says "en", but few of its words are: correct the language' in notes
