"""The tables of an evaluation: in a terminal, as Markdown, as LaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table as RichTable
from rich.text import Text

from wellread.evaluation.comparison import p_value
from wellread.evaluation.measuring import BY_REGISTER, RIGHT_ARTICLE
from wellread.evaluation.results import Estimate, Outcome, Sweep, TestbedResult
from wellread.relevance.measures import MEASURES
from wellread.text.characters import shown

_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": "$<$", ">": "$>$",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column is of names, the others are of figures. `notes` stand below it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def tables(outcome: Outcome) -> Iterator[Table]:
    """All tables of an evaluation, set by set."""
    for result in outcome.sets:
        yield measures_table(result)
        yield from register_tables(result)
        if len(result.systems) > 1:
            yield from comparison_tables(result)
    for swept in outcome.sweeps:
        yield sweep_table(swept)


def in_terminal(table: Table) -> RichTable:
    """A table to be printed by rich."""
    drawn = RichTable(
        title=Text(shown(table.title)),
        title_justify="left",
        caption=Text(shown("\n".join(table.notes))),
        caption_justify="left",
        box=SIMPLE_HEAD,
    )
    for number, name in enumerate(table.header):
        drawn.add_column(Text(shown(name)), justify="right" if number else "left")
    for row in table.rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    return drawn


def as_markdown(table: Table) -> str:
    """A table with its title as a heading."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

    rule = ["---", *["---:"] * (len(table.header) - 1)]
    lines = [f"## {table.title}", "", line(table.header), line(rule), *map(line, table.rows)]
    return "\n".join([*lines, *(part for note in table.notes for part in ("", note))]) + "\n"


def as_latex(table: Table) -> str:
    """A table in LaTeX, with the rules of the package booktabs."""

    def line(cells: Sequence[str]) -> str:
        return f"    {' & '.join(map(_escaped, cells))} \\\\"

    notes = [f"  % {note}" for note in table.notes]
    return "\n".join(
        [
            r"\begin{table}",
            *notes,
            r"  \centering",
            f"  \\caption{{{_escaped(table.title)}}}",
            f"  \\begin{{tabular}}{{l{'r' * (len(table.header) - 1)}}}",
            r"    \toprule",
            line(table.header),
            r"    \midrule",
            *map(line, table.rows),
            r"    \bottomrule",
            r"  \end{tabular}",
            r"\end{table}",
            "",
        ]
    )


def measures_table(result: TestbedResult) -> Table:
    """Every measure of the first system."""
    first = result.systems[0]
    scored = next((first.measures[name].queries for name in MEASURES if name in first.measures), 0)
    others = len(first.questions) - scored
    what = (
        f"{scored} of {len(first.questions)} questions are scored by their ranking"
        f" (relevant from grade {result.relevant})"
    )
    left = f"; those left out ({others}) have nothing relevant, or are not of the covered kind." if others else "."
    return Table(
        f"{result.heading}: {first.name}",
        ("measure", "mean", "95 % interval", "questions"),
        tuple((name, f"{at.mean:.3f}", interval(at), f"{at.queries}") for name, at in first.measures.items()),
        (what + left, *result.notes),
    )


def register_tables(result: TestbedResult) -> Iterator[Table]:
    """Some ranking measures of every system by the questions' register, where the set names more than one."""
    for system in result.systems:
        if system.registers:
            yield Table(
                f"{result.heading}: {system.name} by register",
                ("register", *BY_REGISTER, "questions"),
                tuple(
                    (register, *(f"{measures[name].mean:.3f}" for name in BY_REGISTER), f"{_queries(measures)}")
                    for register, measures in system.registers.items()
                ),
            )


def comparison_tables(result: TestbedResult) -> Iterator[Table]:
    """The ranking measures of every system, and how the systems compare with the first."""
    # success@1 is P@1 again
    shown = [*(name for name in MEASURES if name != "success@1"), RIGHT_ARTICLE]
    names = [name for name in shown if all(name in system.measures for system in result.systems)]
    yield Table(
        f"{result.heading}: all systems",
        ("system", *names),
        tuple((system.name, *(f"{system.measures[name].mean:.3f}" for name in names)) for system in result.systems),
    )
    if result.comparisons:
        first = result.comparisons[0]
        yield Table(
            f"{result.heading}: {first.measure} beside {first.baseline}",
            ("system", "difference", "95 % interval", "effect d", "won/lost/tied", "p", "p (Holm)"),
            tuple(
                (
                    compared.system,
                    f"{compared.difference.mean:+.3f}",
                    interval(compared.difference, "+"),
                    "–" if compared.effect is None else f"{compared.effect:+.2f}",
                    f"{compared.wins}/{compared.losses}/{compared.ties}",
                    p_value(compared.p),
                    p_value(compared.corrected),
                )
                for compared in result.comparisons
            ),
        )


def sweep_table(swept: Sweep) -> Table:
    """The measure at each value of the parameter."""
    return Table(
        f"{swept.set}: {swept.measure} by {swept.parameter}",
        (swept.parameter, swept.measure, "95 % interval"),
        tuple((f"{value:g}", f"{at.mean:.3f}", interval(at)) for value, at in swept.points),
    )


def interval(at: Estimate, sign: str = "") -> str:
    """The bounds of an interval, as tables show them."""
    return f"{at.low:{sign}.3f} to {at.high:{sign}.3f}"


def _queries(measures: Mapping[str, Estimate]) -> int:
    return next(iter(measures.values())).queries


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in text)
