"""The lock: one writer at a time, whose name the next one is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder

from wellread.errors import IndexBusy
from wellread.publishing.lock import only_writer
from wellread.publishing.publish import publish

HOLDING = """
import sys
from pathlib import Path
from wellread.publishing.lock import only_writer

with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_which_process_holds_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy) as refused, only_writer(tmp_path):
            pass
        assert str(refused.value).startswith(f"{tmp_path}: process {process.pid} on ")
        assert "nothing was published by this command" in str(refused.value)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with only_writer(tmp_path):
            assert f'"pid": {os.getpid()},' in (tmp_path / "lock").read_text()


def test_a_second_writer_in_one_process_is_refused_too(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        with pytest.raises(IndexBusy, match=f"process {os.getpid()} on "), only_writer(tmp_path):
            pass
        with pytest.raises(IndexBusy), only_writer(tmp_path):
            pass
    with only_writer(tmp_path):
        pass


def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), only_writer(tmp_path):
        raise KeyError
    with only_writer(tmp_path):
        pass
    assert (tmp_path / "lock").read_bytes() == b""


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 2000, b'{"pid": 1}'])
def test_a_holder_that_did_not_write_its_name_is_another_process(tmp_path: Path, content: bytes) -> None:
    with only_writer(tmp_path):
        (tmp_path / "lock").write_bytes(content)
        with pytest.raises(IndexBusy, match="another process is publishing here"), only_writer(tmp_path):
            pass


def test_publishing_waits_for_nobody_and_reading_asks_nobody(tmp_path: Path) -> None:
    kb, index = tmp_path / "kb", tmp_path / "index"
    kb.mkdir()
    (kb / "cramps.md").write_text("# Cramps\n\n## Care\n\nRest.\n")
    first = publish(kb, index, HashEncoder())
    with only_writer(index):
        assert publish(kb, index, HashEncoder()).generation == first.generation
        (kb / "cramps.md").write_text("# Cramps\n\n## Care\n\nDrink.\n")
        with pytest.raises(IndexBusy):
            publish(kb, index, HashEncoder())
    assert publish(kb, index, HashEncoder()).generation != first.generation
