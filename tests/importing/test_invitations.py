"""What of a web page invites a reader elsewhere, or is the site's own: it is no part of the article, and is named."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

from wellread.importing.files import make_article
from wellread.importing.made import Origin

BEGIN = "<p>Rest the ankle for two days.</p><h2>Cold</h2><p>Cool it for ten minutes.</p>"
ARTICLE = "Rest the ankle for two days.\n\n## Cold\n\nCool it for ten minutes."


def page_of(page: str) -> tuple[str, str, tuple[str, ...]]:
    """The title, the text below the front matter, and the notes."""
    made, notes, _ = make_article(page.encode(), ".html", Origin("page.html"))
    head, _, text = made.partition("\n---\n\n")
    return head.partition('title: "')[2].partition('"')[0], text.rstrip("\n"), notes


def article(text: str) -> tuple[str, tuple[str, ...]]:
    return page_of(f"<html lang=en><title>Sprains</title><main><h1>Sprains</h1>{BEGIN}{text}</main>")[1:]


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ('<p><a class="btn btn-primary" href="/termin">Termin buchen</a></p>', "Termin buchen"),
        ('<div class="wp-block-button"><a href="/rdv">Prendre rendez-vous</a></div>', "Prendre rendez-vous"),
        (
            '<div class="box"><p>Запись к врачу</p><span class="btn">Записаться</span></div>',
            "Запись к врачу Записаться",
        ),
    ],
)
def test_line_that_is_only_a_button_is_left_out(button: str, words: str) -> None:
    assert article(button) == (ARTICLE, (f'left out, button: "{words}"',))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('<p><a class="btn" href="tel:112">Call 112</a></p>', "Call 112"),
        ('<p><a class="btn" href="/sprains.pdf">Exercises to print</a></p>', "Exercises to print"),
        ('<p><a class="btn" href="https://elsewhere.example/x">Crutches</a></p>', "Crutches"),
        ('<p><a href="/crutches">Crutches</a> <b class="btn">help</b></p>', "Crutches help"),
    ],
)
def test_button_with_a_number_a_file_another_site_or_words_beside_it_stays(line: str, words: str) -> None:
    text, notes = article(f"{line}<p>Walk again after a week.</p>")
    assert words in text.replace("[", "").replace("*", "").replace("](https://elsewhere.example/x)", "")
    assert not any("left out" in note for note in notes)


def test_button_below_a_line_with_a_colon_stays() -> None:
    text, _ = article(
        '<p>To find out how bad it is:</p><p><a class="btn" href="/score">Ankle score</a></p><p>Walk.</p>'
    )
    assert text == f"{ARTICLE}\n\nTo find out how bad it is:\n\nAnkle score\n\nWalk."


def test_box_whose_headline_and_last_line_are_one_link_is_a_teaser() -> None:
    head, more = '<h4><a href="/n/9">Nuevo horario</a></h4>', '<a href="/n/9">Leer más</a>'
    box = f"<div>{head}<p>Desde mayo abrimos antes.</p>{more}</div>"
    left_out = 'left out, teaser of another page: "Nuevo horario Desde mayo abrimos antes. Leer más"'
    assert article(f"{box}<p>Walk.</p>") == (f"{ARTICLE}\n\nWalk.", (left_out,))


def test_headings_over_nothing_but_links_at_the_end_go_with_them() -> None:
    text, notes = article('<h2>Více informací</h2><h3>K tématu</h3><p><a href="#">Mapa</a></p>')
    assert (text, notes) == (ARTICLE, ('left out, links at the end: "Více informací", "K tématu", "Mapa"',))


def test_heading_of_a_box_goes_with_the_related_pages_that_are_all_it_holds() -> None:
    text, notes = article('<div><h2>Meer</h2><div class="teaser"><h3>Zie ook</h3><a href="/b">Kaart</a></div></div>')
    assert (text, notes) == (ARTICLE, ('left out, related pages: "Zie ook Kaart", "Meer"',))


def test_list_of_nothing_but_one_link_is_a_paragraph_and_one_of_words_a_list() -> None:
    text, _ = article('<ul><li><a href="https://a.example/x">Plan</a></li></ul><p>Or:</p><ul><li>Walk.</li></ul>')
    assert text == f"{ARTICLE}\n\n[Plan](https://a.example/x)\n\nOr:\n\n- Walk."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Verstauchung – was tun? - Klinik Amsel", "Verstauchung – was tun?"),
        ("Clinique Merle | Entorse – que faire ?", "Entorse – que faire ?"),
    ],
)
def test_heading_with_a_dash_is_the_title_and_the_name_of_the_site_is_not(title: str, name: str) -> None:
    site = next(part for part in ("Klinik Amsel", "Clinique Merle") if part in title)
    page = f"<html lang=de><title>{title}</title><div>{site}</div><div id=content><h2>{name}</h2>{BEGIN}</div>"
    assert page_of(page)[:2] == (name, ARTICLE)


def test_heading_that_is_marked_as_headline_is_the_title_below_the_name_of_the_site() -> None:
    page = (
        "<html lang=pl><title>Szpital Dębowy - Skręcenie</title><h1>Szpital Dębowy</h1><h3>Aktualności</h3>"
        f'<p>Nowy aparat.</p><div id="content"><h2 itemprop="headline">Skręcenie</h2>{BEGIN}</div>'
    )
    assert page_of(page)[:2] == ("Skręcenie", ARTICLE)


def test_what_stands_beside_an_article_of_schema_org_is_left_out() -> None:
    item = f'<div itemscope itemtype="https://schema.org/Article"><h1>Sprains</h1>{BEGIN}</div>'
    page = f'<html lang=en><title>Sprains</title><div id="content">{item}<div><h4>Fair</h4><p>In May.</p></div></div>'
    assert page_of(page) == ("Sprains", ARTICLE, ('left out, outside the main text: "Fair In May."',))


def test_label_that_a_panel_says_again_stands_once_on_the_level_of_the_headings_below() -> None:
    tabs = "".join(f'<li><a href="#{key}">{label}</a></li>' for key, label in (("a", "Día 1"), ("b", "Día 2")))
    panels = '<div id="a"><div>Día 1</div><p>Frío.</p></div><div id="b"><p>Día 2</p><p>Calor.</p></div>'
    page = f'<ul class="nav-tabs">{tabs}</ul>{panels}<h3>Aviso</h3><p>Llame.</p>'
    text = page_of(f"<html lang=es><title>Tobillo</title><main><h1>Tobillo</h1>{page}</main>")[1]
    assert text == "## Día 1\n\nFrío.\n\n## Día 2\n\nCalor.\n\n## Aviso\n\nLlame."


def test_button_that_ends_a_card_which_is_a_link_is_left_out_and_its_words_stay() -> None:
    card = '<a class="card" href="#"><h2>{}</h2><p>{}</p><span class="article-cta">Weiterlesen</span></a>'
    text, notes = article(card.format("Knees", "Bend it often.") + card.format("Wrists", "Wrap it."))
    assert text == f"{ARTICLE}\n\n## Knees\n\nBend it often.\n\n## Wrists\n\nWrap it."
    assert 'left out, button: "Weiterlesen"' in notes


def test_teasers_that_are_most_of_a_text_stay() -> None:
    section = "<div><h2><a href='/{0}'>{0}</a></h2><p>{1}</p><p><a href='/{0}'>More</a></p></div>"
    words = "Bend it a little more each day, until it no longer hurts, and cool it each evening."
    text, _ = article("".join(section.format(name, words) for name in ("Knees", "Hips", "Toes")))
    assert text.count("Bend it a little more") == 3


CARD = '<article class="{}"><span>Feet</span><h3><a href="/{}">Shoes</a></h3><p>{}</p></article>'


@pytest.mark.parametrize(
    ("kind", "words"),
    [("card", "23 October 2025"), ("card", "New shoes are not always …"), ("hentry type-post", "Here is how to buy.")],
)
def test_cards_of_other_pages_go_with_their_heading(kind: str, words: str) -> None:
    long = "<p>Then walk on it again, first with a stick, and later without, as far as it does not hurt.</p>"
    text, notes = article(f"{long}<h2>Shoes for you</h2>{CARD.format(kind, 'a', words)}{CARD.format(kind, 'b', words)}")
    assert text.startswith(ARTICLE)
    assert "Shoes" not in text
    assert any(note.startswith("left out, teaser of another page") for note in notes)


@pytest.mark.parametrize(
    "cards",
    [
        CARD.format("card", "a", "Call 999 at once.") + CARD.format("card", "b", "Wear no shoes."),
        CARD.format("card", "a", "23 October 2025"),
        CARD.format("card", "a", "Go to hospital") + CARD.format("card", "b", "Go to bed"),
    ],
)
def test_cards_that_say_something_or_stand_alone_stay(cards: str) -> None:
    text, _ = article(f"<p>Then walk on it again, first with a stick, and later without.</p>{cards}")
    assert text.count("### Shoes") + text.count("### [Shoes]") == cards.count("<article")


@pytest.mark.parametrize("heading", ["<h3></h3>", "<h3><div>Feet</div></h3>"])
def test_card_whose_heading_is_no_line_is_no_fault(heading: str) -> None:
    text, _ = article(2 * f"<article class=card>{heading}<p>Rest now.</p></article>")
    assert text.count("Rest now.") == 2


COLUMNS = (
    "<div class=row><div><h1>Sprains</h1>{}<h2>Cold</h2><p>Cool it for ten minutes, three times a day.</p></div>"
    "<div><div class=card>{}</div></div></div>"
)
PROSE = "<p>Rest the ankle, keep it high, and do not walk on it for two days, whatever the others say to you.</p>"


@pytest.mark.parametrize(
    "card",
    [
        "<h5>Běh pro plíce</h5><p>Volná místa na 4. května.</p><a class='btn'>Přihlásit</a>",
        "<h5>Geef om longen</h5><a class='btn' href='/geef'>Doneer</a>",
        "<h5>Run for lungs</h5><p>A few places left.</p><a class='btn' href='/run'>Sign up</a>",
    ],
)
def test_box_with_a_button_in_a_column_of_its_own_is_left_out(card: str) -> None:
    text, notes = text_and_notes(f"<title>Sprains</title><body>{COLUMNS.format(2 * PROSE, card)}")
    assert text.endswith("three times a day.")
    assert any(note.startswith("left out, box beside the text: ") for note in notes)


@pytest.mark.parametrize(
    "card",
    [
        "<h5>Emergency</h5><p>Call 112 at once.</p><a class='btn' href='/help'>More help</a>",
        "<h5>Emergency</h5><p>If the foot is blue, go to hospital.</p><a class='btn' href='/help'>Get help</a>",
        "<h5>Do not run</h5><p>It harms the ankle.</p>",
        f"<h5>Children</h5>{PROSE}<p>Ask a nurse about the dose, and write it.</p><a class='btn' href='/x'>Dose</a>",
    ],
    ids=["number", "sentence", "no button", "long"],
)
def test_box_that_says_more_in_a_column_of_its_own_stays(card: str) -> None:
    text, _ = text_and_notes(f"<title>Sprains</title><body>{COLUMNS.format(2 * PROSE, card)}")
    assert "## " in text.rpartition("three times a day.")[2]


def test_advice_in_an_aside_stays_where_a_button_ends_it() -> None:
    aside = "<aside><h3>Pregnant?</h3><p>Ask before you take any.</p><a class='btn' href='/ask'>Ask us</a></aside>"
    text, _ = text_and_notes(f"<title>Sprains</title><main><h1>Sprains</h1>{2 * PROSE}{aside}</main>")
    assert text.endswith("## Pregnant?\n\nAsk before you take any.")


def test_section_with_a_button_below_the_title_stays() -> None:
    section = (
        "<section><h2>Book a test</h2><p>You can book one online.</p><a class='btn' href='/book'>Book</a></section>"
    )
    text, _ = text_and_notes(f"<title>Sprains</title><main><h1>Sprains</h1>{PROSE}{section}</main>")
    assert text.endswith("## Book a test\n\nYou can book one online.")
