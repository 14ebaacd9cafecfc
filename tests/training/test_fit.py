"""Fitting: every part has its shape, the same data give the same calibration, and confidence needs judged questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, HashEncoder
from trained import few_columns, small_judgments, small_training

from wellread.errors import CalibrationError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.calibration import CONFIDENCE, KINDS, Calibration, read_calibration, write_calibration
from wellread.search.notice import NOTICE_FEATURES
from wellread.search.safety import NO_EMERGENCY
from wellread.search.searcher import Searcher
from wellread.settings import EMERGENCY_KINDS
from wellread.training.data import OwnQuestion, TrainingData, read_training_data
from wellread.training.fit import ENOUGH_OWN, fit
from wellread.training.learners import threshold


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> TrainingData:
    """Some of each kind to learn from."""
    folder = tmp_path_factory.mktemp("small")
    small_training(folder / "training")
    small_judgments(folder / "judged")
    return read_training_data(folder / "training", folder / "judged", folder / "training" / "own-questions")


def opened(kb: Path, index: Path) -> Reader:
    publish(kb, index, HashEncoder())
    return Reader(index, current_generation(index))


@pytest.fixture(scope="module")
def reader(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The articles to learn from by the small encoder."""
    return opened(data.library, tmp_path_factory.mktemp("fitting") / "index")


@pytest.fixture(scope="module", autouse=True)
def _few_columns() -> Iterator[None]:
    with few_columns():
        yield


Stages = list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def fitted_with_stages(reader: Reader, data: TrainingData, _few_columns: None) -> tuple[Calibration, Stages]:
    stages: Stages = []
    calibration = fit(
        reader, HashEncoder(), data, progress=lambda stage, done, total: stages.append((stage, done, total))
    )
    return calibration, stages


@pytest.fixture(scope="module")
def fitted(fitted_with_stages: tuple[Calibration, Stages]) -> Calibration:
    return fitted_with_stages[0]


class TestFitting:
    def test_gives_every_part_its_shape(self, fitted: Calibration) -> None:
        assert (fitted.model, fitted.fingerprint) == ("hash", HashEncoder.fingerprint)
        assert fitted.questions.classes == (*KINDS, "other")
        assert fitted.headings.classes == (*KINDS, "summary", "other")
        assert fitted.safety.classes.classes == (NO_EMERGENCY, *EMERGENCY_KINDS)
        assert fitted.safety.kinds.classes == EMERGENCY_KINDS
        classifiers = ((fitted.questions, 256), (fitted.headings, 0), (fitted.safety.classes, 256))
        for classifier, grams in (*classifiers, (fitted.safety.kinds, 0)):
            assert classifier.of_features.shape == (64, len(classifier.classes))
            assert classifier.of_grams.shape == (grams, len(classifier.classes))
            assert classifier.bias.shape == (len(classifier.classes),)
        for machine in (fitted.urgency, fitted.safety.detector):
            assert machine.vectors.shape == (len(machine.weights), 64)
        assert fitted.confidence.weights.shape == (2 * len(CONFIDENCE) + 1,)
        assert fitted.notice.weights.weights.shape == (len(NOTICE_FEATURES),)

    def test_puts_the_thresholds_in_their_order(self, fitted: Calibration) -> None:
        assert 0 < fitted.thresholds.closest <= fitted.thresholds.answered < 1
        assert 0 < fitted.notice.threshold < 1

    def test_is_surer_of_what_the_library_answers(
        self, fitted: Calibration, reader: Reader, data: TrainingData
    ) -> None:
        searcher = Searcher(reader, HashEncoder(), fitted)
        mean = {
            kind: float(
                np.mean(
                    [
                        searcher.ask(data.judged.queries[query]).confidence
                        for query, about in data.judged.about.items()
                        if (about["split"], about["kind"]) == ("dev", kind)
                    ]
                )
            )
            for kind in ("covered", "uncovered")
        }
        assert mean["covered"] > mean["uncovered"] + 0.2

    def test_learns_the_headings_that_it_was_taught(self, fitted: Calibration, data: TrainingData) -> None:
        texts = [row["text"] for row in data.headings]
        best = fitted.headings.probabilities(HashEncoder().encode_queries(texts)).argmax(axis=1)
        right = [
            fitted.headings.classes[number] == row["kind"]
            for number, row in zip(best.tolist(), data.headings, strict=True)
        ]
        assert sum(right) >= 0.8 * len(right)

    def test_tells_how_far_it_is(self, fitted_with_stages: tuple[Calibration, Stages]) -> None:
        _, heard = fitted_with_stages
        stages = list(dict.fromkeys(stage for stage, _, _ in heard))
        assert stages == [
            "embedding urgent questions",
            "embedding questions",
            "embedding headings",
            "embedding emergencies",
            "telling emergencies",
            "finding warning signs",
            "asking judged questions",
        ]
        for stage in stages:
            told = [(done, total) for name, done, total in heard if name == stage]
            assert told == sorted(told)
            assert told[-1][0] == told[-1][1]

    def test_again_gives_the_same_bytes(
        self, fitted: Calibration, reader: Reader, data: TrainingData, tmp_path: Path
    ) -> None:
        write_calibration(tmp_path / "one.npz", fitted)
        write_calibration(tmp_path / "two.npz", fit(reader, HashEncoder(), data))
        assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()

    def test_answers_the_same_before_and_after_it_was_stored(
        self, fitted: Calibration, reader: Reader, data: TrainingData, tmp_path: Path
    ) -> None:
        write_calibration(tmp_path / "fitted.npz", fitted)
        stored = Searcher(reader, HashEncoder(), read_calibration(tmp_path / "fitted.npz", fitted.fingerprint))
        fresh = Searcher(reader, HashEncoder(), fitted)
        for text in list(data.judged.queries.values())[::4]:
            assert stored.ask(text) == fresh.ask(text)

    def test_orders_sections_by_kind_where_questions_enough_were_learned_from(
        self, fitted: Calibration, reader: Reader, data: TrainingData
    ) -> None:
        assert fitted.own_articles == ()  # 20 questions about neurological-spasms are covered
        many = (*data.own, *(OwnQuestion("croup", ("causes",), f"why croup {n}?") for n in range(ENOUGH_OWN)))
        assert fit(reader, HashEncoder(), replace(data, own=many)).own_articles == ("croup",)

    def test_learns_from_questions_about_articles_of_an_index_too(
        self, fitted: Calibration, reader: Reader, data: TrainingData, tmp_path: Path
    ) -> None:
        both = fit(reader, HashEncoder(), data, opened(ROOT / "kb", tmp_path / "index"))
        assert both.confidence.weights.tolist() != fitted.confidence.weights.tolist()
        assert (both.questions.of_features == fitted.questions.of_features).all()
        assert both.notice.threshold == fitted.notice.threshold


