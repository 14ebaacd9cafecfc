"""Gives tasks to workers, wherever they are, and takes what they made; a worker that is lost costs its task's time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from wellread.encoders.cache import encoders_code
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import ModelError, WellreadError
from wellread.publishing.embedding.tasks import SAMPLE, Made, Ready, Said, Task, TextFailed

AHEAD = 2
"""Tasks that a worker has at a time: it need not wait while this process writes the cache."""

STARTS = 3
"""Workers that may end before they were ready, one after the other, until no more are started."""

START_SECONDS = 120.0
"""Seconds without a sign of any worker after which none will come: loading a model of torch on a busy disk takes 20."""

ROUNDING = 1e-5
"""How far a worker's vectors may be from this process' own: another number of threads or another processor rounds
torch's last digits otherwise (1.5e-7 measured), and another model is beyond 0.01."""


class WorkerLost(Exception):
    """A worker has ended; its text says how."""


class Worker(Protocol):
    """A process that embeds one task after the other."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def give(self, task: Task) -> None:
        """Hand over a task; a worker that has ended says so by `hear`."""

    def hear(self) -> Said:
        """The next thing that it says, the oldest task first; raises WorkerLost."""

    def end(self) -> None:
        """End it at once, whatever it is doing."""


class Crew(Protocol):
    """Where workers come from."""

    @property
    def size(self) -> int: ...  # noqa: D102

    def start(self, number: int) -> Worker:
        """Start a worker; the first thing that it says is `Ready`."""

    def waiting(self, workers: Sequence[Worker], seconds: float) -> Sequence[Worker]:
        """Those of some workers that have something to say, or have ended; none after so many seconds."""

    def close(self) -> None:
        """Let go of what all of them share."""


OpenCrew = Callable[[Encoder], Crew]
"""Opens a crew whose workers have an encoder's model."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A task, and how many workers ended while they had it."""

    task: Task
    ends: int = 0


