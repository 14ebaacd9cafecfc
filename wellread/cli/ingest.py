"""Editors publish: reads the articles of kb/, builds a new generation of index/, and serves it if all is well."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console

from wellread.articles.library import scan_library
from wellread.articles.lint import finding_of, format_findings, lint
from wellread.articles.passages import cut_article
from wellread.cli.options import add_places, prepare_output
from wellread.encoders.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEncoder
from wellread.errors import JudgmentsError, WellreadError
from wellread.index.generation import current_generation
from wellread.progress import Meter
from wellread.publishing.history import read_history
from wellread.publishing.publish import Policy, preview, publish
from wellread.publishing.reporting import diff_json, diff_text, event_json, history_text, report_json, report_text
from wellread.publishing.serving import KEEP, rollback, served_id, standing_generations
from wellread.publishing.watch import saves
from wellread.relevance.judgments import read_all_judgments

DESCRIPTION = """\
Publish the articles: every .txt and .md file of the folder kb/ is read, cut into passages, embedded (only what is
new), written as a new generation of index/, verified, asked the judged questions, and served from that moment on.
Pages that are open answer the next question from it.

An article that cannot be read is named with its line, the reason and the remedy; then nothing is published and
the old texts go on being served, as they are if this command is interrupted at any moment.
"""
EPILOG = """\
examples:
  python ingest.py                                   publish kb/ into index/
  python ingest.py --dry-run                         see what would change for readers, passage by passage
  python ingest.py --check                           look over the articles; publish nothing
  python ingest.py --watch                           publish again whenever a file is saved
  python ingest.py --history                         what was served when
  python ingest.py --rollback                        serve again what was served before
  python ingest.py --doctor                          what is wrong here, and the command that mends it
  python ingest.py --import leaflet.docx page.html   write Markdown into kb/, to be looked over and then published
  python ingest.py --kb articles --index /srv/index  other folders

exit status: 0 done, 1 refused or something is wrong (the message says what), 2 the command is wrong
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    options = _parser().parse_args(arguments)
    prepare_output(for_programs=options.json)
    try:
        return _work(options)(options)
    except WellreadError as error:
        print(f"ingest.py: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as interrupt:
        if options.watch:
            return 0
        print(f"ingest.py: interrupted; {str(interrupt) or 'nothing was published'}", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingest.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    instead = parser.add_argument_group("instead of publishing").add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help="show what would change, and publish nothing")
    instead.add_argument("--check", action="store_true", help="look over the articles; exit 1 when there are errors")
    instead.add_argument("--watch", action="store_true", help="publish, and again whenever a file is saved")
    instead.add_argument("--history", action="store_true", help="list the generations: when, and what they changed")
    instead.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="ID",
        help="serve an earlier generation again: the one before, or the one whose id begins with ID",
    )
    instead.add_argument("--doctor", action="store_true", help="look at everything and change nothing")
    instead.add_argument(
        "--import",
        nargs="+",
        type=Path,
        dest="imports",
        metavar="FILE",
        help="write Word, HTML and PDF files into kb/ as Markdown, to be looked over",
    )
    how = parser.add_argument_group("how to publish")
    how.add_argument(
        "--include",
        action="append",
        default=[],
        metavar="PATTERN",
        help='read only the articles whose path below kb/ matches, such as "heart/*" (may be repeated)',
    )
    how.add_argument("--allow-shrink", action="store_true", help="let more than 30 %% of the articles go, or all")
    how.add_argument(
        "--judgments",
        type=Path,
        metavar="DIR",
        help="folder of judged questions to ask before publishing (judgments, if there are any)",
    )
    how.add_argument(
        "--tolerance",
        type=_share,
        default=Policy().tolerance,
        metavar="X",
        help="how far the mean nDCG@10 of the judged questions may fall (%(default)s)",
    )
    how.add_argument(
        "--accept-regression",
        type=_reason,
        metavar="REASON",
        help="publish although judged questions lose by it; the reason is kept in the history",
    )
    how.add_argument("--keep", type=_at_least_one, default=KEEP, metavar="N", help="generations to keep (%(default)s)")
    return parser


