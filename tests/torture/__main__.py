"""`make torture`: puts every promise to the test, each in a process of its own, and prints the table.

`python -m torture NAME …` does some of them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import cast

from torture.promises import HEAD, NAMES, SHOWN, Outcome, Promise, row

AT_ONCE = 2
"""Promises put to the test at once: most keep one of two processors busy."""

ALONE = "--alone"
"""Before a name: put that promise to the test in this process. How the others are started."""


def main(words: Sequence[str]) -> int:
    """Put promises to the test; 1 where one was broken."""
    if words[:1] == [ALONE]:
        return alone(words[1], Path(words[2]))
    began = time.monotonic()
    print(HEAD, flush=True)
    broken = 0
    for name, outcome in outcomes(words or NAMES):
        broken += bool(outcome.faults)
        print(row(promise_of(name).PROMISE, name, outcome), flush=True)
        for fault in outcome.faults[:SHOWN]:
            print(f"    {name}: {fault}", file=sys.stderr, flush=True)
    print(f"{(time.monotonic() - began) / 60:.0f} minutes", file=sys.stderr)
    return 1 if broken else 0


def outcomes(names: Sequence[str]) -> Iterator[tuple[str, Outcome]]:
    """Put promises to the test, some at once, and give their outcomes in order; then those that want to be alone."""
    seconds = {name: promise_of(name).SECONDS for name in names}
    alone = [name for name in names if getattr(promise_of(name), "ALONE", False)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        beside = [name for name in names if name not in alone]
        yield from zip(beside, pool.map(in_own_process, beside, [seconds[name] for name in beside]), strict=True)
    for name in alone:
        yield name, in_own_process(name, seconds[name])


def promise_of(name: str) -> Promise:
    """The promise that a module of this folder holds."""
    return cast(Promise, import_module(f"torture.{name}"))


def alone(name: str, folder: Path) -> int:
    """Put one promise to the test here, and write what came of it into a file of the folder."""
    work = folder / "work"
    work.mkdir()
    try:
        outcome = promise_of(name).torture(work)
    except Exception:
        outcome = Outcome("", "", (traceback.format_exc(),))
    (folder / "outcome.json").write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    return 0


def in_own_process(name: str, seconds: int) -> Outcome:
    """Put one promise to the test in a process whose death, or delay, is an outcome too; it leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="wellread-torture-", ignore_cleanup_errors=True) as folder:
        with subprocess.Popen(
            [sys.executable, "-m", "torture", ALONE, name, folder], start_new_session=True, stdout=sys.stderr
        ) as process:
            try:
                status = process.wait(2 * seconds)
            except subprocess.TimeoutExpired:
                return Outcome("", "", (f"it was not done after {2 * seconds} seconds",))
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        try:
            read = json.loads((Path(folder) / "outcome.json").read_text(encoding="utf-8"))
        except OSError:
            return Outcome("", "", (f"its process ended with status {status}",))
    return Outcome(read["done"], read["figure"], tuple(read["faults"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
