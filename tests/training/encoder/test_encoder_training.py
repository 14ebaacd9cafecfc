"""Training: the loss falls, the adapter is what changed, and the same data give the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import ROOT
from safetensors.numpy import load_file
from toy_training import write_toy

from wellread.cli import main as cli
from wellread.encoders.adapter import merge
from wellread.training.encoder import train as training
from wellread.training.encoder.compress import compress, write_adapter
from wellread.training.encoder.model import MATRICES, base_weights
from wellread.training.encoder.questions import AnsweredQuestions, read_own_questions
from wellread.training.encoder.shared import GradedQuestion, HeldText, SharedData
from wellread.training.encoder.stages import LossWeights, Stage
from wellread.training.encoder.train import Trained, train

# Both toy articles with all of their questions are in every step, so that its loss can be compared with the last.
STAGE = Stage(
    "toy", steps=2, plan=((0, 2),), seed=1, own=2, lay=2, sections=2, graded=1, held=2,
    weights=LossWeights(together=0.5),
)  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> AnsweredQuestions:
    return read_own_questions(write_toy(tmp_path_factory.mktemp("toy") / "training"), ())


@pytest.fixture(scope="module")
def trained(own: AnsweredQuestions) -> Trained:
    return train(own, stages=[STAGE])


def test_the_loss_falls(trained: Trained) -> None:
    (history,) = trained.losses.values()
    assert len(history) == 2
    assert history[0] > history[1]


def test_the_same_data_give_the_same_bytes(own: AnsweredQuestions, trained: Trained, tmp_path: Path) -> None:
    threads = torch.get_num_threads()
    again = train(own, stages=[STAGE])
    assert again.losses == trained.losses
    assert all(torch.equal(again.changes[name], trained.changes[name]) for name in MATRICES)
    for file, changes in (("first", trained.changes), ("again", again.changes)):
        write_adapter(
            tmp_path / file, {name: changes[name] for name in MATRICES[:6]}
        )  # the first layer's: seconds less
    assert (tmp_path / "first").read_bytes() == (tmp_path / "again").read_bytes()
    assert torch.get_num_threads() == threads


def test_learns_from_shared_data_too(own: AnsweredQuestions, trained: Trained) -> None:
    lay = AnsweredQuestions(own.passages, tuple(question for question in own.questions if question.also == frozenset()))
    graded = (GradedQuestion("What is gout?", ("Gout\nA disease of joints.",), ("Flu\nA virus.",)),)
    held = (HeldText("Mumps", "Mumps is a virus."), HeldText("Measles", "Measles is a virus."))
    both = train(own, None, SharedData(lay, graded, held), [replace(STAGE, steps=1)])
    # More passages to tell apart, and a loss of the graded question besides.
    assert both.losses["toy"][0] > trained.losses["toy"][0]


def test_learns_from_further_articles_too(own: AnsweredQuestions, trained: Trained) -> None:
    more = replace(STAGE, name="more", steps=1, own=0, lay=0, further=2)
    assert train(own, own, stages=[more]).losses["more"][0] == pytest.approx(trained.losses["toy"][0])
    assert list(train(own, stages=[more, replace(STAGE, steps=1)]).losses) == ["toy"]


def test_a_stage_that_has_nothing_to_learn_from_is_left_out(own: AnsweredQuestions) -> None:
    lay = Stage("lay", steps=1, plan=((0, 1),), seed=1, own=0, lay=2, sections=2, graded=0, held=0)
    assert list(train(own, stages=[lay, replace(STAGE, steps=1)]).losses) == ["toy"]


def test_the_adapter_is_the_mean_of_the_last_three_stages(
    own: AnsweredQuestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([1.0, 2.0, 4.0, 9.0])

    def one_number(*_: object) -> tuple[dict[str, torch.Tensor], tuple[float, ...]]:
        number = next(numbers)
        return {name: torch.full((2, 2), number) for name in MATRICES}, (number,)

    monkeypatch.setattr(training, "_train_stage", one_number)
    trained = train(own, stages=[STAGE] * 4)
    assert all((change == 5.0).all() for change in trained.changes.values())  # (2 + 4 + 9) / 3


def test_an_adapter_merges_to_what_was_trained(trained: Trained, tmp_path: Path) -> None:
    changes = trained.changes
    write_adapter(tmp_path / "adapter.safetensors", changes)
    base = {name: weight.numpy() for name, weight in base_weights().items()}
    merged = merge(base, tmp_path / "adapter.safetensors")
    stored = load_file(tmp_path / "adapter.safetensors")
    assert len(stored) == 2 * 36 + 1
    assert {(stored[f"{name}.A"].dtype, stored[f"{name}.B"].dtype) for name in MATRICES} == {
        (np.dtype(np.int8), np.dtype(np.float16))
    }
    for name in MATRICES:
        change, kept = changes[name].numpy(), merged[name] - base[name]
        # What two steps change in all directions at once is not of low rank: most of it is kept, and no other thing.
        assert np.linalg.norm(kept - change) < 0.9 * np.linalg.norm(change)
    assert all((merged[name] == base[name]).all() for name in base if name not in MATRICES)


def test_changes_of_a_low_rank_are_kept() -> None:
    change = 1e-3 * torch.outer(torch.tensor([1.0, -2.0, 3.0]), torch.tensor([2.0, 1.0]))
    tensors = compress({"dense.weight": change}, rank=1)
    assert tensors["dense.weight.A"].tolist() in ([[127, 64]], [[-127, -64]])  # 1 of 2 is 63.5 of 127
    product = tensors["scale"] * tensors["dense.weight.B"].float() @ tensors["dense.weight.A"].float()
    torch.testing.assert_close(product, change, rtol=0.01, atol=0)


def test_nothing_changed_is_kept_as_nothing() -> None:
    tensors = compress({"dense.weight": torch.zeros(3, 2)}, rank=1)
    assert not tensors["dense.weight.A"].any()
    assert not tensors["dense.weight.B"].any()


class TestTheCommand:
    def test_trains_and_writes_the_file_that_it_names(
        self, trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = replace(trained, changes={MATRICES[0]: trained.changes[MATRICES[0]]})
        monkeypatch.setattr(training, "train", lambda own, further, shared, progress: first)
        write_toy(tmp_path / "training")
        file = tmp_path / "adapter.safetensors"
        judged = ROOT / "judgments" / "unseen-articles"
        arguments = ["fit", "--encoder", file, "--training", tmp_path / "training", "--judgments", judged, "--json"]
        assert cli.main([*map(str, arguments)]) == 0
        printed = capsys.readouterr()
        told = json.loads(printed.out)
        assert (told["file"], told["questions"], told["steps"]) == (str(file), 5, 2)
        assert printed.err.startswith("wellread: without --shared this trains on the project's own questions alone")
        assert merge({name: weight.numpy() for name, weight in base_weights().items()}, file)

    def test_says_before_it_trains_that_a_file_cannot_be_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(["fit", "--encoder", str(tmp_path)]) == 1
        assert cli.main(["fit", "--encoder", str(tmp_path / "nowhere" / "adapter")]) == 1
        assert capsys.readouterr().err == (
            f"wellread: {tmp_path}: is a folder\n"
            "    name a file in a folder that exists with --encoder\n"
            f"wellread: {tmp_path / 'nowhere' / 'adapter'}: its folder does not exist\n"
            "    name a file in a folder that exists with --encoder\n"
        )
