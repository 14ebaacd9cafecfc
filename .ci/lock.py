"""Writes locks/: the hashes of all files of the releases that constraints.txt pins, to compare what pip fetches with.

usage: python .ci/lock.py   (needs uv)

What PyTorch alone needs for NVIDIA cards is left out, and so is PyTorch: its builds differ by the index that they come
from. The versions of other systems' packages, which constraints.txt does not know, are resolved here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN, DEV = ROOT / "locks" / "run.txt", ROOT / "locks" / "dev.txt"
BUILD = "hatchling\neditables"
"""What builds the package in place: installed with the others, so that pip fetches nothing for it by itself."""

OLDEST = "3.11.5"
"""The oldest Python that all packages of the checks support."""

HEAD = "# Made by `make lock` from constraints.txt: hashes of all files of each release; none of PyTorch.\n"
_CUDA = re.compile(r"torch|nvidia-.*|cuda-.*|triton")
_NAME = re.compile(r"[\w.-]+")


def resolve(*extras: str) -> dict[str, str]:
    """The requirements with their hashes as uv writes them, by name."""
    chosen = [word for extra in extras for word in ("--extra", extra)]
    words = ["pip", "compile", "pyproject.toml", "-", *chosen, "--constraints", "constraints.txt", "--universal"]
    form = ["--python-version", OLDEST, "--generate-hashes", "--no-annotate", "--no-header", "--quiet"]
    done = subprocess.run(  # noqa: S603 - no shell
        [sys.executable, "-m", "uv", *words, *form],
        input=BUILD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return {name: text for name, text in requirements(done.stdout) if not _CUDA.fullmatch(name)}


def requirements(lock: str) -> Iterator[tuple[str, str]]:
    """Each requirement of a lock, with its hashes, by name."""
    for text in re.split(r"\n(?=\w)", lock):
        if found := _NAME.match(text):
            yield found[0], text.strip() + "\n"


def main() -> None:
    """Write both files: what the checks need, beyond what is needed to run, goes into the second."""
    run = resolve()
    dev = resolve("dev")
    RUN.parent.mkdir(exist_ok=True)
    RUN.write_text(HEAD + "".join(run.values()), encoding="utf-8")
    beyond = "".join(text for name, text in dev.items() if name not in run)
    DEV.write_text(f"{HEAD}--requirement {RUN.name}\n{beyond}", encoding="utf-8")


if __name__ == "__main__":
    main()
