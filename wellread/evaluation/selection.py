"""What is asked and where, from the options of `wellread evaluate`: sets of judged questions and their testbeds."""

from __future__ import annotations

import argparse
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wellread.articles.library import read_library
from wellread.errors import EvaluationError, KnowledgeBaseError
from wellread.evaluation import trec
from wellread.evaluation.beir import (
    Collection,
    missing_documents,
    plain_or_packed,
    questions_of,
    read_collection,
    remedied,
)
from wellread.evaluation.own_documents import OwnDocument, without_own_documents
from wellread.evaluation.question_sets import QuestionSet, judged_questions, unit_of
from wellread.evaluation.systems import System
from wellread.evaluation.testbeds import Testbed, Unit
from wellread.progress import Progress
from wellread.publishing.policy import settings_used
from wellread.relevance.judgments import COLLECTION, Judgments, read_all_judgments
from wellread.relevance.measures import RELEVANT

GRADED = 3
"""Where judgments go up to this grade or beyond, those from 2 on are relevant, and otherwise those from 1 on.

As TREC's Deep Learning track has it, whose grades go up to 3 (Craswell et al., 2019).
"""

UNSEEN = "articles that nothing was learned from"
"""What people read before the name of a set that names the folder of its own articles."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Sets of questions, the testbed that the report belongs to, and what is written down of its texts."""

    sets: tuple[QuestionSet, ...]
    testbed: Testbed | None = None
    texts: dict[str, Any] = field(default_factory=dict)


def select(options: argparse.Namespace, systems: Sequence[System], progress: Progress) -> Selection:
    """Read what is asked, and open what it is asked of.

    Raises:
        WellreadError: naming the option, file or line that is wrong.
    """
    if options.queries and not options.qrels:
        raise EvaluationError("--queries without --qrels: nothing is judged", "name the judgments with --qrels")
    if options.collection:
        return _collection(options, systems, progress)
    if all(system.run for system in systems) and options.qrels:
        return Selection((_trec_set(options, None),))
    if options.qrels and not options.queries:
        raise EvaluationError(
            "--qrels without --queries: there is nothing to ask",
            "name the questions with --queries, their --collection, or a run of another system alone with --run",
        )
    testbed = Testbed(options.index, options.model, progress=progress)
    texts = _texts(testbed, systems)
    if options.qrels:
        return Selection((_trec_set(options, None, testbed),), testbed, texts)
    sets = _judgments(options, testbed)
    return Selection(sets, testbed, texts)


def _collection(options: argparse.Namespace, systems: Sequence[System], progress: Progress) -> Selection:
    """The sets of a BEIR folder, or TREC's questions and judgments about its documents."""
    collection = read_collection(options.collection, options.split, not options.qrels, progress)
    by: OwnDocument = options.own_document
    testbed = Testbed(options.index, options.model, collection.articles, options.collection, progress)
    sets = (
        (_trec_set(options, collection, testbed),)
        if options.qrels
        else tuple(
            replace(_set(options, judgments), testbed=testbed, notes=collection.notes) for judgments in collection.sets
        )
    )
    sets = tuple(without_own_documents(questions, collection.articles, by) for questions in sets)
    of_collection = {"collection": collection.name, "collection sha256": collection.sha256}
    return Selection(sets, testbed, _texts(testbed, systems) | of_collection)


def _judgments(options: argparse.Namespace, testbed: Testbed) -> tuple[QuestionSet, ...]:
    """The sets of the folder of judgments: those about articles of their own, then those about the published ones."""
    known = testbed.known()
    unseen: list[QuestionSet] = []
    published: list[QuestionSet] = []
    elsewhere = []
    for judgments in read_all_judgments(options.judgments):
        if judgments.articles is not None:
            unseen += _unseen(options, judgments, judgments.articles, testbed)
        elif known.isdisjoint(_judged(judgments)):
            elsewhere.append(judgments.name)
        else:
            notes = _never_found(judgments, known, options.index)
            published += [replace(asked, notes=notes) for asked in _by_split(options, judgments, testbed)]
    if not unseen and not published:
        of_split = f" of the split {options.split}" if options.split else ""
        raise EvaluationError(
            f"no judged question{of_split} is about the articles of {options.index}",
            "write some, as docs/evaluation.md shows, or name another folder (--judgments), --split or --collection",
            where=options.judgments,
        )
    note = (f"{', '.join(elsewhere)}: about none of these articles, and left out",) if elsewhere else ()
    return (*unseen, *(replace(questions, notes=(*questions.notes, *note)) for questions in published))


