"""How well questions are answered: the one place where a measure of retrieval is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import fmean
from typing import Any

import ir_measures
from ir_measures import RR, Success, nDCG

from wellread.judgments import Judgments, Qrels
from wellread.search import Searcher

Run = Mapping[str, Mapping[str, float]]
"""Scores by query id and passage id."""

RELEVANT = 2
"""Grades from here on count as relevant where a measure knows only yes and no."""

MEASURES: dict[str, Callable[[int], Any]] = {
    "nDCG@10": lambda relevant: nDCG @ 10,
    "RR": lambda relevant: RR(rel=relevant),
    "success@1": lambda relevant: Success(rel=relevant) @ 1,
    "success@3": lambda relevant: Success(rel=relevant) @ 3,
}
"""Each measure, given the grade from which on a passage is relevant."""


def run_queries(
    searcher: Searcher, judgments: Judgments, k: int = 10, asked: Callable[[], None] = lambda: None
) -> dict[str, dict[str, float]]:
    """Ask every judged question of a generation, as a reader would; `asked` is called after each.

    A passage's score is one over its place: trec_eval puts passages of one score in an order of its own, and what is
    measured must be the order that readers see.
    """
    run: dict[str, dict[str, float]] = {}
    for query in judgments.qrels:
        hits = searcher.rank(judgments.queries[query], k)
        run[query] = {hit.passage.id: 1 / place for place, hit in enumerate(hits, 1)}
        asked()
    return run


def per_query(qrels: Qrels, run: Run, relevant: int = RELEVANT) -> dict[str, dict[str, float]]:
    """Every measure of every answerable question (one with a relevant judgment), by query id, as trec_eval has it.

    Grades from `relevant` on are relevant; an unjudged passage is not. A question that the run lacks scores 0.
    """
    answerable = {query: dict(grades) for query, grades in qrels.items() if max(grades.values(), default=0) >= relevant}
    names = {measure_at(relevant): name for name, measure_at in MEASURES.items()}
    values: dict[str, dict[str, float]] = {query: dict.fromkeys(MEASURES, 0.0) for query in answerable}
    found = {query: dict(run.get(query, {})) for query in answerable}
    for metric in ir_measures.iter_calc(list(names), answerable, found):
        values[metric.query_id][names[metric.measure]] = float(metric.value)
    return values


def mean(values: Mapping[str, Mapping[str, float]], measure: str) -> float:
    """The mean of a measure over questions; 0 where there are none."""
    return fmean(value[measure] for value in values.values()) if values else 0.0
