"""What 1, 100 million and a billion passages take: memory, disk, nodes, an ingest, an answer. It computes, in no time.

usage: python benchmarks/capacity.py

What was measured here stands in `PASSAGE` and `SECONDS`, with the commands that measured it. What Milvus' indexes take
is computed as its documentation does ("Index explained", memory usage estimation). What is assumed stands in `NODE` and
below: put your own machines and prices there. docs/scale.md shows what this prints, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

SIZES = (1_000_000, 100_000_000, 1_000_000_000)
"""Passages for which a plan is printed."""

DIMENSION = 384


@dataclass(frozen=True)
class Passage:
    """What a passage takes, measured, but for `reader`, which is counted together; bytes where nothing else is said.

    `texts` are embedded for it; `sentences` have a vector of their own, as the passage and its heading have. `words` is
    the text with all that is known of it in SQLite, `tokens` the codes of its tokens, `postings` the words in it and
    how often each stands there. `reader` is what a reader of files holds in memory: 406 of short codes, then
    keys of terms, lengths, and which sentence and article is whose.
    """

    texts: float
    sentences: float
    words: int
    tokens: int
    postings: int
    reader: int

    @property
    def searched(self) -> float:
        """Vectors that a question is compared with."""
        return 1 + self.sentences

    @property
    def vectors(self) -> float:
        """Vectors that are kept."""
        return 2 + self.sentences


PASSAGE = Passage(texts=7.17, sentences=7.45, words=2_574, tokens=8_998, postings=587, reader=700)
"""Of 800 articles of MedQuAD and copies of them: benchmarks/one_machine.py --built 8000 --distinct 800."""


@dataclass(frozen=True)
class Seconds:
    """What takes how long on one processor core, measured in seconds.

    `embed`: a text (benchmarks/workers.py). `read`: reading, cutting, giving out and building, a text (the same).
    `answer`: a question without looking for candidates (docs/performance.md). `scan`: a vector among the short codes
    of files, `flat`, `sq8`: a vector whole and with a byte a dimension, `hnsw`, `ivf`: a segment of a million vectors,
    `lexical`: a passage, for a question by words (benchmarks/scale.py). `build`: a vector into an index of HNSW.
    """

    embed: float = 11.8e-3
    read: float = 0.62e-3
    answer: float = 20e-3
    scan: float = 4.0e-9
    flat: float = 62e-9
    hnsw: float = 0.26e-3
    ivf: float = 1.61e-3
    lexical: float = 3.8e-9
    build: float = 51e-6


SECONDS = Seconds()


@dataclass(frozen=True)
class Node:
    """A machine, assumed: its cores, bytes of memory and disk, reads of 4 kB a second, and price an hour."""

    cores: int = 16
    memory: float = 128e9
    disk: float = 3.8e12
    reads: float = 400_000
    price: float = 1.0

    @property
    def room(self) -> float:
        """What of the memory segments may take: the rest is for questions, new rows and the system."""
        return 0.75 * self.memory


NODE = Node()

COPIES = 2
"""Of every segment in query nodes, so that one may fail."""

SEGMENT = 1_000_000_000
"""Bytes of vectors in a segment, nearly: Milvus' dataCoord.segment.maxSize is 1,024 MB."""

CLUSTERS = 2_048
"""Of a segment for IVF: about four times the root of its vectors."""

LINKS = 32
"""Of a vector in a graph of HNSW, as Milvus' documentation computes."""

CODES, CACHED = 0.125, 0.10
"""Of the vectors' bytes, what DISKANN holds in memory: PQCodeBudgetGBRatio and SearchCacheBudgetGBRatio as Milvus sets
them unless it is told otherwise."""

DISK_ROW = 2_048
"""Bytes of a vector with its 56 links in DISKANN's file: two in a block of 4,096."""

DISK_READS = 100
"""Blocks that a question reads in a segment with DISKANN: its SearchListSize."""

KEY = 64
"""Bytes of a row beside its vector: a key, a segment, a place, and when it was written."""

TEXT = 4 / 3
"""Bytes of a text for a byte of ours: what is no text is kept as base64."""

ROUND_TRIPS = 0.010
"""Seconds of a network for a question: two searches, one for words, two for what is fetched."""

OBJECTS = 0.025
"""Price of a GB in an object store a month."""

HOURS = 730
"""Of a month."""

EMBEDDERS = 16
"""Nodes that embed."""


@dataclass(frozen=True)
class Index:
    """A kind of index over the vectors that are searched: bytes in memory and on the disks of nodes, seconds a search.

    `seconds` are those of one core over all segments; `reads` are blocks read from disks.
    """

    name: str
    memory: float
    disk: float
    seconds: float
    reads: float = 0

    @property
    def nodes(self) -> int:
        """How many nodes hold it, in `COPIES`."""
        return max(COPIES, ceil(COPIES * self.memory / NODE.room), ceil(COPIES * self.disk / NODE.disk))

    def slowest(self, nodes: float) -> float:
        """Seconds in which so many nodes do the work of a search: their cores, or their disks."""
        return max(self.seconds / (nodes * NODE.cores), self.reads / (nodes * NODE.reads))


def flat(vectors: float, dimension: int) -> float:
    """Bytes of vectors as they are."""
    return vectors * 4 * dimension


