"""Search among a million vectors and a million passages: time, size, memory and how much of the truth is found.

usage: python benchmarks/scale.py [--library INDEX] [--rows 1000000] [--rounds 5] [--json FILE]

The rows are the sentence vectors of a published library, then the same ones with noise added, until there are enough;
the passages are the library's, then the same ones with words left out. Questions are those of
../shared/data/mediqa. Without --library the library of kb/ is published into a temporary folder: fine to see that it
runs, too small to learn much from. Each way of searching is a process of its own that builds, opens and is asked; the
rounds of questions take turns among all of them, so that what else the machine does falls on each. All have one thread.

Vectors: FAISS's flat index, its codes of 16 and 8 bits, HNSW and IVF over codes of 8 bits, and Wellread's files.
Words: Wellread's postings, SQLite's FTS5 and, where they are installed, bm25s and tantivy.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count, islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder, Vectors
from wellread.index.arrays import StoredArrays, write_arrays
from wellread.index.layout import current_generation
from wellread.index.postings import Postings, PostingsWriter
from wellread.index.reader import Reader
from wellread.index.stored import StoredFile
from wellread.index.vectors import coded, kept_rows, open_vectors, vector_arrays
from wellread.publishing.publish import publish
from wellread.relevance.judgments import read_judgments
from wellread.text.terms import terms_of
from wellread.text.words import content_words

ROOT = Path(__file__).resolve().parent.parent
COLLECTION = ROOT.parent / "shared" / "data" / "mediqa"
QUESTIONS = 100
FLAT = 34_000
"""Rows of the flat index that the others' times are held against."""
K = 100
NOISE = 0.33
"""The length of what is added to a unit vector: the cosine with its copy is then 0.95."""
LEFT_OUT = 0.15
"""The share of words that a copied passage goes without."""


def main() -> None:
    """Measure every way and print two tables; with --act, be one of the ways in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="an index that was published from many articles")
    parser.add_argument("--rows", type=int, default=1_000_000, help="vectors, and passages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", metavar="WAY", help="leave the other ways out")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    parser.add_argument("--act", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.act:
        name, folder = options.act[0], Path(options.act[1])
        act(WAYS[name](folder / re.sub(r"\W+", "-", name), folder))
        return
    if not COLLECTION.exists():
        sys.exit(
            f"{COLLECTION} is not here: this benchmark needs the collections that lie beside a developer's checkout"
        )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder, options.library, options.rows)
        names = [name for name in WAYS if WAYS[name].there() and (not options.only or name in options.only)]
        figures = measure(folder, names, options.rounds)
    show(figures, options.rows)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def prepare(folder: Path, library: Path | None, rows: int) -> None:
    """Write vectors, passages, questions and the true neighbours into a folder."""
    encoder = SentenceTransformerEncoder()
    if library is None:
        library = folder / "index"
        publish(ROOT / "kb", library, encoder)
    reader = Reader(library, current_generation(library))
    chance = np.random.default_rng(0)
    own = reader.vectors("sentences", np.arange(reader.manifest.counts["sentences"]))
    vectors = np.lib.format.open_memmap(folder / "rows.npy", "w+", np.float32, (rows, own.shape[1]))
    for start in range(0, rows, len(own)):
        part = own[: rows - start]
        if start:
            part = part + chance.standard_normal(part.shape, np.float32) * (NOISE / np.sqrt(own.shape[1]))
            part /= np.linalg.norm(part, axis=1, keepdims=True)
        vectors[start : start + len(part)] = part
    vectors.flush()
    passages = [reader.words.fetch(row) for row in range(reader.manifest.counts["passages"])]
    texts = ["\n".join((p.title, *p.path, p.text)) for p in passages]
    with (folder / "passages.txt").open("w", encoding="utf-8") as stream:
        for number in range(rows):
            words = texts[number % len(texts)].split()
            kept = chance.random(len(words)) >= LEFT_OUT if number >= len(texts) else np.ones(len(words), bool)
            stream.write(" ".join(word for word, stays in zip(words, kept, strict=True) if stays) + "\n")
    asked = sorted(read_judgments(COLLECTION).queries.items())[:QUESTIONS]
    (folder / "questions.json").write_text(json.dumps([text for _, text in asked]))
    np.save(folder / "questions.npy", questions := encoder.encode_queries([text for _, text in asked]))
    np.save(folder / "truth.npy", exact(np.load(folder / "rows.npy", mmap_mode="r"), questions, K))


def exact(rows: Vectors, questions: Vectors, k: int) -> np.ndarray[Any, Any]:
    """The k rows nearest to each question, by comparing all."""
    _, found = faiss.knn(questions, np.asarray(rows), k, faiss.METRIC_INNER_PRODUCT)
    return np.asarray(found)


class Way(ABC):
    """A way of searching: `build` writes files below `place`, `open` makes ready to be asked."""

    kind = "vectors"

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


class VectorWay(Way):
    """Searches vectors."""

    def blocks(self) -> Iterator[Vectors]:
        """The rows, some at a time."""
        rows = np.load(self.folder / "rows.npy", mmap_mode="r")
        for start in range(0, len(rows), 20_000):
            yield np.asarray(rows[start : start + 20_000])

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


WAYS: dict[str, type[Way]] = {
    "Wellread": Ours,
    f"flat, {FLAT:,} rows": FlatFew,
    "flat": Faiss,
    "16 bits": Half,
    "8 bits": Bytes,
    "HNSW": Graph,
    "IVF": Cells,
    "Wellread's postings": OurPostings,
    "FTS5": Fts5,
    "bm25s": Bm25s,
    "tantivy": Tantivy,
}


def act(way: Way) -> None:
    """Build where nothing is built yet; else open, and answer all questions for every line on standard input."""
    if not way.place.exists():
        way.place.mkdir()
        began = time.perf_counter()
        way.build()
        size = sum(file.stat().st_size for file in way.place.rglob("*") if file.is_file())
        print(json.dumps({"built": time.perf_counter() - began, "bytes": size}))
        return
    before = memory()
    way.open()
    answers = [way.ask(number) for number in range(QUESTIONS)]
    held = {name: size - before[name] for name, size in memory().items()}
    print(json.dumps({"answers": answers, **held}), flush=True)
    for _ in sys.stdin:
        times = []
        for number in range(QUESTIONS):
            began = time.perf_counter()
            way.ask(number)
            times.append(time.perf_counter() - began)
        print(json.dumps(times), flush=True)


def memory() -> dict[str, int]:
    """Bytes that are resident: a process's own, and those of files, which processes share."""
    said = dict(re.findall(r"(Rss\w+):\s+(\d+) kB", Path("/proc/self/status").read_text()))
    return {"own": 1024 * int(said["RssAnon"]), "mapped": 1024 * int(said["RssFile"])}


