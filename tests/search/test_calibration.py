"""Calibrations on disk: what is written is read again, and nothing else is taken for one."""

from __future__ import annotations

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration

from wellread.encoders.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEncoder
from wellread.errors import CalibrationError
from wellread.search.calibration import (
    CONFIDENCE,
    FORMAT,
    KINDS,
    Calibration,
    Thresholds,
    calibration_file,
    calibration_file_shipped,
    load_calibration,
    read_calibration,
    write_calibration,
)
from wellread.search.classifier import BUCKETS, Classifier, Logistic, SupportVectors, middle_layers, read_questions
from wellread.search.notice import NOTICE_FEATURES, NoticeModel
from wellread.search.safety import NO_EMERGENCY, SafetyModel, safety_arrays
from wellread.settings import EMERGENCY_KINDS

MODEL = HashEncoder.fingerprint


def fitted() -> Calibration:
    """A calibration in which no number is like another, each one that sixteen bits hold."""
    numbers = np.random.default_rng(7)

    def some(*shape: int) -> Any:
        return numbers.standard_normal(shape).astype(np.float16).astype(np.float32)

    def classifier(classes: tuple[str, ...], grams: int) -> Classifier:
        return Classifier(classes, some(6, len(classes)), some(grams, len(classes)), some(len(classes)))

    return Calibration(
        model="hash",
        fingerprint=MODEL,
        questions=classifier((*KINDS, "other"), 12),
        headings=classifier((*KINDS, "summary", "other"), 0),
        urgency=SupportVectors(some(4, 5), numbers.standard_normal(4).astype(np.float32), 0.25),
        confidence=Logistic(numbers.standard_normal(2 * len(CONFIDENCE) + 1), 0.1),
        thresholds=Thresholds(answered=0.7, closest=0.3),
        notice=NoticeModel(Logistic(numbers.standard_normal(len(NOTICE_FEATURES)), -1 / 3), 2 / 3),
        safety=SafetyModel(
            SupportVectors(some(3, 6), numbers.standard_normal(3).astype(np.float32), -0.5),
            classifier((NO_EMERGENCY, *EMERGENCY_KINDS), 12),
            classifier(EMERGENCY_KINDS, 0),
            threshold=1 / 7,
        ),
    )


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small calibration on disk, its n-grams in 6 columns of either sort."""
    monkeypatch.setattr("wellread.search.calibration.BUCKETS", 6)
    monkeypatch.setattr("wellread.search.safety.BUCKETS", 6)
    written = tmp_path / "fitted.npz"
    write_calibration(written, fitted())
    return written


def change(file: Path, by: Callable[[dict[str, Any], dict[str, Any]], object]) -> None:
    """Write a file again with other arrays, or another text about them."""
    with np.load(file) as read:
        arrays = dict(read)
    about = json.loads(arrays.pop("about").tobytes())
    by(arrays, about)
    np.savez(file, **arrays, about=np.frombuffer(json.dumps(about).encode(), np.uint8))


class TestWriting:
    def test_is_read_again_as_it_was(self, file: Path) -> None:
        read, written = read_calibration(file, MODEL), fitted()
        assert (read.model, read.fingerprint, read.thresholds) == ("hash", MODEL, written.thresholds)
        assert read.notice.threshold == written.notice.threshold
        assert (read.urgency.vectors == written.urgency.vectors).all()
        assert (read.urgency.weights == written.urgency.weights).all()
        assert read.urgency.bias == written.urgency.bias
        for name in ("questions", "headings"):
            one, other = getattr(read, name), getattr(written, name)
            assert one.classes == other.classes
            for part in ("of_features", "of_grams", "bias"):
                assert getattr(one, part).dtype == np.float32
                assert getattr(one, part).shape == getattr(other, part).shape
                assert (getattr(one, part) == getattr(other, part)).all()
        for logistic, as_written in (
            (read.confidence, written.confidence),
            (read.notice.weights, written.notice.weights),
        ):
            assert (logistic.weights == as_written.weights).all()
            assert logistic.bias == as_written.bias
        assert read.safety.threshold == written.safety.threshold
        stored = safety_arrays(written.safety)
        assert {name: array.tobytes() for name, array in safety_arrays(read.safety).items()} == {
            name: array.tobytes() for name, array in stored.items()
        }

    def test_gives_the_same_bytes_at_any_time(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written = file.read_bytes()
        monkeypatch.setattr(time, "time", lambda: 4e9)
        write_calibration(file, fitted())
        assert file.read_bytes() == written

    def test_of_what_was_read_gives_the_same_bytes(self, file: Path) -> None:
        written = file.read_bytes()
        write_calibration(file, read_calibration(file, MODEL))
        assert file.read_bytes() == written

    def test_replaces_an_older_one_and_leaves_nothing_beside_it(self, file: Path) -> None:
        write_calibration(file, replace(fitted(), model="newer"))
        assert read_calibration(file, MODEL).model == "newer"
        assert [left.name for left in file.parent.iterdir()] == ["fitted.npz"]

    def test_makes_the_folder(self, tmp_path: Path) -> None:
        write_calibration(tmp_path / "index" / "calibrations" / "a.npz", plain_calibration())
        assert read_calibration(tmp_path / "index" / "calibrations" / "a.npz", MODEL).model == "hash"


class TestReading:
    def test_refuses_what_was_fitted_for_another_model(self, file: Path) -> None:
        with pytest.raises(CalibrationError) as refused:
            read_calibration(file, "another")
        assert str(refused.value).startswith(f"{file}: was fitted for another model, hash\n")
        assert "wellread fit" in str(refused.value)

    def test_refuses_another_format(self, file: Path) -> None:
        change(file, lambda arrays, about: about.update(format=FORMAT + 1))
        with pytest.raises(CalibrationError, match="another version of Wellread made it") as refused:
            read_calibration(file, MODEL)
        assert str(refused.value).startswith(f"{file}: ")
        assert "wellread fit" in str(refused.value)

    @pytest.mark.parametrize(
        "content",
        [b"", b"PK", b"\n", b"\0" * 1000, random.Random(1).randbytes(1000), b"\x93NUMPY", b"PK\x05\x06" + b"\0" * 18],
    )
    def test_refuses_what_is_no_calibration(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        with pytest.raises(CalibrationError, match=r"fitted\.npz: not a calibration"):
            read_calibration(file, MODEL)

    def test_refuses_a_zip_without_arrays(self, file: Path) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("about", "nothing")
        with pytest.raises(CalibrationError, match=r"fitted\.npz: not a calibration"):
            read_calibration(file, MODEL)

    def test_refuses_an_array_alone(self, file: Path) -> None:
        with file.open("wb") as stream:
            np.save(stream, np.zeros(3))
        with pytest.raises(CalibrationError, match=r"fitted\.npz: not a calibration"):
            read_calibration(file, MODEL)

    def test_refuses_a_folder_and_what_is_not_there(self, tmp_path: Path) -> None:
        for place in (tmp_path, tmp_path / "nowhere.npz"):
            with pytest.raises(CalibrationError, match="not a calibration"):
                read_calibration(place, MODEL)

    def test_runs_no_code_that_a_file_brings(self, file: Path) -> None:
        class Bomb:
            def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
                return pytest.fail, ("code was run",)

        change(file, lambda arrays, about: arrays.update(confidence=np.array([Bomb()], object)))
        with pytest.raises(CalibrationError, match="not a calibration"):
            read_calibration(file, MODEL)

    @pytest.mark.parametrize(
        "missing",
        ["questions.of_features", "headings.bias", "urgency.vectors", "confidence", "notice", "safety.kinds"],
    )
    def test_refuses_a_file_that_lacks_an_array(self, file: Path, missing: str) -> None:
        change(file, lambda arrays, about: arrays.pop(missing))
        with pytest.raises(CalibrationError, match="not a calibration"):
            read_calibration(file, MODEL)

    @pytest.mark.parametrize("missing", ["format", "model", "fingerprint", "classes", "thresholds", "notice"])
    def test_refuses_a_file_that_does_not_say_all_about_it(self, file: Path, missing: str) -> None:
        change(file, lambda arrays, about: about.pop(missing))
        with pytest.raises(CalibrationError, match="not a calibration"):
            read_calibration(file, MODEL)

    @pytest.mark.parametrize("array", [np.zeros(0), np.array(1.0), np.array(["a"])])
    def test_refuses_weights_of_another_shape(self, file: Path, array: Any) -> None:
        change(file, lambda arrays, about: arrays.update(confidence=array))
        with pytest.raises(CalibrationError, match="not a calibration"):
            read_calibration(file, MODEL)

    @pytest.mark.parametrize("array", ["confidence", "notice", "urgency.weights", "headings.bias", "safety.threshold"])
    def test_refuses_values_that_are_no_numbers(self, file: Path, array: str) -> None:
        change(file, lambda arrays, about: arrays.update({array: arrays[array] * np.float16("nan")}))
        with pytest.raises(CalibrationError, match=rf"not a calibration \({array} has values that are no numbers\)"):
            read_calibration(file, MODEL)

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, 2])
    def test_refuses_thresholds_that_are_no_probabilities(self, file: Path, value: float) -> None:
        change(file, lambda arrays, about: about["thresholds"].update(closest=value))
        with pytest.raises(CalibrationError, match="its thresholds are no probabilities"):
            read_calibration(file, MODEL)

    def test_refuses_n_grams_in_another_number_of_columns(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wellread.search.calibration.BUCKETS", 7)
        with pytest.raises(CalibrationError, match="another version of Wellread made it"):
            read_calibration(file, MODEL)

    def test_refuses_a_file_that_was_cut_off_anywhere(self, file: Path) -> None:
        whole = file.read_bytes()
        for length in range(0, len(whole), 61):
            file.write_bytes(whole[:length])
            with pytest.raises(CalibrationError, match="not a calibration"):
                read_calibration(file, MODEL)

    @pytest.mark.filterwarnings("ignore::UserWarning")
    def test_of_a_file_with_a_flipped_bit_gives_what_was_written_or_is_refused(self, file: Path) -> None:
        whole, weights = file.read_bytes(), fitted().confidence.weights
        others: dict[str, int] = {}
        for place in range(0, len(whole), 5):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
            try:
                assert (read_calibration(file, MODEL).confidence.weights == weights).all()
            except CalibrationError:
                pass
            except Exception as error:
                others[f"{type(error).__name__}: {error}"] = place
        assert others == {}


class TestLoading:
    def test_finds_none_for_an_unknown_model(self, tmp_path: Path) -> None:
        with pytest.raises(CalibrationError) as refused:
            load_calibration(tmp_path, "hash", MODEL)
        assert str(refused.value).startswith(f"{tmp_path}: nothing is known yet")
        assert f"wellread fit --index {tmp_path} --model hash" in str(refused.value)

    def test_names_the_short_command_for_the_usual_index(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(CalibrationError, match="wellread fit --model hash"):
            load_calibration(Path("index"), "hash", MODEL)

    def test_takes_the_index_s_own(self, tmp_path: Path) -> None:
        write_calibration(calibration_file(tmp_path, MODEL), plain_calibration(0.25))
        assert load_calibration(tmp_path, "hash", MODEL).thresholds == plain_calibration(0.25).thresholds

    def test_prefers_the_index_s_own_to_the_shipped_one(
        self, tmp_path: Path, encoder: SentenceTransformerEncoder
    ) -> None:
        model = encoder.fingerprint
        assert load_calibration(tmp_path, DEFAULT_MODEL, model).model == DEFAULT_MODEL
        own = replace(plain_calibration(), model="fitted here", fingerprint=model)
        write_calibration(calibration_file(tmp_path, model), own)
        assert load_calibration(tmp_path, DEFAULT_MODEL, model).model == "fitted here"

    def test_does_not_pass_over_a_damaged_one_of_the_index(
        self, tmp_path: Path, encoder: SentenceTransformerEncoder
    ) -> None:
        own = calibration_file(tmp_path, encoder.fingerprint)
        own.parent.mkdir()
        own.write_bytes(b"")
        with pytest.raises(CalibrationError) as refused:
            load_calibration(tmp_path, DEFAULT_MODEL, encoder.fingerprint)
        assert str(refused.value).startswith(f"{own}: not a calibration")

    def test_refuses_one_that_stands_in_the_place_of_another_model_s(self, tmp_path: Path) -> None:
        # Files are named by the first sixteen digits of a fingerprint only.
        longer = "0123456789abcdef"
        write_calibration(
            calibration_file(tmp_path, longer + "0"), replace(plain_calibration(), fingerprint=longer + "0")
        )
        assert calibration_file(tmp_path, longer + "1").is_file()
        with pytest.raises(CalibrationError, match="was fitted for another model"):
            load_calibration(tmp_path, "hash", longer + "1")


class TestTheShippedOne:
    @pytest.fixture
    def shipped(self, tmp_path: Path) -> Calibration:
        model = SentenceTransformerEncoder().fingerprint
        assert calibration_file_shipped(model).is_file()
        return load_calibration(tmp_path, DEFAULT_MODEL, model)

    def test_is_the_default_model_s(self, shipped: Calibration) -> None:
        assert shipped.model == DEFAULT_MODEL
        assert shipped.questions.classes == (*KINDS, "other")
        assert shipped.headings.classes == (*KINDS, "summary", "other")

    def test_fits_what_the_default_model_gives_and_what_is_measured_here(self, shipped: Calibration) -> None:
        _, features = read_questions(SentenceTransformerEncoder(), ["fever"])
        assert shipped.urgency.margins(middle_layers(features, 384)).shape == (1,)
        assert len(shipped.urgency.weights) == len(shipped.urgency.vectors) > 100
        assert np.linalg.norm(shipped.urgency.vectors, axis=1) == pytest.approx(1, abs=1e-3)
        for classifier, width in ((shipped.questions, None), (shipped.headings, 384)):
            assert classifier.of_features.shape == (width or features.shape[1], len(classifier.classes))
            assert classifier.of_grams.shape in {(0, len(classifier.classes)), (2 * BUCKETS, len(classifier.classes))}
            assert classifier.bias.shape == (len(classifier.classes),)
        assert shipped.safety.detector.margins(middle_layers(features, 384)).shape == (1,)
        assert shipped.confidence.weights.shape == (2 * len(CONFIDENCE) + 1,)
        assert shipped.notice.weights.weights.shape == (len(NOTICE_FEATURES),)

    def test_has_numbers_only_and_thresholds_in_their_order(self, shipped: Calibration) -> None:
        thresholds = shipped.thresholds
        assert 0 < thresholds.closest <= thresholds.answered < 1
        assert 0 < shipped.notice.threshold < 1
        assert np.isfinite([*shipped.urgency.weights, shipped.urgency.bias]).all()
        for classifier in (shipped.questions, shipped.headings):
            assert all(
                np.isfinite(part).all() for part in (classifier.of_features, classifier.of_grams, classifier.bias)
            )
        for logistic in (shipped.confidence, shipped.notice.weights):
            assert np.isfinite([*logistic.weights, logistic.bias]).all()
        assert np.isfinite(shipped.safety.threshold)
        assert all(np.isfinite(array).all() for array in safety_arrays(shipped.safety).values())

    def test_is_written_as_this_version_writes(self, shipped: Calibration, tmp_path: Path) -> None:
        write_calibration(tmp_path / "again.npz", shipped)
        names = []
        for file in (tmp_path / "again.npz", calibration_file_shipped(shipped.fingerprint)):
            with np.load(io.BytesIO(file.read_bytes())) as arrays:
                names.append(sorted(arrays.files))
        assert names[0] == names[1]


class TestLogistic:
    @pytest.mark.parametrize(
        ("features", "probability"),
        # exp(-(x * ln 3 + y * 1 + 0)): 1 / 3, 1, e and, held at 50, e^-50 and e^50.
        [
            ([1.0, 0.0], 0.75),
            ([0.0, 0.0], 0.5),
            ([0.0, -1.0], 1 / (1 + np.e)),
            ([0.0, 9e9], 1.0),
            ([0.0, -9e9], 1 / (1 + np.exp(50))),
        ],
    )
    def test_is_the_logistic_function(self, features: list[float], probability: float) -> None:
        assert Logistic(np.array([np.log(3), 1.0]), 0.0).probability(np.array(features)) == pytest.approx(probability)

    def test_adds_its_bias(self) -> None:
        assert Logistic(np.array([1.0]), -np.log(4)).probability(np.zeros(1)) == pytest.approx(0.2)


def test_a_plain_calibration_has_every_part() -> None:
    assert all(getattr(plain_calibration(), field.name) is not None for field in fields(Calibration))
