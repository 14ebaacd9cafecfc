"""What stands around the text of a web page, where pages are arranged by tables and marked in other ways."""

from __future__ import annotations

import pytest
from web_files import text_and_notes as article

from wellread.errors import WellreadError

PROSE = "<p>Drink a little every ten minutes, and more when you are hot.</p><h2>Food</h2><p>Eat as you like.</p>"
ARTICLE = "Drink a little every ten minutes, and more when you are hot.\n\n## Food\n\nEat as you like."


@pytest.mark.parametrize(
    "main",
    ['<div id="content">{}</div>', "<main>{}</main>", '<div role="main">{}</div>', '<div class="entry">{}</div>'],
)
def test_main_text_inside_a_table_that_arranges_the_page_keeps_its_headings(main: str) -> None:
    text = main.format(f"<h1>Heat</h1>{PROSE}")
    page = f"<title>Heat</title><table><tr><td>{text}</td><td><a href='/b'>Next fair</a> 3 May</td></tr></table>"
    assert article(page) == (ARTICLE, ('left out, outside the main text: "Next fair 3 May"',))


def test_cell_of_the_table_that_is_the_main_text_keeps_its_headings() -> None:
    page = f"<title>Heat</title><table><tr><td id='main'><h1>Heat</h1>{PROSE}</td><td>Fair</td></tr></table>"
    assert article(page)[0] == ARTICLE


@pytest.mark.parametrize(
    "tools",
    [
        '<div class="documentActions"><h5>Azioni</h5><ul><li><a href="/s">Invia</a></li></ul></div>',
        '<ul class="page-actions"><li><a href="/p">Print</a></li><li><a href="/s">Send</a></li></ul>',
        '<div class="outils"><a href="/p">Imprimer</a> <a href="/s">Envoyer</a></div>',
        '<div id="toolbox"><a href="/l">Larger type</a></div>',
    ],
)
def test_tools_of_a_page_are_left_out_whatever_they_are_called(tools: str) -> None:
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{tools}</main>")
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, page tools"]


def test_box_that_is_called_actions_and_says_what_to_do_stays() -> None:
    box = '<div class="actions"><h2>Red zone</h2><p>Call 112</p></div>'
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{box}</main>")[0].endswith("## Red zone\n\nCall 112")


def test_menu_that_stands_below_the_title_is_left_out_and_one_link_stays() -> None:
    rows = "<table><tr><td colspan=2><center>Heat stroke</center><tr><td>{}<td>" + PROSE + "</table>"
    menu = "<a href='a.htm'>Start</a><br><a href='b.htm'>Wards</a>"
    text, notes = article("<!doctype html><title>Heat stroke</title>" + rows.format(menu))
    assert text == ARTICLE
    assert 'left out, links before the text: "Start Wards"' in notes
    assert "Start" in article("<!doctype html><title>Heat stroke</title>" + rows.format("<a href='a.htm'>Start</a>"))[0]


def test_links_at_the_end_go_with_the_line_above_them_that_heads_them() -> None:
    links = "<ul><li><a href='/a'>Ho</a></li><li><a href='/b'>Sốt</a></li></ul>"
    links = f"<div><div>Trang khác</div>{links}</div>"
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{links}</main>")
    assert text == ARTICLE
    assert notes == ('left out, links at the end: "Trang khác", "Ho", "Sốt"',)


def test_links_at_the_end_below_text_stay() -> None:
    links = '<p>Call a nurse</p><ul><li><a href="/a">Day ward</a></li><li><a href="/b">Nurse</a></li></ul>'
    text, _ = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{links}</main>")
    assert text.endswith("Call a nurse\n\n- Day ward\n- Nurse")


def test_links_at_the_end_go_where_one_leads_to_the_start_of_the_site_and_stay_where_one_leads_to_another() -> None:
    def page(address: str) -> str:
        links = f'<ul><li><a href="{address}">Guide</a></li><li><a href="/b">Plan</a></li></ul>'
        base = '<link rel="canonical" href="https://a.example/heat">'
        return f"<title>Heat</title>{base}<main><h1>Heat</h1>{PROSE}<h2>More</h2>{links}</main>"

    assert article(page("https://A.example"))[0] == ARTICLE
    kept = f"{ARTICLE}\n\n## More\n\n- [Guide](https://b.example/x)\n- [Plan](https://a.example/b)"
    assert article(page("//b.example/x"))[0] == kept


