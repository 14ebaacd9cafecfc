"""Systems beside the baseline: on the same questions, in a sentence that claims no more than was established."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluated import asked, compared, system

from wellread.evaluation.comparison import compare_systems, p_value, sentence

GRADES = {"a": 2}

DEFAULT = system(
    "default",
    asked("p", "a", grades=GRADES),
    asked("q", "x", "a", grades=GRADES),
    asked("r", "x", grades=GRADES),
    asked("u", "a", question_type="uncovered"),
)
OTHER = system(
    "other",
    asked("u", "x", question_type="uncovered"),
    asked("r", "a", grades=GRADES),
    asked("q", "x", "y", "z", "a", grades=GRADES),
    asked("p", "a", grades=GRADES),
)


class TestArmsAreCompared:
    def test_question_by_question_with_the_first(self) -> None:
        (one,) = compare_systems([DEFAULT, OTHER], "RR")
        # Reciprocal ranks of p, q and r: 1, 1/2 and 0 with the first, 1, 1/4 and 1 with the other.
        assert (one.system, one.baseline, one.measure) == ("other", "default", "RR")
        assert one.difference.mean == pytest.approx((0 - 1 / 4 + 1) / 3)
        assert (one.wins, one.losses, one.ties, one.difference.queries) == (1, 1, 1, 3)

    def test_each_with_the_first_and_not_with_another(self) -> None:
        third = replace(DEFAULT, name="third")
        both = compare_systems([DEFAULT, OTHER, third], "RR")
        assert [(one.system, one.baseline) for one in both] == [("other", "default"), ("third", "default")]
        assert (both[1].wins, both[1].losses, both[1].ties, both[1].p) == (0, 0, 3, 1.0)

    def test_on_the_measure_that_is_chosen(self) -> None:
        (one,) = compare_systems([DEFAULT, OTHER], "P@1")
        # First place: 1, 0 and 0 against 1, 0 and 1
        assert (one.wins, one.losses, one.ties) == (1, 0, 2)
        assert one.difference.mean == pytest.approx(1 / 3)

    def test_not_where_nothing_is_scored_or_there_is_but_one(self) -> None:
        unscored = system("default", asked("u", "a", question_type="uncovered"))
        assert compare_systems([unscored, replace(unscored, name="other")], "RR") == ()
        assert compare_systems([DEFAULT], "RR") == ()
        assert compare_systems([], "RR") == ()


class TestTheSentence:
    def test_says_better_or_worse_where_that_is_established(self) -> None:
        assert sentence(compared("new", 0.01, 0.125, 0.25, 0.0499, (30, 10, 5))) == (
            "new is better than default on these questions (45 questions: +0.125 nDCG@10, 95 % interval"
            " +0.010 to +0.250, corrected p 0.050)."
        )
        assert sentence(compared("new", -0.25, -0.125, -0.01, 0.0004, (10, 30, 5))) == (
            "new is worse than default on these questions (45 questions: -0.125 nDCG@10, 95 % interval"
            " -0.250 to -0.010, corrected p < 0.001)."
        )

    def test_says_that_it_seems_so_where_that_is_not_established_for_all_comparisons_together(self) -> None:
        # The helper's p is half of the corrected one: 0.025.
        assert sentence(compared("new", -0.01, 0.125, 0.25, 0.05, (30, 10, 5))) == (
            "new seems better than default on these questions, which is not established once every comparison made"
            " is counted (45 questions: +0.125 nDCG@10, 95 % interval -0.010 to +0.250, corrected p 0.050)."
        )
        assert sentence(compared("new", -0.25, -0.125, 0.01, 0.05, (10, 30, 5))).startswith(
            "new seems worse than default "
        )

    def test_says_that_nothing_is_established_from_a_p_of_5_in_100_on(self) -> None:
        assert sentence(compared("new", -0.01, 0.125, 0.25, 0.1, (30, 10, 5))) == (
            "No difference between new and default is established on these questions (45 questions: +0.125 nDCG@10,"
            " 95 % interval -0.010 to +0.250, corrected p 0.100): a true difference anywhere in that"
            " interval is compatible with what was seen."
        )

    def test_says_that_nothing_differs_where_nothing_does(self) -> None:
        assert sentence(compared("new", 0.0, 0.0, 0.0, 1.0, (0, 0, 45))) == (
            "new and default score the same, question by question (45 questions)."
        )


@pytest.mark.parametrize(
    ("p", "written"), [(0.0, "< 0.001"), (0.00099, "< 0.001"), (0.001, "0.001"), (0.0496, "0.050"), (1.0, "1.000")]
)
def test_a_p_has_three_decimals_or_is_below_what_these_can_show(p: float, written: str) -> None:
    assert p_value(p) == written
