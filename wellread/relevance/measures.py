"""Measures of retrieval, by ir_measures: the only module that computes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

import numpy as np

from wellread.relevance.judgments import Judgments, Qrels
from wellread.search.searcher import Searcher

Run = Mapping[str, Mapping[str, float]]
"""Scores by query id and passage id."""

RELEVANT = 2
"""Grades from here on count as relevant where a measure knows only yes and no: 2 answers in part, 1 not at all."""

MEASURES = ("nDCG@10", "RR", "AP", "P@1", "R@10", "R@100", "judged@10", "success@1", "success@3")
"""What is measured of a ranking, by the names of TREC's evaluations; docs/evaluation.md defines each."""

CUTOFFS = (1, 2, 3, 5, 10, 20, 50, 100)
"""Where a curve of recall is drawn: about evenly on a logarithmic axis, up to the depth of R@100."""


def run_queries(
    searcher: Searcher, judgments: Judgments, k: int = 10, on_answer: Callable[[], None] = lambda: None
) -> dict[str, dict[str, float]]:
    """Ask every judged question of a generation, as a reader would; `on_answer` is called after each.

    The k best are taken of the articles that were judged at all (a condensed list: Sakai 2007): of passages of any
    other article nobody knows whether they answer, and a library that grows is none the worse for them.
    """
    judged = {
        name.partition("#")[0] for grades in judgments.qrels.values() for name, grade in grades.items() if grade >= 0
    }
    numbers = [number for number, article in enumerate(searcher.articles) if article.id in judged]
    run: dict[str, dict[str, float]] = {}
    for query in judgments.qrels:
        ranking = searcher.search(judgments.queries[query]).ranking
        judged_rows = np.array(ranking.rows, np.int64)[np.isin(ranking.articles, numbers)]
        run[query] = by_place([searcher.reader.passage(row).id for row in judged_rows[:k].tolist()])
        on_answer()
    return run


def by_place(ranked: Iterable[str]) -> dict[str, float]:
    """Scores that hold an order: one over the place.

    trec_eval puts what has one score in an order of its own, and what is measured must be the order that readers see.
    """
    return {name: 1 / place for place, name in enumerate(ranked, 1)}


def answerable(qrels: Qrels, relevant: int = RELEVANT) -> Qrels:
    """The questions with a relevant judgment: the others have nothing that a ranking could be measured by."""
    return {query: grades for query, grades in qrels.items() if max(grades.values(), default=0) >= relevant}


def per_query(
    qrels: Qrels, run: Run, relevant: int = RELEVANT, measures: Sequence[str] = MEASURES
) -> dict[str, dict[str, float]]:
    """Measures of every answerable question, by query id, as trec_eval has them.

    Grades from `relevant` on are relevant; an unjudged passage is not, and one with a grade below 0 is unjudged. A
    question that the run lacks scores 0.
    """
    judged = {
        query: {name: grade for name, grade in grades.items() if grade >= 0}
        for query, grades in answerable(qrels, relevant).items()
    }
    names = {_measure(name, relevant): name for name in measures}
    values: dict[str, dict[str, float]] = {query: dict.fromkeys(measures, 0.0) for query in judged}
    found = {query: dict(run[query]) for query in judged if run.get(query)}
    if not found:
        return values
    import ir_measures

    for metric in ir_measures.iter_calc(list(names), {query: judged[query] for query in found}, found):
        values[metric.query_id][names[metric.measure]] = float(metric.value)
    return values


def mean(values: Mapping[str, Mapping[str, float]], measure: str) -> float:
    """The mean of a measure over questions; 0 where there are none."""
    return fmean(value[measure] for value in values.values()) if values else 0.0


def _measure(name: str, relevant: int) -> Any:
    """A measure of ir_measures by the name it has here, such as "R@100"; grades from `relevant` on are relevant."""
    import ir_measures

    kind, _, cutoff = name.partition("@")
    measure = {
        "nDCG": ir_measures.nDCG,
        "RR": ir_measures.RR(rel=relevant),
        "AP": ir_measures.AP(rel=relevant),
        "P": ir_measures.P(rel=relevant),
        "R": ir_measures.R(rel=relevant),
        "judged": ir_measures.Judged,
        "success": ir_measures.Success(rel=relevant),
    }[kind]
    return measure @ int(cutoff) if cutoff else measure