@pytest.mark.parametrize("line", ["By Ann Roe", "Escrito por Administrador", "Geschrieben von Super User"])
def test_line_below_the_title_that_says_who_posted_the_page_is_left_out(line: str) -> None:
    page = f"<title>Heat</title><main><h1>Heat</h1><p>{line}</p>{PROSE}</main>"
    assert article(page) == (ARTICLE, (f'left out, author and date: "{line}"',))


@pytest.mark.parametrize("line", ["By noon it is too hot.", "By Mouth"])
def test_line_below_the_title_that_begins_like_such_a_line_stays(line: str) -> None:
    assert article(f"<title>Heat</title><main><h1>Heat</h1><p>{line}</p>{PROSE}</main>")[0].startswith(line)


def test_title_in_a_cell_that_is_called_so_is_found_below_headings_of_menus() -> None:
    menu = "<td><h3>Menu</h3><ul class='menu'><li><a href='/'>Start</a></li></ul></td>"
    text = f"<td><table><tr><td class='contentheading'>Heat stroke</td></tr><tr><td>{PROSE}</td></tr></table></td>"
    assert article(f"<title>Heat stroke</title><table><tr>{menu}{text}</tr></table>")[0].endswith(ARTICLE)
    assert "Heat stroke" not in article(f"<title>Heat stroke</title><table><tr>{menu}{text}</tr></table>")[0]


def test_heading_inside_the_title_stays_a_heading() -> None:
    page = "<title>Heat</title><main><h1>Heat<div><h2>Signs</h2><p>Thirst.</p></div></h1><p>Rest.</p></main>"
    assert article(page)[0] == "## Signs\n\nThirst.\n\nRest."


def test_words_that_stand_for_a_picture_are_named_and_head_a_section_that_has_no_others() -> None:
    text = "<h2><img alt='Signs of it'></h2><p>Thirst <img alt='⚠'>. <img alt='A cup'></p>"
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{text}</main>") == (
        "## Signs of it\n\nThirst ⚠.",
        (
            'headings that are pictures have the words that stand for these: "Signs of it"',
            "pictures are left out (1)",
            'left out, words that stand for a picture: "A cup"',
        ),
    )


def test_page_in_one_row_of_a_table_has_its_bold_lines_as_headings() -> None:
    text = "<p align=center><b><font size=6>Heat</font></b></p><p>Rest.</p><p><b>Food</b></p><p>Eat as you like.</p>"
    menu = "<p><a href=a.htm>Start</a></p><p><a href=b.htm>Us</a></p>"
    assert (
        article(f"<title>Heat</title><table><tr><td>{menu}</td><td>{text}</td></tr></table>")[0]
        == "Rest.\n\n## Food\n\nEat as you like."
    )


def test_table_with_a_head_stays_one_however_much_stands_in_a_cell() -> None:
    cells = f"<td>{'<p>Half a tablet.</p>' * 4}</td><td>{'<p>One tablet.</p>' * 4}</td>"
    text, _ = article(
        f"<title>Heat</title><main><h1>Heat</h1><table><tr><td>Child<td>Adult</tr><tr>{cells}</tr></table>"
    )
    assert text.startswith("| | |\n| --- | --- |\n| Child | Adult |\n| Half a tablet.")


def test_table_in_a_paragraph_that_is_left_open_is_a_table_below_it() -> None:
    page = (
        "<title>Heat</title><h1>Heat</h1><p>Rest.<p><b>DRINK</b><table border=1><tr><td>Tea<td>2 cups</table><p>Sleep."
    )
    assert article(page)[0] == ("Rest.\n\n## DRINK\n\n| | |\n| --- | --- |\n| Tea | 2 cups |\n\nSleep.")


