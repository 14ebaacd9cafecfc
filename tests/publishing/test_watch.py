"""Watching: what counts as a save, when it is told, and the command that goes on whatever is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.index.generation import current_generation
from wellread.publishing.watch import saves, snapshot

TEXT = "# Cramps\n\n## Causes\n\nCold water.\n"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "cramps.md").write_text(TEXT)
    return folder


class TestASnapshot:
    def test_names_every_file_that_is_not_hidden(self, kb: Path) -> None:
        for name in ("heart/failure.md", "heart/deep/er.txt", ".git/index", ".hidden.md", "heart/.swap.md"):
            (kb / name).parent.mkdir(parents=True, exist_ok=True)
            (kb / name).write_text("x")
        assert sorted(snapshot(kb)) == [
            str(kb / name) for name in ("cramps.md", "heart/deep/er.txt", "heart/failure.md")
        ]

    def test_of_a_file_left_alone_stays_the_same(self, kb: Path) -> None:
        before = snapshot(kb)
        (kb / "cramps.md").read_text()
        assert snapshot(kb) == before

    def test_changes_with_size_time_or_another_file_in_the_place(self, kb: Path) -> None:
        file = kb / "cramps.md"
        status = file.stat()
        seen = [snapshot(kb)]
        file.write_text(TEXT + "More.\n")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        seen.append(snapshot(kb))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
        seen.append(snapshot(kb))
        other = kb.parent / "other.md"
        other.write_text(TEXT + "More.\n")
        os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
        other.replace(file)
        seen.append(snapshot(kb))
        assert all(seen[number] != seen[number + 1] for number in range(3))

    def test_passes_over_a_link_that_leads_nowhere(self, kb: Path) -> None:
        (kb / "lost.md").symlink_to(kb / "gone.md")
        assert list(snapshot(kb)) == [str(kb / "cramps.md")]

    def test_of_a_folder_that_is_not_there_is_empty(self, tmp_path: Path) -> None:
        assert snapshot(tmp_path / "nowhere") == {}


class Clock:
    """Stands for time.sleep: each time somebody sleeps, the next thing on the list happens."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *happens: Callable[[], object] | None) -> None:
        self.slept: list[float] = []
        self._happens = iter(happens)
        monkeypatch.setattr("wellread.publishing.watch.time.sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        happening = next(self._happens)
        if happening:
            happening()


class TestASave:
    def test_is_told_once_it_is_over(self, kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def write(text: str) -> Callable[[], object]:
            return lambda: (kb / "flu.md").write_text(text)

        # Two quiet looks; a file in three pieces; a look at which all is still.
        clock = Clock(monkeypatch, None, None, write("# F"), write("# Flu"), write("# Flu\n\nFever."), None)
        next(saves(kb, 0.01))
        assert clock.slept == [0.01] * 6

    @pytest.mark.parametrize(
        "happens",
        [
            lambda kb: (kb / "cramps.md").write_text("# Cramps\n\nHot water."),
            lambda kb: (kb / "cramps.md").unlink(),
            lambda kb: (kb / "cramps.md").rename(kb / "legs.md"),
            lambda kb: (kb / "heart").mkdir() or (kb / "heart" / "one.md").write_text("# One"),
        ],
        ids=["changed", "deleted", "renamed", "in a new folder"],
    )
    def test_is_any_change_of_the_files(
        self, kb: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], object]
    ) -> None:
        clock = Clock(monkeypatch, lambda: happens(kb), None)
        next(saves(kb, 0.01))
        assert len(clock.slept) == 2

    def test_is_not_what_is_hidden(self, kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = Clock(monkeypatch, lambda: (kb / ".cramps.md.swp").write_text("x"), lambda: (kb / "a.md").touch(), None)
        next(saves(kb, 0.01))
        assert len(clock.slept) == 3

    def test_made_before_the_first_wait_is_told(self, kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        changes = saves(kb, 0.01)
        (kb / "cramps.md").write_text("# Cramps\n\nHot water.")
        clock = Clock(monkeypatch, None, None)
        next(changes)
        assert len(clock.slept) == 2

    def test_made_while_the_last_one_was_being_published_is_told(
        self, kb: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = Clock(monkeypatch, lambda: (kb / "a.md").write_text("one"), None, None, None)
        changes = saves(kb, 0.01)
        next(changes)
        assert len(clock.slept) == 2
        (kb / "a.md").write_text("another")  # while the caller publishes
        next(changes)
        assert len(clock.slept) == 4

    def test_is_told_once(self, kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Clock(monkeypatch, lambda: (kb / "a.md").write_text("one"), None, None, None, None)
        changes = saves(kb, 0.01)
        next(changes)
        with pytest.raises(RuntimeError, match="StopIteration"):  # the list is at its end: three looks told nothing
            next(changes)

    def test_in_a_folder_that_comes_later_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def come() -> None:
            (tmp_path / "late").mkdir()
            (tmp_path / "late" / "one.md").write_text("# One")

        clock = Clock(monkeypatch, None, come, None)
        next(saves(tmp_path / "late", 0.01))
        assert len(clock.slept) == 3


WATCH = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
sys.path[:0] = [".", "tests"]
import ingest, wellread.publishing.watch
from conftest import HashEncoder
ingest._encoder = lambda options: HashEncoder()
ingest.saves = lambda kb: wellread.publishing.watch.saves(kb, 0.02)
sys.exit(ingest.main(["--watch", "--kb", sys.argv[1], "--index", sys.argv[2], *sys.argv[3:]]))
"""


@pytest.fixture
def watching(kb: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command at work, with the small model; its lines and its errors come out together, as they are printed."""
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, str(kb), str(tmp_path / "index")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.timeout(60)
def test_the_command_publishes_at_every_save_until_it_is_interrupted(
    watching: subprocess.Popen[str], kb: Path, tmp_path: Path
) -> None:
    out = watching.stdout
    assert out is not None
    ready = f"Watching {kb}; Ctrl-C ends it.\n"

    def told() -> list[str]:
        """What is printed up to the next wait."""
        lines = list(iter(out.readline, ready))
        assert "" not in lines, "the command ended"
        return [line.rstrip("\n") for line in lines]

    def save(name: str, text: str) -> None:
        """Save as editors do: into another file, which then takes the article's place."""
        (kb / f".{name}").write_text(text)
        (kb / f".{name}").replace(kb / name)

    generations = []
    lines = told()
    generations.append(current_generation(tmp_path / "index"))
    assert lines[0] == "added      cramps"
    assert lines[-1].startswith(f"Generation {generations[-1]} is being served (")

    save("flu.md", "# Flu\n\n## Signs\n\nFever.\n")
    lines = told()
    generations.append(current_generation(tmp_path / "index"))
    assert lines[0] == "added      flu"
    assert lines[-1].startswith(f"Generation {generations[-1]} is being served (")

    save("flu.md", " \n")
    lines = told()
    assert lines == [
        "ingest.py: 1 article cannot be read; nothing was published:",
        "flu.md: the file is empty",
        "    write the article, or delete the file",
    ]
    assert current_generation(tmp_path / "index") == generations[-1]

    save("flu.md", "# Flu\n\n## Signs\n\nFever. Cough.\n")
    lines = told()
    generations.append(current_generation(tmp_path / "index"))
    assert lines[0] == "changed    flu"
    # New are "Signs: Cough." and the passage that it stands in; the others are "Signs: Fever." and "Signs", and the
    # passage on cramps with its sentence and its heading.
    assert "texts      2 embedded, 5 reused" in lines
    assert len(set(generations)) == 3

    os.kill(watching.pid, signal.SIGINT)
    assert out.read() == ""
    assert watching.wait(60) == 0
