"""Readers again: inputs that are made up by what they reach in the code (atheris), and not at random.

`python -m torture.fuzzing FOLDER [NAME …]` takes the time that it needs: every reader gets inputs until there were
RUNS of them. What reached something new stays in the folder, and how many inputs there were; started again, it goes on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from conftest import ROOT

from torture.promises import Outcome

PROMISE = "What reads files and questions survives what is made up to reach every line of it"
SECONDS = 260

READERS = (
    "glossary", "settings", "judged questions", "judgments", "manifest", "calibration", "front matter", "plain text",
    "Markdown", "questions", "pages of a PDF", "Word texts", "web pages",
)  # fmt: skip
"""The names of `readers.readings` that are led by coverage, the quickest first.

Of files in ZIP most changes would break the ZIP alone.
"""

RUNS = 100_000
EACH = 12
"""Inputs for each reader, or seconds, whichever is reached first."""

TURN = 600
"""Seconds of a turn where each reader gets all its inputs: what is told then is what was found until then."""

LONGEST = 4_000
"""Bytes of an input: readers have no other branches for longer ones, and more inputs are tried."""

MOST_MEMORY = 1024
"""Megabytes of a process, of which it has about 200 when it begins."""

HANGS = 120
"""Seconds after which libFuzzer gives up an input: what computes for 2 is told by `fuzzed.py`, once it has ended."""

ABSENT = "atheris is not installed: it has wheels for Linux on x86-64, and Python 3.11 to 3.13"

Found = dict[str, tuple[int, str]]
"""How many inputs a reader had, and what surprised, or "", by the reader's name."""


def torture(folder: Path) -> Outcome:
    """Let each reader be fuzzed in a process of its own."""
    if find_spec("atheris") is None:
        return Outcome("", "", (ABSENT,))
    return _outcome(fuzz(dict.fromkeys(READERS, RUNS), folder, EACH))


def fuzz(turns: Mapping[str, int], folder: Path, seconds: int) -> Found:
    """Fuzz readers, each with so many inputs or for so many seconds; goes on from what the folder has."""
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-print_final_stats=1"]
    limits += [f"-rss_limit_mb={MOST_MEMORY}", f"-timeout={HANGS}"]
    words = [sys.executable, "-m", "torture.fuzzed", str(folder), json.dumps(dict(turns)), *limits]
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(words, env=paths, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-800:])
    return {name: told(folder / name / "log") for name in turns}


def go_on(folder: Path, names: Sequence[str]) -> Outcome:
    """Give each reader all its inputs, in turns; one that was surprised gets no more."""
    counted = folder / "counts.json"
    counts: dict[str, int] = json.loads(counted.read_text(encoding="utf-8")) if counted.exists() else {}
    found: Found = {}
    for name in names:
        surprise = ""
        while counts.get(name, 0) < RUNS and not surprise:
            count, surprise = fuzz({name: RUNS - counts.get(name, 0)}, folder, TURN)[name]
            counts[name] = counts.get(name, 0) + count
            counted.write_text(json.dumps(counts), encoding="utf-8")
            print(f"{name}: {counts[name]:,}", surprise, file=sys.stderr, flush=True)
        found[name] = counts.get(name, 0), surprise
    return _outcome(found)


def _outcome(found: Found) -> Outcome:
    faults = [f"{name}: {fault}" for name, (_, fault) in found.items() if fault]
    counts = ", ".join(f"{name} {count:,}" for name, (count, _) in found.items())
    return Outcome(
        f"{sum(count for count, _ in found.values()):,} inputs led by coverage: {counts}",
        f"{len(faults)} surprises, none over 2 s or {MOST_MEMORY} MB",
        tuple(faults),
    )


def told(log: Path) -> tuple[int, str]:
    """How many inputs a reader had by libFuzzer's words, those known before aside, and what surprised, or ""."""
    text = log.read_text(encoding="utf-8", errors="replace")
    count = re.search(r"number_of_executed_units: (\d+)", text)
    known = re.search(r"^#(\d+)\s+INITED", text, re.MULTILINE)
    surprise = re.search(r"Uncaught Python exception.*|Traceback.*|==\d+== ERROR.*", text, re.DOTALL)
    executed = int(count[1]) - int(known[1]) if count and known else 0
    if surprise or count is None:
        return executed, (surprise[0] if surprise else text)[:800]
    return executed, ""


if __name__ == "__main__":
    outcome = go_on(Path(sys.argv[1]), sys.argv[2:] or READERS)
    print(outcome.done, outcome.figure, *outcome.faults, sep="\n")
    sys.exit(1 if outcome.faults else 0)
