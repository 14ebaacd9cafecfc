"""Processes that are forked from this one, so that each is ready at once; none outlives the one that waits for it."""

from __future__ import annotations

import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

LONGEST = 60.0
"""Seconds after which a child hangs."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its status as `os.waitstatus_to_exitcode` has it, and what its work gave or raised."""

    status: int
    value: object = None
    error: str = ""
    """The traceback, where the work raised."""


class Child:
    """Does some work in a process of its own once it is told to; to be used in a `with`, whose end is its end."""

    def __init__(self, work: Callable[[], object]) -> None:
        begin, self._begin = os.pipe()
        self._answer, answer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._begin)
            os.close(self._answer)
            self._work(work, begin, answer)
        os.close(begin)
        os.close(answer)
        self._status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._begin)
        os.close(self._answer)
        if self._status is None:
            self.kill()
            os.waitpid(self.pid, 0)

    def begin(self) -> None:
        """Let it begin."""
        os.write(self._begin, b"!")

    def kill(self) -> None:
        """End it as `kill -9` does."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self, seconds: float = LONGEST) -> Ended:
        """Wait until it has ended; raises TimeoutError."""
        written = b""
        while part := self._read(seconds):
            written += part
        _, status = os.waitpid(self.pid, 0)
        self._status = os.waitstatus_to_exitcode(status)
        if self._status or not written:
            return Ended(self._status)
        value, error = pickle.loads(written)
        return Ended(self._status, value, error)

    def _read(self, seconds: float) -> bytes:
        ends = time.monotonic() + seconds
        os.set_blocking(self._answer, False)
        while time.monotonic() < ends:
            try:
                return os.read(self._answer, 1 << 16)
            except BlockingIOError:
                time.sleep(0.002)
        raise TimeoutError(f"a child did not end within {seconds:.0f} seconds")

    @staticmethod
    def _work(work: Callable[[], object], begin: int, answer: int) -> None:
        status = 1
        try:
            if os.read(begin, 1):
                try:
                    written = pickle.dumps((work(), ""))
                except BaseException:
                    written = pickle.dumps((None, traceback.format_exc()))
                os.writev(answer, [written])  # `write` is a call that tracing lets fail: this one is not the work's
                status = 0
        finally:
            os._exit(status)
