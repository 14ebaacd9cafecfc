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
