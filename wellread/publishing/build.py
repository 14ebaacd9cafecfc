"""From a plan to a candidate generation: what is unchanged is taken over, what is new comes from the cache."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import numpy as np

from wellread.articles.passages import GRAINS, Grain, embedded_texts
from wellread.encoders.cache import VectorCache
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.files import make_folder, names_in, remove, sync_folder
from wellread.index.arrays import count_distinct
from wellread.index.database import Content
from wellread.index.layout import (
    generation_folder,
    generations_folder,
    segment_folder,
    segments_folder,
    temporary,
    unfinished,
)
from wellread.index.manifest import COUNTED, FORMAT, Manifest, read_manifest, write_manifest
from wellread.index.opening import OpenSegment, open_segment
from wellread.index.reader import Reader
from wellread.index.vectors import coded, open_vectors
from wellread.index.verified import Verified
from wellread.index.writer import Embedded, SegmentSpec, write_segment
from wellread.publishing.embedding.texts import embed_here, known_vectors
from wellread.publishing.plan import Part, Plan, PlannedSegment, code_fingerprint

SAMPLED = 16
"""Rows of each grain of a segment by which it is tried, at least, where it has so many."""

Samples = defaultdict[Grain, list[tuple[int, Vectors]]]
"""Some rows of every grain with their vectors."""


def build(plan: Plan, index: Path, encoder: Encoder, cache: VectorCache, verified: Verified | None = None) -> Reader:
    """Write the segments of a generation that are new, and its manifest; make both durable, and open it as a reader.

    Vectors come from the generation served where an article is unchanged, then from the cache. Segments that other
    generations have are not written again, but where they are damaged.

    Raises:
        IndexDamaged: what was read back is not what was written.
    """
    for folder in (generations_folder(index), segments_folder(index)):
        make_folder(folder)
    for left in unfinished(index):
        if left.parent != index:
            remove(left)
    making = _Making(plan, index, encoder, cache)
    planned_segments = plan.segments(encoder.fingerprint)
    kept = _standing(plan, {planned.name for planned in planned_segments}, index, verified)
    segments: list[OpenSegment] = []
    made = False
    for planned in planned_segments:
        if planned.name not in kept:
            kept[planned.name] = making.segment(planned)
            made = True
        segments.append(kept[planned.name])
    if made:
        sync_folder(segments_folder(index))
    manifest = _manifest(plan, encoder, making.dimension, segments)
    folder = generation_folder(index, plan.generation)
    with _in_place_of(folder) as unfinished_folder:
        write_manifest(unfinished_folder, manifest)
    sync_folder(generations_folder(index))
    return Reader(index, plan.generation, verified)


def _standing(plan: Plan, wanted: set[str], index: Path, verified: Verified | None) -> dict[str, OpenSegment]:
    """The segments of some names that a generation on the disk has and that are whole."""
    sealed = {one.segment.name: one.segment for one in plan.served.segments} if plan.served else {}
    for name in names_in(generations_folder(index)) if wanted - sealed.keys() else ():
        with suppress(IndexMissing, IndexDamaged):
            manifest = read_manifest(generation_folder(index, name), "")
            sealed |= {segment.name: segment for segment in manifest.segments}
    found: dict[str, OpenSegment] = {}
    for name in sorted(wanted & sealed.keys()):
        with suppress(IndexDamaged):
            opened = open_segment(segment_folder(index, name), sealed[name], "", verified)
            if plan.served is None:
                opened.verify("")
            found[name] = opened
    return found


def _manifest(plan: Plan, encoder: Encoder, dimension: int, segments: Sequence[OpenSegment]) -> Manifest:
    sealed = tuple(one.segment for one in segments)
    counts = {what: sum(one.counts[what] for one in sealed) for what in COUNTED}
    counts["texts"] = count_distinct([one.arrays.read("texts") for one in segments])
    made_by = (encoder.name, encoder.fingerprint, code_fingerprint())
    return Manifest(plan.generation, FORMAT, *made_by, dimension, counts, dict(plan.library_files), sealed)


@contextmanager
def _in_place_of(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; it takes the place of another one once it is whole, and durable but for its name."""
    unfinished_folder = temporary(folder)
    unfinished_folder.mkdir()
    try:
        yield unfinished_folder
        sync_folder(unfinished_folder)
        if folder.exists() or folder.is_symlink():
            remove(folder)
        unfinished_folder.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished_folder, ignore_errors=True)
        raise


