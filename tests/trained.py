"""A small copy of what is learned from: a few articles, and a few questions of each kind about them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from wellread.search.calibration import KINDS

ASKED = ("amoxicillin", "croup", "head-injury", "migraine")
"""Articles with questions and urgent pairs to learn from."""

JUDGED = ("amlodipine", "copd", "fainting", "gallstones")
"""Articles with judged questions, by which confidence is weighed."""

Keep = Callable[[list[str]], list[str]]


def small_training(folder: Path) -> None:
    """Copy some lines of each file of `training/` into a folder."""
    training = ROOT / "training"
    for article in (*ASKED, *JUDGED):
        (source,) = (training / "library").glob(f"{article}.*")
        _copy(source, folder / "library", lambda lines: lines)
    for article in ASKED:
        _copy(training / "questions" / f"{article}.txt", folder / "questions", lambda lines: lines[:40])
    keep: dict[str, Keep] = {
        "question-kinds/questions.jsonl": lambda lines: lines[:60],
        "heading-kinds/headings.jsonl": _some_of_each_kind,
        "urgency/pairs.jsonl": lambda lines: lines[:20],
        "outside-medicine/questions.jsonl": lambda lines: lines[:20],
        "own-questions/neurological-spasms.tsv": lambda lines: [*lines[:21], *lines[-20:]],
        "not-ordinary.tsv": lambda lines: lines,
        "uncovered.tsv": lambda lines: lines[:21],
        "calm.tsv": lambda lines: lines[:31],
        "urgent.tsv": lambda lines: [lines[0], *(line for line in lines if line.split("\t")[0] in ASKED)],
        "emergencies.tsv": lambda lines: [lines[0], *_first_of_each(lines[1:], 4)],
    }
    for name, some in keep.items():
        _copy(training / name, (folder / name).parent, some)


def small_judgments(folder: Path) -> None:
    """Copy 8 covered questions about each article of JUDGED, and 16 uncovered ones, into a folder."""
    source = ROOT / "judgments" / "unseen-articles"
    queries = [json.loads(line) for line in (source / "queries.jsonl").read_text().splitlines()]
    kept = [query for article in JUDGED for query in _judged(queries, kind="covered", article=article)[:8]]
    kept += _judged(queries, kind="uncovered")[:16]
    kept += [query for query in queries if query["metadata"]["split"] == "test"][:4]
    names = {query["_id"] for query in kept}
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text("".join(f"{json.dumps(query)}\n" for query in kept))
    for split in ("dev", "test"):
        lines = (source / "qrels" / f"{split}.tsv").read_text().splitlines()
        rows = [lines[0], *(line for line in lines if line.split("\t")[0] in names)]
        (folder / "qrels" / f"{split}.tsv").write_text("".join(f"{row}\n" for row in rows))


@contextmanager
def few_columns() -> Iterator[None]:
    """Fewer columns of n-grams, so that fitting takes some seconds."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("search.classifier", "search.calibration", "search.safety", "training.learners"):
            patch.setattr(f"wellread.{module}.BUCKETS", 128)
        yield


def _judged(queries: Sequence[dict[str, Any]], **about: str) -> list[dict[str, Any]]:
    return [query for query in queries if {"split": "dev", **about}.items() <= query["metadata"].items()]


def _copy(source: Path, folder: Path, some: Keep) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = some(source.read_text(encoding="utf-8").splitlines())
    (folder / source.name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _some_of_each_kind(lines: list[str]) -> list[str]:
    by_kind = [line for kind in (*KINDS, "summary", "other") for line in lines if json.loads(line)["kind"] == kind]
    return by_kind[:: len(by_kind) // 60]


def _first_of_each(lines: list[str], count: int) -> list[str]:
    ordered = sorted(lines, key=lambda line: line.split("\t")[0])
    groups = groupby(ordered, key=lambda line: line.split("\t")[0])
    return [line for _, group in groups for line in list(group)[:count]]


def copy_of(folder: Path, place: Path) -> Path:
    """A copy of a folder that a test may change."""
    shutil.copytree(folder, place)
    return place
