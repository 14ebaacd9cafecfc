"""Damage before opening: bits, lengths, swaps, deletions and links in every file of an index."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from index_files import index_files

from torture.library import TOPICS, open_small, publish_version
from torture.promises import Outcome, in_time
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.layout import current_file

PROMISE = "What is loaded is what was written"
SECONDS = 240

DAMAGES = 6_000
QUESTIONS = tuple(f"what helps against {topic}?" for topic in TOPICS)

Damage = Callable[[Path, Path, random.Random], None]
"""Damages a file; another file of the index stands by."""


def _bit(file: Path, other: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def _short(file: Path, other: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(len(data))])


def _long(file: Path, other: Path, chance: random.Random) -> None:
    with file.open("ab") as stream:
        stream.write(chance.randbytes(chance.randrange(1, 4096)))


def _zeros(file: Path, other: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.randrange(1, 4096))
    data[start:stop] = bytes(stop - start)
    file.write_bytes(data)


def _swap(file: Path, other: Path, chance: random.Random) -> None:
    mine, theirs = file.read_bytes(), other.read_bytes()
    file.write_bytes(theirs)
    other.write_bytes(mine)


def _delete(file: Path, other: Path, chance: random.Random) -> None:
    file.unlink()


def _link(file: Path, other: Path, chance: random.Random) -> None:
    file.unlink()
    file.symlink_to(other)


def _folder(file: Path, other: Path, chance: random.Random) -> None:
    file.unlink()
    file.mkdir()


KINDS: tuple[tuple[Damage, int], ...] = (
    (_bit, 8), (_short, 4), (_long, 2), (_zeros, 4), (_swap, 1), (_delete, 1), (_link, 1), (_folder, 1)
)  # fmt: skip
"""Each with how often it is chosen."""


def torture(folder: Path) -> Outcome:
    """Damage copies of an index, one after the other, and open each."""
    counts, faults = damage(folder, DAMAGES)
    done = sum(counts.values()) + len(faults)
    blind = () if counts["refused"] > DAMAGES // 2 else ("damage was hardly ever met",)
    return Outcome(
        f"{done:,} bits, lengths, zeros, swaps, deletions and links, in every file of an index",
        f"{counts['refused']:,} refused, {counts['same']:,} without effect and answered as before,"
        f" {len(faults)} wrong answers or tracebacks",
        (*faults, *blind),
    )


def damage(folder: Path, damages: int) -> tuple[dict[str, int], list[str]]:
    """Damage an index so many times; gives how often it was refused or answered the same, and what is wrong."""
    index = folder / "index"
    publish_version(folder / "kb", index, 1)
    publish_version(folder / "kb", index, 2)
    whole = folder / "whole"
    shutil.copytree(index, whole)
    expected = [open_small(index).ask(question) for question in QUESTIONS]
    files = [current_file(index), *index_files(index)]
    others = sorted(
        file for name in ("generations", "segments") for file in (index / name).rglob("*") if file.is_file()
    )
    chance = random.Random(damages)
    counts, faults = {"same": 0, "refused": 0}, []
    kinds = [kind for kind, often in KINDS for _ in range(often)]
    for number in in_time(range(damages), SECONDS):
        kind, file, other = kinds[number // len(files) % len(kinds)], files[number % len(files)], chance.choice(others)
        kind(file, other, chance)
        try:
            searcher = open_small(index)
            found = [searcher.ask(question) for question in QUESTIONS]
            counts["same"] += found == expected
            if found != expected:
                faults.append(f"{file.name}, {kind.__name__} with {other.name}: another answer")
        except (IndexDamaged, IndexMissing):
            counts["refused"] += 1
        except Exception as error:
            faults.append(f"{file.name}, {kind.__name__} with {other.name}: {error!r}")
        for broken in {file, other}:
            _mend(broken, whole / broken.relative_to(index))
    return counts, faults


def _mend(file: Path, whole: Path) -> None:
    if file.is_dir() and not file.is_symlink():
        file.rmdir()
    file.unlink(missing_ok=True)
    shutil.copy2(whole, file)
