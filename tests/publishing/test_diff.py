"""What an edit changes, passage by passage, line by line, in the words that readers see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from conftest import HashEncoder

from wellread.articles.library import read_kb
from wellread.articles.passages import cut_article
from wellread.datatypes import Article, Passage
from wellread.publishing.diff import DetailsDiff, PassageDiff, diff_details, diff_passages

CRAMPS = """# Cramps

## Causes

Cold water. Lack of salt.

- Cold
- Salt

## Care

Rest your leg, as [this page](https://example.org/rest) says.
"""


def passages(tmp_path: Path, text: str) -> dict[str, Passage]:
    """The passages of an article by id."""
    kb = tmp_path / f"kb-{len(list(tmp_path.iterdir()))}"
    kb.mkdir()
    (kb / "cramps.md").write_text(text)
    encoder = HashEncoder()
    (article,) = read_kb(kb)
    return {passage.id: passage for passage in cut_article(article, encoder.count_tokens, encoder.max_tokens)}


def differences(tmp_path: Path, old: str, new: str) -> list[PassageDiff]:
    return list(diff_passages(passages(tmp_path, old), passages(tmp_path, new)))


class TestADifference:
    def test_shows_a_changed_line_among_those_that_stay(self, tmp_path: Path) -> None:
        assert differences(tmp_path, CRAMPS, CRAMPS.replace("of salt.", "of sleep.")) == [
            PassageDiff(
                id="cramps#causes",
                change="changed",
                heading="Causes",
                lines=(
                    "  Cramps › Causes",
                    "- Cold water. Lack of salt.",
                    "+ Cold water. Lack of sleep.",
                    "  • Cold",
                    "  • Salt",
                ),
            )
        ]

    def test_shows_all_of_a_passage_that_comes(self, tmp_path: Path) -> None:
        assert differences(tmp_path, CRAMPS, CRAMPS + "\n### Night\n\nStretch.\n\nWalk.\n") == [
            PassageDiff("cramps#night", "added", "Care › Night", ("+ Cramps › Care › Night", "+ Stretch.", "+ Walk."))
        ]

    def test_shows_all_of_a_passage_that_goes(self, tmp_path: Path) -> None:
        assert differences(tmp_path, CRAMPS, CRAMPS.partition("## Care")[0]) == [
            PassageDiff(
                "cramps#care",
                "removed",
                "Care",
                (
                    "- Cramps › Care",
                    "- Rest your leg, as this page says.",
                    "- [this page](https://example.org/rest)",
                ),
            )
        ]

    def test_shows_items_that_come_and_go(self, tmp_path: Path) -> None:
        (diff,) = differences(tmp_path, CRAMPS, CRAMPS.replace("- Cold\n", "").replace("- Salt\n", "- Salt\n- Heat\n"))
        assert diff.lines == (
            "  Cramps › Causes",
            "  Cold water. Lack of salt.",
            "- • Cold",
            "  • Salt",
            "+ • Heat",
        )

    def test_shows_where_a_link_leads_now(self, tmp_path: Path) -> None:
        (diff,) = differences(tmp_path, CRAMPS, CRAMPS.replace("/rest)", "/sleep)"))
        assert diff.lines == (
            "  Cramps › Care",
            "  Rest your leg, as this page says.",
            "- [this page](https://example.org/rest)",
            "+ [this page](https://example.org/sleep)",
        )

    def test_shows_which_words_are_a_link_now(self, tmp_path: Path) -> None:
        (diff,) = differences(tmp_path, CRAMPS, CRAMPS.replace("as [this page]", "as this [page]"))
        assert diff.lines[2:] == ("- [this page](https://example.org/rest)", "+ [page](https://example.org/rest)")

    def test_shows_another_title_in_every_passage(self, tmp_path: Path) -> None:
        diffs = differences(tmp_path, CRAMPS, CRAMPS.replace("# Cramps", "# Spasms", 1))
        assert [(diff.id, diff.change, diff.lines[:2]) for diff in diffs] == [
            ("cramps#causes", "changed", ("- Cramps › Causes", "+ Spasms › Causes")),
            ("cramps#care", "changed", ("- Cramps › Care", "+ Spasms › Care")),
        ]

    def test_has_no_hints_between_the_lines(self, tmp_path: Path) -> None:
        text = "# Cramps\n\n## Causes\n\n? Cold water and a lack of salt bring cramps at night.\n"
        (diff,) = differences(tmp_path, text, text.replace("salt", "malt"))
        assert diff.lines == (
            "  Cramps › Causes",
            "- ? Cold water and a lack of salt bring cramps at night.",
            "+ ? Cold water and a lack of malt bring cramps at night.",
        )


class TestNoDifference:
    def test_is_shown_of_passages_that_read_the_same(self, tmp_path: Path) -> None:
        assert differences(tmp_path, CRAMPS, CRAMPS) == []
        assert differences(tmp_path, CRAMPS, CRAMPS.replace("\n\n", "\n\n\n")) == []
        assert list(diff_passages({}, {})) == []


def test_passages_come_as_they_are_read_and_then_what_goes(tmp_path: Path) -> None:
    old = "# Cramps\n\n## B\n\nOld.\n\n## D\n\nGoes.\n"
    new = "# Cramps\n\n## C\n\nComes.\n\n## B\n\nNew.\n\n## A\n\nComes.\n"
    assert [(diff.id, diff.change) for diff in differences(tmp_path, old, new)] == [
        ("cramps#c", "added"),
        ("cramps#b", "changed"),
        ("cramps#a", "added"),
        ("cramps#d", "removed"),
    ]


def test_details_that_change_are_named_by_their_keys() -> None:
    old = Article("cramps", "Cramps", (), "cramps.md", "1", "Ask a doctor.\nNo advice.", "", "en", date(2026, 3, 1))
    new = replace(
        old,
        title="Leg cramps",
        disclaimer="Ask a nurse.\nNo advice.",
        source="https://example.org/legs",
        last_reviewed=None,
        next_review=date(2027, 3, 1),
    )
    assert list(diff_details({"cramps": old}, {"cramps": new})) == [
        DetailsDiff(
            "cramps",
            (
                "- title: Cramps",
                "+ title: Leg cramps",
                "+ source: https://example.org/legs",
                "- last_reviewed: 2026-03-01",
                "+ next_review: 2027-03-01",
                "- disclaimer: Ask a doctor.",
                "+ disclaimer: Ask a nurse.",
            ),
        )
    ]


def test_details_that_are_alike_or_of_articles_that_come_or_go_are_left_out() -> None:
    flu = Article("flu", "Flu", (), "flu.md", "1", language="en")
    moved = replace(flu, file="lungs/flu.md", sha256="2")
    cold = replace(flu, id="cold", title="Cold")
    assert list(diff_details({"flu": flu, "cold": cold}, {"flu": moved})) == []
