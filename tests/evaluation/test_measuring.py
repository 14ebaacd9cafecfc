"""What a system's answers are worth, by hand: ranking, abstention, the urgent notice and marks."""

from __future__ import annotations

from math import log2

import pytest
from evaluated import about, asked, trusted
from hypothesis import given
from hypothesis import strategies as st

from wellread.datatypes import State
from wellread.evaluation.measuring import measure, values_of
from wellread.evaluation.results import Bin, Estimate, QueryResult, QuestionType
from wellread.relevance.measures import CUTOFFS, MEASURES


def measures(*questions: QueryResult, relevant: int = 2) -> dict[str, Estimate]:
    return dict(measure("default", {}, questions, relevant).measures)


def told(question_type: QuestionType, *states: State) -> list[QueryResult]:
    """A question for each state of an answer."""
    return [
        asked(f"{question_type}{n}", question_type=question_type, verdict=trusted(state))
        for n, state in enumerate(states)
    ]


def sure(**confidences: float) -> list[QueryResult]:
    """A question for each confidence, its kind named before its number."""
    kinds: dict[str, QuestionType] = {"c": "covered", "u": "uncovered", "h": "urgent", "n": "unurgent"}
    return [
        asked(name, question_type=kinds[name[0]], verdict=trusted(confidence=confidence))
        for name, confidence in confidences.items()
    ]


class TestRanking:
    def test_is_measured_over_covered_questions_by_the_order_of_what_they_found(self) -> None:
        measured = measures(
            asked("p", "a", "b", grades={"a": 2}),
            asked("q", "b", "a", grades={"a": 2}),
            asked("r", "b", grades={"a": 2}, question_type="urgent"),
            asked("s", "b", grades={"a": 2}, question_type="unurgent"),
        )
        # The one relevant passage at place 1 and at place 2: nDCG 1 and 1 / log2(3), reciprocal ranks (and average
        # precision) 1 and 1/2, found first for one of two, and found for both; one of each two found is judged.
        assert {name: at.mean for name, at in measured.items()} == {
            "nDCG@10": about((1 + 1 / log2(3)) / 2),
            "RR": about(0.75),
            "AP": about(0.75),
            "P@1": about(0.5),
            "R@10": 1.0,
            "R@100": 1.0,
            "judged@10": about(0.5),
            "success@1": about(0.5),
            "success@3": 1.0,
        }
        assert {at.queries for at in measured.values()} == {2}

    def test_counts_a_covered_question_that_found_nothing(self) -> None:
        measured = measures(asked("p", grades={"a": 3}), asked("q", "a", grades={"a": 3}))
        assert (measured["success@1"].mean, measured["success@1"].queries) == (0.5, 2)

    def test_leaves_out_a_covered_question_without_a_relevant_passage(self) -> None:
        questions = asked("p", "a", grades={"a": 1}), asked("q", "a", grades={"a": 2})
        assert (measures(*questions)["success@1"].mean, measures(*questions)["success@1"].queries) == (1.0, 1)
        assert measures(*questions, relevant=1)["success@1"].queries == 2

    def test_is_kept_question_by_question(self) -> None:
        outcome = measure(
            "new",
            {"passage": 1.0},
            [
                asked("p", "b", "a", grades={"a": 2}),
                asked("q", "a", grades={"a": 1}),
                asked("r", question_type="uncovered"),
            ],
            2,
        )
        assert (outcome.name, outcome.settings) == ("new", {"passage": 1.0})
        assert [one.query for one in outcome.questions] == ["p", "q", "r"]
        assert (outcome.questions[0].values["RR"], outcome.questions[0].values["P@1"]) == (0.5, 0.0)
        assert list(outcome.questions[0].values) == list(MEASURES)
        assert [one.values for one in outcome.questions[1:]] == [{}, {}]

    def test_has_a_curve_of_recall(self) -> None:
        others = [f"x{number:02}" for number in range(8)]
        curve = measure(
            "default",
            {},
            [
                asked("p", "a", "x", "b", grades={"a": 2, "b": 3, "c": 1}),
                asked("q", "a", *others, "b", grades={"a": 2, "b": 2, "c": 2, "d": 2}),
            ],
            2,
        ).recall
        # p finds its two at places 1 and 3; q two of its four, at places 1 and 10.
        assert curve == (
            (1, about((1 / 2 + 1 / 4) / 2)),
            (2, about((1 / 2 + 1 / 4) / 2)),
            (3, about((1 + 1 / 4) / 2)),
            (5, about((1 + 1 / 4) / 2)),
            *((k, about((1 + 2 / 4) / 2)) for k in (10, 20, 50, 100)),
        )
        assert tuple(k for k, _ in curve) == CUTOFFS

    def test_may_be_of_any_depth(self) -> None:
        values = values_of([asked("p", "x", "a", grades={"a": 2})], 2, ["success@1", "success@2", "nDCG@2"])
        assert values == {"p": {"success@1": 0.0, "success@2": 1.0, "nDCG@2": about(1 / log2(3))}}