class _Making:
    """Writes segments of a plan, the vectors of their texts found or made."""

    def __init__(self, plan: Plan, index: Path, encoder: Encoder, cache: VectorCache) -> None:
        self._plan = plan
        self._index = index
        self._encoder = encoder
        self._cache = cache
        self._in_codes = plan.in_codes
        # Of vectors that are kept in codes only, none are taken over into a generation that keeps them as they are.
        served = plan.served
        kept = served is not None and all(
            coded(served.manifest.counts[grain]) <= self._in_codes[grain] for grain in GRAINS
        )
        self._served = served if kept else None

    @cached_property
    def dimension(self) -> int:
        """The dimension of the vectors; 1 where there are none."""
        for part in self._plan.parts:
            if part.rows and self._plan.served:
                return self._plan.served.manifest.dimension
            if part.passages:
                return int(self._embedded(part, self._plan.content(part)).vectors["passages"].shape[1])
        return 1

    def segment(self, planned: PlannedSegment) -> OpenSegment:
        """Write a segment, open it, and see that its rows are found by their own vectors; raises IndexDamaged."""
        folder = segment_folder(self._index, planned.name)
        samples: Samples = defaultdict(list)
        with _in_place_of(folder) as unfinished_folder:
            spec = SegmentSpec(planned.name, self.dimension, self._in_codes)
            sealed = write_segment(unfinished_folder, spec, self._entries(planned, samples))
        opened = open_segment(folder, sealed, "run the command again; if it stays so, look after the disk")
        try:
            self._check(opened, samples)
        except IndexDamaged:
            shutil.rmtree(folder)
            raise
        return opened

    def _entries(self, planned: PlannedSegment, samples: Samples) -> Iterator[tuple[Content, Embedded]]:
        """The articles of a segment with their vectors, one at a time; some of them are put into `samples` too."""
        counts = {"passages": sum(part.passages for part in planned.parts)}
        counts |= {"headings": counts["passages"], "sentences": sum(part.sentences for part in planned.parts)}
        rows = dict.fromkeys(GRAINS, 0)
        for part in planned.parts:
            content = self._plan.content(part)
            embedded = self._embedded(part, content)
            yield content, embedded
            for grain in GRAINS:
                every = max(1, counts[grain] // SAMPLED)
                vectors = embedded.vectors[grain]
                for row in range(-rows[grain] % every, len(vectors), every):
                    samples[grain].append((rows[grain] + row, vectors[row]))
                rows[grain] += len(vectors)

    def _embedded(self, part: Part, content: Content) -> Embedded:
        if self._served and part.rows:
            return _taken_over(self._served, part.rows)
        return _looked_up(content, self._encoder, self._cache)

    def _check(self, opened: OpenSegment, samples: Samples) -> None:
        """Ask a segment for some of its own vectors: each must find a row that is as near as itself."""
        for grain in GRAINS if samples else ():
            rows = open_vectors(grain, [opened.arrays], self.dimension, self._in_codes[grain])
            for row, vector in samples[grain]:
                near = rows.rows(rows.candidates(vector, 1)) @ vector
                if not len(near) or not abs(float(near.max()) - 1) < 0.01:  # codes are good to 0.002
                    raise IndexDamaged(
                        f"row {row} of the {grain} does not find itself; nothing was published",
                        f"run the command again; if it stays so, delete {self._cache.file} and run it once more",
                        where=self._plan.generation,
                    )


def _taken_over(served: Reader, rows: range) -> Embedded:
    """What is kept of an article whose passages have these rows in the generation served."""
    sentences = served.sentence_rows(rows)
    vectors = {grain: served.vectors(grain, sentences if grain == "sentences" else rows) for grain in GRAINS}
    return Embedded(vectors, [served.token_codes(row) for row in rows])


def _looked_up(content: Content, encoder: Encoder, cache: VectorCache) -> Embedded:
    """The vectors and token codes of an article's texts, from the cache."""
    texts = embedded_texts(content.passages)
    wanted = list(dict.fromkeys(text for grain in GRAINS for text in texts[grain]))
    passages = dict.fromkeys(texts["passages"])
    known = known_vectors(wanted, passages, cache)
    known |= embed_here([text for text in wanted if text not in known], passages, encoder, cache)
    codes = cache.find_codes(list(passages))
    dimension = len(known[wanted[0]]) if wanted else 1
    vectors = {
        grain: np.array([known[text] for text in texts[grain]], np.float32).reshape(-1, dimension) for grain in GRAINS
    }
    return Embedded(vectors, [codes[text] for text in texts["passages"]])
