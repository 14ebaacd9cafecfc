"""The manifest that seals a generation: by what it was made, what it holds, and every file's size and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wellread.articles.passages import GRAINS
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import sha256, write_durably
from wellread.index import tokens
from wellread.index.layout import DATABASE, MANIFEST, POSTINGS
from wellread.index.vectors import file_names
from wellread.text.characters import no_text

FORMAT = 5
"""Of the files of a generation; another format is rebuilt, never read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What seals a generation: by which model and code it was made, what it holds, its files' sizes and hashes."""

    generation: str
    format: int
    model: str
    fingerprint: str
    code: str
    dimension: int
    counts: dict[str, int]
    files: dict[str, dict[str, Any]]


def generation_id(digests: Mapping[str, str], fingerprint: str, code: str) -> str:
    """Name a generation by what is in it: the same articles, model and code give the same 16 digits.

    `digests` has, by article id, what `Content` has, in the order of the ids.
    """
    whole = hashlib.sha256(f"{FORMAT}\0{fingerprint}\0{code}".encode())
    for name, digest in digests.items():
        whole.update(f"\0{name}\0{digest}".encode())
    return whole.hexdigest()[:16]


def sealed_files(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The files of a generation that holds so much, but for its manifest."""
    return (DATABASE, POSTINGS, *tokens.FILES, *vector_files(counts))


def vector_files(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Those of them that hold vectors."""
    return tuple(name for grain in GRAINS for name in file_names(grain, counts[grain]))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest with its own seal, durably; raises OSError."""
    content = asdict(manifest)
    written = json.dumps({**content, "seal": _seal(content)}, indent=2) + "\n"
    write_durably(folder / MANIFEST, written.encode())


def read_manifest(folder: Path, mend: str) -> Manifest:
    """Read the manifest of the generation that a folder is named for; `mend` is the command that makes a new one.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: the manifest is not as it was written, or is another generation's.
    """
    file = folder / MANIFEST
    try:
        content = json.loads(file.read_bytes())
        if content.pop("seal") != _seal(content):
            raise ValueError("its content is not what was published")
        if content["format"] != FORMAT:
            raise ValueError(f"another version of Wellread made it: format {content['format']!r}, not {FORMAT}")
        manifest = Manifest(**content)
        _check_values(manifest)
        if {*manifest.files} != {*sealed_files(manifest.counts)}:
            raise ValueError("it seals other files than belong to what it holds")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing("there is no such generation", mend, where=folder) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise IndexDamaged(f"no manifest to go by ({error})", mend, where=file) from error
    if manifest.generation != folder.name:
        raise IndexDamaged(f"belongs to generation {manifest.generation}", mend, where=file)
    return manifest


def _check_values(manifest: Manifest) -> None:
    """Raise ValueError where a value is not of its kind: whoever sealed it, it was not this program."""
    texts = (manifest.generation, manifest.model, manifest.fingerprint, manifest.code)
    if not all(isinstance(text, str) and not no_text(text) for text in texts):
        raise ValueError("a name in it is no text")
    numbers = (*manifest.counts.values(), manifest.dimension, *(file["bytes"] for file in manifest.files.values()))
    if not all(type(number) is int and 0 <= number < 1 << 48 for number in numbers) or not manifest.dimension:
        raise ValueError("a number in it is none")
    if manifest.counts.keys() != {"articles", "texts", *GRAINS}:
        raise ValueError("it counts other things than a generation holds")


def seal_files(folder: Path, counts: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """The size and hash of every file of a generation that holds so much."""
    return {
        name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)}
        for name in sealed_files(counts)
    }


def damaged_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The sealed files that are not what was published, by name, each with what is wrong."""
    for name in sealed_files(manifest.counts):
        file, sealed = folder / name, manifest.files[name]
        try:
            size = file.stat().st_size
            if size != sealed["bytes"]:
                yield name, f"has {size} bytes, not {sealed['bytes']}"
            elif sha256(file) != sealed["sha256"]:
                yield name, "has other content than was published"
        except OSError as error:
            yield name, f"cannot be read ({error.strerror})"


def _seal(content: dict[str, Any]) -> str:
    """A hash of what a manifest says: a changed one would otherwise pass for that of another model."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
