"""Search among a million vectors and a million passages: time, size, memory and how much of the truth is found.

usage: python benchmarks/scale.py [--library INDEX] [--rows 1000000] [--rounds 5] [--only WAY …] [--json FILE]

The rows are the sentence vectors of a published library, then the same ones with noise added, until there are enough;
the passages are the library's, then the same ones with words left out. Questions are those of
../shared/data/mediqa. Without --library the library of kb/ is published into a temporary folder: fine to see that it
runs, too small to learn much from. Each way of searching is a process of its own that builds, opens and is asked; the
rounds of questions take turns among all of them, so that what else the machine does falls on each. Each has one thread.

Vectors: FAISS's flat index, its codes of 16 and 8 bits, HNSW and IVF over codes of 8 bits, Wellread's files, and
Wellread's engine for Milvus with a server on this machine, whose memory counts: Milvus Lite, and Milvus, which has as
many threads as it takes. Milvus comes with the package `milvus`: let a folder where it is unpacked be in PYTHONPATH.
Words: Wellread's postings, SQLite's FTS5, bm25s and tantivy. What is not installed is left out, and said.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scale_milvus import Milvus, MilvusLite
from scale_ways import (
    FLAT,
    Bm25s,
    Bytes,
    Cells,
    Faiss,
    FlatFew,
    Fts5,
    Graph,
    Half,
    K,
    OurPostings,
    Ours,
    Tantivy,
    Way,
)

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder, Vectors
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.relevance.judgments import read_judgments

ROOT = Path(__file__).resolve().parent.parent
COLLECTION = ROOT.parent / "shared" / "data" / "mediqa"
QUESTIONS = 100
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
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="fewer where a way takes seconds for one")
    parser.add_argument("--only", nargs="+", metavar="WAY", choices=[*WAYS], help="leave the other ways out")
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
    wanted = [name for name in WAYS if not options.only or name in options.only]
    names = [name for name in wanted if WAYS[name].there()]
    if absent := [name for name in wanted if name not in names]:
        print(f"not installed, and left out: {', '.join(absent)}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        reader = prepare(folder, options.library, options.rows, options.questions)
        if any(WAYS[name].kind == "words" for name in names):
            write_passages(folder, reader, options.rows)
        figures = measure(folder, names, options.rounds)
    show(figures, options.rows)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def prepare(folder: Path, library: Path | None, rows: int, questions: int) -> Reader:
    """Write vectors, questions and the true neighbours into a folder, and open the library that they are of."""
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
    asked = sorted(read_judgments(COLLECTION).queries.items())[:questions]
    (folder / "questions.json").write_text(json.dumps([text for _, text in asked]))
    np.save(folder / "questions.npy", queries := encoder.encode_queries([text for _, text in asked]))
    np.save(folder / "truth.npy", exact(np.load(folder / "rows.npy", mmap_mode="r"), queries, K))
    return reader


def write_passages(folder: Path, reader: Reader, rows: int) -> None:
    """Write passages into a folder, a line each."""
    chance = np.random.default_rng(0)
    passages = [reader.words.fetch(row) for row in range(reader.manifest.counts["passages"])]
    texts = ["\n".join((p.title, *p.path, p.text)) for p in passages]
    with (folder / "passages.txt").open("w", encoding="utf-8") as stream:
        for number in range(rows):
            words = texts[number % len(texts)].split()
            kept = chance.random(len(words)) >= LEFT_OUT if number >= len(texts) else np.ones(len(words), bool)
            stream.write(" ".join(word for word, stays in zip(words, kept, strict=True) if stays) + "\n")


def exact(rows: Vectors, questions: Vectors, k: int) -> np.ndarray[Any, Any]:
    """The k rows nearest to each question, by comparing all."""
    _, found = faiss.knn(questions, np.asarray(rows), k, faiss.METRIC_INNER_PRODUCT)
    return np.asarray(found)


WAYS: dict[str, type[Way]] = {
    "Wellread": Ours,
    f"flat, {FLAT:,} rows": FlatFew,
    "flat": Faiss,
    "16 bits": Half,
    "8 bits": Bytes,
    "HNSW": Graph,
    "IVF": Cells,
    "Milvus Lite": MilvusLite,
    "Milvus": Milvus,
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
        size = sum(file.stat().st_size for file in way.stored.rglob("*") if file.is_file())
        print(json.dumps({"built": time.perf_counter() - began, "bytes": size}))
        return
    before = memory([os.getpid()])
    way.open()
    questions = range(len(json.loads((way.folder / "questions.json").read_text())))
    try:
        answers = [way.ask(number) for number in questions]
        held = {name: size - before[name] for name, size in memory(way.processes).items()}
        print(json.dumps({"answers": answers, **held}), flush=True)
        for _ in sys.stdin:
            times = []
            for number in questions:
                began = time.perf_counter()
                way.ask(number)
                times.append(time.perf_counter() - began)
            print(json.dumps(times), flush=True)
    finally:
        way.close()


def memory(processes: Sequence[int]) -> dict[str, int]:
    """Bytes that some processes have resident: their own, and those of files, which processes share."""
    found = {"own": 0, "mapped": 0}
    for process in processes:
        said = dict(re.findall(r"(Rss\w+):\s+(\d+) kB", Path(f"/proc/{process}/status").read_text()))
        found["own"] += 1024 * int(said["RssAnon"])
        found["mapped"] += 1024 * int(said["RssFile"])
    return found


def measure(folder: Path, names: list[str], rounds: int) -> dict[str, dict[str, Any]]:
    """Build every way, ask all of them in turn, and tell what each took and found."""
    truth = np.load(folder / "truth.npy")
    commands = {name: [*WAYS[name].prefix, sys.executable, __file__, "--act", name, str(folder)] for name in names}
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
