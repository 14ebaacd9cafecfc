"""Checks the generation being served: whether it is whole, and made of these articles by this model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wellread.articles.library import Library
from wellread.articles.passages import GRAINS
from wellread.doctor.checks import Check, Fault, Places, find, look, remove, standing
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.arrays import StoredArrays
from wellread.index.layout import ARRAYS, DATABASE, current_generation, generation_folder, segment_folder
from wellread.index.manifest import Manifest, Segment, read_manifest
from wellread.index.opening import damaged_files
from wellread.index.reader import Reader, open_words
from wellread.index.stored import StoredFile
from wellread.index.vectors import BLOCK, coded, open_vectors, vector_shape
from wellread.publishing.library_files import read_library_files
from wellread.publishing.standby import stand_ins

NAMED = 5
"""Articles that one check names, at most."""


@dataclass(frozen=True, slots=True)
class Served:
    """What could be learnt of the generation being served; `sound` has its segments whose files are as sealed."""

    index: Path
    manifest: Manifest
    sound: tuple[Segment, ...]

    @property
    def whole(self) -> bool:
        """Whether all of it is as it was published."""
        return self.sound == self.manifest.segments

    def file(self, segment: Segment, name: str) -> Path:
        """Where a file of a segment stands."""
        return segment_folder(self.index, segment.name) / name


def examine_index(places: Places) -> tuple[tuple[Check, ...], Served | None]:
    """Look at the generation being served: its name, its manifest, its files, its words and its vectors.

    A check that has nothing to look at, because an earlier one failed, is left out.
    """
    current, folder = find("index", lambda: _current(places), places.ingest)
    if folder is None:
        return (current,), None
    sealed, manifest = find("manifest", lambda: _manifest(places, folder), places.ingest)
    if manifest is None:
        return (current, sealed, *_stand_in(places, folder.name)), None
    wrong = {one.name: damaged_files(segment_folder(places.index, one.name), one) for one in manifest.segments}
    damage = [f"{file}: {reason}" for found in wrong.values() for file, reason in found]
    served = Served(places.index, manifest, tuple(one for one in manifest.segments if not wrong[one.name]))
    files = look("files", lambda: _files(places, manifest, damage), places.ingest)
    stand_in = _stand_in(places, folder.name) if damage else ()
    return (current, sealed, files, *stand_in, *_contents(places, served)), served


def _contents(places: Places, served: Served) -> Iterator[Check]:
    """What stands in the segments, of those that are as they were published."""
    if served.sound or served.whole:
        yield look("words", lambda: _words(places, served), places.ingest)
        yield look("vectors", lambda: _vectors(places, served), places.ingest)


def _stand_in(places: Places, damaged: str) -> Iterator[Check]:
    """Which generation answers on the page in place of a damaged one, if there is one."""
    for name in stand_ins(places.index):
        with suppress(IndexMissing, IndexDamaged):
            if name != damaged:
                Reader(places.index, name)
                said = f"generation {name}, which was served before, answers on the page until the next publication"
                yield Check("meanwhile", True, said)
                return


def compare_articles(places: Places, library: Library, served: Served) -> str:
    """Compare the articles, settings and glossary on disk with those that were published; raises Fault."""
    words = open_words(served.index, served.manifest.generation)
    published = {article.id: (article.file, article.sha256) for article in words.articles()}
    beside = served.manifest.library_files
    present = {article.id: (article.file, article.sha256) for article in library.articles}
    changed = [name for name in present.keys() & published.keys() if present[name] != published[name]]
    new = present.keys() - published.keys()
    gone = published.keys() - present.keys()
    if not (changed or new or gone):
        if read_library_files(places.kb).texts != beside:
            raise Fault("the settings or the glossary differ from those published", places.ingest)
        return f"the index holds the articles of {places.kb} as they are"
    counts = [(changed, "changed"), (new, "new"), (gone, "gone")]
    said = ", ".join(f"{len(names)} {what}" for names, what in counts if names)
    names = sorted([*changed, *new, *gone])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    raise Fault(f"articles differ from those published: {said} ({', '.join(names[:NAMED])}{more})", places.ingest)


def compare_model(places: Places, encoder: Encoder, served: Served) -> str:
    """Compare a model with the one that made the index; raises Fault where it is another."""
    if encoder.fingerprint != served.manifest.fingerprint:
        made = served.manifest.model
        other = f"not {encoder.name}" if made != encoder.name else "whose files were others then"
        named = Places(places.kb, places.index, places.model or encoder.name)
        raise Fault(f"the index was made with the model {made}, {other}; questions are refused", named.ingest)
    return f"the index was made with it, {served.manifest.dimension} dimensions"


def _current(places: Places) -> tuple[str, Path]:
    if not (top := standing(places.index)).is_dir():
        raise Fault(f"{top} is not a folder", remove(top))
    try:
        generation = current_generation(places.index)
    except IndexMissing:
        raise Fault(f"nothing has been published into {places.index} yet", places.ingest) from None
    return f"generation {generation} is being served", generation_folder(places.index, generation)


def _manifest(places: Places, folder: Path) -> tuple[str, Manifest]:
    manifest = read_manifest(folder, places.ingest)
    counts = ", ".join(f"{name} {manifest.counts[name]}" for name in ("articles", "passages", "sentences"))
    return counts, manifest


def _files(places: Places, manifest: Manifest, damage: Sequence[str]) -> str:
    if damage:
        raise Fault("; ".join(damage), places.ingest)
    count = sum(len(segment.files) for segment in manifest.segments)
    return f"{count} files, {manifest.size / 1e6:,.1f} MB, are as they were published"


def _words(places: Places, served: Served) -> str:
    for segment in served.sound:
        file = served.file(segment, DATABASE)
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise Fault(f"{file}: {verdict}", places.ingest)
            for table in ("articles", "passages", "sentences"):
                (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names from above
                if count != segment.counts[table]:
                    raise Fault(f"{file}: {count} rows in {table}, not {segment.counts[table]}", places.ingest)
    return "the database is sound and holds what the manifest says"


def _vectors(places: Places, served: Served) -> str:
    manifest = served.manifest
    for segment in served.sound:
        file = served.file(segment, ARRAYS)
        arrays = StoredArrays(StoredFile(file))
        for grain in (grain for grain in GRAINS if segment.counts[grain]):
            count, in_codes = segment.counts[grain], coded(manifest.counts[grain])
            if vector_shape(grain, arrays, in_codes) != (count, manifest.dimension):
                expected = f"{count} of {manifest.dimension}"
                found = "{} vectors of {} dimensions".format(*vector_shape(grain, arrays, in_codes))
                raise Fault(f"{file}: {found} of {grain}, not {expected}", places.ingest)
            vectors = open_vectors(grain, [arrays], manifest.dimension, in_codes)
            for start in range(0, count, BLOCK):
                rows = np.arange(start, min(start + BLOCK, count))
                lengths = np.linalg.norm(vectors.rows(rows), axis=1)
                if not np.all(np.abs(lengths - 1) < (1e-2 if in_codes else 1e-3)):  # a NaN is refused too
                    raise Fault(f"{file}: vectors of {grain} have not the length 1", places.ingest)
    return f"{manifest.counts['passages']} and {manifest.counts['sentences']} of {manifest.dimension} dimensions"
