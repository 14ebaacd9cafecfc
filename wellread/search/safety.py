"""The safety card: whether a question tells of an emergency, of which kind, and what is said before all results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import EmergencyKind, SafetyCard
from wellread.search.classifier import BUCKETS, Classifier, Features, SupportVectors, middle_layers
from wellread.search.emergency_rules import rule_kind
from wellread.settings import EMERGENCY_KINDS, SafetySettings

NO_EMERGENCY = "none"
"""The class of what is no emergency, the first of `SafetyModel.classes`."""

CLASSES_SHARE = 0.2
"""What the log-odds of the classes count beside the margin of the detector. Chosen on development questions."""


SELF_HARM_FROM = 0.7
"""The probability of self-harm from which on the card has its words, "if you might harm yourself".

Questions that hint at it have 0.85 and more (judgments/unseen-articles, dev, and three written for this). A burnt hand
and somebody who does not answer, which were taken for it, have 0.57 and 0.39.
"""


@dataclass(frozen=True, eq=False, slots=True)
class SafetyModel:
    """What was learned about emergencies for one embedding model.

    `detector` tells emergencies from all else by the middle layers, `classes` tells NO_EMERGENCY and the kinds apart by
    the middle layers and n-grams. From an `emergency_score` of `threshold` on a question counts as an emergency. Its
    kind is told by `kinds`, by the middle layers: it learned from emergencies alone.
    """

    detector: SupportVectors
    classes: Classifier
    kinds: Classifier
    threshold: float


def emergency_score(margins: NDArray[np.float64], classes: NDArray[np.float64]) -> NDArray[np.float64]:
    """How surely questions tell of an emergency: the margins of the detector and, a little, what the classes say.

    `margins` have the shape (questions,), `classes` are probabilities, NO_EMERGENCY's first.
    """
    none = np.clip(classes[:, 0], 1e-9, 1 - 1e-9)
    return np.asarray(margins + CLASSES_SHARE * np.log((1 - none) / none))


def emergency(question: str, features: Features, model: SafetyModel) -> tuple[EmergencyKind | None, float]:
    """The kind of emergency that a question tells of, or None, and its `emergency_score`.

    The rules are asked first, then what was learned. `question` is the question as it is looked for, `features` are
    its own, as `read_questions` gives them, shape (width,).
    """
    width = model.detector.vectors.shape[1]
    layers = middle_layers(features[np.newaxis], width if width == len(features) else width // 2)
    probabilities = model.classes.probabilities(layers, [question])
    score = float(emergency_score(model.detector.margins(layers), probabilities)[0])
    if (kind := rule_kind(question)) is not None:
        return kind, score
    if score < model.threshold:
        return None, score
    return _likeliest(model.kinds.probabilities(layers)[0]), score


def _likeliest(probabilities: NDArray[np.float64]) -> EmergencyKind:
    """The likeliest kind, by the probability of each of EMERGENCY_KINDS; self-harm only where that is sure."""
    kinds = dict(zip(EMERGENCY_KINDS, probabilities, strict=True))
    if kinds["self_harm"] < SELF_HARM_FROM:
        del kinds["self_harm"]
    return max(kinds, key=lambda kind: kinds[kind])


def safety_card(kind: EmergencyKind, settings: SafetySettings) -> SafetyCard:
    """What is said of a kind of emergency, in the words of the library's settings."""
    words = settings.words[kind]
    return SafetyCard(kind, words.format(emergency_number=settings.emergency_number, crisis_line=settings.crisis_line))


def safety_arrays(model: SafetyModel) -> dict[str, NDArray[Any]]:
    """What is stored of a model; `safety_from_arrays` reads it."""
    return {
        "safety.vectors": model.detector.vectors.astype(np.float16),
        "safety.weights": np.array([*model.detector.weights, model.detector.bias], np.float32),
        "safety.of_features": model.classes.of_features.astype(np.float16),
        "safety.of_grams": model.classes.of_grams.astype(np.float16),
        "safety.bias": model.classes.bias.astype(np.float16),
        "safety.kinds": np.concatenate([model.kinds.of_features, model.kinds.bias[np.newaxis]]).astype(np.float16),
        "safety.threshold": np.array(model.threshold),
    }


def safety_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> SafetyModel:
    """Read a model; raises KeyError or ValueError where the arrays are not what `safety_arrays` gives."""
    vectors, weights, of_features, of_grams, bias, kinds = (
        arrays[f"safety.{name}"].astype(np.float32)
        for name in ("vectors", "weights", "of_features", "of_grams", "bias", "kinds")
    )
    classes = (NO_EMERGENCY, *EMERGENCY_KINDS)
    if vectors.ndim != 2 or weights.shape != (len(vectors) + 1,):
        raise ValueError(f"the detector of emergencies has weights of {weights.shape} for vectors of {vectors.shape}")
    if of_features.shape != (vectors.shape[1], len(classes)) or bias.shape != (len(classes),):
        raise ValueError(f"the classes of emergencies have weights of shape {of_features.shape}")
    if kinds.shape != (vectors.shape[1] + 1, len(EMERGENCY_KINDS)):
        raise ValueError(f"the kinds of emergencies have weights of shape {kinds.shape}")
    if of_grams.shape not in ((0, len(classes)), (2 * BUCKETS, len(classes))):
        raise ValueError("another version of Wellread made it")
    return SafetyModel(
        SupportVectors(vectors, weights[:-1], float(weights[-1])),
        Classifier(classes, of_features, of_grams, bias),
        Classifier(EMERGENCY_KINDS, kinds[:-1], np.zeros((0, len(EMERGENCY_KINDS)), np.float32), kinds[-1]),
        float(arrays["safety.threshold"]),
    )
