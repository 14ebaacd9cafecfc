"""Readers again: inputs that are made up by what they reach in the code (atheris), and not at random."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
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

SLOWEST = 2
MOST_MEMORY = 1024
"""Megabytes of a process, of which it has about 200 when it begins."""

ABSENT = "atheris is not installed: it has wheels for Linux on x86-64, and Python 3.11 to 3.13"


def torture(folder: Path) -> Outcome:
    """Let each reader be fuzzed in a process of its own."""
    if find_spec("atheris") is None:
        return Outcome("", "", (ABSENT,))
    found = fuzz(READERS, folder, RUNS, EACH)
    faults = [f"{name}: {fault}" for name, (_, fault) in found.items() if fault]
    counts = ", ".join(f"{name} {count:,}" for name, (count, _) in found.items())
    return Outcome(
        f"{sum(count for count, _ in found.values()):,} inputs led by coverage: {counts}",
        f"{len(faults)} surprises, none over {SLOWEST} s or {MOST_MEMORY} MB",
        tuple(faults),
    )


def fuzz(names: Sequence[str], folder: Path, runs: int, seconds: int) -> dict[str, tuple[int, str]]:
    """Fuzz readers; how many inputs each had, and what surprised, or "", by name."""
    limits = [f"-runs={runs}", f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-print_final_stats=1"]
    limits += [f"-rss_limit_mb={MOST_MEMORY}", "-timeout=30"]
    words = [sys.executable, "-m", "torture.fuzzed", str(folder), ";".join(names), *limits]
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(words, env=paths, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-800:])
    return {name: _told(folder / f"{number}.log") for number, name in enumerate(names)}


def _told(log: Path) -> tuple[int, str]:
    """How many inputs a reader had by libFuzzer's words, and what surprised, or ""."""
    text = log.read_text(encoding="utf-8", errors="replace")
    count = re.search(r"number_of_executed_units: (\d+)", text)
    slowest = re.search(r"slowest_unit_time_sec: +(\d+)", text)
    surprise = re.search(r"Uncaught Python exception.*|Traceback.*|==\d+== ERROR.*", text, re.DOTALL)
    if surprise or count is None or slowest is None:
        return 0, (surprise[0] if surprise else text)[:800]
    return int(count[1]), f"one took {slowest[1]} s" if int(slowest[1]) > SLOWEST else ""
