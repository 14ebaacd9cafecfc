"""Text that follows a closed panel: it is never read as part of what the panel's label asks."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

TWICE = "headings stand twice, as text that follows a panel or a box is not about it: "


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
def test_heading_above_a_panel_is_repeated_before_text_that_follows_it(panel: str) -> None:
    text, notes = article(f"<h2>Rash</h2>{panel}<p>Wash twice a day.</p><h2>Fever</h2><p>Rest.</p>")
    lines = ["## Rash", "### Does it itch?", "Often.", "## Rash", "Wash twice a day.", "## Fever", "Rest."]
    assert text.split("\n\n") == lines
    assert notes == (f'{TWICE}"Rash"',)


def test_labels_of_the_section_and_headings_in_their_panels_stay() -> None:
    text, _ = article(
        "<h2>Rash</h2><details><summary>Itch</summary><p>Often.</p></details>"
        "<details><summary>Pain</summary><h4>At night</h4><p>Seldom.</p></details><p>Wash twice a day.</p>"
    )
    lines = ["## Rash", "### Itch", "Often.", "### Pain", "#### At night", "Seldom.", "## Rash", "Wash twice a day."]
    assert text.split("\n\n") == lines


def test_panels_that_end_their_section_keep_their_headings() -> None:
    text, notes = article(
        "<h2>Rash</h2><p>Wash.</p><details><summary>Itch</summary><p>Often.</p></details><h2>Fever</h2><p>Rest.</p>"
    )
    assert text == "## Rash\n\nWash.\n\n### Itch\n\nOften.\n\n## Fever\n\nRest."
    assert notes == ()


def test_title_is_repeated_before_text_after_the_only_headings_of_a_page() -> None:
    text, notes = article("<details><summary>Itch</summary><p>Often.</p></details><p>Wash twice a day.</p>")
    assert text == "## Itch\n\nOften.\n\n## T\n\nWash twice a day."
    assert notes == (f'{TWICE}"T"',)


def test_text_after_a_panel_of_a_page_without_a_title_is_named() -> None:
    page = "<details><summary>Itch</summary><p>Often.</p></details><p>Wash twice a day.</p>"
    text, notes = text_and_notes(page)
    assert text == "## Itch\n\nOften.\n\nWash twice a day."
    assert 'look whether this text belongs to the heading above it: "Wash twice a day."' in notes


def test_bold_line_in_a_box_is_no_heading_of_what_follows_the_box() -> None:
    box = '<div class="note"><p><b>Note</b></p><p>Keep it dry.</p></div>'
    text, _ = article(f"{box}<p>Wear it for 6 weeks.</p><p><b>Washing</b></p><p>Use a bag.</p>")
    assert [line for line in text.split("\n\n") if line.startswith("#")] == ["## Washing"]


def test_text_in_another_column_does_not_get_the_heading_of_the_first() -> None:
    text, _ = article(
        "<div><h2>Rash</h2><p>It itches.</p></div><div><aside><h2>Pain</h2><p>Seldom.</p></aside></div>"
        "<div><p>It lasts six weeks.</p></div><h2>Fever</h2><p>Rest.</p>"
    )
    assert text.split("\n\n")[4:6] == ["## T", "It lasts six weeks."]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="callout warning"><h2>Come back</h2><p>If it spreads.</p></div>',
        '<div class="nhsuk-care-card"><div><h3>Come back</h3></div><div><p>If it spreads.</p></div></div>',
        "<aside><h4>Come back</h4><p>If it spreads.</p></aside>",
    ],
)
def test_title_is_repeated_before_text_that_follows_a_box_with_a_heading(box: str) -> None:
    text, notes = article(f"<p>It itches.</p>{box}<p>Wash twice a day.</p><h2>Fever</h2><p>Rest.</p>")
    lines = [line.lstrip("# ") for line in text.split("\n\n")]
    assert lines == ["It itches.", "Come back", "If it spreads.", "T", "Wash twice a day.", "Fever", "Rest."]
    assert notes == (f'{TWICE}"T"',)


@pytest.mark.parametrize(
    "text",
    [
        '<h2>Rash</h2><p>It itches.</p><div class="warning"><p>Come back.</p></div><p>Wash.</p>',
        '<h2>Rash</h2><p>It itches.</p><div class="warning"><h3>Come back</h3><p>Soon.</p></div><h2>Fever</h2>',
        '<div class="text"><h2>Rash</h2><p>It itches.</p></div><div class="text"><p>Wash twice a day.</p></div>',
        '<div class="warning-page"><h2>Rash</h2><p>It itches, and it itches at night.</p></div><p>Wash.</p>',
    ],
)
def test_no_heading_is_repeated_after_what_is_no_box_with_a_heading(text: str) -> None:
    made, notes = article(text)
    assert (made.count("Rash"), notes) == (1, ())


def test_text_behind_a_section_does_not_get_the_heading_inside_it() -> None:
    text, _ = article(
        "<p>It is common.</p><section><h2>Rash</h2><p>It itches.</p></section>"
        "<details><summary>Pain</summary><p>Seldom.</p></details><p>Ring us by day.</p><h2>Fever</h2><p>Rest.</p>"
    )
    assert text.split("\n\n")[-5:] == ["Seldom.", "## T", "Ring us by day.", "## Fever", "Rest."]


def test_text_behind_a_box_does_not_get_a_heading_lower_than_the_box_has() -> None:
    text, _ = article(
        "<h2>Rash</h2><div><h4>At night</h4><p>It itches.</p></div>"
        '<div class="alert"><h3>Come back</h3><p>If it spreads.</p></div><p>Wash twice a day.</p>'
    )
    assert text.split("\n\n")[-2:] == ["## Rash", "Wash twice a day."]


def test_labels_behind_a_heading_that_is_a_label_stand_beside_it() -> None:
    text, _ = article(
        "<h2>Rash</h2><p>It itches.</p>"
        '<h3><button aria-controls="p" aria-expanded="false">Is it safe?</button></h3><div id="p" hidden>Yes.</div>'
        '<div class="toggle" onclick="t()">May I drive?</div><div class="panel">No.</div>'
        "<details><summary>Does it pass?</summary>Yes.</details>"
    )
    assert text.split("\n\n")[2::2] == ["### Is it safe?", "### May I drive?", "### Does it pass?"]


@pytest.mark.parametrize(
    "line", ['<p class="toggle">Ring us by day.</p>', '<p onclick="t()">Ring us:</p>', '<p class="question">Ring</p>']
)
def test_line_that_opens_nothing_is_no_label(line: str) -> None:
    text, _ = article(f"<h2>Rash</h2>{line}<h2>Fever</h2><p>Rest.</p>")
    assert text.count("#") == 4


def test_labels_of_checkboxes_are_headings_of_what_they_open() -> None:
    item = '<div class="tab"><input type="checkbox" id="{0}"><label for="{0}">{1}</label><div><p>{2}</p></div></div>'
    items = item.format("a", "Is it free?", "It is free for all.") + item.format("b", "Who may come?", "All may come.")
    text, _ = article(f"<h2>Visits</h2>{items}")
    assert text.split("\n\n")[1:] == ["### Is it free?", "It is free for all.", "### Who may come?", "All may come."]


def test_label_of_a_field_with_a_hint_is_no_heading() -> None:
    item = '<div class="field"><label for="{0}">{1}</label><div>in figures</div></div>'
    text, _ = article(f"<h2>Visits</h2><p>Rest.</p>{item.format('a', 'Age')}{item.format('b', 'Weight')}")
    assert "### " not in text


def test_hidden_heading_is_not_shown() -> None:
    text, notes = article('<h2>Rash</h2><p>It itches.</p><h2 class="hidden">Container</h2><p>Wash it.</p>')
    assert text == "## Rash\n\nIt itches.\n\nWash it."
    assert notes == ('left out, text that a reader does not see: "Container"',)


def test_what_is_hidden_far_below_a_heading_is_not_shown() -> None:
    text, _ = article(
        "<div><h2>Rash</h2><p>It itches at night and by day.</p></div>"
        '<div style="display:none">Help</div><h3>Pain <span>▾</span></h3><div style="display:none">Seldom.</div>'
    )
    assert "Help" not in text
    assert text.endswith("Seldom.")


@pytest.mark.parametrize("empty", ["<h3></h3>", "<div>Pain<h3></h3></div>"])
def test_what_is_hidden_below_a_heading_without_words_is_not_shown(empty: str) -> None:
    text, _ = article(f'<h2>Rash</h2><p>It itches.</p>{empty}<div style="display:none">Help</div><p>Wash it.</p>')
    assert "Help" not in text


def test_cards_that_hold_most_of_a_short_page_keep_their_headings_to_themselves() -> None:
    card = '<div class="care-card"><h3>{}</h3><ul><li>your lips look blue or grey</li></ul></div>'
    text, _ = article(f"<p>It itches.</p>{card.format('See a GP if')}{card.format('Call 999 if')}<p>Keep warm.</p>")
    assert text.split("\n\n")[-2:] == ["## T", "Keep warm."]


def test_panel_in_a_table_of_data_leaves_its_row_together() -> None:
    head = "<table><tr><th>Drug</th><th>Dose</th></tr>"
    cell = "<td><details><summary>More</summary><p>With food.</p></details></td>"
    text, _ = article(f"<h2>Doses</h2>{head}<tr>{cell}<td>5 mg</td></tr><tr><td>Two</td><td>6 mg</td></tr></table>")
    assert "| **More** With food. | 5 mg |" in text


def test_each_text_behind_many_panels_gets_the_heading_that_stands_above_it() -> None:
    panel = "<details><summary>More {0}</summary><p>Be careful.</p></details><p>Text {0}.</p>"
    sections = "".join(f"<section><h2>Part {n}</h2>{panel.format(n)}</section>" for n in range(40))
    blocks = article(sections)[0].split("\n\n")
    assert all(blocks[blocks.index(f"Text {n}.") - 1] == f"## Part {n}" for n in range(40))


def test_picture_beside_a_button_is_told_of() -> None:
    _, notes = article(
        '<h2>Foot</h2><p><button>Play</button> – <img src="a.png" alt="Where it swells"></p><p>Rest.</p>'
    )
    assert any("pictures are left out" in note for note in notes)


@pytest.mark.parametrize(
    "label", ["Show more", "Mehr anzeigen", "Lire la suite…", "Pokaż więcej", "Daha fazla göster", "更多"]
)
@pytest.mark.parametrize(
    "panel",
    [
        "<button aria-expanded=false>{}</button><div hidden><p>Call a nurse if it lasts.</p></div>",
        "<details><summary>{} ▾</summary><p>Call a nurse if it lasts.</p></details>",
    ],
)
def test_button_that_shows_the_rest_heads_nothing(label: str, panel: str) -> None:
    text, notes = article(f"<h2>Rash</h2><p>It itches.</p>{panel.format(label)}")
    assert text == "## Rash\n\nIt itches.\n\nCall a nurse if it lasts."
    assert any(note.startswith(f'left out, button: "{label}') for note in notes)


@pytest.mark.parametrize("label", ["More on doses", "Mehr Schmerzen?", "Side effects", "See a doctor"])
def test_button_that_says_what_it_shows_is_a_heading(label: str) -> None:
    text, _ = article(
        f"<h2>Rash</h2><p>It itches.</p><button aria-expanded=false>{label}</button><div hidden>Rest.</div>"
    )
    assert f"### {label}\n\nRest." in text
