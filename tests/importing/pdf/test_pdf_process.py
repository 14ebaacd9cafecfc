"""A PDF is read in a process of its own, within limits that are named where they are reached."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pdf_files import Text, pdf

from wellread.errors import WellreadError
from wellread.importing.pdf.convert import convert
from wellread.importing.pdf.document import pdf_to_html

LINE = Text("Words of a line that is rather long and says nothing at all to anyone who reads it. " * 12, 400, 0, 1)


def reason(data: bytes) -> str:
    with pytest.raises(WellreadError) as caught:
        pdf_to_html(data)
    return caught.value.reason


def test_html_and_notes_come_back_from_the_process() -> None:
    pages = [[Text("Rest & drink <a lot>.", 700), Text("Gone", 900)]]
    assert pdf_to_html(pdf(pages)) == convert(pdf(pages))


def test_modules_of_the_folder_in_which_it_is_started_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert pdf_to_html(pdf([[Text("Rest.", 700)]])).html == "<p>Rest.</p>"


def test_what_is_beyond_the_limits_is_refused_by_name() -> None:
    assert reason(pdf([[]] * 251)) == "it has more than 250 pages"
    assert (
        reason(pdf([[replace(LINE, y=100 + 5 * n) for n in range(10)]] * 21))
        == "its text is longer than 200,000 characters"
    )


def test_file_that_is_no_pdf_or_broken() -> None:
    assert reason(b"no pdf") == "the file cannot be read as a PDF"
    assert reason(pdf([[]])[:60]) == "the file cannot be read as a PDF"


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (-signal.SIGXCPU, "reading it takes longer than 8 seconds of computing"),
        (-signal.SIGKILL, "it is broken, or takes too much memory to read"),
        (-signal.SIGABRT, "it is broken, or takes too much memory to read"),
    ],
)
def test_process_that_reached_a_limit_is_told_of(ended: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.CompletedProcess[bytes]([], ended, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: done)
    assert reason(b"%PDF") == said


def test_limits_hold_in_the_process() -> None:
    code = "from wellread.importing.pdf import child; child._set_limits(); bytearray(3_000_000_000)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, b"MemoryError" in done.stderr) == (1, True)


def test_process_that_computes_too_long_ends_with_the_signal_that_says_so() -> None:
    code = "from wellread.importing.pdf import child\nchild.MAX_CPU_SECONDS = 1\nchild._set_limits()\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == -signal.SIGXCPU
