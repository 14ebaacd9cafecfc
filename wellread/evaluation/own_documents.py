"""Questions that are documents of their collection: each is left out of its own ranking, where it would come first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from wellread.datatypes import Article
from wellread.evaluation.question_sets import QuestionSet

OwnDocument = Literal["ids", "words", "keep"]
"""By what a document is taken for a question: by an equal id, by equal words too, or by nothing."""


def without_own_documents(questions: QuestionSet, articles: Iterable[Article], by: OwnDocument) -> QuestionSet:
    """The same questions, each with the documents that must be left out of its ranking, and a note that says how many.

    Equal ids name the same text in such collections as ArguAna and Quora, whose figures are published without it (BEIR:
    Thakur et al., 2021, `ignore_identical_ids`). A document that is judged relevant to the question stays: those who
    judged it want it found, as where questions and documents are merely numbered alike.
    """
    if by == "keep":
        return questions
    known = {article.id: article for article in articles}
    by_words = _by_words(known) if by == "words" else {}
    own = {
        question.query: frozenset(
            name
            for name in (question.query, *by_words.get(_words(question.text), ()))
            if name in known and question.grades.get(name, 0) < questions.relevant
        )
        for question in questions.questions
    }
    count = sum(map(bool, own.values()))
    if not count:
        return questions
    alike = "the same id or the same words" if by == "words" else "the same id"
    note = f"Questions that are documents ({alike}), left out of their own rankings: {count} of {len(own)}."
    return replace(
        questions,
        questions=tuple(replace(question, own=own[question.query]) for question in questions.questions),
        notes=(*questions.notes, note),
    )


def _by_words(articles: Mapping[str, Article]) -> Mapping[str, Sequence[str]]:
    """The ids of documents by their words, and by those of their titles and texts together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, article in articles.items():
        text = " ".join(block.text for section in article.sections for block in section.blocks)
        for words in {_words(text), _words(f"{article.title} {text}")}:
            found[words].append(name)
    return found


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
