"""Open readers: files of a generation are damaged in place under a reader that answers from them."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from itertools import cycle, islice, product
from pathlib import Path

import pytest
from index_files import index_files

from torture.library import TOPICS, open_small, publish_version
from torture.promises import Outcome, in_time
from wellread.datatypes import Answer
from wellread.errors import IndexDamaged
from wellread.search.searcher import Searcher

PROMISE = "A page that is open answers from what was published, or says that it cannot"
SECONDS = 90

DAMAGES = 400
LONGEST = 80.0
"""Seconds after which nothing more is damaged."""

QUESTIONS = tuple(f"what {words} {topic}?" for topic in TOPICS for words in ("causes", "helps against"))


def _zero(file: Path, chance: random.Random) -> None:
    _write(file, 0, bytes(file.stat().st_size))


def _cut_off(file: Path, chance: random.Random) -> None:
    os.truncate(file, 0)


def _cut_short(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def _overwrite(file: Path, chance: random.Random) -> None:
    start = chance.randrange(file.stat().st_size)
    _write(file, start, chance.randbytes(min(4096, file.stat().st_size - start)))


def _bit(file: Path, chance: random.Random) -> None:
    start = chance.randrange(file.stat().st_size)
    _write(file, start, bytes([file.read_bytes()[start] ^ 1 << chance.randrange(8)]))


def _double(file: Path, chance: random.Random) -> None:
    _write(file, file.stat().st_size, file.read_bytes())


def _replace(file: Path, chance: random.Random) -> None:
    other = file.with_suffix(".other")
    other.write_bytes(chance.randbytes(file.stat().st_size))
    other.replace(file)


def _delete(file: Path, chance: random.Random) -> None:
    file.unlink()


KINDS: tuple[Callable[[Path, random.Random], None], ...] = (
    _zero, _cut_off, _cut_short, _overwrite, _bit, _double, _replace, _delete
)  # fmt: skip


def torture(folder: Path) -> Outcome:
    """Damage every file in every way, read from memory and from the disk, before the first question and later."""
    counts, faults = damage_readers(folder, DAMAGES)
    return Outcome(
        f"{counts['damages']} damages in place of the files under a reader: zeros, other bytes, cut short, deleted;"
        f" then {len(QUESTIONS)} questions each",
        f"{counts['same']} right answers, {counts['refused']} refusals, {len(faults)} others, no process ended",
        (*faults, *(() if counts["refused"] and counts["same"] else ("it was never refused, or never answered",))),
    )


def damage_readers(folder: Path, damages: int) -> tuple[dict[str, int], list[str]]:
    """Damage files so many times; gives counts, and what is wrong."""
    index = folder / "index"
    publish_version(folder / "kb", index, 0)
    whole = folder / "whole"
    shutil.copytree(index, whole)
    expected = [open_small(index).ask(question) for question in QUESTIONS]
    files = index_files(index)
    chance = random.Random(damages)
    counts, faults = {"damages": 0, "same": 0, "refused": 0}, []
    cases = [*islice(cycle(product((0, 1 << 30), (False, True), KINDS, files)), damages)]
    for small, asked_before, kind, file in in_time(cases, LONGEST):
        shutil.rmtree(index)
        shutil.copytree(whole, index)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("wellread.index.stored.SMALL", small)
            searcher = open_small(index)
            if asked_before:
                searcher.ask(QUESTIONS[-1])
            kind(file, chance)
            counts["damages"] += 1
            for question, right in zip(QUESTIONS, expected, strict=True):
                found = _answer(searcher, question)
                if found == right:
                    counts["same"] += 1
                elif found is None:
                    counts["refused"] += 1
                else:
                    faults.append(f"{file.name}, {kind.__name__}, small {small}: {question} gave {found}")
    return counts, faults


def _answer(searcher: Searcher, question: str) -> Answer | str | None:
    """An answer; None where it was refused; what was raised otherwise."""
    try:
        return searcher.ask(question)
    except IndexDamaged:
        return None
    except Exception as error:
        return repr(error)


def _write(file: Path, start: int, written: bytes) -> None:
    with file.open("r+b") as stream:
        stream.seek(start)
        stream.write(written)
