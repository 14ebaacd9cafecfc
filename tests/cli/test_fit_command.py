"""`wellread fit`: it writes what it names, the same bytes each time, and what it cannot fit it says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder

from wellread.cli import main as cli
from wellread.publishing.publish import publish
from wellread.search.calibration import KINDS, calibration_file, load_calibration, read_calibration
from wellread.training.data import read_training_data


class OtherEncoder(HashEncoder):
    name = "other"
    fingerprint = "other-64"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped knowledge base by the small encoder; tests work on copies."""
    index = tmp_path_factory.mktemp("fit") / "index"
    publish(ROOT / "kb", index, HashEncoder())
    return index


@pytest.fixture
def index(indexed: Path, tmp_path: Path) -> Path:
    shutil.copytree(indexed, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture(scope="module")
def judgments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped judgments, cut down to a few of each kind; tests only read them."""
    data = read_training_data(ROOT / "judgments")
    headings = [row for kind in (*KINDS, "summary", "other") for row in data.headings if row["kind"] == kind]
    judged = [
        row
        for kind in ("covered", "uncovered", "urgent", "unurgent")
        for row in [query for query in data.judged if query["metadata"]["kind"] == kind][:12]
    ]
    folder = tmp_path_factory.mktemp("judgments")
    for name, rows in {
        "question-kinds/questions.jsonl": data.questions[:60],
        "heading-kinds/headings.jsonl": headings[:: len(headings) // 60],
        "urgency/pairs.jsonl": data.pairs[:20],
        "outside-medicine/questions.jsonl": data.outside[:20],
        "spasm-lessons/covered.jsonl": data.covered[:20],
        "spasm-lessons/uncovered.jsonl": data.uncovered[:20],
        "neurological-spasms/queries.jsonl": judged,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    shutil.copytree(ROOT / "judgments" / "neurological-spasms" / "qrels", folder / "neurological-spasms" / "qrels")
    return folder


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small encoder in the place of the model, and few columns of n-grams, so that fitting takes a second."""
    for module in ("search.classifier", "search.calibration", "training.learners"):
        monkeypatch.setattr(f"wellread.{module}.BUCKETS", 128)
    monkeypatch.setattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: HashEncoder())
    monkeypatch.delenv("WELLREAD_MODEL", raising=False)


