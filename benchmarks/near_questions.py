"""How near two questions must be to ask the same: pairs of judged questions by their cosine, as insights group them.

python benchmarks/near_questions.py [COLLECTION]    a folder of judged questions, by default judgments/unseen-articles
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.relevance.judgments import read_judgments

COSINES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
BEST = 3
"""The grade of the passages that answer best."""


def main(folder: Path) -> None:
    """Print how many pairs of the questions of `dev` are as near, and which share of them means the same."""
    read = read_judgments(folder)
    best = {
        query: {passage for passage, grade in grades.items() if grade >= BEST}
        for query, grades in read.qrels.items()
        if read.about[query]["split"] == "dev"
    }
    names = [query for query in read.queries if best.get(query)]
    vectors = SentenceTransformerEncoder().encode_queries([read.queries[name] for name in names])
    first, second = np.triu_indices(len(names), 1)
    pairs = [(best[names[a]], best[names[b]]) for a, b in zip(first, second, strict=True)]
    section = np.array([not a.isdisjoint(b) for a, b in pairs])
    article = np.array(
        [not {one.partition("#")[0] for one in a}.isdisjoint(one.partition("#")[0] for one in b) for a, b in pairs]
    )
    cosines = (vectors @ vectors.T)[first, second]
    print(f"{len(names)} questions, {len(pairs):,} pairs, {section.sum():,} of one section")
    print("cosine    pairs  same section  same article")
    for least in COSINES:
        near = cosines >= least
        if near.any():
            print(f"{least:6.2f} {near.sum():8,} {section[near].mean():13.1%} {article[near].mean():13.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("judgments/unseen-articles"))
