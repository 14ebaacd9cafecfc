"""What editors write nearly as Markdown: marks without a space, tables without dashes, forms, dates, bold titles."""

from __future__ import annotations

from datetime import date

import pytest

from wellread.articles.editors_notes import is_editors_note
from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import Draft, Heading


def read(text: str) -> Draft:
    return parse_markdown(text, "a.md")


def lines(text: str) -> list[str]:
    """What is read, a line a part; headings with their marks."""
    return [
        f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in read(text).parts
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("##Signs\n-cough\n-fever", ["## Signs", "• cough", "• fever"]),
        ("#Signs\nText.\n\n##Later\nText.", ["# Signs", "Text.", "## Later", "Text."]),
        ("*rest\n*drink", ["• rest", "• drink"]),
        ("1.Rest\n2.Drink", ["1. Rest", "2. Drink"]),
        ("-rest\n-2 glasses\n-drink", ["• rest", "• 2 glasses", "• drink"]),
        ("- rest\n-drink", ["• rest", "• drink"]),
        ("```\n##Signs\n-cough\n-fever\n```", ["##Signs", "-cough", "-fever"]),
    ],
)
def test_marks_without_a_space_are_read(body: str, expected: list[str]) -> None:
    assert lines(f"# T\n\n{body}") == expected


@pytest.mark.parametrize(
    "body", ["#gout", "-5 °C\n-10 °C", "-one alone", "*Never* stop\n*Always* ask", "1.5 ml\n2.5 ml", "2.Rest\n7.Drink"]
)
def test_signs_that_are_no_marks_make_no_list_and_no_heading(body: str) -> None:
    assert not any(line.startswith(("•", "#", "1. ", "2. ")) for line in lines(f"# T\n\n{body}"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- mild\nLater:\n- worse\nLast:\n- over", ["• mild", "Later:", "• worse", "Last:", "• over"]),
        (
            "1. **Rest**\nLie down and raise the foot.\n2. **Cool it**\nNever put ice on bare skin.",
            ["1. Rest", "Lie down and raise the foot.", "2. Cool it", "Never put ice on bare skin."],
        ),
        (
            "- he does not drink a thing\n- faints\nDo not wait!",
            ["• he does not drink a thing", "• faints", "Do not wait!"],
        ),
        ("- tired\nА это уже новая строка текста.", ["• tired", "А это уже новая строка текста."]),
    ],
)
def test_line_that_had_room_in_the_item_above_stands_alone(body: str, expected: list[str]) -> None:
    assert lines(f"# T\n\n{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "- Nehmen Sie die Tablette immer mit etwas\nWasser ein.",
            "Nehmen Sie die Tablette immer mit etwas Wasser ein.",
        ),
        ("- Do not take\nmore than four of them in a day", "Do not take more than four of them in a day"),
        ("- Paracetamol and\nIbuprofen help against most pains.", "Paracetamol and Ibuprofen help against most pains."),
        (
            "- Take two tablets with\nParacetamol 500 mg syrup every night.",
            "Take two tablets with Paracetamol 500 mg syrup every night.",
        ),
        ("- Take up to\n500 mg at once, never more than that.", "Take up to 500 mg at once, never more than that."),
        ("- Rest\n  Lie down and raise the foot.", "Rest Lie down and raise the foot."),
        ("- Rest\nIce", "Rest Ice"),
        (
            "- Stop the tablets if\nYou faint or cannot breathe well.",
            "Stop the tablets if You faint or cannot breathe well.",
        ),
    ],
)
def test_sentence_that_goes_on_below_an_item_stays_in_it(body: str, expected: str) -> None:
    assert lines(f"# T\n\n{body}") == [f"• {expected}"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Do and do not:\n✓ rest\n✗ no beer", ["Do and do not:", "• ✓ rest", "• ✗ no beer"]),
        (
            "❌ No aspirin at all, not even one when it\nhurts\n✅ Rest",
            ["• ❌ No aspirin at all, not even one when it hurts", "• ✅ Rest"],
        ),
        ("- rest\n✓ tick", ["• rest", "• ✓ tick"]),
        ("[ ] inhaler\n[x] plan", ["• ☐ inhaler", "• ☒ plan"]),
        ("– rest\n– drink", ["• rest", "• drink"]),
        ("Tired\n– or worse", ["Tired – or worse"]),
        ("too weak\n→ sleep\n→ eat", ["too weak → sleep → eat"]),
    ],
)
def test_signs_typed_as_bullets_are_items_and_those_that_say_something_stay(body: str, expected: list[str]) -> None:
    assert lines(f"# T\n\n{body}") == expected


