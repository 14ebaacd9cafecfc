"""A page whose text a script draws: what it tells search engines is read, and what it does not show is named."""

from __future__ import annotations

import json

from web_files import text_and_notes

LONG = "Rest the ankle for two days, and then walk on it again with a stick, as far as it does not hurt you."
READ = (
    "a script draws the text of the page: it was read from what the page tells search engines, "
    "where headings, lists and tables may be missing: compare it"
)


def page(data: dict[str, object], body: str = "<div id='root'></div>") -> tuple[str, tuple[str, ...]]:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return text_and_notes(f"<html lang=en><title>Sprains</title>{script}<body>{body}</body></html>")


def question(asked: str, answer: str) -> dict[str, object]:
    return {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def test_text_of_an_article_that_a_script_draws_is_read_from_its_data() -> None:
    text, notes = page({"@type": "Article", "articleBody": f"{LONG}\n\nCall 999 if the foot is blue."})
    assert text == f"{LONG}\n\nCall 999 if the foot is blue."
    assert notes == (READ,)


def test_questions_that_a_script_draws_stand_above_their_answers() -> None:
    asked = [question("What helps?", f"<p>{LONG}</p><ul><li>Cold</li></ul>"), question("Does heat help?", "No.")]
    text, notes = page({"@type": "FAQPage", "mainEntity": asked})
    assert text == f"## What helps?\n\n{LONG}\n\n- Cold\n\n## Does heat help?\n\nNo."
    assert notes == (READ,)


def test_questions_that_a_page_does_not_show_are_named() -> None:
    asked = [question("What helps?", "Rest."), question("Does heat help?", "No.")]
    text, notes = page({"@type": "FAQPage", "mainEntity": asked}, f"<main><h2>What helps?</h2><p>{LONG}</p></main>")
    assert text == f"## What helps?\n\n{LONG}"
    reason = "questions that the page does not show stand in its data for search engines (1)"
    assert f'{reason}, look whether their answers are missing: "Does heat help?"' in notes


def test_page_with_a_text_of_its_own_is_read_as_it_is() -> None:
    data: dict[str, object] = {"@type": "Article", "articleBody": "Another text. " * 20}
    assert page(data, f"<main><p>{LONG}</p></main>") == (LONG, ())