@pytest.mark.parametrize("day", ["(12/04)", "2025-03-03", "· 3.3.2025"])
def test_links_at_the_end_with_the_day_of_each_are_left_out(day: str) -> None:
    links = f"<h3>Tin mới</h3><ul><li><a href='/a'>Ho</a> <span>{day}</span></li><li><a href='/b'>Sốt</a></li></ul>"
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{links}</main>")
    assert text == ARTICLE
    assert notes == (f'left out, links at the end: "Tin mới", "Ho {day}", "Sốt"',)


def test_last_cell_of_the_table_that_arranges_a_page_is_its_foot() -> None:
    rows = f"<tr><td><h1>Heat</h1>{PROSE}</td></tr><tr><td colspan=2 class=footer><p>Quyền của Bệnh viện</p></td></tr>"
    text, notes = article(f"<title>Heat</title><table>{rows}</table>")
    assert text == ARTICLE
    assert 'left out, page footer: "Quyền của Bệnh viện"' in notes


@pytest.mark.parametrize(
    "line",
    [
        "<div>Stand: 14.03.2025 | Nächste Überprüfung: 14.03.2027 <a href='#p' class=print>Druck</a></div>",
        "<div>Stand: 14.03.2025 <button>Druck</button></div><div>Nächste Überprüfung: 14.03.2027</div>",
        "<p>Stand: 14.03.2025<br>Nächste Überprüfung: 14.03.2027</p>",
    ],
)
def test_line_of_nothing_but_dates_that_were_taken_is_left_out(line: str) -> None:
    text, notes = article(f"<html lang=de><title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert text == ARTICLE
    assert any(note.startswith('left out, date line: "Stand: 14.03.2025') for note in notes)


def test_line_that_says_more_than_dates_stays() -> None:
    line = "<p>Last reviewed: 3 May 2025</p><p>Since it was last reviewed: 3 May 2025, call 112</p>"
    text, _ = article(f"<html lang=en><title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert text == f"{ARTICLE}\n\nSince it was last reviewed: 3 May 2025, call 112"


def test_date_line_with_a_sentence_behind_the_date_stays() -> None:
    line = "<p>Last reviewed: 3 May 2025. Call 112 if it bleeds.</p>"
    text, notes = article(f"<html lang=en><title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert text == f"{ARTICLE}\n\nLast reviewed: 3 May 2025. Call 112 if it bleeds."
    assert notes == ('last_reviewed is from "Last reviewed: 3 May 2025"',)


@pytest.mark.parametrize(
    "line",
    [
        "Call 112 if it bleeds. Last reviewed: 3 May 2025.",
        "Do not drive! Version 3. Reviewed 3 May 2025. Next review May 2028.",
    ],
)
def test_date_line_with_a_sentence_before_the_date_stays(line: str) -> None:
    text, notes = article(f"<html lang=en><title>Heat</title><main><h1>Heat</h1>{PROSE}<p>{line}</p></main>")
    assert text == f"{ARTICLE}\n\n{line}"
    assert notes[0] == f'last_reviewed is from "{line[: line.index("3 May 2025")]}3 May 2025"'


@pytest.mark.parametrize("line", ["Version 3. Last reviewed: 3 May 2025.", "Last reviewed by Dr. Ann Lee: 3 May 2025."])
def test_date_line_with_a_version_or_a_name_before_the_date_is_left_out(line: str) -> None:
    text, _ = article(f"<html lang=en><title>Heat</title><main><h1>Heat</h1>{PROSE}<p>{line}</p></main>")
    assert text == ARTICLE


def test_paragraph_about_cookies_in_a_text_is_no_cookie_notice() -> None:
    about = (
        "<p>A website that sets cookies in your browser can tell your employer what you read about your illness.</p>"
    )
    found, notes = article(f"<title>Heat</title><div><h1>Heat</h1><div>{about}{PROSE}</div></div>")
    assert found == f"{about[3:-4]}\n\n{ARTICLE}"
    assert not any("cookie" in note for note in notes)


def test_cookie_notice_of_two_paragraphs_without_a_name_leaves() -> None:
    notice = "<p>We use cookies on this site.</p><p>You can accept or refuse all of them in your own browser.</p>"
    found, notes = article(f"<title>Heat</title><div><h1>Heat</h1><div>{PROSE}</div></div><div>{notice}</div>")
    assert found == ARTICLE
    left = "We use cookies on this site. You can accept or refuse all of them in your own browser."
    assert f'left out, cookie notice: "{left}"' in notes


def test_footer_that_ends_main_and_says_whose_the_page_is_is_left_out_whole() -> None:
    footer = "<footer><p class='footer-title'>Contact</p><p>1 Mill Lane</p><p>© 2024 Example Clinic</p></footer>"
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{footer}</main>")
    assert text == ARTICLE
    assert notes == ('left out, page footer: "Contact 1 Mill Lane © 2024 Example Clinic"',)


def test_footer_of_main_that_says_no_rights_stays() -> None:
    footer = "<footer><p>If he faints, call 112.</p></footer>"
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{footer}</main>")[0].endswith("call 112.")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<p><a href='https://www.pinterest.com/pin/create/button/?url=x'>Pin it</a></p>", "share links"),
        ("<div>Teilen <a href='https://www.facebook.com/sharer.php?u=x'></a></div>", "share links"),
        ("<p>Anzeige</p>", "advertisement"),
        ("<div>Article continues below this ad</div>", "advertisement"),
        ("<div class='search-box'><input type='search'><p>Look for an illness</p></div>", "search form"),
    ],
)
def test_lines_of_the_site_inside_the_text_are_left_out(line: str, kind: str) -> None:
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{line}<p>Sleep well.</p></main>")
    assert text == f"{ARTICLE}\n\nSleep well."
    assert [note.partition(":")[0] for note in notes] == [f"left out, {kind}"]


