"""A table of properties above a text, as wikis and note programs write it, is no part of the text."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

TEXT = "<p>Keep the plaster dry, and keep the leg up when you sit.</p>"
PLAIN = "Keep the plaster dry, and keep the leg up when you sit."


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<html lang=en><title>Cast</title><article>{text}</article>"
    return text_and_notes(page)


DATED = "<tr><th>Omistaja</th><td>Ward 5</td></tr><tr><th>Last reviewed</th><td>@February 18, 2025</td></tr>"
LISTED = "<dt>Autor</dt><dd>Ward 5</dd><dt>Last reviewed</dt><dd>18 February 2025</dd>"


@pytest.mark.parametrize(
    "head",
    [
        '<header><h1>Cast</h1><table class="properties"><tr><th>Eigentümer</th><td>Ward 5</td></tr></table></header>',
        f"<header><h1>Cast</h1><table>{DATED}</table></header>",
        f'<h1>Cast</h1><dl class="docinfo">{LISTED}</dl>',
    ],
)
def test_properties_above_the_text_are_left_out(head: str) -> None:
    text, notes = article(head + TEXT)
    assert text == PLAIN
    assert [note for note in notes if note.startswith("left out, properties above the text: ") and "Ward 5" in note]


@pytest.mark.parametrize(
    "table",
    [
        '<table class="infobox"><tr><th>Cause</th><td>fall</td></tr></table>',
        "<table><tr><th>Cause</th><td>fall</td></tr><tr><th>Last reviewed</th><td>3 May 2025</td></tr></table>",
        '<table class="properties"><tr><th>Cause</th><td>fall</td></tr></table>',
    ],
)
def test_facts_above_the_text_stay(table: str) -> None:
    assert article(f"<h1>Cast</h1>{table}{TEXT}")[0] == f"| | |\n| --- | --- |\n| Cause | fall |\n\n{PLAIN}"


def test_properties_with_a_sentence_stay() -> None:
    row = "<tr><th>Warning</th><td>Never walk on it before the third day.</td></tr>"
    text, _ = article(f'<header><h1>Cast</h1><table class="properties">{row}</table></header>{TEXT}')
    assert text == f"| | |\n| --- | --- |\n| Warning | Never walk on it before the third day. |\n\n{PLAIN}"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="bandeau-container metadata ambox">Cette page est une ébauche. Vous pouvez la compléter.</div>',
        '<table class="plainlinks ambox"><tr><td>Este artículo necesita ser revisado desde 2024.</td></tr></table>',
        '<div class="tmbox"><p>Diese Seite wird gerade überarbeitet.</p></div>',
    ],
)
def test_box_of_a_wiki_about_its_page_is_left_out(box: str) -> None:
    text, notes = article(f"<h1>Cast</h1>{box}{TEXT}")
    assert text == PLAIN
    assert notes[-1].startswith("left out, notice about the page: ")


def test_box_of_a_wiki_with_a_number_to_call_stays() -> None:
    text, _ = article(f'<h1>Cast</h1><div class="ambox">Toes blue? Call 112.</div>{TEXT}')
    assert text == f"Toes blue? Call 112.\n\n{PLAIN}"
