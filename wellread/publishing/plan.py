"""What a generation is to hold: the articles of a folder, read one at a time, and which of them are taken over."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.file_patterns import ALL_FILES, FilePatterns
from wellread.articles.findings import Unfinished
from wellread.articles.library import read_library
from wellread.articles.passages import GRAINS, Grain, cut_article, embedded_texts
from wellread.datatypes import Article, Note, Passage
from wellread.encoders.cache import NO_ENCODERS
from wellread.encoders.sentence_transformer import Encoder
from wellread.files import temporary_files
from wellread.fingerprints import PACKAGE, fingerprint_of, package_files
from wellread.index.arrays import count_distinct
from wellread.index.database import Content, Stored, content_of, links_inside
from wellread.index.manifest import generation_id
from wellread.index.reader import Reader
from wellread.index.segments import cut, segment_name
from wellread.index.vectors import coded
from wellread.index.writer import text_hashes
from wellread.progress import Progress
from wellread.publishing.library_files import read_library_files

NOT_SHAPING = {
    "articles": (
        "checking",
        "content_checks",
        "contradictions",
        "duplicates",
        "file_patterns",
        "findings",
        "links",
        "lint",
        "quantities",
        "statements",
    ),
    "encoders": NO_ENCODERS,
    "index": ("composed", "opening", "port", "reader", "verified", "words"),
    "publishing": (
        "diff",
        "elsewhere",
        "gate",
        "history",
        "lock",
        "policy",
        "publish",
        "reporting",
        "serving",
        "trial",
        "watch",
    ),
    "publishing/embedding": ("child", "cluster", "crews", "processes", "team"),
    "text": ("queries",),
}
"""The packages that decide what a generation made of some articles holds, and which of their modules do not."""


class Spool:
    """Articles with their passages in a temporary file, so that memory holds one at a time."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last reference to this
        weakref.finalize(self, self._file.close)
        self._places: dict[str, int] = {}

    def add(self, content: Content) -> None:
        """Put an article away."""
        with temporary_files():
            self._places[content.article.id] = self._file.seek(0, 2)
            pickle.dump(content, self._file, pickle.HIGHEST_PROTOCOL)

    def __getitem__(self, name: str) -> Content:
        """An article by its id."""
        with temporary_files():
            self._file.seek(self._places[name])
        content: Content = pickle.load(self._file)  # noqa: S301 - written above, into a file without a name
        return content


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files of a knowledge base to read; or there may be none."""

    patterns: FilePatterns = ALL_FILES
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a plan, without its sections, and how many passages and sentences it has.

    `digest` is that of `Content`; `linking` tells whether the article has links to places in the knowledge base. `rows`
    are those of its passages in the generation being served, where it holds the article just so; else None.
    """

    article: Article
    digest: str
    linking: bool
    passages: int
    sentences: int
    rows: range | None = None


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """Neighbouring articles that are to stand in one segment, and the name that follows from them."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a generation is to hold, its articles by id, and the name that follows from that.

    A plan for the very generation that is `served` has no parts: there is nothing to build. `ignored` names files of
    the knowledge base that are no articles, `left_out` articles that the patterns leave out, and `unmatched` the
    patterns that match no file, `drafts` what is not published because it is unfinished; `notes` tell by file how the
    articles were read that are not taken over. `spool` has the articles that are not taken over from `served`,
    `library_files` the texts of the files beside the articles.
    """

    generation: str
    parts: tuple[Part, ...]
    ignored: tuple[str, ...]
    spool: Spool
    served: Reader | None
    library_files: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    drafts: tuple[Unfinished, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()

    def content(self, part: Part) -> Content:
        """An article of the plan with its passages."""
        if self.served is None or part.rows is None:
            return self.spool[part.article.id]
        return self.served.words.content(part.article.id)

    def new_texts(self) -> Iterator[tuple[str, Grain]]:
        """What is embedded of the articles that are not taken over, article by article; a text may come again."""
        for part in self.parts:
            if part.rows is None:
                texts = embedded_texts(self.content(part).passages)
                yield from ((text, grain) for grain in GRAINS for text in texts[grain])

    def segments(self, fingerprint: str) -> list[PlannedSegment]:
        """The parts, cut into the segments of a generation that a model of this fingerprint makes."""
        by_id = {part.article.id: part for part in self.parts}
        code, in_codes = code_fingerprint(), self.in_codes
        planned = []
        for ids in cut(tuple(by_id)):
            digests = {name: by_id[name].digest for name in ids}
            name = segment_name(digests, fingerprint, code, in_codes)
            planned.append(PlannedSegment(name, tuple(by_id[name] for name in ids)))
        return planned

    def taken_rows(self, fingerprint: str) -> list[int]:
        """A row of each article that is taken over from the generation served into a segment that is written anew."""
        standing = {one.segment.name for one in self.served.segments} if self.served else set()
        new = [planned for planned in self.segments(fingerprint) if planned.name not in standing]
        return [part.rows.start for planned in new for part in planned.parts if part.rows]

    def distinct_texts(self, fingerprint: str) -> int:
        """How many different texts are embedded; segments that are served already are not looked into."""
        standing = {one.segment.name: one for one in self.served.segments} if self.served else {}
        known: list[NDArray[np.uint64]] = []
        for planned in self.segments(fingerprint):
            if planned.name in standing:
                known.append(standing[planned.name].arrays.read("texts"))
            else:
                found = (text_hashes(self.content(part).passages) for part in planned.parts)
                known.append(np.array([text for texts in found for text in texts], np.uint64))
        return count_distinct(known)

    @property
    def new_count(self) -> int:
        """How many texts `new_texts` gives."""
        return sum(2 * part.passages + part.sentences for part in self.parts if part.rows is None)

    @property
    def sizes(self) -> dict[Grain, int]:
        """How many rows each grain has."""
        passages = sum(part.passages for part in self.parts)
        return {"passages": passages, "sentences": sum(part.sentences for part in self.parts), "headings": passages}

    @property
    def in_codes(self) -> dict[Grain, bool]:
        """Which grains have so many rows that they are kept in codes."""
        return {grain: coded(size) for grain, size in self.sizes.items()}


def shaping_files() -> list[Path]:
    """The modules and the data of Wellread that decide what a generation made of some articles holds."""
    shaping = [PACKAGE / "datatypes.py"]
    for package, others in NOT_SHAPING.items():
        shaping += package_files(package, others, (".py", ".onnx"))
    return shaping


@cache
def code_fingerprint() -> str:
    """A hash of all that turns articles into a generation: other code may cut or embed the same article differently."""
    whole = hashlib.sha256(fingerprint_of(shaping_files()).encode())
    for package in ("markdown-it-py", "mdit-py-plugins", "pystemmer", "pyyaml", "tokenizers"):
        whole.update(f"\0{package} {version(package)}".encode())
    whole.update(f"\0sqlite {sqlite3.sqlite_version}".encode())
    return whole.hexdigest()[:16]


def plan_generation(
    kb: Path,
    encoder: Encoder,
    served: Reader | None,
    choice: Choice = Choice(),
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
    stored = {one.article.id: one for one in served.words.stored} if served and same else {}
    known = {one.article.file: one.article for one in stored.values()}
    spool = Spool()
    parts: dict[str, Part] = {}

    def take(article: Article, number: int, files: int) -> Article:
        before = known.get(article.file)
        if before is None or before.sha256 != article.sha256:
            part = _put_away(article, cut_article(article, encoder.count_tokens, encoder.max_tokens), spool)
            parts[article.id] = part
            article = part.article
        progress("reading", number, files)
        return article

    library = read_library(kb, choice.patterns, known, choice.may_be_empty, take)
    beside = read_library_files(kb)
    unchanged = same and not parts and len(library.articles) == len(known)
    parts = (_taken_over(served, stored) if served and stored else {}) | parts
    ordered = tuple(parts[article.id] for article in library.articles)
    if served and unchanged and served.library_files() == beside.texts:
        generation = served.generation
    else:
        generation = _name(ordered, encoder, beside.texts)
    return Plan(
        generation,
        ordered,
        tuple(name for name in library.ignored if name not in beside.names),
        spool,
        served,
        beside.texts,
        library.left_out,
        library.unmatched,
        library.drafts,
        tuple((article.file, note) for article in library.articles for note in article.notes),
    )


def plan_of(articles: Iterable[Article], encoder: Encoder, max_tokens: int, progress: Progress) -> Plan:
    """A plan for articles at hand, of which nothing is served yet, cut into passages of at most so many tokens."""
    spool = Spool()
    parts = []
    ordered = sorted(articles, key=lambda article: article.id)
    for number, article in enumerate(ordered, 1):
        parts.append(_put_away(article, cut_article(article, encoder.count_tokens, max_tokens), spool))
        progress("reading", number, len(ordered))
    return Plan(_name(parts, encoder, {}), tuple(parts), (), spool, None)


def _put_away(article: Article, passages: tuple[Passage, ...], spool: Spool) -> Part:
    content = content_of(article, passages)
    spool.add(content)
    sentences = sum(len(passage.sentences) for passage in passages)
    return Part(replace(article, sections=()), content.digest, links_inside(article), len(passages), sentences)


def _taken_over(served: Reader, stored: Mapping[str, Stored]) -> dict[str, Part]:
    """All articles of the generation served, as parts that stay as they are."""
    rows = served.rows_of_articles()
    before = np.concatenate([[0], np.cumsum(served.sentence_counts)]).tolist()
    return {
        name: Part(one.article, one.digest, one.linking, len(own), before[own.stop] - before[own.start], own)
        for (name, one), own in zip(stored.items(), rows, strict=True)
    }


def _name(parts: Sequence[Part], encoder: Encoder, library_files: Mapping[str, str]) -> str:
    digests = {part.article.id: part.digest for part in parts}
    digests |= {f"#{name}": hashlib.sha256(text.encode()).hexdigest() for name, text in library_files.items()}
    return generation_id(digests, encoder.fingerprint, code_fingerprint())
