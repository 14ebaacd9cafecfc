"""Judged questions put to a system: what it finds, in the order that readers see, and what it says of its answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wellread.datatypes import Answer, Scores
from wellread.errors import EvaluationError
from wellread.evaluation.results import AnswerVerdict, QueryResult, QuestionType, ScoredDoc
from wellread.evaluation.testbeds import Units
from wellread.relevance.measures import RELEVANT
from wellread.search.ranking import CANDIDATES, Ranking
from wellread.search.searcher import Searcher

DEPTH = 100
"""How many passages or documents are kept of what is found for a question: as deep as R@100 looks."""

SHOWN = 10
"""Passages that an answer is asked for where what is said of it is measured; state and notice do not depend on it."""

DEEPER = 4
"""While fewer than DEPTH different documents are found, candidates are fetched this many times as deep.

Not measured: each step costs one more search, and few questions need a second.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question: its id, its words, what it is, its judgments and the sentences that answer it, if listed.

    `grades` are by the id of a passage, section or article. `article` is the id of the article that it is about and
    `register` how it is put, such as "story"; "" where the set does not say. `tells_emergency` is whether it tells
    of an emergency, or may, whatever its type. `own` has the documents that are the question itself, which are left
    out of what is found for it.
    """

    query: str
    text: str
    type: QuestionType
    grades: Mapping[str, int] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    article: str = ""
    register: str = ""
    tells_emergency: bool = False
    own: frozenset[str] = frozenset()

    def result(
        self, found: Iterable[ScoredDoc], seconds: float | None = None, verdict: AnswerVerdict | None = None
    ) -> QueryResult:
        """What a system found for it, best first, in how many seconds, and what was said of the answer."""
        return QueryResult(
            query=self.query,
            text=self.text,
            type=self.type,
            grades=self.grades,
            found=tuple(found),
            article=self.article,
            register=self.register,
            tells_emergency=self.tells_emergency,
            seconds=seconds,
            verdict=verdict,
        )


def ask_all(
    searcher: Searcher,
    units: Units,
    questions: Sequence[Question],
    with_answers: bool,
    on_answer: Callable[[], None] = lambda: None,
) -> tuple[QueryResult, ...]:
    """Ask every question; with `with_answers` the whole answer, as a reader gets it, and not its ranking alone."""
    answers = []
    for question in questions:
        began = time.perf_counter()
        result = searcher.search(question.text)
        answer = searcher.answer(result, SHOWN) if with_answers else None
        seconds = time.perf_counter() - began
        found = _distinct(searcher, units, question, result.ranking)
        answers.append(question.result(found, seconds, _verdict(answer, question) if answer else None))
        on_answer()
    return tuple(answers)


def take_from_run(
    name: str, ranked: Mapping[str, Sequence[str]], questions: Sequence[Question], complete: bool
) -> tuple[QueryResult, ...]:
    """What a run from elsewhere has for each question.

    Raises:
        EvaluationError: it has nothing for some question, and it was not said to be `complete` all the same.
    """
    judged = [question.query for question in questions if question.grades]
    missing = [query for query in judged if not ranked.get(query)]
    if missing and (len(missing) == len(judged) or not complete):
        raise EvaluationError(
            f"the run has nothing for {len(missing)} of {len(judged)} judged questions, {missing[0]} the first",
            "take the run that belongs to these questions"
            if len(missing) == len(judged)
            else "let it answer them, or count them as 0 with --complete, as trec_eval -c does",
            where=name,
        )
    return tuple(
        question.result(
            ScoredDoc(document)
            for document in [name for name in ranked.get(question.query, ()) if name not in question.own][:DEPTH]
        )
        for question in questions
    )


def _distinct(searcher: Searcher, units: Units, question: Question, ranking: Ranking) -> list[ScoredDoc]:
    """The first DEPTH different units that are not the question itself, each where its best row stands.

    What readers get stands first; where that has too few, candidates from deeper down follow it.
    """
    found: dict[str, Scores] = {}
    for row, scores in zip(ranking.rows, ranking.scores, strict=True):
        found.setdefault(units[row], scores)
    rows = searcher.reader.passage_count
    below = Searcher(searcher.reader, searcher.encoder, searcher.calibration, searcher.weights)
    depth = CANDIDATES
    while len(found) < DEPTH + len(question.own) and depth < rows:
        depth *= DEEPER
        for row, scores in below.order(question.text, depth):
            found.setdefault(units[row], scores)
    return [ScoredDoc(name, scores) for name, scores in found.items() if name not in question.own][:DEPTH]


def _verdict(answer: Answer, question: Question) -> AnswerVerdict:
    marked: bool | None = None
    right: bool | None = None
    first = answer.hits[0] if answer.hits else None
    if first and question.sentences and question.grades.get(first.passage.id, 0) >= RELEVANT:
        marked = first.sentence is not None
        if first.sentence is not None:
            right = first.passage.quote(first.sentence) in question.sentences
    return AnswerVerdict(
        confidence=answer.confidence,
        state=answer.state,
        notice=answer.urgent is not None,
        marked=marked,
        right=right,
        notice_article=answer.urgent.article if answer.urgent else "",
        safety=getattr(answer, "safety", None) is not None,
    )
