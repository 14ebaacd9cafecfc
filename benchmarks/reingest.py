"""How long an edit of one sentence takes to be live, in libraries of several sizes, beside embedding them whole.

usage: python benchmarks/reingest.py [--sizes 1500 3000 6154] [--json FILE]

The articles are MedQuAD's, written by ../shared/tools/medquad_kb.py, which must be there. Embedding a library whole
takes an hour, and an edit does not wait for it, so the articles that stay as they are get stand-in vectors of the
right shape; the edited sentence and passage are embedded by the default model, loaded beforehand. The time of
embedding everything is projected from the rate at which the model embeds a sample of the same texts.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wellread.articles import read_library
from wellread.encoder import SentenceTransformerEncoder, Vectors
from wellread.models import Article
from wellread.passages import cut_article, passage_text, sentence_text
from wellread.publish import publish
from wellread.serving import rollback

TOOL = Path(__file__).resolve().parent.parent.parent / "shared" / "tools" / "medquad_kb.py"
EDITS = 5
SAMPLE = 600


class StandIn(SentenceTransformerEncoder):
    """The default model, but for texts embedded while `pretend` is set, which get vectors of the right shape."""

    pretend = True

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, or pretend to."""
        if not self.pretend:
            return super().encode_documents(texts, progress)
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), 384)).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1500, 3000, 6154])
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    if not TOOL.exists():
        sys.exit(f"{TOOL} is not here: this benchmark needs the collections that lie beside a developer's checkout")
    encoder = StandIn()
    encoder.encode_queries(["warm"])
    figures = [measure(size, encoder) for size in options.sizes]
    print(
        "| articles | texts | read (s) | edit live (s) | beyond reading (s) | nothing changed (s) | roll back (s) |",
        end="",
    )
    print(" embed all (s, projected) | edit / all |")
    print("|---|---|---|---|---|---|---|---|---|")
    for f in figures:
        print(
            f"| {f['articles']:,} | {f['texts']:,} | {f['read']:.1f} | {f['edit']:.1f} | {f['edit'] - f['read']:.1f}"
            f" | {f['nothing']:.2f} | {f['rollback']:.2f} | {f['all']:,.0f} | {100 * f['edit'] / f['all']:.2f} % |"
        )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(size: int, encoder: StandIn) -> dict[str, float]:
    """Medians of five edits in a library of this many articles, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        kb, index = Path(folder) / "kb", Path(folder) / "index"
        subprocess.run([sys.executable, str(TOOL), str(kb), str(size)], check=True, capture_output=True)
        began = time.perf_counter()
        articles = read_library(kb).articles
        read = time.perf_counter() - began
        encoder.pretend = True
        first = publish(kb, index, encoder)
        encoder.pretend = False
        rate = texts_per_second(articles[:: max(1, size // 100)], encoder)
        edits: list[float] = []
        backs: list[float] = []
        chance = random.Random(0)
        for file in chance.sample(sorted(kb.iterdir()), EDITS):
            file.write_text(file.read_text().rstrip() + " One sentence is new.\n")
            began = time.perf_counter()
            report = publish(kb, index, encoder)
            edits.append(time.perf_counter() - began)
            assert len(report.articles.changed) == 1
            assert len(report.passages.changed) + len(report.passages.added) <= 2
            assert report.embedded <= 3
            began = time.perf_counter()
            rollback(index)
            backs.append(time.perf_counter() - began)
            rollback(index)
        began = time.perf_counter()
        assert not publish(kb, index, encoder).articles
        nothing = time.perf_counter() - began
    texts = first.embedded
    return {
        "articles": size,
        "texts": texts,
        "read": read,
        "edit": statistics.median(edits),
        "nothing": nothing,
        "rollback": statistics.median(backs),
        "all": texts / rate,
    }


def texts_per_second(articles: Sequence[Article], encoder: StandIn) -> float:
    """The rate at which the model embeds some of the library's texts, passages and sentences as they come."""
    passages = [p for a in articles for p in cut_article(a, encoder.count_tokens, encoder.max_tokens)]
    texts = [passage_text(p) for p in passages] + [sentence_text(p, s) for p in passages for s in p.sentences]
    sample = random.Random(0).sample(texts, min(SAMPLE, len(texts)))
    began = time.perf_counter()
    encoder.encode_documents(sample)
    return len(sample) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
