"""Files are read in a process of its own, within limits that are named where they are reached."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from pdf_files import Text, pdf

from wellread.errors import WellreadError
from wellread.importing import child, limits
from wellread.importing.converter import Converter
from wellread.importing.files import import_files, make_article
from wellread.importing.made import Made, Origin

PAGE = b"<title>Cough</title><p>Rest &amp; drink.</p>"


@pytest.fixture
def converter() -> Iterator[Converter]:
    with Converter() as converter:
        yield converter


def process_of(converter: Converter) -> subprocess.Popen[bytes]:
    assert converter._child is not None
    return converter._child


def reason(converter: Converter, data: bytes, kind: str = ".html") -> str:
    with pytest.raises(WellreadError) as caught:
        converter.make_article(data, kind, Origin("a"))
    return caught.value.reason


def started_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Let the process do something else with each file: a module of the same name is found first."""
    package = tmp_path / "instead"
    package.mkdir()
    (package / "sitecustomize.py").write_text(
        "import wellread.importing.files as files\nfrom wellread.importing.made import Made\n"
        f"def make_article(data, kind, origin):\n    {code}\n"
        "files.make_article = make_article\n"
    )
    monkeypatch.syspath_prepend(package)


def test_one_process_makes_the_same_articles_and_notes_of_file_after_file() -> None:
    leaflet, origin = pdf([[Text("Rest & drink <a lot>.", 700), Text("Gone", 900)]]), Origin("cough.x", "", "utf-8")
    with Converter() as converter:
        assert converter.make_article(PAGE, ".html", origin) == make_article(PAGE, ".html", origin)
        process = process_of(converter)
        assert reason(converter, b"no pdf", ".pdf") == "the file cannot be read as a PDF"
        assert converter.make_article(leaflet, ".pdf", origin) == make_article(leaflet, ".pdf", origin)
        assert process_of(converter) is process
    assert process.returncode is not None  # it is not left behind


def test_modules_of_the_folder_in_which_it_is_started_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converter: Converter
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert "Rest & drink." in converter.make_article(PAGE, ".html", Origin("a"))[0]


def test_a_file_that_meets_a_limit_is_named_with_it_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    does = {
        "slow": "os.kill(os.getpid(), signal.SIGXCPU)",
        "crashing": "os.kill(os.getpid(), signal.SIGSEGV)",
        "large": "bytearray(3_000_000_000)",
        "deep": "make_article(data, kind, origin)",
        "odd": "raise TypeError('what\\nis this')",
    }
    files = [tmp_path / f"{name}.html" for name in ("first", *does, "last")]
    for file in files:
        file.write_bytes(PAGE)
    kb = tmp_path / "kb"
    kb.mkdir()
    made = "return Made('an article', (), '')"
    lines = [f"if origin.name == '{name}.html': {code}" for name, code in does.items()]
    started_with(monkeypatch, tmp_path, "\n    ".join(["import os, signal", *lines, made]))
    found = import_files(files, kb)
    assert sorted(file.name for file in kb.iterdir()) == ["first.md", "last.md"]
    assert {one.source.stem: one.reason for one in found[1:-1] if isinstance(one.source, Path)} == {
        "slow": "reading it takes longer than 20 seconds of computing",
        "crashing": "it is broken, or takes more than 2,000,000,000 bytes of memory to read",
        "large": "reading it takes more than 2,000,000,000 bytes of memory",
        "deep": "its parts lie too deep inside one another",
        "odd": "it cannot be read (TypeError: what is this)",
    }
    assert {one.remedy for one in found[1:-1]} == {"save it or print it anew, or copy its text into a new .txt article"}


def test_a_process_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converter: Converter
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.5)
    started_with(monkeypatch, tmp_path, "import time; time.sleep(60)")
    assert reason(converter, PAGE) == "reading it takes longer than 0.5 seconds"


def test_a_process_that_cannot_be_started_is_not_the_files_fault(
    monkeypatch: pytest.MonkeyPatch, converter: Converter
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert reason(converter, PAGE) == "the process that reads files cannot be started (it ended with 1)"


def test_a_process_that_never_is_ready_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converter: Converter
) -> None:
    monkeypatch.setattr(limits, "MAX_START", 0.3)
    (tmp_path / "sitecustomize.py").write_text("import time; time.sleep(60)")
    monkeypatch.syspath_prepend(tmp_path)
    assert reason(converter, PAGE) == "the process that reads files cannot be started (it takes too long)"


def test_what_a_library_prints_does_not_come_between_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converter: Converter
) -> None:
    made = "return Made('an article', ('n',), 'words')"
    started_with(monkeypatch, tmp_path, f"import os; os.write(1, b'careful'); print('now'); {made}")
    assert converter.make_article(PAGE, ".html", Origin("a")) == Made("an article", ("n",), "words")


def test_a_process_that_took_much_memory_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    head: child.Head = {"size": len(PAGE), "kind": ".html", "name": "a", "address": "", "charset": "", "today": ""}
    monkeypatch.setattr(child, "_most_memory", lambda: 400_000_000)
    assert child.make_next(head, BytesIO(PAGE))[1] is False
    monkeypatch.setattr(child, "_most_memory", lambda: 600_000_000)
    answer, last = child.make_next(head, BytesIO(PAGE))
    assert ("article" in answer, last) == (True, True)


def test_a_large_process_that_starts_it_is_not_counted_as_its_memory() -> None:
    code = (
        "import subprocess, sys; large = bytearray(b'x') * 600_000_000\n"
        "print('child', subprocess.run([sys.executable, '-c', "
        "'from wellread.importing import child; print(child._most_memory())'], capture_output=True).stdout.decode())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert 0 <= int(said.split()[1]) < 200_000_000


def test_the_limit_of_computing_counts_from_each_file_on(monkeypatch: pytest.MonkeyPatch) -> None:
    used, limited = SimpleNamespace(ru_utime=7.6, ru_stime=0.9), []
    monkeypatch.setattr(resource, "getrusage", lambda who: used)
    monkeypatch.setattr(resource, "setrlimit", lambda kind, until: limited.append((kind, until[0])))
    child._limit_time()
    assert limited == [(resource.RLIMIT_CPU, 29)]  # 8.5 s used, rounded up to 9, and 20 more


def test_a_process_that_computes_too_long_ends_with_the_signal_that_says_so() -> None:
    code = (
        "from wellread.importing import child, limits\nlimits.MAX_CPU_SECONDS = 0\n"
        "child._limit_time()\nwhile True: pass"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == -signal.SIGXCPU


def test_ctrl_c_ends_the_process_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, converter: Converter) -> None:
    named = tmp_path / "pid"
    code = (
        f"import os, signal, time; open({str(named)!r}, 'w').write(str(os.getpid()));"
        " os.kill(os.getppid(), signal.SIGINT); time.sleep(60)"
    )
    started_with(monkeypatch, tmp_path, code)
    with pytest.raises(KeyboardInterrupt):
        converter.make_article(PAGE, ".html", Origin("a"))
    assert converter._child is None
    with pytest.raises(ChildProcessError):
        os.waitpid(int(named.read_text()), os.WNOHANG)
