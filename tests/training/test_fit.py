"""Fitting: what is learned from is read strictly, and the same lessons give the same calibration."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, HashEncoder

import wellread.search.calibration
import wellread.search.classifier
import wellread.training.learners
from wellread.errors import CalibrationError, JudgmentsError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.calibration import CONFIDENCE, KINDS, NOTICE, Calibration, read_calibration, write_calibration
from wellread.search.searcher import Searcher
from wellread.training.data import TrainingData, read_training_data
from wellread.training.fit import fit
from wellread.training.learners import threshold

FILES = {
    "questions": "question-kinds/questions.jsonl",
    "headings": "heading-kinds/headings.jsonl",
    "pairs": "urgency/pairs.jsonl",
    "outside": "outside-medicine/questions.jsonl",
    "covered": "spasm-lessons/covered.jsonl",
    "uncovered": "spasm-lessons/uncovered.jsonl",
    "judged": "neurological-spasms/queries.jsonl",
}


@pytest.fixture(scope="module")
def shipped() -> TrainingData:
    return read_training_data(ROOT / "judgments")


@pytest.fixture(scope="module")
def few(shipped: TrainingData) -> TrainingData:
    """Enough of each kind to learn from, and all the questions that thresholds go by."""
    headings = [
        lesson for kind in (*KINDS, "summary", "other") for lesson in shipped.headings if lesson["kind"] == kind
    ]
    data = replace(
        shipped,
        questions=shipped.questions[:60],
        headings=tuple(headings[:: len(headings) // 60]),
        pairs=shipped.pairs[:30],
        outside=shipped.outside[:20],
        covered=shipped.covered[:20],
        uncovered=shipped.uncovered[:20],
    )
    assert {kind for lesson in data.questions for kind in lesson["kinds"]} == {*KINDS, "other"}
    assert {lesson["kind"] for lesson in data.headings} == {*KINDS, "summary", "other"}
    return data


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The shipped knowledge base by the small encoder."""
    index = tmp_path_factory.mktemp("fitting") / "index"
    publish(ROOT / "kb", index, HashEncoder())
    return Reader(index, current_generation(index))


