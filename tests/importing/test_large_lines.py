"""Lines in large or bold type of old web pages, which mark no headings: the title, and words that call out."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

from wellread.importing.files import make_article
from wellread.importing.made import Origin


def title_of(page: str) -> str:
    made = make_article(page.encode(), ".html", Origin("page.html"))
    return made.article.partition('title: "')[2].partition('"\n')[0]


LARGE = "<p align=center><font size=5><b>{}</b></font></p>"


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ('Przychodnia "Pod Lipami" - Angina', "Angina paciorkowcowa"),
        ("Dětský lékař | Spalničky", "Spalničky a zarděnky"),
        ("Masern :: Praxis am See", "Masern bei Kindern"),
    ],
)
def test_large_line_that_says_more_than_the_title_of_a_page_without_headings_is_its_title(
    title: str, line: str
) -> None:
    menu = "<td><a href=a.htm>Start</a><br><a href=b.htm>Wards</a><br>20417</td>"
    page = f"<title>{title}</title><table><tr>{menu}<td>{LARGE.format(line)}<p>Rest in bed.</p></td></tr></table>"
    assert title_of(page) == line
    assert text_and_notes(page)[0] == "Rest in bed."


@pytest.mark.parametrize("line", ["Our doctors", "Angina is an illness of the throat."])
def test_large_line_that_says_something_else_or_a_sentence_is_no_title(line: str) -> None:
    page = f"<title>Angina</title><div>{LARGE.format(line)}<p>Rest in bed.</p></div>"
    assert title_of(page) == "Angina"
    assert line in text_and_notes(page)[0]


@pytest.mark.parametrize("call", ["Uwaga!", "Achtung!", "¡Atención!"])
def test_bold_word_that_calls_out_is_a_heading_among_bold_ones(call: str) -> None:
    page = "<title>Heat</title><div><p><b>Signs</b></p><p>Thirst.</p><p><b>{}</b></p><p>{}</p></div>"
    assert text_and_notes(page.format(call, "Call 112 if he faints."))[0].endswith(
        f"## {call}\n\nCall 112 if he faints."
    )
    for line in ("Call 112!", "Do not run!"):
        assert f"## {line}" not in text_and_notes(page.format(line, "Wait."))[0]
    assert f"## {call}" not in text_and_notes(page.format(call, "<b>Call 112.</b>"))[0]
