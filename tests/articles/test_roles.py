"""Roles of MyST show their words alone, and its comments are never shown."""

from __future__ import annotations

import pytest

from wellread.articles.markdown import parse_markdown
from wellread.datatypes import Block


def read(body: str) -> tuple[list[str], list[tuple[int | None, str]]]:
    """The texts of an article, and the lines and messages of its notes."""
    draft = parse_markdown(f"# A fixture\n\n{body}\n", "a.md")
    texts = [part.text for part in draft.parts if isinstance(part, Block)]
    return texts, [(note.line, note.message) for note in draft.notes]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Give {term}`midazolam` now.", "Give midazolam now."),
        ("H{sub}`2`O and {math}`x^2`.", "H2O and x^2."),
        ("See {ref}`the plan <seizure-plan>`.", "See the plan."),
        ("Ask the {abbr}`GP (general practitioner)`.", "Ask the GP (general practitioner)."),
        ("Type `{x}` or {term} here.", "Type {x} or {term} here."),
    ],
)
def test_role_shows_its_words(written: str, shown: str) -> None:
    assert read(written) == ([shown], [])


def test_comment_of_myst_is_left_out_with_a_note() -> None:
    texts, notes = read("(plan)=\n\n% editors: ask the nurse\n\nRest in bed.")
    assert texts == ["Rest in bed."]
    assert notes == [(5, '"% editors: ask the nurse" is left out: it is a comment')]


def test_line_behind_a_sign_for_percent_is_text_where_nothing_is_of_myst() -> None:
    assert read("% of adults who smoke\n\nRest.")[0] == ["% of adults who smoke", "Rest."]


def test_percent_that_was_wrapped_below_its_number_is_text() -> None:
    assert read("{term}`Gout` comes back in 20\n% of adults.") == (["Gout comes back in 20 % of adults."], [])