@pytest.fixture(scope="module", autouse=True)
def _few_columns() -> Iterator[None]:
    """Fewer columns of n-grams, so that fitting takes a second."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (wellread.search.classifier, wellread.search.calibration, wellread.training.learners):
            patch.setattr(module, "BUCKETS", 128)
        yield


@pytest.fixture(scope="module")
def fitted(reader: Reader, few: TrainingData, _few_columns: None) -> Calibration:
    return fit(reader, HashEncoder(), few)


@pytest.fixture
def judgments(tmp_path: Path) -> Path:
    """A copy of the files that are learned from, a few lines of each."""
    for name in FILES.values():
        copy = tmp_path / "judgments" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        lines = (ROOT / "judgments" / name).read_text().splitlines()[:3]
        copy.write_text("".join(f"{line}\n" for line in lines))
    return tmp_path / "judgments"


class TestLessons:
    def test_are_shipped(self, shipped: TrainingData) -> None:
        assert all(len(getattr(shipped, field.name)) > 0 for field in fields(TrainingData))
        assert {query["metadata"]["split"] for query in shipped.judged} == {"dev"}
        assert {query["metadata"]["kind"] for query in shipped.judged} == {"covered", "uncovered", "urgent", "unurgent"}

    def test_that_are_shipped_have_known_kinds_only(self, shipped: TrainingData) -> None:
        assert {kind for lesson in shipped.questions for kind in lesson["kinds"]} == {*KINDS, "other"}
        assert {lesson["kind"] for lesson in shipped.headings} == {*KINDS, "summary", "other"}
        assert all(lesson["kinds"] for lesson in shipped.questions)
        assert all(pair["signs"] for pair in shipped.pairs)

    def test_are_every_line_but_test_questions(self, judgments: Path) -> None:
        queries = judgments / FILES["judged"]
        first, second, third = (json.loads(line) for line in queries.read_text().splitlines())
        second["metadata"]["split"] = "test"
        queries.write_text("".join(f"{json.dumps(query)}\n" for query in (first, second, third)))
        data = read_training_data(judgments)
        assert {field.name: len(getattr(data, field.name)) for field in fields(TrainingData)} == {
            "questions": 3,
            "headings": 3,
            "pairs": 3,
            "outside": 3,
            "covered": 3,
            "uncovered": 3,
            "judged": 2,
        }
        assert data.judged == (first, third)

    @pytest.mark.parametrize(
        ("name", "key", "value"),
        [
            ("questions", "text", 3),
            ("questions", "kinds", "causes"),
            ("questions", "kinds", [None]),
            ("questions", "topic", None),
            ("headings", "kind", ["causes"]),
            ("pairs", "signs", "Fever."),
            ("pairs", "signs", {"Fever.": 1}),
            ("pairs", "signs", [["Fever."]]),
            ("pairs", "section", {}),
            ("pairs", "topic", ["flu"]),
            ("covered", "kinds", "causes"),
            ("uncovered", "kind", None),
            ("judged", "_id", 1),
            ("judged", "metadata", None),
            ("judged", "metadata", "dev"),
            ("judged", "metadata", ["dev"]),
        ],
    )
    def test_of_another_type_are_refused_by_file_and_line(
        self, judgments: Path, name: str, key: str, value: object
    ) -> None:
        file = judgments / FILES[name]
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        rows[1][key] = value
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        with pytest.raises(JudgmentsError) as refused:
            read_training_data(judgments)
        assert str(refused.value).startswith(f"{file}:2: not a JSON object with ")

    @pytest.mark.parametrize("broken", ["{", "", "[]", "1", '"text"', "null"])
    @pytest.mark.parametrize("name", FILES)
    def test_with_a_broken_line_are_refused_by_file_and_line(self, judgments: Path, name: str, broken: str) -> None:
        file = judgments / FILES[name]
        first, _, third = file.read_text().splitlines()
        file.write_text(f"{first}\n{broken}\n{third}\n")
        with pytest.raises(JudgmentsError) as refused:
            read_training_data(judgments)
        assert str(refused.value).startswith(f"{file}:2: not a JSON object with ")

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("questions", "text"),
            ("questions", "kinds"),
            ("questions", "topic"),
            ("headings", "text"),
            ("headings", "kind"),
            ("pairs", "urgent"),
            ("pairs", "unurgent"),
            ("pairs", "section"),
            ("pairs", "signs"),
            ("outside", "text"),
            ("covered", "kinds"),
            ("uncovered", "text"),
            ("uncovered", "kind"),
            ("judged", "text"),
            ("judged", "metadata"),
        ],
    )
    def test_that_lack_a_key_are_refused_by_file_and_line(self, judgments: Path, name: str, key: str) -> None:
        file = judgments / FILES[name]
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        del rows[2][key]
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        with pytest.raises(JudgmentsError) as refused:
            read_training_data(judgments)
        message = str(refused.value)
        assert message.startswith(f"{file}:3: not a JSON object with ")
        assert key in message.splitlines()[0].split("with ")[1].split(", ")

    @pytest.mark.parametrize("name", FILES)
    def test_in_a_file_that_is_missing_empty_or_no_text_are_refused(self, judgments: Path, name: str) -> None:
        file = judgments / FILES[name]
        file.write_bytes(b"\xff\xfe\xff")
        with pytest.raises(JudgmentsError, match="cannot be read"):
            read_training_data(judgments)
        file.write_bytes(b"")
        with pytest.raises(JudgmentsError, match="is empty"):
            read_training_data(judgments)
        file.unlink()
        with pytest.raises(JudgmentsError, match="cannot be read") as refused:
            read_training_data(judgments)
        assert str(refused.value).startswith(f"{file}: ")

    def test_without_a_folder_are_refused(self, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path)
        with pytest.raises(JudgmentsError, match="cannot be read"):
            read_training_data(tmp_path)


class TestFitting:
    def test_gives_every_part_its_shape(self, fitted: Calibration) -> None:
        assert (fitted.model, fitted.fingerprint) == ("hash", HashEncoder.fingerprint)
        assert fitted.questions.classes == (*KINDS, "other")
        assert fitted.headings.classes == (*KINDS, "summary", "other")
        assert fitted.urgency.vectors.shape == (len(fitted.urgency.weights), 64)
        for classifier, grams in ((fitted.questions, 256), (fitted.headings, 0)):
            assert classifier.of_features.shape == (64, len(classifier.classes))
            assert classifier.of_grams.shape == (grams, len(classifier.classes))
            assert classifier.bias.shape == (len(classifier.classes),)
        assert fitted.topics.shape[1] == 64
        assert np.linalg.norm(fitted.topics, axis=1) == pytest.approx(1, abs=1e-5)
        assert fitted.confidence.weights.shape == (2 * len(CONFIDENCE) + 1,)
        assert fitted.notice.weights.shape == (len(NOTICE),)

    def test_gives_the_same_bytes_again(
        self, fitted: Calibration, reader: Reader, few: TrainingData, tmp_path: Path
    ) -> None:
        write_calibration(tmp_path / "one.npz", fitted)
        write_calibration(tmp_path / "two.npz", fit(reader, HashEncoder(), few))
        assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()

    def test_leaves_room_at_the_thresholds_for_what_others_ask(self) -> None:
        # Of 75, one may reach a threshold that 5 % may: 0.95^75 + 75 * 0.05 * 0.95^74 = 0.11, with another 0.26 > 0.2.
        values = np.arange(75) / 100
        assert threshold(values, 0.05) == pytest.approx(0.73001)
        # Of 20, none may: 0.95^20 = 0.36.
        assert threshold(values[:20], 0.05) == pytest.approx(0.19001)
        # Of 40, five may where 20 % may: the chance of five or fewer is 0.16, of six or fewer 0.29.
        assert threshold(values[:40], 0.2) == pytest.approx(0.34001)

    def test_puts_the_thresholds_in_their_order(self, fitted: Calibration) -> None:
        assert 0 < fitted.thresholds.closest <= fitted.thresholds.answered < 1
        assert 0 < fitted.thresholds.urgent < 1

    def test_learns_the_headings_that_it_was_taught(self, fitted: Calibration, few: TrainingData) -> None:
        texts = [lesson["text"] for lesson in few.headings]
        best = fitted.headings.probabilities(HashEncoder().encode_queries(texts)).argmax(axis=1)
        right = [
            fitted.headings.classes[number] == lesson["kind"]
            for number, lesson in zip(best.tolist(), few.headings, strict=True)
        ]
        assert sum(right) >= 0.8 * len(right)

    def test_answers_the_same_before_and_after_it_was_stored(
        self, fitted: Calibration, reader: Reader, few: TrainingData, tmp_path: Path
    ) -> None:
        # Subjects lose digits when they are stored: 0.001 of a cosine at most; all else is fitted as it is stored.
        write_calibration(tmp_path / "fitted.npz", fitted)
        stored = Searcher(reader, HashEncoder(), read_calibration(tmp_path / "fitted.npz", fitted.fingerprint))
        fresh = Searcher(reader, HashEncoder(), fitted)
        for query in few.judged[:20]:
            one, other = fresh.answer_features(fresh.search(query["text"])), stored.answer_features(stored.search(query["text"]))
            assert other.confidence == pytest.approx(one.confidence, abs=2e-3)
            assert other.urgency == pytest.approx(one.urgency, abs=1e-6)
            assert other.warning == one.warning
            assert fresh.rank(query["text"]) == stored.rank(query["text"])

    def test_tells_how_far_it_is(self, reader: Reader, few: TrainingData) -> None:
        heard: list[tuple[str, int, int]] = []
        fit(reader, HashEncoder(), few, progress=lambda stage, done, total: heard.append((stage, done, total)))
        stages = list(dict.fromkeys(stage for stage, _, _ in heard))
        assert len(stages) > 1
        for stage in stages:
            told = [(done, total) for name, done, total in heard if name == stage]
            assert told == sorted(told)
            assert told[-1][0] == told[-1][1]

    def test_needs_the_article_that_was_judged(self, few: TrainingData, tmp_path: Path) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "flu.md").write_text("# Flu\n\n## Signs\n\nFever is a sign.\n")
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        other = Reader(tmp_path / "index", current_generation(tmp_path / "index"))
        with pytest.raises(CalibrationError, match="not in this index: neurological-spasms") as refused:
            fit(other, HashEncoder(), few)
        assert "wellread fit" in str(refused.value)