def fit(*arguments: object) -> int:
    return cli.main(["fit", *map(str, arguments)])


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert fit(*arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("wellread: ")
    return printed.err.removeprefix("wellread: ")


class TestFitting:
    def test_writes_the_file_that_it_names_where_answering_finds_it(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert fit("--index", index, "--judgments", judgments) == 0
        file = calibration_file(index, HashEncoder.fingerprint)
        fitted = load_calibration(index, "hash", HashEncoder.fingerprint)
        assert capsys.readouterr().out == (
            f"{file}: fitted for hash; answers from {fitted.thresholds.answered:.2f} on\n"
        )
        assert [left.name for left in file.parent.iterdir()] == [file.name]
        assert (fitted.model, fitted.fingerprint) == ("hash", "hash-64")

    def test_again_writes_the_same_bytes(self, index: Path, judgments: Path, tmp_path: Path) -> None:
        assert fit("--index", index, "--judgments", judgments) == 0
        file = calibration_file(index, HashEncoder.fingerprint)
        written = file.read_bytes()
        assert fit("--index", index, "--judgments", judgments) == 0
        assert file.read_bytes() == written
        # Nor does it matter where they are written.
        assert fit("--index", index, "--judgments", judgments, "--output", tmp_path / "new" / "fitted.npz") == 0
        assert (tmp_path / "new" / "fitted.npz").read_bytes() == written

    def test_into_another_file_leaves_the_index_alone(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = sorted(index.rglob("*"))
        assert fit("--index", index, "--judgments", judgments, "--output", tmp_path / "fitted.npz") == 0
        assert capsys.readouterr().out.startswith(f"{tmp_path / 'fitted.npz'}: fitted for hash; ")
        assert sorted(index.rglob("*")) == before
        assert read_calibration(tmp_path / "fitted.npz", "hash-64").model == "hash"

    def test_with_a_library_learns_from_it_too(self, index: Path, judgments: Path, tmp_path: Path) -> None:
        alone, both = tmp_path / "alone.npz", tmp_path / "both.npz"
        assert fit("--index", index, "--judgments", judgments, "--output", alone) == 0
        assert fit("--index", index, "--judgments", judgments, "--library", index, "--output", both) == 0
        one, other = (read_calibration(file, "hash-64") for file in (alone, both))
        assert (one.confidence.weights != other.confidence.weights).any()
        assert (one.questions.of_features == other.questions.of_features).all()


class TestNothingIsFitted:
    def test_to_an_index_by_another_model(
        self, index: Path, judgments: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(
            "wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: OtherEncoder()
        )
        told = refused(capsys, "--index", index, "--model", "other", "--judgments", judgments)
        assert told == (
            f"{index} was made with the model hash, not with other\n"
            "    leave --model out, or build the index with that model\n"
        )
        assert not (index / "calibrations").exists()

    def test_to_a_library_by_another_model(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        publish(ROOT / "kb", tmp_path / "library", OtherEncoder())
        told = refused(capsys, "--index", index, "--library", tmp_path / "library", "--judgments", judgments)
        assert told.startswith(f"{tmp_path / 'library'} was made with the model other, not with hash\n    ")

    @pytest.mark.parametrize("option", ["--index", "--library"])
    def test_without_an_index(
        self, index: Path, judgments: Path, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        told = refused(capsys, "--index", index, "--judgments", judgments, option, tmp_path / "nowhere")
        assert told == (
            f"{tmp_path / 'nowhere'}: there is no index here yet\n"
            f"    build it: wellread ingest --index {tmp_path / 'nowhere'}\n"
        )

    def test_without_the_judgments(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told = refused(capsys, "--index", index, "--judgments", tmp_path / "nowhere")
        assert told.startswith(f"{tmp_path / 'nowhere' / 'question-kinds' / 'questions.jsonl'}: cannot be read (")
        assert "--judgments" in told
        assert not (index / "calibrations").exists()

    def test_to_other_articles_than_those_that_were_judged(
        self, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "flu.md").write_text("# Flu\n\n## Signs\n\nFever.\n")
        publish(tmp_path / "kb", tmp_path / "flu", HashEncoder())
        told = refused(capsys, "--index", tmp_path / "flu", "--judgments", judgments)
        assert told.startswith("the judged questions are about an article that is not in this index: neurological-sp")
        assert "wellread fit" in told

    def test_where_a_kind_has_no_example(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        copy = tmp_path / "judgments"
        shutil.copytree(judgments, copy)
        file = copy / "heading-kinds" / "headings.jsonl"
        kept = [line for line in file.read_text().splitlines() if json.loads(line)["kind"] != "summary"]
        file.write_text("".join(f"{line}\n" for line in kept))
        told = refused(capsys, "--index", index, "--judgments", copy)
        assert "no examples" in told
        assert "summary" in told

    def test_into_a_folder_that_is_a_file(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "taken").write_text("mine")
        file = tmp_path / "taken" / "fitted.npz"
        told = refused(capsys, "--index", index, "--judgments", judgments, "--output", file)
        assert told.startswith(f"{file}: cannot be written (")
        assert "--output" in told
        assert (tmp_path / "taken").read_text() == "mine"

    def test_into_a_folder(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "taken").mkdir()
        told = refused(capsys, "--index", index, "--judgments", judgments, "--output", tmp_path / "taken")
        assert told.startswith(f"{tmp_path / 'taken'}: ")
        assert "--output" in told
        assert (tmp_path / "taken").is_dir()

    def test_on_a_full_disk_which_leaves_the_old_file(
        self, index: Path, judgments: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = calibration_file(index, HashEncoder.fingerprint)
        file.parent.mkdir()
        file.write_bytes(b"older")

        def full(*arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("wellread.search.calibration.write_durably", full)
        told = refused(capsys, "--index", index, "--judgments", judgments)
        assert told == f"{file}: cannot be written (No space left on device)\n    make room, or name --output\n"
        assert file.read_bytes() == b"older"

    def test_after_an_interrupt(
        self, index: Path, judgments: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wellread.training.fit.fit", interrupted)
        assert fit("--index", index, "--judgments", judgments) == 130
        assert capsys.readouterr() == ("", "")
        assert not (index / "calibrations").exists()


class TestTheCommand:
    def test_tells_its_options(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            fit("--help")
        assert left.value.code == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in ("--index", "--model", "--judgments", "--library", "--output"))

    @pytest.mark.parametrize("arguments", [["why?"], ["--colour"], ["--output"]])
    def test_is_refused_where_it_is_wrong(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            fit(*arguments)
        assert left.value.code == 2
        assert "usage: wellread" in capsys.readouterr().err
