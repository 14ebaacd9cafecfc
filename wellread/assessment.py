"""How well the articles answer judged questions: ranking, abstention, urgent care and marks, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np

from wellread.evaluation import MEASURES, RELEVANT, per_query
from wellread.judgments import Judgments
from wellread.models import Answer
from wellread.search import Searcher

RESAMPLES = 2000
SEED = 20260101
BINS = 10
"""Bins of equal width for the expected calibration error."""

DEPTH = 10
"""Passages asked for."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's mean over questions, with its 95 % bootstrap interval; `queries` says over how many."""

    mean: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged question with what was answered; `kind` and `sentences` are from its metadata."""

    query: str
    kind: str
    grades: Mapping[str, int]
    sentences: tuple[str, ...]
    answer: Answer


def ask_all(
    searcher: Searcher, judgments: Judgments, split: str = "", asked: Callable[[], None] = lambda: None
) -> list[Asked]:
    """Ask every question of a collection, of one split where it is named."""
    found = []
    for query, text in judgments.queries.items():
        about: Mapping[str, Any] = judgments.about.get(query, {})
        if split and about.get("split") != split:
            continue
        grades = judgments.qrels.get(query, {})
        kind = str(about.get("kind") or ("covered" if max(grades.values(), default=0) >= RELEVANT else "uncovered"))
        found.append(Asked(query, kind, grades, tuple(about.get("sentences") or ()), searcher.ask(text, DEPTH)))
        asked()
    return found


def assess(questions: Sequence[Asked]) -> dict[str, Estimate]:
    """Every measure that these questions allow, by name.

    Ranking is measured on covered questions alone. "AUROC" is that of the confidence, covered against uncovered ones;
    "ECE" the expected calibration error of the confidence over both (Naeini et al., AAAI 2015). "urgent recall" and
    "false alarms" are the shares of urgent questions and of their unurgent twins with the urgent notice. "highlight
    accuracy" is the share of marked sentences that the judges list, over first passages of grade 2 or more, and
    "highlighted" the share of those passages that have a mark.
    """
    of = {
        kind: [one for one in questions if one.kind == kind] for kind in ("covered", "uncovered", "urgent", "unurgent")
    }
    measured: dict[str, Estimate] = {}
    answerable = {one.query: one.grades for one in of["covered"]}
    run = {
        one.query: {hit.passage.id: 1 / place for place, hit in enumerate(one.answer.hits, 1)} for one in of["covered"]
    }
    values = per_query(answerable, run)
    for measure in MEASURES if values else ():
        measured[measure] = estimate([value[measure] for value in values.values()])
    if of["covered"]:
        measured["answered"] = _share(of["covered"], lambda one: one.answer.state == "answered")
        measured["refused"] = _share(of["covered"], lambda one: one.answer.state == "not_covered")
    if of["uncovered"]:
        measured["uncovered not answered"] = _share(of["uncovered"], lambda one: one.answer.state != "answered")
        measured["uncovered refused"] = _share(of["uncovered"], lambda one: one.answer.state == "not_covered")
    if of["covered"] and of["uncovered"]:
        pairs = [(one.answer.confidence, one.kind == "covered") for one in of["covered"] + of["uncovered"]]
        measured["AUROC"] = estimate(pairs, lambda sample: auroc(*_split(sample)))
        measured["ECE"] = estimate(pairs, calibration_error)
    if of["urgent"]:
        measured["urgent recall"] = _share(of["urgent"], lambda one: one.answer.urgent is not None)
    if of["unurgent"]:
        measured["false alarms"] = _share(of["unurgent"], lambda one: one.answer.urgent is not None)
    marks = [mark for one in of["covered"] + of["urgent"] if (mark := _mark(one)) is not None]
    if marks:
        measured["highlighted"] = estimate([float(marked) for marked, _ in marks])
        right = [float(good) for marked, good in marks if marked]
        if right:
            measured["highlight accuracy"] = estimate(right)
    return measured


def estimate(values: Sequence[Any], measure: Callable[[Sequence[Any]], float] = fmean) -> Estimate:
    """A measure of some values with the 2.5 % and 97.5 % quantiles over bootstrap samples (Efron, 1979).

    There are RESAMPLES of them, a quarter of that where the measure is not a mean.
    """
    chance = np.random.default_rng(SEED)
    count = len(values)
    if measure is fmean:
        means = np.asarray(values, np.float64)[chance.integers(count, size=(RESAMPLES, count))].mean(axis=1)
    else:
        drawn = (chance.integers(count, size=count) for _ in range(RESAMPLES // 4))
        means = np.array([measure([values[n] for n in sample]) for sample in drawn])
    low, high = np.nanquantile(means, [0.025, 0.975])
    return Estimate(float(measure(values)), float(low), float(high), count)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The probability that a positive's score is above a negative's, ties counting half; NaN without both."""
    if not positive or not negative:
        return float("nan")
    below = np.searchsorted(np.sort(negative), positive, side="left")
    upto = np.searchsorted(np.sort(negative), positive, side="right")
    return float((below + upto).sum() / 2 / len(positive) / len(negative))


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean gap between confidence and truth over BINS bins, weighed by how many fall into each."""
    confidence = np.array([score for score, _ in pairs])
    truth = np.array([float(true) for _, true in pairs])
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidence[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(sum(gaps))


def _split(pairs: Sequence[tuple[float, bool]]) -> tuple[list[float], list[float]]:
    return [score for score, true in pairs if true], [score for score, true in pairs if not true]


def _share(questions: Sequence[Asked], holds: Callable[[Asked], bool]) -> Estimate:
    return estimate([float(holds(one)) for one in questions])


def _mark(one: Asked) -> tuple[bool, bool] | None:
    """Whether the first passage has a mark, and a right one; None where the judges cannot tell."""
    if not one.answer.hits or not one.sentences:
        return None
    first = one.answer.hits[0]
    if one.grades.get(first.passage.id, 0) < RELEVANT:
        return None
    if first.sentence is None:
        return False, False
    return True, first.passage.quote(first.sentence) in one.sentences
