"""The words of a segment in SQLite: articles, sections, passages, sentences and the terms in them."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Self

from wellread.datatypes import Article, Block, Link, Passage, Section, Sentence

CACHE = 256
"""Kilobytes that SQLite keeps of a file: a library has a hundred of them, and the system keeps what is read often."""

_SCHEMA = """
CREATE TABLE articles (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  disclaimer TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL, last_reviewed TEXT, next_review TEXT,
  digest TEXT NOT NULL, linking INTEGER NOT NULL);
CREATE TABLE sections (
  row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, anchor TEXT NOT NULL, role TEXT NOT NULL,
  line INTEGER NOT NULL, path TEXT NOT NULL, blocks TEXT NOT NULL, UNIQUE (article, anchor));
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, section INTEGER NOT NULL REFERENCES sections,
  part INTEGER NOT NULL, parts INTEGER NOT NULL, blocks TEXT, digest BLOB NOT NULL);
CREATE TABLE sentences (
  row INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passages, block INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passages_of ON passages (section);
CREATE INDEX sentences_of ON sentences (passage);
CREATE TABLE terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Content:
    """An article with its passages, as a generation holds them; `digest` changes with anything in them."""

    article: Article
    passages: tuple[Passage, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as a database has it, without its sections; `digest` is that of its `Content`.

    `linking` tells whether it has a link that leads to a place in the knowledge base.
    """

    article: Article
    digest: str
    linking: bool


def links_inside(article: Article) -> bool:
    """Whether an article has a link that leads to a place in the knowledge base."""
    return any(link.leads_inside for part in article.sections for block in part.blocks for link in block.links)


def content_of(article: Article, passages: tuple[Passage, ...]) -> Content:
    """Join an article and its passages, with their digest."""
    return Content(article, passages, hashlib.sha256(repr((article, passages)).encode()).hexdigest())


class Database:
    """A finished database file, opened for reading only; threads may share it."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._database.execute(f"PRAGMA cache_size = -{CACHE}")
        weakref.finalize(self, self._database.close)  # Python 3.13 warns of a connection that is left open

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def terms_with(self, initial: str) -> list[tuple[str, int]]:
        """The terms with a first letter, each with how many passages have it."""
        return self._database.execute(
            "SELECT term, passages FROM terms WHERE term >= ? AND term < ?", (initial, chr(ord(initial) + 1))
        ).fetchall()

    def fetch(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""
        return read_passage(self.written_passage(row))

    def written_passage(self, row: int) -> tuple[Any, ...]:
        """The same as it stands in the file, for `read_passage`; raises KeyError."""
        found = self._database.execute(
            "SELECT p.id, p.part, p.parts, coalesce(p.blocks, s.blocks), s.anchor, s.path, a.id, a.title"
            " FROM passages p JOIN sections s ON s.row = p.section JOIN articles a ON a.row = s.article"
            " WHERE p.row = ?",
            (row,),
        ).fetchone()
        if found is None:
            raise KeyError(row)
        sentences = self._database.execute(
            'SELECT block, start, "end" FROM sentences WHERE passage = ? ORDER BY row', (row,)
        )
        return (*found, sentences.fetchall())

    def articles(self) -> list[Stored]:
        """Every article by id, without its sections, with what is known of it."""
        found = self._database.execute("SELECT * FROM articles ORDER BY row")
        return [Stored(self._article(row), row[10], bool(row[11])) for row in found]

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        row = self._database.execute("SELECT * FROM articles WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        return replace(self._article(row), sections=read_sections(self.written_sections(row[0])))

    def written_sections(self, row: int) -> list[tuple[Any, ...]]:
        """The sections of the article of a row as they stand in the file, for `read_sections`."""
        return self._database.execute(
            "SELECT path, anchor, blocks, line, role FROM sections WHERE article = ? ORDER BY row", (row,)
        ).fetchall()

    def content(self, name: str) -> Content | None:
        """One article with its passages, or None where there is none of that id."""
        article = self.article(name)
        if article is None:
            return None
        row, digest = self._database.execute("SELECT row, digest FROM articles WHERE id = ?", (name,)).fetchone()
        rows = self._database.execute(
            "SELECT p.row FROM passages p JOIN sections s ON s.row = p.section WHERE s.article = ? ORDER BY p.row",
            (row,),
        ).fetchall()
        return Content(article, tuple(self.fetch(passage) for (passage,) in rows), digest)

    def row_of(self, name: str) -> int:
        """The row of a passage by its id; raises KeyError."""
        found = self._database.execute("SELECT row FROM passages WHERE id = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return int(found[0])

    def headings(self) -> Iterator[tuple[str, str, str]]:
        """The heading, article id and anchor of every section that has text, articles by id."""
        found = self._database.execute(
            "SELECT s.path, a.id, s.anchor FROM sections s JOIN articles a ON a.row = s.article"
            " WHERE s.blocks <> '[]' ORDER BY a.id, s.row"
        )
        return ((json.loads(path)[-1], article, anchor) for path, article, anchor in found)

    def digests(self, article: str | None = None) -> dict[str, bytes]:
        """A digest of each passage's content by its id, in the order of the rows: of all passages or of one article's.

        It is what tells a passage from another version of it.
        """
        if article is None:
            return dict(self._database.execute("SELECT id, digest FROM passages ORDER BY row").fetchall())
        found = self._database.execute(
            "SELECT p.id, p.digest FROM passages p JOIN sections s ON s.row = p.section"
            " JOIN articles a ON a.row = s.article WHERE a.id = ? ORDER BY p.row",
            (article,),
        )
        return dict(found.fetchall())

    @staticmethod
    def _article(row: tuple[Any, ...]) -> Article:
        _, name, title, file, sha256, disclaimer, source, language, last_reviewed, next_review, _, _ = row
        return Article(
            id=name,
            title=title,
            sections=(),
            file=file,
            sha256=sha256,
            disclaimer=disclaimer,
            source=source,
            language=language,
            last_reviewed=date.fromisoformat(last_reviewed) if last_reviewed else None,
            next_review=date.fromisoformat(next_review) if next_review else None,
        )


class DatabaseWriter:
    """Writes articles with their passages and sentences into a new file; rows count from 0 in the order added."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database = sqlite3.connect(file)
        self._rows = _Rows(0, 0, 0, 0)

    def __enter__(self) -> Self:
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        return self

    def __exit__(self, *raised: object) -> None:
        self._database.close()

    def add(self, content: Content) -> None:
        """Add an article."""
        self._rows = _write_content(self._database, content, self._rows)

    def close(self, terms: Iterable[tuple[str, int]]) -> None:
        """Put everything on the disk, with the terms and how many passages have each; raises OSError, sqlite3.Error."""
        self._database.executemany("INSERT INTO terms VALUES (?, ?)", terms)
        self._database.commit()
        self._database.close()
        with self._file.open("rb+") as stream:
            os.fsync(stream.fileno())


_FIELDS = tuple(field.name for field in fields(Block))


class _Rows(NamedTuple):
    """The next free row of each table."""

    article: int
    section: int
    passage: int
    sentence: int


def _write_content(database: sqlite3.Connection, content: Content, first: _Rows) -> _Rows:
    article = content.article
    database.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            first.article,
            article.id,
            article.title,
            article.file,
            article.sha256,
            article.disclaimer,
            article.source,
            article.language,
            _isoformat(article.last_reviewed),
            _isoformat(article.next_review),
            content.digest,
            links_inside(article),
        ),
    )
    sections: dict[str, int] = {}
    for section in article.sections:
        sections[section.anchor] = first.section + len(sections)
        path, blocks = _json(section.path), _written(section.blocks)
        database.execute(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)",
            (sections[section.anchor], first.article, section.anchor, section.role, section.line, path, blocks),
        )
    sentence = first.sentence
    for row, passage in enumerate(content.passages, first.passage):
        own = _written(passage.blocks) if passage.parts > 1 else None
        database.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row, passage.id, sections[passage.anchor], passage.part, passage.parts, own, digest_of(passage)),
        )
        database.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?)",
            ((number, row, s.block, s.start, s.end) for number, s in enumerate(passage.sentences, sentence)),
        )
        sentence += len(passage.sentences)
    return _Rows(first.article + 1, first.section + len(sections), first.passage + len(content.passages), sentence)


def read_passage(written: Sequence[Any]) -> Passage:
    """The passage that `Database.written_passage` gave."""
    name, part, parts, blocks, anchor, path, article, title, sentences = written
    return Passage(
        id=name,
        article=article,
        title=title,
        path=tuple(json.loads(path)),
        anchor=anchor,
        blocks=_read_blocks(blocks),
        sentences=tuple(Sentence(*span) for span in sentences),
        part=part,
        parts=parts,
    )


def read_sections(written: Iterable[Sequence[Any]]) -> tuple[Section, ...]:
    """The sections that `Database.written_sections` gave."""
    return tuple(
        Section(tuple(json.loads(path)), anchor, _read_blocks(blocks), line, role)
        for path, anchor, blocks, line, role in written
    )


def digest_of(passage: Passage) -> bytes:
    """Sixteen bytes that change with what a reader sees of a passage, not with the lines on which it stands."""
    seen = (passage.title, passage.path, passage.text, [block.links for block in passage.blocks])
    return hashlib.sha256(repr(seen).encode()).digest()[:16]


def _written(blocks: Sequence[Block]) -> str:
    """Blocks as JSON: what `asdict` gives, without the copies that it makes."""
    return _json(
        [
            {name: getattr(block, name) for name in _FIELDS} | {"links": [asdict(link) for link in block.links]}
            for block in blocks
        ]
    )


def _read_blocks(written: str) -> tuple[Block, ...]:
    return tuple(
        Block(**{**block, "cells": tuple(block["cells"]), "links": tuple(Link(**link) for link in block["links"])})
        for block in json.loads(written)
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _isoformat(day: date | None) -> str | None:
    return day.isoformat() if day else None