def _unseen(options: argparse.Namespace, judgments: Judgments, articles: Path, published: Testbed) -> list[QuestionSet]:
    """The sets of a collection about articles of its own, which are indexed for the occasion; the test split first."""
    remedy = f"name the folder of the articles in its {COLLECTION}"
    try:
        testbed = published.beside(read_library(articles, settings_used(articles).patterns).articles, articles)
    except KnowledgeBaseError as error:
        raise EvaluationError(error.reason, remedy, where=judgments.name) from error
    known = testbed.known()
    if known.isdisjoint(judged := _judged(judgments)):
        raise EvaluationError(
            f"{articles} has none of the passages that are judged, such as {min(judged)}",
            remedy,
            where=judgments.name,
        )
    notes = _never_found(judgments, known, articles)
    sets = [replace(questions, title=UNSEEN, notes=notes) for questions in _by_split(options, judgments, testbed)]
    return sorted(sets, key=lambda questions: not questions.name.endswith("/test"))


def _never_found(judgments: Judgments, known: Set[str], where: Path) -> tuple[str, ...]:
    """A note on judged passages that are not among those known, as after a heading was reworded; or none."""
    strange = sorted(_judged(judgments) - known)
    if not strange:
        return ()
    return (f"Judged passages that are not in {where}, never found: {len(strange)}, {strange[0]} the first.",)


def _by_split(options: argparse.Namespace, judgments: Judgments, testbed: Testbed) -> list[QuestionSet]:
    """The questions of a collection, a set for each split, or only the split that was named."""
    relevant = options.relevant or RELEVANT
    splits = sorted({str(about.get("split", "")) for about in judgments.about.values()} or {""})
    return [
        QuestionSet(
            f"{judgments.name}/{split}" if split else judgments.name,
            judged_questions(judgments, split, relevant),
            "passage",
            testbed,
            relevant,
        )
        for split in splits
        if options.split in ("", split)
    ]


def _judged(judgments: Judgments) -> set[str]:
    return {passage for grades in judgments.qrels.values() for passage in grades}


def _set(options: argparse.Namespace, judgments: Judgments, unit: Unit = "article") -> QuestionSet:
    """The judged questions of a collection, with the grade from which on a document is relevant."""
    highest = max((grade for grades in judgments.qrels.values() for grade in grades.values()), default=0)
    relevant = options.relevant or (2 if highest >= GRADED else 1)
    if highest < relevant:
        raise EvaluationError(
            f"no question has a document of grade {relevant} or more",
            "judge some, or lower --relevant",
            where=judgments.name,
        )
    return QuestionSet(judgments.name, judged_questions(judgments, relevant=relevant), unit, relevant=relevant)


def _trec_set(
    options: argparse.Namespace, collection: Collection | None, testbed: Testbed | None = None
) -> QuestionSet:
    """The questions and judgments of TREC files, with what must be said of them.

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
    judgments = Judgments(options.qrels.name, {query: queries[query] for query in qrels}, qrels)
    unit = "article" if collection or testbed is None else _unit(options, _judged(judgments), testbed)
    if testbed:
        names = testbed.known() if unit == "passage" else {name.partition("#")[0] for name in testbed.known()}
        documents = {article.id for article in collection.articles} if collection else names
        with remedied("name the judgments that belong to this collection"):
            notes += missing_documents(options.qrels, qrels, documents)
    return replace(_set(options, judgments, unit), testbed=testbed, notes=notes)


def _unit(options: argparse.Namespace, judged: set[str], published: Testbed) -> Unit:
    """What judged ids are of the published index; raises EvaluationError where they are nothing there."""
    unit = unit_of(judged, published)
    if unit is None:
        raise EvaluationError(
            f"nothing that is judged is in {options.index}",
            "name the collection that is judged with --collection, or the run alone, without --queries",
            where=options.qrels,
        )
    return unit


def _texts(testbed: Testbed, systems: Sequence[System]) -> dict[str, Any]:
    """What is written down of the texts and the model, for having the figures again."""
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
