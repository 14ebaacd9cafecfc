"""What was fitted for one embedding model: kinds of questions and sections, urgency, confidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command, places
from wellread.errors import CalibrationError
from wellread.files import read_whole, write_durably
from wellread.index.layout import calibrations_folder
from wellread.search.classifier import BUCKETS, Classifier, Logistic, SupportVectors
from wellread.search.notice import NOTICE_FEATURES, NoticeModel
from wellread.search.safety import SafetyModel, safety_arrays, safety_from_arrays

KINDS = ("meaning", "causes", "symptoms", "diagnosis", "treatment", "warning", "prevention", "outlook")
"""Kinds of sections that answer questions of the same kind."""

CONFIDENCE = (
    "late",
    "weakest",
    "passage",
    "sentence",
    "gap",
    "rival",
    "agreement",
    "found",
    "missing",
    "unknown",
    "other",
    "tokens",
)
"""What confidence is weighed from, each alone and times the size of the library; then the size itself."""

FORMAT = 5

_SHIPPED = Path(__file__).parent / "calibrations"
_CLASSIFIERS = ("questions", "headings")
_PARTS = ("of_features", "of_grams", "bias")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which on an answer is given, and the closest passages are shown."""

    answered: float
    closest: float


@dataclass(frozen=True, eq=False, slots=True)
class Calibration:
    """All that is fitted for a model, named by the model's fingerprint.

    `questions` tells the kind of section that a question wants (KINDS and "other"), `headings` the kind that a
    heading opens (KINDS, "summary" and "other"), `urgency` whether a question tells of something that is happening.
    `questions` and `urgency` go by what `read_questions` gives, `headings` by the vectors of headings. `confidence`
    weighs what search/confidence.py measures, `notice` what search/notice.py does; `safety` tells emergencies.
    `own_articles` are the ids of the articles that kinds of questions were learned of: kinds order their sections.
    """

    model: str
    fingerprint: str
    questions: Classifier
    headings: Classifier
    urgency: SupportVectors
    confidence: Logistic
    thresholds: Thresholds
    notice: NoticeModel
    safety: SafetyModel
    own_articles: tuple[str, ...] = ()


def calibration_file(index: Path, fingerprint: str) -> Path:
    """Where a calibration that was fitted for another model than the built-in one stands."""
    return calibrations_folder(index) / f"{fingerprint[:16]}.npz"


def load_calibration(index: Path, model: str, fingerprint: str) -> Calibration:
    """Load what was fitted for a model: for this index, or else what Wellread ships.

    Raises:
        CalibrationError: nothing was fitted for this model, or the file is damaged.
    """
    for file in (calibration_file(index, fingerprint), calibration_file_shipped(fingerprint)):
        if file.is_file():
            return read_calibration(file, fingerprint)
    raise CalibrationError(
        f"nothing is known yet of how far the scores of the model {model} can be trusted",
        f"fit it, once, in some minutes: {fit_command(index, model)}",
        where=index,
    )


def calibration_file_shipped(fingerprint: str) -> Path:
    """Where a calibration that Wellread ships stands."""
    return _SHIPPED / f"{fingerprint[:16]}.npz"


def fit_command(index: Path, model: str) -> str:
    """The command that fits a calibration."""
    return command("fit", *places(index), "--model", model)


def write_calibration(file: Path, calibration: Calibration) -> None:
    """Write a calibration, durably; the same one gives the same bytes. Raises OSError."""
    arrays: dict[str, Any] = dict(safety_arrays(calibration.safety))
    classes = {}
    for name in _CLASSIFIERS:
        classifier: Classifier = getattr(calibration, name)
        classes[name] = classifier.classes
        for part in _PARTS:
            arrays[f"{name}.{part}"] = getattr(classifier, part).astype(np.float16)
    arrays["urgency.vectors"] = calibration.urgency.vectors.astype(np.float16)
    arrays["urgency.weights"] = np.array([*calibration.urgency.weights, calibration.urgency.bias], np.float32)
    for name, logistic in (("confidence", calibration.confidence), ("notice", calibration.notice.weights)):
        arrays[name] = np.array([*logistic.weights, logistic.bias])
    about = {
        "format": FORMAT,
        "model": calibration.model,
        "fingerprint": calibration.fingerprint,
        "classes": classes,
        "thresholds": asdict(calibration.thresholds),
        "notice": calibration.notice.threshold,
        "own_articles": calibration.own_articles,
    }
    arrays["about"] = np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8)
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.tmp")
    write_durably(temporary, buffer.getvalue())
    temporary.replace(file)


