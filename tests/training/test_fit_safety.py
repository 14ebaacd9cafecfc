"""Fitting the safety card and the notice: repeatable, told apart what was learned, thresholds by the shares allowed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from conftest import HashEncoder

import wellread.search.classifier
import wellread.search.safety
import wellread.training.learners
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
    encoder = HashEncoder()
    asked: list[str] = []
    monkeypatch.setattr(
        encoder, "encode_layers", lambda texts: (asked.extend(texts), HashEncoder().encode_layers(texts))[1]
    )
    fit_safety(encoder, DATA)
    assert [text for text in asked if text.startswith("tea")] == [f"tea and cake {n}" for n in range(0, 60, 3)]
    assert ORDINARY == 4500


def example(type_: str, question: str, value: float) -> NoticeExample:
    """An example whose every feature is `value`."""
    return NoticeExample(question, type_, np.full(len(NOTICE_FEATURES), value), type_ == "urgent")  # type: ignore[arg-type]


def test_the_notice_is_shown_for_what_is_told() -> None:
    examples = [example("urgent", f"u{n}", 2 + n / 100) for n in range(40)]
    examples += [example("calm", f"c{n}", -n / 100) for n in range(40)]
    examples += [example("ordinary", f"o{n}", -1 - n / 100) for n in range(40)]
    fitted = fit_notice(examples)
    shown = [fitted.weights.probability(example.features) >= fitted.threshold for example in examples]
    # Of 40 calm twins two may be above, by the upper bound of their share; of ordinary ones, which lie lower, none is.
    assert shown == [True] * 40 + [True] * sum(shown[40:80]) + [False] * (80 - sum(shown[40:80]))
    assert sum(shown[40:80]) <= 4


def test_of_several_articles_of_a_question_the_best_counts_for_the_threshold() -> None:
    examples = [example("urgent", f"u{n}", 3.0) for n in range(40)]
    examples += [example("calm", "c", value) for value in (-1.0, 1.0)]
    fitted = fit_notice(examples)
    assert fitted.threshold == pytest.approx(fitted.weights.probability(examples[-1].features), abs=1e-4)


def test_margins_are_told_by_the_other_groups() -> None:
    layers = np.array([[1, 0], [0, 1]] * 6, np.float32)
    urgent = np.array([True, False] * 6)
    margins = held_out_urgency(layers, urgent, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    assert ((margins > 0) == urgent).all()
    # A group's own labels do not reach it: with them turned round, its margins stay.
    turned = urgent.copy()
    turned[:4] = ~turned[:4]
    assert held_out_urgency(layers, turned, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])[:4].tolist() == margins[:4].tolist()
