"""Judged questions that are measured together: what they are, where they are asked, and by what they are judged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from wellread.evaluation.results import QuestionType
from wellread.evaluation.runs import Question
from wellread.evaluation.testbeds import Testbed, Unit
from wellread.relevance.judgments import Judgments
from wellread.relevance.measures import RELEVANT

_PART = re.compile(r"\.[0-9]+$")
"""What the id of a passage has behind the id of its section, where the section is in several parts."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are measured together; `unit` is what they are judged by, `relevant` the grade that counts.

    They are asked in `testbed`, None where only runs from elsewhere are measured. `title` stands before the name where
    people read, and `notes` say what they must know of the set.
    """

    name: str
    questions: tuple[Question, ...]
    unit: Unit
    testbed: Testbed | None = None
    relevant: int = RELEVANT
    notes: tuple[str, ...] = ()
    title: str = ""


def judged_questions(judgments: Judgments, split: str = "", relevant: int = RELEVANT) -> tuple[Question, ...]:
    """The questions of a collection, of one split where it is named, with what their metadata says of them.

    A question whose metadata names none of the kinds is covered where a judgment of it has the grade `relevant`.
    """
    questions = []
    for query, text in judgments.queries.items():
        about = judgments.about.get(query, {})
        if split and about.get("split") != split:
            continue
        grades = judgments.qrels.get(query, {})
        question_type: QuestionType = "covered" if max(grades.values(), default=0) >= relevant else "uncovered"
        if about.get("kind") in get_args(QuestionType):
            question_type = about["kind"]
        sentences = tuple(about.get("sentences") or ())
        article, register = (str(about.get(key) or "") for key in ("article", "register"))
        emergency = about.get("emergency") in ("yes", "unclear")
        questions.append(Question(query, text, question_type, grades, sentences, article, register, emergency))
    return tuple(questions)


def unit_of(judged: set[str], testbed: Testbed) -> Unit | None:
    """What judged ids are of a testbed: of its passages or its articles; None where they are neither."""
    known = testbed.known()
    if judged & known:
        return "passage"
    return "article" if judged & {passage.partition("#")[0] for passage in known} else None


def by_section(questions: QuestionSet) -> QuestionSet:
    """The same questions judged by whole sections: the best grade of a section's passages counts."""
    if questions.unit != "passage":
        return questions
    judged = []
    for question in questions.questions:
        grades: dict[str, int] = {}
        for passage, grade in question.grades.items():
            section = section_of(passage)
            grades[section] = max(grade, grades.get(section, grade))
        judged.append(replace(question, grades=grades))
    note = "The systems cut the texts differently: whole sections are compared, by the best grade of their passages."
    return replace(questions, questions=tuple(judged), unit="section", notes=(*questions.notes, note))


def sections_ranked(ranked: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """A run of passages as one of sections: each stands where the first of its passages stands."""
    return {query: list(dict.fromkeys(map(section_of, passages))) for query, passages in ranked.items()}


def section_of(passage: str) -> str:
    """The id of the section that a passage is in, `article#anchor` of `article#anchor.2`."""
    return _PART.sub("", passage)