class TestNothingIsFitted:
    @pytest.mark.parametrize(("kind", "another"), [("covered", "uncovered"), ("uncovered", "covered")])
    def test_without_judged_questions_of_a_kind(
        self, reader: Reader, data: TrainingData, kind: str, another: str
    ) -> None:
        kept = {query: about for query, about in data.judged.about.items() if about["kind"] == another}
        with pytest.raises(CalibrationError, match=f'no question of the kind "{kind}" and split "dev"') as refused:
            fit(reader, HashEncoder(), replace(data, judged=replace(data.judged, about=kept)))
        assert refused.value.remedy == "add such questions, or name other judgments: wellread fit --judgments DIR"

    def test_where_a_kind_of_heading_has_no_example(self, reader: Reader, data: TrainingData) -> None:
        kept = tuple(row for row in data.headings if row["kind"] != "summary")
        with pytest.raises(CalibrationError, match="there are no examples, or unknown ones, for summary") as refused:
            fit(reader, HashEncoder(), replace(data, headings=kept))
        assert refused.value.remedy == "name another folder: wellread fit --training DIR"

    def test_where_a_kind_of_question_is_unknown(self, reader: Reader, data: TrainingData) -> None:
        row = {"text": "why?", "kinds": ["reasons"], "topic": ""}
        with pytest.raises(CalibrationError, match="there are no examples, or unknown ones, for reasons"):
            fit(reader, HashEncoder(), replace(data, questions=(*data.questions, row)))


def test_a_threshold_leaves_room_for_what_others_ask() -> None:
    # Of 75, one may reach a threshold that 5 % may: 0.95^75 + 75 * 0.05 * 0.95^74 = 0.11, with another 0.26 > 0.2.
    values = np.arange(75) / 100
    assert threshold(values, 0.05) == pytest.approx(0.73001)
    # Of 20, none may: 0.95^20 = 0.36.
    assert threshold(values[:20], 0.05) == pytest.approx(0.19001)
    # Of 40, five may where 20 % may: the chance of five or fewer is 0.16, of six or fewer 0.29.
    assert threshold(values[:40], 0.2) == pytest.approx(0.34001)