def test_link_to_a_page_of_a_network_stays() -> None:
    line = "<p><a href='https://www.facebook.com/heat-group'>Our group</a></p><p>Sleep well.</p>"
    assert "Our group" in article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")[0]


def test_what_a_site_builder_hides_for_good_is_left_out_though_a_heading_stands_before_it() -> None:
    twice = f"<div>{PROSE}</div><div class='rtl w-condition-invisible'>{PROSE}</div>"
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{twice}</main>")[0] == ARTICLE


def test_joiners_that_join_nothing_are_left_out_and_others_stay() -> None:
    lone = "<h3>\u200d</h3><p>\u200d<br></p><p>می\u200cروم</p>"
    text, _ = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{lone}</main>")
    assert text == f"{ARTICLE}\n\nمی\u200cروم"


def test_signs_of_an_accordion_before_headings_go_and_a_single_one_stays() -> None:
    page = "<title>Heat</title><main><h1>Heat</h1><h2>{}</h2><p>Drink.</p><h2>{}</h2><p>Eat.</p></main>"
    assert article(page.format("+ Who?", "<b>+When?</b>"))[0] == "## Who?\n\nDrink.\n\n## When?\n\nEat."
    assert article(page.format("+ Vitamin D", "When?"))[0].startswith("## + Vitamin D")


@pytest.mark.parametrize(
    "link",
    ["<header><a href='../list.html'>← Voltar</a></header>", "<p><a href='/l'>Back to the list</a></p>"],
)
def test_link_back_to_the_page_before_is_left_out(link: str) -> None:
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{link}{PROSE}</main>")
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, link back"]


@pytest.mark.parametrize(
    "name",
    [
        "Back pain",
        "«Asthme» chez l'enfant",
        "«Грипп»",
        "Return to sport",
        "Retour au travail",
        "Zurück zur Arbeit",
        "< 5 years",
    ],
)
def test_link_to_a_page_about_backs_or_going_back_or_in_quotation_marks_stays(name: str) -> None:
    link = f'<p><a href="/b">{name}</a></p>'
    text, _ = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{link}<p>Rest.</p></main>")
    assert name in text