def _work(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """What the options ask for."""
    if options.rollback is not None:
        return _rollback
    chosen = {
        "dry_run": _dry_run,
        "check": _check,
        "watch": _watch,
        "history": _history,
        "doctor": _doctor,
        "imports": _import,
    }
    return next((work for name, work in chosen.items() if getattr(options, name)), _publish)


def _policy(options: argparse.Namespace) -> Policy:
    judgments = read_all_judgments(options.judgments or Path("judgments"))
    if options.judgments and not judgments:
        raise JudgmentsError(options.judgments, None, "no folder in it has a queries.jsonl")
    return Policy(
        include=tuple(options.include),
        allow_shrink=options.allow_shrink,
        judgments=judgments,
        tolerance=options.tolerance,
        accepted=options.accept_regression or "",
        keep=options.keep,
    )


def _encoder(options: argparse.Namespace) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(options.model or DEFAULT_MODEL)


def _publish(options: argparse.Namespace, encoder: SentenceTransformerEncoder | None = None) -> int:
    with Meter() as meter:
        report = publish(options.kb, options.index, encoder or _encoder(options), meter, _policy(options))
    _say(options, report_json(report), report_text(report))
    return 0


def _dry_run(options: argparse.Namespace) -> int:
    with Meter() as meter:
        report, diffs = preview(options.kb, options.index, _encoder(options), meter, _policy(options))
    if not options.json:
        Console(highlight=False, soft_wrap=True).print(diff_text(diffs))
    _say(options, {**report_json(report), "dry_run": True, "diff": diff_json(diffs)}, report_text(report, dry_run=True))
    return 0


def _check(options: argparse.Namespace) -> int:
    encoder = _encoder(options)
    library, errors = scan_library(options.kb, options.include)
    passages = [p for a in library.articles for p in cut_article(a, encoder.count_tokens, encoder.max_tokens)]
    findings = (*map(finding_of, errors), *lint(library.articles, passages, date.today()))
    _say(options, [asdict(finding) for finding in findings], format_findings(findings))
    return 1 if any(finding.level == "error" for finding in findings) else 0


def _watch(options: argparse.Namespace) -> int:
    encoder = _encoder(options)
    changes = saves(options.kb)
    while True:
        try:
            _publish(options, encoder)
        except WellreadError as error:
            print(f"ingest.py: {error}", file=sys.stderr)
        if not options.json:
            print(f"Watching {options.kb}; Ctrl-C ends it.", flush=True)
        next(changes)


def _history(options: argparse.Namespace) -> int:
    events, standing = read_history(options.index), standing_generations(options.index)
    served = served_id(options.index) if events or standing else current_generation(options.index)
    _say(options, [event_json(event) for event in events], history_text(events, standing, served))
    return 0


def _rollback(options: argparse.Namespace) -> int:
    event = rollback(options.index, options.rollback or None, options.keep)
    counts = event.articles.counts
    told = ", ".join(f"{counts[name]:,} {name}" for name in ("added", "changed", "removed"))
    _say(options, event_json(event), f"Generation {event.generation} is being served again; articles: {told}.")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from wellread.doctor.checks import format_check
    from wellread.doctor.examine import examine

    checks = examine(options.kb, options.index, options.model)
    _say(options, [asdict(check) for check in checks], "\n".join(format_check(check) for check in checks))
    return 0 if all(check.ok for check in checks) else 1


def _import(options: argparse.Namespace) -> int:
    from wellread.importing.files import format_imported, import_files

    imported = import_files(options.imports, options.kb)
    _say(options, [asdict(one) for one in imported], "\n".join(format_imported(one) for one in imported))
    return 0 if all(one.article for one in imported) else 1


def _say(options: argparse.Namespace, as_json: object, as_text: str) -> None:
    print(json.dumps(as_json, ensure_ascii=False, default=str) if options.json else as_text, flush=True)


def _share(word: str) -> float:
    with suppress(ValueError):
        if 0 <= (number := float(word)) <= 1:
            return number
    raise argparse.ArgumentTypeError(f'"{word}" is not a number from 0 to 1')


def _at_least_one(word: str) -> int:
    with suppress(ValueError):
        if (number := int(word)) >= 1:
            return number
    raise argparse.ArgumentTypeError(f'"{word}" is not a whole number from 1')


def _reason(word: str) -> str:
    if not word.strip():
        raise argparse.ArgumentTypeError("a reason in words is needed")
    return word.strip()
