"""The publish gate: asks judged questions of a candidate and of the generation being served, before readers see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wellread.progress import Progress
from wellread.relevance.judgments import Judgments, Qrels
from wellread.relevance.measures import RELEVANT, mean, per_query, run_queries
from wellread.search.query import query_text
from wellread.search.searcher import Searcher

BATCH = 32
"""Questions embedded at a time."""

MEASURE = "nDCG@10"
LOST = "success@3"
"""A question has lost its answer when no relevant passage is among the first three any more."""

CHANGED = 0.01
"""A question has improved or got worse when its nDCG@10 moved by more than this."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a candidate does to the judged questions that concern its articles, or those served before.

    `before` and `after` are mean nDCG@10; `before` is None where nothing was served. `improved`, `worse` and
    `lost` are the questions' words; `lost` ones are not repeated among the `worse`. `missing` are passages of the
    candidate's articles that questions name and that it has not: no such question finds its answer.
    """

    questions: int
    before: float | None
    after: float
    improved: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def drop(self) -> float:
        """By how much the mean nDCG@10 falls; 0 where it does not."""
        return max(0.0, self.before - self.after) if self.before is not None else 0.0


def judge(
    candidate: Searcher,
    served: Searcher | None,
    collections: Sequence[Judgments],
    progress: Progress = lambda stage, done, total: None,
) -> Verdict | None:
    """Ask both generations every judged question that concerns either; None where no question does, or was to.

    A question concerns a generation that holds a passage relevant to it, so that judgments about other articles
    do not count as lost. Collections that name the folder of their own articles are left out.
    """
    before: dict[str, dict[str, float]] = {}
    after: dict[str, dict[str, float]] = {}
    words: dict[str, str] = {}
    held = set(candidate.reader.passage_digests())
    known = held | set(served.reader.passage_digests() if served else ())
    concerned = [
        replace(collection, qrels=qrels)
        for collection in collections
        if collection.articles is None and (qrels := _concerned(collection.qrels, known))
    ]
    questions = [
        query_text(collection.queries[query], candidate.reader)[0]
        for collection in concerned
        for query in collection.qrels
    ]
    # In batches, so that questions that are new to the cache are embedded quickly.
    for start in range(0, len(questions), BATCH):
        candidate.encoder.encode_layers(questions[start : start + BATCH])
        progress("reading the judged questions", min(start + BATCH, len(questions)), len(questions))
    asked = 0

    def count_answer() -> None:
        nonlocal asked
        asked += 1
        progress("asking them", asked, len(questions) * (2 if served else 1))

    for collection in concerned:
        words |= {f"{collection.name} {query}": text for query, text in collection.queries.items()}
        run = run_queries(candidate, collection, on_answer=count_answer)
        after |= _named(collection.name, per_query(collection.qrels, run))
        if served:
            run = run_queries(served, collection, on_answer=count_answer)
            before |= _named(collection.name, per_query(collection.qrels, run))
    missing = _missing(collections, held, {article.id for article in candidate.articles})
    if not after:
        return Verdict(0, None, 0.0, missing=missing) if missing else None
    if not served:
        return Verdict(len(after), None, mean(after, MEASURE), missing=missing)
    lost = [query for query in after if before[query][LOST] > after[query][LOST]]
    moved = {query: after[query][MEASURE] - before[query][MEASURE] for query in after}
    return Verdict(
        questions=len(after),
        before=mean(before, MEASURE),
        after=mean(after, MEASURE),
        improved=tuple(words[query] for query in after if moved[query] > CHANGED and query not in lost),
        worse=tuple(words[query] for query in after if moved[query] < -CHANGED and query not in lost),
        lost=tuple(words[query] for query in lost),
        missing=missing,
    )


def _missing(collections: Sequence[Judgments], held: set[str], articles: set[str]) -> tuple[str, ...]:
    """The passages that judged questions name of some articles, where none of a question's is among those `held`."""
    named = (
        _relevant(grades)
        for collection in collections
        if collection.articles is None
        for grades in collection.qrels.values()
    )
    return tuple(
        sorted(
            {
                passage
                for passages in named
                if held.isdisjoint(passages)
                for passage in passages
                if passage.partition("#")[0] in articles
            }
        )
    )


def _concerned(qrels: Qrels, known: set[str]) -> Qrels:
    return {query: grades for query, grades in qrels.items() if not known.isdisjoint(_relevant(grades))}


def _relevant(grades: Mapping[str, int]) -> set[str]:
    return {passage for passage, grade in grades.items() if grade >= RELEVANT}


def _named(collection: str, values: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {f"{collection} {query}": value for query, value in values.items()}
