"""Fits confidence and its thresholds, on questions that a library surely answers, or surely does not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wellread.commands import command
from wellread.errors import CalibrationError
from wellread.index.reader import Reader
from wellread.progress import Progress
from wellread.relevance.judgments import Judgments
from wellread.relevance.measures import RELEVANT
from wellread.search.calibration import KINDS, Calibration, Thresholds
from wellread.search.searcher import Searcher
from wellread.training.data import TrainingData
from wellread.training.learners import FOLDS, logistic, threshold
from wellread.training.subset import SubsetReader, phrases_by_article

UNANSWERED = 0.05
"""The share of uncovered questions that may be answered."""

REFUSED = 0.02
"""The share of covered questions that may be refused."""

SPLIT = "dev"
"""The judged questions that are learned from; the others are for reporting."""

_SMALL = 6
"""Articles of a small library."""

_LEFT_OUT = 0.5
"""What a question counts that is asked of a library without its article: another may answer it after all."""

_OWN_EVERY = 4
"""Of the questions about editors' articles, and of those from outside medicine, every so manieth is learned from."""


@dataclass(frozen=True, slots=True)
class _Example:
    """A question asked of a library that answers it, or does not; those of one group are left out together.

    `is_judged` is whether thresholds are chosen by it.
    """

    searcher: Searcher
    text: str
    covered: bool
    weight: float
    group: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Libraries:
    """What questions are asked of: the library of training articles, and an index of editors' articles, or None."""

    training: Reader
    own: Reader | None


def check_judgments(library: Reader, data: TrainingData) -> None:
    """Raise CalibrationError where too few questions are judged to fit the confidence in answers from a library."""
    articles = {article.id: place for place, article in enumerate(library.articles())}
    groups = {
        "covered": {article for _, article, _ in _covered(data.judged, articles)},
        "uncovered": set(_of_type(data.judged, "uncovered")),
    }
    remedy = f"add such questions, or name other judgments: {command('fit', '--judgments', 'DIR')}"
    for kind, names in groups.items():
        if not names:
            reason = (
                f'no question of the kind "{kind}" and split "{SPLIT}" is judged for the articles of {data.library}'
            )
            raise CalibrationError(reason, remedy, data.judged.name)
        if len(set(map(_fold, names))) == 1:
            reason = f'the questions of the kind "{kind}" are too few, or about too few articles, to be told by others'
            raise CalibrationError(reason, remedy, data.judged.name)


def fit_confidence(libraries: Libraries, searcher: Searcher, data: TrainingData, progress: Progress) -> Calibration:
    """A calibration with its confidence and thresholds; `searcher` answers from the training library.

    Each question is asked of the whole library, of parts of it that hold its article, and of the same without it.
    Thresholds are chosen by probabilities of a regression that learned from questions about other articles.
    """
    calibration = searcher.calibration
    if calibration is None:
        raise ValueError("the searcher has no calibration")
    examples = list(_examples(libraries, searcher, data))
    rows = []
    for number, example in enumerate(examples, 1):
        found = example.searcher.search(example.text)
        rows.append(example.searcher.answer_features(found).confidence)
        progress("asking judged questions", number, len(examples))
    features = np.array(rows)
    covered = np.array([example.covered for example in examples])
    weights = np.array([example.weight for example in examples])
    judged = np.array([example.is_judged for example in examples])
    folds = np.array([_fold(example.group) for example in examples])
    unseen = np.empty(len(examples))
    for fold in range(FOLDS):
        others = folds != fold
        part = logistic(features[others], covered[others], weights[others])
        unseen[~others] = [part.probability(row) for row in features[~others]]
    answered = threshold(unseen[judged & ~covered], UNANSWERED)
    closest = min(-threshold(-unseen[judged & covered], REFUSED), answered)
    return replace(
        calibration,
        confidence=logistic(features, covered, weights),
        thresholds=Thresholds(answered=answered, closest=closest),
    )


def _examples(libraries: Libraries, searcher: Searcher, data: TrainingData) -> Iterator[_Example]:
    reader = libraries.training
    phrases = dict(enumerate(phrases_by_article(reader)))
    places = {article.id: place for place, article in enumerate(reader.articles())}
    every = frozenset(places.values())

    def part(articles: frozenset[int]) -> Searcher:
        return replace_reader(searcher, SubsetReader(reader, articles, phrases))

    asked = list(_covered(data.judged, places))
    of_judged = frozenset(places[article] for _, article, _ in asked)
    for number, (text, article, answering) in enumerate(asked):
        own = frozenset(places[name] for name in answering)
        library = _library(number, every, of_judged, places[article])
        yield _Example(searcher, text, True, 1.0, article, True)
        yield _Example(part(every - own), text, False, _LEFT_OUT, article, False)
        yield _Example(part(library | {places[article]}), text, True, 1.0, article, True)
        if library - own:
            yield _Example(part(library - own), text, False, _LEFT_OUT, article, False)
    for number, text in enumerate(_of_type(data.judged, "uncovered")):
        yield _Example(searcher, text, False, 1.0, text, True)
        yield _Example(part(_library(number, every, of_judged, number % len(every))), text, False, 1.0, text, True)
    for row in data.outside[::_OWN_EVERY]:
        yield _Example(searcher, row["text"], False, 1.0, row["text"], False)
    if libraries.own is not None:
        yield from _about_own_articles(replace_reader(searcher, libraries.own), data)


def _about_own_articles(searcher: Searcher, data: TrainingData) -> Iterator[_Example]:
    there = {article.id for article in searcher.articles}
    own = [question for question in data.own if question.article in there]
    covered = [question.text for question in own if question.kinds[0] in KINDS]
    uncovered = [question.text for question in own if question.kinds[0] not in KINDS]
    for text in covered[::_OWN_EVERY]:
        yield _Example(searcher, text, True, 1.0, text, False)
    for text in uncovered[::_OWN_EVERY]:
        yield _Example(searcher, text, False, 1.0, text, False)
    for row in data.outside[1::_OWN_EVERY] if own else ():
        yield _Example(searcher, row["text"], False, 1.0, row["text"], False)


def _library(number: int, every: frozenset[int], of_judged: frozenset[int], place: int) -> frozenset[int]:
    """A part of the library for the question of a number: all judged articles, a few articles, or one."""
    if number % 3 == 0:
        return of_judged
    if number % 3 == 1:
        chance = np.random.default_rng(number)
        return frozenset(chance.choice(sorted(every), min(_SMALL, len(every)), replace=False).tolist())
    return frozenset({place})


def _covered(judged: Judgments, places: dict[str, int]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The covered questions to learn from: text, article, and all articles that have something relevant for it."""
    for query in _of_split(judged):
        grades = judged.qrels.get(query, {})
        answering = frozenset(name.partition("#")[0] for name, grade in grades.items() if grade >= RELEVANT)
        article = str(judged.about[query].get("article", ""))
        if judged.about[query].get("kind") == "covered" and article in places and answering:
            yield judged.queries[query], article, answering


def _of_type(judged: Judgments, wanted: str) -> list[str]:
    return [judged.queries[query] for query in _of_split(judged) if judged.about[query].get("kind") == wanted]


def _of_split(judged: Judgments) -> Sequence[str]:
    return [query for query, about in judged.about.items() if about.get("split") == SPLIT]


def _fold(group: str) -> int:
    """The part of the examples that a group is left out with."""
    return zlib.crc32(group.encode()) % FOLDS


def replace_reader(searcher: Searcher, reader: Reader) -> Searcher:
    """The same searcher over another library."""
    return Searcher(reader, searcher.encoder, searcher.calibration, searcher.weights)
