"""The worst questions: those that lost most, in one order, with what was wanted and what came instead."""

from __future__ import annotations

from dataclasses import replace

from evaluated import SCORES, asked, system

from wellread.evaluation.failures import describe, failures
from wellread.evaluation.results import ScoredDoc, TestbedResult

GRADES = {"a": 2}


def losses(one: TestbedResult, number: int, count: int = 10) -> dict[str, float]:
    return {question.query: loss for question, loss in failures(one, one.systems[number], count, "RR")}


DEFAULT = system(
    "default",
    asked("p", "a", grades=GRADES),
    asked("q", "x", "a", grades=GRADES),
    asked("s", "x", "y", grades=GRADES),
    asked("r", "x", "y", grades=GRADES),
    asked("u", "x", question_type="uncovered"),
)
OTHER = system(
    "other",
    asked("p", "x", "y", "z", "a", grades=GRADES),
    asked("q", "a", grades=GRADES),
    asked("s", "x", "a", grades=GRADES),
    asked("r", "z", grades=GRADES),
    asked("u", "a", question_type="uncovered"),
)
BOTH = TestbedResult("flu", 2, (DEFAULT, OTHER))


class TestTheWorstQuestions:
    def test_of_the_baseline_are_those_farthest_from_perfect_and_ties_go_by_id(self) -> None:
        # Reciprocal ranks: r and s found nothing, q has 1/2, p is perfect, u is not scored.
        assert list(losses(BOTH, 0).items()) == [("r", 1.0), ("s", 1.0), ("q", 0.5)]

    def test_of_another_arm_are_those_that_fell_most_from_the_baseline(self) -> None:
        # p fell from 1 to 1/4; q and s rose, r is at 0 in both.
        assert losses(BOTH, 1) == {"p": 0.75}

    def test_are_as_many_as_are_wanted(self) -> None:
        assert list(losses(BOTH, 0, 1)) == ["r"]
        assert list(losses(BOTH, 0, 2)) == ["r", "s"]

    def test_are_none_where_nothing_is_lost(self) -> None:
        perfect = system("default", asked("p", "a", grades=GRADES))
        assert failures(TestbedResult("flu", 2, (perfect,)), perfect, 10, "RR") == []


class TestAQuestionIsDescribed:
    def test_by_what_was_found_and_what_was_wanted(self) -> None:
        (question,) = system(
            "default",
            asked("q", "x", "b", "c", "a", grades={"a": 3, "b": 1, "d": 2, "e": 2, "f": 2}),
        ).questions
        # The first relevant passage is at place 4.
        assert list(describe(question, 0.75, 2, "RR")) == [
            "q  RR 0.250 (-0.750)  q?",
            "    found     1. x  (not judged)",
            "    found     2. b  (grade 1)",
            "    found     3. c  (not judged)",
            "    wanted    4. a  (grade 3)",
            "    wanted    –. d  (grade 2)",
            "    wanted    –. e  (grade 2)",
        ]

    def test_by_its_scores_where_they_are_known(self) -> None:
        found = (ScoredDoc("x", SCORES), ScoredDoc("a", SCORES))
        (question,) = system("default", replace(asked("q", grades={"a": 2}), found=found)).questions
        parts = "passage 0.50  sentence 0.62  late 0.00  BM25 2.0  = 0.750"
        assert list(describe(question, 0.5, 2, "RR"))[1:] == [
            f"    found     1. x  (not judged)  {parts}",
            f"    found     2. a  (grade 2)  {parts}",
            f"    wanted    2. a  (grade 2)  {parts}",
        ]

    def test_on_one_line_whatever_its_words(self) -> None:
        (question,) = system("default", replace(asked("q", grades=GRADES), text=" why\n  does it\thurt ")).questions
        first, wanted = describe(question, 1.0, 2, "RR")
        assert first == "q  RR 0.000 (-1.000)  why does it hurt"
        assert wanted == "    wanted    –. a  (grade 2)"

    def test_as_found_and_not_judged_where_it_was_graded_0(self) -> None:
        (question,) = system("default", asked("q", "x", grades={"x": 0, "a": 2, "b": 1})).questions
        assert list(describe(question, 1.0, 2, "RR"))[1:] == [
            "    found     1. x  (grade 0)",
            "    wanted    –. a  (grade 2)",
        ]
