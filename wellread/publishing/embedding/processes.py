"""Workers that are processes of this machine, each with one thread.

`concurrent.futures` was not taken: one process of its pool that is killed takes the others' work with it, and when
this process is killed the pool's go on waiting for ever.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from wellread.encoders.sentence_transformer import Encoder
from wellread.publishing.embedding.tasks import Said, Task
from wellread.publishing.embedding.team import Worker, WorkerLost

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""What tells libraries to compute with one thread."""


class Process:
    """A worker that is a child of this process, and ends when this process ends, however it ends."""

    def __init__(self, number: int, encoder: bytes) -> None:
        self.name = f"worker {number}"
        ours, theirs = socket.socketpair()
        with theirs:
            # Modules are looked for where this process found them, and not in the folder that it was started in (-P).
            # In a process group of its own, Ctrl-C reaches this process alone, which ends its workers.
            self._process = subprocess.Popen(  # noqa: S603 - our own module, and no shell
                [sys.executable, "-P", "-m", "wellread.publishing.embedding.child", str(theirs.fileno())],
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                process_group=0,
            )
        self.connection = Connection(ours.detach())
        with suppress(OSError):  # one that has ended says so when it is listened to
            self.connection.send_bytes(encoder)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def give(self, task: Task) -> None:
        """Hand over a task."""
        with suppress(OSError):
            self.connection.send(task)

    def hear(self) -> Said:
        """The next thing that it says; raises WorkerLost."""
        try:
            said: Said = self.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerLost(_how(self._process.wait())) from None
        return said

    def end(self) -> None:
        """End it at once: it has nothing to put away."""
        self._process.kill()
        self._process.wait()
        self.connection.close()


class Processes:
    """As many workers on this machine as are wanted, with an encoder's model."""

    def __init__(self, encoder: Encoder, size: int) -> None:
        self.size = size
        self._encoder = pickle.dumps(encoder)

    def start(self, number: int) -> Process:
        """Start a worker."""
        return Process(number, self._encoder)

    def waiting(self, workers: Sequence[Worker], seconds: float) -> Sequence[Worker]:
        """Those that have something to say, or have ended."""
        by_connection = {worker.connection: worker for worker in workers if isinstance(worker, Process)}
        return [by_connection[found] for found in wait([*by_connection], seconds) if isinstance(found, Connection)]

    def close(self) -> None:
        """Nothing is shared."""


def _how(status: int) -> str:
    """How a process ended, after "the last one"."""
    if status < 0:
        with suppress(ValueError):
            return f"was killed by {signal.Signals(-status).name}"
        return f"was killed by signal {-status}"
    return f"ended with status {status}"
