"""What the answers of one system to a set of questions are worth: ranking, abstention, urgent care and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from wellread.evaluation.results import AnswerVerdict, Estimate, QueryResult, QuestionType, SystemResult
from wellread.evaluation.statistics import auroc, calibration_bins, calibration_error, coverage, estimate
from wellread.relevance.measures import CUTOFFS, MEASURES, by_place, mean, per_query

BY_REGISTER = ("success@1", "success@3", "nDCG@10")
"""The measures that are shown by register: whether the right passage is first, among three, and the whole ranking."""

RIGHT_ARTICLE = "right article first"
"""A measure of every system where the set says which article each question is about."""

_Answered = tuple[QueryResult, AnswerVerdict]


def measure(name: str, settings: Mapping[str, Any], asked: Sequence[QueryResult], relevant: int) -> SystemResult:
    """Everything that is computed of one system; grades from `relevant` on are relevant.

    Ranking is measured on covered questions that have a relevant judgment, the rest on those that it speaks of.
    """
    values = values_of(asked, relevant)
    curve = values_of(asked, relevant, [f"R@{k}" for k in CUTOFFS])
    confident = _confident(asked)
    of_answers = (part(asked) for part in (_right_article, _abstention, _urgency, _safety, _marks))
    return SystemResult(
        name=name,
        settings=settings,
        questions=tuple(replace(result, values=values.get(result.query, {})) for result in asked),
        measures={measured: at for part in (_ranking(values), *of_answers) for measured, at in part.items()},
        recall=tuple((k, mean(curve, f"R@{k}")) for k in CUTOFFS) if curve else (),
        coverage=coverage(confident) if confident else (),
        bins=calibration_bins(confident) if confident else (),
        registers=_by_register(asked, values),
    )


def values_of(
    asked: Sequence[QueryResult], relevant: int, measures: Sequence[str] = MEASURES
) -> dict[str, dict[str, float]]:
    """Ranking measures of every covered question that has a relevant judgment, by its id."""
    ranked = [result for result in asked if result.type == "covered"]
    run = {result.query: by_place(found.id for found in result.found) for result in ranked}
    return per_query({result.query: result.grades for result in ranked}, run, relevant, measures)


def _ranking(values: Mapping[str, Mapping[str, float]]) -> dict[str, Estimate]:
    return {name: estimate([value[name] for value in values.values()]) for name in MEASURES} if values else {}


def _by_register(
    asked: Sequence[QueryResult], values: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, Estimate]]:
    """Some ranking measures by the questions' register, in the order of the letters; empty with fewer than two."""
    groups: dict[str, list[Mapping[str, float]]] = {}
    for result in asked:
        if result.register and result.query in values:
            groups.setdefault(result.register, []).append(values[result.query])
    if len(groups) < 2:
        return {}
    return {
        register: {name: estimate([value[name] for value in groups[register]]) for name in BY_REGISTER}
        for register in sorted(groups)
    }


