"""Fitting the safety card: what tells an emergency from all else that is asked, and one kind from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import EmergencyKind
from wellread.encoders.sentence_transformer import Encoder
from wellread.progress import Progress
from wellread.search.classifier import Classifier, Features, SupportVectors, middle_layers
from wellread.search.safety import NO_EMERGENCY, SafetyModel, emergency_score
from wellread.settings import EMERGENCY_KINDS
from wellread.training.learners import Embedding, classify, support, threshold

FALSE_CARDS = 0.027
"""The share of the ordinary questions learned from that may get the card: some of them tell of an emergency after all,
and the calm ones were written to be hard. At 2 %, 13 of 1,572 ordinary development questions got it and 87 of 94
emergencies; at 2.7 %, 17 and 90."""

ORDINARY = 4500
"""Ordinary questions that are learned from, at most, spread over all of them: more gave nothing but time."""

_FOLDS = 3
"""Parts for the threshold: a question's margin is of a detector that did not learn from its part."""

_CLASSES_C = 4.0
_KINDS_C = 64.0
"""The inverse of the penalty on the weights of the classes, and of the kinds, of which there are few examples."""


@dataclass(frozen=True, slots=True)
class SafetyData:
    """Questions, as they are looked for, to learn from.

    `emergencies` have their kind, `urgent` ones tell of an emergency whose kind nobody named. `calm` ones are ordinary
    and near to emergencies in words, `ordinary` are all others that are asked of a library.
    """

    emergencies: Sequence[tuple[EmergencyKind, str]]
    urgent: Sequence[str]
    calm: Sequence[str]
    ordinary: Sequence[str]


def fit_safety(encoder: Encoder, data: SafetyData, progress: Progress = lambda stage, done, total: None) -> SafetyModel:
    """Fit the safety card for one embedding model; the same model and data give the same numbers.

    Raises:
        CalibrationError: a kind of emergency has no example.
    """
    step = max(len(data.ordinary) / ORDINARY, 1.0)
    ordinary = [data.ordinary[int(number * step)] for number in range(int(len(data.ordinary) / step))]
    named = [question for _, question in data.emergencies]
    questions = [*named, *data.urgent, *data.calm, *ordinary]
    vectors, features = Embedding(encoder, progress).read(questions, "emergencies")
    layers = middle_layers(features, vectors.shape[1])
    names: list[str] = [kind for kind, _ in data.emergencies]
    kinds = classify(EMERGENCY_KINDS, layers[: len(named)], [], names, _KINDS_C)
    is_emergency = np.arange(len(questions)) < len(named) + len(data.urgent)
    probable = kinds.probabilities(layers[len(named) : len(named) + len(data.urgent)]).argmax(axis=1)
    labels = [*names, *(EMERGENCY_KINDS[place] for place in probable)]
    labels += [NO_EMERGENCY] * (len(questions) - len(labels))
    examples = _Examples(tuple(questions), layers, tuple(labels))
    scores = np.empty(len(questions))
    folds = np.arange(len(questions)) % _FOLDS
    for fold in range(_FOLDS):
        progress("telling emergencies", fold, _FOLDS + 1)
        detector, classes = _fit_both(examples.take(np.flatnonzero(folds != fold)))
        held_out = examples.take(np.flatnonzero(folds == fold))
        probabilities = classes.probabilities(held_out.layers, held_out.questions)
        scores[folds == fold] = emergency_score(detector.margins(held_out.layers), probabilities)
    detector, classes = _fit_both(examples)
    progress("telling emergencies", _FOLDS + 1, _FOLDS + 1)
    return SafetyModel(detector, classes, kinds, threshold(scores[~is_emergency], FALSE_CARDS))


@dataclass(frozen=True, eq=False, slots=True)
class _Examples:
    """Questions with their middle layers, shape (questions, width), and classes."""

    questions: tuple[str, ...]
    layers: Features
    labels: tuple[str, ...]

    def take(self, places: NDArray[np.int64]) -> _Examples:
        return _Examples(
            tuple(self.questions[place] for place in places),
            self.layers[places],
            tuple(self.labels[place] for place in places),
        )


def _fit_both(examples: _Examples) -> tuple[SupportVectors, Classifier]:
    detector = support(examples.layers, np.array([label != NO_EMERGENCY for label in examples.labels]))
    classes = (NO_EMERGENCY, *EMERGENCY_KINDS)
    return detector, classify(classes, examples.layers, examples.questions, examples.labels, _CLASSES_C)
