"""What a page shows only by a script or a form: it is read, or an editor is told of it."""

from __future__ import annotations

import time

import pytest
from web_files import text_and_notes

from wellread.importing.scripted import open_shadow_roots


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1>{text}</main>"
    return text_and_notes(page)


def test_number_that_counts_up_is_the_one_it_ends_at() -> None:
    text, notes = article('<p>It helps <span data-from-value="0" data-to-value="85">0</span>% of people.</p>')
    assert text == "It helps 85% of people."
    assert notes == ('a number that counts up is written as "85", and not as "0"',)


def test_text_of_a_shadow_root_is_read() -> None:
    box = '<x-box><template shadowrootmode="open"><p>Wash all towels.</p></template></x-box>'
    assert article(f"<p>Lice spread.</p>{box}") == ("Lice spread.\n\nWash all towels.", ())


def test_templates_that_never_end_cost_little_time() -> None:
    begun = time.process_time()
    html = "<template " * 20_000
    assert open_shadow_roots(html) == html
    assert time.process_time() - begun < 2


def test_choices_of_a_form_are_told_of() -> None:
    text, notes = article("<p>Choose: <select><option>Cut: press on it</option><option>Burn</option></select></p>")
    assert text == "Choose:"
    assert notes == ('left out, choices of a form: "Cut: press on it", "Burn"',)


@pytest.mark.parametrize(
    ("listing", "shown"),
    [
        ('<ol type="a"><li>Sit</li><li><p>Wait</p></li></ol>', "- a. Sit\n- b. Wait"),
        ('<ol type="I" start="4"><li>Sit</li><li>Wait</li></ol>', "- IV. Sit\n- V. Wait"),
        ('<ol style="list-style-type: lower-roman"><li>Sit</li><li>Wait</li></ol>', "- i. Sit\n- ii. Wait"),
        ('<ol><li>Sit</li><li value="6">Wait</li><li>Go</li></ol>', "1. Sit\n\n6) Wait\n7) Go"),
        ("<ol reversed><li>Sit</li><li>Wait</li></ol>", "2. Sit\n\n1) Wait"),
        ('<ol><li>Sit:<ol type="a"><li>up</li><li>still</li></ol></li></ol>', "1. Sit:\n   - a. up\n   - b. still"),
    ],
)
def test_items_are_called_as_a_browser_shows_them(listing: str, shown: str) -> None:
    assert article(listing) == (shown, ())


LONG = "".join(
    f"<p>In week {week} of the exercises, bend the knee a little more than before.</p>" for week in range(12)
)


@pytest.mark.parametrize(
    "frame",
    ['<div hidden id="all">{}</div>', '<div style="visibility:hidden">{}</div>', '<div class="root hide">{}</div>'],
)
def test_page_that_is_hidden_until_a_script_shows_it_is_read(frame: str) -> None:
    text, notes = text_and_notes(f"<html lang=en><title>T</title>{frame.format(f'<main><h1>T</h1>{LONG}</main>')}")
    assert text.count("bend the knee") == 12
    assert notes == ("most of the page is hidden until a script shows it; it stands in the text",)


@pytest.mark.parametrize("window", ['role="dialog"', 'class="popup-terms"', 'class="modal fade"'])
def test_window_over_a_short_page_is_no_text_however_long_it_is(window: str) -> None:
    text, notes = text_and_notes(
        f"<html lang=en><title>T</title><h1>T</h1><p>Rest.</p><div hidden {window}>{LONG}</div>"
    )
    assert text == "Rest."
    assert [note.partition(":")[0] for note in notes] == ["left out, text that a reader does not see"]


def test_part_that_is_streamed_later_stands_where_it_is_shown() -> None:
    waiting = '<!--$?--><template id="B:0"></template><p>Loading</p><!--/$-->'
    streamed = '<div hidden id="S:0"><h2>Dose</h2><p>Two drops.</p></div>'
    page = f"<title>T</title><main><h1>T</h1><p>Rest.</p>{waiting}<h2>Storage</h2><p>Keep it cold.</p></main>{streamed}"
    text, _ = text_and_notes(page)
    assert text == "Rest.\n\n## Dose\n\nTwo drops.\n\n## Storage\n\nKeep it cold."
    text, _ = text_and_notes(page.replace("<!--/$-->", "").replace("<p>Loading</p>", ""))  # no end is marked
    assert text == "Rest.\n\n## Dose\n\nTwo drops.\n\n## Storage\n\nKeep it cold."


def test_streamed_part_that_holds_its_own_place_is_no_fault() -> None:
    text, _ = article('<p>Rest.</p><div hidden id="S:0"><template id="P:0"></template></div>')
    assert text == "Rest."


@pytest.mark.parametrize("name", ['id="more"', 'class="moreText"', 'class="read-more-text"'])
def test_rest_of_a_sentence_that_a_button_shows_takes_the_place_of_the_dots(name: str) -> None:
    rest = f'<span {name} style="display:none"> a day, never more than 4 g.</span>'
    text, notes = article(f'<p>Take one<span id="dots">...</span>{rest}</p><button onclick="m()">Read more</button>')
    assert text == "Take one a day, never more than 4 g."
    assert "what the page shows only after a click stands in the text (1)" in notes


def test_words_that_a_style_writes_beside_an_element_are_read_and_told_of() -> None:
    style = ".no::before{content:'Do not '} p.who:after { content: \" (adults only)\"; } .i::before{content:'\\f101'}"
    icon = ".m::before{content:'arrow_forward';font-family:Icons} .x:hover::before{content:'Never '}"
    shown = '<p><b class="no">drive today.</b></p><p class="who i m x">Take 2 tablets</p>'
    text, notes = article(f"<style>{style}{icon}</style>{shown}")
    assert text == "**Do not drive today.**\n\nTake 2 tablets (adults only)"
    assert notes == (
        'words that a style of the page writes stand in the text, look at each: "Do not", "(adults only)"',
    )


def test_words_of_a_style_and_of_an_element_are_divided_and_attributes_of_a_script_are_no_text() -> None:
    shown = '<p class="w">Do not drive.</p><p data-before="Old photo" data-after="New photo">Rest the foot.</p>'
    text, notes = article(f"<style>.w::before{{content:'Warning';display:block}}</style>{shown}")
    assert text == "Warning Do not drive.\n\nRest the foot."
    assert notes == ('words that a style of the page writes stand in the text, look at each: "Warning"',)


def test_hints_fields_and_files_that_a_page_shows_are_told_of() -> None:
    hint = '<a href="#" data-bs-content="Not more than &lt;b&gt;4 g&lt;/b&gt; a day">the medicine</a>'
    file = '<iframe src="/leaflets/gout.pdf#page=1"></iframe><iframe src="https://example.org/map"></iframe>'
    text, notes = article(f"<p>Take {hint}.</p><textarea>I take aspirin.</textarea>{file}")
    assert text == "Take the medicine."
    assert set(notes) == {
        'left out, hints that open beside a word: "Not more than 4 g a day"',
        'left out, text in fields of a form: "I take aspirin."',
        "the page shows a file that is not read, import it too: /leaflets/gout.pdf#page=1",
    }


def test_button_that_names_itself_as_what_it_opens_is_no_fault() -> None:
    row = '<div><button aria-controls="a" id="a" onclick="x()">Open</button><button onclick="y()">Close</button></div>'
    text, _ = article(f"{row}<p>Wash all towels.</p>")
    assert text == "Wash all towels."
