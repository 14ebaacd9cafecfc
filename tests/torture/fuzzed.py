"""Gives readers inputs that atheris makes up, led by the lines that each one reaches: started by `fuzzing.py`.

`python -m torture.fuzzed FOLDER NAMES OPTION …`; the names stand between semicolons, the options are libFuzzer's. Each
reader gets a process, which its first surprise ends, and a file of what libFuzzer says, by its place among the names.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import atheris

from wellread.errors import WellreadError

with atheris.instrument_imports(include=["wellread"]):  # once for all: it takes seconds
    from torture.readers import readings


def main(folder: Path, names: list[str], options: list[str]) -> None:
    """Fuzz one reader after the other."""
    for number, name in enumerate(names):
        child = os.fork()
        if child == 0:
            with (folder / f"{number}.log").open("wb") as log:
                os.dup2(log.fileno(), sys.stderr.fileno())
            place = folder / str(number)
            place.mkdir()
            fuzz(name, place, options)
        os.waitpid(child, 0)


def fuzz(name: str, folder: Path, options: list[str]) -> None:
    """Fuzz a reader; never returns, for libFuzzer ends the process."""
    work, seeds = folder / "work", folder / "seeds"
    work.mkdir()
    seeds.mkdir()
    reading = next(reading for reading in readings(work) if reading.name == name)
    for number, seed in enumerate(reading.seeds):
        (seeds / str(number)).write_bytes(seed)

    def survive(data: bytes) -> None:
        with suppress(WellreadError):
            reading.read(data)

    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", str(seeds)], survive)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(";"), sys.argv[3:])
