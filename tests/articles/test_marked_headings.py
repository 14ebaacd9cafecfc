"""Headings of plain texts that are typed with a mark of their own; all texts are made up for these tests."""

from __future__ import annotations

import pytest

from wellread.articles.outline import Draft, Heading
from wellread.articles.plaintext import parse_plaintext


def shown(text: str) -> list[str]:
    """The parts of an article: headings with as many "#" as their level, then the blocks as written."""
    draft: Draft = parse_plaintext(text, "a.txt")
    return [f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in draft.parts]


@pytest.mark.parametrize(
    ("mark", "bullet", "written"), [("★", "০", "• "), ("*", "-", "• "), ("■", "٥", "٥ "), ("q", "o", "• ")]
)
def test_sign_over_sentences_or_items_with_another_sign_marks_headings(mark: str, bullet: str, written: str) -> None:
    text = f"Fever\n\nHeat.\n\n{mark} Signs\n\n{bullet} Warm\n{bullet} Pale\n\n{mark} Help\n\nCall the ward.\n"
    assert shown(text) == ["Heat.", "# Signs", f"{written}Warm", f"{written}Pale", "# Help", "Call the ward."]


def test_marked_headings_need_no_blank_lines_where_sentences_stand_below_them() -> None:
    text = "Rücken\n\nDas hilft.\n* Was hilft\n- Wärme\n- Gehen\n* Was nicht hilft\nLiegen schadet.\n"
    assert shown(text) == ["Das hilft.", "# Was hilft", "• Wärme", "• Gehen", "# Was nicht hilft", "Liegen schadet."]


def test_line_below_the_title_is_none_where_all_other_headings_have_a_mark() -> None:
    text = "Fever\n\nA leaflet of the Hill Clinic\n\nHeat.\n\n★ Signs\n\nWarmth.\n\n★ Help\n\nCall the ward.\n"
    assert shown(text)[0] == "A leaflet of the Hill Clinic"


def test_marked_headings_lie_below_headings_without_a_mark() -> None:
    text = "Fever\n\nSigns\n\nHeat.\n\n* In children\n\nRed skin.\n\n* In adults\n\nPale skin.\n\nHelp\n\nCall us.\n"
    assert [line for line in shown(text) if line[0] == "#"] == ["# Signs", "## In children", "## In adults", "# Help"]


@pytest.mark.parametrize(
    "text",
    [
        "Fever\n\nSigns\n\n• A red face\n\nIt is hot.\n\nCare\n\n• Cold drinks\n\nThey help.\n\nHelp\n\nCall us.\n",
        "Fever\n\nYou should:\n\n• Check the bottle\n\nThere are two.\n\n• Use the syringe\n\nA spoon is inexact.\n",
        "Dose\n\n• Adults\no 2 tablets\no 1 at night\n• Children\no 1 tablet\no none at night\n\nAsk us.\n",
        "Dose\n\nAs follows.\n\n* Adults\n  - 2 tablets\n  - 1 at night\n\n* Children\n  - 1 tablet\n\nAsk us.\n",
        "Dose\n\nAs follows.\n\n* Adults\n\nTwo tablets.\n",
    ],
)
def test_marks_of_items_make_no_headings(text: str) -> None:
    assert not [line for line in shown(text) if line[:1] == "#" and line[2:] in ("Adults", "Children", "A red face")]
    assert any(line.startswith("• ") for line in shown(text))


@pytest.mark.parametrize(
    "rows",
    [
        "0 to 6 months: 2 ml\n0 to 9 months: 4 ml",
        "০ মাস\n১ মাস",
        "٥ مل صباحا\n٥ مل مساء",
        "0 tablets\n\nRest.",
        "0 alcohol\n0 sugar",
        "0 Alcohol\n0 Cigarettes",
        "Morphine\nq 4 hours\n\nParacetamol\nq 6 hours",
        "0 Woke never\n0 Had no pain\n1 Woke once",
    ],
)
def test_digit_that_counts_stays_in_the_text(rows: str) -> None:
    text = " ".join(shown(f"Dose\n\nAs follows.\n\n{rows}\n"))
    assert all(row in text for row in rows.split("\n") if row)
