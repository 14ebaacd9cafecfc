"""The ways of searching that scale.py compares: each builds its files, opens them, and is asked."""

from __future__ import annotations

import json
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import StoredArrays, write_arrays
from wellread.index.postings import Postings, PostingsWriter
from wellread.index.stored import StoredFile
from wellread.index.vectors import coded, kept_rows, open_vectors, vector_arrays
from wellread.text.terms import terms_of
from wellread.text.words import content_words

FLAT = 34_000
"""Rows of the flat index that the others' times are held against."""
K = 100
BLOCK = 20_000
"""Rows that are in memory at a time while an index is built."""


class Way(ABC):
    """A way of searching: `build` writes files below `place`, `open` makes ready to be asked."""

    kind = "vectors"
    prefix: tuple[str, ...] = ()
    """What the command of its process begins with."""

    def __init__(self, place: Path, folder: Path) -> None:
        self.place = place
        self.folder = folder

    @staticmethod
    def there() -> bool:
        """Whether what it takes is installed."""
        return True

    @abstractmethod
    def build(self) -> None: ...  # noqa: D102
    @abstractmethod
    def open(self) -> None: ...  # noqa: D102
    @abstractmethod
    def ask(self, number: int) -> list[int]: ...  # noqa: D102

    @property
    def stored(self) -> Path:
        """The folder whose files are what is built."""
        return self.place

    def close(self) -> None:  # noqa: B027 - most start nothing
        """End what was started to be asked."""

    @property
    def processes(self) -> list[int]:
        """The ids of the processes that answer, whose memory counts."""
        return [os.getpid()]


class VectorWay(Way):
    """Searches vectors."""

    def blocks(self) -> Iterator[Vectors]:
        """The rows, some at a time."""
        rows = np.load(self.folder / "rows.npy", mmap_mode="r")
        for start in range(0, len(rows), BLOCK):
            yield np.asarray(rows[start : start + BLOCK])

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows there are, and their dimension."""
        rows, dimension = np.load(self.folder / "rows.npy", mmap_mode="r").shape
        return rows, dimension

    def questions(self) -> Vectors:
        """A row for each question."""
        return np.asarray(np.load(self.folder / "questions.npy"))


class Faiss(VectorWay):
    """An index of FAISS, as its factory makes it."""

    description = "Flat"
    limit: int | None = None

    def build(self) -> None:  # noqa: D102
        index = faiss.index_factory(self.shape[1], self.description, faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained:
            index.train(np.asarray(np.load(self.folder / "rows.npy", mmap_mode="r")[::10]))
        for block in self.blocks():
            index.add(block[: self.limit and self.limit - index.ntotal])
            if index.ntotal == self.limit:
                break
        faiss.write_index(index, str(self.place / "index.faiss"))

    def open(self) -> None:  # noqa: D102
        self._index: Any = faiss.read_index(str(self.place / "index.faiss"), faiss.IO_FLAG_MMAP_IFC)
        self._questions = self.questions()
        self.tune()

    def tune(self) -> None:
        """Set what decides between speed and recall."""

    def ask(self, number: int) -> list[int]:  # noqa: D102
        rows: list[int] = self._index.search(self._questions[number : number + 1], K)[1][0].tolist()
        return rows


class FlatFew(Faiss):
    """The rows that the others' times are held against."""

    limit = FLAT


class Half(Faiss):
    """Sixteen bits a dimension."""

    description = "SQfp16"


class Bytes(Faiss):
    """Eight bits a dimension."""

    description = "SQ8"


class Graph(Faiss):
    """HNSW, 16 neighbours a row."""

    description = "HNSW16_SQ8"

    def tune(self) -> None:  # noqa: D102
        self._index.hnsw.efSearch = 256


class Cells(Faiss):
    """IVF, 2,048 cells, 64 of them looked at."""

    description = "IVF2048,SQ8"

    def tune(self) -> None:  # noqa: D102
        self._index.nprobe = 64


