"""The safety card: rules before what was learned, scores by hand, the words of the settings, a model as stored."""

from __future__ import annotations

from dataclasses import replace
from math import log
from types import MappingProxyType

import numpy as np
import pytest

from wellread.search.classifier import BUCKETS, Classifier, SupportVectors
from wellread.search.safety import (
    CLASSES_SHARE,
    NO_EMERGENCY,
    SafetyModel,
    emergency,
    emergency_score,
    safety_arrays,
    safety_card,
    safety_from_arrays,
)
from wellread.settings import DEFAULT_WORDS, EMERGENCY_KINDS, SafetySettings

CLASSES = (NO_EMERGENCY, *EMERGENCY_KINDS)
ALIKE, APART = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


@pytest.fixture
def model() -> SafetyModel:
    """An emergency is what lies at (1, 0): its margin is 1 there and exp(-6) at (0, 1). All of them are strokes.

    The probability of no emergency is 1 / 14 at (1, 0), and 1 / 13 at (0, 1).
    """
    of_features = np.zeros((2, len(CLASSES)), np.float32)
    of_features[0, CLASSES.index("stroke")] = log(2)
    grams, bias = np.zeros((2 * BUCKETS, len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32)
    return SafetyModel(
        SupportVectors(ALIKE[np.newaxis], np.array([1], np.float32), 0.0),
        Classifier(CLASSES, of_features, grams, bias),
        Classifier(EMERGENCY_KINDS, of_features[:, 1:], grams[:0, 1:], bias[1:]),
        1.0,
    )


def test_a_score_is_the_margin_and_a_share_of_the_log_odds() -> None:
    scores = emergency_score(np.array([1.0, -1.0]), np.array([[0.5, 0.5], [0.2, 0.8]]))
    assert scores == pytest.approx([1.0, -1.0 + CLASSES_SHARE * log(4)])


def test_an_emergency_is_of_the_most_probable_kind(model: SafetyModel) -> None:
    kind, score = emergency("his face has slipped", ALIKE, model)
    assert kind == "stroke"
    assert score == pytest.approx(1 + CLASSES_SHARE * log(13), rel=1e-5)


@pytest.mark.parametrize(("certainty", "told"), [(0.71, "self_harm"), (0.69, "stroke")])
def test_self_harm_is_told_only_where_it_is_sure(model: SafetyModel, certainty: float, told: str) -> None:
    # Of the ten other kinds each has a hundredth of what is left, so that the stroke is the likeliest of the others.
    left = 1 - certainty
    probabilities = dict.fromkeys(EMERGENCY_KINDS, left / 100)
    probabilities |= {"self_harm": certainty, "stroke": left * 0.9}
    bias = np.log([probabilities[kind] for kind in EMERGENCY_KINDS]).astype(np.float32)
    kinds = replace(model.kinds, of_features=np.zeros_like(model.kinds.of_features), bias=bias)
    assert emergency("burnt my hand on the oven", ALIKE, replace(model, kinds=kinds))[0] == told


def test_what_lies_below_the_threshold_is_none(model: SafetyModel) -> None:
    kind, score = emergency("is eczema catching", APART, model)
    assert kind is None
    assert score == pytest.approx(np.exp(-6) + CLASSES_SHARE * log(12), rel=1e-5)


def test_a_rule_needs_no_score(model: SafetyModel) -> None:
    kind, _ = emergency("baby not breathing", APART, model)
    assert kind == "not_breathing"


def test_of_several_layers_the_middle_ones_count(model: SafetyModel) -> None:
    # Four layers of one number: the second and third are (1, 0), so they are as far from (0, 1) as can be.
    kind, _ = emergency("his face has slipped", np.array([0, 1, 0, 1], np.float32), model)
    assert kind == "stroke"


def test_a_card_says_the_neutral_words() -> None:
    assert (
        safety_card("fit", SafetySettings()).text == "This may be an emergency. Call your local emergency number now."
    )
    assert safety_card("self_harm", SafetySettings()).text == (
        "If you might harm yourself, call your local emergency number or a crisis line now. "
        "You do not have to be alone with this."
    )


def test_a_card_says_the_words_of_the_settings() -> None:
    words = MappingProxyType({**DEFAULT_WORDS, "fit": "Call {emergency_number}, or {crisis_line}."})
    card = safety_card("fit", SafetySettings("999", "Samaritans", words))
    assert (card.kind, card.text) == ("fit", "Call 999, or Samaritans.")


def test_a_model_is_read_as_it_was_stored(model: SafetyModel) -> None:
    read = safety_from_arrays(safety_arrays(model))
    assert emergency("his face has slipped", ALIKE, read)[0] == "stroke"
    assert read.threshold == 1.0
    assert (read.classes.classes, read.kinds.classes) == (CLASSES, EMERGENCY_KINDS)


@pytest.mark.parametrize("name", ["weights", "of_features", "bias", "of_grams", "kinds"])
def test_arrays_of_other_shapes_are_refused(model: SafetyModel, name: str) -> None:
    arrays = safety_arrays(model)
    arrays[f"safety.{name}"] = arrays[f"safety.{name}"][:-1]
    with pytest.raises(ValueError, match=r"weights|version"):
        safety_from_arrays(arrays)
