"""Nothing leaves the machine and nothing is written where it does not belong, as the system itself saw it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import ROOT
from serving import free_port

STRACE = ["strace", "-f", "-qq", "-s", "4096", "-e", "signal=none"]
CALLS = "connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat"

ASK_ON_THE_PAGE = """
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=240).run()
page.text_area[0].set_value("is it dangerous?")
page.button[0].click().run()
assert not page.exception, page.exception
print("answered" if any("wr-card" in element.proto.body for element in page.get("html")) else page)
"""

_RESOLVER = "/run/systemd/resolve"
"""Where a program of this machine looks up names for others, on many of them."""

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CHANGES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")


class Traced:
    """A command under strace, with an empty folder for a home and another for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary, self.log = folder / "home", folder / "tmp", folder / "log"
        self.home.mkdir()
        self.temporary.mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def command(self, words: Sequence[str]) -> list[str]:
        return [*STRACE, "-e", f"trace={CALLS}", "-o", str(self.log), sys.executable, *words]

    def run(self, *words: str) -> str:
        done = subprocess.run(
            self.command(words),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def calls(self) -> Iterator[tuple[str, str]]:
        """The calls that the system carried out, by name, each with what it was called with."""
        for line in self.log.read_text(errors="replace").splitlines():
            found = re.match(r"\d+ +(\w+)\((.*)\) += (.*)", line)
            if found and not found[3].startswith("-1 ENO"):
                yield found[1], found[2]

    def addresses(self) -> set[str]:
        """Whom anything was sent to outside of this machine, and whom for a name to be looked up, here or elsewhere."""
        found: set[str] = set()
        for name, about in self.calls():
            if name.startswith(("connect", "send")):
                told = set(re.findall(r'inet_(?:addr|pton)\([^"]*"([^"]+)"', about))
                found |= {address for address in told if not _is_here(address) or "htons(53)" in about}
                found |= {_RESOLVER} if _RESOLVER in about else set()
        return found

    def changed(self) -> set[Path]:
        """What was opened for writing, made, renamed or removed, but for devices and temporary files."""
        found: set[Path] = set()
        for name, about in self.calls():
            if name.startswith("open") and not any(flag in about for flag in _CHANGES):
                continue
            if name.startswith(("open", "creat", "mkdir", "rename", "unlink")):
                found |= {Path(ROOT, path) for path in _STRING.findall(about)}
        own = (self.temporary, Path("/dev"), Path("/proc"))
        return {path for path in found if not any(path.is_relative_to(place) for place in own)}


def _is_here(address: str) -> bool:
    return address.startswith("127.") or address == "::1"


@pytest.fixture
def traced(tmp_path: Path) -> Traced:
    return Traced(tmp_path)


def check(traced: Traced, index: Path) -> None:
    """Hold that nobody was spoken to, that only the index was changed, and that the home folder is still empty."""
    assert traced.addresses() == set()
    assert {path for path in traced.changed() if not path.is_relative_to(index)} == set()
    assert list(traced.home.iterdir()) == []


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_publishing_speaks_to_nobody_and_changes_the_index_alone(
    traced: Traced, tmp_path: Path, seed_kb: Path, options: tuple[str, ...]
) -> None:
    index = tmp_path / "index"
    command = ("-m", "wellread", "ingest", "--kb", str(seed_kb), "--index", str(index), *options)
    assert "is being served" in traced.run(*command)
    check(traced, index)
    assert index / "CURRENT" in traced.changed()  # the trace sees what is written


def test_asking_speaks_to_nobody_and_changes_nothing(traced: Traced, seed_index: Path) -> None:
    assert traced.run("-m", "wellread", "ask", "--json", "--index", str(seed_index), "is it dangerous?").startswith(
        '{"question"'
    )
    check(traced, traced.temporary)


def test_page_speaks_to_nobody_and_changes_nothing(traced: Traced, seed_index: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(seed_index, index)
    port = free_port()
    words = ["-m", "wellread", "serve", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(
        traced.command(words), cwd=ROOT, env=traced.environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            assert _answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
    check(traced, traced.temporary)


def test_a_question_on_the_page_speaks_to_nobody_and_changes_nothing(traced: Traced, seed_index: Path) -> None:
    traced.environment["WELLREAD_INDEX"] = str(seed_index)
    assert traced.run("-c", ASK_ON_THE_PAGE) == "answered\n"
    check(traced, traced.temporary)


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    ends = time.monotonic() + 240
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def test_a_name_that_is_looked_up_on_this_machine_is_counted(traced: Traced) -> None:
    asked = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', {}))"
    traced.run("-c", asked.format(53))
    assert traced.addresses() == {"127.0.0.1"}
    traced.run("-c", asked.format(54))
    assert traced.addresses() == set()
