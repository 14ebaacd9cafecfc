"""A PDF as HTML, made in a process of its own, so that a broken file takes neither all memory nor all time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from wellread.errors import WellreadError
from wellread.importing.converted import Converted
from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.limits import MAX_CPU_SECONDS

MAX_SECONDS = 30
"""Seconds at most, for a machine that does much else; the seconds of computing are limited in the child."""

_BROKEN = "print it to a new PDF, or copy its text"


def pdf_to_html(data: bytes) -> Converted:
    """Read a PDF into HTML, and tell what could not be kept.

    PDFium is a library of machine code, made to read files that someone sends; a limit on its memory and time, and a
    crash that stops nothing else, need a process of their own.

    Raises:
        WellreadError: the file is no PDF, is locked, is beyond the limits, or holds only pictures of text.
    """
    try:
        # Modules are looked for where this process found them, and not in the folder that it was started in (-P).
        command = [sys.executable, "-P", "-m", "wellread.importing.pdf.child"]
        paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command, input=data, capture_output=True, timeout=MAX_SECONDS, env=paths
        )
    except subprocess.TimeoutExpired as error:
        raise WellreadError(f"reading it takes longer than {MAX_SECONDS} seconds", _BROKEN) from error
    if done.returncode:
        slow = hasattr(signal, "SIGXCPU") and done.returncode == -signal.SIGXCPU
        if slow:
            raise WellreadError(f"reading it takes longer than {MAX_CPU_SECONDS} seconds of computing", _BROKEN)
        raise WellreadError("it is broken, or takes too much memory to read", _BROKEN)
    answer = json.loads(done.stdout)
    if "reason" in answer:
        raise WellreadError(answer["reason"], answer["remedy"])
    left_out = tuple(LeftOut(kind, text) for kind, text in answer["left_out"])
    return Converted(answer["html"], answer["words"], left_out, tuple(answer["notes"]))
