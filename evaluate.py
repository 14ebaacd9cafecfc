"""Researchers measure: asks judged questions as a reader would, and tells how good the answers are."""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from wellread.assessment import Estimate, ask_all, assess, estimate
from wellread.calibration import load_calibration
from wellread.collection import index_articles, read_collection, run_documents
from wellread.encoder import DEFAULT_MODEL, SentenceTransformerEncoder
from wellread.errors import WellreadError
from wellread.evaluation import MEASURES, RELEVANT, per_query
from wellread.judgments import read_all_judgments
from wellread.options import add_places, prepare_output
from wellread.progress import Meter
from wellread.rerank import CrossEncoderReranker
from wellread.search import Searcher, open_searcher

DESCRIPTION = """\
Measure how well the published index answers the judged questions of judgments/, each set and split by itself: ranking
(nDCG@10, RR, success@1 and @3), when it answers and when it does not, the urgent notice, the marked sentences. Each
figure has its 95 % bootstrap interval. What is measured is what readers get.
"""
EPILOG = """\
examples:
  python evaluate.py                                       every set of judgments/
  python evaluate.py --split test                          only questions that nothing was fitted on
  python evaluate.py --collection ../shared/data/mediqa    ranking on a collection in the BEIR layout
  python evaluate.py --reranker FOLDER                     with a cross-encoder behind the ranking
  python evaluate.py --json                                for programs

A collection is indexed once, in index/evaluation; that takes as long as embedding it does.

exit status: 0 measured, 1 it could not be (the message says why), 2 the command is wrong
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    options = _parser().parse_args(arguments)
    prepare_output(for_programs=options.json)
    try:
        with Meter() as meter:
            sets, settings = (_collections if options.collection else _judgments)(options, meter)
    except WellreadError as error:
        print(f"evaluate.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    try:
        _print(sets, settings, as_json=options.json)
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
    parser.add_argument(
        "--judgments", type=Path, default=Path("judgments"), metavar="DIR", help="folder of judged sets (judgments)"
    )
    parser.add_argument("--split", default="", metavar="NAME", help="only the questions of this split, such as test")
    parser.add_argument(
        "--collection", type=Path, action="append", metavar="DIR", help="measure on this BEIR folder; can be repeated"
    )
    parser.add_argument(
        "--reranker",
        metavar="NAME",
        help="a cross-encoder that orders the first passages: a folder, or a hub id ($WELLREAD_RERANKER, or none)",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


Sets = dict[str, dict[str, Estimate]]


def _judgments(options: argparse.Namespace, meter: Meter) -> tuple[Sets, dict[str, Any]]:
    searcher = open_searcher(options.index, options.model, options.reranker)
    collections = read_all_judgments(options.judgments)
    known = set(searcher.reader.database.digests())
    sets: Sets = {}
    for judgments in collections:
        if not known & {passage for grades in judgments.qrels.values() for passage in grades}:
            print(f"{judgments.name}: is about none of these articles, and was left out", file=sys.stderr)
            continue
        splits = sorted({str(about.get("split", "")) for about in judgments.about.values()} or {""})
        for split in [name for name in splits if options.split in ("", name)]:
            name = f"{judgments.name}/{split}" if split else judgments.name
            asked = _counter(meter, f"asking {name}", len(judgments.queries))
            sets[name] = assess(ask_all(searcher, judgments, split, asked))
    if not sets:
        of = f" of the split {options.split}" if options.split else ""
        raise WellreadError(
            f"{options.judgments}: no judged question{of} is about the articles of {options.index}\n"
            "    name another folder with --judgments, another --split, or a test collection with --collection"
        )
    return sets, _settings(searcher)


def _collections(options: argparse.Namespace, meter: Meter) -> tuple[Sets, dict[str, Any]]:
    named = options.reranker or os.environ.get("WELLREAD_RERANKER")
    reranker = CrossEncoderReranker(named) if named else None
    encoder = SentenceTransformerEncoder(options.model or DEFAULT_MODEL)
    calibration = load_calibration(options.index, encoder.name, encoder.fingerprint)
    sets: Sets = {}
    settings: dict[str, Any] = {}
    for folder in options.collection:
        articles, judgments = read_collection(folder)
        reader = index_articles(articles, _work(options.index, folder), encoder, meter)
        searcher = Searcher(reader, encoder, calibration, reranker=reranker)
        asked = _counter(meter, f"asking {folder.name}", len(judgments.qrels))
        graded = any(grade > 1 for grades in judgments.qrels.values() for grade in grades.values())
        run = run_documents(searcher, judgments, asked=asked)
        values = per_query(judgments.qrels, run, RELEVANT if graded else 1)
        if not values:
            raise WellreadError(
                f"{folder / 'qrels'}: no question has a relevant document\n    judge some of grade 1 or more"
            )
        name = folder.resolve().name
        sets[name if name not in sets else str(folder)] = {
            name: estimate([value[name] for value in values.values()]) for name in MEASURES
        }
        settings = _settings(searcher)
    return sets, settings


def _work(index: Path, folder: Path) -> Path:
    """Where a collection is indexed: named so that a person finds it, and so that no two share it."""
    place = folder.resolve()
    return index / "evaluation" / f"{place.name}-{zlib.crc32(str(place).encode()):08x}"


def _counter(meter: Meter, stage: str, total: int) -> Callable[[], None]:
    done = 0

    def asked() -> None:
        nonlocal done
        done += 1
        meter(stage, done, total)

    return asked


def _settings(searcher: Searcher) -> dict[str, Any]:
    return {
        "generation": searcher.generation,
        "model": searcher.encoder.name,
        "fingerprint": searcher.encoder.fingerprint,
        "weights": asdict(searcher.weights),
        "reranker": searcher.reranker.name if searcher.reranker else None,
    }


def _print(sets: Sets, settings: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        written = {
            name: {
                "queries": max((one.queries for one in measures.values()), default=0),
                "measures": {
                    measure: {key: round(value, 4) for key, value in asdict(one).items()}
                    for measure, one in measures.items()
                },
            }
            for name, measures in sets.items()
        }
        print(json.dumps({"sets": written, "settings": settings}, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for name, measures in sets.items():
        table = Table(title=name, title_justify="left")
        for column in ("measure", "mean", "95 % interval", "questions"):
            table.add_column(column, justify="left" if column == "measure" else "right")
        for measure, one in measures.items():
            table.add_row(measure, f"{one.mean:.3f}", f"{one.low:.3f} to {one.high:.3f}", str(one.queries))
        console.print(table)
    console.print(f"model {settings['model']}, generation {settings['generation']}, reranker {settings['reranker']}")


if __name__ == "__main__":
    sys.exit(main())
