"""The words of a generation in SQLite: articles, sections, passages, sentences and the terms in them."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple, Self

from wellread.datatypes import Article, Block, Link, Passage, Section, Sentence
from wellread.index.postings import PostingsWriter

_VARIABLES = 10_000
"""Values that are bound to one statement at most; SQLite takes 32,766 (SQLITE_MAX_VARIABLE_NUMBER)."""

RECENT = 256
"""Passages that are kept in memory once they were fetched."""

_SCHEMA = """
CREATE TABLE articles (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  disclaimer TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL, last_reviewed TEXT, next_review TEXT,
  digest TEXT NOT NULL);
CREATE TABLE sections (
  row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, anchor TEXT NOT NULL, role TEXT NOT NULL,
  line INTEGER NOT NULL, path TEXT NOT NULL, blocks TEXT NOT NULL, UNIQUE (article, anchor));
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, section INTEGER NOT NULL REFERENCES sections,
  part INTEGER NOT NULL, parts INTEGER NOT NULL, blocks TEXT, digest BLOB NOT NULL);
CREATE TABLE sentences (
  row INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passages, block INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX sentences_of ON sentences (passage);
CREATE TABLE library_files (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE terms (term TEXT PRIMARY KEY, start INTEGER NOT NULL, "end" INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Content:
    """An article with its passages, as a generation holds them; `digest` changes with anything in them."""

    article: Article
    passages: tuple[Passage, ...]
    digest: str


def content_of(article: Article, passages: tuple[Passage, ...]) -> Content:
    """Join an article and its passages, with their digest."""
    return Content(article, passages, hashlib.sha256(repr((article, passages)).encode()).hexdigest())


class Database:
    """A finished database file, opened for reading only; threads may share it."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        weakref.finalize(self, self._database.close)  # Python 3.13 warns of a connection that is left open
        self._fetch = lru_cache(maxsize=RECENT)(partial(_fetch, self._database))

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def places(self, terms: Sequence[str]) -> list[tuple[int, int]]:
        """Where `Postings` has the passages of some terms; those that stand nowhere have no place."""
        found: list[tuple[int, int]] = []
        ordered = sorted(terms)
        for at in range(0, len(ordered), _VARIABLES):
            some = ordered[at : at + _VARIABLES]
            asked = ", ".join("?" * len(some))
            found += self._database.execute(
                f'SELECT start, "end" FROM terms WHERE term IN ({asked}) ORDER BY term',  # noqa: S608 - question marks
                some,
            )
        return found

    def terms_like(self, initial: str, shortest: int, longest: int) -> list[tuple[str, int, int]]:
        """The terms with a first letter and so many letters, and where `Postings` has their passages."""
        return self._database.execute(
            'SELECT term, start, "end" FROM terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?',
            (initial, chr(ord(initial) + 1), shortest, longest),
        ).fetchall()

    def passage_of_sentences(self) -> Iterator[int]:
        """The passage row of every sentence row."""
        return (row for (row,) in self._database.execute("SELECT passage FROM sentences ORDER BY row"))

    def article_of_passages(self) -> Iterator[int]:
        """The article row of every passage row."""
        found = self._database.execute(
            "SELECT s.article FROM passages p JOIN sections s ON s.row = p.section ORDER BY p.row"
        )
        return (row for (row,) in found)

    def library_files(self) -> dict[str, str]:
        """The texts of the files beside the articles that say how the library is searched, by name."""
        return dict(self._database.execute("SELECT name, text FROM library_files ORDER BY name").fetchall())

    def marked_rows(self) -> frozenset[int]:
        """The rows of the passages that their articles' front matter calls warning signs."""
        found = self._database.execute(
            "SELECT p.row FROM passages p JOIN sections s ON s.row = p.section WHERE s.role = 'warning'"
        )
        return frozenset(row for (row,) in found)

    def fetch(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""
        return self._fetch(row)

    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        return tuple(self._article(row) for row in self._database.execute("SELECT * FROM articles ORDER BY id"))

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        row = self._database.execute("SELECT * FROM articles WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        sections = self._database.execute(
            "SELECT path, anchor, blocks, line, role FROM sections WHERE article = ? ORDER BY row", (row[0],)
        )
        return replace(
            self._article(row),
            sections=tuple(
                Section(tuple(json.loads(path)), anchor, _read_blocks(blocks), line, role)
                for path, anchor, blocks, line, role in sections
            ),
        )

    def content(self, name: str, rows: range) -> Content:
        """An article with its passages, whose rows `passage_rows` gave."""
        article = self.article(name)
        if article is None:
            raise KeyError(name)
        (digest,) = self._database.execute("SELECT digest FROM articles WHERE id = ?", (name,)).fetchone()
        return Content(article, tuple(self.fetch(row) for row in rows), digest)

    def passage_rows(self) -> dict[str, range]:
        """The rows of each article's passages, by article id."""
        found = self._database.execute(
            "SELECT a.id, min(p.row), max(p.row) FROM passages p JOIN sections s ON s.row = p.section"
            " JOIN articles a ON a.row = s.article GROUP BY a.row"
        )
        return {name: range(first, last + 1) for name, first, last in found}

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

    def digests(self) -> dict[str, bytes]:
        """A digest of every passage's content by its id, in the order of the rows: what tells it from another."""
        return dict(self._database.execute("SELECT id, digest FROM passages ORDER BY row").fetchall())

    def content_digests(self) -> dict[str, str]:
        """The digest of every article with its passages, by the article's id."""
        return dict(self._database.execute("SELECT id, digest FROM articles ORDER BY id").fetchall())

    @staticmethod
    def _article(row: tuple[Any, ...]) -> Article:
        _, name, title, file, sha256, disclaimer, source, language, last_reviewed, next_review, _ = row
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


def _fetch(database: sqlite3.Connection, row: int) -> Passage:
    found = database.execute(
        "SELECT p.id, p.part, p.parts, coalesce(p.blocks, s.blocks), s.anchor, s.path, a.id, a.title"
        " FROM passages p JOIN sections s ON s.row = p.section JOIN articles a ON a.row = s.article"
        " WHERE p.row = ?",
        (row,),
    ).fetchone()
    if found is None:
        raise KeyError(row)
    name, part, parts, blocks, anchor, path, article, title = found
    sentences = database.execute('SELECT block, start, "end" FROM sentences WHERE passage = ? ORDER BY row', (row,))
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


class DatabaseWriter:
    """Writes articles with their passages and sentences into new files; rows count from 0 in the order added."""

    def __init__(self, file: Path, postings: Path) -> None:
        self._file = file
        self._database = sqlite3.connect(file)
        self._postings = PostingsWriter(postings)
        self._rows = _Rows(0, 0, 0, 0)

    def __enter__(self) -> Self:
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        return self

    def __exit__(self, *raised: object) -> None:
        self._database.close()

    @property
    def counts(self) -> dict[str, int]:
        """How many articles, passages and sentences were added."""
        return {"articles": self._rows.article, "passages": self._rows.passage, "sentences": self._rows.sentence}

    def add_library_files(self, files: Mapping[str, str]) -> None:
        """Add the texts of the files beside the articles, by name."""
        self._database.executemany("INSERT INTO library_files VALUES (?, ?)", sorted(files.items()))

    def add(self, content: Content) -> None:
        """Add an article."""
        self._rows = _write_content(self._database, content, self._rows)
        for passage in content.passages:
            self._postings.add("\n".join((passage.title, *passage.path, passage.text)))

    def close(self) -> None:
        """Put everything on the disk; raises OSError and sqlite3.Error."""
        self._postings.close(self._database)
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
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
