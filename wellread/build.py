"""From a folder of articles to a candidate generation: what is unchanged is taken over, what is new is embedded."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from wellread.articles import read_library
from wellread.cache import VectorCache
from wellread.database import Content, content_of
from wellread.encoder import Encoder, Vectors
from wellread.errors import IndexDamaged
from wellread.files import sync_folder
from wellread.index import GRAINS, Grain, Reader, generation_folder, generation_id, write_generation
from wellread.models import Passage
from wellread.passages import cut_article, heading_text, passage_text, sentence_text

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

SHAPING = (
    "anchors articles build database decoding errors files frontmatter headings index lines markdown models outline"
    " passages plaintext sentences words"
).split()
"""The modules that decide what a generation made of some articles holds."""

CHUNK = 2048
"""Texts embedded between two commits of the cache: an ingest that is killed goes on from there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a generation is to hold, its articles by id, and the name that follows from that.

    `reused` has, for an article that the generation served before holds just so, the rows of its passages there.
    A plan for the very generation that is being served has no contents: there is nothing to build.
    `ignored` names files of the knowledge base that are no articles.
    """

    generation: str
    contents: tuple[Content, ...]
    reused: dict[str, range]
    ignored: tuple[str, ...]

    def texts(self) -> dict[Grain, list[str]]:
        """What is embedded of every grain, in the order of the rows."""
        return _texts([passage for content in self.contents for passage in content.passages])

    def distinct_texts(self) -> int:
        """How many different texts are embedded."""
        return len({text for grain in self.texts().values() for text in grain})

    def new_texts(self) -> list[str]:
        """The different texts, of every grain, whose vectors the generation served before does not hand over."""
        new = [content for content in self.contents if content.article.id not in self.reused]
        texts = _texts([passage for content in new for passage in content.passages])
        return list(dict.fromkeys(text for grain in GRAINS for text in texts[grain]))


@cache
def code_fingerprint() -> str:
    """A hash of all that turns articles into a generation: other code may cut the same article in another way."""
    whole = hashlib.sha256()
    for module in SHAPING:
        whole.update((Path(__file__).parent / f"{module}.py").read_bytes())
    for package in ("markdown-it-py", "pyyaml", "tokenizers"):
        whole.update(f"\0{package} {version(package)}".encode())
    whole.update(f"\0sqlite {sqlite3.sqlite_version}".encode())
    return whole.hexdigest()[:16]


def plan_generation(
    kb: Path,
    encoder: Encoder,
    served: Reader | None,
    include: Sequence[str] = (),
    may_be_empty: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> Plan:
    """Read a folder of articles; raises what `read_library` raises.

    Articles whose files have not changed since `served` was made, by the same model and code, are taken from it
    without being parsed or cut again.
    """
    same = (
        served is not None
        and served.manifest.fingerprint == encoder.fingerprint
        and served.manifest.code == code_fingerprint()
    )
    known = {article.file: article for article in served.database.articles()} if served and same else {}
    library = read_library(kb, include, known, may_be_empty)
    if (
        served
        and same
        and len(library.articles) == len(known)
        and all(a is known.get(a.file) for a in library.articles)
    ):
        return Plan(served.generation, (), {}, library.ignored)
    rows = served.database.passage_rows() if served and known else {}
    contents: list[Content] = []
    reused: dict[str, range] = {}
    for number, article in enumerate(library.articles, 1):
        if served and known.get(article.file) is article:
            reused[article.id] = rows.get(article.id, range(0))
            contents.append(served.database.content(article.id, reused[article.id]))
        else:
            contents.append(content_of(article, cut_article(article, encoder.count_tokens, encoder.max_tokens)))
        progress("reading", number, len(library.articles))
    generation = generation_id(contents, encoder.fingerprint, code_fingerprint())
    return Plan(generation, tuple(contents), reused, library.ignored)


def embed(
    plan: Plan, encoder: Encoder, served: Reader | None, cache: VectorCache, progress: Progress
) -> tuple[dict[Grain, Vectors], int]:
    """The vectors of every grain, row by row, and how many distinct texts had to be embedded for them.

    Vectors come from the generation served before where an article is unchanged, then from the cache.
    """
    texts = plan.new_texts()
    known = cache.find(texts)
    missing = [text for text in texts if text not in known]
    # Texts of one length stand together, so that the encoder's batches are full.
    order = [text for _, text in sorted(zip(encoder.count_tokens(missing), missing, strict=True))]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, len(missing))

    for start in range(0, len(order), CHUNK):
        chunk = order[start : start + CHUNK]
        vectors = encoder.encode_documents(chunk, tell)
        cache.add(chunk, vectors)
        known |= dict(zip(chunk, vectors, strict=True))
    return {grain: _assemble(plan, grain, served, known) for grain in GRAINS}, len(missing)


def build(plan: Plan, index: Path, encoder: Encoder, vectors: dict[Grain, Vectors]) -> Reader:
    """Write a generation beside the others, make it durable, and open it as a reader would.

    Raises:
        IndexDamaged: what was read back is not what was written.
    """
    generations = index / "generations"
    generations.mkdir(exist_ok=True)
    for left in generations.glob("*.tmp"):
        shutil.rmtree(left)
    folder = generation_folder(index, plan.generation)
    temporary = folder.with_name(f"{plan.generation}.tmp")
    temporary.mkdir()
    try:
        write_generation(
            temporary,
            plan.generation,
            plan.contents,
            vectors,
            plan.distinct_texts(),
            encoder.name,
            encoder.fingerprint,
            code_fingerprint(),
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


def _texts(passages: Sequence[Passage]) -> dict[Grain, list[str]]:
    return {
        "passages": [passage_text(passage) for passage in passages],
        "sentences": [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences],
        "headings": [heading_text(passage) for passage in passages],
    }


def _assemble(plan: Plan, grain: Grain, served: Reader | None, known: dict[str, Vectors]) -> Vectors:
    parts: list[Vectors] = []
    for content in plan.contents:
        rows = plan.reused.get(content.article.id)
        if rows is None:
            parts += [known[text][np.newaxis] for text in _texts(content.passages)[grain]]
        elif served and rows:
            parts.append(served.vectors(grain, served.sentence_rows(rows) if grain == "sentences" else rows))
    return np.concatenate(parts) if parts else np.empty((0, 1), np.float32)


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