def ivf_sq8(vectors: float, dimension: int, clusters: float) -> float:
    """Bytes of an index of that kind: centroids, two bytes that say whose each vector is, a byte a dimension."""
    return clusters * 4 * dimension + vectors * (2 + dimension)


def hnsw(vectors: float, dimension: int) -> float:
    """Bytes of an index of that kind: links of four bytes, and the vectors."""
    return vectors * (4 * LINKS + 4 * dimension)


def indexes(passages: int) -> Iterator[Index]:
    """What the kinds of indexes take for so many passages."""
    vectors = passages * PASSAGE.searched
    raw = flat(vectors, DIMENSION)
    segments = max(2, ceil(raw / SEGMENT))
    yield Index("FLAT", raw, 0, vectors * SECONDS.flat)
    yield Index("IVF_SQ8", ivf_sq8(vectors, DIMENSION, segments * CLUSTERS), 0, segments * SECONDS.ivf)
    yield Index("HNSW", hnsw(vectors, DIMENSION), 0, segments * SECONDS.hnsw)
    yield Index("DISKANN", (CODES + CACHED) * raw, vectors * DISK_ROW, 0, segments * DISK_READS)


def beside(passages: int) -> float:
    """Bytes beside the index on the nodes' disks (memory-mapped): keys, headings' vectors, words and tokens."""
    rows = passages * PASSAGE.vectors * KEY + flat(passages, DIMENSION)
    return rows + passages * TEXT * (PASSAGE.words + PASSAGE.tokens + PASSAGE.postings)


def stored(passages: int, index: Index) -> float:
    """Bytes in the object store: all rows, and the index."""
    return flat(passages * PASSAGE.searched, DIMENSION) + beside(passages) + max(index.memory, index.disk)


def of_files(passages: int) -> list[str]:
    """The cells of a row of the table: the engine of files on one machine."""
    disk = passages * (PASSAGE.words + PASSAGE.tokens + PASSAGE.postings + PASSAGE.vectors * (DIMENSION + 2 + 48))
    scan = passages * (PASSAGE.searched * SECONDS.scan + SECONDS.lexical)
    return [
        f"{passages:,}",
        "files",
        size(passages * PASSAGE.reader),
        size(disk),
        "1",
        "",
        "",
        answer(scan),
        each(scan),
    ]


def of_milvus(passages: int, index: Index) -> list[str]:
    """The cells of a row of the table: Milvus with a kind of index."""
    nodes = max(index.nodes, ceil(COPIES * beside(passages) / NODE.disk))
    kept = stored(passages, index)
    price = nodes * NODE.price * HOURS + kept / 1e9 * OBJECTS
    disk = index.disk + beside(passages)
    index = replace(index, seconds=index.seconds + passages * SECONDS.lexical)
    return [
        f"{passages:,}",
        f"Milvus, {index.name}",
        size(index.memory),
        size(disk),
        f"{nodes:,}",
        size(kept),
        f"{price:,.0f}",
        answer(index.slowest(nodes / COPIES) + ROUND_TRIPS),
        f"{1 / index.slowest(nodes):,.0f}",
    ]


def ingest(passages: int) -> list[str]:
    """The cells of a row of the table of ingests."""
    texts = passages * PASSAGE.texts
    embedding = texts * SECONDS.embed
    nodes = 1 if passages <= SIZES[0] else EMBEDDERS
    hours = embedding / 3600 / (nodes * NODE.cores)
    reading = texts * SECONDS.read / 3600
    index = passages * PASSAGE.searched * SECONDS.build / 3600
    return [
        f"{passages:,}",
        f"{texts:,.0f}",
        f"{embedding / 3600:,.0f}",
        f"{nodes}",
        span(hours),
        span(reading),
        f"{index:,.0f}",
        f"{(embedding / 3600 + reading + index) / NODE.cores * NODE.price:,.0f}",
    ]


def each(search: float) -> str:
    """Questions a second of one machine where candidates take so many seconds of one core."""
    each_second = NODE.cores / (search + SECONDS.answer)
    return f"{each_second:,.0f}" if each_second >= 1 else "below 1"


def answer(search: float) -> str:
    """Milliseconds of an answer whose candidates take so many seconds."""
    return f"{1000 * (SECONDS.answer + search):,.0f}"


def size(amount: float) -> str:
    """Bytes as people say them."""
    for unit, bytes_ in (("TB", 1e12), ("GB", 1e9)):
        if amount >= bytes_:
            return f"{amount / bytes_:,.1f} {unit}"
    return f"{amount / 1e6:,.0f} MB"


def span(hours: float) -> str:
    """Hours as people say them."""
    return f"{hours / 24:,.1f} days" if hours >= 48 else f"{hours:,.1f} hours"


def table(header: str, rows: list[list[str]]) -> str:
    """A table of Markdown."""
    lines = [header, "|---" * (header.count("|") - 1) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def plan() -> str:
    """Both tables."""
    engines = []
    for passages in SIZES:
        engines.append(of_files(passages))
        engines += [of_milvus(passages, index) for index in indexes(passages)]
    return "\n\n".join(
        [
            table(
                "| passages | engine | index in memory | on the nodes' disks | nodes | object store | a month"
                " | answer (ms) | questions a second |",
                engines,
            ),
            table(
                "| passages | texts | core hours to embed | nodes | embedding takes | reading and building, one process"
                " | core hours to index | price |",
                [ingest(passages) for passages in SIZES],
            ),
        ]
    )


if __name__ == "__main__":
    print(plan())
