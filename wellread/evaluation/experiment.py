"""An evaluation: every system asked every question of every set, measured, and compared on the same questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from wellread.errors import EvaluationError
from wellread.evaluation.comparison import compare_systems
from wellread.evaluation.measuring import measure, values_of
from wellread.evaluation.results import QueryResult, QuestionType, Sweep, SystemResult, TestbedResult
from wellread.evaluation.runs import Question, ask_all, take_from_run
from wellread.evaluation.statistics import correct, estimate
from wellread.evaluation.systems import System
from wellread.evaluation.testbeds import Testbed, Unit, Units
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
        question_type: QuestionType = "covered" if max(grades.values(), default=0) >= relevant else "uncovered"
        if about.get("kind") in get_args(QuestionType):
            question_type = about["kind"]
        questions.append(Question(query, text, question_type, grades, tuple(about.get("sentences") or ())))
    return QuestionSet(name, tuple(questions), unit, relevant, tuple(notes))


def evaluate(
    testbed: Testbed | None,
    sets: Sequence[QuestionSet],
    systems: Sequence[System],
    chosen: str = "nDCG@10",
    complete: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[TestbedResult, ...]:
    """Ask, measure and compare; the first system is the baseline, and `chosen` the measure that is compared.

    Every system is opened before a question is asked. Where systems cut the texts in different ways, whole
    sections are compared.

    Raises:
        EvaluationError: a system found nothing at all, or a run lacks questions and is not said to be `complete`.
    """
    runs = {system.name: read_run(system.run).ranked for system in systems if system.run is not None}
    searchers = {system.name: _searcher(testbed, system) for system in systems if system.run is None}
    if len({frozenset(searcher.reader.passage_digests().items()) for searcher in searchers.values()}) > 1:
        sets = [_by_section(one) for one in sets]
    outcomes = []
    for one in sets:
        measured = []
        for system in systems:
            asked = (
                take_from_run(system.name, _ranked(runs[system.name], one), one.questions, complete)
                if system.name in runs
                else _ask(searchers[system.name], system, one, progress)
            )
            if not any(question.found for question in asked):
                raise EvaluationError(
                    f"found nothing for any of the {len(asked)} questions of {one.name}",
                    "look at the system and at the collection: nothing that it could be measured by came back",
                    where=system.name,
                )
            measured.append(measure(system.name, system.settings(), asked, one.relevant))
        outcomes.append(TestbedResult(one.name, one.relevant, tuple(measured), notes=(*one.notes, *_notes(measured))))
    compared = correct({one.name: compare_systems(one.systems, chosen) for one in outcomes})
    return tuple(replace(one, comparisons=compared[one.name]) for one in outcomes)


def sweep(outcomes: Sequence[TestbedResult], parameter: str, values: Sequence[float], chosen: str) -> tuple[Sweep, ...]:
    """How the chosen measure moves with a parameter; `outcomes` has a system for each value, in their order."""
    return tuple(
        Sweep(
            one.name,
            parameter,
            chosen,
            tuple((value, system.measures[chosen]) for value, system in zip(values, one.systems, strict=True)),
        )
        for one in outcomes
        if all(chosen in system.measures for system in one.systems)
    )


def sweep_cutoffs(outcomes: Sequence[TestbedResult], cutoffs: Sequence[int]) -> tuple[Sweep, ...]:
    """How measures of the first system's ranking move with k, how many results are looked at."""
    sweeps = []
    for one in outcomes:
        for kind in CUT_OFF:
            values = values_of(one.systems[0].questions, one.relevant, [f"{kind}@{k}" for k in cutoffs])
            points = [(k, estimate([value[f"{kind}@{k}"] for value in values.values()])) for k in cutoffs if values]
            if points:
                sweeps.append(Sweep(one.name, "k", f"{kind}@k", tuple((float(k), at) for k, at in points)))
    return tuple(sweeps)


def unit_of(names: set[str], testbed: Testbed) -> Unit | None:
    """What judged ids of the published index are; None where they are none of its articles'."""
    known = testbed.known()
    if names & known:
        return "passage"
    return "article" if names & {name.split("#")[0] for name in known} else None


def _searcher(testbed: Testbed | None, system: System) -> Searcher:
    if testbed is None:
        raise EvaluationError("there are no texts to ask", "name a collection with --collection", where=system.name)
    return testbed.searcher(system)


def _ask(searcher: Searcher, system: System, one: QuestionSet, progress: Progress) -> tuple[QueryResult, ...]:
    """Ask a system; what it says of its answers is measured where it is what readers get."""
    done = 0

    def count_answer() -> None:
        nonlocal done
        done += 1
        progress(f"asking {one.name}, {system.name}", done, len(one.questions))

    searcher.warm()  # what is timed is asking, not loading
    with_answers = one.unit == "passage" and system.weights == Weights() and system.tokens is None and not system.model
    return ask_all(searcher, Units(searcher.reader, one.unit), one.questions, with_answers, count_answer)


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
    note = "The systems cut the texts differently: whole sections are compared, by the best grade of their passages."
    return replace(one, questions=tuple(questions), unit="section", notes=(*one.notes, note))


def _ranked(run: Mapping[str, Sequence[str]], one: QuestionSet) -> Mapping[str, Sequence[str]]:
    """What a run has for each question, a section where the first of its passages stands if sections are judged."""
    if one.unit != "section":
        return run
    return {query: list(dict.fromkeys(_PART.sub("", name) for name in names)) for query, names in run.items()}


def _notes(systems: Sequence[SystemResult]) -> list[str]:
    notes = []
    for system in systems:
        nothing = sum(not question.found for question in system.questions)
        if nothing:
            notes.append(
                f"{system.name} found nothing for {nothing} of {len(system.questions)} questions; each scores 0."
            )
    return notes
