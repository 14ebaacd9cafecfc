"""Researchers measure: asks judged questions as a reader would, and tells how good the answers are."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wellread.cli.options import add_places, prepare_output
from wellread.errors import WellreadError
from wellread.progress import Meter

DESCRIPTION = """\
Measure how well questions are answered, and compare settings. With nothing else said, the published index is asked the
judged questions of judgments/, each set and split by itself: ranking, when it answers and when it does not, the urgent
notice, the marked sentences. Each figure has its 95 % bootstrap interval. What is measured is what readers get.
"""
EPILOG = """\
examples:
  python evaluate.py                                          every set of judgments/
  python evaluate.py --split test                             only questions that nothing was fitted on
  python evaluate.py --collection ../shared/data/mediqa       any collection in the BEIR layout
  python evaluate.py --compare default lexical dense          settings beside the first, with paired tests
  python evaluate.py --compare default short:tokens=64        one of your own: NAME:KEY=VALUE,…
  python evaluate.py --compare systems.toml                      settings from a file
  python evaluate.py --run bm25s.trec                         a run that another system wrote, beside what readers get
  python evaluate.py --qrels Q --run R                        a run alone, as trec_eval scores it
  python evaluate.py --sweep tokens=32,64,128 --failures      quality against a parameter; the worst questions

systems: default (what readers get), lexical (BM25), passages, sentences, dense (both grains), hybrid (dense and BM25).
settings: base, passage, sentence, lexical, bm25_damping, kind, kind_deficit, heading_similarity, title_overlap, tokens,
  model, reranker, run.
docs/evaluation.md says what each is, what each measure means, and how the figures of docs/retrieval.md are had again.

A report (report.html), the figures (results.json), the values of each question (per-query.csv), tables for a paper and
TREC runs are written below index/evaluation, or into --output. Vectors are kept: a second run does not embed again.

exit status: 0 measured, 1 it could not be (the message says why), 2 the command is wrong
"""


WIDTH = 120
"""Columns that are printed where no terminal says how many it has."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    prepare_output(for_programs=options.json)
    from wellread.evaluation.command import run

    try:
        with Meter() as meter:
            outcome, folder = run(options, arguments, meter)
        _print(options, outcome, folder)
        sys.stdout.flush()  # a pipe that was closed is known of here, and not after the last line of Python
    except WellreadError as error:
        print(f"evaluate.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="evaluate.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    what = parser.add_argument_group("what is asked")
    what.add_argument(
        "--judgments", type=Path, default=Path("judgments"), metavar="DIR", help="folder of judged sets (judgments)"
    )
    what.add_argument("--split", default="", metavar="NAME", help="only the questions of this split, such as test")
    what.add_argument("--collection", type=Path, metavar="DIR", help="measure on this BEIR folder instead")
    what.add_argument("--queries", type=Path, metavar="FILE", help="questions: ID, tab, words; or a TREC topic file")
    what.add_argument("--qrels", type=Path, metavar="FILE", help="their judgments, in TREC's four columns")
    what.add_argument("--relevant", type=_grade, metavar="N", help="the grade from which on a judgment is relevant")
    how = parser.add_argument_group("what is compared")
    how.add_argument("--compare", nargs="+", default=[], metavar="ARM", help="settings; the first is the baseline")
    how.add_argument(
        "--run", type=Path, action="append", default=[], metavar="FILE", help="a TREC run as one more system"
    )
    how.add_argument("--complete", action="store_true", help="questions that a run lacks count as 0")
    how.add_argument("--measure", default="nDCG@10", metavar="NAME", help="what is compared and swept (nDCG@10)")
    how.add_argument("--sweep", type=_sweep, metavar="KEY=A,B,…", help="quality against tokens, a weight, or k")
    how.add_argument(
        "--reranker",
        metavar="NAME",
        help="a cross-encoder that orders the first passages: a folder, or a hub id ($WELLREAD_RERANKER, or none)",
    )
    out = parser.add_argument_group("what comes out")
    out.add_argument("--output", type=Path, metavar="DIR", help="where report and files go (below index/evaluation)")
    out.add_argument(
        "--failures", type=_count, nargs="?", const=10, default=0, metavar="N", help="list the N (10) worst questions"
    )
    out.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


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


def _print(options: argparse.Namespace, outcome: Any, folder: Path) -> None:
    from rich.console import Console

    from wellread.evaluation.comparison import counted, sentence
    from wellread.evaluation.failures import describe, failures
    from wellread.evaluation.outputs import as_json
    from wellread.evaluation.tables import in_terminal, tables

    print(f"report: {folder / 'report.html'}", file=sys.stderr)
    if options.json:
        print(json.dumps(as_json(outcome), ensure_ascii=False))
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    for table in tables(outcome):
        console.print(in_terminal(table))
    for one in outcome.sets:
        for compared in one.comparisons:
            console.print(f"{one.name}: {sentence(compared)}", markup=False)
        for system in one.systems if options.failures else ():
            worst = failures(one, system, options.failures, options.measure)
            console.print(f"\n{one.name}, {system.name}: the {counted(len(worst))} that lost most", markup=False)
            for asked, loss in worst:
                for line in describe(asked, loss, one.relevant, options.measure):
                    console.print(line, markup=False, soft_wrap=True)
    if "model" in outcome.provenance:
        made = f"model {outcome.provenance['model']}, generation {outcome.provenance['generation']}"
        console.print(made, markup=False, soft_wrap=True)
