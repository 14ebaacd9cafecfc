"""Where systems are asked: the published index, or texts that are indexed for the occasion."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wellread.datatypes import Article
from wellread.encoders.cache import open_cache
from wellread.encoders.rerankers import CrossEncoderReranker
from wellread.encoders.sentence_transformer import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder
from wellread.errors import EvaluationError, IndexDamaged, IndexMissing
from wellread.evaluation.systems import System
from wellread.index.layout import evaluation_folder, generation_folder, vector_cache_file
from wellread.index.milvus.place import Place, place_in_environment
from wellread.index.port import GenerationReader
from wellread.index.reader import Reader
from wellread.progress import Progress
from wellread.publishing.build import build
from wellread.publishing.embedding.texts import embed
from wellread.publishing.plan import plan_of
from wellread.search.opening import calibration_of, open_searcher
from wellread.search.searcher import Searcher

Unit = Literal["passage", "section", "article"]
"""What is judged, and so what a ranking is made of."""


class Testbed:
    """Opens a searcher for each system, over the same texts.

    Over the published index (`articles` None), a system that cuts and embeds as that does asks it as readers do.
    Anything else is built in a folder below `index/evaluation` and kept there, with the vector of every text it took;
    where readers ask Milvus, it is brought there and asked there too.
    """

    def __init__(
        self,
        index: Path,
        model: str | None,
        articles: Sequence[Article] | None = None,
        folder: Path | None = None,
        progress: Progress = lambda stage, done, total: None,
    ) -> None:
        self._index = index
        self._progress = progress
        self._encoders: dict[str, Encoder] = {}
        self._readers: dict[tuple[str, int | None], GenerationReader] = {}
        self._articles = articles
        self._published: Searcher | None = None
        if articles is None:
            self._published = open_searcher(index, model)
            self._model = self._published.encoder.name
            self._encoders[self._model] = self._published.encoder
            self._readers[self._model, None] = self._published.reader
        else:
            self._model = model or os.environ.get("WELLREAD_MODEL") or DEFAULT_MODEL
        self.folder = evaluation_folder(index) / (work_name(folder) if folder else "published")

    def beside(self, articles: Sequence[Article], folder: Path) -> Testbed:
        """The articles of a folder as a testbed of its own, by the same model and with the encoders loaded here."""
        testbed = Testbed(self._index, self._model, articles, folder, self._progress)
        testbed._encoders = self._encoders
        return testbed

    def searcher(self, system: System) -> Searcher:
        """The searcher that a system describes; raises what a missing model, reranker or calibration raises."""
        encoder = self._encoder(system.model or self._model)
        calibration = calibration_of(self._index, encoder)
        reranker = CrossEncoderReranker(system.reranker) if system.reranker else None
        return Searcher(self._reader(system, encoder), encoder, calibration, system.weights, reranker)

    def known(self) -> set[str]:
        """The ids of all passages, cut as readers have them."""
        reader = self._reader(System("default"), self._encoder(self._model))
        return set(reader.passage_digests())

    def _encoder(self, name: str) -> Encoder:
        if name not in self._encoders:
            self._encoders[name] = SentenceTransformerEncoder(name)
        return self._encoders[name]

    def _reader(self, system: System, encoder: Encoder) -> GenerationReader:
        key = (encoder.name, system.tokens)
        if key not in self._readers:
            cache = vector_cache_file(self._index if self._published else self.folder)
            indexing = Indexing(self.folder, cache, encoder, system.tokens or encoder.max_tokens)
            built = index_articles(self._texts(), indexing, self._progress)
            self._readers[key] = _where_readers_ask(built, self.folder, self._progress)
        return self._readers[key]

    def _texts(self) -> Sequence[Article]:
        if self._articles is None and self._published is not None:
            searcher = self._published
            whole = (searcher.article(article.id) for article in searcher.articles)
            self._articles = [article for article in whole if article]
        return self._articles or ()


@dataclass(frozen=True, slots=True)
class Indexing:
    """How articles are indexed: into which folder, with which file of vectors, by which encoder.

    A passage has at most `tokens` of the encoder's tokens.
    """

    folder: Path
    cache: Path
    encoder: Encoder
    tokens: int


def index_articles(articles: Iterable[Article], indexing: Indexing, progress: Progress) -> Reader:
    """Build an index of articles, or open it where it was built before; a vector that the cache has is not made again.

    Raises:
        EvaluationError: the model cannot take passages of so many tokens.
    """
    encoder = indexing.encoder
    if indexing.tokens > encoder.max_tokens:
        raise EvaluationError(
            f"the model {encoder.name} reads at most {encoder.max_tokens} tokens, not {indexing.tokens}",
            "use fewer tokens",
        )
    plan = plan_of(articles, encoder, indexing.tokens, progress)
    try:
        return Reader(indexing.folder, plan.generation)
    except IndexDamaged:
        shutil.rmtree(generation_folder(indexing.folder, plan.generation))
    except IndexMissing:
        pass
    indexing.folder.mkdir(parents=True, exist_ok=True)
    with open_cache(indexing.cache, encoder.fingerprint) as vectors:
        embed(plan, encoder, vectors, progress)
        return build(plan, indexing.folder, encoder, vectors)


def _where_readers_ask(built: Reader, folder: Path, progress: Progress) -> GenerationReader:
    """What was built, in the engine that the environment names: in Milvus as a library beside the published one.

    Rows of what was built before go there an hour later.
    """
    place = place_in_environment()
    if place is None:
        return built
    from wellread.index.milvus.reader import MilvusReader
    from wellread.index.milvus.shelf import shelf_at
    from wellread.index.milvus.writer import Writer

    shelf = shelf_at(Place(place.address, f"{place.name[:23]}_judged_{zlib.crc32(folder.name.encode()):08x}"))
    writer = Writer(shelf)
    writer.bring(built, progress)
    writer.prune({built.generation})
    return MilvusReader(shelf, built.generation)


class Units:
    """The judged unit of each row of an index, looked up once."""

    def __init__(self, reader: GenerationReader, unit: Unit) -> None:
        self._reader = reader
        self._unit = unit
        self._names: dict[int, str] = {}

    def __getitem__(self, row: int) -> str:
        """The id of what a row belongs to."""
        if row not in self._names:
            passage = self._reader.passage(row)
            names = {
                "article": passage.article,
                "section": f"{passage.article}#{passage.anchor}",
                "passage": passage.id,
            }
            self._names[row] = names[self._unit]
        return self._names[row]


def work_name(folder: Path) -> str:
    """The name of the folder that a collection is indexed in: a person finds it, and no two share it."""
    place = folder.resolve()
    return f"{place.name}-{zlib.crc32(str(place).encode()):08x}"
