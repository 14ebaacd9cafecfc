"""A team: every task is done once, whoever ends on the way, and workers with other vectors are not taken on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest
from toy_encoders import ToyEncoder

from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import ModelError, WellreadError
from wellread.publishing.embedding.tasks import Ready, Said, Task, TextFailed, answer, introduce
from wellread.publishing.embedding.team import Team, Worker, WorkerLost

TOY = ToyEncoder()
TASKS = [Task((f"Text {number}.", f"Another text {number}."), False) for number in range(9)]


class Here:
    """A worker in this process, which ends when it comes to a task that `ends` says so of.

    One that is `early` ends then before its answers to the tasks before are heard.
    """

    def __init__(
        self, number: int, encoder: Encoder, ends: Callable[[int, Task | None], bool], early: bool = False
    ) -> None:
        self.name = f"worker {number}"
        self.ended = False
        self._number = number
        self._encoder = encoder
        self._ends = ends
        self._early = early
        self._asked: deque[Task | None] = deque([None])

    def give(self, task: Task) -> None:
        self._asked.append(task)
        assert len(self._asked) <= 2

    def hear(self) -> Said:
        task = self._asked.popleft()
        if any(self._ends(self._number, at) for at in (task, *(self._asked if self._early else ()))):
            raise WorkerLost("was killed by SIGKILL")
        return introduce(self._encoder) if task is None else answer(task, self._encoder)

    def end(self) -> None:
        self.ended = True


class Crew:
    """Workers in this process, of which the one started last speaks first."""

    def __init__(
        self,
        size: int,
        ends: Callable[[int, Task | None], bool] = lambda number, task: False,
        encoder: ToyEncoder = TOY,
        early: bool = False,
    ) -> None:
        self.size = size
        self.started: list[Here] = []
        self.closed = False
        self._ends = ends
        self._encoder = encoder
        self._early = early

    def start(self, number: int) -> Here:
        self.started.append(Here(number, self._encoder, self._ends, self._early))
        return self.started[-1]

    def waiting(self, workers: Sequence[Worker], seconds: float) -> Sequence[Worker]:
        busy = [worker for worker in workers if isinstance(worker, Here) and worker._asked]
        return busy[-1:]

    def close(self) -> None:
        self.closed = True


def texts_made(team: Team, tasks: Iterable[Task]) -> list[str]:
    """The texts that a team embeds, each with its own vector."""
    found: list[str] = []
    for done in team.work(iter(tasks)):
        for task, made in done:
            assert made.vectors.tobytes() == ToyEncoder().encode_documents(task.texts).tobytes()
            found += task.texts
    return sorted(found)


ALL = sorted(text for task in TASKS for text in task.texts)


def test_every_task_is_done_once_and_all_workers_are_ended() -> None:
    crew = Crew(3)
    with Team(crew, ToyEncoder(), None) as team:
        assert texts_made(team, TASKS) == ALL
        assert (team.report.workers, team.report.lost, team.report.rounding) == (3, 0, 0.0)
        assert team.report.memory > 1_000_000
    assert crew.closed
    assert [worker.ended for worker in crew.started] == [True, True, True]


def test_no_more_workers_are_started_than_there_are_tasks() -> None:
    crew = Crew(5)
    with Team(crew, ToyEncoder(), 2) as team:
        assert texts_made(team, TASKS[:2]) == sorted(text for task in TASKS[:2] for text in task.texts)
    assert len(crew.started) == 2


def test_what_a_worker_had_is_done_by_others_when_it_ends() -> None:
    # The third worker and the one in its place end at the first task: its halves are done by the next.
    crew = Crew(3, lambda number, task: number in (3, 4) and task is not None)
    with Team(crew, ToyEncoder(), None) as team:
        assert texts_made(team, TASKS) == ALL
        assert team.report.lost == 2
    assert len(crew.started) == 5
    assert all(worker.ended for worker in crew.started)


@pytest.mark.parametrize("early", [False, True])
def test_a_text_that_ends_its_workers_is_found(early: bool) -> None:
    crew = Crew(2, lambda number, task: task is not None and "Text 4." in task.texts, early=early)
    with (
        pytest.raises(TextFailed) as failed,
        Team(crew, ToyEncoder(), None) as team,
    ):
        texts_made(team, TASKS)
    assert failed.value.text == "Text 4."
    # The task of two texts ends a worker that has another task too, then one by itself; its first half ends the third.
    assert failed.value.reason == "workers end when they embed it; the last one was killed by SIGKILL"
    assert team.report.lost == 3
    assert all(worker.ended for worker in crew.started)


def test_a_failure_ends_all_workers() -> None:
    crew = Crew(2, encoder=ToyEncoder(fails="Text 4."))
    with pytest.raises(TextFailed, match="Text 4"), Team(crew, ToyEncoder(), None) as team:
        texts_made(team, TASKS)
    assert all(worker.ended for worker in crew.started)
    assert crew.closed


def test_what_others_have_done_is_kept_where_a_text_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    crew = Crew(2, encoder=ToyEncoder(fails="Text 1."))
    monkeypatch.setattr(crew, "waiting", lambda workers, seconds: workers)
    kept: list[Task] = []
    with pytest.raises(TextFailed, match="Text 1"), Team(crew, ToyEncoder(), None) as team:
        kept.extend(task for done in team.work(iter(TASKS)) for task, _ in done)
    assert kept == TASKS[:1]


def test_workers_that_never_begin_are_not_started_for_ever() -> None:
    crew = Crew(2, lambda number, task: task is None)
    with (
        pytest.raises(WellreadError, match=r"workers end before they begin \(was killed by SIGKILL\)"),
        Team(crew, ToyEncoder(), None) as team,
    ):
        texts_made(team, TASKS)
    assert len(crew.started) == 4  # two at first, and two in the place of the first two that ended


def test_silence_of_all_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    crew = Crew(2)
    monkeypatch.setattr(crew, "waiting", lambda workers, seconds: [])
    with (
        pytest.raises(WellreadError, match="no worker was ready within 120 seconds; nothing was published"),
        Team(crew, ToyEncoder(), None) as team,
    ):
        texts_made(team, TASKS)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (ToyEncoder(turned=0.01), "worker 1 computes other vectors than this machine"),
        (ToyEncoder(turned=float("nan")), "worker 1 computes other vectors than this machine"),
        (replace(ToyEncoder(), fingerprint="toy-65"), "worker 1 has another model, or another version of Wellread"),
    ],
)
def test_a_worker_with_other_vectors_is_not_taken_on(other: ToyEncoder, message: str) -> None:
    with pytest.raises(ModelError, match=message), Team(Crew(1, encoder=other), ToyEncoder(), None) as team:
        texts_made(team, TASKS)


def test_a_worker_of_another_version_is_not_taken_on(monkeypatch: pytest.MonkeyPatch) -> None:
    said = introduce(ToyEncoder())
    assert isinstance(said, Ready)
    monkeypatch.setattr(Here, "hear", lambda worker: replace(said, code="older"))
    with pytest.raises(ModelError, match="another version of Wellread"), Team(Crew(1), ToyEncoder(), None) as team:
        texts_made(team, TASKS)


def test_last_digits_that_are_rounded_otherwise_are_reported() -> None:
    with Team(Crew(1, encoder=ToyEncoder(turned=1e-7)), ToyEncoder(), None) as team:
        for _ in team.work(iter(TASKS[:1])):
            pass
        assert 0.5e-7 < team.report.rounding < 2e-7
