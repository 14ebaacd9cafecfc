"""Fits the weights by which a web page's lines are taken for its site's own, on saved pages with their main text.

    python benchmarks/fit_site_lines.py PAGES.tsv

A row of PAGES.tsv has a site, a page's file and the file of its main text. Sites are dealt by a hash: of ten, six are
learned from, two show where to set NAMED in site_ends.py, two are asked at last. Prints the weights and what they do.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from wellread.errors import WellreadError
from wellread.importing.links import host_of
from wellread.importing.pages import read_page
from wellread.importing.site_ends import ends_of
from wellread.importing.site_lines import WEIGHTS, SiteLine, measure_lines

LEAST_FOUND = 0.7
"""Share of a main text that a page must show: other pages are not judged, for a script draws them."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_RUN = 4
"""Words one after the other by which a line is found again in a text."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, and which of them are not in its main text."""

    lines: Sequence[SiteLine]
    own: Sequence[bool]


def main() -> None:
    """Fit, print the weights, and print what is named on the sites of each part."""
    parts: dict[str, list[Page]] = {"fit": [], "choose": [], "ask": []}
    for row in Path(sys.argv[1]).read_text("utf-8").splitlines():
        site, page, text = row.split("\t")
        deal = int(hashlib.sha1(site.encode()).hexdigest(), 16) % 10
        read = _read(Path(page), Path(text).read_text("utf-8"))
        if read is not None:
            parts["fit" if deal < 6 else "choose" if deal < 8 else "ask"].append(read)
    WEIGHTS.update(_fit(parts["fit"]))
    print(WEIGHTS)
    for part, pages in parts.items():
        print(part, _judge(pages))


def _read(page: Path, main_text: str) -> Page | None:
    try:
        read = read_page(page.read_bytes())
    except WellreadError:
        return None
    lines = measure_lines(read.text, host_of(read.text, read.address))
    known = _WORD.findall(main_text.casefold())
    whole = f" {' '.join(known)} "
    runs = {tuple(known[at : at + _RUN]) for at in range(len(known))}
    alone = {" ".join(_WORD.findall(line.casefold())) for line in main_text.splitlines()}
    own = [not _is_known(_WORD.findall(line.words.casefold()), whole, runs, alone) for line in lines]
    found = sum(line.count for line, is_own in zip(lines, own, strict=True) if not is_own)
    return Page(lines, own) if found >= LEAST_FOUND * len(known) > 0 else None


def _is_known(words: list[str], whole: str, runs: set[tuple[str, ...]], alone: set[str]) -> bool:
    """Tell whether a line stands in the main text: short ones as a line of it, half of the runs of long ones."""
    said = " ".join(words)
    if len(words) <= 2:
        return said in alone or (len(said) > 9 and f" {said} " in whole)
    pieces = [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
    return f" {said} " in whole or (len(words) > 5 and 2 * sum(one in runs for one in pieces) >= len(pieces))


def _fit(pages: Sequence[Page]) -> dict[str, float]:
    """The weights of a logistic regression; a page counts by the root of how many lines it has."""
    names = [name for name in WEIGHTS if name != "always"]
    rows = np.array([[line.measures[name] for name in names] for page in pages for line in page.lines])
    own = np.array([is_own for page in pages for is_own in page.own])
    counts = np.array([1 / np.sqrt(len(page.lines)) for page in pages for _ in page.lines])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    fitted = LogisticRegression(C=0.1, max_iter=500).fit((rows - mean) / spread, own, sample_weight=counts)
    weights = fitted.coef_[0] / spread
    always = float(fitted.intercept_[0] - weights @ mean)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)} | {
        "always": round(always, 2)
    }


def _judge(pages: Sequence[Page]) -> dict[str, float]:
    """How many pages have lines of the site at their ends, how many have these named, and how much of it is true."""
    counts = {"pages": len(pages), "with such lines": 0, "with a note": 0, "all named": 0, "note mostly false": 0}
    named = false = 0
    for page in pages:
        text = [at for at, is_own in enumerate(page.own) if not is_own]
        ends = [at for at in range(len(page.lines)) if not text or not text[0] <= at <= text[-1]]
        first, last = ends_of(page.lines)
        said = {*range(first), *range(len(page.lines) - last, len(page.lines))}
        words = sum(page.lines[at].count for at in said)
        wrong = sum(page.lines[at].count for at in said if not page.own[at])
        counts["with such lines"] += bool(ends)
        counts["with a note"] += bool(said)
        counts["all named"] += bool(ends) and said.issuperset(ends)
        counts["note mostly false"] += wrong > words / 2
        named, false = named + words, false + wrong
    return {**counts, "precision in words": round(1 - false / max(named, 1), 3)}


if __name__ == "__main__":
    main()