@dataclass(slots=True)
class Seat:
    """A worker of a team: whether it is ready, and the tasks that it has, the oldest first."""

    worker: Worker
    ready: bool = False
    given: deque[Attempt] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What a team did: its workers, how many were lost on the way, and the most memory that one had, in bytes.

    `rounding` is the largest difference between vectors of a worker and those of this process for the same texts: 0
    where they are the same bytes.
    """

    workers: int
    lost: int = 0
    memory: int = 0
    rounding: float = 0.0


class Team:
    """Workers that share out tasks. To be used in a `with`, which ends them all."""

    def __init__(self, crew: Crew, encoder: Encoder, most: int | None) -> None:
        self._crew = crew
        self._encoder = encoder
        self._seats: list[Seat] = []
        self._again: deque[Attempt] = deque()
        self._started = self._unready = 0
        self._all_given = False
        self.report = TeamReport(min(crew.size, most or crew.size))

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *error: object) -> None:
        for seat in self._seats:
            seat.worker.end()
        self._crew.close()

    def work(self, tasks: Iterator[Task]) -> Iterator[list[tuple[Task, Made]]]:
        """Have tasks done; yields what is done, some tasks at a time, in no order.

        A task whose worker ended is given to another. If that one ends too, its halves are given out, and so on, until
        a single text has ended its worker.

        Raises:
            TextFailed: a text cannot be embedded, or ends its workers.
            WellreadError: workers do not start, or have another model.
        """
        for _ in range(self.report.workers):
            self._start()
        expected = self._encoder.encode_documents(SAMPLE)  # while they are starting
        while self._hand_out(tasks):
            done: list[tuple[Task, Made]] = []
            try:
                workers = self._crew.waiting([seat.worker for seat in self._seats], START_SECONDS)
                for worker in workers or self._nobody():
                    done += self._hear(next(seat for seat in self._seats if seat.worker is worker), expected)
            finally:
                if done:  # what is done is kept, also where another text has failed
                    yield done

    def _start(self) -> None:
        self._started += 1
        self._seats.append(Seat(self._crew.start(self._started)))

    def _hand_out(self, tasks: Iterator[Task]) -> bool:
        """Give each worker that is ready what it lacks; says whether anything is still to be waited for.

        A task at which a worker has ended is a worker's only one, so that it is certain what another one ends at.
        """
        for level in range(AHEAD):
            for seat in self._seats:
                if not seat.ready or len(seat.given) > level:
                    continue
                if seat.given and (self._again or seat.given[0].ends):
                    continue
                attempt = self._again.popleft() if self._again else self._new(tasks)
                if attempt is not None:
                    seat.given.append(attempt)
                    seat.worker.give(attempt.task)
        return not self._all_given or bool(self._again) or any(seat.given for seat in self._seats)

    def _new(self, tasks: Iterator[Task]) -> Attempt | None:
        task = next(tasks, None)
        self._all_given = task is None
        return None if task is None else Attempt(task)

    def _hear(self, seat: Seat, expected: Vectors) -> list[tuple[Task, Made]]:
        """Take what a worker says: the task that it has done, if it is that."""
        try:
            said = seat.worker.hear()
        except WorkerLost as lost:
            self._lose(seat, str(lost))
            return []
        if isinstance(said, Exception):
            raise said
        if isinstance(said, Ready):
            self._admit(seat, said, expected)
            return []
        self.report = replace(self.report, memory=max(self.report.memory, said.memory))
        return [(seat.given.popleft().task, said.made)]

    def _admit(self, seat: Seat, said: Ready, expected: Vectors) -> None:
        """Take a worker on whose vectors are those of this process."""
        if (said.fingerprint, said.code) != (self._encoder.fingerprint, encoders_code()):
            raise ModelError(
                f"{seat.worker.name} has another model, or another version of Wellread, than this machine",
                "install the same version of Wellread and the same model there",
            )
        same = said.sample.shape == expected.shape
        rounding = float(np.abs(said.sample - expected).max()) if same else float("inf")
        if not rounding <= ROUNDING:
            raise ModelError(
                f"{seat.worker.name} computes other vectors than this machine of the same texts",
                "embed without that machine, and run there: wellread doctor",
            )
        seat.ready, self._unready = True, 0
        self.report = replace(self.report, rounding=max(self.report.rounding, rounding))

    def _lose(self, seat: Seat, how: str) -> None:
        """Give another worker what a lost one had."""
        seat.worker.end()
        self._seats.remove(seat)
        self.report = replace(self.report, lost=self.report.lost + 1)
        # Of two tasks that it had, the first may be done and its answer lost: which of them it was at is not certain.
        for attempt in seat.given:
            self._again.extend(_again(attempt, how))
        if not seat.ready:
            self._unready += 1
        if self._unready < STARTS:
            self._start()
        elif not self._seats:
            raise WellreadError(
                f"workers end before they begin ({how}); nothing was published",
                "embed in one process: leave out --workers and --ray, and the settings of these names",
            )

    def _nobody(self) -> Sequence[Worker]:
        """After a long silence: there is none to wait for, or one that is still at work."""
        if any(seat.ready for seat in self._seats):
            return ()
        raise WellreadError(
            f"no worker was ready within {START_SECONDS:.0f} seconds; nothing was published",
            "see that the machine or the cluster has free processors, or name fewer --workers",
        )


def _again(attempt: Attempt, how: str) -> list[Attempt]:
    """What is given out for a task whose worker has ended: by chance once, or by one of its texts."""
    texts = attempt.task.texts
    if not attempt.ends:
        return [replace(attempt, ends=1)]
    if len(texts) == 1:
        raise TextFailed(texts[0], f"workers end when they embed it; the last one {how}")
    half = len(texts) // 2
    return [Attempt(replace(attempt.task, texts=part), 1) for part in (texts[:half], texts[half:])]
