"""Tasks: texts are shared out in full batches, and one that cannot be embedded is found among many that can."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from toy_encoders import ToyEncoder

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import ModelError
from wellread.publishing.embedding.tasks import SAMPLE, Done, Ready, Task, TextFailed, answer, cut_into_tasks, introduce


def test_texts_are_shared_out_by_length_in_full_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.publishing.embedding.tasks.BATCH", 8)
    monkeypatch.setattr("wellread.publishing.embedding.tasks.TASK_TOKENS", 16)
    # Two words are four tokens, so that two such texts are a batch; six words are eight tokens, a batch by themselves.
    texts = ["b b", "a a a a a a", "c c", "a a", "p p p p p p", "d d", "e e"]
    tasks = list(cut_into_tasks(texts, {"p p p p p p"}, ToyEncoder()))
    assert tasks == [
        Task(("a a", "b b", "c c", "d d"), False),  # two batches of eight tokens
        Task(("e e", "a a a a a a"), False),  # a batch that is not full counts as one
        Task(("p p p p p p",), True),
    ]


def test_texts_that_are_longer_than_the_model_reads_count_as_its_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.publishing.embedding.tasks.TASK_TOKENS", 128)
    texts = ["w " * 500, "v " * 500, "u " * 500]
    assert [len(task.texts) for task in cut_into_tasks(texts, (), ToyEncoder())] == [2, 1]


def test_a_text_that_cannot_be_embedded_is_found_among_others() -> None:
    said = answer(Task(("Rest.", "A strange text.", "Drink."), False), ToyEncoder(fails="strange"))
    assert isinstance(said, TextFailed)
    assert (said.text, said.reason) == ("A strange text.", "ValueError: too strange a text")


def test_texts_that_fail_only_together_are_embedded_alone() -> None:
    class Small(ToyEncoder):
        def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
            if len(texts) > 1:
                raise MemoryError
            return super().encode_documents(texts, progress)

    task = Task(("Rest.", "Drink water."), True)
    said, expected = answer(task, Small()), answer(task, ToyEncoder())
    assert isinstance(said, Done)
    assert isinstance(expected, Done)
    assert said.made.vectors.tobytes() == expected.made.vectors.tobytes()
    assert [code.tobytes() for code in said.made.codes] == [code.tobytes() for code in expected.made.codes]


def test_a_worker_introduces_itself_with_its_model_and_a_sample() -> None:
    said = introduce(ToyEncoder())
    assert isinstance(said, Ready)
    assert said.fingerprint == "toy-64"
    assert np.array_equal(said.sample, ToyEncoder().encode_documents(SAMPLE))


def test_a_model_that_is_not_there_is_no_fault_of_a_text() -> None:
    class Missing(ToyEncoder):
        def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
            raise ModelError("no such model", "name another")

    for said in (answer(Task(("Rest.",), False), Missing()), introduce(Missing())):
        assert isinstance(said, ModelError)
        assert said.reason == "no such model"
