"""Converts one PDF within limits of memory and time: its bytes come in, HTML and notes or a refusal go out as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from wellread.errors import WellreadError
from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.limits import MAX_CPU_SECONDS, MAX_MEMORY


def main() -> None:
    """Read standard input, write standard output."""
    _set_limits()
    try:
        read = convert(sys.stdin.buffer.read())
        left_out = [(piece.kind, piece.text) for piece in read.left_out]
        answer: dict[str, object] = {"html": read.html, "words": read.words, "left_out": left_out, "notes": read.notes}
    except WellreadError as error:
        answer = {"reason": error.reason, "remedy": error.remedy}
    except MemoryError:
        answer = {"reason": "reading it takes too much memory", "remedy": "print it to a new PDF, or copy its text"}
    except RecursionError:
        answer = {"reason": "its pages are divided too finely", "remedy": "print it to a new PDF, or copy its text"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _set_limits() -> None:
    """Set the limits where the system has them; elsewhere only the time that the parent waits counts."""
    try:
        import resource
    except ImportError:
        return
    # A second more before the system kills it: at the first limit of time it sends SIGXCPU, which says what happened.
    time = (MAX_CPU_SECONDS, MAX_CPU_SECONDS + 1)
    for kind, limits in ((resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY)), (resource.RLIMIT_CPU, time)):
        with suppress(ValueError, OSError):  # macOS has no limit of memory
            resource.setrlimit(kind, limits)


if __name__ == "__main__":
    main()