def read_calibration(file: Path, fingerprint: str) -> Calibration:
    """Read a calibration; raises CalibrationError where it is damaged or was fitted for another model."""
    remedy = (
        f"delete the file and fit it anew: {command('fit')}; the built-in model's comes with Wellread: reinstall it"
    )
    try:
        with np.load(BytesIO(read_whole(file)), allow_pickle=False) as stored:
            arrays = dict(stored)  # each look at one in `stored` unpacks it again
        for name, array in arrays.items():  # a threshold alone may be out of reach
            if array.dtype.kind == "f" and (np.isnan(array).any() or (array.ndim and np.isinf(array).any())):
                raise ValueError(f"{name} has values that are no numbers")
        calibration = _from_arrays(arrays)
    except Exception as error:  # a damaged archive raises whatever its damage leads to
        raise CalibrationError(f"not a calibration ({error})", remedy, where=file) from error
    if calibration.fingerprint != fingerprint:
        raise CalibrationError(f"was fitted for another model, {calibration.model}", remedy, where=file)
    return calibration


def _from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Calibration:
    """Raises ValueError, or anything else, where the arrays are not what `write_calibration` writes."""
    about = json.loads(arrays["about"].tobytes())
    if about["format"] != FORMAT:
        raise ValueError(f"another version of Wellread made it: format {about['format']!r}, not {FORMAT}")
    decided = (*about["thresholds"].values(), about["notice"])
    if not all(0 <= float(value) <= 1 for value in decided):
        raise ValueError("its thresholds are no probabilities")
    questions, headings = (
        _classifier(arrays, name, about["classes"][name], len(arrays[f"{name}.of_features"])) for name in _CLASSIFIERS
    )
    return Calibration(
        about["model"],
        about["fingerprint"],
        questions,
        headings,
        _support(arrays),
        _logistic(arrays["confidence"], 2 * len(CONFIDENCE) + 1),
        Thresholds(**{field.name: float(about["thresholds"][field.name]) for field in fields(Thresholds)}),
        NoticeModel(_logistic(arrays["notice"], len(NOTICE_FEATURES)), float(about["notice"])),
        safety_from_arrays(arrays),
        tuple(map(str, about["own_articles"])),
    )


def _classifier(arrays: Mapping[str, NDArray[Any]], name: str, classes: Sequence[str], width: int) -> Classifier:
    of_features, of_grams, bias = (arrays[f"{name}.{part}"].astype(np.float32) for part in _PARTS)
    count = len(classes)
    if of_features.shape != (width, count) or bias.shape != (count,):
        raise ValueError(f"the {name} have weights of shape {of_features.shape}")
    if of_grams.shape not in ((0, count), (2 * BUCKETS, count)):
        raise ValueError("another version of Wellread made it")
    return Classifier(tuple(classes), of_features, of_grams, bias)


def _support(arrays: Mapping[str, NDArray[Any]]) -> SupportVectors:
    vectors, weights = (arrays[f"urgency.{part}"].astype(np.float32) for part in ("vectors", "weights"))
    if vectors.ndim != 2 or not vectors.size or weights.shape != (len(vectors) + 1,):
        raise ValueError(f"the urgency has {weights.shape} weights for vectors of shape {vectors.shape}")
    return SupportVectors(vectors, weights[:-1], float(weights[-1]))


def _logistic(stored: NDArray[Any], width: int) -> Logistic:
    if stored.shape != (width + 1,):
        raise ValueError(f"{stored.shape} weights where {width + 1} are needed")
    return Logistic(stored[:-1].astype(np.float64), float(stored[-1]))
