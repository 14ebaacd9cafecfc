"""The local engine: a generation in files on this machine, verified and opened for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain
from wellread.commands import ingest_command
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.composed import ComposedReader
from wellread.index.database import Database
from wellread.index.layout import DATABASE, current_generation, generation_folder, segment_folder
from wellread.index.manifest import read_manifest
from wellread.index.opening import open_segments, verify_segments
from wellread.index.stored import StoredFile
from wellread.index.tokens import COUNTS, StoredTokens
from wellread.index.vectors import StoredVectors, coded, open_vectors, vector_shape
from wellread.index.verified import Verified
from wellread.index.words import Words


def open_words(index: Path, generation: str) -> Words:
    """Open a generation's databases as they are, unverified: not for readers.

    Raises IndexMissing, IndexDamaged and sqlite3.Error.
    """
    manifest = read_manifest(generation_folder(index, generation), "")
    folders = [segment_folder(index, segment.name) for segment in manifest.segments]
    return Words(manifest.segments, [Database(folder / DATABASE) for folder in folders])


def open_served(index: Path, verified: Verified | None = None) -> Reader:
    """Open the generation being served; one that is replaced and removed while it is opened is no damage.

    Files that `verified` knows are not hashed.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
    """
    name = current_generation(index)
    while True:
        try:
            return Reader(index, name, verified)
        except (IndexMissing, IndexDamaged):
            before, name = name, current_generation(index)
            if name == before:
                raise


class Reader(ComposedReader):
    """A `GenerationReader` over the files of an index folder: it stays what it is whatever is published later.

    Raises:
        IndexMissing: there is no such generation.
        IndexDamaged: a file is not what the manifest says; nothing of it has been parsed.
    """

    def __init__(self, index: Path, generation: str, verified: Verified | None = None) -> None:
        folder = generation_folder(index, generation)
        self._mend = mend = f"rebuild it: {ingest_command(index)}"
        manifest = read_manifest(folder, mend)
        folders = [(segment_folder(index, segment.name), segment) for segment in manifest.segments]
        self.segments = open_segments(folders, mend, verified)
        words = Words(manifest.segments, [segment.database for segment in self.segments])
        super().__init__(manifest, words, [segment.arrays for segment in self.segments])
        try:
            self._check_shapes()
        except (ValueError, KeyError) as error:
            raise IndexDamaged(f"its files cannot be opened ({error})", mend, where=folder) from error

    def _check_shapes(self) -> None:
        """Raise ValueError or KeyError where the files, which are as they were sealed, do not belong together."""
        for opened in self.segments:
            counts, arrays = opened.segment.counts, opened.arrays
            of_passages = ("passages.sentences", "passages.lengths", COUNTS)
            rows = {"articles.passages": counts["articles"], **dict.fromkeys(of_passages, counts["passages"])}
            if any(arrays.shape(name) != (count,) for name, count in rows.items()):
                raise ValueError("articles and passages do not belong together")
            for grain in GRAINS:
                found, dimension = vector_shape(grain, arrays, coded(self.manifest.counts[grain]))
                if found != counts[grain] or (found and dimension != self.manifest.dimension):
                    raise ValueError(f"{grain} and vectors do not belong together")

    def _open_vectors(self, grain: Grain) -> StoredVectors:
        """Open the rows of a grain."""
        with_rows = [one.arrays for one in self.segments if one.segment.counts[grain]]
        return open_vectors(grain, with_rows, self.manifest.dimension, coded(self.manifest.counts[grain]))

    def _open_tokens(self) -> StoredTokens:
        """Open the tokens of passages."""
        return self._stored_tokens

    @cached_property
    def _stored_tokens(self) -> StoredTokens:
        return StoredTokens(self._arrays, self.manifest.dimension)

    def _prepare(self, rows: NDArray[np.int64]) -> None:
        """Do nothing: files are read when they are asked for."""

    def token_codes(self, row: int) -> NDArray[np.uint8]:
        """What is kept of a passage's tokens, as it stands in the file."""
        return self._stored_tokens.codes(row)

    def verify(self, rows: Collection[int] | None = None) -> None:
        """Hash the files that were taken for verified, all or those of some passages; raises IndexDamaged."""
        wanted = {*range(len(self.segments))} if rows is None else {self.words.segment_of(row) for row in rows}
        verify_segments([self.segments[number] for number in sorted(wanted)], self._mend)

    def sealed_files(self) -> Iterator[tuple[StoredFile, str]]:
        """The files of the segments, each with the SHA-256 that it was found to have."""
        for opened in self.segments:
            for name, file in opened.files.items():
                yield file, opened.segment.files[name]["sha256"]

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, what is read is what was published; otherwise what came of it is not to be used.

        Raises:
            IndexDamaged: a file was written to, cut short or cannot be read.
        """
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self._look_at_files(error)
            raise
        except Exception:
            self._look_at_files()
            raise
        self._look_at_files()

    def _look_at_files(self, met: OSError | sqlite3.Error | None = None) -> None:
        """Raise IndexDamaged where a file that is still read is not what was published; `met` gives reason to doubt."""
        for segment in self.segments:
            if damage := segment.damage(doubted=met is not None):
                raise IndexDamaged(damage[1], self._mend, where=damage[0]) from met
