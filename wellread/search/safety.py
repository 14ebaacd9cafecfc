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
"""The class of what is no emergency, the first of those that `SafetyModel.kinds` tells apart."""

KINDS_SHARE = 0.2
"""What the log-odds of the kinds count beside the margin of the detector. Chosen on development questions."""


@dataclass(frozen=True, eq=False, slots=True)
class SafetyModel:
    """What was learned about emergencies for one embedding model.

    `detector` tells emergencies from all else by the middle layers, `kinds` tells NO_EMERGENCY and the kinds apart by
    the middle layers and n-grams. From an `emergency_score` of `threshold` on a question counts as an emergency.
    """

    detector: SupportVectors
    kinds: Classifier
    threshold: float


def emergency_score(margins: NDArray[np.float64], kinds: NDArray[np.float64]) -> NDArray[np.float64]:
    """How surely questions tell of an emergency: the margins of the detector and, a little, what the kinds say.

    `margins` have the shape (questions,), `kinds` are probabilities, shape (questions, 1 + kinds), NO_EMERGENCY first.
    """
    none = np.clip(kinds[:, 0], 1e-9, 1 - 1e-9)
    return np.asarray(margins + KINDS_SHARE * np.log((1 - none) / none))


def emergency(question: str, features: Features, model: SafetyModel) -> tuple[EmergencyKind | None, float]:
    """The kind of emergency that a question tells of, or None, and its `emergency_score`.

    The rules are asked first, then what was learned. `question` is the question as it is looked for, `features` are
    its own, as `read_questions` gives them, shape (width,).
    """
    width = model.detector.vectors.shape[1]
    layers = middle_layers(features[np.newaxis], width if width == len(features) else width // 2)
    probabilities = model.kinds.probabilities(layers, [question])
    score = float(emergency_score(model.detector.margins(layers), probabilities)[0])
    if (kind := rule_kind(question)) is not None:
        return kind, score
    if score < model.threshold:
        return None, score
    return EMERGENCY_KINDS[int(np.argmax(probabilities[0, 1:]))], score


def safety_card(kind: EmergencyKind, settings: SafetySettings) -> SafetyCard:
    """What is said of a kind of emergency, in the words of the library's settings."""
    words = settings.words[kind]
    return SafetyCard(kind, words.format(emergency_number=settings.emergency_number, crisis_line=settings.crisis_line))


def safety_arrays(model: SafetyModel) -> dict[str, NDArray[Any]]:
    """What is stored of a model; `safety_from_arrays` reads it."""
    return {
        "safety.vectors": model.detector.vectors.astype(np.float16),
        "safety.weights": np.array([*model.detector.weights, model.detector.bias], np.float32),
        "safety.of_features": model.kinds.of_features.astype(np.float16),
        "safety.of_grams": model.kinds.of_grams.astype(np.float16),
        "safety.bias": model.kinds.bias.astype(np.float16),
        "safety.threshold": np.array(model.threshold),
    }


def safety_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> SafetyModel:
    """Read a model; raises KeyError or ValueError where the arrays are not what `safety_arrays` gives."""
    vectors, weights, of_features, of_grams, bias = (
        arrays[f"safety.{name}"].astype(np.float32)
        for name in ("vectors", "weights", "of_features", "of_grams", "bias")
    )
    classes = (NO_EMERGENCY, *EMERGENCY_KINDS)
    if vectors.ndim != 2 or weights.shape != (len(vectors) + 1,):
        raise ValueError(f"the detector of emergencies has weights of {weights.shape} for vectors of {vectors.shape}")
    if of_features.shape != (vectors.shape[1], len(classes)) or bias.shape != (len(classes),):
        raise ValueError(f"the kinds of emergencies have weights of shape {of_features.shape}")
    if of_grams.shape != (2 * BUCKETS, len(classes)):
        raise ValueError("another version of Wellread made it")
    return SafetyModel(
        SupportVectors(vectors, weights[:-1], float(weights[-1])),
        Classifier(classes, of_features, of_grams, bias),
        float(arrays["safety.threshold"]),
    )
