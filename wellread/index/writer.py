"""Writes a generation's files: words into SQLite, postings and vectors into mapped files, and the manifest last."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain, embedded_texts
from wellread.encoders.sentence_transformer import Vectors
from wellread.index.database import Content, DatabaseWriter
from wellread.index.layout import DATABASE, POSTINGS
from wellread.index.manifest import FORMAT, Manifest, seal_files, write_manifest
from wellread.index.tokens import TokenWriter
from wellread.index.vectors import VectorWriter


@dataclass(frozen=True, slots=True)
class GenerationSpec:
    """What is known of a generation before it is written: its id, by what it is made, and the rows of each grain.

    `library_files` are the texts of the files beside the articles that say how the library is searched, by name.
    """

    generation: str
    model: str
    fingerprint: str
    code: str
    sizes: Mapping[Grain, int]
    library_files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Embedded:
    """An article's vectors, a unit row for each text of each grain, and the token codes of its passages."""

    vectors: Mapping[Grain, Vectors]
    tokens: Sequence[NDArray[np.uint8]]


def write_generation(folder: Path, spec: GenerationSpec, entries: Iterable[tuple[Content, Embedded]]) -> Manifest:
    """Write a generation's files into an empty folder, durably; the manifest comes last.

    Each article comes with a unit row for each of its passages, for each passage's heading, and for each sentence of
    each passage, in order, and with the token codes of each passage. Nothing but the short codes of vectors is kept in
    memory. The same arguments give the same bytes.

    Raises:
        ValueError: other rows came than the spec announces.
        OSError, sqlite3.Error: the disk refused.
    """
    texts = array("q")  # hashes, to count the different ones
    with ExitStack() as files:
        words = files.enter_context(DatabaseWriter(folder / DATABASE, folder / POSTINGS))
        words.add_library_files(spec.library_files)
        tokens = files.enter_context(TokenWriter(folder))
        writers: dict[Grain, VectorWriter] = {}
        dimension = 1
        for content, embedded in entries:
            vectors = embedded.vectors
            words.add(content)
            for codes in embedded.tokens:
                tokens.add(codes)
            if not content.passages:  # a document without a word, which has no vector and so no dimension either
                continue
            texts.extend(hash(text) for grain in embedded_texts(content.passages).values() for text in grain)
            if not writers:
                dimension = vectors["passages"].shape[1]
                writers = _writers(files, folder, spec.sizes, dimension)
            for grain in GRAINS:
                writers[grain].add(vectors[grain])
        words.close()
        tokens.close()
        for grain, writer in (writers or _writers(files, folder, spec.sizes, dimension)).items():
            if writer.count != spec.sizes[grain]:
                raise ValueError(f"{grain}: {spec.sizes[grain]} vectors were announced, {writer.count} came")
            writer.close()
    counts = {**words.counts, "headings": words.counts["passages"], "texts": len(np.unique(texts))}
    if tokens.count != counts["passages"] or any(counts[grain] != spec.sizes[grain] for grain in GRAINS):
        raise ValueError(f"vectors for {dict(spec.sizes)} came with words for {counts}")
    manifest = Manifest(
        spec.generation, FORMAT, spec.model, spec.fingerprint, spec.code, dimension, counts, seal_files(folder, counts)
    )
    write_manifest(folder, manifest)
    return manifest


def _writers(files: ExitStack, folder: Path, sizes: Mapping[Grain, int], dimension: int) -> dict[Grain, VectorWriter]:
    return {grain: files.enter_context(VectorWriter(folder, grain, sizes[grain], dimension)) for grain in GRAINS}
