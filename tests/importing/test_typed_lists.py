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