def test_note_behind_a_lone_star_keeps_the_star_that_a_dose_refers_to() -> None:
    note = "* One if you are under 12."
    assert lines(f"# T\n\nTake two tablets*.\n\n{note}\n\nRest.") == ["Take two tablets*.", note, "Rest."]
    assert lines(f"# T\n\n| a | b |\n|---|---|\n| two* | 4 |\n{note}") == ["a | b", "two* | 4", note]
    assert lines(f"# T\n\nTake *two* tablets.\n\n{note}")[-1] == f"•{note[1:]}"
    assert lines(f"# T\n\nTake two tablets*.\n\n{note}\n* Rest")[1:] == [f"•{note[1:]}", "• Rest"]
    assert lines(f"# T\n\nTake two tablets*.\n\n{note}\n\n  Rest.\n\n* Drink")[1] == f"•{note[1:]}"


def test_first_line_with_a_number_sign_is_the_title_where_there_is_no_other() -> None:
    assert (read("#Hay fever\n\nText.").title, lines("#Hay fever\n\nText.")) == ("Hay fever", ["Text."])
    assert read("#Hay fever\n\n# Gout\n\nText.").title == "Gout"


@pytest.mark.parametrize(
    "table",
    [
        "Text\n| A | B |\n| 1 | 2 |\n| 3 | 4 |",
        "Text\n\n|A|B|\n|--|\n|1|2|\n|3|4|",
        "- Text\n\n  | A | B |\n  | 1 | 2 |\n  | 3 | 4 |",
    ],
)
def test_table_without_its_line_of_dashes_or_with_a_short_one_is_a_table(table: str) -> None:
    assert [line.lstrip("• ") for line in lines(f"# T\n\n{table}")] == ["Text", "A | B", "1 | 2", "3 | 4"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("|A|B|\n|1|2|3|", ["|A|B| |1|2|3|"]),
        ("A | B\n--- | ---\n| 1 | 2 |\n| 3 | 4 |", ["A | B", "1 | 2", "3 | 4"]),
    ],
)
def test_rows_that_are_none_or_of_another_table_get_no_line_of_dashes(body: str, expected: list[str]) -> None:
    assert lines(f"# T\n\n{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Phone: 01550 900 300\nOpen: 9 to 5", ["Phone: 01550 900 300", "Open: 9 to 5"]),
        ("Q: Is it *catching*?\nA: No.", ["Q: Is it catching?", "A: No."]),
        ("电话：010-5555-0120\n时间：9点到17点", ["电话：010-5555-0120", "时间：9点到17点"]),
        ("Remember: drink water\nand rest.", ["Remember: drink water and rest."]),
        ("Dose: one tablet,\nNever: two.", ["Dose: one tablet, Never: two."]),
    ],
)
def test_lines_with_a_label_each_stay_lines(body: str, expected: list[str]) -> None:
    assert lines(f"# T\n\n{body}") == expected


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ('::: {.columns}\n::: {.column width="50%"}\n**Common**\n\n- cough\n:::\n:::', ["Common", "• cough"]),
        (
            "::: {.panel-tabset}\n## Adults\nTwo.\n\n## 1. Children\nOne.\n:::",
            ["Adults", "Two.", "1. Children", "One."],
        ),
        ("!!! note\n    **Common**\n\n    Cough.\n\n    **Rare**\n\n    Rash.", ["Common", "Cough.", "Rare", "Rash."]),
    ],
)
def test_text_behind_a_box_stands_under_the_heading_above_the_box(box: str, text: list[str]) -> None:
    assert lines(f"# T\n\n## Effects\n\n{box}\n\nAsk us.\n") == ["## Effects", *text, "Ask us."]


