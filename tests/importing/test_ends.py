"""Lines at both ends of a web page's text that say who wrote it, or lead to lists of pages, go and are named."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

ARTICLE = "Rest the ankle.\n\n## Cold\n\nCool it for ten minutes."


def article(end: str, begin: str = "") -> tuple[str, tuple[str, ...]]:
    text = f"<p>Rest the ankle.</p><h2>Cold</h2><p>Cool it for ten minutes.</p>{end}"
    return text_and_notes(f"<html lang=en><title>Sprains</title><main><h1>Sprains</h1>{begin}{text}</main>")


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ('<p><a href="/author/ann/">Ann Lee</a> August 5, 2024</p>', "author and date"),
        ('<p>Von <a rel="author" href="/ann">Ann Lee</a> - 30. Juli 2023, 18:55 Uhr</p>', "author and date"),
        ("<p>Written by Ann Lee on July 27, 2017</p>", "author and date"),
        ('<ul><li><a href="/category/feet/">Feet</a></li><li><a rel="tag" href="/rest">Rest</a></li></ul>', "tags"),
        ('<div><span>Filed under:</span> <a href="/@@search?Subject%3Alist=feet">feet</a></div>', "tags"),
        ("<div>هل كانت هذه الصفحة مفيدة؟ نعم لا</div>", "feedback"),
        ("<div>Czy ta strona była pomocna? Tak Nie</div>", "feedback"),
        ("<h2>Related products</h2>", "related pages"),
        ("<h3>Kommentare</h3>", "related pages"),
        ("<h2>Komentarze (4) do “Sprains”</h2><h2>Zostaw komentarz</h2>", "related pages"),
        ("<div>Share this page:</div>", "share links"),
        ("<h2>About the author</h2><p>Ann Lee is a nurse, and writes about feet.</p>", "about the author"),
        ('<div class="author-bio"><p>Ann Lee is a nurse, and writes about feet.</p></div>', "about the author"),
        ("<p>Seite 1 von 1</p>", "page footer"),
        ('<p><a href="https://www.pinterest.com/pin/create/button/?url=x"><span>Pin</span></a></p>', "share links"),
        ('<figure><img src=a alt=""><a href="https://x.com/intent/post?u=1">Post</a></figure>', "share links"),
        ('<div class="comment-section"><span>3 Kommentare</span></div>', "comments"),
        ('<p><a href="#top">Do góry</a> | <a href="index.htm">Powrót</a></p>', "link back"),
        ('<p><a href="start.htm">Start</a> · <a href="#TOP">Nach oben</a></p>', "link back"),
        ("<p>Optimalizováno pro 1024x768. Webmaster: Ann</p>", "page footer"),
    ],
)
def test_line_of_the_site_at_the_end_is_left_out(end: str, kind: str) -> None:
    text, notes = article(end)
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes if "pictures" not in note] == [f"left out, {kind}"]


def test_linked_author_below_the_title_is_left_out() -> None:
    text, notes = article("", '<p>By <a href="/authors/ann">Ann Lee</a>, 3 May 2024</p>')
    assert text == ARTICLE
    assert notes == ('left out, author and date: "By Ann Lee , 3 May 2024"',)


@pytest.mark.parametrize(
    "begin",
    [
        "<ul><li>Dr. Lee</li><li>Jan 4</li><li>2 min read</li></ul>",
        "<p>December 7, 2020</p><p>By the doctors</p><p>3 min read</p>",
        "<div>Lesezeit: 4 Minuten</div>",
        "<div>Dr. med. Ann van der Lee</div><div>5 minutes de lecture</div>",
        "<p>Medically reviewed by Ann Lee, nurse</p><p>3 min read</p>",
        "<p>Ann Ankle</p><p>3 min read</p>",
    ],
)
def test_lines_down_to_the_time_to_read_are_left_out(begin: str) -> None:
    text, notes = article("", begin)
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, author and date"]


@pytest.mark.parametrize(
    "begin",
    [
        "<p>For adults only.</p><p>3 min read</p>",
        "<p>For children under 5 years</p><p>3 min read</p>",
        "<p>Rest The Ankle</p><p>3 min read</p>",
        "<h2>Call 112</h2><p>3 min read</p>",
        "<p>Call 112</p><p>3 min read</p>",
        "<p>10 minutes</p>",
    ],
)
def test_advice_above_the_time_to_read_stays(begin: str) -> None:
    text, _ = article("", begin)
    assert text.endswith(ARTICLE)
    assert len(text) > len(ARTICLE)


@pytest.mark.parametrize(
    "end",
    [
        '<p>Ring <a href="/author/ann/">Ann Lee</a> on 555 0100</p>',
        '<p><a href="/author/ann/">Ann Lee</a> says: do not walk on it.</p>',
        '<p>More: <a href="/category/feet/">Feet</a></p>',
        '<p>How much to take: <a href="/search?Subject=dose">doses</a></p>',
        "<ul><li>Walk by day five</li><li>By Day Ten Run</li></ul>",
        "<h2>About the authors</h2><p>Patients wrote this.</p><p>If the foot is blue, call 999.</p>",
        "<h2>Call 999 if the foot is blue</h2>",
        "<h2>About the author</h2><p>Ann Lee is a nurse.</p><h2>Heat</h2><p>No heat.</p>",
        "<h2>About the author</h2><p>Ann Lee is a nurse.</p><p>Do not walk on it.</p>",
        "<p>Take the syrup by mouth only.</p><p>By Mouth Only</p>",
        "<p>Mix 640 x 250 ml of water</p>",
    ],
)
def test_line_that_says_more_stays_at_the_end(end: str) -> None:
    text, notes = article(end)
    assert len(text) > len(ARTICLE)
    assert not any(note.startswith("left out") for note in notes)


@pytest.mark.parametrize(
    "menu",
    [
        "<nav>{}</nav>".format("".join(f'<a href="https://www.clinic.example/{name}">{name}</a>' for name in "xyz")),
        "".join(f'<div class="menu"><a href="/{name}">{name}</a></div>' for name in ("act", "cbt", "dbt")),
    ],
)
def test_site_of_a_page_that_does_not_say_its_address_is_known_by_its_menus(menu: str) -> None:
    links = "".join(f'<p><a href="https://clinic.example/{name}">{name}</a></p>' for name in ("act", "cbt", "dbt"))
    text, notes = article(f"<h2>Our services</h2>{links}", menu)
    assert text == ARTICLE
    assert 'left out, links at the end: "Our services", "act", "cbt", "dbt"' in notes


def test_links_to_another_site_stay_at_the_end() -> None:
    links = "".join(f'<p><a href="https://help.example/{name}">{name}</a></p>' for name in ("act", "cbt", "dbt"))
    assert article(f"<h2>Who helps</h2>{links}")[0].startswith(f"{ARTICLE}\n\n## Who helps\n\n[act]")


def test_paragraph_that_says_the_same_as_the_one_above_stands_once() -> None:
    lead = "<p>Rest the ankle for two days, and then walk on it again with a stick.</p>"
    text, notes = article("", f'{lead}<div class="mobile">{lead}</div>')
    assert text.count("with a stick") == 1
    assert [note.partition(":")[0] for note in notes] == ["left out, a paragraph that stands there twice"]


def test_short_line_and_cell_that_say_the_same_as_before_stay() -> None:
    same = "<td><p>Take one in the morning and one in the evening, each with a glass of water.</p></td>"
    text, notes = article(
        "", f"<p>Wait.</p><p>Wait.</p><table><tr><th>A</th><th>B</th></tr><tr>{same}{same}</tr></table>"
    )
    assert (text.count("Wait."), text.count("Take one in the morning")) == (2, 2)
    assert notes == ()


@pytest.mark.parametrize(
    "end",
    [
        "<h2>Stránky k tématu</h2><ul><li><a>Zlomenina</a></li><li><a class=x>Sádra</a></li></ul>",
        "<h2>Tudalennau eraill</h2><p><a>Torri asgwrn</a></p><p><a>Plastr</a></p>",
        "<ul><li><a rel=prev>Indietro: Frattura</a></li><li><a rel=next>Avanti: Gesso</a></li></ul>",
        '<p><a rel=prev href="/a">Zpět: Zlomenina</a> <a rel=next href="/b">Dále: Sádra</a></p>',
        "<h2>You might also like</h2><a><h3>7 breakfasts</h3><p>Our cook picks.</p></a><a><h3>Tea or coffee?</h3></a>",
    ],
)
def test_links_that_were_saved_without_their_address_are_links(end: str) -> None:
    text, notes = article(end)
    assert text == ARTICLE
    assert len(notes) == 1
    assert notes[0].startswith("left out, ")


@pytest.mark.parametrize(
    "end",
    [
        "<h2>Call</h2><p><a>0555 0100 200</a></p><p><a>112</a></p>",
        "<h2>Write</h2><p><a>nurse@clinic.example</a></p><p><a>ward@clinic.example</a></p>",
        "<h2>Warning</h2><p><a name=w>Do not run</a></p><p><a id=x>Do not jump</a></p>",
        "<h2>Warning</h2><p><a>Do not run.</a></p><p><a>Do not jump!</a></p>",
    ],
)
def test_words_in_an_anchor_that_are_no_link_stay(end: str) -> None:
    text, notes = article(end)
    assert text.startswith(ARTICLE + "\n\n## ")
    assert notes == ()


def test_last_sentence_that_names_the_webmaster_stays() -> None:
    end = "If a dose here is wrong, do not use it, and tell the webmaster at once."
    assert article(f"<p>{end}</p>")[0].endswith(end)


def test_last_line_that_leads_to_a_place_on_the_page_stays() -> None:
    assert article('<p><a href="#doses">Doses</a> | <a href="#rest">Rest</a></p>')[0] != ARTICLE
