"""What is embedded at once: some texts, by this process or by a worker, with the same bytes for an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.cache import encoders_code
from wellread.encoders.sentence_transformer import BATCH, Encoder, Vectors
from wellread.errors import WellreadError
from wellread.index.tokens import token_codes

TASK_TOKENS = 4_096
"""Tokens of a task: most of a second of one core's work, so that cores end together and handing over costs little."""

SAMPLE = (
    "Cramps",
    "Rest the leg, and stretch it slowly.",
    "Cramps in the calf. Drink enough water, warm up before sport, and ask a doctor if they come back every night.",
)
"""Texts of three lengths that every worker embeds first: it must give the vectors that this process gives."""


@dataclass(frozen=True, slots=True)
class Task:
    """Texts that are embedded by one call: as passages, whose tokens count too, or as other texts of articles."""

    texts: tuple[str, ...]
    are_passages: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A task's vectors, shape (texts, dimension), and of passages each one's token codes."""

    vectors: Vectors
    codes: tuple[NDArray[np.uint8], ...]


class TextFailed(Exception):
    """The model cannot embed a text; `text` and `reason` say which and why."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason)
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ready:
    """What a worker says first: its model, its code, and its vectors of `SAMPLE`."""

    fingerprint: str
    code: str
    sample: Vectors


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker says of a task; `memory` is the most that it had resident so far, in bytes."""

    made: Made
    memory: int


Said = Ready | Done | WellreadError | TextFailed
"""All that a worker says."""


def cut_into_tasks(texts: Sequence[str], passages: Collection[str], encoder: Encoder) -> Iterator[Task]:
    """Share texts out; those that are among `passages` are embedded as passages.

    Texts of one length stand together, and a task ends with a full batch of the encoder, so that little is embedded
    just to fill one.
    """
    longest = encoder.max_tokens
    counted = sorted(
        (min(count, longest), text) for count, text in zip(encoder.count_tokens(texts), texts, strict=True)
    )
    for are_passages in (False, True):
        group = [pair for pair in counted if (pair[1] in passages) is are_passages]
        chosen: list[str] = []
        tokens = 0
        for length, pairs in groupby(group, itemgetter(0)):
            size = max(1, BATCH // max(1, length))
            while batch := [text for _, text in islice(pairs, size)]:
                chosen += batch
                tokens += length * size
                if tokens >= TASK_TOKENS:
                    yield Task(tuple(chosen), are_passages)
                    chosen, tokens = [], 0
        if chosen:
            yield Task(tuple(chosen), are_passages)


def make(task: Task, encoder: Encoder, progress: Callable[[int], None] | None = None) -> Made:
    """Embed a task's texts; raises WellreadError where the model is not there, and TextFailed."""
    try:
        if not task.are_passages:
            return Made(encoder.encode_documents(task.texts, progress), ())
        vectors, tokens = encoder.encode_passages(task.texts, progress)
        return Made(vectors, tuple(token_codes(rows) for rows in tokens))
    except WellreadError:
        raise
    except Exception as error:
        if len(task.texts) == 1:
            raise TextFailed(task.texts[0], f"{type(error).__name__}: {error}") from error
        alone = [make(Task((text,), task.are_passages), encoder) for text in task.texts]
        return Made(
            np.concatenate([made.vectors for made in alone]), tuple(code for made in alone for code in made.codes)
        )


def introduce(encoder: Encoder) -> Ready | WellreadError:
    """What a worker says before it is given anything."""
    try:
        return Ready(encoder.fingerprint, encoders_code(), encoder.encode_documents(SAMPLE))
    except WellreadError as error:
        return error


def answer(task: Task, encoder: Encoder) -> Done | WellreadError | TextFailed:
    """What a worker says of a task."""
    try:
        return Done(make(task, encoder), _memory())
    except (WellreadError, TextFailed) as error:
        return error


def _memory() -> int:
    """The most memory that this process had resident, in bytes, where the system says it; else 0."""
    # Not getrusage: there, a process that was just started has the memory of the one that started it.
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