def test_headings_that_are_a_menu_do_not_head_the_text() -> None:
    menu = "".join(f"<h2><a href='{name}.html'>{name}</a></h2>" for name in ("Wards", "Visits", "Staff"))
    text, notes = article(f"<title>Heat</title><h1>Heat</h1>{menu}{PROSE}")
    assert text == ARTICLE
    assert notes == ('left out, links before the text: "Wards", "Visits", "Staff"',)


def test_one_heading_that_is_a_link_stays_over_its_text() -> None:
    text, _ = article(f"<title>Heat</title><h1>Heat</h1><h2><a href='w.html'>Water</a></h2>{PROSE}")
    assert text.startswith("## Water\n\nDrink a little")


def test_box_that_is_called_a_breadcrumb_and_says_how_to_call_stays() -> None:
    box = "<div class='service-info-breadcrumb'><p>Make an appointment</p><p>303 555 0151</p></div>"
    assert "303 555 0151" in article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{box}<p>Rest.</p></main>")[0]


@pytest.mark.parametrize(
    "box",
    [
        "<p class='text-size-regular'>Two litres a day (1)</p>",
        "<div class='font-size-lg'>Two litres a day</div>",
        "<div class='d-print-none'>Two litres a day</div>",
        "<div id='consent'><h2>Your consent</h2><p>We ask you to sign before the operation.</p></div>",
        "<div class='how-to-respond'><h2>Fits</h2><p>Lay him on his side.</p></div>",
        "<div class='social-care'><p>Carers may help.</p></div>",
    ],
)
def test_text_in_a_box_whose_name_means_something_else_stays(box: str) -> None:
    _, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{box}<p>Rest.</p></main>")
    assert notes == ()


@pytest.mark.parametrize(
    "box",
    [
        "<div class='text-size'><a href='#'>A</a> <a href='#'>A+</a></div>",
        "<div class='consent-banner'><p>We value your privacy and that of our partners.</p></div>",
        "<div id='respond'><h3>Leave a reply</h3><p>Your address is not shown.</p></div>",
    ],
)
def test_box_of_the_site_with_such_a_name_is_left_out(box: str) -> None:
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{box}</main>")[0] == ARTICLE


@pytest.mark.parametrize(
    ("end", "note"),
    [
        ('<p><a href="/p">View a printable version of the whole guide</a></p>', "page tools"),
        ('<nav>Menu</nav><a href="/p">Seite drucken</a>', "page tools"),
        ('<p>You get this mail as you asked for it. <a href="/u">Unsubscribe</a></p>', "newsletter"),
        ('<p>Du får denne mail. <a href="/u">Afmeld</a></p>', "newsletter"),
        ('<div class="paywall-teaser"><p>Read on for 99 kr a month.</p></div>', "subscription offer"),
        (
            '<section><h2>Mest lest</h2><a href="/1"><h3>Ti råd</h3></a><a href="/2"><h3>Sov godt</h3></a></section>',
            "rel",
        ),
        ('<h2>Related pages</h2><ul class="related"><li><a href="/f">Falls</a></li></ul><p>Rest.</p>', "related pages"),
        ('<div class="navbox"><table><tr><th>Heat</th></tr><tr><td>Burns • Thirst</td></tr></table></div>', "related"),
        ('<div class="keywords"><span>registrado em:</span> <a href="#">calor</a></div>', "tags"),
        ('<ul class="elementor-post-info"><li>By Ann</li><li>4 min de lectura</li></ul>', "author and date"),
        ('<h2>Voir aussi nos fiches</h2><ul class="related"><li><a href="/f">Falls</a></li></ul>', "related pages"),
    ],
)
def test_offers_and_lists_at_the_end_go_and_are_told(end: str, note: str) -> None:
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{end}</main>")
    assert text.removesuffix("\n\nRest.") == ARTICLE
    assert any(one.startswith(f"left out, {note}") for one in notes)


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="/plan.pdf">Print this leaflet</a></p>',
        '<p><a href="/plan">Print your asthma action plan</a></p>',
        "<p>Print this page and put it on the fridge.</p>",
        '<div class="paywall"><p>Drink more when it is hot.</p></div>',
        '<p>Ring us to <a href="/o">opt out</a>.</p>',
        "<p>Most people tolerate this medicine well.</p>",
    ],
)
def test_lines_of_the_text_that_look_like_offers_stay(line: str) -> None:
    text, _ = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert len(text) > len(ARTICLE) + 5


