"""An evaluation as one HTML file: what was measured, the results, tables, figures, and how to repeat it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from wellread.evaluation.comparison import counted
from wellread.evaluation.failures import describe, failures
from wellread.evaluation.outputs import timings
from wellread.evaluation.report.plots import (
    coverage_curves,
    differences,
    latency_curves,
    recall_curves,
    reliability,
    sweep_curve,
)
from wellread.evaluation.report.style import STYLE
from wellread.evaluation.results import Comparison, Outcome, Sweep, SystemResult, TestbedResult
from wellread.evaluation.tables import Table, comparison_tables, interval, measures_table, register_tables, sweep_table

WORST = 20
"""Questions of each system that are shown with what was found for them."""

Sentence = Callable[[Comparison], str]


def report(outcome: Outcome, say: Sentence) -> str:
    """One self-contained HTML file; `say` puts into words what a comparison establishes."""
    numbered = list(enumerate(outcome.sets, 1))
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evaluation: {escape(', '.join(result.name for result in outcome.sets))}</title>",
        f"<style>{STYLE}</style></head><body>",
        "<header><h1>Evaluation of retrieval</h1>",
        *_opening(outcome, say),
        "</header><main>",
    ]
    for number, result in numbered:
        parts += [
            f'<section id="set-{number}"><h2>{escape(result.heading)}</h2>',
            *_set(result, f"set-{number}", say),
            "</section>",
        ]
    for number, swept in enumerate(outcome.sweeps, 1):
        parts += [f"<section><h2>{escape(f'{swept.set}: {swept.measure} by {swept.parameter}')}</h2>"]
        parts += [_sweep(swept, f"sweep-{number}"), "</section>"]
    parts += [
        "<section><h2>To have it again</h2>",
        _provenance(outcome.provenance),
        "</section></main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _opening(outcome: Outcome, say: Sentence) -> Iterator[str]:
    """What was measured, and the plain result."""
    yield "<ul>"
    for result in outcome.sets:
        first = result.systems[0]
        found = next(iter(first.measures.items()), None)
        summary = f"{first.name}, {counted(len(first.questions))}"
        if found:
            name, at = found
            summary += f": {name} {at.mean:.3f} ({interval(at)}), over {at.queries} of them"
        yield f"<li><strong>{escape(result.heading)}</strong>: {escape(summary)}.</li>"
        yield from (f"<li>{escape(say(compared))}</li>" for compared in result.comparisons)
    yield "</ul>"


def _set(result: TestbedResult, name: str, say: Sentence) -> Iterator[str]:
    yield _table(measures_table(result))
    yield from map(_table, register_tables(result))
    if len(result.systems) > 1:
        yield from map(_table, comparison_tables(result))
        yield from (f"<p>{escape(say(compared))}</p>" for compared in result.comparisons)
    yield '<div class="figures">'
    yield from _comparisons(result, name)
    yield from _curves(result, name)
    yield "</div>"
    for system in result.systems:
        yield from _worst(result, system)


def _comparisons(result: TestbedResult, name: str) -> Iterator[str]:
    values = {
        system.name: {asked.query: asked.values for asked in system.questions if asked.values}
        for system in result.systems
    }
    for number, compared in enumerate(result.comparisons):
        ours, theirs = values[compared.system], values[compared.baseline]
        moved = {
            query: measured[compared.measure] - theirs[query][compared.measure]
            for query, measured in ours.items()
            if query in theirs
        }
        title = f"{compared.measure} of each question: {compared.system} minus {compared.baseline}"
        summary = (
            f"{compared.system} is above {compared.baseline} for {compared.wins} of {len(moved)} questions, below for"
            f" {compared.losses}, and the same for {compared.ties}; on average {compared.difference.mean:+.3f}."
        )
        drawn = differences(list(moved.values()), compared.measure, f"{name}-diff-{number}", title)
        rows = [
            (query, f"{value:+.3f}") for query, value in sorted(moved.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        yield _figure(title, summary, drawn, ("question", "difference"), rows)


def _curves(result: TestbedResult, name: str) -> Iterator[str]:
    recalled = [(system.name, *_xy(system.recall)) for system in result.systems if system.recall]
    if recalled:
        summary = "; ".join(f"{system}: {y[0]:.2f} at {x[0]:g}, {y[-1]:.2f} at {x[-1]:g}" for system, x, y in recalled)
        title = "Recall by how many results are looked at"
        drawn = recall_curves(recalled, f"{name}-recall", title)
        rows = [(system, f"{k:g}", f"{value:.3f}") for system, x, y in recalled for k, value in zip(x, y, strict=True)]
        yield _figure(title, f"{summary}.", drawn, ("system", "k", "recall"), rows)
    for number, system in enumerate(result.systems):
        if system.coverage:
            yield _covered(system, f"{name}-coverage-{number}")
        if system.bins:
            yield _calibrated(system, f"{name}-bins-{number}")
    timed = [(system.name, *_latency(system)) for system in result.systems if timings(system)]
    if timed:
        summary = "; ".join(
            f"{system.name}: half within {of['p50_ms']:.0f} ms, 95 of a hundred within {of['p95_ms']:.0f} ms"
            for system in result.systems
            if (of := timings(system))
        )
        title = "How long an answer takes"
        drawn = latency_curves(timed, f"{name}-latency", title)
        rows = [
            (system, f"{share:.0%}", f"{x[max(0, round(share * len(x)) - 1)]:.1f}")
            for system, x, _ in timed
            for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0)
        ]
        yield _figure(title, f"{summary}.", drawn, ("system", "share of questions", "milliseconds"), rows)


def _covered(system: SystemResult, name: str) -> str:
    x, y = _xy(system.coverage)
    half = min(range(len(x)), key=lambda n: (abs(x[n] - 0.5), n))
    title = f"{system.name}: how much of what is answered is covered, by how much is answered"
    summary = f"Answering the surest {x[half]:.0%}, {y[half]:.0%} of it is covered; answering everything, {y[-1]:.0%}."
    rows = [(f"{share:.3f}", f"{precise:.3f}") for share, precise in system.coverage]
    drawn = coverage_curves([(system.name, x, y)], name, title)
    return _figure(title, summary, drawn, ("answered", "covered of these"), rows)


def _calibrated(system: SystemResult, name: str) -> str:
    title = f"{system.name}: what confidence is worth"
    least = max(system.bins, key=lambda at: (abs(at.confidence - at.covered), at.confidence))
    summary = (
        f"In {len(system.bins)} bins of confidence; the widest gap is in one of {least.count} questions, with a mean"
        f" confidence of {least.confidence:.2f} and {least.covered:.0%} covered."
    )
    rows = [(f"{at.confidence:.3f}", f"{at.covered:.3f}", f"{at.count}") for at in system.bins]
    return _figure(
        title, summary, reliability(system.bins, name, title), ("mean confidence", "covered", "questions"), rows
    )


def _sweep(swept: Sweep, name: str) -> str:
    best, at = max(swept.points, key=lambda point: (point[1].mean, -point[0]))
    title = f"{swept.measure} by {swept.parameter}"
    summary = f"Greatest at {swept.parameter} {best:g}: {at.mean:.3f} ({interval(at)})."
    table = sweep_table(swept)
    return _figure(title, summary, sweep_curve(swept, name, title), table.header, table.rows)


def _worst(result: TestbedResult, system: SystemResult) -> Iterator[str]:
    """The questions that a system lost most, each with what was found and wanted."""
    chosen = result.comparisons[0].measure if result.comparisons else "nDCG@10"
    worst = failures(result, system, WORST, chosen)
    if not worst:
        return
    yield f"<details><summary>{escape(system.name)}: the {counted(len(worst))} that lost most</summary>"
    for asked, loss in worst:
        yield f"<pre>{escape(chr(10).join(describe(asked, loss, result.relevant, chosen)))}</pre>"
    yield "</details>"


def _figure(title: str, summary: str, drawn: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    data = _rows(header, rows)
    return (
        f"<figure>{drawn}<figcaption><strong>{escape(title)}.</strong> {escape(summary)}</figcaption>"
        f"<details><summary>The figures behind it</summary>{_scrolling(title, data)}</details></figure>"
    )


def _table(table: Table) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    whole = _rows(table.header, table.rows, table.title)
    return _scrolling(table.title, whole) + notes


def _scrolling(title: str, table: str) -> str:
    """A table that scrolls by itself where it is wider than the page, by keyboard too."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(title)}">{table}</div>'


def _rows(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    titled = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{titled}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _provenance(made: Mapping[str, Any]) -> str:
    entries = []
    for key, value in made.items():
        inside = value.items() if isinstance(value, Mapping) else [("", value)]
        entries += [(f"{key}: {name}" if name else key, _plain(entry)) for name, entry in inside]
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in entries)}</dl>"


def _plain(value: Any) -> str:
    return ", ".join(f"{key} {inside}" for key, inside in value.items()) if isinstance(value, Mapping) else str(value)


def _xy(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _latency(system: SystemResult) -> tuple[list[float], list[float]]:
    """Milliseconds in rising order, and the share of questions answered within each."""
    times = sorted(1000 * max(asked.seconds, 1e-6) for asked in system.questions if asked.seconds is not None)
    return times, [(number + 1) / len(times) for number in range(len(times))]
