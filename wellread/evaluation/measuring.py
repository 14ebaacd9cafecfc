"""What the answers of one system to a set of questions are worth: ranking, abstention, urgent care and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wellread.evaluation.results import Estimate, QueryResult, SystemResult
from wellread.evaluation.statistics import auroc, calibration_bins, calibration_error, coverage, estimate
from wellread.relevance.measures import CUTOFFS, MEASURES, by_place, mean, per_query


def measure(name: str, settings: Mapping[str, Any], asked: Sequence[QueryResult], relevant: int) -> SystemResult:
    """Everything that is computed of one system; grades from `relevant` on are relevant.

    Ranking is measured on covered questions that have a relevant judgment, the rest on those that it speaks of.
    """
    values = values_of(asked, relevant)
    curve = values_of(asked, relevant, [f"R@{k}" for k in CUTOFFS])
    confident = _confident(asked)
    return SystemResult(
        name=name,
        settings=settings,
        questions=tuple(replace(one, values=values.get(one.query, {})) for one in asked),
        measures=_ranking(values) | _abstention(asked) | _urgency(asked) | _marks(asked),
        recall=tuple((k, mean(curve, f"R@{k}")) for k in CUTOFFS) if curve else (),
        coverage=coverage(confident) if confident else (),
        bins=calibration_bins(confident) if confident else (),
    )


def values_of(
    asked: Sequence[QueryResult], relevant: int, measures: Sequence[str] = MEASURES
) -> dict[str, dict[str, float]]:
    """Ranking measures of every covered question that has a relevant judgment, by its id."""
    ranked = [one for one in asked if one.type == "covered"]
    run = {one.query: by_place(found.id for found in one.found) for one in ranked}
    return per_query({one.query: one.grades for one in ranked}, run, relevant, measures)


def _ranking(values: Mapping[str, Mapping[str, float]]) -> dict[str, Estimate]:
    return {name: estimate([value[name] for value in values.values()]) for name in MEASURES} if values else {}


def _abstention(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """When it answers and when it does not.

    "answered" and "refused" are shares of the covered questions, "uncovered not answered" of the others. "AUROC" is
    that of the confidence, covered against uncovered; "refusal precision" the share of uncovered questions among those
    refused, "refusal recall" the share of those refused among the uncovered; "ECE" the expected calibration error.
    """
    covered, uncovered = _of(asked, "covered"), _of(asked, "uncovered")
    measured: dict[str, Estimate] = {}
    if covered:
        measured["answered"] = _share(covered, lambda one: _state(one) == "answered")
        measured["refused"] = _share(covered, lambda one: _state(one) == "not_covered")
    if uncovered:
        measured["uncovered not answered"] = _share(uncovered, lambda one: _state(one) != "answered")
    if covered and uncovered:
        pairs = _confident(asked)
        measured["AUROC"] = estimate(
            pairs, lambda some: auroc([c for c, true in some if true], [c for c, true in some if not true])
        )
        refused = [one for one in covered + uncovered if _state(one) == "not_covered"]
        if refused:
            measured["refusal precision"] = _share(refused, lambda one: one.type == "uncovered")
        measured["refusal recall"] = _share(uncovered, lambda one: _state(one) == "not_covered")
        measured["ECE"] = estimate(pairs, calibration_error)
    return measured


def _urgency(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """The shares of urgent questions, and of their unurgent twins, that get the urgent notice."""
    measured: dict[str, Estimate] = {}
    for name, kind in (("urgent recall", "urgent"), ("false alarms", "unurgent")):
        if questions := _of(asked, kind):
            measured[name] = _share(questions, lambda one: one.verdict is not None and one.verdict.notice)
    return measured


def _marks(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """How many first passages of a relevant grade have a marked sentence, and how many marks the judges list."""
    told = [
        one.verdict
        for kind in ("covered", "urgent")
        for one in _of(asked, kind)
        if one.verdict and one.verdict.marked is not None
    ]
    right = [float(verdict.right) for verdict in told if verdict.right is not None]
    measured = {"highlighted": estimate([float(bool(verdict.marked)) for verdict in told])} if told else {}
    return measured | ({"highlight accuracy": estimate(right)} if right else {})


def _of(asked: Sequence[QueryResult], kind: str) -> list[QueryResult]:
    return [one for one in asked if one.type == kind and one.verdict is not None]


def _state(one: QueryResult) -> str:
    return one.verdict.state if one.verdict else ""


def _confident(asked: Sequence[QueryResult]) -> list[tuple[float, bool]]:
    """The confidence of every covered or uncovered question, and which it is; empty unless there are both."""
    kinds = ("covered", "uncovered")
    pairs = [(one.verdict.confidence, one.type == "covered") for one in asked if one.verdict and one.type in kinds]
    return pairs if {true for _, true in pairs} == {True, False} else []


def _share(questions: Sequence[QueryResult], holds: Callable[[QueryResult], bool]) -> Estimate:
    return estimate([float(holds(one)) for one in questions])