class TestAbstaining:
    def test_on_covered_questions_is_told_in_shares(self) -> None:
        measured = measures(*told("covered", "answered", "answered", "closest", "not_covered", "answered"))
        assert list(measured) == ["answered", "refused", "notice on ordinary questions"]
        assert [measured["answered"].mean, measured["refused"].mean] == pytest.approx([3 / 5, 1 / 5])
        assert (measured["answered"].queries, measured["refused"].queries) == (5, 5)

    def test_on_uncovered_questions_is_told_in_shares(self) -> None:
        # The closest passages are shown as such: not an answer, and not a refusal.
        measured = measures(*told("uncovered", "answered", "closest", "closest", "not_covered"))
        assert {name: at.mean for name, at in measured.items()} == {"uncovered not answered": 3 / 4}

    def test_is_precise_where_it_refuses_what_is_not_covered_and_complete_where_all_of_that_is_refused(self) -> None:
        measured = measures(
            *told("covered", "answered", "not_covered", "closest"),
            *told("uncovered", "not_covered", "not_covered", "closest", "answered", "not_covered"),
        )
        # Four are refused, three of them uncovered; of five uncovered ones three are refused.
        assert (measured["refusal precision"].mean, measured["refusal precision"].queries) == (3 / 4, 4)
        assert (measured["refusal recall"].mean, measured["refusal recall"].queries) == (about(3 / 5), 5)

    def test_has_no_precision_where_nothing_is_refused(self) -> None:
        measured = measures(*told("covered", "answered"), *told("uncovered", "closest"))
        assert "refusal precision" not in measured
        assert measured["refusal recall"].mean == 0.0

    def test_is_told_of_neither_urgent_questions_nor_their_twins(self) -> None:
        measured = measures(*told("urgent", "not_covered"), *told("unurgent", "not_covered"))
        assert list(measured) == ["urgent recall", "false alarms"]

    def test_goes_by_a_confidence_that_is_measured_over_both(self) -> None:
        measured = measures(*sure(c1=0.9, c2=0.4, u1=0.4, u2=0.1, h1=0.0, n1=1.0))
        # Pairs in their order: 0.9 above both, 0.4 ties with one: (1 + 1 + 1/2 + 1) / 4
        assert measured["AUROC"].mean == 0.875
        # Gaps of 0.1 with one, of |0.4 - 1/2| with two and of 0.1 with one of four
        assert measured["ECE"].mean == about(0.1)
        assert (measured["AUROC"].queries, measured["ECE"].queries) == (4, 4)

    def test_has_curves_of_that_confidence(self) -> None:
        outcome = measure("default", {}, sure(c1=0.9, c2=0.4, u1=0.4, u2=0.1, h1=0.0), 2)
        # 0.9 alone, the two of 0.4 with it, and all four: 1 of 1, 2 of 3, 2 of 4
        assert outcome.coverage == ((1 / 4, 1.0), (3 / 4, 2 / 3), (1.0, 1 / 2))
        assert outcome.bins == (Bin(1, 0.1, 0.0), Bin(2, 0.4, 0.5), Bin(1, 0.9, 1.0))

    @pytest.mark.parametrize("questions", [sure(c1=0.9, h1=0.2), sure(u1=0.9, n1=0.2)], ids=["covered", "uncovered"])
    def test_has_no_confidence_to_measure_without_both(self, questions: list[QueryResult]) -> None:
        outcome = measure("default", {}, questions, 2)
        assert not {"AUROC", "ECE", "refusal precision", "refusal recall"} & outcome.measures.keys()
        assert (outcome.coverage, outcome.bins) == ((), ())

    def test_is_not_told_where_only_the_ranking_is_measured(self) -> None:
        outcome = measure(
            "default", {}, [asked("p", "a", grades={"a": 2}), asked("q", "a", question_type="uncovered")], 2
        )
        assert list(outcome.measures) == list(MEASURES)
        assert (outcome.coverage, outcome.bins) == ((), ())


