"""How long an answer takes, beside encoding its question alone and beside a query to what people use instead.

usage: python benchmarks/ask.py [--library INDEX] [--judged INDEX] [--rounds 5] [--json FILE]

Every arm answers the same questions, those of ../shared/data/mediqa, from the same passages; in every round the arms
take turns question by question, in an order drawn anew. Wellread's arm is all of `Searcher.ask`: three rankings, the
state, the notice, the deciding sentences; a peer's is its query for ten passages. Without --library the library of
kb/ is published into a temporary folder.

Beside the times stands how well each arm ranks: nDCG@10 on medquad-liveqa, over the passages of its own texts. That
takes their vectors: name with --judged an index in which they were made, by
`python evaluate.py --index INDEX --collection ../shared/data/medquad-liveqa` (half an hour, once).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers import encode, installed

from wellread.encoder import SentenceTransformerEncoder
from wellread.evaluation import by_place, mean, per_query
from wellread.index import Reader
from wellread.judgments import read_judgments
from wellread.passages import passage_text
from wellread.publish import publish
from wellread.research.asking import Question, ask_all
from wellread.research.beir import read_collection
from wellread.research.ground import Units, index_articles, work_name
from wellread.search import Searcher, calibration_of, open_searcher

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
QUESTIONS = 60
DEEP = 300
"""Passages that a peer is asked for where its ranking of documents is measured."""

Ask = Callable[[str], object]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="an index that was published from many articles")
    parser.add_argument("--judged", type=Path, help="an index with the vectors of medquad-liveqa")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    if not DATA.exists():
        sys.exit(f"{DATA} is not here: this benchmark needs the collections that lie beside a developer's checkout")
    questions = [text for _, text in sorted(read_judgments(DATA / "mediqa").queries.items())[:QUESTIONS]]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        library = options.library or folder / "index"
        if options.library is None:
            publish(ROOT / "kb", library, SentenceTransformerEncoder())
        searcher = open_searcher(library)
        times = measure(arms(searcher, folder), questions, options.rounds)
        quality = judged(options.judged, folder) if options.judged else {}
    passages = searcher.reader.manifest.counts["passages"]
    print(f"{passages:,} passages, {len(questions)} questions, {options.rounds} rounds\n")
    show(times, quality)
    if options.json:
        options.json.write_text(
            json.dumps({"passages": passages, "seconds": times, "nDCG@10": quality}, indent=2) + "\n"
        )


def arms(searcher: Searcher, folder: Path) -> dict[str, Ask]:
    """Every way to an answer, ready to be asked."""
    searcher.warm()
    texts, vectors = passages_of(searcher.reader)
    found: dict[str, Ask] = {
        "Wellread": lambda question: searcher.ask(question, 10),
        "encoding alone, Wellread's": lambda question: searcher.encoder.encode_layers([question]),
        "encoding alone, sentence-transformers": lambda question: encode([question]),
    }
    for name, kind in installed().items():
        print(f"building: {name}", file=sys.stderr)
        peer = kind()
        (folder / kind.__name__).mkdir()
        peer.build(folder / kind.__name__, texts, vectors)
        found[f"{name} {kind.version()}"] = lambda question, peer=peer: peer.ask(question, 10)  # type: ignore[misc]
    return found


def passages_of(reader: Reader) -> tuple[list[str], np.ndarray[Any, np.dtype[np.float32]]]:
    """The passages of an index as they are embedded, and their vectors."""
    rows = range(reader.manifest.counts["passages"])
    return [passage_text(reader.database.fetch(row)) for row in rows], reader.vectors("passages", rows)


def measure(asked: dict[str, Ask], questions: list[str], rounds: int) -> dict[str, list[list[float]]]:
    """The seconds of every question in every round, by arm."""
    order = list(asked)
    chance = random.Random(0)
    for ask in asked.values():
        for question in questions[:3]:
            ask(question)
    times: dict[str, list[list[float]]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name in asked:
            times[name].append([])
        for question in questions:
            chance.shuffle(order)
            for name in order:
                began = time.perf_counter()
                asked[name](question)
                times[name][-1].append(time.perf_counter() - began)
    return times


def judged(index: Path, folder: Path) -> dict[str, float]:
    """The nDCG@10 of every arm on medquad-liveqa."""
    place = DATA / "medquad-liveqa"
    collection = read_collection(place)
    encoder = SentenceTransformerEncoder()
    work = index / "evaluation" / work_name(place)
    reader = index_articles(
        collection.articles, work, work / "vectors.sqlite", encoder, encoder.max_tokens, lambda *stage: None
    )
    (judgments,) = collection.sets
    qrels, queries = judgments.qrels, judgments.queries
    units = Units(reader, "article")
    answers = ask_all(
        Searcher(reader, encoder, calibration_of(index, encoder)),
        units,
        [Question(query, queries[query], "covered", grades) for query, grades in qrels.items()],
        trust=False,
    )
    runs = {"Wellread": {one.query: by_place(found.id for found in one.found) for one in answers}}
    texts, vectors = passages_of(reader)
    for name, kind in installed().items():
        peer = kind()
        (folder / f"judged-{kind.__name__}").mkdir()
        peer.build(folder / f"judged-{kind.__name__}", texts, vectors)
        runs[f"{name} {kind.version()}"] = {
            query: by_place(dict.fromkeys(units[row] for row in peer.ask(queries[query], DEEP))) for query in qrels
        }
    return {name: mean(per_query(qrels, run), "nDCG@10") for name, run in runs.items()}


def show(times: dict[str, list[list[float]]], quality: dict[str, float]) -> None:
    """Print medians over the rounds, their spread, and what Wellread's is of them."""
    ours = times["Wellread"]
    print("| | p50 (ms) | rounds | p95 (ms) | rounds | Wellread's p50 / its | nDCG@10 |\n|---|---|---|---|---|---|---|")
    for name, rounds in times.items():
        cells = []
        for percentile in (50, 95):
            each = [1000 * float(np.percentile(one, percentile)) for one in rounds]
            cells += [f"{median(each):.1f}", f"{min(each):.1f} to {max(each):.1f}"]
        ratios = [float(np.median(mine) / np.median(its)) for mine, its in zip(ours, rounds, strict=True)]
        ranks = f"{quality[name]:.3f}" if name in quality else ""
        print(f"| {name} | {' | '.join(cells)} | {median(ratios):.2f} | {ranks} |")


if __name__ == "__main__":
    main()
