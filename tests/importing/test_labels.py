"""Text that follows a closed panel: it is never read as part of what the panel's label asks."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

BOLD = "labels of panels are bold lines and no headings, as text that is not theirs follows what they open: "


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1>{text}</main>"
    return text_and_notes(page)


@pytest.mark.parametrize(
    "panel",
    [
        "<details><summary>Does it itch?</summary><p>Often.</p></details>",
        "<details><summary><h3>Does it itch?</h3></summary><p>Often.</p></details>",
        '<h3><button aria-expanded="false" aria-controls="p">Does it itch?</button></h3><div id="p">Often.</div>',
        '<ul role="tablist"><li><a role="tab" href="#p">Does it itch?</a></li></ul><div id="p">Often.</div>',
    ],
)
def test_text_after_a_panel_leaves_its_label_a_bold_line(panel: str) -> None:
    text, notes = article(f"<h2>Rash</h2>{panel}<p>Wash twice a day.</p><h2>Fever</h2><p>Rest.</p>")
    assert text == "## Rash\n\n**Does it itch?**\n\nOften.\n\nWash twice a day.\n\n## Fever\n\nRest."
    assert notes == (f'{BOLD}"Does it itch?"',)


def test_all_labels_of_the_section_and_headings_in_their_panels_are_bold_lines() -> None:
    text, _ = article(
        "<h2>Rash</h2><details><summary>Itch</summary><p>Often.</p></details>"
        "<details><summary>Pain</summary><h4>At night</h4><p>Seldom.</p></details><p>Wash twice a day.</p>"
    )
    lines = ["## Rash", "**Itch**", "Often.", "**Pain**", "**At night**", "Seldom.", "Wash twice a day."]
    assert text.split("\n\n") == lines


def test_panels_that_end_their_section_keep_their_headings() -> None:
    text, notes = article(
        "<h2>Rash</h2><p>Wash.</p><details><summary>Itch</summary><p>Often.</p></details><h2>Fever</h2><p>Rest.</p>"
    )
    assert text == "## Rash\n\nWash.\n\n### Itch\n\nOften.\n\n## Fever\n\nRest."
    assert notes == ()


def test_text_after_the_only_headings_of_a_page_is_named() -> None:
    text, notes = article("<details><summary>Itch</summary><p>Often.</p></details><p>Wash twice a day.</p>")
    assert text == "## Itch\n\nOften.\n\nWash twice a day."
    assert notes == ('look whether this text belongs to the heading above it: "Wash twice a day."',)
