"""The manifest that seals a generation: by what it was made, its segments, and the size and hash of their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wellread.articles.passages import GRAINS
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import read_whole, write_durably
from wellread.index.layout import ARRAYS, DATABASE, GENERATION_ID, MANIFEST
from wellread.text.characters import no_text

FORMAT = 6
"""Of the files of an index; another format is rebuilt, never read."""

SEALED_FILES = (DATABASE, ARRAYS)
"""The files of a segment."""

COUNTED = ("articles", *GRAINS)


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring articles of a generation: the folder that has them, the id of the first, how much, and the files.

    `files` has the size and hash of each, by name: "bytes" and "sha256".
    """

    name: str
    first: str
    counts: dict[str, int]
    files: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What seals a generation: by which model and code it was made, and what it holds.

    `counts` has how many articles, texts and rows of each grain there are; `library_files` the texts of the files
    beside the articles that say how the library is searched, by name.
    """

    generation: str
    format: int
    model: str
    fingerprint: str
    code: str
    dimension: int
    counts: dict[str, int]
    library_files: dict[str, str]
    segments: tuple[Segment, ...]

    @property
    def size(self) -> int:
        """The bytes of its segments' files."""
        return sum(int(sealed["bytes"]) for segment in self.segments for sealed in segment.files.values())


def generation_id(digests: Mapping[str, str], fingerprint: str, code: str) -> str:
    """Name a generation by what is in it: the same articles, model and code give the same 16 digits.

    `digests` has, by article id, what `Content` has, in the order of the ids.
    """
    whole = hashlib.sha256(f"{FORMAT}\0{fingerprint}\0{code}".encode())
    for name, digest in digests.items():
        whole.update(f"\0{name}\0{digest}".encode())
    return whole.hexdigest()[:16]


def manifest_text(manifest: Manifest) -> bytes:
    """A manifest with its own seal, as it is kept."""
    content = asdict(manifest)
    return (json.dumps({**content, "seal": _seal(content)}, indent=1) + "\n").encode()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest durably; raises OSError."""
    write_durably(folder / MANIFEST, manifest_text(manifest))


def read_manifest(folder: Path, mend: str) -> Manifest:
    """Read the manifest of the generation that a folder is named for; `mend` is the command that makes a new one.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: the manifest is not as it was written, or is another generation's.
    """
    file = folder / MANIFEST
    try:
        written = read_whole(file)
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing("there is no such generation", mend, where=folder) from None
    except OSError as error:
        raise IndexDamaged(f"no manifest to go by ({error})", mend, where=file) from error
    return parse_manifest(written, folder.name, mend, str(file))


def parse_manifest(written: bytes, generation: str, mend: str, where: str) -> Manifest:
    """Read what `manifest_text` gave for a generation and was found somewhere; raises IndexDamaged."""
    try:
        content = json.loads(written)
        if content.pop("seal") != _seal(content):
            raise ValueError("its content is not what was published")
        if content["format"] != FORMAT:
            raise ValueError(f"another version of Wellread made it: format {content['format']!r}, not {FORMAT}")
        segments = tuple(Segment(**segment) for segment in content.pop("segments"))
        manifest = Manifest(**content, segments=segments)
        _check_values(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexDamaged(f"no manifest to go by ({error})", mend, where=where) from error
    if manifest.generation != generation:
        raise IndexDamaged(f"belongs to generation {manifest.generation}", mend, where=where)
    return manifest


def segments_named(folder: Path) -> set[str] | None:
    """The segments of the generation in a folder; none of one in another format; None where that cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        content = json.loads(read_whole(folder / MANIFEST))
        if content.pop("seal") == _seal(content):
            return {segment["name"] for segment in content["segments"]} if content["format"] == FORMAT else set()
    return None


def _check_values(manifest: Manifest) -> None:
    """Raise ValueError where a value is not of its kind: whoever sealed it, it was not this program."""
    segments = manifest.segments
    texts = [manifest.generation, manifest.model, manifest.fingerprint, manifest.code]
    texts += [*manifest.library_files, *(segment.first for segment in segments)]
    if not all(isinstance(text, str) and not no_text(text) for text in texts):
        raise ValueError("a name in it is no text")
    if not all(isinstance(text, str) for text in manifest.library_files.values()):
        raise ValueError("a library file in it is no text")
    sealed = [file["bytes"] for segment in segments for file in segment.files.values()]
    counted = [count for counts in (manifest.counts, *(one.counts for one in segments)) for count in counts.values()]
    numbers = (*counted, manifest.dimension, *sealed)
    if not all(type(number) is int and 0 <= number < 1 << 48 for number in numbers) or not manifest.dimension:
        raise ValueError("a number in it is none")
    if manifest.counts.keys() != {*COUNTED, "texts"} or any({*one.counts} != {*COUNTED} for one in segments):
        raise ValueError("it counts other things than a generation holds")
    if any(manifest.counts[what] != sum(segment.counts[what] for segment in segments) for what in COUNTED):
        raise ValueError("its segments hold something else than it counts")
    if any({*segment.files} != {*SEALED_FILES} for segment in segments):
        raise ValueError("it seals other files than belong to what it holds")
    if not all(GENERATION_ID.fullmatch(segment.name) for segment in segments):
        raise ValueError("a segment in it has no name")


def _seal(content: dict[str, Any]) -> str:
    """A hash of what a manifest says: a changed one would otherwise pass for that of another model."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
