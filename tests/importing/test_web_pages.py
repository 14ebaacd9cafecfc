"""Web pages as site generators make them: the whole article and all notes, as they should be."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from web_files import text_and_notes

from wellread.errors import WellreadError
from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.importing.pages import Page, read_page

BOTH = {"last_reviewed": "2025-05-04", "next_review": "2028-06-01"}
PAGES = ROOT / "tests" / "fixtures" / "imports" / "pages"


def article(page: str | bytes, name: str = "page.html") -> tuple[str, tuple[str, ...]]:
    """The text of the article below its front matter, and the notes."""
    data = page if isinstance(page, bytes) else page.encode()
    made, notes, _ = make_article(data, ".html", Origin(name))
    return made.partition("\n---\n\n")[2].rstrip("\n"), notes


def body(text: str) -> str:
    return article(f"<title>T</title><body><main>{text}</main></body>")[0]


def details(page: str, address: str = "") -> dict[str, str]:
    made, *_ = make_article(page.encode(), ".html", Origin("page.html", address))
    lines = made.partition("\n---\n")[0].splitlines()[1:]
    return {key: value.strip('"') for key, _, value in (line.partition(": ") for line in lines)}


# Whole pages


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
def test_page_of_a_site_generator(page: Path) -> None:
    made, notes, _ = make_article(page.read_bytes(), ".html", Origin(page.name))
    expected = (PAGES / "expected" / f"{page.stem}.txt").read_text("utf-8")
    assert "".join(f"{note}\n" for note in notes) + made == expected


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ("<span style='font-family:Symbol'>m</span>g", "μg"),
        ('<font face="Symbol">³</font> 2 g', "≥ 2 g"),
        ('<span style="font-size:11pt; font-family:&quot;Symbol&quot;"><span lang=EN-GB>m</span></span>g', "μg"),
        ("<span style='font-family:Arial'>m</span>g", "mg"),
    ],
)
def test_letters_in_a_font_of_signs_are_the_signs_that_a_browser_shows(letters: str, shown: str) -> None:
    assert article(f"<title>T</title><main><p>Take {letters} a day.</p></main>") == (f"Take {shown} a day.", ())


# What a page keeps closed


@pytest.mark.parametrize(
    "panel",
    [
        '<h3><button aria-expanded="false">Is it catching?</button></h3><div class="collapse">No.</div>',
        (
            '<h3><button aria-expanded="false"><span class="heading__toggle-title">Is it catching?</span>'
            '<span class="toggle-icon" aria-hidden="true">+</span></button></h3><div class="panel" hidden>No.</div>'
        ),
        "<h3>Is it catching?</h3><div hidden>No.</div>",
        '<h3>Is it catching?</h3><div aria-hidden="true">No.</div>',
        '<h3>Is it catching?</h3><div style="display: none">No.</div>',
        '<button class="accordion">Is it catching?</button><div class="panel" style="display:none">No.</div>',
        '<button aria-controls="p">Is it catching?</button><p>&nbsp;</p><div id="p" hidden>No.</div>',
        '<div role="button" data-bs-toggle="collapse" data-bs-target="#p">Is it catching?</div><p id="p">No.</p>',
        "<details><summary>Is it catching?</summary>No.</details>",
        "<details><summary><h3>Is it catching?</h3></summary><p>No.</p></details>",
        "<dl><dt>Is it catching?</dt><dd>No.</dd></dl>",
        '<div><strong class="schema-faq-question">Is it catching?</strong><p class="schema-faq-answer">No.</p></div>',
        '<p class="faq-question">Is it catching?</p><p class="faq-answer">No.</p>',
        "<ul><li><h3>Is it catching?</h3><p>No.</p></li></ul>",
        '<ul role="tablist"><li><a role="tab" href="#p">Is it catching?</a></li></ul><div id="p" hidden>No.</div>',
    ],
)
def test_question_that_opens_an_answer_is_its_heading(panel: str) -> None:
    assert body(f"<h2>Questions</h2>{panel}") == "## Questions\n\n### Is it catching?\n\nNo."


def test_term_that_asks_in_greek_is_a_heading() -> None:
    assert body("<dl><dt>Είναι μεταδοτικό;</dt><dd>Όχι.</dd></dl>") == "## Είναι μεταδοτικό;\n\nΌχι."


def test_menu_that_a_button_opens_is_no_text() -> None:
    text, notes = article(
        '<title>T</title><main><button aria-controls="m" aria-expanded="false">Menu</button>'
        '<ul id="m" hidden><li><a href="/a">Wards</a></li><li><a href="/b">Visits</a></li></ul><p>Rest.</p></main>'
    )
    assert text == "Rest."
    assert notes == ('left out, button: "Menu"', 'left out, text that a reader does not see: "Wards Visits"')


def test_words_that_nobody_sees_are_left_out_and_listed() -> None:
    text, notes = article('<title>T</title><p>Rest.</p><p>Drink.</p><p style="display:none">Draft: check the dose</p>')
    assert text == "Rest.\n\nDrink."
    assert notes == ('left out, text that a reader does not see: "Draft: check the dose"',)


# The title


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Gout | Clinic</title><h2>Gout</h2><p>t</p>", "Gout"),
        ("<title>Clinic :: Gout</title><h1>Clinic</h1><ul><li><a href=a>W</a></ul><h2>Gout</h2><p>t</p>", "Gout"),
        ("<title>Dose</title><h1>Ibuprofen</h1><h2>Dose</h2><p>t</p>", "Ibuprofen"),
        ("<title>Gout | Clinic</title><h1><a href='/'>Clinic</a></h1><p>Gout hurts in the toe.</p>", "Gout"),
        ("<title>leaflet_v3.indd</title><p class=title>Gout</p><p class=head>Causes</p><p>t</p><p>u</p>", "Gout"),
        ("<title>Covid-19 - what to do</title><p>t</p>", "Covid-19 - what to do"),
        (
            "<title>Gout - Clinic</title><h1>On gout</h1><p>t</p><section><footer><h3>Clinic</h3></footer></section>",
            "On gout",
        ),
        ("<title>Gout</title><div><img src=logo.png><h1>CARE +</h1></div><h2>Signs</h2><p>t</p>", "Gout"),
        ("<title>Mill Clinic</title><div><img src=toe.jpg><h1>Gout</h1></div><h2>Signs</h2><p>t</p>", "Gout"),
        ("<title>CB_5</title><p>t</p>", "Page"),  # of the file's name
    ],
)
def test_title(page: str, title: str) -> None:
    assert details(page)["title"] == title


# Language and dates


@pytest.mark.parametrize(
    ("line", "language", "found"),
    [
        ("Last reviewed: 4 May 2025", "en", {"last_reviewed": "2025-05-04"}),
        (
            "Reviewed May 4th, 2025. Next review due 1 June 2028",
            "en",
            {"last_reviewed": "2025-05-04", "next_review": "2028-06-01"},
        ),
        ("Mis à jour le 3 mai 2025", "fr", {"last_reviewed": "2025-05-03"}),
        ("Zuletzt aktualisiert: 07.10.2025", "de", {"last_reviewed": "2025-10-07"}),
        ("Revisado el 12 de marzo de 2025", "es", {"last_reviewed": "2025-03-12"}),
        ("Updated 3/5/2025", "en", {}),  # the third of May, or the fifth of March
        ("Updated 3/5/2025", "en-US", {"last_reviewed": "2025-03-05"}),
        ("Updated 3/5/2025", "en-GB", {"last_reviewed": "2025-05-03"}),
        ("Review date: 3 May 2027", "en", {}),  # of the last review, or of the next
        ("Born on 4 May 1925", "en", {}),
        (
            "Page last reviewed: March 2024<br>Next review due: February 2028",
            "en",
            {"last_reviewed": "2024-03-01", "next_review": "2028-02-29"},
        ),
        ("Dernière révision : août 2024", "fr", {"last_reviewed": "2024-08-01"}),
        ("تمت المراجعة في مارس 2024", "ar", {"last_reviewed": "2024-03-01"}),
        ("Ultima modifica 12/03/2025 09:41", "it", {"last_reviewed": "2025-03-12"}),
        ("Naposledy zkontrolováno: 5. března 2025", "cs", {"last_reviewed": "2025-03-05"}),
        ("<b>Stand</b></p><p>März 2024", "de", {"last_reviewed": "2024-03-01"}),
        ("The rules for tests changed in March 2024.", "en", {}),  # a sentence about something else
        ("The vaccine was changed on 1 September 2023 for all babies.", "en", {}),
        ("Guideline 95, published in March 2010, updated in November 2016.", "en", {}),
        ("Überarbeitet am 12.08.25", "de", {"last_reviewed": "2025-08-12"}),
        ("Reviewed 12/08/25", "en-GB", {"last_reviewed": "2025-08-12"}),
        ("Reviewed 12/08/25", "en", {}),
        ("À revoir en consultation le 12 mai 2028", "fr", {}),
        ("Udarbejdet juni 2023. Skal revideres juni 2026.", "da", {"next_review": "2026-06-30"}),
        ("Next review due: Q3 2028", "en", {"next_review": "2028-09-30"}),
        ("Published: March 2023 Review date: March 2024", "en", {"next_review": "2024-03-31"}),
    ],
)
def test_language_and_review_dates(line: str, language: str, found: dict[str, str]) -> None:
    page = f'<html lang="{language}"><title>T</title><p>Text.</p><p>{line}</p>'
    kept = {key: value for key, value in details(page).items() if key not in ("title", "source")}
    assert kept == {"language": language, **found}


@pytest.mark.parametrize("word", ["date-", "diese-"])
def test_line_of_many_words_that_lead_to_a_date_costs_little_time(word: str) -> None:
    began = time.process_time()
    text, _ = article(f"<title>T</title><main><h1>T</h1><p>{40 * word}x reviewed March 2024</p></main>")
    assert f"{40 * word}x reviewed March 2024" in text.replace("\\", "")
    assert time.process_time() - began < 1


def test_sentence_that_says_more_than_its_date_stays() -> None:
    text, notes = article(
        "<title>T</title><main><h1>T</h1><p>The plan was updated on 3 May 2024 after deaths.</p></main>"
    )
    assert text == "The plan was updated on 3 May 2024 after deaths."
    assert notes == ()


def test_line_that_became_a_date_is_told_of_and_one_that_is_unclear_stays() -> None:
    text, notes = article("<title>T</title><p>Rest.</p><p>Last reviewed: 4 May 2025</p><p>Review date: May 2027</p>")
    assert text == "Rest."
    assert notes == (
        'last_reviewed is from "Last reviewed: 4 May 2025"',
        (
            'next_review is from "Review date: May 2027", a date after the last review: no day is given, it counts as '
            "2027-05-31"
        ),
        'left out, date line: "Last reviewed: 4 May 2025", "Review date: May 2027"',
    )
    guideline = "Guideline 95, published in March 2010, updated in November 2016."
    text, _ = article(f"<title>T</title><p>Rest.</p><p>{guideline}</p>")
    assert text == f"Rest.\n\n{guideline}"
    line = "Approved by the board on 12 May 2025. To be reviewed by 12 May 2028."
    text, notes = article(f"<title>T</title><p>Rest.</p><p>{line}</p>")
    assert text == f"Rest.\n\n{line}"
    assert notes == (
        'next_review is from "To be reviewed by 12 May 2028"',
        (
            'last_reviewed is from "Approved by the board on 12 May 2025", whole years before "To be reviewed by 12 '
            'May 2028": correct it if it is another date'
        ),
    )
    text, notes = article("<title>T</title><p>Rest.</p><p>Review date: May 2027</p>")
    assert text == "Rest.\n\nReview date: May 2027"
    assert notes == ('the page says "Review date: May 2027": if a review is meant, write it into the front matter',)


# Form


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h2>Signs<li>fever</li><li>rash</li></h2><p>t</p>", "## Signs\n\n- fever\n- rash\n\nt"),
        ("<h2><p>Signs</p></h2><p>t</p>", "## Signs\n\nt"),
        ("<p>• one<br>• two</p><p>three</p>", "- one\n- two\n\nthree"),
        ("<p>Bring:<br>- a card<br>- a bag</p>", "Bring:\n\n- a card\n- a bag"),
        ("<p>a<br><br>b<br>c</p>", "a\n\nb\\\nc"),
        ("<ul><li><div>1. Sit.</div></li></ul>", "- 1\\. Sit."),
        (
            '<a href="https://e.example/x"><div><h3>Naps</h3><p>Help.</p></div></a>',
            "## [Naps](https://e.example/x)\n\nHelp.",
        ),
        ('<p><a href=" https://e.example/a b\n">x</a></p>', "[x](https://e.example/a%20b)"),
        ('<ol start="²"><li>a</li></ol>', "1. a"),
        ('<ol start="6"><li>a<ol start="7"><li>b</li></ol></li></ol>', "6. a\n\n   7. b"),
        ("<table><tr><td rowspan=9>a</td><td>b</td></tr></table>", "| | |\n| --- | --- |\n| a | b |"),
        (
            "<p>Ask <b>us\n</b>first, <a href='https://e.example'>here\n</a>too.</p>",
            "Ask **us** first, [here](https://e.example) too.",
        ),
        (
            "<table><caption>How often</caption><tbody><tr><td>a</tbody><tbody><tr><td>b<td>c</tbody></table>",
            "How often\n\n| | |\n| --- | --- |\n| a | |\n| b | c |",
        ),
        (
            "<table><col><col><tbody><tr><td>a</td><td><code>b|c</code></td></tr></table>",
            "| | |\n| --- | --- |\n| a | b\\|c |",
        ),
        ("<ul><li>one<br></li><li>two<br><p>three</p></li></ul><hr><p>four<br></p>", "- one\n- two\n\n  three\n\nfour"),
        ("<p><b>Signs</b><br>Fever.</p>", "## Signs\n\nFever."),
        ('<p style="font-size:18pt">Signs</p><p>Fever.</p><p>Rash.</p>', "## Signs\n\nFever.\n\nRash."),
        ("<section><h2>S</h2><p>t</p><footer>Call 112.</footer></section>", "## S\n\nt\n\nCall 112."),
    ],
)
def test_form_of_the_text(page: str, text: str) -> None:
    assert body(page) == text


# What belongs to the text whatever it is called


@pytest.mark.parametrize(
    "page",
    [
        '<div class="card-footer"><p>Call 112 if he faints.</p></div>',
        '<div class="related-conditions"><p>Sunburn can lead to cancer of the skin years later.</p></div>',
        '<div class="share-decision"><p>Talk with your doctor about creams.</p></div>',
        "<aside><p>Never give aspirin to a child.</p></aside>",
        "<header><h2>At night</h2></header><p>Sit up.</p>",
    ],
)
def test_sentences_stay_whatever_the_element_is_called(page: str) -> None:
    _, notes = article(f"<title>T</title><body><h1>T</h1><p>Rest a lot and drink.</p>{page}<p>Sleep well.</p></body>")
    assert notes == ()


@pytest.mark.parametrize(
    "foot",
    [
        '<div class="rodapé"><p>Clínica Um, Lisboa</p></div>',
        '<section id="seitenFusszeile"><p>Haus Eins, Bonn</p></section>',
        '<div class="pied-de-page">Maison Un, Lyon</div>',
        '<p class="stopka">Dom Jeden, Gdynia</p>',
        '<div id="pie"><p>Casa Uno, Jaén</p></div><div>Aviso</div>',
    ],
)
def test_last_element_that_is_called_a_foot_in_any_language_is_left_out(foot: str) -> None:
    text, notes = article(f"<title>T</title><body><h1>T</h1><p>Rest a lot and drink.</p>{foot}</body>")
    assert text.partition("\n\nAviso")[0] == "Rest a lot and drink."
    assert [note.partition(":")[0] for note in notes] == ["left out, page footer"]


@pytest.mark.parametrize(
    "page",
    [
        '<div class="pie"><p>Frío</p></div><h2>Ayuda</h2><p>Ponga hielo.</p>',
        '<div class="pie"><p>Frío</p></div><p>Descanse con la pierna en alto y ponga hielo.</p>',
        '<div class="rodape"><p>Ligue 112 se a criança desmaiar.</p></div>',
        '<div class="voet"><h2>De voet</h2><p>Koel hem.</p></div>',
    ],
)
def test_what_is_called_a_foot_stays_where_text_follows_or_it_has_a_sentence_or_heading(page: str) -> None:
    _, notes = article(f"<title>T</title><body><h1>T</h1><p>Rest a lot and drink.</p>{page}</body>")
    assert notes == ()


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Gout care - Leaflets - Confluence", ""),
        ("Gout care | Joints | Ward wiki", ""),
        ("Leaflets : Gout care", "<h1>Leaflets : Gout care</h1>"),
        ("Gout care - Leaflets - Confluence", "<h1>Gout care</h1>"),
    ],
)
def test_title_loses_the_pages_above_it_that_the_breadcrumb_names(title: str, heading: str) -> None:
    crumbs = '<ol id="breadcrumbs"><li><a href="/l">Leaflets</a></li><li><a href="/j">Joints</a></li></ol>'
    page = read_page(f"<title>{title}</title><body>{crumbs}{heading}<p>Rest a lot and drink.</p></body>".encode())
    assert page.title == "Gout care"


def test_title_loses_the_space_that_a_wiki_says_it_belongs_to() -> None:
    head = '<title>Gout care - Leaflets - Ward wiki</title><meta name="ajs-space-name" content="Leaflets">'
    assert read_page(f"{head}<body><p>Rest a lot and drink.</p></body>".encode()).title == "Gout care"


def test_title_keeps_what_no_breadcrumb_names() -> None:
    crumbs = '<p class="breadcrumb"><a href="/">Home</a> <a href="/g">Gout</a></p>'
    page = read_page(f"<title>Gout - signs</title><body>{crumbs}<p>Rest a lot and drink.</p></body>".encode())
    assert page.title == "Gout - signs"


def test_word_that_stands_in_pieces_is_not_missing() -> None:
    page = "<title>T</title><p>The <b>h</b>eart, <a href='#x'>re</a>lax, py<span>thon</span>. python and heart</p>"
    assert article(page)[1] == ()


def test_main_that_holds_little_of_the_page_is_not_all_of_it() -> None:
    page = "<title>T</title><main><p>Welcome.</p></main><div><p>Take one tablet a day, with water.</p></div>"
    assert article(page)[0] == "Welcome.\n\nTake one tablet a day, with water."


# Bounds


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p>" * 1_600_000, "it has more than 8,000 elements (about 1,600,000)"),
        ("<p>w" * 9000, "it has more than 8,000 elements (9,003)"),
        ("<a><b>" * 9000, "its elements lie too deep inside one another (up to 18,000 deep)"),
        ("<div>" * 200 + "x", "its elements lie too deep inside one another (up to 202 deep)"),
        ("<table>" + "<tr><td rowspan=1000>a<td>b" * 480, "a table has more than 5,000 cells"),
        ("<p " + " ".join(f"a{at}" for at in range(6000)) + ">x", "it has an element with more than 5,000 attributes"),
        ("<form><input>", "there is no text in it"),
        ("<nav>Home</nav>", "there is no text in it but what is left out (navigation)"),
    ],
)
def test_page_that_is_too_large_or_too_deep_is_refused_at_once(page: str, reason: str) -> None:
    with pytest.raises(WellreadError) as caught:
        article(page)
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a<![foo[x]]>b</p>", "ab"),
        (f"<p>a&#{'9' * 5000};b</p>", "a\ufffdb"),
        ("<p>a\0b</p>", "ab"),
        ('<meta charset="undefined"><p>a', "a"),
        ('<meta charset="\0"><p>a', "a"),
        ('<table><tr><td colspan="99999999999">a</td><td>b</td></tr></table>', None),
        (f'<ol start="{"9" * 5000}"><li>a</ol>', "1. a"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script><p>a", "a"),
        ("<select>" + "<option>o" * 20_000 + "</select><p>a", "a"),
    ],
)
def test_strange_page_is_read_all_the_same(page: str, text: str | None) -> None:
    found, _ = article(page)
    assert text is None or found == text


# The account


def test_words_that_get_lost_are_listed_whatever_lost_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(data: bytes, address: str = "", charset: str = "", today: date | None = None) -> Page:
        return read_page(data.replace(b"not ", b""), address, charset, today)

    monkeypatch.setattr("wellread.importing.files.read_page", lossy)
    assert article("<title>T</title><p>Do not drive today.</p>")[1] == (
        'missing from the article, type them in where they belong: "… Do [not]"',
    )


# Characters with their readings


@pytest.mark.parametrize(
    ("ruby", "line"),
    [
        ("<ruby>頭痛<rp>（</rp><rt>ずつう</rt><rp>）</rp></ruby>の薬。", "頭痛（ずつう）の薬。"),
        ("<ruby>頭痛<rt>ずつう</rt></ruby>の薬。", "頭痛(ずつう)の薬。"),
        ("<ruby>頭<rt>ず</rt>痛<rt>つう</rt></ruby>の薬。", "頭(ず)痛(つう)の薬。"),
        ("<ruby><rb>頭痛</rb><rp></rp><rt>ずつう</rt></ruby>の薬。", "頭痛(ずつう)の薬。"),
    ],
)
def test_readings_of_characters_stand_in_brackets(ruby: str, line: str) -> None:
    assert body(f"<p>{ruby}</p>") == line


# What the page's own styles hide


def styled(css: str) -> tuple[str, tuple[str, ...]]:
    text = "<p>Take <span class='c1'>9 drops</span> 3 drops twice a day.</p>"
    return article(f"<title>T</title><style>{css}</style><main>{text}</main>")


@pytest.mark.parametrize(
    "css", [".c1{display:none}", "b,.c1 { color: red; visibility: hidden }", "span.c1{display:none}"]
)
def test_words_that_a_class_hides_are_left_out_and_told_of(css: str) -> None:
    told = 'left out, text that a reader does not see: "9 drops"'
    assert styled(css) == ("Take 3 drops twice a day.", (told,))


def test_words_that_a_class_strikes_out_are_left_out_and_told_of() -> None:
    text, notes = styled("/* old */ .c1{text-decoration:line-through}")
    assert (text, notes) == ("Take 3 drops twice a day.", ('left out, struck out: "9 drops"',))


@pytest.mark.parametrize(
    "css",
    [
        ".c1{display:none} .open .c1{display:inline}",
        "@media print{.c1{display:none}}",
        ".c1 i{display:none}",
        "@media screen{.c1{display:block}} .c1{display:none}",
    ],
)
def test_words_that_a_style_shows_somewhere_stay(css: str) -> None:
    assert styled(css) == ("Take 9 drops 3 drops twice a day.", ())


def test_line_that_begins_with_a_space_and_a_colon_comes_over() -> None:
    assert body("<p>Rest.</p><p> :</p>") == "Rest.\n\n\\:"


@pytest.mark.parametrize(
    "said",
    [
        '<base href="http://[::1">',
        '<link rel="canonical" href="http://[x]y">',
        '<meta property="og:url" content="http://[">',
        '<h1><a href="http://[::1">Cough</a></h1>',
        '<a href="//[::">Rest helps.</a>',
    ],
)
def test_an_address_that_is_none_keeps_no_page_out(said: str) -> None:
    made = make_article(f"<title>Cough</title>{said}<p>Drink.</p>".encode(), ".html", Origin("page.html")).article
    assert made.endswith("Drink.\n")
    assert "http" not in made


# Where Markdown has no way to say what a page says


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ul><span>You need:</span><li>soap</li><li>water</li></ul>", "You need:\n\n- soap\n- water"),
        ("<ul><h2>Kit</h2><li>soap</li>Then:<li>water</li></ul>", "## Kit\n\n- soap\n\nThen:\n\n- water"),
        ("<ol><li>Wash.</li><p>Wait.</p><li>Dry.</li></ol>", "1. Wash.\n\nWait.\n\n2. Dry."),
        ("<ol><li value=5>Wash.</li>Wait.<li>Dry.</li></ol>", "5. Wash.\n\nWait.\n\n6. Dry."),
        ("<ol reversed><li>Wash.</li>Wait.<li>Dry.</li></ol>", "2. Wash.\n\nWait.\n\n1. Dry."),
        ("<ul>Only words</ul>", "Only words"),
    ],
    ids=["before the items", "between them", "in a counted list", "from 5 on", "backwards", "without items"],
)
def test_words_of_a_list_that_stand_in_no_item_are_paragraphs(page: str, text: str) -> None:
    assert body(f"<h1>T</h1>{page}") == text


def test_quotation_has_the_marks_that_a_browser_writes() -> None:
    assert body("<h1>T</h1><p>Say <q>I am choking</q>.</p>") == 'Say "I am choking".'


def test_line_break_at_the_end_of_a_link_stands_behind_it() -> None:
    found = body('<h1>T</h1><p><a href="https://a.example/x">Call us<br> </a><a href="https://a.example/y">Ask</a></p>')
    assert found == "[Call us](https://a.example/x)\\\n [Ask](https://a.example/y)"


def test_item_that_is_a_picture_leaves_no_mark_behind() -> None:
    second = '<ul><li>Fever</li><li><img src="a.png" alt="photo"></li><li>Rash</li></ul>'
    assert body(f"<h1>T</h1><ul><li>Cough</li></ul>{second}") == "- Cough\n\n* Fever\n* Rash"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Call 112!<a href='https://a.example/b'>Find out more</a>", r"Call 112\![Find out more](https://a.example/b)"),
        (
            "<a href='https://a.example/b%20c.csv'>https://a.example/b%20c.csv</a>",
            "[https://a.example/b%20c.csv](https://a.example/b%20c.csv)",
        ),
    ],
)
def test_link_behind_an_exclamation_mark_or_with_a_coded_space_comes_over_whole(line: str, shown: str) -> None:
    assert body(f"<p>{line}</p>") == shown


def test_number_in_an_element_of_its_own_that_begins_a_paragraph_stays_with_its_words() -> None:
    text = body('<p>You can apply:</p><p><span class="numbers">1</span>. once a year</p>')
    assert text == "You can apply:\n\n1\\. once a year"


def test_page_that_singlefile_saved_says_where_its_links_lead() -> None:
    head = "<html lang=en><!--\n Page saved with SingleFile \n url: https://clinic.example/ankle/sprains \n-->"
    text, notes = text_and_notes(f'{head}<title>T</title><main><h1>T</h1><p>Rest <a href="../feet">the foot</a>.</p>')
    assert text == "Rest [the foot](https://clinic.example/feet)."
    assert notes == ()
