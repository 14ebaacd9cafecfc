"""A PDF as HTML, made in a process of its own, so that a broken file takes neither all memory nor all time."""

from __future__ import annotations

import json
import subprocess
import sys

from wellread.errors import WellreadError

MAX_SECONDS = 20
"""Seconds for a file at most. A handbook of 200 pages takes 4 on a slow machine that does nothing else."""

_BROKEN = "print it to a new PDF, or copy its text"


def pdf_to_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read a PDF into HTML, and tell what could not be kept.

    PDFium is a library of machine code, made to read files that someone sends; a limit on its memory and time, and a
    crash that stops nothing else, need a process of their own.

    Raises:
        WellreadError: the file is no PDF, is locked, is beyond the limits, or holds only pictures of text.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "wellread.importing.pdf.child"], input=data, capture_output=True, timeout=MAX_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise WellreadError(f"reading it takes longer than {MAX_SECONDS} seconds", _BROKEN) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise WellreadError("the file cannot be read as a PDF: reading it broke off", _BROKEN) from error
    if "reason" in answer:
        raise WellreadError(answer["reason"], answer["remedy"])
    return answer["html"], tuple(answer["notes"])