def test_bar_between_two_buttons_goes_with_them() -> None:
    bar = "<p><button>Open all</button> | <button>Close all</button></p>"
    assert article(f"<title>Heat</title><main><h1>Heat</h1>{bar}{PROSE}</main>")[0] == ARTICLE


def test_line_that_leads_to_the_first_page_is_no_title() -> None:
    page = '<title>Heat stroke | Blue Clinic</title><p><a href="/">Blue Clinic</a></p><p><b>Heat stroke</b></p>'
    assert article(f"{page}{PROSE}") == (ARTICLE, ('left out, before the title: "Blue Clinic"',))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ('<span class="title">Note</span><span>If it swells, come.</span>', "Note\\\nIf it swells, come."),
        ('<b class="k">Dose</b><span class="v">5 mg</span>', "**Dose**\\\n5 mg"),
        ('<span class="x">omega</span><span>3</span>', "omega3"),
        ('<span class="x">m</span><span>RNA</span>', "mRNA"),
        ('<span class="x">Mac</span><span>adamia</span>', "Macadamia"),
        ("<b>Mac</b><i>Donald</i>", "**Mac***Donald*"),
    ],
)
def test_words_in_two_elements_are_two_lines_where_a_capital_follows(line: str, read: str) -> None:
    text, _ = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}<div>{line}<button>×</button></div></main>")
    assert text.removeprefix(ARTICLE).strip() == read


def test_long_form_of_an_abbreviation_is_told() -> None:
    line = '<p>We check your <abbr title="full blood count">FBC</abbr>.</p>'
    _, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert notes == ('left out, hints that open beside a word: "FBC: full blood count"',)


def test_web_archive_named_as_a_page_is_refused() -> None:
    archive = (
        'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n<p>Heat</p>'
    )
    with pytest.raises(WellreadError, match="web archive"):
        article(archive)


@pytest.mark.parametrize(
    "line",
    [
        '<p>Take the tablets at night. If you want no more mails, <a href="/u">unsubscribe</a>.</p>',
        '<p>We write by mail; <a href="/u">unsubscribe</a>. Do not use mail in an emergency: call 112.</p>',
        '<div class="author-info"><p>If the chest hurts, call 999.</p></div>',
        '<div>Do not stop the tablets without asking us.<br><a href="/u">Unsubscribe</a></div>',
        '<div class="abo-box"><h3>Blood groups</h3><p>ABO groups are inherited.</p></div>',
        "<figure><img src=a alt=''><figcaption>Foto: Arm ruhig halten</figcaption></figure>",
        "<p>Photo: hold the arm still for 10 minutes</p>",
        "<ul><li>Picture: Blue Lips</li></ul>",
        "<p>Picture: Red Arm</p><p>The arm can be red.</p>",
        "<div class=site-notice><p>If you feel ill in the heat, call 112.</p></div>",
        "<div class=left-nav>Adults: 2 tablets</div>",
        "<div class=side-nav>Nurse 0555 010 260 <a href='/a'>Ward</a></div>",
    ],
)
def test_advice_beside_such_words_stays(line: str) -> None:
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{line}</main>")
    assert len(text) > len(ARTICLE)
    assert not any(note.startswith("left out") for note in notes)


@pytest.mark.parametrize("line", ["© Example/Ann Lee", "Foto: Ann Lee", "Credit: Example Images"])
def test_line_that_names_whose_a_picture_is_goes_and_the_picture_is_counted(line: str) -> None:
    figure = f"<figure><img src=a><figcaption>{line}</figcaption></figure>"
    text, notes = article(f"<title>Heat</title><main><h1>Heat</h1>{PROSE}{figure}</main>")
    assert text == ARTICLE
    assert notes == ("pictures are left out (1)", f'left out, credit of a picture: "{line}"')


