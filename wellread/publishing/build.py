"""From a plan to a candidate generation: what is unchanged is taken over, what is new comes from the cache."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from wellread.articles.passages import GRAINS, Grain, embedded_texts
from wellread.encoders.cache import VectorCache
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import IndexDamaged
from wellread.files import make_folder, sync_folder
from wellread.index.database import Content
from wellread.index.layout import generation_folder, generations_folder, temporary, unfinished
from wellread.index.reader import Reader
from wellread.index.vectors import coded
from wellread.index.writer import Embedded, GenerationSpec, write_generation
from wellread.publishing.embedding.texts import embed_here, known_vectors
from wellread.publishing.plan import Plan, code_fingerprint

Samples = defaultdict[Grain, list[tuple[int, Vectors]]]
"""Some rows of every grain with their vectors."""


def build(plan: Plan, index: Path, encoder: Encoder, cache: VectorCache) -> Reader:
    """Write a generation beside the others, make it durable, and open it as a reader would.

    Vectors come from the generation served where an article is unchanged, then from the cache.

    Raises:
        IndexDamaged: what was read back is not what was written.
    """
    generations = generations_folder(index)
    make_folder(generations)
    for left in unfinished(index):
        if left.parent == generations:
            shutil.rmtree(left)
    folder = generation_folder(index, plan.generation)
    unfinished_folder = temporary(folder)
    unfinished_folder.mkdir()
    samples: Samples = defaultdict(list)
    try:
        write_generation(
            unfinished_folder,
            GenerationSpec(
                plan.generation, encoder.name, encoder.fingerprint, code_fingerprint(), plan.sizes, plan.library_files
            ),
            _entries(plan, encoder, cache, samples),
        )
        sync_folder(unfinished_folder)
        if folder.exists():
            shutil.rmtree(folder)
        unfinished_folder.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished_folder, ignore_errors=True)
        raise
    sync_folder(generations)
    candidate = Reader(index, plan.generation)
    try:
        _check(candidate, samples, cache.file)
    except IndexDamaged:
        shutil.rmtree(folder)
        raise
    return candidate


def _entries(plan: Plan, encoder: Encoder, cache: VectorCache, samples: Samples) -> Iterator[tuple[Content, Embedded]]:
    """Every article with its vectors, one at a time; some of them are put into `samples` too."""
    rows = dict.fromkeys(GRAINS, 0)
    sizes = plan.sizes
    every = {grain: max(1, size // 16) for grain, size in sizes.items()}
    # Of vectors that are kept in codes only, none are taken over into a generation that keeps them as they are.
    served = plan.served
    if served and any(coded(served.manifest.counts[grain]) > coded(sizes[grain]) for grain in GRAINS):
        served = None
    for part, content in plan.contents():
        embedded = _taken_over(served, part.rows) if served and part.rows else _looked_up(content, encoder, cache)
        yield content, embedded
        vectors = embedded.vectors
        for grain in GRAINS:
            for row in range(-rows[grain] % every[grain], len(vectors[grain]), every[grain]):
                samples[grain].append((rows[grain] + row, vectors[grain][row]))
            rows[grain] += len(vectors[grain])


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


def _check(candidate: Reader, samples: Samples, cache: Path) -> None:
    """Ask the candidate for some of its own vectors: each must find a row that is as near as itself."""
    for grain in GRAINS:
        for row, vector in samples[grain]:
            _, scores = candidate.dense(vector, grain, 1)
            if not len(scores) or not abs(float(scores[0]) - 1) < 0.01:  # codes are good to 0.002
                raise IndexDamaged(
                    f"row {row} of the {grain} does not find itself; nothing was published",
                    f"run the command again; if it stays so, delete {cache} and run it once more",
                    where=candidate.generation,
                )
