"""A page's list of its own contents is left out with its heading; the headings that it names stay."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

SECTIONS = "<h2>Signs</h2><p>You feel hot.</p><h2>Care</h2><p>Drink water.</p>"
ARTICLE = "Heat is hard on the old.\n\n## Signs\n\nYou feel hot.\n\n## Care\n\nDrink water."


def article(listing: str, sections: str = SECTIONS) -> tuple[str, tuple[str, ...]]:
    page = (
        f"<html lang=en><title>Heat</title><main><h1>Heat</h1>{listing}<p>Heat is hard on the old.</p>{sections}</main>"
    )
    return text_and_notes(page)


@pytest.mark.parametrize(
    "listing",
    [
        "<h2>Contents</h2><ul><li>Signs</li><li>Care</li></ul>",
        "<p>On this page:</p><ul><li><a href='#s'>Signs</a></li><li><a href='#c'>Care</a></li></ul>",
        (
            "<div class='table-of-contents-box'><h2 class='toc-headline'>Inhaltsverzeichnis</h2>"
            "<ol><li class='toc-entry' data-to='s'><span>Signs</span></li><li class='toc-entry'>Care</li></ol></div>"
        ),
        "<nav></nav><p>Spis treści</p><ol><li>1. Signs</li><li>2. Care</li></ol>",
    ],
)
def test_list_of_contents_goes_with_its_heading(listing: str) -> None:
    text, notes = article(listing)
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, contents list"]


def test_list_of_what_there_is_stays_though_headings_say_the_same() -> None:
    text, _ = article("<p>Two things matter:</p><ul><li>Signs</li><li>Care</li></ul>")
    assert text.startswith("Two things matter:\n\n- Signs\n- Care")


def test_list_that_is_called_contents_and_says_other_things_than_the_headings_stays() -> None:
    text, _ = article("", "<h2>Contents</h2><ul><li>Salt</li><li>Sugar</li></ul><h2>Use</h2><p>Stir.</p>")
    assert "## Contents\n\n- Salt\n- Sugar" in text


def test_heading_over_a_list_of_contents_that_a_script_would_write_is_left_out() -> None:
    text, notes = article("", f"<h2>Table of Contents</h2><div id='toc'></div>{SECTIONS}")
    assert text == ARTICLE
    assert notes == ('left out, contents list: "Table of Contents"',)


def test_heading_with_a_link_back_to_the_contents_stays() -> None:
    heading = (
        '<div class="headingWithTocBacklink"><h2 id="{}">{}</h2><span><a href="#toc">Back to contents</a></span></div>'
    )
    sections = (
        f"<h2 id='toc'>What you see</h2><p>Sweat.</p>{heading.format('s', 'Signs')}<p>You feel hot.</p>"
        f"{heading.format('c', 'Care')}<p>Drink water.</p>"
    )
    text, notes = article("", sections)
    assert text.endswith("## Signs\n\nYou feel hot.\n\n## Care\n\nDrink water.")
    assert notes == ('left out, link to the top: "Back to contents"',)


@pytest.mark.parametrize("label", ["Contents", "Inhalt"])
def test_heading_called_contents_stays_above_sections_of_its_own(label: str) -> None:
    box = f"<h2>{label}</h2><h3>In the box</h3><p>Twenty tablets.</p><h2>Care</h2><p>Drink water.</p>"
    text, notes = article("", box)
    made = f"## {label}\n\n### In the box\n\nTwenty tablets.\n\n## Care\n\nDrink water."
    assert text.removeprefix("Heat is hard on the old.\n\n") == made
    assert notes == ()


def test_heading_alone_in_a_box_of_links_that_a_script_would_write_is_left_out() -> None:
    text, notes = article('<section class="inline-anchor-links"><h2>On this page</h2></section>')
    assert text == ARTICLE
    assert notes == ('left out, contents list: "On this page"',)
