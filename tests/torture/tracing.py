"""Faults at a system call of a child: `strace` counts the calls, ends the process at one, or lets one fail.

So the calls of SQLite and of other machine code are met too, which Python does not see.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from torture.children import Child, Ended

CALLS = (
    "openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "mkdir", "unlink", "unlinkat", "rmdir"
)  # fmt: skip
"""Calls that change what is on the disk, or open it."""

ABSENT = "strace is not installed, or may not trace: nothing was tried"


def can_trace() -> bool:
    """Whether strace is there and may look at a child."""
    if not shutil.which("strace"):
        return False
    with Child(lambda: None) as child:
        try:
            with traced(child, []):
                child.begin()
                return child.end().status == 0
        except OSError:
            return False


def count_calls(work: Callable[[], object], log: Path) -> Counter[str]:
    """How often some work in a child makes each of the calls."""
    with Child(work) as child, traced(child, ["-o", str(log), "-e", f"trace={','.join(CALLS)}"]):
        child.begin()
        ended = child.end()
    if ended.error or ended.status:
        raise RuntimeError(ended.error or f"it ended with {ended.status}")
    found = re.findall(r"^\d+\s+(\w+)\(", log.read_text(errors="replace"), re.MULTILINE)
    return Counter(call for call in found if call in CALLS)


def run_with_fault(work: Callable[[], object], call: str, number: int, fault: str) -> Ended:
    """Do some work in a child with a fault at its so many-th call: "signal=KILL", or "error=ENOSPC" and the like."""
    options = ["-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}"]
    with Child(work) as child, traced(child, options):
        child.begin()
        return child.end()


@contextmanager
def traced(child: Child, options: list[str]) -> Iterator[None]:
    """Trace a child that has not begun."""
    with subprocess.Popen(
        ["strace", "-f", *options, "-p", str(child.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as tracer:
        try:
            assert tracer.stderr
            said = tracer.stderr.readline()
            if "attached" not in said:
                raise OSError(f"strace: {said}")
            yield
        finally:
            tracer.terminate()
