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

from wellread.articles.file_patterns import ALL_FILES, FilePatterns
from wellread.articles.library import read_library
from wellread.articles.passages import GRAINS, Grain, cut_article, embedded_texts
from wellread.datatypes import Article, Note, Passage
from wellread.encoders.cache import NO_ENCODERS
from wellread.encoders.sentence_transformer import Encoder
from wellread.files import temporary_files
from wellread.fingerprints import PACKAGE, fingerprint_of, package_files
from wellread.index.database import Content, content_of, digest_of
from wellread.index.manifest import generation_id
from wellread.index.reader import Reader
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
    "index": ("port", "reader"),
    "publishing": ("diff", "gate", "history", "lock", "policy", "publish", "reporting", "serving", "trial", "watch"),
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
    """An article of a plan, without its sections.

    `digest` is that of `Content`, `passages` has that of each passage by its id, and `rows` are those of the passages
    in the generation being served, where it holds the article just so; else None.
    """

    article: Article
    digest: str
    passages: dict[str, bytes]
    sentences: int
    rows: range | None


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
    drafts: tuple[str, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()

    def contents(self) -> Iterator[tuple[Part, Content]]:
        """Every article with its passages, one at a time."""
        return ((part, self._content(part)) for part in self.parts)

    def new_texts(self) -> Iterator[tuple[str, Grain]]:
        """What is embedded of the articles that are not taken over, article by article; a text may come again."""
        for part in self.parts:
            if part.rows is None:
                texts = embedded_texts(self._content(part).passages)
                yield from ((text, grain) for grain in GRAINS for text in texts[grain])

    def distinct_texts(self) -> int:
        """How many different texts are embedded."""
        return len(
            {
                hash(text)
                for _, content in self.contents()
                for texts in embedded_texts(content.passages).values()
                for text in texts
            }
        )

    @property
    def new_count(self) -> int:
        """How many texts `new_texts` gives."""
        return sum(2 * len(part.passages) + part.sentences for part in self.parts if part.rows is None)

    @property
    def sizes(self) -> dict[Grain, int]:
        """How many rows each grain has."""
        passages = sum(len(part.passages) for part in self.parts)
        return {
            "passages": passages,
            "sentences": sum(part.sentences for part in self.parts),
            "headings": passages,
        }

    def _content(self, part: Part) -> Content:
        if self.served is None or part.rows is None:
            return self.spool[part.article.id]
        return self.served.database.content(part.article.id, part.rows)


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
    known = {article.file: article for article in served.database.articles()} if served and same else {}
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
    ordered: tuple[Part, ...] = ()
    if served and same and not parts and len(library.articles) == len(known) and served.library_files() == beside.texts:
        generation = served.generation
    else:
        if served and known:
            parts |= _taken_over(served, [article.id for article in library.articles if article.id not in parts])
        ordered = tuple(parts[article.id] for article in library.articles)
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
    return Part(
        replace(article, sections=()),
        content.digest,
        {passage.id: digest_of(passage) for passage in passages},
        sum(len(passage.sentences) for passage in passages),
        None,
    )


def _taken_over(served: Reader, names: Sequence[str]) -> dict[str, Part]:
    articles = {article.id: article for article in served.database.articles()}
    rows = dict.fromkeys(names, range(0)) | served.database.passage_rows()
    digests = served.database.content_digests()
    passages = list(served.database.digests().items())
    return {
        name: Part(
            articles[name],
            digests[name],
            dict(passages[rows[name].start : rows[name].stop]),
            len(served.sentence_rows(rows[name])),
            rows[name],
        )
        for name in names
    }


def _name(parts: Sequence[Part], encoder: Encoder, library_files: Mapping[str, str]) -> str:
    digests = {part.article.id: part.digest for part in parts}
    digests |= {f"#{name}": hashlib.sha256(text.encode()).hexdigest() for name, text in library_files.items()}
    return generation_id(digests, encoder.fingerprint, code_fingerprint())