class TestTheNotice:
    def noticed(self, question_type: QuestionType, *shown: bool) -> list[QueryResult]:
        return [
            asked(f"{question_type}{n}", question_type=question_type, verdict=trusted(notice=one))
            for n, one in enumerate(shown)
        ]

    def test_is_counted_on_urgent_questions_and_on_their_twins(self) -> None:
        measured = measures(
            *self.noticed("urgent", True, True, True, False),
            *self.noticed("unurgent", False, True, False, False, False),
            *self.noticed("covered", True),
        )
        assert (measured["urgent recall"].mean, measured["urgent recall"].queries) == (0.75, 4)
        assert (measured["false alarms"].mean, measured["false alarms"].queries) == (about(0.2), 5)

    def test_may_be_told_of_one_of_both_alone(self) -> None:
        assert list(measures(*self.noticed("urgent", False))) == ["urgent recall"]
        assert list(measures(*self.noticed("unurgent", False))) == ["false alarms"]


class TestMarks:
    def test_are_counted_on_first_passages_and_judged_where_there_is_one(self) -> None:
        measured = measures(
            asked("p", verdict=trusted(marked=True, right=True)),
            asked("q", verdict=trusted(marked=True, right=False)),
            asked("r", verdict=trusted(marked=False)),
            asked("s", question_type="urgent", verdict=trusted(marked=True, right=True)),
            asked("t", verdict=trusted()),  # judges cannot tell
            asked("u", question_type="unurgent", verdict=trusted(marked=False)),
        )
        # Marked: three of four; of these three two are on a sentence that judges list.
        assert (measured["highlighted"].mean, measured["highlighted"].queries) == (0.75, 4)
        assert (measured["highlight accuracy"].mean, measured["highlight accuracy"].queries) == (
            about(2 / 3),
            3,
        )

    def test_of_which_there_are_none_have_no_accuracy(self) -> None:
        measured = measures(asked("p", verdict=trusted(marked=False)))
        assert (measured["highlighted"].mean, measured["highlighted"].queries) == (0.0, 1)
        assert "highlight accuracy" not in measured

    def test_that_no_judge_can_tell_are_not_measured(self) -> None:
        assert not {"highlighted", "highlight accuracy"} & measures(asked("p", verdict=trusted())).keys()


class TestTheRightArticle:
    def test_is_first_where_the_first_passage_is_of_the_article_that_the_question_is_about(self) -> None:
        measured = measures(
            asked("p", "flu#signs.2", "leg#care", grades={"flu#care": 2}, article="flu"),
            asked("q", "leg#care", "flu#care", grades={"flu#care": 2}, article="flu"),
            asked("r", grades={"flu#care": 2}, article="flu"),
            asked("s", "flu", grades={"flu": 2}, article="flu"),
            asked("t", "leg#care", grades={"leg#care": 2}),
            asked("u", "flu#care", question_type="uncovered", article="flu"),
        )
        # Of p, q, r and s: t does not say what it is about, and u is not covered.
        assert (measured["right article first"].mean, measured["right article first"].queries) == (2 / 4, 4)

    def test_has_its_own_notice(self) -> None:
        measured = measures(
            asked("p", question_type="urgent", article="flu", verdict=trusted(notice=True, notice_article="flu")),
            asked("q", question_type="urgent", article="flu", verdict=trusted(notice=True, notice_article="leg")),
            asked("r", question_type="urgent", article="flu", verdict=trusted()),
            asked("s", question_type="urgent", verdict=trusted(notice=True, notice_article="leg")),
        )
        assert (measured["urgent recall"].mean, measured["urgent recall"].queries) == (3 / 4, 4)
        right = measured["urgent recall, right article"]
        assert (right.mean, right.queries) == (about(1 / 3), 3)

    def test_is_measured_only_where_the_set_names_it(self) -> None:
        measured = measures(
            asked("p", "a", grades={"a": 2}), asked("q", question_type="urgent", verdict=trusted(notice=True))
        )
        assert not {"right article first", "urgent recall, right article"} & set(measured)


