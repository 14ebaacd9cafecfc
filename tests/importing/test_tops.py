"""Links to the top of a page that stand alone in their line are left out, in any language."""

from __future__ import annotations

import pytest
from web_files import text_and_notes


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f'<html lang=en><title>Bites</title><a name="alku"></a><main><h1 id="t">Bites</h1>{text}</main>'
    return text_and_notes(page)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a class="b" href="#top">Till toppen av sidan</a>', "Till toppen av sidan"),
        ('<p align="right">[<a href="#alku">Alkuun</a>]</p>', "[ Alkuun ]"),
        ('<div><a href="#t"><span>↑</span> トップへ</a></div>', "↑ トップへ"),
        ('<p><a href="#">Volver arriba</a></p>', "Volver arriba"),
    ],
)
def test_link_to_the_top_between_sections_is_left_out(link: str, words: str) -> None:
    assert article(f"<h2>Dogs</h2><p>Wash it.</p>{link}<h2>Cats</h2><p>See a nurse.</p>") == (
        "## Dogs\n\nWash it.\n\n## Cats\n\nSee a nurse.",
        (f'left out, link to the top: "{words}"',),
    )


def test_link_to_the_top_below_a_panel_leaves_the_labels_headings() -> None:
    panel = '<h2><button aria-controls="p">Dogs</button></h2><div id="p"><p>Wash it.</p><h3>Pups</h3><p>Too.</p></div>'
    text, _ = article(f'{panel}<a href="#top">Zum Anfang</a><h2>Cats</h2><p>See a nurse.</p>')
    assert text == "## Dogs\n\nWash it.\n\n### Pups\n\nToo.\n\n## Cats\n\nSee a nurse."


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('<p><a href="#">Snakes</a></p><p>Keep still.</p>', "Snakes\n\nKeep still."),
        (
            '<p><a href="#">Dogs</a></p><h2>Teeth</h2><p>See a nurse.</p><p><a href="#">Cats</a></p>',
            "Dogs\n\n## Teeth\n\nSee a nurse.\n\nCats",
        ),
        ('<p>Call a nurse, or go <a href="#top">up</a></p>', "Call a nurse, or go up"),
        (
            '<p><a href="#cats">Cats</a></p><h2 id="cats">Cats</h2><p>See a nurse.</p>',
            "Cats\n\n## Cats\n\nSee a nurse.",
        ),
        ('<p><a href="#toc">TOC</a></p><h2 id="toc">TOC</h2><p>Wash.</p>', "TOC\n\n## TOC\n\nWash."),
    ],
)
def test_link_that_leads_elsewhere_or_opens_a_text_stays(line: str, kept: str) -> None:
    assert article(f"<p>Wash it.</p>{line}")[0] == f"Wash it.\n\n{kept}"
