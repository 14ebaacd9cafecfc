"""`wellread evaluate`: asks judged questions as a reader would, and measures how good the answers are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places, add_reranker
from wellread.cli.output import say
from wellread.extras import require
from wellread.text.characters import shown

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.evaluation.results import Outcome

HELP = Help(
    summary="measure how well questions are answered",
    description="""\
Measure how well questions are answered, and compare settings. Without options, the published index is asked the judged
questions of judgments/. Measured are the ranking, when it answers and when it does not, the urgent notice, and the
marked sentences, for each set and split.
Each figure has its 95 % bootstrap interval. What is measured is what readers get.
""",
    examples="""\
  wellread evaluate                                           every set of judgments/
  wellread evaluate --split test                              only questions that nothing was fitted on
  wellread evaluate --collection ../shared/data/mediqa        any collection in the BEIR layout
  wellread evaluate --compare default lexical dense           settings beside the first, with paired tests
  wellread evaluate --compare default short:tokens=64         one of your own: NAME:KEY=VALUE,…
  wellread evaluate --compare systems.toml                    settings from a file
  wellread evaluate --run bm25s.trec                          a run that another system wrote, beside what readers get
  wellread evaluate --qrels Q --run R                         a run alone, as trec_eval scores it
  wellread evaluate --sweep tokens=32,64,128 --failures       quality against a parameter; the worst questions

systems: default (what readers get), plain (passages and sentences by equal weight, nothing tuned), lexical (BM25),
  passages, sentences, dense (both grains), hybrid (dense and BM25).
settings: base, passage, sentence, late, contrast, lexical, foreign, bm25_damping, kind, tokens, model, reranker,
  run.
docs/evaluation.md explains the systems and the measures. docs/results.md has the figures, each with its command.

A report (report.html), the figures (results.json), the values of each question (per-query.csv), tables for a paper and
TREC runs are written below index/evaluation, or into --output. Vectors are kept: a second run does not embed again.

`python evaluate.py`, in the project's folder, is this command by its old name.
""",
    done="everything was measured",
)

WIDTH = 120
"""Columns that are printed where no terminal says how many it has."""


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "evaluate", HELP)
    add_places(parser, ["index", "model", "engine", "uri"])
    what = parser.add_argument_group("what is asked")
    what.add_argument(
        "--judgments",
        type=Path,
        default=Path("judgments"),
        metavar="DIR",
        help="folder of judged sets, or one of them (judgments)",
    )
    what.add_argument("--split", default="", metavar="NAME", help="only the questions of this split, such as test")
    what.add_argument("--collection", type=Path, metavar="DIR", help="measure on this BEIR folder instead")
    what.add_argument("--queries", type=Path, metavar="FILE", help="questions: ID, tab, words; or a TREC topic file")
    what.add_argument("--qrels", type=Path, metavar="FILE", help="their judgments, in TREC's four columns")
    what.add_argument(
        "--own-document",
        choices=("ids", "words", "keep"),
        default="ids",
        help="a question that is a document of --collection is left out of its own ranking: where the ids are equal"
        " (ids), also where the words are (words), or never (keep)",
    )
    what.add_argument("--relevant", type=_grade, metavar="N", help="the grade from which on a judgment is relevant")
    how = parser.add_argument_group("what is compared")
    how.add_argument("--compare", nargs="+", default=[], metavar="SYSTEM", help="settings; the first is the baseline")
    how.add_argument(
        "--run",
        type=Path,
        action="append",
        default=[],
        dest="runs",
        metavar="FILE",
        help="a TREC run as one more system",
    )
    how.add_argument("--complete", action="store_true", help="questions that a run lacks count as 0")
    how.add_argument("--measure", default="nDCG@10", metavar="NAME", help="what is compared and swept (nDCG@10)")
    how.add_argument("--sweep", type=_sweep, metavar="KEY=A,B,…", help="quality against tokens, a weight, or k")
    add_reranker(how)
    out = parser.add_argument_group("what comes out")
    out.add_argument("--output", type=Path, metavar="DIR", help="where report and files go (below index/evaluation)")
    out.add_argument(
        "--failures", type=_count, nargs="?", const=10, default=0, metavar="N", help="list the N (10) worst questions"
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Measure, write the report and print the figures."""
    require("research", "measuring", ("matplotlib", "scipy", "statsmodels"))
    from wellread.evaluation.command import run as measure
    from wellread.progress import Meter

    with Meter() as meter:
        outcome, folder = measure(options, options.words, meter)
    print(f"report: {folder / 'report.html'}", file=sys.stderr)
    if options.json:
        from wellread.evaluation.outputs import as_json

        say(options, as_json(outcome), "")
    else:
        _draw(options, outcome)
    return 0


def _grade(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise argparse.ArgumentTypeError(f"{text} is not a grade from 1 to 99")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def _sweep(text: str) -> tuple[str, tuple[float, ...]]:
    key, _, written = text.partition("=")
    try:
        values = tuple(float(value) for value in written.split(","))
    except ValueError:
        values = ()
    if not key or not values:
        raise argparse.ArgumentTypeError(f"{text} is not KEY=NUMBER,NUMBER,…, such as tokens=32,64,128")
    if key in ("k", "tokens") and not all(value.is_integer() and value >= 1 for value in values):
        raise argparse.ArgumentTypeError(f"{key} takes whole numbers from 1 on")
    return key, values


def _draw(options: argparse.Namespace, outcome: Outcome) -> None:
    from rich.console import Console

    from wellread.evaluation.comparison import counted, sentence
    from wellread.evaluation.failures import describe, failures
    from wellread.evaluation.tables import in_terminal, tables

    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    for table in tables(outcome):
        console.print(in_terminal(table))
    for measured in outcome.sets:
        for compared in measured.comparisons:
            console.print(shown(f"{measured.name}: {sentence(compared)}"), markup=False)
        for system in measured.systems if options.failures else ():
            worst = failures(measured, system, options.failures, options.measure)
            console.print(f"\n{measured.name}, {system.name}: the {counted(len(worst))} that lost most", markup=False)
            for asked, loss in worst:
                for line in describe(asked, loss, measured.relevant, options.measure):
                    console.print(shown(line), markup=False, soft_wrap=True)
    if "model" in outcome.provenance:
        made = f"model {outcome.provenance['model']}, generation {outcome.provenance['generation']}"
        console.print(made, markup=False, soft_wrap=True)
