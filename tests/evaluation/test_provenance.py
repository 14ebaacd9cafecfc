"""What it takes to have an evaluation again is told, and changes with whatever the figures depend on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wellread.evaluation.provenance import PACKAGES, provenance
from wellread.evaluation.question_sets import QuestionSet
from wellread.evaluation.runs import Question
from wellread.evaluation.systems import BUILT_IN, System

ONE = QuestionSet("flu", (Question("q", "fever?", "covered", {"b": 1, "a": 2}, ("Fever.",)),), "passage")


def digest(one: QuestionSet) -> str:
    digests = provenance([], [one], [], {})["questions"]
    assert list(digests) == [one.name]
    return str(digests[one.name])


class TestProvenance:
    def test_names_command_texts_questions_arms_seed_and_versions(self) -> None:
        told = provenance(
            ["--split", "dev test"], [ONE], [BUILT_IN["default"], System("short", tokens=64)], {"model": "hash"}
        )
        assert list(told) == [
            "command", "model", "questions", "systems", "seed", "bootstrap samples", "randomisations", "versions",
            "machine",
        ]  # fmt: skip
        assert told["command"] == "wellread evaluate --split 'dev test'"
        assert told["model"] == "hash"
        assert told["systems"] == {
            name: system.settings()
            for name, system in (("default", System("default")), ("short", System("short", tokens=64)))
        }
        assert (told["seed"], told["bootstrap samples"], told["randomisations"]) == (20260101, 2000, 20_000)
        assert list(told["versions"]) == ["python", *PACKAGES]
        assert told["versions"]["numpy"] == np.__version__

    def test_is_the_same_again(self) -> None:
        assert provenance([], [ONE], [System("default")], {}) == provenance([], [ONE], [System("default")], {})


class TestTheDigestOfQuestions:
    def test_does_not_depend_on_the_order_of_the_judgments(self) -> None:
        (question,) = ONE.questions
        assert digest(replace(ONE, questions=(replace(question, grades={"a": 2, "b": 1}),))) == digest(ONE)

    def test_changes_with_anything_that_is_asked_or_judged(self) -> None:
        (question,) = ONE.questions
        others = [
            replace(question, query="p"),
            replace(question, text="fever"),
            replace(question, type="urgent"),
            replace(question, grades={"a": 2, "b": 2}),
            replace(question, sentences=()),
            replace(question, article="flu"),
            replace(question, register="story"),
        ]
        digests = [digest(replace(ONE, questions=(one,))) for one in [question, *others]]
        assert (
            len({*digests, digest(replace(ONE, questions=())), digest(replace(ONE, questions=2 * ONE.questions))}) == 10
        )

    def test_may_be_of_half_a_character(self) -> None:
        (question,) = ONE.questions
        assert len(digest(replace(ONE, questions=(replace(question, text="\ud800"),)))) == 64
