"""Standard output that is full or closed: said in words, with what is being served."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.index.layout import current_generation

CLOSED = "1>&-"
FULL = ">/dev/full"
REASONS = {CLOSED: "it is closed", FULL: "No space left on device"}


def run(output: str, *words: str) -> tuple[int, str]:
    """Run a command with its output so; gives the exit status and what it says on standard error."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {output}', "sh", sys.executable, "-m", "wellread", *words],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("output", [CLOSED, FULL])
def test_a_report_of_publishing_that_cannot_be_written_says_what_is_served(output: str, tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "cramps.md").write_text("# Cramps\n\n## Care\n\nRest your leg.\n")
    index = tmp_path / "index"
    status, said = run(output, "ingest", "--kb", str(tmp_path / "kb"), "--index", str(index))
    served = current_generation(index)
    assert (status, said) == (
        1,
        (
            f"wellread: standard output: {REASONS[output]}; generation {served} is being served, but its report"
            f" could not be written\n    see what was published: wellread history --index {index}\n"
        ),
    )


@pytest.mark.parametrize("output", [CLOSED, FULL])
@pytest.mark.parametrize("words", [("history",), ("ask", "is it dangerous?"), ("ask", "--json", "is it dangerous?")])
def test_an_answer_that_cannot_be_written_is_told_in_words(
    words: tuple[str, ...], output: str, seed_index: Path
) -> None:
    assert run(output, *words, "--index", str(seed_index)) == (
        1,
        (
            f"wellread: standard output: {REASONS[output]}\n"
            "    make room, or give it another place, and run the command again\n"
        ),
    )
