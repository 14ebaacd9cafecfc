"""What `wellread evaluate` does: from its options to an outcome, and to the files that are left of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wellread.errors import EvaluationError
from wellread.evaluation.comparison import sentence
from wellread.evaluation.experiment import Experiment, evaluate, sweep, sweep_cutoffs
from wellread.evaluation.outputs import write_outputs
from wellread.evaluation.provenance import provenance
from wellread.evaluation.report.page import report
from wellread.evaluation.results import Outcome, Sweep
from wellread.evaluation.selection import select
from wellread.evaluation.systems import BUILT_IN, System, read_systems, swept
from wellread.index.layout import evaluation_folder
from wellread.progress import Progress
from wellread.relevance.measures import MEASURES


def run(options: argparse.Namespace, arguments: Sequence[str], progress: Progress) -> tuple[Outcome, Path]:
    """Evaluate as the options say; gives what was found and the folder that the files are in.

    Raises:
        WellreadError: naming what cannot be read, measured or written.
    """
    if options.measure not in MEASURES:
        raise EvaluationError("no measure", f"name one of {', '.join(MEASURES)}", where=options.measure)
    systems, over = _systems(options), _swept(options)
    experiment = Experiment(systems, options.measure, options.complete)
    selection = select(options, systems, progress)
    results = evaluate(selection.sets, experiment, progress)
    sweeps: tuple[Sweep, ...] = ()
    if options.sweep:
        key, values = options.sweep
        if key == "k":
            sweeps = sweep_cutoffs(results, [int(value) for value in values])
        else:
            at_each = evaluate(selection.sets, Experiment(over, options.measure), progress)
            sweeps = sweep(at_each, key, values, options.measure)
    outcome = Outcome(results, sweeps, provenance(arguments, selection.sets, systems, selection.texts))
    testbed = selection.testbed
    folder = options.output or (testbed.folder if testbed else evaluation_folder(options.index) / "runs") / "report"
    try:
        write_outputs(outcome, report(outcome, sentence), folder)
    except OSError as error:
        raise EvaluationError(
            error.strerror or str(error), "name another folder with --output", where=folder
        ) from error
    return outcome, folder


def _systems(options: argparse.Namespace) -> list[System]:
    """The systems that were named; what readers get, where none was and there is something to ask."""
    runs = [str(file) for file in options.runs]
    for file in options.runs:
        if not file.is_file():
            raise EvaluationError("there is no such file", "name a TREC run", where=file)
    alone = runs and options.qrels and not options.queries and not options.collection
    systems = read_systems([*(options.compare or ([] if alone else ["default"])), *runs])
    return [
        replace(system, reranker=_reranker(options)) if system is BUILT_IN["default"] else system for system in systems
    ]


def _swept(options: argparse.Namespace) -> list[System]:
    """The systems of a sweep, none where it is one over k or there is none."""
    key, values = options.sweep or ("k", ())
    return [] if key == "k" else [replace(system, reranker=_reranker(options)) for system in swept(key, values)]


def _reranker(options: argparse.Namespace) -> str:
    return options.reranker or os.environ.get("WELLREAD_RERANKER") or ""
