"""Workers on a Ray cluster: actors, each with one processor and one thread, wherever Ray puts them.

Ray Data was not taken: a text that cannot be embedded ends its whole pipeline, and which texts a worker ended at is not
told. It also takes longer: 11.4 s for 300 tasks of 64 texts that cost nothing to embed, and 2.1 processor seconds of
this process; actors take 4.2 s and 0.8.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import socket
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout, suppress
from importlib import import_module
from typing import Any

from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import WellreadError
from wellread.extras import require
from wellread.publishing.embedding.processes import ONE_THREAD
from wellread.publishing.embedding.tasks import Done, Ready, Said, Task, TextFailed, answer, introduce
from wellread.publishing.embedding.team import Worker, WorkerLost

QUIET = {"RAY_USAGE_STATS_ENABLED": "0"}
"""What Ray must be told before it is imported: to send nothing to its makers."""

ANSWER_SECONDS = 5.0
"""Seconds in which the cluster's address must answer; Ray itself would try for minutes."""

_ADDRESS = re.compile(r"(?P<host>[^\s/:]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")


class Embedder:
    """What runs on the cluster."""

    def __init__(self, encoder: bytes) -> None:
        os.environ.update(ONE_THREAD)
        self._encoder: Encoder = pickle.loads(encoder)  # noqa: S301 - from the process that opened the cluster

    def introduce(self) -> Ready | WellreadError:
        """What a worker says first."""
        return introduce(self._encoder)

    def answer(self, task: Task) -> Done | WellreadError | TextFailed:
        """What a worker says of a task."""
        return answer(task, self._encoder)


class Actor:
    """A worker on the cluster, which answers in the order in which it was asked."""

    def __init__(self, number: int, ray: Any, handle: Any) -> None:
        self.name = f"worker {number}"
        self._ray = ray
        self._handle = handle
        self._asked = deque([handle.introduce.remote()])

    @property
    def oldest(self) -> Any:
        """What stands for its next answer, or None where it was asked nothing more."""
        return self._asked[0] if self._asked else None

    def give(self, task: Task) -> None:
        """Hand over a task."""
        self._asked.append(self._handle.answer.remote(task))

    def hear(self) -> Said:
        """The next thing that it says; raises WorkerLost."""
        try:
            said: Said = self._ray.get(self._asked.popleft())
        except self._ray.exceptions.RayError as error:
            raise WorkerLost(_how(error)) from None
        return said

    def end(self) -> None:
        """End it at once."""
        self._ray.kill(self._handle)


class Cluster:
    """Workers with an encoder's model on the Ray cluster at an address, as many as wanted or as it has processors."""

    def __init__(self, encoder: Encoder, address: str, size: int | None) -> None:
        require("ray", "embedding on a Ray cluster", ["ray"])
        _answers(address)
        os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
        ray: Any = import_module("ray")
        self._ray = ray
        self._leaving = ExitStack()
        if not ray.is_initialized():
            # Ray prints what it thinks of lost workers on standard output, where a program reads the report.
            self._leaving.enter_context(redirect_stdout(sys.stderr))
            self._leaving.callback(ray.shutdown)
            try:
                ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
            except Exception as error:
                self._leaving.close()
                raise _not_there(address, str(error).strip().splitlines()[0]) from error
        processors = int(ray.cluster_resources().get("CPU", 0))
        self.size = size or max(1, processors)
        self._encoder = ray.put(pickle.dumps(encoder))
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD")(Embedder)

    def start(self, number: int) -> Actor:
        """Start a worker, as soon as the cluster has a processor for it."""
        return Actor(number, self._ray, self._actor.remote(self._encoder))

    def waiting(self, workers: Sequence[Worker], seconds: float) -> Sequence[Worker]:
        """Those that have something to say, or have ended."""
        asked = {worker.oldest: worker for worker in workers if isinstance(worker, Actor) and worker.oldest is not None}
        found, _ = self._ray.wait([*asked], num_returns=1, timeout=seconds)
        if found:
            found, _ = self._ray.wait([*asked], num_returns=len(asked), timeout=0)
        return [asked[answered] for answered in found]

    def close(self) -> None:
        """Leave the cluster, if this opened it."""
        self._leaving.close()


def _answers(address: str) -> None:
    """Look whether anything is at an address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise WellreadError(
            f'"{address}" is no address of a Ray cluster', "write HOST:PORT, such as 10.0.0.1:6379", "--ray"
        )
    try:
        with socket.create_connection((found["host"].strip("[]"), int(found["port"])), ANSWER_SECONDS):
            pass
    except (OSError, OverflowError) as error:
        raise _not_there(address, str(error)) from error


def _not_there(address: str, reason: str) -> WellreadError:
    return WellreadError(
        f"no Ray cluster can be joined at {address} ({reason}); nothing was published",
        "start this machine as a node of the cluster (docs/scale.md), or leave out --ray to embed on this machine",
    )


def _how(error: Exception) -> str:
    """How a worker ended, after "the last one": the end of Ray's account, which says why."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[-1] if lines else ""
    with suppress(ValueError):
        said = said[: said.index(". ")]
    return f"ended: {said or type(error).__name__}"
