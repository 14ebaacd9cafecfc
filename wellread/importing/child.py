"""Makes articles one after the other, each within limits of memory and time; `converter.py` starts it and asks it.

It says that it is ready. Then a file comes in as a line of JSON (its size, its kind, its origin) and its bytes, and an
article with its notes, or a refusal, goes out as a line of JSON.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypedDict

from wellread.errors import WellreadError
from wellread.importing import limits
from wellread.importing.files import make_article
from wellread.importing.made import Origin

_RETIRES = 500_000_000
"""Bytes of memory once taken after which it ends and another begins, so that no file pays for those before it."""


class Head(TypedDict):
    """What is told of a file before its bytes; `made.Origin` explains the last four."""

    size: int
    kind: str
    name: str
    address: str
    charset: str
    today: str


def main() -> None:
    """Read files until there are no more, or until one has reached a limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks; this one ends with it
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not come between the answers
    _limit_memory()
    answers.write(b"ready\n")
    answers.flush()
    last = False
    while not last and (head := sys.stdin.buffer.readline()):
        _limit_time()
        answer, last = make_next(json.loads(head), sys.stdin.buffer)
        answers.write(json.dumps({**answer, "last": last}).encode() + b"\n")
        answers.flush()


def make_next(head: Head, stream: BinaryIO) -> tuple[dict[str, object], bool]:
    """Make an article of the next file of a stream, or tell why not; and whether this process should end now."""
    data = stream.read(head["size"])
    origin = Origin(head["name"], head["address"], head["charset"], head["today"])
    try:
        return make_article(data, head["kind"], origin)._asdict(), _most_memory() > _RETIRES
    except WellreadError as error:
        return {"reason": error.reason, "remedy": error.remedy}, _most_memory() > _RETIRES
    except MemoryError:
        reason = f"reading it takes more than {limits.MAX_MEMORY:,} bytes of memory"
    except RecursionError:
        reason = "its parts lie too deep inside one another"
    except Exception as error:  # whatever a damaged file does to a reader, the other files come in
        reason = f"it cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:100]})"
    return {"reason": reason, "remedy": limits.REMEDY}, True


def _limit_memory() -> None:
    """Set the limit where the system has one; elsewhere only the time counts."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such module, macOS no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.MAX_MEMORY, limits.MAX_MEMORY))


def _limit_time() -> None:
    """Let the system end this process, with the signal that says so, when it computes for too long from now on."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + limits.MAX_CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _most_memory() -> int:
    """The most bytes of memory that this process has had, where the system tells (Linux); 0 elsewhere.

    `getrusage` tells of the process that started this one where that is larger.
    """
    with suppress(OSError):
        told = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
        return 1024 * int(told[1]) if told else 0
    return 0


if __name__ == "__main__":
    main()