class Ours(VectorWay):
    """Wellread's files."""

    def build(self) -> None:  # noqa: D102
        in_codes = coded(self.shape[0])
        for number, block in enumerate(self.blocks()):
            write_arrays(self.place / f"{number:06}", vector_arrays("rows", kept_rows(block, in_codes), in_codes))

    def open(self) -> None:  # noqa: D102
        segments = [StoredArrays(StoredFile(file)) for file in sorted(self.place.iterdir())]
        self._rows = open_vectors("rows", segments, self.shape[1], coded(self.shape[0]))
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        question = self._questions[number]
        rows = self._rows.candidates(question, K)
        scores = np.einsum("ij,j->i", self._rows.rows(rows), question)
        best: list[int] = rows[np.lexsort((rows, -scores))][:K].tolist()
        return best


class WordWay(Way):
    """Searches passages by their words."""

    kind = "words"

    def passages(self) -> Iterator[str]:
        """The passages."""
        with (self.folder / "passages.txt").open(encoding="utf-8") as stream:
            yield from stream

    def questions(self) -> list[list[str]]:
        """The content words of each question."""
        return [content_words(text) for text in json.loads((self.folder / "questions.json").read_text())]


PASSAGES_OF_SEGMENT = 10_000
"""Passages that Wellread's segments have in a library of a million, nearly."""


class OurPostings(WordWay):
    """Wellread's postings."""

    def build(self) -> None:  # noqa: D102
        passages = self.passages()
        for number in count():
            texts = list(islice(passages, PASSAGES_OF_SEGMENT))
            if not texts:
                break
            writer = PostingsWriter()
            for text in texts:
                writer.add(text)
            write_arrays(self.place / f"{number:06}", writer.arrays())

    def open(self) -> None:  # noqa: D102
        self._postings = Postings([StoredArrays(StoredFile(file)) for file in sorted(self.place.iterdir())])
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        terms = list(dict.fromkeys(terms_of(" ".join(self._questions[number]))))
        rows: list[int] = self._postings.best(terms, K)[0].tolist()
        return rows


class Fts5(WordWay):
    """SQLite's full-text index."""

    def build(self) -> None:  # noqa: D102
        database = sqlite3.connect(self.place / "words.sqlite")
        database.executescript(
            "PRAGMA journal_mode = OFF; CREATE VIRTUAL TABLE passages USING fts5 (text, content='',"
            " tokenize='porter unicode61 remove_diacritics 2');"
        )
        database.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", enumerate(self.passages()))
        database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self) -> None:  # noqa: D102
        self._database = sqlite3.connect(self.place / "words.sqlite")
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        any_of = " OR ".join(f'"{word}"' for word in self._questions[number])
        found = self._database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages), rowid LIMIT ?", (any_of, K)
        )
        return [row for (row,) in found]


class Bm25s(WordWay):
    """The package bm25s, memory-mapped, with the same stems."""

    @staticmethod
    def there() -> bool:  # noqa: D102
        return find_spec("bm25s") is not None

    def build(self) -> None:  # noqa: D102
        import bm25s

        retriever = bm25s.BM25(k1=1.2, b=0.75)
        retriever.index([terms_of(text) for text in self.passages()], show_progress=False)
        retriever.save(self.place)

    def open(self) -> None:  # noqa: D102
        import bm25s

        self._retriever = bm25s.BM25.load(self.place, mmap=True)
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        terms = list(dict.fromkeys(terms_of(" ".join(self._questions[number]))))
        found, _ = self._retriever.retrieve([terms], k=K, show_progress=False, n_threads=0)
        rows: list[int] = found[0].tolist()
        return rows


class Tantivy(WordWay):
    """The package tantivy, with its English stemmer."""

    @staticmethod
    def there() -> bool:  # noqa: D102
        return find_spec("tantivy") is not None

    def build(self) -> None:  # noqa: D102
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="en_stem")
        schema.add_unsigned_field("row", stored=True)
        writer = tantivy.Index(schema.build(), str(self.place)).writer(100_000_000, 1)
        for row, text in enumerate(self.passages()):
            writer.add_document(tantivy.Document(text=text, row=row))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:  # noqa: D102
        import tantivy

        self._index = tantivy.Index.open(str(self.place))
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        searcher = self._index.searcher()
        query = self._index.parse_query(" ".join(f'"{word}"' for word in self._questions[number]), ["text"])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(query, K).hits]
