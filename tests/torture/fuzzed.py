"""Gives readers inputs that atheris makes up, led by the lines that each one reaches: started by `fuzzing.py`.

`python -m torture.fuzzed FOLDER TURNS OPTION …`; the turns are a JSON object of readers' names and of how many inputs
each gets, the options are libFuzzer's. Each reader gets a process, which its first surprise ends, and a folder of its
own: `log` is what libFuzzer says, `found` the inputs that reached something new, with which the next run begins.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import atheris

from wellread.errors import WellreadError

with atheris.instrument_imports(include=["wellread"]):  # once for all: it takes seconds
    from torture.readers import Reading, readings

SLOWEST = 2.0
"""Seconds of computing that an input may take."""

PIECE = 240
"""Bytes of a seed, about: an article of 6,000 takes ten times as long, and reaches little more."""

SEEDING = 4.0
"""Seconds in which seeds are tried before libFuzzer's time begins: a busy machine begins with fewer of them, and what
the first input alone takes, such as the loading of a model, is behind it."""

PIECES = 120
"""Seeds of a reader at most, by chance: all pieces of 65 articles would take the time of a short run."""


def main(folder: Path, turns: dict[str, int], options: list[str]) -> None:
    """Fuzz one reader after the other."""
    for name, runs in turns.items():
        place = folder / name
        (place / "found").mkdir(parents=True, exist_ok=True)
        child = os.fork()
        if child == 0:
            with (place / "log").open("wb") as log:
                os.dup2(log.fileno(), sys.stderr.fileno())
                os.dup2(log.fileno(), sys.stdout.fileno())  # where atheris says what was raised
            with tempfile.TemporaryDirectory(dir=folder) as work:
                fuzz(name, place, Path(work), runs, options)
        os.waitpid(child, 0)


def fuzz(name: str, place: Path, work: Path, runs: int, options: list[str]) -> None:
    """Fuzz a reader with so many inputs besides those that are known; never returns, for libFuzzer ends the process."""
    reading = next(reading for reading in readings(work) if reading.name == name)
    seeds = work / "seeds"
    seeds.mkdir()

    def survive(data: bytes) -> None:
        began = time.process_time()
        with suppress(WellreadError):
            reading.read(data)
        took = time.process_time() - began
        if took > SLOWEST:
            raise TimeoutError(f"{took:.1f} s of computing for {len(data)} bytes that begin {data[:200]!r}")

    ends = time.monotonic() + SEEDING
    for number, seed in enumerate(seeds_of(reading)):
        if number and time.monotonic() > ends:
            break
        survive(seed)
        (seeds / str(number)).write_bytes(seed)
    found = place / "found"
    known = sum(len(list(folder.iterdir())) for folder in (found, seeds)) + 1  # libFuzzer begins with an empty one
    own = [f"-runs={known + runs}", f"-artifact_prefix={place}/", str(found), str(seeds)]
    atheris.Setup([sys.argv[0], *options, *own], survive)
    atheris.Fuzz()


def seeds_of(reading: Reading) -> list[bytes]:
    """What the reader usually gets, texts in pieces that begin with a line; of many pieces some, the same each time."""
    pieces = [piece for seed in reading.seeds for piece in (pieces_of(seed) if _is_text(seed) else [seed])]
    return random.Random(reading.name).sample(pieces, min(PIECES, len(pieces)))


def pieces_of(text: bytes) -> Iterator[bytes]:
    """Cut a text before lines, once a piece is long enough; a line is not cut."""
    piece = b""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > PIECE:
            yield piece
            piece = b""
        piece += line
    yield piece


def _is_text(data: bytes) -> bool:
    return b"\0" not in data


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:])