def test_notice_of_a_wiki_to_its_writers_is_left_out() -> None:
    notice = "<div id=siteNotice><p>Clean the park with us on Saturday, at 8 in the morning.</p></div>"
    text, notes = article(f"<title>Heat</title><main>{notice}<h1>Heat</h1>{PROSE}</main>")
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, notice about the page"]


MENU = "<a href=a.htm>Domů</a><br><a href=b.htm>Ceník</a><br><a href=c.htm>Kniha hostů</a><br>{}"
OLD = "<title>Heat</title><table><tr><td colspan=2><h1>Heat</h1><tr>{}</table>"


@pytest.mark.parametrize("order", ["<td>{0}<td>{1}", "<td>{1}<td>{0}"], ids=["before", "behind"])
def test_cell_of_links_with_a_counter_is_a_menu(order: str) -> None:
    text, notes = article(OLD.format(order.format(MENU.format("Návštěv: 20417"), PROSE)))
    assert text == ARTICLE
    assert any("Domů Ceník Kniha hostů Návštěv: 20417" in note for note in notes)


@pytest.mark.parametrize("more", ["Tísňové volání: 112", "Telefon 555 0100 20", "Neužívejte tento lék, pokud kojíte."])
def test_cell_of_links_that_says_more_stays(more: str) -> None:
    assert more in article(OLD.format(f"<td>{MENU.format(more)}<td>{PROSE}"))[0]


@pytest.mark.parametrize(
    "name", ["tarteaucitronRoot", "didomi-host", "usercentrics-root", "cmplz-cookiebanner", "qc-cmp2"]
)
def test_notice_of_a_consent_manager_leaves_whatever_it_says(name: str) -> None:
    notice = f'<div id="{name}"><span>By going on you agree to trackers.</span> <button>All</button></div>'
    text, notes = article(f"<title>Heat</title>{notice}<h1>Heat</h1>{PROSE}")
    assert text == ARTICLE
    assert any("agree to trackers" in note for note in notes)


@pytest.mark.parametrize("name", ["trusted-advice", "post tag-cookies", "cmplz-placeholder-parent", "encart-public"])
def test_box_that_is_only_called_nearly_like_a_consent_manager_stays(name: str) -> None:
    box = f'<div class="{name}"><p>Call 112 at once when somebody is confused.</p></div>'
    assert "Call 112" in article(f"<title>Heat</title><h1>Heat</h1>{PROSE}{box}")[0]


def test_footer_of_a_box_with_text_below_is_no_page_footer() -> None:
    page = (
        "<title>Heat</title><h1>Heat</h1><div><h2>When to stop</h2><p>Ring us on the same day, please.</p>"
        "<footer>Stop the tablets if you are not immune.</footer></div><div><h2>Alcohol</h2>"
        "<p>Keep well under two glasses a week.</p></div><div id=ftr>Copyright 2024 Eastvale</div>"
    )
    text, _ = article(page)
    assert "Stop the tablets if you are not immune." in text
    last = page.replace("<div><h2>Alcohol</h2><p>Keep well under two glasses a week.</p></div>", "")
    assert "Stop the tablets" not in article(last)[0]


def test_footer_above_a_short_sentence_below_a_heading_is_no_page_footer() -> None:
    said = "Do not take the tablets with alcohol."
    page = (
        f"<title>Heat</title><h1>Heat</h1>{PROSE}<footer>{said}</footer><h2>Beer</h2><p>Two glasses are too many.</p>"
    )
    assert said in article(page)[0]


def test_words_for_ears_of_a_short_class_leave() -> None:
    text, _ = article(f'<title>Heat</title><h1>Heat</h1>{PROSE}<span class="sr">Opens in a new window</span>')
    assert text == ARTICLE


@pytest.mark.parametrize("name", ["html", "body", "main", "div"])
def test_page_whose_class_only_looks_like_words_for_ears_stays(name: str) -> None:
    assert article(f'<title>Heat</title><{name} class="sr"><h1>Heat</h1>{PROSE}</{name}>')[0] == ARTICLE
