"""What a reader must know of a segment at once, and its passages' and articles' words, as blobs.

The catalogue is the segment's database without texts, and its small arrays; words, headings and tokens of passages are
fetched by the row when a question needs them.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from wellread.datatypes import Article, Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged
from wellread.index.arrays import StoredArrays
from wellread.index.database import Database, read_passage, read_sections
from wellread.index.manifest import Segment
from wellread.index.milvus.blobs import Blobs

WORDS = "words"
ARRAYS = "arrays"
"""The names of the two blobs of a catalogue."""

_SMALL = (
    "articles.passages",
    "passages.sentences",
    "passages.warnings",
    "passages.lengths",
    "terms.keys",
    "terms.ends",
    "terms.occurrences",
)
"""The arrays of a segment that a reader holds in memory."""

_WITHOUT_TEXTS = """
UPDATE sections SET blocks = '' WHERE blocks <> '[]';
UPDATE passages SET blocks = NULL;
DELETE FROM sentences;
VACUUM;
"""


def catalogue_of(database: Path, arrays: StoredArrays) -> dict[str, bytes]:
    """The blobs of a segment's catalogue, from its files."""
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        source.backup(copy)
        copy.executescript(_WITHOUT_TEXTS)
        words = copy.serialize()
    finally:
        source.close()
        copy.close()
    return {WORDS: zlib.compress(words), ARRAYS: zlib.compress(save({name: arrays.read(name) for name in _SMALL}))}


def passage_name(row: int) -> str:
    """The name of the blob of a passage by its row in the segment."""
    return f"p{row}"


def _article_name(row: int) -> str:
    return f"a{row}"


@dataclass(frozen=True, eq=False, slots=True)
class PassageParts:
    """What is fetched of a passage: its words as they are kept, the vector of its heading, the codes of its tokens."""

    words: bytes
    heading: Vectors
    codes: NDArray[np.uint8]

    @property
    def passage(self) -> Passage:
        """The passage. Of most candidates only the heading is looked at, and reading words takes far longer."""
        return read_passage(json.loads(zlib.decompress(self.words)))


def passage_blob(database: Database, row: int, heading: Vectors, codes: NDArray[np.uint8]) -> bytes:
    """What is kept of a passage, for `read_parts`."""
    words = zlib.compress(json.dumps(database.written_passage(row)).encode())
    return save({"words": np.frombuffer(words, np.uint8), "heading": heading, "codes": np.ascontiguousarray(codes)})


def read_parts(blob: bytes) -> PassageParts:
    """What `passage_blob` gave."""
    arrays = load(blob)
    return PassageParts(arrays["words"].tobytes(), arrays["heading"], arrays["codes"])


def article_blobs(database: Database) -> Iterator[tuple[str, bytes]]:
    """The sections of every article of a segment, each under its name."""
    for row in range(len(database.articles())):
        yield _article_name(row), zlib.compress(json.dumps(database.written_sections(row)).encode())


class RemoteDatabase(Database):
    """A segment's database whose texts are fetched when they are asked for; threads may share it.

    `fetch` and `article` raise EngineError, and IndexDamaged where a text is no longer there.
    """

    def __init__(self, words: bytes, segment: Segment, blobs: Blobs) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.deserialize(zlib.decompress(words))
        weakref.finalize(self, self._database.close)
        self._segment = segment
        self._blobs = blobs

    def parts(self, row: int) -> PassageParts:
        """What is fetched of a passage; raises KeyError for a row that is none."""
        if not 0 <= row < self._segment.counts["passages"]:
            raise KeyError(row)
        blob = (self._segment.name, passage_name(row))
        return read_parts(_there(self._blobs.get([blob]), blob))

    def fetch(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""
        return self.parts(row).passage

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""
        row = self._database.execute("SELECT * FROM articles WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        blob = (self._segment.name, _article_name(row[0]))
        sections = read_sections(json.loads(zlib.decompress(_there(self._blobs.get([blob]), blob))))
        return replace(self._article(row), sections=sections)


class Fetched:
    """Bytes in memory that are read as a file is."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._data)

    def read(self, start: int, size: int) -> bytes:
        """Some of them; raises OSError where there are fewer."""
        found = self._data[start : start + size]
        if len(found) != size:
            raise OSError(f"there are only {len(self._data)} bytes")
        return found


class Catalogue:
    """The catalogue of a segment, opened; threads and readers may share it.

    Raises:
        IndexDamaged: a blob is not there, or not what was written.
    """

    def __init__(self, segment: Segment, blobs: Blobs) -> None:
        names = [(segment.name, WORDS), (segment.name, ARRAYS)]
        found = blobs.get(names, strong=True)
        words, arrays = (_there(found, name) for name in names)
        try:
            self.database = RemoteDatabase(words, segment, blobs)
            self.arrays = StoredArrays(Fetched(zlib.decompress(arrays)))
        except (ValueError, TypeError, KeyError, OSError, zlib.error, sqlite3.Error) as error:
            raise _damaged(f"the catalogue of segment {segment.name} cannot be opened ({error})") from error


def _there(found: dict[tuple[str, str], bytes], name: tuple[str, str]) -> bytes:
    """The blob of that name; raises IndexDamaged where it is not there."""
    if name not in found:
        raise _damaged(f"{'/'.join(name)} is not there any more")
    return found[name]


def _damaged(reason: str) -> IndexDamaged:
    return IndexDamaged(reason, "publish again: wellread ingest", where="Milvus")
