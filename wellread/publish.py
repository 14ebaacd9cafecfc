"""Publishing: a folder of articles becomes a generation, is verified, and is served from one moment to the next."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wellread.articles import read_library
from wellread.cache import VectorCache, open_cache
from wellread.encoder import Encoder, Vectors
from wellread.errors import IndexDamaged, IndexMissing, KnowledgeBaseError, WellreadError
from wellread.files import sync_folder, write_durably
from wellread.index import GRAINS, Grain, Reader, current_generation, generation_folder, generation_id, write_generation
from wellread.lock import only_writer
from wellread.models import Article, Passage
from wellread.passages import cut_article, passage_text, sentence_text

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

CHUNK = 2048
"""Texts embedded between two commits of the cache: an ingest that is killed goes on from there."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids that one generation has and the one before has not; `changed` are in both, with other content."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Report:
    """What publishing did; `embedded` and `reused` count distinct texts, `seconds` the whole of it.

    `ignored` names files in the knowledge base that are no articles.
    """

    generation: str
    articles: Changes
    passages: Changes
    embedded: int
    reused: int
    ignored: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a generation is to hold, and the name that follows from it."""

    generation: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    texts: Mapping[Grain, Sequence[str]]
    ignored: tuple[str, ...]


def publish(kb: Path, index: Path, encoder: Encoder, progress: Progress = lambda stage, done, total: None) -> Report:
    """Build a generation from a folder of articles, verify it and serve it.

    Whatever goes wrong on the way, the generation served before goes on being served. Where nothing has changed,
    nothing is written.

    Raises:
        KnowledgeBaseError: `kb` is no folder of articles.
        ArticlesRefused: articles cannot be read; each is named.
        IndexBusy: another process is publishing.
        WellreadError: the disk refused.
    """
    started = time.perf_counter()
    plan = _plan(kb, encoder, progress)
    try:
        served = _served(index)
        if served is not None and served.generation == plan.generation:
            return _report(plan, served, served, 0, started)
        index.mkdir(parents=True, exist_ok=True)
        with only_writer(index):
            served = _served(index)
            candidate = _standing(index, plan.generation)
            embedded = 0
            if candidate is None:
                with open_cache(index / "vectors.sqlite", encoder.fingerprint) as cache:
                    vectors, embedded = _embed(plan, encoder, cache, progress)
                candidate = _build(plan, index, encoder, vectors)
            _serve(index, plan.generation)
            return _report(plan, served, candidate, embedded, started)
    except (OSError, sqlite3.Error) as error:
        where, why = getattr(error, "filename", None) or index, getattr(error, "strerror", None) or error
        raise WellreadError(
            f"{where}: {why}; nothing was published\n"
            "    mend that (space on the disk, permissions) and run the command again"
        ) from error


def _plan(kb: Path, encoder: Encoder, progress: Progress) -> _Plan:
    library = read_library(kb)
    passages: list[Passage] = []
    for number, article in enumerate(library.articles, 1):
        passages += cut_article(article, encoder.count_tokens, encoder.max_tokens)
        progress("reading", number, len(library.articles))
    if not passages:
        raise KnowledgeBaseError(f"{kb}: no article has any text under its headings\n    write some")
    texts: dict[Grain, list[str]] = {
        "passages": [passage_text(passage) for passage in passages],
        "sentences": [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences],
    }
    generation = generation_id(library.articles, passages, texts["passages"] + texts["sentences"], encoder.fingerprint)
    return _Plan(generation, library.articles, tuple(passages), texts, library.ignored)


def _served(index: Path) -> Reader | None:
    """The generation being served, or None where there is none that can be read."""
    try:
        return Reader(index, current_generation(index))
    except (IndexMissing, IndexDamaged):
        return None


def _standing(index: Path, generation: str) -> Reader | None:
    """A generation that is already on the disk, whole, or None."""
    try:
        return Reader(index, generation)
    except (IndexMissing, IndexDamaged):
        return None


def _embed(plan: _Plan, encoder: Encoder, cache: VectorCache, progress: Progress) -> tuple[dict[Grain, Vectors], int]:
    """The vectors of both grains, each distinct text embedded once or found in the cache, and how many were not."""
    row_of = {text: row for row, text in enumerate(dict.fromkeys([*plan.texts["passages"], *plan.texts["sentences"]]))}
    distinct = list(row_of)
    rows: Vectors | None = None
    missing: list[str] = []
    for start in range(0, len(distinct), CHUNK):
        chunk = distinct[start : start + CHUNK]
        found = cache.find(chunk)
        for text in chunk:
            if text not in found:
                missing.append(text)
                continue
            if rows is None:
                rows = np.empty((len(distinct), len(found[text])), np.float32)
            rows[row_of[text]] = found[text]
    # Texts of one length stand together, so that the encoder's batches are full.
    order = sorted(zip(encoder.count_tokens(missing), missing, strict=True))
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, len(missing))

    for start in range(0, len(order), CHUNK):
        chunk = [text for _, text in order[start : start + CHUNK]]
        vectors = encoder.encode_documents(chunk, tell)
        cache.add(chunk, vectors)
        if rows is None:
            rows = np.empty((len(distinct), vectors.shape[1]), np.float32)
        rows[[row_of[text] for text in chunk]] = vectors
    if rows is None:
        raise AssertionError("a plan has at least one passage")
    return {grain: rows[[row_of[text] for text in plan.texts[grain]]] for grain in GRAINS}, len(missing)


def _build(plan: _Plan, index: Path, encoder: Encoder, vectors: dict[Grain, Vectors]) -> Reader:
    """Write a generation beside the others, make it durable, and open it as a reader would."""
    generations = index / "generations"
    generations.mkdir(exist_ok=True)
    for left in generations.glob("*.tmp"):
        shutil.rmtree(left)
    folder = generation_folder(index, plan.generation)
    temporary = folder.with_name(f"{plan.generation}.tmp")
    temporary.mkdir()
    try:
        write_generation(
            temporary, plan.generation, plan.articles, plan.passages, vectors, encoder.name, encoder.fingerprint
        )
        sync_folder(temporary)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(generations)
    candidate = Reader(index, plan.generation)
    try:
        _check(candidate, vectors)
    except IndexDamaged:
        shutil.rmtree(folder)
        raise
    return candidate


def _check(candidate: Reader, vectors: dict[Grain, Vectors]) -> None:
    """Ask the candidate for some of its own vectors: each must find a row that is as near as itself."""
    for grain in GRAINS:
        count = len(vectors[grain])
        for row in range(0, count, max(1, count // 16)):
            _, scores = candidate.dense(vectors[grain][row], grain, 1)
            if not len(scores) or not abs(float(scores[0]) - 1) < 1e-3:
                raise IndexDamaged(
                    f"{candidate.generation}: row {row} of the {grain} does not find itself; nothing was published\n"
                    "    run the command again; if it stays so, delete index/vectors.sqlite and run it once more"
                )


def _serve(index: Path, generation: str) -> None:
    """Switch readers to a generation, atomically and durably."""
    temporary = index / "CURRENT.tmp"
    write_durably(temporary, f"{generation}\n".encode())
    temporary.replace(index / "CURRENT")
    try:
        sync_folder(index)
    except OSError as error:
        raise WellreadError(
            f"{index}: {error.strerror}; generation {generation} is being served, but may not be after a power cut\n"
            "    look after the disk"
        ) from error


def _report(plan: _Plan, served: Reader | None, candidate: Reader, embedded: int, started: float) -> Report:
    distinct = len({*plan.texts["passages"], *plan.texts["sentences"]})
    return Report(
        generation=plan.generation,
        articles=_changes(_articles(served), _articles(candidate)),
        passages=_changes(served.database.digests() if served else {}, candidate.database.digests()),
        embedded=embedded,
        reused=distinct - embedded,
        ignored=plan.ignored,
        seconds=time.perf_counter() - started,
    )


def _articles(reader: Reader | None) -> dict[str, str]:
    return {article.id: f"{article.file} {article.sha256}" for article in reader.database.articles()} if reader else {}


def _changes(old: Mapping[str, object], new: Mapping[str, object]) -> Changes:
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
        kept=sum(new[name] == old[name] for name in new.keys() & old.keys()),
    )
