"""The file of insights: counts by day, groups of questions, and words that no article has. SQLite, no WAL."""

from __future__ import annotations

import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from wellread.commands import command, places
from wellread.datatypes import State
from wellread.errors import InsightsError
from wellread.insights.groups import Group, Outcome

_VERSION = 1
"""Of the tables, as SQLite's user_version."""

_WAIT = 5.0
"""Seconds to wait for another process that is writing: a write takes some milliseconds."""

_SCHEMA = f"""
PRAGMA user_version = {_VERSION};
CREATE TABLE about (epoch TEXT NOT NULL);
CREATE TABLE counts (
  day TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL, article TEXT NOT NULL,
  asked INTEGER NOT NULL DEFAULT 0, helped INTEGER NOT NULL DEFAULT 0, unhelped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, state, subject, article)) WITHOUT ROWID;
CREATE TABLE groups (id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT NOT NULL UNIQUE);
CREATE TABLE group_counts (
  id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE, day TEXT NOT NULL, state TEXT NOT NULL,
  article TEXT NOT NULL, asked INTEGER NOT NULL DEFAULT 0, helped INTEGER NOT NULL DEFAULT 0,
  unhelped INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (id, day, state, article)) WITHOUT ROWID;
CREATE TABLE words (
  word TEXT NOT NULL, day TEXT NOT NULL, asked INTEGER NOT NULL, PRIMARY KEY (word, day)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was asked, and how often the answer helped or did not, where readers said so."""

    asked: int = 0
    helped: int = 0
    unhelped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.asked + other.asked, self.helped + other.helped, self.unhelped + other.unhelped)


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """A group of questions as it is kept: what came of them, by state and article."""

    id: int
    words: str
    tallies: Mapping[Outcome, Tally]


class Store:
    """The file while it is open; what is written comes about whole or not at all."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @property
    def epoch(self) -> str:
        """A random name of the file, another one after it was emptied."""
        (epoch,) = self._database.execute("SELECT epoch FROM about").fetchone()
        return str(epoch)

    def forget_before(self, day: date) -> None:
        """Delete what is of earlier days, and groups of which nothing is left."""
        for table in ("counts", "group_counts", "words"):
            self._database.execute(f"DELETE FROM {table} WHERE day < ?", (day.isoformat(),))  # noqa: S608
        self._database.execute("DELETE FROM groups WHERE id NOT IN (SELECT id FROM group_counts)")

    def count(self, day: date, subject: str, outcome: Outcome, tally: Tally) -> None:
        """Count a question with this outcome."""
        self._database.execute(
            "INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET asked = asked + excluded.asked,"
            " helped = helped + excluded.helped, unhelped = unhelped + excluded.unhelped",
            (day.isoformat(), outcome[0], subject, outcome[1], tally.asked, tally.helped, tally.unhelped),
        )

    def count_word(self, day: date, word: str, asked: int) -> None:
        """Count a word that no article has."""
        self._database.execute(
            "INSERT INTO words VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET asked = asked + excluded.asked",
            (word, day.isoformat(), asked),
        )

    def add_group(self, day: date, group: Group) -> None:
        """Keep a group, or count it with the one of the same words."""
        self._database.execute("INSERT INTO groups (words) VALUES (?) ON CONFLICT DO NOTHING", (group.words,))
        (number,) = self._database.execute("SELECT id FROM groups WHERE words = ?", (group.words,)).fetchone()
        for outcome in group.asked | group.helped | group.unhelped:
            tally = Tally(group.asked[outcome], group.helped[outcome], group.unhelped[outcome])
            self.count_group(number, day, outcome, tally)

    def count_group(self, number: int, day: date, outcome: Outcome, tally: Tally) -> None:
        """Count a question that belongs to a group."""
        self._database.execute(
            "INSERT INTO group_counts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " asked = asked + excluded.asked, helped = helped + excluded.helped,"
            " unhelped = unhelped + excluded.unhelped",
            (number, day.isoformat(), *outcome, tally.asked, tally.helped, tally.unhelped),
        )

    def group_words(self) -> dict[int, str]:
        """The wording of every group, by its number."""
        return dict(self._database.execute("SELECT id, words FROM groups ORDER BY id"))

    def counts(self, since: date) -> Iterator[tuple[State, str, str, Tally]]:
        """State, subject and article of what was asked, with the tallies of all days from one on."""
        for state, subject, article, *numbers in self._database.execute(
            "SELECT state, subject, article, SUM(asked), SUM(helped), SUM(unhelped) FROM counts WHERE day >= ?"
            " GROUP BY state, subject, article ORDER BY state, subject, article",
            (since.isoformat(),),
        ):
            yield state, subject, article, Tally(*numbers)

    def groups(self, since: date) -> list[KeptGroup]:
        """The groups of which something was asked from a day on, by number."""
        found: dict[int, tuple[str, dict[Outcome, Tally]]] = {}
        for number, words, state, article, *numbers in self._database.execute(
            "SELECT id, words, state, article, SUM(asked), SUM(helped), SUM(unhelped)"
            " FROM groups JOIN group_counts USING (id) WHERE day >= ? GROUP BY id, state, article ORDER BY id, state,"
            " article",
            (since.isoformat(),),
        ):
            found.setdefault(number, (words, {}))[1][state, article] = Tally(*numbers)
        return [KeptGroup(number, words, tallies) for number, (words, tallies) in found.items()]

    def words(self, since: date) -> Counter[str]:
        """How many visits used each word that no article has."""
        rows: Iterable[tuple[str, int]] = self._database.execute(
            "SELECT word, SUM(asked) FROM words WHERE day >= ? GROUP BY word ORDER BY word", (since.isoformat(),)
        )
        return Counter(dict(rows))

    @classmethod
    def made(cls, database: sqlite3.Connection) -> Self:
        """The store in a database that is new, or has these tables already; raises sqlite3.Error."""
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                database.execute(statement)
            database.execute("INSERT INTO about VALUES (?)", (secrets.token_hex(8),))
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"its tables are of version {version}")
        return cls(database)


@contextmanager
def writing(file: Path) -> Iterator[Store]:
    """Open the file to write, made where it is missing; what is written comes about at the end, whole or not at all.

    Raises:
        OSError, sqlite3.Error: the disk refused, or the file is none of these.
    """
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600)  # for the user of the page alone
    with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN IMMEDIATE")
        with database:
            yield Store.made(database)


@contextmanager
def reading(file: Path, index: Path) -> Iterator[Store | None]:
    """Open the file to read; None where there is none.

    Raises:
        InsightsError: it cannot be read.
    """
    if not file.is_file():
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", timeout=_WAIT, uri=True)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError(f"its tables are of version {version}")
            yield Store(database) if version else None
    except (sqlite3.Error, OSError) as error:
        remedy = f"delete it, with all that was counted: {command('insights', *places(index), '--empty')}"
        raise InsightsError(f"cannot be read ({error})", remedy, file) from error


def empty(file: Path) -> bool:
    """Delete the file, and what SQLite writes beside it; tells whether there was one.

    Pages that run notice it by its new name, and forget what they have in memory. Raises OSError.
    """
    there = file.is_file()
    for path in (file.with_name(f"{file.name}-journal"), file):  # in this order: the next file may have one of its own
        path.unlink(missing_ok=True)
    return there
