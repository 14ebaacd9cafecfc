"""A worker's process: takes an encoder and then tasks from the socket whose number it is given, and answers there."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from wellread.publishing.embedding.tasks import Task, answer, introduce


def main() -> None:
    """Work until the other side is gone."""
    connection = Connection(int(sys.argv[1]))
    encoder = pickle.loads(connection.recv_bytes())  # noqa: S301 - from the process that started this one
    tasks: SimpleQueue[Task] = SimpleQueue()
    Thread(target=_listen, args=(connection, tasks), daemon=True).start()
    with suppress(BrokenPipeError):
        connection.send(introduce(encoder))
        while True:
            connection.send(answer(tasks.get(), encoder))


def _listen(connection: Connection, tasks: SimpleQueue[Task]) -> None:
    """Take tasks, so that the other side never waits to hand one over; ends the process when that side is gone."""
    with suppress(EOFError, OSError):
        while True:
            tasks.put(connection.recv())
    os._exit(0)


if __name__ == "__main__":
    main()