def test_box_around_a_whole_article_keeps_its_headings() -> None:
    assert lines("# T\n\n::: content\n## Signs\n\nCough.\n:::\n\nWard 3") == ["## Signs", "Cough.", "Ward 3"]


@pytest.mark.parametrize(
    "line",
    [
        "Last reviewed: 3 March 2026",
        "**Última revisión: 3 de marzo de 2026**",
        "*Laatst herzien: 3 maart 2026*",
        "| Last reviewed | 3 March 2026 |\n|---|---|",
    ],
)
def test_date_of_the_review_that_the_text_prints_counts_and_is_not_shown(line: str) -> None:
    for text in (f"# T\n\n{line}\n\nText.\n\n## Signs\n\nCough.", f"# T\n\nText.\n\n## Signs\n\nCough.\n\n{line}"):
        assert read(text).details.last_reviewed == date(2026, 3, 3)
        assert lines(text) == ["Text.", "## Signs", "Cough."]


@pytest.mark.parametrize(
    "line",
    [
        "Published: March 2023. Review date: March 2028",
        "Published: March 2023\n\nReview: March 2028",
        "| Date of issue | March 2023 |\n|---|---|\n| Review date | March 2028 |",
    ],
)
def test_review_date_behind_the_day_of_issue_is_the_next_one(line: str) -> None:
    assert read(f"# T\n\n## Signs\n\nCough.\n\n{line}").details.next_review == date(2028, 3, 31)


def test_review_date_alone_may_be_the_last_or_the_next_and_stays_text() -> None:
    details = read("# T\n\n## Signs\n\nCough.\n\nReview date: March 2028").details
    assert (details.last_reviewed, details.next_review) == (None, None)
    assert lines("# T\n\n## Signs\n\nCough.\n\nReview date: March 2028")[-1] == "Review date: March 2028"


def test_lines_around_the_date_of_the_review_stay_text() -> None:
    text = "# T\n\nOwner: Ward 3\n\nLast review: March 3, 2026\n\nWarning: not for babies\n\nText: rest.\n"
    assert lines(text) == ["Owner: Ward 3", "Warning: not for babies", "Text: rest."]
    assert read(text).details.last_reviewed == date(2026, 3, 3)


def test_degrees_below_zero_keep_their_sign_beside_marks_without_a_space() -> None:
    assert any("-20 °C" in line for line in lines("# T\n\nStore it\n-20 °C or colder\n-in the dark\n-upright\n"))


@pytest.mark.parametrize(
    "text",
    [
        "---\nlast_reviewed: 2026-01-01\n---\n# T\n\nLast reviewed: 3 March 2026",
        "# T\n\nThe rules were reviewed in March 2026 by many.",
        "# T\n\nLast reviewed: 3/5/2026",
        "# T\n\n## A\n\nLast reviewed: 3 March 2026\n\nOne.\n\n## B\n\nTwo.\n\nThree.",
    ],
)
def test_date_that_is_not_sure_or_stands_inside_the_text_stays_text(text: str) -> None:
    assert any("2026" in line for line in lines(text))


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("**Gout**\n\nText.\n\n**Signs**\n\nPain.", "Gout", ["Text.", "## Signs", "Pain."]),
        ("**Gout**\n\nText.\n\n## Signs\n\nPain.", "Gout", ["Text.", "## Signs", "Pain."]),
        ("---\ntitle: Gout\n---\n**Gout**\n\nText.\n\n## Signs\n\nPain.", "Gout", ["Text.", "## Signs", "Pain."]),
        ("**Signs**\n\nPain.\n\n# Gout\n\nText.", "Gout", ["## Signs", "Pain.", "# Gout", "Text."]),
        ("**Symptoms**\n\nPain.", "", ["## Symptoms", "Pain."]),
        ("**Do not drive.**\n\nText.", "", ["Do not drive.", "Text."]),
        (
            "[]{#_Toc1 .anchor}**Gout**\n\nText.\n\n[]{#_Toc2 .anchor}**Signs**\n\nPain.",
            "Gout",
            ["Text.", "## Signs", "Pain."],
        ),
    ],
)
def test_bold_line_on_top_is_the_title_where_there_is_no_other(text: str, title: str, expected: list[str]) -> None:
    assert (read(text).title, lines(text)) == (title, expected)


