"""How fast texts and questions become vectors, beside sentence-transformers' own `encode` with the same model.

usage: python benchmarks/encode.py [--texts 2048] [--rounds 5] [--json FILE]

The texts are passages and sentences of MedQuAD's articles, written by ../shared/tools/medquad_kb.py, which must be
there; the questions are those of judgments/. Both sides take turns in every round, so that what else the machine does
falls on both; `encode` is tried with several sizes of its batches, and the best of them counts.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wellread.articles.library import read_library
from wellread.articles.passages import cut_article, passage_text, sentence_text
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.relevance.judgments import read_judgments

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT.parent / "shared" / "tools" / "medquad_kb.py"
ARTICLES = 300
BATCHES = (8, 32, 128)
QUESTIONS = 50


def main() -> None:
    """Measure both sides and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2048)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    if not TOOL.exists():
        sys.exit(f"{TOOL} is not here: this benchmark needs the collections that lie beside a developer's checkout")
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformerEncoder()
    bare = SentenceTransformer(str(encoder.folder), device="cpu", local_files_only=True)
    texts, questions = some_texts(encoder, options.texts), some_questions(encoder)
    cosines = (encoder.encode_documents(texts) * bare.encode(texts, normalize_embeddings=True)).sum(axis=1)
    print(f"Least cosine of both sides' vectors of {len(texts):,} texts: {float(cosines.min()):.7f}\n")

    def plain(size: int) -> Callable[[Sequence[str]], object]:
        return lambda batch: bare.encode(
            list(batch), batch_size=size, normalize_embeddings=True, show_progress_bar=False
        )

    bulk: dict[str, Callable[[Sequence[str]], object]] = {"Wellread": encoder.encode_documents}
    bulk |= {f"`encode`, batches of {size}": plain(size) for size in BATCHES}
    single: dict[str, Callable[[Sequence[str]], object]] = {"Wellread": encoder.encode_queries, "`encode`": plain(1)}
    rates: dict[str, list[float]] = {name: [] for name in bulk}
    waits: dict[str, list[float]] = {name: [] for name in single}
    for _ in range(options.rounds):
        for name, embed in bulk.items():
            rates[name].append(len(texts) / seconds(embed, texts))
        for question in random.Random(len(rates["Wellread"])).sample(questions, QUESTIONS):
            for name, embed in single.items():
                waits[name].append(1000 * seconds(embed, [question]))
    for title, rows in (("texts/s", rates), ("one question (ms)", waits)):
        print(f"| | {title}, median | middle half |\n|---|---|---|")
        for name, values in rows.items():
            low, median, high = spread(values)
            print(f"| {name} | {median:.1f} | {low:.1f} to {high:.1f} |")
        print()
    ratios = {
        "texts/s, of the best `encode` of each round": [
            ours / max(others) for ours, *others in zip(*rates.values(), strict=True)
        ],
        "one question, `encode` to Wellread": [theirs / ours for ours, theirs in zip(*waits.values(), strict=True)],
    }
    for name, values in ratios.items():
        low, median, high = spread(values)
        print(f"{name}: {median:.2f} ({low:.2f} to {high:.2f})")
    if options.json:
        options.json.write_text(
            json.dumps({"texts/s": rates, "one question (ms)": waits, "ratios": ratios}, indent=2) + "\n"
        )


def some_texts(encoder: SentenceTransformerEncoder, count: int) -> list[str]:
    """Passages and sentences of real articles, in no order."""
    with tempfile.TemporaryDirectory() as folder:
        kb = Path(folder) / "kb"
        subprocess.run([sys.executable, str(TOOL), str(kb), str(ARTICLES)], check=True, capture_output=True)
        articles = read_library(kb).articles
    passages = [p for a in articles for p in cut_article(a, encoder.count_tokens, encoder.max_tokens)]
    texts = [passage_text(p) for p in passages] + [sentence_text(p, s) for p in passages for s in p.sentences]
    return random.Random(0).sample(texts, count)


def some_questions(encoder: SentenceTransformerEncoder) -> list[str]:
    """The judged questions about the seed article that have 5 to 30 tokens."""
    questions = list(read_judgments(ROOT / "judgments" / "neurological-spasms").queries.values())
    return [q for q, tokens in zip(questions, encoder.count_tokens(questions), strict=True) if 5 <= tokens <= 30]


def seconds(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """How long some texts take."""
    began = time.perf_counter()
    embed(texts)
    return time.perf_counter() - began


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """The lower quartile, the median and the upper quartile."""
    low, median, high = np.percentile(values, [25, 50, 75])
    return float(low), float(median), float(high)


if __name__ == "__main__":
    main()
