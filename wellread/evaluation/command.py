"""What `wellread evaluate` does: from its options to an outcome, and to the files that are left of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wellread.errors import EvaluationError
from wellread.evaluation import trec
from wellread.evaluation.beir import Collection, plain_or_packed, questions_of, read_collection
from wellread.evaluation.comparison import sentence
from wellread.evaluation.experiment import QuestionSet, evaluate, judged_set, sweep, sweep_cutoffs, unit_of
from wellread.evaluation.outputs import write_outputs
from wellread.evaluation.provenance import provenance
from wellread.evaluation.report.page import report
from wellread.evaluation.results import Outcome, Sweep
from wellread.evaluation.systems import BUILT_IN, System, read_systems, swept
from wellread.evaluation.testbeds import Testbed, Unit
from wellread.progress import Progress
from wellread.relevance.judgments import Judgments, read_all_judgments
from wellread.relevance.measures import MEASURES, RELEVANT

GRADED = 3
"""Where judgments go up to this grade or beyond, those from 2 on are relevant, and otherwise those from 1 on."""


def run(options: argparse.Namespace, arguments: Sequence[str], progress: Progress) -> tuple[Outcome, Path]:
    """Evaluate as the options say; gives what was found and the folder that the files are in.

    Raises:
        WellreadError: naming what cannot be read, measured or written.
    """
    if options.measure not in MEASURES:
        raise EvaluationError("no measure", f"name one of {', '.join(MEASURES)}", where=options.measure)
    systems, over = _systems(options), _swept(options)
    testbed, sets, texts = _asked(options, systems, progress)
    outcomes = evaluate(testbed, sets, systems, options.measure, options.complete, progress)
    sweeps: tuple[Sweep, ...] = ()
    if options.sweep:
        key, values = options.sweep
        if key == "k":
            sweeps = sweep_cutoffs(outcomes, [int(value) for value in values])
        else:
            at_each = evaluate(testbed, sets, over, options.measure, progress=progress)
            sweeps = sweep(at_each, key, values, options.measure)
    outcome = Outcome(outcomes, sweeps, provenance(arguments, sets, systems, texts))
    folder = options.output or (testbed.folder if testbed else options.index / "evaluation" / "runs") / "report"
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


def _asked(
    options: argparse.Namespace, systems: Sequence[System], progress: Progress
) -> tuple[Testbed | None, list[QuestionSet], dict[str, Any]]:
    """Where the systems are asked, what they are asked, and what is told of the texts."""
    if options.queries and not options.qrels:
        raise EvaluationError("--queries without --qrels: nothing is judged", "name the judgments with --qrels")
    if options.collection:
        collection = read_collection(options.collection, options.split, not options.qrels, progress)
        testbed = Testbed(options.index, options.model, collection.articles, options.collection, progress)
        judged = [_trec(options, collection)] if options.qrels else [(one, collection.notes) for one in collection.sets]
        sets = [_set(options, one, notes) for one, notes in judged]
        told: dict[str, Any] = {"collection": collection.name, "collection sha256": collection.sha256}
        return testbed, sets, _texts(testbed, systems) | told
    if all(system.run for system in systems) and options.qrels:
        return None, [_set(options, *_trec(options, None))], {}
    if options.qrels and not options.queries:
        raise EvaluationError(
            "--qrels without --queries: there is nothing to ask",
            "name the questions with --queries, their --collection, or a run of another system alone with --run",
        )
    testbed = Testbed(options.index, options.model, progress=progress)
    texts = _texts(testbed, systems)
    if options.qrels:
        questions, notes = _trec(options, None)
        names = {name for grades in questions.qrels.values() for name in grades}
        unit = unit_of(names, testbed)
        if unit is None:
            raise EvaluationError(
                f"nothing that is judged is in {options.index}",
                "name the collection that is judged with --collection, or the run alone, without --queries",
                where=options.qrels,
            )
        return testbed, [_set(options, questions, notes, unit)], texts
    return testbed, _judgments(options, testbed), texts


def _judgments(options: argparse.Namespace, testbed: Testbed) -> list[QuestionSet]:
    known = testbed.known()
    sets = []
    about_nothing = []
    for judgments in read_all_judgments(options.judgments):
        if not known & {passage for grades in judgments.qrels.values() for passage in grades}:
            about_nothing.append(judgments.name)
            continue
        splits = sorted({str(about.get("split", "")) for about in judgments.about.values()} or {""})
        for split in [name for name in splits if options.split in ("", name)]:
            name = f"{judgments.name}/{split}" if split else judgments.name
            sets.append(judged_set(name, judgments, "passage", split, options.relevant or RELEVANT))
    if not sets:
        of = f" of the split {options.split}" if options.split else ""
        raise EvaluationError(
            f"no judged question{of} is about the articles of {options.index}",
            "name another folder with --judgments, another --split, or a test collection with --collection",
            where=options.judgments,
        )
    note = f"{', '.join(about_nothing)}: about none of these articles, and left out"
    return [replace(one, notes=(*one.notes, note)) for one in sets] if about_nothing else sets


def _set(
    options: argparse.Namespace, judgments: Judgments, notes: Sequence[str], unit: Unit = "article"
) -> QuestionSet:
    """The judged questions of a collection, with the grade from which on a document is relevant."""
    highest = max((grade for grades in judgments.qrels.values() for grade in grades.values()), default=0)
    relevant = options.relevant or (2 if highest >= GRADED else 1)
    if highest < relevant:
        raise EvaluationError(
            f"no question has a document of grade {relevant} or more",
            "judge some, or lower --relevant",
            where=judgments.name,
        )
    return judged_set(judgments.name, judgments, unit, relevant=relevant, notes=notes)


def _trec(options: argparse.Namespace, collection: Collection | None) -> tuple[Judgments, Sequence[str]]:
    """The questions and judgments of TREC files, and what must be said of them.

    Where no questions are named they are the collection's, or their ids alone.
    """
    qrels, notes = trec.read_qrels(options.qrels)
    if options.queries:
        queries = trec.read_queries(options.queries)
    elif collection:
        queries = dict(questions_of(plain_or_packed(options.collection / "queries.jsonl")))
    else:
        queries = dict.fromkeys(qrels, "")
    for query in qrels:
        if query not in queries:
            raise EvaluationError(
                f"the query {query} is judged, and not asked", "name its --queries", where=options.qrels
            )
    documents = {article.id for article in collection.articles} if collection else set()
    strange = next((name for grades in qrels.values() for name in grades if collection and name not in documents), None)
    if strange is not None:
        raise EvaluationError(
            f"{strange} is judged, and is no document of {options.collection}",
            "name the judgments that belong to this collection",
            where=options.qrels,
        )
    return Judgments(options.qrels.name, {query: queries[query] for query in qrels}, qrels), notes


def _texts(testbed: Testbed, systems: Sequence[System]) -> dict[str, Any]:
    first = next((system for system in systems if system.run is None), None)
    if first is None:
        return {}
    searcher = testbed.searcher(first)
    return {
        "generation": searcher.generation,
        "model": searcher.encoder.name,
        "fingerprint": searcher.encoder.fingerprint,
        "reranker": searcher.reranker.name if searcher.reranker else None,
    }
