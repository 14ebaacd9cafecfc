"""Readers again: inputs that are made up by what they reach in the code (atheris), and not at random."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from conftest import ROOT

from torture.promises import Outcome

PROMISE = "What reads files and questions survives what is made up to reach every line of it"
SECONDS = 260

READERS = (
    "plain text", "Markdown", "front matter", "settings", "glossary", "questions", "judged questions", "judgments",
    "manifest", "calibration", "web pages", "Word texts", "pages of a PDF",
)  # fmt: skip
"""The names of `readers.readings` that are led by coverage; of files in ZIP most changes would break the ZIP alone."""

RUNS = 100_000
EACH = 12
"""Inputs for each reader, or seconds, whichever is reached first."""

LONGEST = 4_000
"""Bytes of an input: readers have no other branches for longer ones, and more inputs are tried."""

ABSENT = "atheris is not installed: it has wheels for Linux on x86-64, and Python 3.11 to 3.13"


def torture(folder: Path) -> Outcome:
    """Let each reader be fuzzed in a process of its own."""
    if find_spec("atheris") is None:
        return Outcome("", "", (ABSENT,))
    found = {name: fuzz(name, folder / str(number), RUNS, EACH) for number, name in enumerate(READERS)}
    faults = [f"{name}: {fault}" for name, (_, fault) in found.items() if fault]
    counts = ", ".join(f"{name} {count:,}" for name, (count, _) in found.items())
    return Outcome(
        f"{sum(count for count, _ in found.values()):,} inputs led by coverage: {counts}",
        f"{len(faults)} surprises, none over 2 s or 1 GB",
        tuple(faults),
    )


def fuzz(name: str, folder: Path, runs: int, seconds: int) -> tuple[int, str]:
    """Fuzz a reader; how many inputs there were, and what surprised, or ""."""
    folder.mkdir()
    limits = [f"-runs={runs}", f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=1024"]
    words = [sys.executable, "-m", "torture.fuzzed", name, str(folder), *limits, "-print_final_stats=1"]
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", env=paths)
    count = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    slowest = re.search(r"slowest_unit_time_sec: +(\d+)", done.stderr)
    if done.returncode or count is None:
        told = re.search(r"Uncaught Python exception.*?(?=\n==\d+==|\Z)", done.stderr, re.DOTALL)
        return 0, told[0][-800:] if told else done.stderr[-800:]
    return int(count[1]), f"one took {slowest[1]} s" if slowest and int(slowest[1]) > 2 else ""
