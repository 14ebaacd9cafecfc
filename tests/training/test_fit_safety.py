"""Fitting the safety card and the notice: repeatable, told apart what was learned, thresholds by the shares allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import pytest
from conftest import HashEncoder

import wellread.search.classifier
import wellread.search.safety
import wellread.training.learners
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import CalibrationError
from wellread.search.classifier import read_questions
from wellread.search.notice import NOTICE_FEATURES
from wellread.search.safety import SafetyModel, emergency, safety_arrays
from wellread.settings import EMERGENCY_KINDS
from wellread.training.notice import NoticeExample, fit_notice, held_out_urgency
from wellread.training.safety import ORDINARY, SafetyData, fit_safety

WORDS = dict(
    zip(EMERGENCY_KINDS, "one two three four five six seven eight nine ten eleven twelve".split(), strict=True)
)
DATA = SafetyData(
    emergencies=[(kind, f"help {WORDS[kind]} {number}") for kind in EMERGENCY_KINDS for number in range(4)],
    urgent=[f"help nine {number}" for number in range(10, 14)],
    calm=[f"leaflet about {word}" for word in WORDS.values()],
    ordinary=[f"tea and cake {number}" for number in range(60)],
)


@pytest.fixture(scope="module", autouse=True)
def _few_columns() -> Iterator[None]:
    """Fewer columns of n-grams, so that fitting takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (wellread.search.classifier, wellread.search.safety, wellread.training.learners):
            patch.setattr(module, "BUCKETS", 128)
        yield


@pytest.fixture(scope="module")
def model(_few_columns: None) -> SafetyModel:
    return fit_safety(HashEncoder(), DATA)


def test_the_same_data_give_the_same_arrays(model: SafetyModel) -> None:
    again = safety_arrays(fit_safety(HashEncoder(), DATA))
    assert {name: values.tobytes() for name, values in safety_arrays(model).items()} == {
        name: values.tobytes() for name, values in again.items()
    }


def test_kinds_are_told_apart(model: SafetyModel) -> None:
    for kind, word in WORDS.items():
        text = f"help {word} 77"
        assert emergency(text, read_questions(HashEncoder(), [text])[1][0], model)[0] == kind


def test_what_is_ordinary_is_no_emergency(model: SafetyModel) -> None:
    for text in ("tea and cake 99", "leaflet about six"):
        assert emergency(text, read_questions(HashEncoder(), [text])[1][0], model)[0] is None


def test_a_kind_without_examples_is_refused() -> None:
    with pytest.raises(CalibrationError, match="stroke"):
        fit_safety(
            HashEncoder(),
            SafetyData([pair for pair in DATA.emergencies if pair[0] != "stroke"], (), DATA.calm, DATA.ordinary),
        )


def test_ordinary_questions_beyond_the_most_are_thinned_out_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.training.safety.ORDINARY", 20)
    asked: list[str] = []

    class Recording(HashEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            asked.extend(texts)
            return super().encode_queries(texts)

    fit_safety(Recording(), DATA)
    assert [text for text in asked if text.startswith("tea")] == [f"tea and cake {n}" for n in range(0, 60, 3)]
    assert ORDINARY == 4500


def examples(type_: Literal["urgent", "calm", "ordinary"], highest: float) -> list[NoticeExample]:
    """40 examples whose every feature is at most `highest`, in steps of a hundredth."""
    return [NoticeExample(type_, np.full(len(NOTICE_FEATURES), highest - number / 100)) for number in range(40)]


def test_the_notice_is_shown_for_what_is_told() -> None:
    calm, ordinary = examples("calm", 0.0), examples("ordinary", -1.0)
    urgent = examples("urgent", 3.0)
    fitted = fit_notice([*urgent, *calm, *ordinary])
    # Of 40 calm twins one may be shown and the next not: with the upper bound of its share below 10 %.
    assert fitted.threshold == pytest.approx(fitted.weights.probability(calm[1].features), abs=1e-4)
    assert all(fitted.weights.probability(example.features) > fitted.threshold for example in urgent)


def test_ordinary_questions_limit_the_notice_too() -> None:
    calm, ordinary = examples("calm", -1.0), examples("ordinary", 0.0)
    fitted = fit_notice([*examples("urgent", 3.0), *calm, *ordinary])
    # Of 40 ordinary questions none may be shown: one would leave the upper bound above 5 %.
    assert fitted.threshold == pytest.approx(fitted.weights.probability(ordinary[0].features), abs=1e-4)
    assert fitted.weights.probability(ordinary[0].features) < fitted.threshold


def test_margins_are_told_by_the_other_groups() -> None:
    layers = np.array([[1, 0], [0, 1]] * 6, np.float32)
    urgent = np.array([True, False] * 6)
    margins = held_out_urgency(layers, urgent, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    assert ((margins > 0) == urgent).all()
    # A group's own labels do not reach it: with them turned round, its margins stay.
    turned = urgent.copy()
    turned[:4] = ~turned[:4]
    assert held_out_urgency(layers, turned, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])[:4].tolist() == margins[:4].tolist()
