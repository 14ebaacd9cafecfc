"""An evaluation: every arm asked every question of every set, measured, and compared on the same questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from wellread.errors import EvaluationError
from wellread.evaluation.comparison import compare_arms
from wellread.evaluation.measuring import measure, values_of
from wellread.evaluation.results import ArmOutcome, Asked, Kind, SetOutcome, Sweep
from wellread.evaluation.runs import Question, ask_all, take_from_run
from wellread.evaluation.statistics import correct, estimate
from wellread.evaluation.systems import Arm
from wellread.evaluation.testbeds import Ground, Unit, Units
from wellread.evaluation.trec import read_run
from wellread.progress import Progress
from wellread.relevance.judgments import Judgments
from wellread.relevance.measures import RELEVANT
from wellread.search.ranking import Weights
from wellread.search.searcher import Searcher

CUT_OFF = ("nDCG", "R", "success")
"""The measures that a sweep over k draws."""


_PART = re.compile(r"\.[0-9]+$")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are measured together; `unit` is what they are judged by, `relevant` the grade that counts."""

    name: str
    questions: tuple[Question, ...]
    unit: Unit
    relevant: int = RELEVANT
    notes: tuple[str, ...] = ()


def judged_set(
    name: str, judgments: Judgments, unit: Unit, split: str = "", relevant: int = RELEVANT, notes: Sequence[str] = ()
) -> QuestionSet:
    """The questions of a collection, of one split where it is named, with what their metadata says of them.

    A question that names none of our kinds is a covered one where something relevant to it is judged.
    """
    questions = []
    for query, text in judgments.queries.items():
        about = judgments.about.get(query, {})
        if split and about.get("split") != split:
            continue
        grades = judgments.qrels.get(query, {})
        kind: Kind = "covered" if max(grades.values(), default=0) >= relevant else "uncovered"
        if about.get("kind") in get_args(Kind):
            kind = about["kind"]
        questions.append(Question(query, text, kind, grades, tuple(about.get("sentences") or ())))
    return QuestionSet(name, tuple(questions), unit, relevant, tuple(notes))


def evaluate(
    ground: Ground | None,
    sets: Sequence[QuestionSet],
    arms: Sequence[Arm],
    chosen: str = "nDCG@10",
    complete: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[SetOutcome, ...]:
    """Ask, measure and compare; the first arm is the baseline, and `chosen` the measure that is compared.

    Every arm is opened before a question is asked. Where arms cut the texts differently, whole sections are compared.

    Raises:
        EvaluationError: an arm found nothing at all, or a run lacks questions and is not said to be `complete`.
    """
    runs = {arm.name: read_run(arm.run).ranked for arm in arms if arm.run is not None}
    searchers = {arm.name: _searcher(ground, arm) for arm in arms if arm.run is None}
    if len({frozenset(searcher.reader.database.digests().items()) for searcher in searchers.values()}) > 1:
        sets = [_by_section(one) for one in sets]
    outcomes = []
    for one in sets:
        measured = []
        for arm in arms:
            asked = (
                take_from_run(arm.name, _ranked(runs[arm.name], one), one.questions, complete)
                if arm.name in runs
                else _ask(searchers[arm.name], arm, one, progress)
            )
            if not any(question.found for question in asked):
                raise EvaluationError(
                    f"{arm.name}: found nothing for any of the {len(asked)} questions of {one.name}",
                    "look at the arm and at the collection: nothing that it could be measured by came back",
                )
            measured.append(measure(arm.name, arm.settings(), asked, one.relevant))
        outcomes.append(SetOutcome(one.name, one.relevant, tuple(measured), notes=(*one.notes, *_notes(measured))))
    compared = correct({one.name: compare_arms(one.arms, chosen) for one in outcomes})
    return tuple(replace(one, comparisons=compared[one.name]) for one in outcomes)


def sweep(outcomes: Sequence[SetOutcome], parameter: str, values: Sequence[float], chosen: str) -> tuple[Sweep, ...]:
    """How the chosen measure moves with a parameter; `outcomes` has an arm for each value, in their order."""
    return tuple(
        Sweep(
            one.name,
            parameter,
            chosen,
            tuple((value, arm.measures[chosen]) for value, arm in zip(values, one.arms, strict=True)),
        )
        for one in outcomes
        if all(chosen in arm.measures for arm in one.arms)
    )


def sweep_cutoffs(outcomes: Sequence[SetOutcome], cutoffs: Sequence[int]) -> tuple[Sweep, ...]:
    """How measures of the first arm's ranking move with k, how many results are looked at."""
    sweeps = []
    for one in outcomes:
        for kind in CUT_OFF:
            values = values_of(one.arms[0].questions, one.relevant, [f"{kind}@{k}" for k in cutoffs])
            points = [(k, estimate([value[f"{kind}@{k}"] for value in values.values()])) for k in cutoffs if values]
            if points:
                sweeps.append(Sweep(one.name, "k", f"{kind}@k", tuple((float(k), at) for k, at in points)))
    return tuple(sweeps)


def unit_of(names: set[str], ground: Ground) -> Unit | None:
    """What judged ids of the published index are; None where they are none of its articles'."""
    known = ground.known()
    if names & known:
        return "passage"
    return "article" if names & {name.split("#")[0] for name in known} else None


def _searcher(ground: Ground | None, arm: Arm) -> Searcher:
    if ground is None:
        raise EvaluationError(f"{arm.name}: there are no texts to ask", "name a collection with --collection")
    return ground.searcher(arm)


def _ask(searcher: Searcher, arm: Arm, one: QuestionSet, progress: Progress) -> tuple[Asked, ...]:
    """Ask an arm; what it says of its answers is measured where it is what readers get."""
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        progress(f"asking {one.name}, {arm.name}", done, len(one.questions))

    searcher.warm()  # what is timed is asking, not loading
    trust = one.unit == "passage" and arm.weights == Weights() and arm.tokens is None and not arm.model
    return ask_all(searcher, Units(searcher.reader, one.unit), one.questions, trust, tell)


def _by_section(one: QuestionSet) -> QuestionSet:
    """The same questions judged by whole sections: the best grade of a section's passages counts."""
    if one.unit != "passage":
        return one
    questions = []
    for question in one.questions:
        grades: dict[str, int] = {}
        for name, grade in question.grades.items():
            section = _PART.sub("", name)
            grades[section] = max(grade, grades.get(section, 0))
        questions.append(replace(question, grades=grades))
    note = "The arms cut the texts differently: whole sections are compared, by the best grade of their passages."
    return replace(one, questions=tuple(questions), unit="section", notes=(*one.notes, note))


def _ranked(run: Mapping[str, Sequence[str]], one: QuestionSet) -> Mapping[str, Sequence[str]]:
    """What a run has for each question, a section where the first of its passages stands if sections are judged."""
    if one.unit != "section":
        return run
    return {query: list(dict.fromkeys(_PART.sub("", name) for name in names)) for query, names in run.items()}


def _notes(arms: Sequence[ArmOutcome]) -> list[str]:
    notes = []
    for arm in arms:
        nothing = sum(not question.found for question in arm.questions)
        if nothing:
            notes.append(f"{arm.name} found nothing for {nothing} of {len(arm.questions)} questions; each scores 0.")
    return notes
