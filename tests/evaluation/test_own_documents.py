"""Questions that are documents: left out of their own rankings where ids are equal, or words too."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from evaluated import article

from wellread.evaluation.own_documents import OwnDocument, without_own_documents
from wellread.evaluation.question_sets import QuestionSet
from wellread.evaluation.runs import Question

SUGAR = "Tax sugar, for it makes people ill."
DOCUMENTS = (article("a1", text=SUGAR), article("a2", text="A tax changes nothing."), article("copy", text=SUGAR))


def own(text: str, grades: Mapping[str, int], by: OwnDocument, query: str = "a1") -> frozenset[str]:
    questions = QuestionSet("set", (Question(query, text, "covered", grades),), "article", relevant=1)
    return without_own_documents(questions, DOCUMENTS, by).questions[0].own


@pytest.mark.parametrize(("by", "expected"), [("ids", {"a1"}), ("words", {"a1", "copy"}), ("keep", set())])
def test_are_found_by_ids_or_also_by_words_or_kept(by: OwnDocument, expected: set[str]) -> None:
    assert own(f" {SUGAR.upper()}\n", {"a2": 1}, by) == expected


def test_may_have_other_words_than_the_document_of_their_id() -> None:
    assert own("tax sugar", {"a2": 1}, "ids") == {"a1"}


@pytest.mark.parametrize(("grade", "expected"), [(1, set()), (0, {"a1"}), (-1, {"a1"})])
def test_are_kept_where_their_document_is_judged_relevant(grade: int, expected: set[str]) -> None:
    assert own("tax sugar", {"a1": grade, "a2": 1}, "ids") == expected


def test_are_none_where_no_id_is_equal() -> None:
    assert own(SUGAR, {"a2": 1}, "ids", query="q1") == frozenset()
    assert own(SUGAR, {"a2": 1}, "words", query="q1") == {"a1", "copy"}


def test_are_counted_in_a_note() -> None:
    asked = tuple(Question(query, "tax", "covered", {"a2": 1}) for query in ("a1", "q2", "copy"))
    questions = QuestionSet("set", asked, "article", relevant=1, notes=("before",))
    assert without_own_documents(questions, DOCUMENTS, "ids").notes == (
        "before",
        "Questions that are documents (the same id), left out of their own rankings: 2 of 3.",
    )
    assert without_own_documents(questions, DOCUMENTS, "keep") is questions
