"""What the documents show and the code knows: cog runs commands, and pastes what they print.

A block in a document looks so; `make docs` writes what stands below it:

    <!-- [[[cog
    from documented import Session
    session = Session()
    session.edit("Get sufficient sleep.", "Get sufficient sleep, at regular times.")
    session.show("wellread ingest --dry-run")
    ]]] -->
    <!-- [[[end]]] -->

What changes from one run to the next is masked: times, dates, and the ids of generations, which depend on the code.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wellread.cli.main import COMMANDS
from wellread.search.ranking import DEFAULT_WEIGHTS

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "neurological-spasms"
WIDTH = 100

EXAMPLE_IDS = ("40cad21cafd152ee", "1098a49af3bae8f3", "c27be05d91f6340a", "8e51d3f70b9a46c2")
"""What the ids of a session's generations are written as, in the order in which they are seen."""

MASKS = (
    (r"(?m)^.*: [\d,]+ of [\d,]+, .* left\n", ""),
    (r"\b\d+\.\d+ s\b", "1.0 s"),
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC", "2026-01-31 09:00:00 UTC"),
)
"""Progress, which slow machines print and fast ones do not; times; dates: patterns, and what is written instead."""


class Session:
    """A folder with the shipped article and its judged questions, in which commands are run one after the other."""

    def __init__(self) -> None:
        self._temporary = TemporaryDirectory(prefix="wellread-docs-")
        self.folder = Path(self._temporary.name) / "wellread"
        shutil.copytree(_published(), self.folder)
        self._ids = [(self.folder / "index" / "CURRENT").read_text(encoding="ascii").strip()]

    def edit(self, words: str, others: str, article: str = f"{ARTICLE}.txt") -> None:
        """Replace some words of an article; they must stand in it once."""
        file = self.folder / "kb" / article
        text = file.read_text(encoding="utf-8")
        if text.count(words) != 1:
            raise ValueError(f'"{words}" stands {text.count(words)} times in {article}')
        file.write_text(text.replace(words, others), encoding="utf-8")

    def write(self, article: str, content: bytes | None) -> None:
        """Write an article, or take it away."""
        file = self.folder / "kb" / article
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)

    def run(self, command: str, status: int = 0) -> str:
        """Run a command in the folder; gives what it prints, masked, and where it fails what it says of that."""
        done = _run(command, self.folder)
        if done.returncode != status:
            raise RuntimeError(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
        return self._masked(done.stdout + (done.stderr if status else ""))

    def show(self, command: str, status: int = 0, lines: int | None = None) -> None:
        """Print a command and its output as a block of Markdown; of a longer output the first `lines` and the last."""
        printed = self.run(command, status).strip().splitlines()
        if lines is not None and len(printed) > lines + 2:
            printed = [*printed[:lines], "    …", printed[-1]]
        print("```", f"$ {command}", *printed, "```", sep="\n")

    def _masked(self, text: str) -> str:
        text = text.replace(f"{self.folder}{os.sep}", "")
        for pattern, mask in MASKS:
            text = re.sub(pattern, mask, text)
        self._ids += sorted({*re.findall(r"\b[0-9a-f]{16}\b", text)} - {*self._ids})
        for number, generation in enumerate(self._ids):
            text = text.replace(generation, EXAMPLE_IDS[number])
        return "\n".join(line.rstrip() for line in text.splitlines())


def commands_table() -> None:
    """Print every command of `wellread` with what it does, as a table of Markdown."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for command in COMMANDS:
        command.add_parser(commands)
    print("| command | what it does |", "|---|---|", sep="\n")
    for action in commands._choices_actions:
        print(f"| `wellread {action.dest}` | {action.help} |")


def weights_table() -> None:
    """Print the weights that readers get, as a table of Markdown."""
    print("| setting | value |", "|---|---|", sep="\n")
    for name, value in asdict(DEFAULT_WEIGHTS).items():
        print(f"| `{name}` | {value:g} |")


@cache
def _published() -> Path:
    """A folder in which the shipped article was published; it is built once, and sessions copy it."""
    folder = Path(_SCRATCH.name)
    (folder / "kb").mkdir()
    shutil.copy(ROOT / "kb" / f"{ARTICLE}.txt", folder / "kb")
    done = _run("wellread ingest", folder)
    if done.returncode:
        raise RuntimeError(done.stderr)
    shutil.copytree(ROOT / "judgments" / ARTICLE, folder / "judgments" / ARTICLE)
    return folder


_SCRATCH = TemporaryDirectory(prefix="wellread-docs-")


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WELLREAD_")}
    return subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment | {"PATH": path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": str(WIDTH)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
