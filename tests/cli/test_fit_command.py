"""`wellread fit`: it writes what it names, the same bytes each time, and what it cannot fit it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder, plain_calibration
from trained import copy_of, few_columns, small_judgments, small_training

from wellread.cli import main as cli
from wellread.encoders.sentence_transformer import Encoder
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.progress import Meter
from wellread.publishing.publish import publish
from wellread.search.calibration import Calibration, calibration_file, load_calibration
from wellread.training.data import TrainingData


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
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of `training/` and of judgments; tests only read it."""
    folder = tmp_path_factory.mktemp("learned")
    small_training(folder / "training")
    small_judgments(folder / "judged")
    return folder


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The small encoder in the place of the model, and few columns of n-grams, so that fitting takes some seconds."""
    monkeypatch.setattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: HashEncoder())
    monkeypatch.delenv("WELLREAD_MODEL", raising=False)
    with few_columns():
        yield


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Reader]:
    """Nothing is fitted: what is written is the same calibration at once. The readers that fitting got are kept."""
    readers: list[Reader] = []

    def fit_nothing(library: Reader, encoder: Encoder, data: TrainingData, own: Reader, meter: Meter) -> Calibration:
        readers.append(own)
        return plain_calibration()

    monkeypatch.setattr("wellread.training.fit.fit", fit_nothing)
    return readers


def fit(*arguments: object) -> int:
    return cli.main(["fit", *map(str, arguments)])


def places(learned: Path) -> list[object]:
    return ["--training", learned / "training", "--judgments", learned / "judged"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert fit(*arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    _, mark, message = printed.err.partition("wellread: ")  # before it stands how far it came, where that took long
    assert mark
    return message


class TestFitting:
    def test_writes_the_same_file_where_answering_finds_it_and_where_it_is_told(
        self, index: Path, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert fit("--index", index, *places(learned)) == 0
        file = calibration_file(index, HashEncoder.fingerprint)
        fitted = load_calibration(index, "hash", HashEncoder.fingerprint)
        assert capsys.readouterr().out == (
            f"{file}: fitted for hash; answers from {fitted.thresholds.answered:.2f} on\n"
        )
        assert [left.name for left in file.parent.iterdir()] == [file.name]
        assert (fitted.model, fitted.fingerprint) == ("hash", "hash-64")
        other = tmp_path / "new" / "fitted.npz"
        assert fit("--index", index, *places(learned), "--output", other, "--json") == 0
        assert other.read_bytes() == file.read_bytes()
        assert json.loads(capsys.readouterr().out) == {
            "file": str(other),
            "model": "hash",
            "answered": round(fitted.thresholds.answered, 4),
            "own_articles": [],
        }

    def test_looks_below_the_working_folder_for_what_is_learned_from(
        self, index: Path, learned: Path, tmp_path: Path, quick: list[Reader], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copy_of(learned / "training", tmp_path / "training")
        copy_of(learned / "judged", tmp_path / "judgments" / "unseen-articles")
        monkeypatch.chdir(tmp_path)
        assert fit() == 0
        assert load_calibration(Path("index"), "hash", HashEncoder.fingerprint).model == "hash"

    def test_asks_the_own_questions_of_the_index(self, index: Path, learned: Path, quick: list[Reader]) -> None:
        assert fit("--index", index, *places(learned)) == 0
        (own,) = quick
        assert own.generation == current_generation(index)

    def test_learns_from_questions_about_own_articles(
        self, index: Path, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "flu.tsv").write_text("kind\tquestion\ncause\twhy me?\n")
        told = refused(capsys, "--index", index, *places(learned), "--questions", tmp_path / "mine")
        assert told.startswith(f'{tmp_path / "mine" / "flu.tsv"}:2: "cause" is not one or more of meaning, ')
        (tmp_path / "mine" / "flu.tsv").write_text("kind\tquestion\ncauses\twhy me?\n")
        told = refused(capsys, "--index", index, *places(learned), "--questions", tmp_path / "mine")
        assert told.startswith(f"{tmp_path / 'mine'}: flu.tsv is about no article of the index\n")


class TestNothingIsFitted:
    def test_to_an_index_by_another_model(
        self, index: Path, learned: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(
            "wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: OtherEncoder()
        )
        told = refused(capsys, "--index", index, "--model", "other", *places(learned))
        assert told == (
            f"{index}: was made with the model hash, not with other\n"
            "    leave --model out, or build the index with that model\n"
        )
        assert not (index / "calibrations").exists()

    def test_without_an_index(self, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told = refused(capsys, "--index", tmp_path / "nowhere", *places(learned))
        assert told == (
            f"{tmp_path / 'nowhere'}: there is no index here yet\n"
            f"    build it: wellread ingest --index {tmp_path / 'nowhere'}\n"
        )

    def test_without_what_is_learned_from(
        self, index: Path, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        nowhere = tmp_path / "nowhere"
        told = refused(capsys, "--index", index, "--training", nowhere, "--judgments", learned / "judged")
        assert told.startswith(f"{nowhere / 'not-ordinary.tsv'}: cannot be read (")
        assert told.endswith("\n    mend the file, or name another folder with --training or --questions\n")
        told = refused(capsys, "--index", index, "--training", learned / "training", "--judgments", nowhere)
        assert told.startswith(f"{nowhere / 'queries.jsonl'}: ")
        assert told.endswith("name another folder with --judgments\n")
        assert not (index / "calibrations").exists()

    def test_by_judgments_of_other_articles(
        self, index: Path, learned: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        spasms = ROOT / "judgments" / "neurological-spasms"
        told = refused(capsys, "--index", index, "--training", learned / "training", "--judgments", spasms)
        assert told == (
            'neurological-spasms: no question of the kind "covered" and split "dev" is judged for the articles of '
            f"{learned / 'training' / 'library'}\n"
            "    add such questions, or name other judgments: wellread fit --judgments DIR\n"
        )

    def test_where_a_kind_has_no_example(
        self, index: Path, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        copy = copy_of(learned, tmp_path / "copy")
        file = copy / "training" / "heading-kinds" / "headings.jsonl"
        kept = [line for line in file.read_text().splitlines() if json.loads(line)["kind"] != "summary"]
        file.write_text("".join(f"{line}\n" for line in kept))
        told = refused(capsys, "--index", index, *places(copy))
        assert told == (
            "there are no examples, or unknown ones, for summary\n"
            "    name another folder: wellread fit --training DIR\n"
        )

    def test_into_a_folder_that_is_a_file(
        self, index: Path, learned: Path, tmp_path: Path, quick: list[Reader], capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "taken").write_text("mine")
        file = tmp_path / "taken" / "fitted.npz"
        told = refused(capsys, "--index", index, *places(learned), "--output", file)
        assert told.startswith(f"{file}: cannot be written (")
        assert "--output" in told
        assert (tmp_path / "taken").read_text() == "mine"

    def test_into_a_folder(
        self, index: Path, learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "taken").mkdir()
        told = refused(capsys, "--index", index, *places(learned), "--output", tmp_path / "taken")
        assert told.startswith(f"{tmp_path / 'taken'}: ")
        assert "--output" in told
        assert (tmp_path / "taken").is_dir()

    def test_on_a_full_disk_which_leaves_the_old_file(
        self,
        index: Path,
        learned: Path,
        quick: list[Reader],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        file = calibration_file(index, HashEncoder.fingerprint)
        file.parent.mkdir()
        file.write_bytes(b"older")

        def full(*arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("wellread.search.calibration.write_durably", full)
        told = refused(capsys, "--index", index, *places(learned))
        assert told == f"{file}: cannot be written (No space left on device)\n    make room, or name --output\n"
        assert file.read_bytes() == b"older"

    def test_after_an_interrupt(
        self, index: Path, learned: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wellread.training.fit.fit", interrupted)
        assert fit("--index", index, *places(learned)) == 130
        assert capsys.readouterr() == ("", "")
        assert not (index / "calibrations").exists()


class TestTheCommand:
    def test_tells_its_options(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            fit("--help")
        assert left.value.code == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in ("--index", "--model", "--training", "--judgments", "--output"))

    @pytest.mark.parametrize("arguments", [["why?"], ["--colour"], ["--output"]])
    def test_is_refused_where_it_is_wrong(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            fit(*arguments)
        assert left.value.code == 2
        assert "usage: wellread" in capsys.readouterr().err
