"""The layout of an index on disk: the only module that knows the names of its files and folders."""

from __future__ import annotations

import re
from pathlib import Path

from wellread.commands import ingest_command
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import names_in, read_bounded

DATABASE = "passages.sqlite"
"""Of a segment: articles, passages, sentences and terms."""

ARRAYS = "arrays.safetensors"
"""Of a segment: vectors, tokens, and which passages each term stands in."""

MANIFEST = "manifest.json"
"""Of a generation: which segments it has, and what seals their files."""

GENERATION_ID = re.compile(r"[0-9a-f]{16}")
"""The form of the names of generations, and of segments."""

_MAX_CURRENT = 100
"""Bytes of the file that names the generation being served, at most: it has 17."""

TEMPORARY = ".tmp"
"""Ends the name of what is being written: it takes its place when it is whole."""


def current_file(index: Path) -> Path:
    """The file that names the generation being served."""
    return index / "CURRENT"


def generations_folder(index: Path) -> Path:
    """Where all generations stand."""
    return index / "generations"


def generation_folder(index: Path, generation: str) -> Path:
    """Where a generation's files stand."""
    return generations_folder(index) / generation


def segments_folder(index: Path) -> Path:
    """Where the segments of all generations stand."""
    return index / "segments"


def segment_folder(index: Path, segment: str) -> Path:
    """Where a segment's files stand."""
    return segments_folder(index) / segment


def temporary(path: Path) -> Path:
    """Where a file or folder of an index is written before it takes its place."""
    return path.with_name(f"{path.name}{TEMPORARY}")


def unfinished(index: Path) -> list[Path]:
    """What is being written into an index folder, or was left by a process that was ended."""
    folders = (generations_folder(index), segments_folder(index), index)
    return sorted(folder / name for folder in folders for name in names_in(folder) if name.endswith(TEMPORARY))


def vector_cache_file(index: Path) -> Path:
    """The vectors of texts that were embedded before."""
    return index / "vectors.sqlite"


def verified_file(index: Path) -> Path:
    """Which files were verified, and what the disk said of them then."""
    return index / "verified.json"


def history_file(index: Path) -> Path:
    """What was served when."""
    return index / "history.jsonl"


def lock_file(index: Path) -> Path:
    """What the one process that publishes holds."""
    return index / "lock"


def lock_holder_file(index: Path) -> Path:
    """Which process that is, and since when."""
    return index / "lock.json"


def calibrations_folder(index: Path) -> Path:
    """What was fitted for models other than the built-in one."""
    return index / "calibrations"


def insights_file(index: Path) -> Path:
    """What readers could not find, where a library counts it: in a folder of its own, into which the page writes."""
    return index / "insights" / "insights.sqlite"


def evaluation_folder(index: Path) -> Path:
    """What evaluations wrote, and the indexes that they made."""
    return index / "evaluation"


def current_generation(index: Path) -> str:
    """Read which generation is being served.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: its CURRENT is not one line with the id of a generation.
    """
    try:
        name = read_bounded(current_file(index), _MAX_CURRENT).decode("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing("there is no index here yet", f"build it: {ingest_command(index)}", where=index) from None
    except (OSError, ValueError) as error:
        raise IndexDamaged(
            f"cannot be read ({error})", f"rebuild it: {ingest_command(index)}", where=current_file(index)
        ) from error
    if not GENERATION_ID.fullmatch(name):
        raise IndexDamaged("names no generation", f"rebuild it: {ingest_command(index)}", where=current_file(index))
    return name
