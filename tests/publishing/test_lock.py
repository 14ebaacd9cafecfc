"""The lock: one writer at a time, whose name the next one is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder
from filelock import FileLock

from wellread.errors import IndexBusy
from wellread.index.layout import lock_file, lock_holder_file
from wellread.publishing.lock import lock_holder, only_writer
from wellread.publishing.publish import publish

HOLDING = """
import sys
import threading
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
        assert lock_holder(tmp_path).startswith(f"process {process.pid} on ")
        assert str(refused.value).startswith(f"{tmp_path}: process {process.pid} on ")
        assert "nothing was published by this command" in str(refused.value)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert lock_holder_file(tmp_path).exists()
        assert lock_holder(tmp_path) == ""
        with only_writer(tmp_path):
            assert f'"pid": {os.getpid()},' in lock_holder_file(tmp_path).read_text()


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
    assert not lock_holder_file(tmp_path).exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 2000, b'{"pid": 1}'])
def test_a_holder_that_did_not_write_its_name_is_another_process(tmp_path: Path, content: bytes) -> None:
    with only_writer(tmp_path):
        lock_holder_file(tmp_path).write_bytes(content)
        with pytest.raises(IndexBusy, match="another process is publishing here"), only_writer(tmp_path):
            pass


def test_looking_who_holds_it_changes_nothing(tmp_path: Path) -> None:
    assert lock_holder(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
    with only_writer(tmp_path):
        pass
    before = lock_file(tmp_path).stat()
    assert lock_holder(tmp_path) == ""
    after = lock_file(tmp_path).stat()
    assert (after.st_mtime_ns, after.st_ino, after.st_size) == (before.st_mtime_ns, before.st_ino, 0)


def test_a_writer_waits_out_a_look(tmp_path: Path) -> None:
    with only_writer(tmp_path):
        pass
    looking = FileLock(lock_file(tmp_path), thread_local=False)
    looking.acquire()
    ending = threading.Timer(0.1, looking.release, [True])
    ending.start()
    with only_writer(tmp_path):
        pass
    ending.join()


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
