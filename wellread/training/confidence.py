"""Fits the confidence and all thresholds, on questions that are surely covered or surely not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Encoder
from wellread.index.reader import Reader
from wellread.progress import Progress
from wellread.search.calibration import Calibration, Thresholds
from wellread.search.classifier import Classifier
from wellread.search.searcher import Searcher
from wellread.training.data import TrainingData
from wellread.training.learners import FOLDS, logistic, threshold

UNANSWERED = 0.025
"""The share of uncovered questions that may be answered: others' may be harder, of which one of twenty may be."""

REFUSED = 0.03
"""The share of covered questions that may be refused."""

FALSE_ALARMS = 0.2
"""The share of unurgent twins for which the notice may appear."""

PARTS = 5
"""Parts of the lessons: a question of one is asked of a searcher that was taught the other parts."""

_BESIDE = 0.4
"""What a question from outside medicine counts, where one about health that is asked of a large library counts 1."""

_LARGE = 0.6
"""What it counts where it is asked of a large library."""

_JUDGED = 3.0
"""What a judged question counts."""

_LEARNED = 1.0
"""What another question about the judged article counts."""

_EVERY = 5
"""Of the questions about health every so manieth is asked of a large library."""


@dataclass(frozen=True, slots=True)
class _Example:
    """A question that confidence learns from: whom it is asked, its kind and weight.

    Questions of one fold are left out together.
    """

    searcher: Searcher
    text: str
    kind: str
    weight: float
    fold: int


def fit_confidence(
    reader: Reader,
    encoder: Encoder,
    data: TrainingData,
    calibration: Calibration,
    library: Reader | None,
    train_classifier: Callable[[TrainingData], Classifier],
    progress: Progress,
) -> Calibration:
    """A calibration with its confidence and thresholds; `train_classifier` trains a classifier of questions on data."""
    examples = list(_examples(reader, encoder, data, calibration, library, train_classifier))
    rows: list[NDArray[np.float64]] = []
    alarms: list[float] = []
    for number, example in enumerate(examples, 1):
        measured = example.searcher.answer_features(example.searcher.search(example.text))
        rows.append(measured.confidence)
        if example.kind == "unurgent":
            alarms.append(measured.urgency)
        progress("asking judged questions", number, len(examples))
    kept = [n for n, example in enumerate(examples) if example.kind != "unurgent"]
    features = np.array([rows[n] for n in kept])
    kinds = np.array([examples[n].kind for n in kept])
    covered = np.isin(kinds, ("covered", "urgent", "health"))
    weights = np.array([examples[n].weight for n in kept])
    folds = np.array([examples[n].fold for n in kept]) % FOLDS
    unseen = np.empty(len(kept))
    for fold in range(FOLDS):
        part = logistic(features[folds != fold], covered[folds != fold], weights[folds != fold])
        unseen[folds == fold] = [part.probability(row) for row in features[folds == fold]]
    answered = threshold(unseen[kinds == "uncovered"], UNANSWERED)
    return replace(
        calibration,
        confidence=logistic(features, covered, weights),
        thresholds=Thresholds(
            answered=answered,
            closest=min(-threshold(-unseen[kinds == "covered"], REFUSED), answered),
            urgent=threshold(np.array(alarms), FALSE_ALARMS),
        ),
    )


def _examples(
    reader: Reader,
    encoder: Encoder,
    data: TrainingData,
    calibration: Calibration,
    library: Reader | None,
    train_classifier: Callable[[TrainingData], Classifier],
) -> Iterator[_Example]:
    """All that confidence learns from. What is asked is new to the classifier that tells its kind.

    Otherwise that would look surer than it is.
    """
    whole = Searcher(reader, encoder, calibration)
    for fold, query in enumerate(data.judged):
        yield _Example(whole, query["text"], query["metadata"]["kind"], _JUDGED, fold)
    for part in range(PARTS):
        taught = replace(
            data,
            questions=_without(data.questions, part),
            covered=_without(data.covered, part),
            uncovered=_without(data.uncovered, part),
            outside=_without(data.outside, part),
        )
        partly = replace(calibration, questions=train_classifier(taught))
        small = Searcher(reader, encoder, partly)
        for fold, lesson in enumerate(data.covered[part::PARTS]):
            yield _Example(small, lesson["text"], "covered", _LEARNED, fold)
        for fold, lesson in enumerate(data.uncovered[part::PARTS]):
            yield _Example(small, lesson["text"], "uncovered", _LEARNED, fold)
        outside = [(fold, lesson["text"]) for fold, lesson in enumerate(data.outside[part::PARTS])]
        for fold, text in outside:
            yield _Example(small, text, "outside", _BESIDE, fold)
        if library is None:
            continue
        large = Searcher(library, encoder, partly)
        about_health = [lesson for lesson in data.questions[part::PARTS] if "other" not in lesson["kinds"]]
        for fold, lesson in enumerate(about_health[::_EVERY]):
            yield _Example(large, lesson["text"], "health", 1.0, fold)
        for fold, text in outside:
            yield _Example(large, text, "outside", _LARGE, fold)


def _without(data: tuple[dict[str, Any], ...], part: int) -> tuple[dict[str, Any], ...]:
    return tuple(lesson for n, lesson in enumerate(data) if n % PARTS != part)