def _right_article(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """The share of covered questions whose first passage is of the article that the question is about."""
    named = [result for result in asked if result.type == "covered" and result.article]
    first = [result.found[0].id.partition("#")[0] if result.found else "" for result in named]
    right = [float(article == result.article) for article, result in zip(first, named, strict=True)]
    return {RIGHT_ARTICLE: estimate(right)} if right else {}


def _abstention(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """When it answers and when it does not.

    "answered" and "refused" are shares of the covered questions, "uncovered not answered" of the others. "AUROC" is
    that of the confidence, covered against uncovered; "refusal precision" the share of uncovered questions among those
    refused, "refusal recall" the share of those refused among the uncovered; "ECE" the expected calibration error.
    """
    covered, uncovered = _of(asked, "covered"), _of(asked, "uncovered")
    measured: dict[str, Estimate] = {}
    if covered:
        measured["answered"] = _share(covered, lambda verdict: verdict.state == "answered")
        measured["refused"] = _share(covered, lambda verdict: verdict.state == "not_covered")
    if uncovered:
        measured["uncovered not answered"] = _share(uncovered, lambda verdict: verdict.state != "answered")
    if covered and uncovered:
        pairs = _confident(asked)
        measured["AUROC"] = estimate(
            pairs, lambda some: auroc([c for c, true in some if true], [c for c, true in some if not true])
        )
        refused = [result.type for result, verdict in covered + uncovered if verdict.state == "not_covered"]
        if refused:
            measured["refusal precision"] = estimate([float(refusal == "uncovered") for refusal in refused])
        measured["refusal recall"] = _share(uncovered, lambda verdict: verdict.state == "not_covered")
        measured["ECE"] = estimate(pairs, calibration_error)
    return measured


def _urgency(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """Who gets the urgent notice.

    "urgent recall" is the share of urgent questions that get one, "urgent recall, right article" the share that get
    that of the article which they are about; "false alarms" is the share of their unurgent twins that get one, and
    "notice on ordinary questions" that of covered questions that tell of no emergency.
    """
    measured: dict[str, Estimate] = {}
    urgent = _of(asked, "urgent")
    if urgent:
        measured["urgent recall"] = _share(urgent, lambda verdict: verdict.notice)
    right = [float(verdict.notice_article == result.article) for result, verdict in urgent if result.article]
    if right:
        measured["urgent recall, right article"] = estimate(right)
    if twins := _of(asked, "unurgent"):
        measured["false alarms"] = _share(twins, lambda verdict: verdict.notice)
    if ordinary := _without_emergencies(_of(asked, "covered")):
        measured["notice on ordinary questions"] = _share(ordinary, lambda verdict: verdict.notice)
    return measured


def _safety(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """Who gets a safety card, where the set has emergencies: the share of these, and that of ordinary questions.

    Urgent questions are neither, and others that tell of an emergency, or may.
    """
    emergencies = _of(asked, "emergency")
    others = _without_emergencies(
        _of(asked, *(kind for kind in get_args(QuestionType) if kind not in ("emergency", "urgent")))
    )
    if not emergencies:
        return {}
    measured = {"safety card recall": _share(emergencies, lambda verdict: verdict.safety)}
    return measured | ({"safety card on others": _share(others, lambda verdict: verdict.safety)} if others else {})


def _marks(asked: Sequence[QueryResult]) -> dict[str, Estimate]:
    """How many first passages of a relevant grade have a marked sentence, and how many marks the judges list."""
    verdicts = [verdict for _, verdict in _of(asked, "covered", "urgent") if verdict.marked is not None]
    right = [float(verdict.right) for verdict in verdicts if verdict.right is not None]
    measured = {"highlighted": estimate([float(bool(verdict.marked)) for verdict in verdicts])} if verdicts else {}
    return measured | ({"highlight accuracy": estimate(right)} if right else {})


def _of(asked: Sequence[QueryResult], *kinds: QuestionType) -> list[_Answered]:
    """The questions of some kinds whose answer was looked at, kind by kind, with what was said of it."""
    return [(result, result.verdict) for kind in kinds for result in asked if result.type == kind and result.verdict]


def _without_emergencies(answered: Sequence[_Answered]) -> list[_Answered]:
    return [(result, verdict) for result, verdict in answered if not result.tells_emergency]


def _confident(asked: Sequence[QueryResult]) -> list[tuple[float, bool]]:
    """The confidence of every covered or uncovered question, and which it is; empty unless there are both."""
    kinds = ("covered", "uncovered")
    pairs = [
        (result.verdict.confidence, result.type == "covered")
        for result in asked
        if result.verdict and result.type in kinds
    ]
    return pairs if {true for _, true in pairs} == {True, False} else []


def _share(answered: Sequence[_Answered], holds: Callable[[AnswerVerdict], bool]) -> Estimate:
    return estimate([float(holds(verdict)) for _, verdict in answered])
