"""What a full ingest costs: both grains beside one, and its memory as the library grows.

usage: python benchmarks/full_ingest.py [--articles 60] [--sizes 1500 3000 6154] [--rounds 5] [--json FILE]

Articles are MedQuAD's, written by ../shared/tools/medquad_kb.py, which must be there. The first table embeds the
sentences of some articles, the passages, and all that is embedded of them (headings too), taking turns. The second
runs `ingest.py` on whole libraries into an index that has a stand-in in its vector cache for all but the last
thousand texts, so that the model is loaded and at work and a run does not take hours, and reads the most memory that
was resident.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wellread.articles.library import read_library
from wellread.articles.passages import GRAINS, cut_article, embedded_texts
from wellread.encoders.cache import open_cache
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import segments_folder, vector_cache_file
from wellread.publishing.embedding.texts import WINDOW
from wellread.publishing.plan import plan_generation

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT.parent / "shared" / "tools" / "medquad_kb.py"
LEFT = 1_000
"""Texts that a whole library's ingest embeds."""


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60, help="articles whose grains are embedded")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1500, 3000, 6154], help="libraries ingested whole")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    if not TOOL.exists():
        sys.exit(f"{TOOL} is not here: this benchmark needs the collections that lie beside a developer's checkout")
    encoder = SentenceTransformerEncoder()
    figures: dict[str, Any] = {"grains": grains(encoder, options.articles, options.rounds)}
    print(
        "| embedded | texts | tokens | seconds, median | least to most | of the sentences |\n|---|---|---|---|---|---|"
    )
    for name, found in figures["grains"].items():
        alone = figures["grains"]["sentences"]["seconds"]
        ratios = [ours / theirs for ours, theirs in zip(found["seconds"], alone, strict=True)]
        print(
            f"| {name} | {found['texts']:,} | {found['tokens']:,} | {statistics.median(found['seconds']):.1f}"
            f" | {min(found['seconds']):.1f} to {max(found['seconds']):.1f} | {statistics.median(ratios):.2f} |"
        )
    figures["libraries"] = [whole(encoder, size) for size in options.sizes]
    print("\n| articles | texts | index (MB) | seconds | most memory (MB) |\n|---|---|---|---|---|")
    for found in figures["libraries"]:
        print(
            f"| {found['articles']:,} | {found['texts']:,} | {found['bytes'] / 1e6:.0f} | {found['seconds']:.0f}"
            f" | {found['memory'] / 1e6:.0f} |"
        )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def write_articles(kb: Path, count: int) -> None:
    """Write some articles into a folder."""
    subprocess.run([sys.executable, str(TOOL), str(kb), str(count)], check=True, capture_output=True)


def grains(encoder: SentenceTransformerEncoder, articles: int, rounds: int) -> dict[str, dict[str, Any]]:
    """The seconds that each grain's distinct texts take, and all of them together, in every round."""
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder) / "kb", articles)
        read = read_library(Path(folder) / "kb").articles
    passages = [p for a in read for p in cut_article(a, encoder.count_tokens, encoder.max_tokens)]
    texts = embedded_texts(passages)
    arms = {
        "sentences": texts["sentences"],
        "passages": texts["passages"],
        "sentences, passages and headings": [text for grain in GRAINS for text in texts[grain]],
    }
    distinct = {name: list(dict.fromkeys(chosen)) for name, chosen in arms.items()}
    found: dict[str, dict[str, Any]] = {
        name: {"texts": len(chosen), "tokens": sum(encoder.count_tokens(chosen)), "seconds": []}
        for name, chosen in distinct.items()
    }
    encoder.encode_documents(texts["headings"][:100])
    for _ in range(rounds):
        for name, chosen in distinct.items():
            began = time.perf_counter()
            encoder.encode_documents(chosen)
            found[name]["seconds"].append(time.perf_counter() - began)
    return found


def whole(encoder: SentenceTransformerEncoder, size: int) -> dict[str, Any]:
    """Ingest a library in a process of its own: its seconds and its memory."""
    with tempfile.TemporaryDirectory() as temporary:
        kb, index = Path(temporary) / "kb", Path(temporary) / "index"
        write_articles(kb, size)
        fill(kb, index, encoder)
        command = [sys.executable, str(ROOT / "ingest.py"), "--kb", str(kb), "--index", str(index), "--json"]
        began = time.perf_counter()
        with subprocess.Popen(command, cwd=temporary, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout
            report = json.loads(process.stdout.read())
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        assert report["embedded"] > 0
        return {
            "articles": size,
            "texts": report["embedded"] + report["reused"],
            "bytes": sum(file.stat().st_size for file in segments_folder(index).rglob("*.*")),
            "seconds": seconds,
            "memory": used.ru_maxrss * 1024,
        }


def fill(kb: Path, index: Path, encoder: SentenceTransformerEncoder) -> None:
    """Put a random unit vector into an index's cache for each text of a library but the last ones."""
    index.mkdir()
    plan = plan_generation(kb, encoder, None)
    chance = np.random.default_rng(0)
    texts = (text for text, _ in islice(plan.new_texts(), plan.new_count - LEFT))
    with open_cache(vector_cache_file(index), encoder.fingerprint) as cache:
        while window := list(islice(texts, WINDOW)):
            vectors = chance.standard_normal((len(window), 384), np.float32)
            cache.add(window, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


if __name__ == "__main__":
    main()
