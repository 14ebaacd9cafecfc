"""An evaluation's files: figures as JSON, values of every question as CSV, runs for trec_eval, tables for a paper."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from wellread.evaluation.comparison import sentence
from wellread.evaluation.results import Estimate, Outcome, SystemResult, TestbedResult
from wellread.evaluation.tables import as_latex, as_markdown, tables
from wellread.evaluation.trec import write_run
from wellread.files import write_durably
from wellread.relevance.measures import MEASURES

_BLANK = re.compile(r"\s")
_VERDICT = ("state", "confidence", "notice", "marked", "right", "notice_article", "safety")


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The figures as JSON has them: docs/interfaces.md says what each key is."""
    return {
        "sets": {result.name: _set(result) for result in outcome.sets},
        "sweeps": [
            {
                "set": swept.set,
                "parameter": swept.parameter,
                "measure": swept.measure,
                "points": [{"value": value, **_estimate(at)} for value, at in swept.points],
            }
            for swept in outcome.sweeps
        ],
        "settings": dict(outcome.provenance),
        "timings": {
            result.name: {system.name: took for system in result.systems if (took := timings(system))}
            for result in outcome.sets
        },
    }


def write_outputs(outcome: Outcome, report: str, folder: Path) -> None:
    """Write every file of an evaluation into a folder; each is whole or not there.

    The report, `results.json`, `per-query.csv`, `tables.md` and `tables.tex`, and a TREC run of each system on each set
    that has no blanks in its ids. Raises OSError.
    """
    runs = folder / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    for result in outcome.sets:
        for system in result.systems:
            ranked = {asked.query: [found.id for found in asked.found] for asked in system.questions}
            if any(_BLANK.search(name) for query, names in ranked.items() for name in (query, *names)):
                continue  # a run's columns are parted by blanks
            write_run(runs / f"{_file_name(result.name)}.{_file_name(system.name)}.trec", ranked, system.name)
    made = "\n".join(f"{key}: {value}" for key, value in outcome.provenance.items() if isinstance(value, str))
    texts = {
        "report.html": report,
        "results.json": json.dumps(as_json(outcome), ensure_ascii=False, indent=1) + "\n",
        "per-query.csv": _csv(outcome),
        "tables.md": "\n".join([*map(as_markdown, tables(outcome)), *_said(outcome), "```", made, "```", ""]),
        "tables.tex": "\n".join([*(f"% {line}" for line in made.splitlines()), *map(as_latex, tables(outcome))]),
    }
    for name, text in texts.items():
        temporary = folder / f"{name}.tmp"
        write_durably(temporary, text.encode("utf-8", "replace"))
        temporary.replace(folder / name)


def _set(result: TestbedResult) -> dict[str, Any]:
    first = result.systems[0]
    written: dict[str, Any] = {
        "queries": len(first.questions),
        "relevant": result.relevant,
        "measures": _estimates(first.measures),
        "notes": list(result.notes),
    }
    if result.title:
        written["title"] = result.title
    if first.registers:
        written["registers"] = {
            system.name: {register: _estimates(measures) for register, measures in system.registers.items()}
            for system in result.systems
        }
    if len(result.systems) > 1:
        written["systems"] = {system.name: _estimates(system.measures) for system in result.systems}
        written["comparisons"] = [
            asdict(compared) | {"difference": _estimate(compared.difference)} for compared in result.comparisons
        ]
    return written


def _estimates(measures: Mapping[str, Estimate]) -> dict[str, dict[str, float]]:
    return {name: _estimate(at) for name, at in measures.items()}


def _estimate(at: Estimate) -> dict[str, float]:
    return {name: round(value, 6) for name, value in asdict(at).items()}


def timings(system: SystemResult) -> dict[str, float]:
    """Milliseconds that half, and that 95 of a hundred, of the questions took at most."""
    seconds = [asked.seconds for asked in system.questions if asked.seconds is not None]
    if len(seconds) < 2:
        return {}
    slow = quantiles(seconds, n=20, method="inclusive")[-1]
    return {"p50_ms": round(1000 * median(seconds), 2), "p95_ms": round(1000 * slow, 2)}


def _csv(outcome: Outcome) -> str:
    """A line for every set, system and question; a cell is empty where a value does not apply."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["set", "system", "query", "kind", "article", "register", *MEASURES, *_VERDICT])
    for result in outcome.sets:
        for system in result.systems:
            for asked in system.questions:
                values = [f"{asked.values[name]:.6f}" if asked.values else "" for name in MEASURES]
                verdict = [getattr(asked.verdict, name) if asked.verdict else None for name in _VERDICT]
                cells = ["" if cell is None else f"{cell:.6f}" if isinstance(cell, float) else cell for cell in verdict]
                about = (asked.query, asked.type, asked.article, asked.register)
                lines.writerow([result.name, system.name, *about, *values, *cells])
    return written.getvalue()


def _said(outcome: Outcome) -> Iterator[str]:
    for result in outcome.sets:
        for compared in result.comparisons:
            yield f"{result.name}: {sentence(compared)}\n"


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.+=-]", "-", name)
