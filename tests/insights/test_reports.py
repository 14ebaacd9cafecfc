"""What editors read of it: gaps, words, counts; and a group that becomes a judged question."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from served import published

from wellread.cli.main import main
from wellread.errors import InsightsError
from wellread.index.layout import insights_file
from wellread.insights.groups import Group, Outcome
from wellread.insights.judging import judge
from wellread.insights.reports import group_of, read_insights
from wellread.insights.store import Tally, writing
from wellread.relevance.judgments import read_all_judgments

TODAY = datetime.now(UTC).date()
ON = "[insights]\non = true\n"
FOUND: Outcome = ("answered", "heat-rash")
NEAR: Outcome = ("closest", "heat-rash")
NONE: Outcome = ("not_covered", "")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index about which some things were asked."""
    index = published(tmp_path, ON)
    with writing(insights_file(index)) as store:
        store.count(TODAY, "", NONE, Tally(9, 0, 2))
        store.count(TODAY - timedelta(3), "Heat rash", FOUND, Tally(4, 1, 0))
        store.count(TODAY, "Heat rash", FOUND, Tally(3))
        store.add_group(TODAY, Group("what helps with heat rash", Counter({FOUND: 5, NONE: 2})))
        store.add_group(
            TODAY, Group("is … safe with heat rash", Counter({NONE: 4, NEAR: 2}), Counter(), Counter({NONE: 1}))
        )
        store.add_group(TODAY, Group("is prickly heat the same", Counter({NONE: 8})))
        store.count_word(TODAY, "prickly", 5)
    return index


def test_gaps_are_what_was_not_found_for_most_the_commonest_first(index: Path) -> None:
    insights = read_insights(index, TODAY)
    assert [group.words for group in insights.gaps] == ["is prickly heat the same", "is … safe with heat rash"]
    assert [(group.not_found, group.closest, group.unhelped) for group in insights.gaps] == [(8, 0, 0), (4, 2, 1)]


def test_the_command_prints_gaps_words_and_counts(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["insights", "--index", str(index)]) == 0
    assert (
        capsys.readouterr().out
        == f"""\
Counted since {TODAY - timedelta(89)} (90 days)

Asked often, not found (groups of 5 visits or more):
  3. “is prickly heat the same”: 8 visits, 8 not found
  2. “is … safe with heat rash”: 6 visits, 4 not found, 2 only near (heat-rash); it helped 0, not 1

Asked often, and answered:
  1. “what helps with heat rash”: 7 visits, 2 not found (heat-rash)

Words that no article has:
  prickly (5)

All questions:
       9  not found; it helped 0, not 2
       7  answered   Heat rash (heat-rash); it helped 1, not 0
"""
    )


def test_the_command_prints_the_same_for_programs(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["insights", "--json", "--index", str(index)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(group["id"], group["gap"]) for group in said["groups"]] == [(3, True), (1, False), (2, True)]
    assert said["words"] == [{"word": "prickly", "asked": 5}]
    assert said["counts"][1] == {
        "state": "answered", "subject": "Heat rash", "article": "heat-rash", "asked": 7, "helped": 1, "unhelped": 0
    }  # fmt: skip


def test_the_command_says_how_to_turn_it_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = published(tmp_path)
    assert main(["insights", "--index", str(index)]) == 0
    assert capsys.readouterr().out.endswith("write in kb/wellread.toml:\n\n    [insights]\n    on = true\n")
    assert main(["insights", "--empty", "--index", str(index)]) == 0
    assert capsys.readouterr().out == "there was nothing to delete\n"
    assert not (index / "insights").exists()


def test_a_group_becomes_a_judged_question(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kb = index.parent / "kb"
    words = ["insights", "--kb", str(kb), "--index", str(index), "--judge", "2", "heat-rash#helps"]
    assert main(words) == 0
    folder = index.parent / "judgments" / "readers"
    assert "“is safe with heat rash” is answered by heat-rash#helps: readers-0001" in capsys.readouterr().out
    assert main([*words[:-2], "3", "heat-rash#heat-rash"]) == 0
    (collection,) = read_all_judgments(index.parent / "judgments")
    assert collection.queries == {"readers-0001": "is safe with heat rash", "readers-0002": "is prickly heat the same"}
    assert collection.qrels == {
        "readers-0001": {"heat-rash#helps": 3},
        "readers-0002": {"heat-rash#heat-rash": 3},
    }
    assert sorted(file.name for file in folder.rglob("*")) == ["dev.tsv", "qrels", "queries.jsonl"]


def test_a_second_passage_of_a_question_is_added_to_it(index: Path) -> None:
    group = group_of(read_insights(index, TODAY), 1)
    kb = index.parent / "kb"
    for passage in ("heat-rash#helps", "heat-rash#heat-rash"):
        assert judge(group, passage, index, kb).id == "readers-0001"
    with pytest.raises(InsightsError, match="is judged already"):
        judge(group, "heat-rash#heat-rash", index, kb)


def test_judged_questions_are_written_where_the_library_has_them(index: Path) -> None:
    group = group_of(read_insights(index, TODAY), 1)
    own = index.parent / "own"
    own.mkdir()
    assert judge(group, "heat-rash#helps", index, index.parent / "kb", own).folder == own / "readers"


def test_a_passage_or_a_group_that_is_none_is_refused(index: Path) -> None:
    insights = read_insights(index, TODAY)
    with pytest.raises(
        InsightsError,
        match=r"there is no passage heat-rash#nowhere\n    name one: heat-rash#heat-rash, heat-rash#helps",
    ):
        judge(group_of(insights, 1), "heat-rash#nowhere", index, index.parent / "kb")
    with pytest.raises(InsightsError, match="there is no group 9\n    name one of 1, 2, 3"):
        group_of(insights, 9)
    assert not (index.parent / "judgments").exists()
