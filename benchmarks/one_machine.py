"""What one machine holds: an ingest, an edit, a reader and its questions in large libraries; and what a passage takes.

usage: python benchmarks/one_machine.py [--published 6154] [--built 50000] [--distinct 6154] [--work DIR] [--json FILE]

The numbers are those of articles: MedQuAD's and copies with words changed (copies.py). --published libraries are
published as `wellread ingest` does it, with stand-in vectors in place of embedding, but for one call in a thousand, so
that the model is loaded and at work. --built ones are built straight from passages (large_index.py), which takes a
tenth of the time. Then five articles of each are edited, and each is published without an edit, all libraries in turn;
each is opened, and asked 100 questions of MEDIQA. Each step is a process of its own.

All libraries stand at once; a passage takes 15 kB of the disk. No library is begun where it would leave less than
4 GB. All is written below --work (a temporary folder), and removed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from copies import needs_collections, write_articles
from large_index import build_large
from machine_tables import tables
from stand_ins import StandIn

from wellread.index.layout import ARRAYS, DATABASE, current_generation, generation_folder, segment_folder
from wellread.index.manifest import Manifest, read_manifest
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.relevance.judgments import read_judgments
from wellread.search.opening import calibration_of
from wellread.search.searcher import Searcher

COLLECTION = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "mediqa"
QUESTIONS = 100
EDITS = 5
MEDQUAD = 6_154
"""Articles that MedQuAD has."""
EVERY = 1_000
"""Of so many calls of an ingest one embeds its texts."""
LEFT = 4_000_000_000
"""Bytes of the disk that are left to others."""
BUILT = 85_000
"""Bytes of the disk that an article takes, nearly."""
PUBLISHED = 200_000
"""The same with its vectors in the cache, and while it waits to be published."""


def main() -> None:
    """Measure each library and print the tables; with --act, be one of the steps in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--published", type=int, nargs="*", default=[], metavar="ARTICLES")
    parser.add_argument("--built", type=int, nargs="*", default=[], metavar="ARTICLES")
    parser.add_argument("--distinct", type=int, default=MEDQUAD, help="articles of MedQuAD that there are copies of")
    parser.add_argument("--work", type=Path, help="an existing folder on a disk with enough room")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    parser.add_argument("--act", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.act:
        step, folder = options.act
        print(json.dumps(STEPS[step](Path(folder))))
        return
    needs_collections()
    libraries = [("publish", articles) for articles in options.published]
    libraries += [("build", articles) for articles in options.built]
    with ExitStack() as standing:
        folders = [Path(standing.enter_context(TemporaryDirectory(dir=options.work))) for _ in libraries]
        made = [make(folder, *which, options.distinct) for folder, which in zip(folders, libraries, strict=True)]
        figures = [one | two for one, two in zip(made, edited_in_turns(folders), strict=True)]
        figures = [one | asked(folder) for one, folder in zip(figures, folders, strict=True)]
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    print(tables(figures))


def make(folder: Path, made: str, articles: int, distinct: int) -> dict[str, Any]:
    """Make a library."""
    need = articles * (PUBLISHED if made == "publish" else BUILT)
    if shutil.disk_usage(folder).free < need + LEFT:
        sys.exit(f"the disk has no room for {need / 1e9:.0f} GB and {LEFT / 1e9:.0f} GB for others")
    write_articles(folder / "kb", articles, distinct)
    write_articles(folder / "base", min(articles, distinct), distinct)
    (folder / "articles").write_text(str(articles))
    return {"made": made, "making": step(made, folder)}


def edited_in_turns(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Edit an article of each library, then of each again, and so on; then publish each without an edit, likewise."""
    found: list[dict[str, Any]] = [{"edits": [], "nothing": []} for _ in folders]
    files = [random.Random(0).sample(sorted((folder / "kb").iterdir()), 1 + EDITS) for folder in folders]
    for number in range(1 + EDITS):
        for folder, chosen, figures in zip(folders, files, found, strict=True):
            text = chosen[number].read_text(encoding="utf-8").rstrip()
            chosen[number].write_text(f"{text} One sentence is new.\n", encoding="utf-8")
            edited = step("edit", folder)
            figures["edits"] += [edited] if number else []  # the first one hashes what was never verified
    for _ in range(EDITS):
        for folder, figures in zip(folders, found, strict=True):
            figures["nothing"].append(step("edit", folder))
    return found


def asked(folder: Path) -> dict[str, Any]:
    """What opening and asking takes, and what stands on the disk."""
    index = folder / "index"
    manifest = read_manifest(generation_folder(index, current_generation(index)), "")
    return {
        "counts": manifest.counts,
        "segments": len(manifest.segments),
        "bytes": bytes_of(index, manifest),
        "asking": step("ask", folder),
    }


def step(name: str, folder: Path) -> dict[str, Any]:
    """Do a step in a process of its own: what it says, and the most memory it had resident."""
    command = [sys.executable, __file__, "--act", name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name}: exit status {process.returncode}")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    found["memory"] = used.ru_maxrss * 1024
    found["load"] = os.getloadavg()[0]
    print(name, {key: value for key, value in found.items() if key != "rounds"}, file=sys.stderr)
    return found


def timed(act: Callable[[], object]) -> dict[str, float]:
    """The seconds of the clock and of the processor that something takes, and the bytes that it wrote."""
    before, wrote, began = time.process_time(), written(), time.perf_counter()
    act()
    clock = time.perf_counter() - began
    return {"clock": clock, "processor": time.process_time() - before, "written": written() - wrote}


def written() -> int:
    """The bytes that this process has given to disks."""
    return int(re.findall(r"(?m)^write_bytes: (\d+)", Path("/proc/self/io").read_text())[0])


def first_publication(folder: Path) -> dict[str, Any]:
    """Publish a library for the first time."""
    encoder = StandIn(EVERY)
    return timed(lambda: publish(folder / "kb", folder / "index", encoder))


def edit(folder: Path) -> dict[str, Any]:
    """Publish it again."""
    encoder = StandIn(1)
    encoder.encode_queries(["warm"])
    changed: list[int] = []
    found = timed(lambda: changed.append(len(publish(folder / "kb", folder / "index", encoder).articles.changed)))
    return {**found, "changed": changed[0]}


def build(folder: Path) -> dict[str, Any]:
    """Build a library straight from passages."""
    return timed(lambda: build_large(folder, int((folder / "articles").read_text())))


def ask(folder: Path) -> dict[str, Any]:
    """Open a library as a new reader does, and ask it twice: the first round reads what was never read."""
    encoder = StandIn(1)
    asked = sorted(read_judgments(COLLECTION).queries.items())[:QUESTIONS]
    encoder.encode_queries([text for _, text in asked])
    own = resident()
    index = folder / "index"
    began = time.perf_counter()
    reader = Reader(index, current_generation(index))
    opened = time.perf_counter() - began
    searcher = Searcher(reader, encoder, calibration_of(index, encoder))
    rounds: list[list[float]] = []
    for _ in range(3):
        times = []
        for _, text in asked:
            began = time.perf_counter()
            searcher.ask(text)
            times.append(time.perf_counter() - began)
        rounds.append(times)
    started = time.process_time()
    for _, text in asked:
        searcher.ask(text)
    processor = (time.process_time() - started) / len(asked)
    return {"open": opened, "rounds": rounds, "processor": processor, "own": resident() - own, **scans(reader, encoder)}


def scans(reader: Reader, encoder: StandIn) -> dict[str, float]:
    """The milliseconds of a processor that the retrievers take for a question, by name."""
    questions = [text for _, text in sorted(read_judgments(COLLECTION).queries.items())[:QUESTIONS]]
    vectors = encoder.encode_queries(questions)
    found = {}
    for grain in ("passages", "sentences"):
        began = time.process_time()
        for vector in vectors:
            reader.dense(vector, grain, 100)
        found[grain] = 1000 * (time.process_time() - began) / len(questions)
    began = time.process_time()
    for text in questions:
        reader.lexical(text, 100)
    found["lexical"] = 1000 * (time.process_time() - began) / len(questions)
    return {f"{name} (ms)": took for name, took in found.items()}


def resident() -> int:
    """The bytes that this process has for itself."""
    return 1024 * int(re.findall(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text())[0])


def bytes_of(index: Path, manifest: Manifest) -> dict[str, int]:
    """The bytes of each array, of the databases and of what is beside the segments."""
    found: Counter[str] = Counter()
    for segment in manifest.segments:
        folder = segment_folder(index, segment.name)
        found["database"] += (folder / DATABASE).stat().st_size
        with (folder / ARRAYS).open("rb") as stream:
            header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        found.update({name: array["data_offsets"][1] - array["data_offsets"][0] for name, array in header.items()})
    cache = index / "vectors.sqlite"
    found["vector cache"] = cache.stat().st_size if cache.exists() else 0
    return dict(found)


STEPS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "publish": first_publication,
    "build": build,
    "edit": edit,
    "ask": ask,
}


if __name__ == "__main__":
    main()
