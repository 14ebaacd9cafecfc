"""From a plan to a candidate generation: what is unchanged is taken over, what is new is embedded."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
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
from wellread.index.tokens import token_codes
from wellread.index.vectors import coded
from wellread.index.writer import Embedded, GenerationSpec, write_generation
from wellread.progress import Progress
from wellread.publishing.plan import Plan, code_fingerprint

WINDOW = 8_192
"""Texts looked up and embedded at once: enough of each length to fill the encoder's batches."""

CHUNK = 2_048
"""Texts embedded between two commits of the cache: an ingest that is killed goes on from there."""

PASSAGES = 256
"""The same for passages, whose tokens' vectors stand in memory until they are coded: some 50 MB."""

Samples = defaultdict[Grain, list[tuple[int, Vectors]]]
"""Some rows of every grain with their vectors."""


def embed(plan: Plan, encoder: Encoder, cache: VectorCache, progress: Progress) -> int:
    """Bring the vectors of all texts that are new into the cache; returns how many texts it did not know."""
    total = plan.new_count
    done = embedded = 0

    def on_progress(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, total)

    texts = plan.new_texts()
    while window := list(islice(texts, WINDOW)):
        passages = dict.fromkeys(text for text, grain in window if grain == "passages")
        known = _known([text for text, _ in window], passages, cache)
        missing = [text for text in dict.fromkeys(text for text, _ in window) if text not in known]
        if known_before := len(window) - len(missing):
            on_progress(known_before)
        _encode(missing, passages, encoder, cache, on_progress)
        embedded += len(missing)
    return embedded


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


def _known(texts: Sequence[str], passages: Collection[str], cache: VectorCache) -> dict[str, Vectors]:
    """The vectors that the cache has of some texts; of passages, where it has their token codes too."""
    known = cache.find(texts)
    codes = cache.find_codes(list(passages))
    return {text: vector for text, vector in known.items() if text not in passages or text in codes}


def _encode(
    texts: Sequence[str],
    passages: Collection[str],
    encoder: Encoder,
    cache: VectorCache,
    on_progress: Callable[[int], None] | None = None,
) -> dict[str, Vectors]:
    """Embed texts and keep their vectors in the cache, and the token codes of those that are passages."""
    # Texts of one length stand together, so that the encoder's batches are full.
    order = [text for _, text in sorted(zip(encoder.count_tokens(texts), texts, strict=True))]
    made: dict[str, Vectors] = {}
    for are_passages in (False, True):
        group = [text for text in order if (text in passages) is are_passages]
        chunk_size = PASSAGES if are_passages else CHUNK
        for start in range(0, len(group), chunk_size):
            chunk = group[start : start + chunk_size]
            if are_passages:
                vectors, tokens = encoder.encode_passages(chunk, on_progress)
                cache.add_codes(chunk, [token_codes(rows) for rows in tokens])
            else:
                vectors = encoder.encode_documents(chunk, on_progress)
            cache.add(chunk, vectors)
            made |= dict(zip(chunk, vectors, strict=True))
    return made


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
    known = _known(wanted, passages, cache)
    known |= _encode([text for text in wanted if text not in known], passages, encoder, cache)
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
