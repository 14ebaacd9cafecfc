"""Tables of what one_machine.py measured."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
from capacity import table

PARTS = {
    "vectors": ("vectors", "codes", "short"),
    "tokens": ("tokens",),
    "words": ("database",),
    "postings": ("terms", "texts", "passages", "articles"),
}
"""The parts of an index, by how the names of its arrays and databases end, or else begin."""

Figures = Sequence[dict[str, Any]]
"""What was measured of each library."""


def tables(figures: Figures) -> str:
    """What publishing, editing and asking took, and what a passage takes."""
    return "\n\n".join(
        [
            table(
                "| articles | passages | segments | index (GB) | making it (s) | processor (s) | memory (MB) | edit (s)"
                " | processor (s) | memory (MB) | written (MB) | of the index | no edit (s) | processor (s) |",
                [publishing(found) for found in figures],
            ),
            table(
                "| articles | opening (s) | own memory (MB) | p50 (ms) | p95 (ms) | processor (ms) | passages (ms)"
                " | sentences (ms) | words (ms) |",
                [asking(found) for found in figures],
            ),
            table(
                f"| articles | sentences | texts | {' | '.join(f'{part} (bytes)' for part in PARTS)} |",
                [passage(found) for found in figures],
            ),
        ]
    )


def publishing(found: dict[str, Any]) -> list[str]:
    """The cells of a library's row: making it, and medians of its edits and of publications without an edit."""
    made, counts, index = found["making"], found["counts"], sum(sizes(found["bytes"]).values())
    edit, nothing = medians(found["edits"]), medians(found["nothing"])
    return [
        f"{counts['articles']:,}",
        f"{counts['passages']:,}",
        f"{found['segments']}",
        f"{index / 1e9:.2f}",
        f"{made['clock']:.0f}",
        f"{made['processor']:.0f}",
        f"{made['memory'] / 1e6:.0f}",
        f"{edit['clock']:.1f}",
        f"{edit['processor']:.1f}",
        f"{edit['memory'] / 1e6:.0f}",
        f"{edit['written'] / 1e6:.0f}",
        f"{100 * edit['written'] / index:.1f} %",
        f"{nothing['clock']:.1f}",
        f"{nothing['processor']:.1f}",
    ]


def asking(found: dict[str, Any]) -> list[str]:
    """The cells of a library's row: a reader, and its questions once all was read once."""
    asked = found["asking"]
    times = [1000 * took for each in asked["rounds"][1:] for took in each]
    return [
        f"{found['counts']['articles']:,}",
        f"{asked['open']:.1f}",
        f"{asked['own'] / 1e6:.0f}",
        f"{np.percentile(times, 50):.0f}",
        f"{np.percentile(times, 95):.0f}",
        f"{1000 * asked['processor']:.0f}",
        *(f"{asked[f'{name} (ms)']:.1f}" for name in ("passages", "sentences", "lexical")),
    ]


def passage(found: dict[str, Any]) -> list[str]:
    """The cells of a library's row: what a passage takes, in the mean."""
    counts, passages = found["counts"], found["counts"]["passages"]
    each = [f"{size / passages:,.0f}" for size in sizes(found["bytes"]).values()]
    sentences, texts = counts["sentences"] / passages, counts["texts"] / passages
    return [f"{counts['articles']:,}", f"{sentences:.2f}", f"{texts:.2f}", *each]


def medians(measured: Figures) -> dict[str, float]:
    """The median of each figure over several runs."""
    return {name: statistics.median(run[name] for run in measured) for name in measured[0]}


def sizes(arrays: dict[str, int]) -> dict[str, int]:
    """The bytes of each part, of an index's arrays and databases."""
    found = dict.fromkeys(PARTS, 0)
    for name, size in arrays.items():
        first, last = name.partition(".")[0], name.rpartition(".")[2]
        part = next((part for part, ends in PARTS.items() if first != "tokens" and last in ends), "")
        part = part or next((part for part, begins in PARTS.items() if first in begins), "")
        if part:
            found[part] += size
    return found
