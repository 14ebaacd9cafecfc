"""The files of an index: of the generation being served, or of another, with those of its segments."""

from __future__ import annotations

from pathlib import Path

from wellread.index.layout import MANIFEST, current_generation, generation_folder, segment_folder
from wellread.index.manifest import read_manifest


def index_files(index: Path, generation: str = "") -> list[Path]:
    """The manifest of a generation, and the files of its segments."""
    folder = generation_folder(index, generation or current_generation(index))
    segments = read_manifest(folder, "").segments
    return [folder / MANIFEST, *(segment_folder(index, one.name) / name for one in segments for name in one.files)]


def index_file(index: Path, name: str, generation: str = "") -> Path:
    """The manifest of a generation, or the file of that name of its first segment."""
    return next(file for file in index_files(index, generation) if file.name == name)