class TestNoticesAndCards:
    def test_on_ordinary_questions_are_a_share_of_the_covered_ones(self) -> None:
        questions = [asked(f"c{n}", verdict=trusted(notice=n == 0)) for n in range(4)]
        at = measures(*questions)["notice on ordinary questions"]
        assert (at.mean, at.queries) == (1 / 4, 4)

    def test_of_safety_are_counted_for_emergencies_and_for_all_others(self) -> None:
        measured = measures(
            asked("e", question_type="emergency", verdict=trusted(safety=True)),
            asked("f", question_type="emergency", verdict=trusted()),
            asked("c", question_type="calm", verdict=trusted(safety=True)),
            asked("d", question_type="covered", verdict=trusted()),
            asked("u", question_type="uncovered", verdict=trusted()),
            asked("n", question_type="unurgent", verdict=trusted()),
            asked("h", question_type="urgent", verdict=trusted(safety=True)),  # may well tell of an emergency
        )
        assert (measured["safety card recall"].mean, measured["safety card recall"].queries) == (1 / 2, 2)
        assert (measured["safety card on others"].mean, measured["safety card on others"].queries) == (1 / 4, 4)

    def test_on_ordinary_questions_that_tell_of_an_emergency_are_none_on_others(self) -> None:
        measured = measures(
            asked("e", question_type="emergency", verdict=trusted(safety=True)),
            asked("c", verdict=trusted(notice=True, safety=True), tells_emergency=True),
            asked("d", verdict=trusted()),
        )
        for name in ("notice on ordinary questions", "safety card on others"):
            assert (measured[name].mean, measured[name].queries) == (0.0, 1)

    def test_of_safety_are_not_counted_without_emergencies(self) -> None:
        assert not {"safety card recall", "safety card on others"} & set(measures(asked("d", verdict=trusted())))


class TestRegisters:
    QUESTIONS = (
        asked("p", "a", grades={"a": 2}, register="story"),
        asked("q", "x", "a", grades={"a": 2}, register="story"),
        asked("r", "x", "y", "z", "a", grades={"a": 2}, register="plain"),
        asked("s", "x", grades={"a": 2}),
        asked("u", "x", question_type="uncovered", register="fragment"),
    )

    def test_have_their_own_figures_over_the_questions_that_are_scored(self) -> None:
        registers = measure("default", {}, self.QUESTIONS, 2).registers
        # The right one is at places 1 and 2 for stories, and at place 4 for the plain question.
        assert {register: {name: at.mean for name, at in of.items()} for register, of in registers.items()} == {
            "plain": {"success@1": 0.0, "success@3": 0.0, "nDCG@10": about(1 / log2(5))},
            "story": {"success@1": 0.5, "success@3": 1.0, "nDCG@10": about((1 + 1 / log2(3)) / 2)},
        }
        assert {register: of["success@1"].queries for register, of in registers.items()} == {"plain": 1, "story": 2}
        assert list(registers) == ["plain", "story"]

    def test_are_not_told_apart_where_there_is_but_one(self) -> None:
        assert measure("default", {}, self.QUESTIONS[:2], 2).registers == {}


class TestAllMeasures:
    QUESTIONS = (
        asked("n", question_type="unurgent", verdict=trusted()),
        asked("h", question_type="urgent", verdict=trusted(notice=True)),
        asked("u", question_type="uncovered", verdict=trusted("not_covered", 0.2)),
        asked("c", "a", grades={"a": 2}, verdict=trusted(marked=True, right=True)),
    )

    @given(st.permutations(QUESTIONS))
    def test_come_in_one_order_whatever_the_order_of_the_questions(self, questions: list[QueryResult]) -> None:
        assert list(measures(*questions)) == [
            *MEASURES, "answered", "refused", "uncovered not answered", "AUROC", "refusal precision", "refusal recall",
            "ECE", "urgent recall", "false alarms", "notice on ordinary questions", "highlighted", "highlight accuracy",
        ]  # fmt: skip

    def test_are_none_without_questions(self) -> None:
        outcome = measure("default", {}, [], 2)
        assert (outcome.measures, outcome.recall, outcome.coverage, outcome.bins) == ({}, (), (), ())
