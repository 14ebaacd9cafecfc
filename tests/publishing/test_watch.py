"""Watching: what counts as a save, when it is told, and the command that goes on whatever is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.index.layout import current_generation
from wellread.publishing.watch import _looks, saves

TEXT = "# Cramps\n\n## Causes\n\nCold water.\n"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "cramps.md").write_text(TEXT)
    return folder


def looks(kb: Path, quiet: int = 50) -> Iterator[bool]:
    """Whether something was saved since the last look, again and again."""
    found = _looks(kb, quiet)
    next(found)
    return found


def told(found: Iterator[bool], times: int = 40) -> int:
    """How often a save is told of in so many looks, up to five looks after the first."""
    first = next((number for number in range(times) if next(found)), None)
    return 0 if first is None else 1 + sum(next(found) for _ in range(5))


class TestASave:
    @pytest.mark.parametrize(
        "happens",
        [
            lambda kb: (kb / "cramps.md").write_text("# Cramps\n\nHot water."),
            lambda kb: (kb / "cramps.md").unlink(),
            lambda kb: (kb / "cramps.md").rename(kb / "legs.md"),
            lambda kb: (kb / "heart").mkdir() or (kb / "heart" / "one.md").write_text("# One"),
            lambda kb: (kb / ".new").write_text("# Cramps") and (kb / ".new").replace(kb / "cramps.md"),
        ],
        ids=["changed", "deleted", "renamed", "in a new folder", "replaced, as editors do"],
    )
    def test_is_any_change_of_the_files_and_told_of_once(self, kb: Path, happens: Callable[[Path], object]) -> None:
        found = looks(kb)
        happens(kb)
        assert told(found) == 1

    def test_is_told_once_it_is_over(self, kb: Path) -> None:
        changes = saves(kb, 0.5)

        def write() -> None:
            for piece in ("# F", "# Flu", "# Flu\n\nFever."):
                (kb / "flu.md").write_text(piece)
                time.sleep(0.1)

        writing = threading.Thread(target=write)
        writing.start()
        next(changes)
        assert (kb / "flu.md").read_text() == "# Flu\n\nFever."
        writing.join()

    @pytest.mark.parametrize("name", [".cramps.md.swp", "cramps.md~", "#cramps.md#", ".git/index", ".heart/one.md"])
    def test_is_not_what_is_hidden_or_a_backup(self, kb: Path, name: str) -> None:
        (kb / name).parent.mkdir(exist_ok=True)
        found = looks(kb)
        (kb / name).write_text("x")
        assert told(found, 10) == 0

    def test_is_not_reading(self, kb: Path) -> None:
        found = looks(kb)
        (kb / "cramps.md").read_text()
        assert told(found, 10) == 0

    def test_in_a_folder_of_a_backups_name_is_told(self, kb: Path) -> None:
        (kb / "old~").mkdir()
        found = looks(kb)
        (kb / "old~" / "a.md").write_text("x")
        assert told(found) == 1

    def test_made_while_the_last_one_was_being_published_is_told(self, kb: Path) -> None:
        changes = saves(kb, 0.05)
        (kb / "a.md").write_text("one")
        next(changes)
        (kb / "a.md").write_text("another")  # while the caller publishes
        next(changes)

    def test_in_a_folder_that_comes_later_is_told(self, tmp_path: Path) -> None:
        folder = tmp_path / "late" / "kb"
        changes = saves(folder, 0.05)
        folder.mkdir(parents=True)
        (folder / "one.md").write_text("# One")
        next(changes)
        (folder / "two.md").write_text("# Two")
        next(changes)

    def test_is_that_another_folder_takes_the_place(self, kb: Path) -> None:
        changes = saves(kb, 0.05)
        kb.rename(kb.parent / "old")
        next(changes)
        kb.mkdir()
        next(changes)
        (kb / "a.md").write_text("# A")
        next(changes)


WATCH = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
sys.path[:0] = [".", "tests"]
import wellread.cli.watch, wellread.publishing.watch as watching
from conftest import HashEncoder
from wellread.cli.main import main
saves = watching.saves
watching.saves = lambda kb: saves(kb, 0.1)
wellread.cli.watch.encoder_of = lambda options: HashEncoder()
sys.exit(main(["watch", "--kb", sys.argv[1], "--index", sys.argv[2]]))
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
        lines: list[str] = []
        while (line := out.readline()) != ready:
            assert line, f"the command ended: {lines}"
            lines.append(line.rstrip("\n"))
        return lines

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
        "wellread: 1 article cannot be read; nothing was published:",
        "flu.md: the file is empty",
        "    write the article, or delete the file",
    ]
    assert current_generation(tmp_path / "index") == generations[-1]

    save("flu.md", "# Flu\n\n## Signs\n\nFever. Cough.\n")
    lines = told()
    generations.append(current_generation(tmp_path / "index"))
    assert lines[0] == "changed    flu"
    # New are "Cough." and the passage that it stands in; the others are "Fever.", which was a passage before, "Signs",
    # and the passage on cramps, which is its sentence too, with its heading.
    assert "texts      2 embedded, 4 reused" in lines
    assert len(set(generations)) == 3

    os.kill(watching.pid, signal.SIGINT)
    assert out.read() == ""
    assert watching.wait(60) == 0
