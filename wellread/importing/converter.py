"""Makes articles of files in a process of its own, so that a broken file takes neither all memory nor all time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self, cast

from wellread.errors import WellreadError
from wellread.importing import limits
from wellread.importing.made import Made, Origin

_TO_END = 10.0
"""Seconds in which a process ends that has met a limit or crashed, on a machine that does much else."""


class Converter:
    """Makes articles as `files.make_article` does, but elsewhere; to be used in a `with`.

    Word files, pages and PDFs come from anywhere, and PDFium is a library of machine code. One process reads file
    after file; one that reached a limit, or crashed, is followed by another.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(kill=True)

    def make_article(self, data: bytes, kind: str, origin: Origin) -> Made:
        """Make an article of a file's bytes.

        Raises:
            WellreadError: the file cannot be read, does not come over whole, or met a limit, which is named.
        """
        child = self._child or self._start()
        try:
            with _killed_after(limits.MAX_SECONDS, child) as late:
                answer = _ask(child, {"size": len(data), "kind": kind, **asdict(origin)}, data)
        except BaseException:  # Ctrl-C: what the child would answer belongs to no file that comes later
            self._end(kill=True)
            raise
        if answer is None or answer["last"]:
            self._end()
        if answer is None:
            raise WellreadError(_told_of(child.returncode, late.is_set()), limits.REMEDY)
        if "reason" in answer:
            raise WellreadError(answer["reason"], answer["remedy"])
        return Made(answer["article"], tuple(answer["notes"]), answer["original"])

    def _start(self) -> subprocess.Popen[bytes]:
        # Modules are looked for where this process found them, and not in the folder that it was started in (-P).
        command = [sys.executable, "-P", "-m", "wellread.importing.child"]
        paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        child = self._child = subprocess.Popen(  # noqa: S603 - our own module, and no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=paths
        )
        with _killed_after(limits.MAX_START, child) as late:
            ready = child.stdout is not None and child.stdout.readline() == b"ready\n"
        if not ready:
            self._end()
            why = "it takes too long" if late.is_set() else f"it ended with {child.returncode}"
            reason = f"the process that reads files cannot be started ({why})"
            raise WellreadError(reason, "close other programs, and try again; if it stays so, install Wellread anew")
        return child

    def _end(self, kill: bool = False) -> None:
        """Wait until the process has ended by itself, or kill it: it has nothing to lose."""
        child, self._child = self._child, None
        if child is None:
            return
        if kill:
            child.kill()
        for stream in (child.stdin, child.stdout):
            with suppress(OSError):  # what is still to be written is read by nobody
                if stream is not None:
                    stream.close()
        try:
            child.wait(_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _killed_after(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
    """Kill a process that is not done with something after a time; the event then tells so."""
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _ask(child: subprocess.Popen[bytes], head: dict[str, object], data: bytes) -> dict[str, Any] | None:
    """Give a file to a process; its answer, or None where it ended without one."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(json.dumps(head).encode() + b"\n" + data)
        child.stdin.flush()
    except OSError:  # it ended before it read all
        return None
    line = child.stdout.readline(limits.MAX_ANSWER)
    return cast("dict[str, Any]", json.loads(line)) if line.endswith(b"\n") else None


def _told_of(status: int, late: bool) -> str:
    """What is said of a file whose process ended with a status."""
    if late:
        return f"reading it takes longer than {limits.MAX_SECONDS} seconds"
    if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
        return f"reading it takes longer than {limits.MAX_CPU_SECONDS} seconds of computing"
    return f"it is broken, or takes more than {limits.MAX_MEMORY:,} bytes of memory to read"
