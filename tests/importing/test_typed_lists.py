"""Bullets that are typed, inside items and below line breaks of a web page."""

from __future__ import annotations

import pytest
from web_files import text_and_notes


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ("<ul><li>• Rest.<br>• Drink.</li><li>Sleep.</li></ul>", "- Rest.\n- Drink.\n- Sleep."),
        ("<ul><li>Do this:<br>• Rest.<br>• Drink.</li></ul>", "- Do this:\n\n  - Rest.\n  - Drink."),
        ("<ul><li>• Rest.</li><li><p>• Drink.</p></li></ul>", "- Rest.\n- Drink."),
        ("<ul><li><p>• Rest.</p><p>• Drink.</p></li><li>❌ Swim.</li></ul>", "- Rest.\n- Drink.\n- ❌ Swim."),
        ("<p>Do <i>this:<br>• Rest.</i></p>", "Do *this:\\\n&bull; Rest.*"),
    ],
)
def test_bullets_that_are_typed_in_items_or_below_a_break_are_read(items: str, shown: str) -> None:
    text, _ = text_and_notes(f"<html lang=en><title>Flu</title><h1>Flu</h1><p>Flu is common.</p>{items}")
    assert text == f"Flu is common.\n\n{shown}"


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("<p>Give 4 ml*.</p><p>*&nbsp;2 ml in the first week.</p>", "Give 4 ml\\*.\n\n\\* 2 ml in the first week."),
        ("<p>Give 4 ml.</p><p>*&nbsp;2 ml in the first week.</p>", "Give 4 ml.\n\n- 2 ml in the first week."),
        ("<p>Give 4 ml*:</p><p>*&nbsp;Shake.</p><p>*&nbsp;Pour.</p>", "Give 4 ml\\*:\n\n- Shake.\n- Pour."),
    ],
    ids=["sign of a note", "nothing refers to it", "list"],
)
def test_star_that_stands_alone_is_the_sign_of_a_note_where_a_word_has_it(lines: str, shown: str) -> None:
    text, _ = text_and_notes(f"<html lang=en><title>Flu</title><h1>Flu</h1><p>Flu is common.</p>{lines}")
    assert text.replace("\xa0", " ") == f"Flu is common.\n\n{shown}"
