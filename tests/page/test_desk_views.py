"""What the desk's views make of texts, without a browser."""

from __future__ import annotations

from pathlib import Path

from wellread.articles.library import read_article
from wellread.desk.drafts import Draft
from wellread.page.desk.editing import compared, marked
from wellread.page.desk.place import desk_href
from wellread.page.desk.typing import whole
from wellread.page.desk.work import Work
from wellread.page.rendering import render


def test_words_of_the_original_that_the_article_lacks_are_marked_and_nothing_is_read_as_html() -> None:
    text = "# Cuts\n\nPress on the cut.\n"
    original = "Home <b>page</b>\n \n\n\nCuts\n\nPress hard on\nthe cut."
    work = Work(Draft("cuts.md", text, "", original=original), text)
    article = read_article(Path("kb/cuts.md"), Path("kb"), data=text.encode())
    html = "<mark>Home &lt;b&gt;page&lt;/b&gt;</mark>\n\nCuts\n\nPress <mark>hard</mark> on\nthe cut."
    assert marked(work, article) == html


def test_text_that_cannot_be_read_is_compared_as_it_is_written() -> None:
    assert (
        marked(Work(Draft("a.md", "", "", original="Press on it."), "Press it."), None) == "Press <mark>on</mark> it."
    )


def test_changes_are_said_in_words_and_drawn_as_text() -> None:
    html = str(render("desk.html", "diff", lines=["  Cuts", "- <b>Old</b>", "+ New", "+ "]))
    assert '<del dir="auto"><span class="wr-hidden">Goes: </span>&lt;b&gt;Old&lt;/b&gt;</del>' in html
    assert '<ins dir="auto"><span class="wr-hidden">Comes: </span>New</ins>' in html
    assert "<b>" not in html


def test_texts_of_two_editors_are_compared_line_by_line_however_many_differ() -> None:
    theirs = ["# Cuts", *(f"Press on cut {n} hard." for n in range(2000)), "Call us."]
    mine = ["# Cuts", *(f"Press on cut {n} long." for n in range(2000)), "Call us."]
    went, came = [f"- {line}" for line in theirs[1:-1]], [f"+ {line}" for line in mine[1:-1]]
    assert compared(theirs, mine) == ["  # Cuts", *went, *came, "  Call us."]


def test_half_a_character_becomes_a_sign_that_is_seen() -> None:
    assert whole("a\ud83d\r\nb\ud83d\ude00") == "a\ufffd\nb\U0001f600"


def test_addresses_of_the_desk_keep_any_name() -> None:
    assert desk_href("edit", "a&b/ä?.md") == "?desk=edit&file=a%26b%2F%C3%A4%3F.md"
