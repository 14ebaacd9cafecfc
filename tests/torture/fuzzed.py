"""Gives one reader inputs that atheris makes up, led by the lines that each one reaches: started by `fuzzing.py`.

`python -m torture.fuzzed NAME FOLDER OPTION …`; the options are libFuzzer's. The first surprise ends it, told on
standard error.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import atheris

from wellread.errors import WellreadError


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    with atheris.instrument_imports(include=["wellread"]):
        from torture.readers import readings
    work, seeds = folder / "work", folder / "seeds"
    work.mkdir()
    seeds.mkdir()
    reading = next(reading for reading in readings(work) if reading.name == name)
    for number, seed in enumerate(reading.seeds):
        (seeds / str(number)).write_bytes(seed)

    def survive(data: bytes) -> None:
        with suppress(WellreadError):
            reading.read(data)

    atheris.Setup([sys.argv[0], *sys.argv[3:], str(seeds)], survive)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
