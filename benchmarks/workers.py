"""How much faster workers embed, what this process does meanwhile, and for how many workers that is enough.

usage: python benchmarks/workers.py [--articles 24] [--rounds 3] [--workers 1 2] [--ray HOST:PORT] [--json FILE]

Articles are those of training/library. In every round each way embeds all of them into an empty cache: this process
alone (its libraries choose their threads), then so many workers with a thread each, then those of a Ray cluster, where
one is named; every second round in the opposite order. The load of the machine, which says how many processes wanted a
core, is printed with each figure: on a busy machine, processor seconds say more than seconds of the clock.

The second table has the processor seconds of the process that starts the workers. Reading, and building the generation,
are measured once a round. The last table computes from them what more workers would give, each on a core of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wellread.encoders.cache import open_cache
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import vector_cache_file
from wellread.publishing.build import build
from wellread.publishing.embedding.crews import crew_of
from wellread.publishing.embedding.team import OpenCrew
from wellread.publishing.embedding.texts import embed
from wellread.publishing.plan import Plan, plan_generation

ROOT = Path(__file__).resolve().parent.parent
COMPUTED = (1, 2, 4, 8, 16, 32, 64)
"""Numbers of workers for which the whole is computed."""


@dataclass(frozen=True)
class Run:
    """One way in one round: seconds of the clock, processor seconds here and in workers, and what it embedded."""

    seconds: float
    here: float
    workers: float
    texts: int
    memory: int
    load: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--ray", metavar="HOST:PORT", help="a cluster to measure too, with as many workers as the last")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    ways: dict[str, OpenCrew | None] = {"this process": None}
    ways |= {f"workers: {count}": crew_of(count, "") for count in options.workers}
    if options.ray:
        ways[f"Ray, workers: {options.workers[-1]}"] = crew_of(options.workers[-1], options.ray)
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    others: dict[str, list[float]] = {"reading and cutting": [], "building the generation": []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "kb").mkdir()
        for file in sorted((ROOT / "training" / "library").iterdir())[: options.articles]:
            shutil.copy(file, folder / "kb")
        encoder = SentenceTransformerEncoder()
        encoder.encode_documents(["The model is loaded before anything is timed."])
        for number in range(options.rounds):
            with timed(others["reading and cutting"]):
                plan = plan_generation(folder / "kb", encoder, None)
            for name in list(ways)[:: -1 if number % 2 else 1]:
                index = folder / f"index {number} {name}"
                index.mkdir()
                runs[name].append(measured(plan, encoder, index, ways[name]))
            with (
                timed(others["building the generation"]),
                open_cache(vector_cache_file(index), encoder.fingerprint) as cache,
            ):
                build(plan, index, encoder, cache)
    show(runs, others)
    if options.json:
        figures = {"runs": {name: [asdict(run) for run in found] for name, found in runs.items()}, "others": others}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measured(plan: Plan, encoder: SentenceTransformerEncoder, index: Path, way: OpenCrew | None) -> Run:
    """Embed a plan into the empty cache of an index."""
    load = os.getloadavg()[0]
    began, here, children = time.perf_counter(), time.process_time(), children_seconds()
    with open_cache(vector_cache_file(index), encoder.fingerprint) as cache:
        work = embed(plan, encoder, cache, lambda stage, done, total: None, way)
    return Run(
        time.perf_counter() - began,
        time.process_time() - here,
        children_seconds() - children,
        work.embedded,
        work.team.memory if work.team else 0,
        load,
    )


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add the processor seconds of what is done inside."""
    began = time.process_time()
    yield
    seconds.append(time.process_time() - began)


def children_seconds() -> float:
    """Processor seconds of the processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(runs: dict[str, list[Run]], others: dict[str, list[float]]) -> None:
    """Print the tables, and what follows for many workers."""

    def middle(name: str, figure: Callable[[Run], float]) -> float:
        return statistics.median(figure(run) for run in runs[name])

    texts = next(iter(runs.values()))[0].texts
    print(f"{texts:,} texts\n")
    print("| | seconds, median | least to most | texts/s | of this process | processor seconds | memory (MB) | load |")
    print("|---|---|---|---|---|---|---|---|")
    alone = runs["this process"]
    for name, found in runs.items():
        ratios = [before.seconds / run.seconds for before, run in zip(alone, found, strict=True)]
        seconds = [run.seconds for run in found]
        loads = [run.load for run in found]
        print(
            f"| {name} | {statistics.median(seconds):.1f} | {min(seconds):.1f} to {max(seconds):.1f}"
            f" | {texts / statistics.median(seconds):.0f} | {statistics.median(ratios):.2f}"
            f" ({min(ratios):.2f} to {max(ratios):.2f}) | {middle(name, lambda run: run.here + run.workers):.1f}"
            f" | {middle(name, lambda run: run.memory) / 1e6:.0f} | {min(loads):.1f} to {max(loads):.1f} |"
        )
    shared = [name for name in runs if name.startswith("workers")]
    if len(shared) > 1:
        one, many = runs[shared[0]], runs[shared[-1]]
        ratios = [first.seconds / last.seconds for first, last in zip(one, many, strict=True)]
        print(
            f"\n{shared[-1]}, of {shared[0]}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )
    if not shared:
        return
    last = shared[-1]
    meanwhile = middle(last, lambda run: run.here)
    rows = {name: statistics.median(found) for name, found in others.items()}
    rows["giving out texts, and writing the cache"] = meanwhile
    print("\n| processor time of the process that publishes | seconds | ms a text |\n|---|---|---|")
    for name, seconds_here in rows.items():
        print(f"| {name} | {seconds_here:.2f} | {1000 * seconds_here / texts:.2f} |")
    work = middle(last, lambda run: run.workers)
    around = sum(statistics.median(found) for found in others.values())
    print(f"\nA worker takes {1000 * work / texts:.1f} ms a text, its start included.")
    print(f"Giving out and writing keep {work / meanwhile:.0f} workers busy.")
    print("\n| workers | ms a text, reading to building, computed | of one worker |\n|---|---|---|")
    for count in COMPUTED:
        whole = around + max(meanwhile, work / count)
        print(f"| {count} | {1000 * whole / texts:.2f} | {(around + work) / whole:.1f} |")


if __name__ == "__main__":
    main()