def measure(folder: Path, names: list[str], rounds: int) -> dict[str, dict[str, Any]]:
    """Build every way, ask all of them in turn, and tell what each took and found."""
    truth = np.load(folder / "truth.npy")
    commands = {name: [sys.executable, __file__, "--act", name, str(folder)] for name in names}
    figures: dict[str, dict[str, Any]] = {}
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1"}  # two would measure how long they wait for each other
    for name, command in commands.items():
        print(f"building: {name}", file=sys.stderr)
        built = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=one_thread)
        figures[name] = {"kind": WAYS[name].kind, "times": [], **json.loads(built.stdout.splitlines()[-1])}
    running = {
        name: subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=one_thread)
        for name, command in commands.items()
    }
    try:
        for name, process in running.items():
            assert process.stdout
            said = json.loads(process.stdout.readline())
            answers = said.pop("answers")
            if WAYS[name].kind == "vectors":
                for k in (10, 100):
                    both = zip(answers, truth.tolist(), strict=True)
                    shares = [len({*found[:k]} & {*true[:k]}) / k for found, true in both]
                    said[f"recall@{k}"] = statistics.mean(shares)
            figures[name] |= said
        for _ in range(rounds):
            for name, process in running.items():
                assert process.stdin
                assert process.stdout
                process.stdin.write("\n")
                process.stdin.flush()
                figures[name]["times"].append(json.loads(process.stdout.readline()))
    finally:
        for process in running.values():
            process.communicate()
    return figures


def show(figures: dict[str, dict[str, Any]], rows: int) -> None:
    """Print a table for the vectors and one for the words."""
    few = f"flat, {FLAT:,} rows"
    for kind, held in (("vectors", few), ("words", "Wellread's postings")):
        chosen = {name: found for name, found in figures.items() if found["kind"] == kind}
        if not chosen:
            continue
        against = typical(chosen[held]["times"], 95) if held in chosen else None
        print(f"\n| {kind} | built (s) | bytes a row | own memory (MB) | mapped (MB) | p50 (ms) | p95 (ms)", end="")
        print(
            f" | rounds' p95 | of {held} | recall@10 | @100 |" if kind == "vectors" else f" | rounds' p95 | of {held} |"
        )
        print("|---" * (11 if kind == "vectors" else 9) + "|")
        for name, found in chosen.items():
            each = [1000 * float(np.percentile(times, 95)) for times in found["times"]]
            p95 = typical(found["times"], 95)
            cells = [
                name,
                f"{found['built']:.0f}",
                f"{found['bytes'] / (FLAT if name == few else rows):.0f}",
                f"{found['own'] / 1e6:.0f}",
                f"{found['mapped'] / 1e6:.0f}",
                f"{typical(found['times'], 50):.2f}",
                f"{p95:.2f}",
                f"{min(each):.2f} to {max(each):.2f}",
                f"{p95 / against:.2f}" if against else "",
            ]
            if kind == "vectors":
                cells += ["", ""] if name == few else [f"{found[f'recall@{k}']:.3f}" for k in (10, 100)]
            print(f"| {' | '.join(cells)} |")


def typical(rounds: list[list[float]], percentile: float) -> float:
    """The median over the rounds of a percentile of their times, in milliseconds."""
    return 1000 * statistics.median(float(np.percentile(times, percentile)) for times in rounds)


if __name__ == "__main__":
    main()
