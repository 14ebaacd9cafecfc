"""An evaluation: every system asked every question of every set, measured, and compared on the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wellread.errors import EvaluationError
from wellread.evaluation.comparison import compare_systems
from wellread.evaluation.measuring import measure, values_of
from wellread.evaluation.question_sets import QuestionSet, by_section, sections_ranked
from wellread.evaluation.results import QueryResult, Sweep, SystemResult, TestbedResult
from wellread.evaluation.runs import ask_all, take_from_run
from wellread.evaluation.statistics import correct, estimate
from wellread.evaluation.systems import System
from wellread.evaluation.testbeds import Testbed, Units
from wellread.evaluation.trec import read_run
from wellread.progress import Progress
from wellread.search.searcher import Searcher

CUT_OFF = ("nDCG", "R", "success")
"""The measures that a sweep over k draws."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """Systems that are compared, the first of them the baseline, by one measure.

    `complete` says that a question which a run from elsewhere lacks counts as 0, as trec_eval -c has it.
    """

    systems: Sequence[System]
    measure: str = "nDCG@10"
    complete: bool = False


def evaluate(
    sets: Sequence[QuestionSet],
    experiment: Experiment,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[TestbedResult, ...]:
    """Ask every system every question of every set, measure, and compare.

    Every system is opened in every testbed before a question is asked. Where systems cut the texts of a testbed in
    different ways, whole sections are compared. p is corrected for all comparisons of all sets together.

    Raises:
        EvaluationError: a system found nothing at all, a run lacks questions and `complete` is not said, or there are
            no texts to ask a system that is no run.
    """
    systems = experiment.systems
    runs = {system.name: read_run(system.run).ranked for system in systems if system.run is not None}
    asked_systems = [system for system in systems if system.run is None]
    searchers = {
        testbed: {system.name: _searcher(testbed, system) for system in asked_systems}
        for testbed in dict.fromkeys(questions.testbed for questions in sets)
    }
    results = []
    for questions in sets:
        opened = searchers[questions.testbed]
        cuts = {frozenset(searcher.reader.passage_digests().items()) for searcher in opened.values()}
        judged = by_section(questions) if len(cuts) > 1 else questions
        found = {
            system.name: take_from_run(
                system.name, _ranked(runs[system.name], judged), judged.questions, experiment.complete
            )
            if system.name in runs
            else _ask(opened[system.name], system, judged, progress)
            for system in systems
        }
        results.append(_measured(judged, systems, found))
    compared = correct({result.name: compare_systems(result.systems, experiment.measure) for result in results})
    return tuple(replace(result, comparisons=compared[result.name]) for result in results)


def sweep(results: Sequence[TestbedResult], parameter: str, values: Sequence[float], measure: str) -> tuple[Sweep, ...]:
    """How a measure moves with a parameter; each of `results` has a system for each value, in their order."""
    return tuple(
        Sweep(
            result.name,
            parameter,
            measure,
            tuple((value, system.measures[measure]) for value, system in zip(values, result.systems, strict=True)),
        )
        for result in results
        if all(measure in system.measures for system in result.systems)
    )


def sweep_cutoffs(results: Sequence[TestbedResult], cutoffs: Sequence[int]) -> tuple[Sweep, ...]:
    """How measures of the first system's ranking move with k, how many results are looked at."""
    sweeps = []
    for result in results:
        for measured in CUT_OFF:
            names = [f"{measured}@{k}" for k in cutoffs]
            values = values_of(result.systems[0].questions, result.relevant, names).values()
            if values:
                points = tuple(
                    (float(k), estimate([value[name] for value in values]))
                    for k, name in zip(cutoffs, names, strict=True)
                )
                sweeps.append(Sweep(result.name, "k", f"{measured}@k", points))
    return tuple(sweeps)


def _searcher(testbed: Testbed | None, system: System) -> Searcher:
    if testbed is None:
        raise EvaluationError("there are no texts to ask", "name a collection with --collection", where=system.name)
    return testbed.searcher(system)


def _ask(searcher: Searcher, system: System, questions: QuestionSet, progress: Progress) -> tuple[QueryResult, ...]:
    """Ask a system; what it says of its answers is measured where it is what readers get."""
    done = 0

    def count_answer() -> None:
        nonlocal done
        done += 1
        progress(f"asking {questions.name}, {system.name}", done, len(questions.questions))

    searcher.warm()  # what is timed is asking, not loading
    with_answers = questions.unit == "passage" and system.as_readers_get
    return ask_all(searcher, Units(searcher.reader, questions.unit), questions.questions, with_answers, count_answer)


def _ranked(run: Mapping[str, Sequence[str]], questions: QuestionSet) -> Mapping[str, Sequence[str]]:
    return sections_ranked(run) if questions.unit == "section" else run


def _measured(
    questions: QuestionSet, systems: Sequence[System], found: Mapping[str, Sequence[QueryResult]]
) -> TestbedResult:
    """What each system found for a set of questions, measured; raises EvaluationError where one found nothing."""
    measured = []
    for system in systems:
        asked = found[system.name]
        if not any(question.found for question in asked):
            raise EvaluationError(
                f"found nothing for any of the {len(asked)} questions of {questions.name}",
                "look at the system and at the collection: nothing that it could be measured by came back",
                where=system.name,
            )
        measured.append(measure(system.name, system.settings(), asked, questions.relevant))
    notes = (*questions.notes, *_notes(measured))
    return TestbedResult(questions.name, questions.relevant, tuple(measured), notes=notes, title=questions.title)


def _notes(systems: Sequence[SystemResult]) -> list[str]:
    notes = []
    for system in systems:
        nothing = sum(not question.found for question in system.questions)
        if nothing:
            notes.append(
                f"{system.name} found nothing for {nothing} of {len(system.questions)} questions; each scores 0."
            )
    return notes
