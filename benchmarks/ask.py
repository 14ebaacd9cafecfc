"""How long an answer takes, beside encoding its question alone and beside a query to what people use instead.

usage: python benchmarks/ask.py [--library INDEX] [--judged INDEX] [--rounds 5] [--json FILE]

Every system answers the same questions, those of ../shared/data/mediqa, from the same passages, in its own process:
a library's threads may go on spinning after a call and would take the next one's processor. In every round the systems
take turns, in an order drawn anew, with a pause between them. Wellread's is all of `Searcher.ask`: three rankings,
the state, the notice, the deciding sentences; a peer's is its query for ten passages. Without --library the library
of kb/ is published into a temporary folder.

Beside the times stands how well each system ranks: nDCG@10 on medquad-liveqa, over the passages of its own texts. That
takes their vectors: name with --judged an index in which they were made, by
`python evaluate.py --index INDEX --collection ../shared/data/medquad-liveqa` (half an hour, once).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers import PEERS, encode, installed

from wellread.articles.passages import passage_text
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.evaluation.beir import read_collection
from wellread.evaluation.runs import Question, ask_all
from wellread.evaluation.testbeds import Indexing, Units, index_articles, work_name
from wellread.index.layout import current_generation, evaluation_folder, vector_cache_file
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.relevance.judgments import read_judgments
from wellread.relevance.measures import by_place, mean, per_query
from wellread.search.opening import calibration_of, open_searcher
from wellread.search.searcher import Searcher

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
OURS = "Wellread"
ENCODING = "encoding alone, Wellread's"
PLAINLY = "encoding alone, sentence-transformers"
QUESTIONS = 60
WARMED = 3
"""Questions asked before the first round."""
PAUSE = 0.5
"""Seconds between two systems, for the threads of the one before to come to rest."""
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
        times = measure(library, folder, questions, options.rounds)
        quality = judged(options.judged, folder) if options.judged else {}
        passages = Reader(library, current_generation(library)).manifest.counts["passages"]
    print(f"{passages:,} passages, {len(questions)} questions, {options.rounds} rounds\n")
    show(times, quality)
    if options.json:
        options.json.write_text(
            json.dumps({"passages": passages, "seconds": times, "nDCG@10": quality}, indent=2) + "\n"
        )


def systems() -> list[str]:
    """The names of all systems."""
    return [OURS, ENCODING, PLAINLY, *installed()]


def system(name: str, library: Path, folder: Path) -> Ask:
    """One way to an answer, ready to be asked."""
    if name == PLAINLY:
        return lambda question: encode([question])
    searcher = open_searcher(library)
    if name == OURS:
        return lambda question: searcher.ask(question, 10)
    if name == ENCODING:
        return lambda question: searcher.encoder.encode_layers([question])
    print(f"building: {name}", file=sys.stderr)
    peer = PEERS[name]()
    peer.build(folder, *passages_of(Reader(library, searcher.generation)))
    return lambda question: peer.ask(question, 10)


def serve(name: str, library: Path, folder: Path, questions: list[str], pipe: Connection) -> None:
    """Be one system: at each signal answer all questions and send the seconds of each, until the pipe is closed."""
    ask = system(name, library, folder)
    for question in questions[:WARMED]:
        ask(question)
    pipe.send("ready")
    with suppress(EOFError):
        while pipe.recv():
            seconds = []
            for question in questions:
                began = time.perf_counter()
                ask(question)
                seconds.append(time.perf_counter() - began)
            pipe.send(seconds)


def passages_of(reader: Reader) -> tuple[list[str], np.ndarray[Any, np.dtype[np.float32]]]:
    """The passages of an index as they are embedded, and their vectors."""
    rows = range(reader.manifest.counts["passages"])
    return [passage_text(reader.words.fetch(row)) for row in rows], reader.vectors("passages", rows)


def measure(library: Path, folder: Path, questions: list[str], rounds: int) -> dict[str, list[list[float]]]:
    """The seconds of every question in every round, by system."""
    spawning = multiprocessing.get_context("spawn")
    times: dict[str, list[list[float]]] = {name: [] for name in systems()}
    with ExitStack() as stack:
        pipes: dict[str, Connection] = {}
        for number, name in enumerate(times):
            (own := folder / f"system-{number}").mkdir()
            here, there = spawning.Pipe()
            process = spawning.Process(target=serve, args=(name, library, own, questions, there), daemon=True)
            process.start()
            stack.callback(process.join)
            stack.enter_context(closing(here))
            there.close()
            here.recv()
            pipes[name] = here
        order = list(pipes)
        chance = random.Random(0)
        for _ in range(rounds):
            chance.shuffle(order)
            for name in order:
                time.sleep(PAUSE)
                pipes[name].send(True)
                times[name].append(pipes[name].recv())
    return times


def judged(index: Path, folder: Path) -> dict[str, float]:
    """The nDCG@10 of every system on medquad-liveqa."""
    place = DATA / "medquad-liveqa"
    collection = read_collection(place)
    encoder = SentenceTransformerEncoder()
    work = evaluation_folder(index) / work_name(place)
    indexing = Indexing(work, vector_cache_file(work), encoder, encoder.max_tokens)
    reader = index_articles(collection.articles, indexing, lambda *stage: None)
    (judgments,) = collection.sets
    qrels, queries = judgments.qrels, judgments.queries
    units = Units(reader, "article")
    answers = ask_all(
        Searcher(reader, encoder, calibration_of(index, encoder)),
        units,
        [Question(query, queries[query], "covered", grades) for query, grades in qrels.items()],
        with_answers=False,
    )
    runs = {OURS: {answer.query: by_place(found.id for found in answer.found) for answer in answers}}
    texts, vectors = passages_of(reader)
    for name, kind in installed().items():
        peer = kind()
        (folder / f"judged-{kind.__name__}").mkdir()
        peer.build(folder / f"judged-{kind.__name__}", texts, vectors)
        runs[name] = {
            query: by_place(dict.fromkeys(units[row] for row in peer.ask(queries[query], DEEP))) for query in qrels
        }
    return {name: mean(per_query(qrels, run), "nDCG@10") for name, run in runs.items()}


def show(times: dict[str, list[list[float]]], quality: dict[str, float]) -> None:
    """Print medians over the rounds, their spread, and what Wellread's is of them."""
    ours = times[OURS]
    print("| | p50 (ms) | rounds | p95 (ms) | rounds | Wellread's p50 / its | nDCG@10 |\n|---|---|---|---|---|---|---|")
    for name, rounds in times.items():
        cells = []
        for percentile in (50, 95):
            each = [1000 * float(np.percentile(seconds, percentile)) for seconds in rounds]
            cells += [f"{median(each):.1f}", f"{min(each):.1f} to {max(each):.1f}"]
        ratios = [float(np.median(mine) / np.median(its)) for mine, its in zip(ours, rounds, strict=True)]
        ranks = f"{quality[name]:.3f}" if name in quality else ""
        label = f"{name} {PEERS[name].version()}" if name in PEERS else name
        print(f"| {label} | {' | '.join(cells)} | {median(ratios):.2f} | {ranks} |")


if __name__ == "__main__":
    main()