@pytest.mark.parametrize(
    "table",
    [
        "  ------ --------\n  Age    Dose\n  adult  2\n  ------ --------",
        "  ------ --------\n  **Age** Dose\n\n  adult  2\n  ------ --------",
    ],
)
def test_table_of_pandoc_without_a_head_is_a_table(table: str) -> None:
    table = table.replace("**Age** ", "Age    ")
    assert lines(f"# T\n\nText.\n\n{table}\n\nMore.") == ["Text.", "Age | Dose", "adult | 2", "More."]


def test_reference_of_quarto_to_a_heading_of_the_text_is_its_words() -> None:
    text = "# T\n\nSee @sec-one.\n\n## Doses {#sec-one}\n\nTwo."
    assert (lines(text)[0], read(text).notes) == ("See “Doses”.", ())


def test_id_of_a_heading_may_hold_signs_and_pictures_of_mkdocs_are_not_shown() -> None:
    assert lines("# T\n\n## When to call? {#when-to-call?}\n\n:material-phone: 999") == ["## When to call?", "999"]


def test_import_of_a_component_is_not_named_but_one_of_a_value_is() -> None:
    draft = read(
        "# T\n\nimport Tabs from '@theme/Tabs';\nimport { Card, Step } from './parts';\nimport dose from './d';\n\nA."
    )
    assert [(note.code, note.line) for note in draft.notes] == [("site-mark", 5)]


@pytest.mark.parametrize(
    "line",
    [
        "Certainly! Here's a leaflet about gout:",
        "Let me know if you'd like a shorter version!",
        "Natürlich! Hier ist der Text:",
        "Souhaitez-vous que je le traduise ?",
        "¿Quieres que lo adapte?",
    ],
)
def test_what_a_language_model_says_around_its_text_is_for_editors(line: str) -> None:
    assert is_editors_note(line)


@pytest.mark.parametrize(
    "line",
    [
        "Here is what to do:",
        "Let us know if you feel worse.",
        "Of course, ask your doctor.",
        "Claro, pregunte.",
        "Here is a list of foods:",
    ],
)
def test_ordinary_sentences_are_not_for_editors(line: str) -> None:
    assert not is_editors_note(line)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('It must be ++"5"++ mmol/L or more.', "It must be 5 mmol/L or more."),
        ("Press ++ctrl+alt+del++ now.", "Press ctrl+alt+del now."),
        ("Take ^^two^^ and ==rest==.", "Take two and rest."),
        ("Below 10^^6^^ cells.", "Below 10^^6^^ cells."),
        ("Protein ++ and glucose ++ are found.", "Protein ++ and glucose ++ are found."),
        ("HER2 ++ or +++, and Ca++ or Mg++.", "HER2 ++ or +++, and Ca++ or Mg++."),
    ],
)
def test_marks_of_mkdocs_are_not_shown_and_results_of_tests_stay(text: str, shown: str) -> None:
    assert lines(f"# T\n\n{text}") == [shown]


def test_reference_of_quarto_to_a_table_of_the_text_is_its_caption() -> None:
    table = "| Age | Dose |\n|---|---|\n| 5 | 2 |\n\n: Doses by age {#tbl-doses}"
    text = f"# T\n\nSee @tbl-doses.\n\n{table}"
    assert (lines(text)[0], read(text).notes) == ("See “Doses by age”.", ())


def test_title_of_a_callout_is_a_heading_where_another_heading_follows() -> None:
    box = "::: {.callout-warning}\n## Call at once\n\nIf it bleeds.\n:::"
    assert [line for line in lines(f"# T\n\n### Cuts\n\nWash.\n\n{box}\n\n### Burns\n\nCool.") if "#" in line] == [
        "### Cuts",
        "#### Call at once",
        "### Burns",
    ]
