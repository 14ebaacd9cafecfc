"""`wellread ask`: questions answered in the terminal, for people and for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places, add_reranker, whole_number
from wellread.cli.output import json_line, warn
from wellread.commands import DEFAULT_KB, ingest_command
from wellread.errors import IndexMissing, WellreadError
from wellread.text.queries import LONGEST_QUESTION

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.search.searcher import Searcher

HELP = Help(
    summary="ask the articles a question",
    description="""\
Ask the articles in your own words. The answer is passages of the articles, word for word. The deciding sentence of each
is bold.
""",
    examples="""\
  wellread ask "what helps against cramps at night?"
  wellread ask --json "is it dangerous?"             one JSON object a question, each on one line
  wellread ask --json --file questions.txt           every line of a file; - is standard input
  wellread ask --index /srv/wellread/index "..."     another index
""",
    done="every question was looked up",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "ask", HELP)
    parser.add_argument("question", nargs="*", help="the question; without quotes, its words are joined")
    parser.add_argument("--file", metavar="F", help="ask every line of this file (- is standard input)")
    parser.add_argument("-k", type=whole_number, default=5, metavar="N", help="passages an answer has at most (5)")
    add_places(parser, ["index", "model", "engine", "uri"])
    add_reranker(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Ask every question, and print each answer as soon as it is known."""
    questions = _questions(options)
    searcher = _searcher(options)
    from rich.console import Console

    from wellread.api.objects import answer_json
    from wellread.cli.answers import draw_answer

    console = Console(highlight=False, soft_wrap=False)
    for question in questions:
        answer = searcher.ask(_within_limit(question), options.k)
        if options.json:
            print(json_line(answer_json(answer)), flush=True)
        else:
            draw_answer(answer, console)
    return 0


def _searcher(options: argparse.Namespace) -> Searcher:
    from wellread.search.opening import open_searcher

    try:
        return open_searcher(options.index, options.model, options.reranker)
    except IndexMissing as error:
        if options.kb == DEFAULT_KB:
            raise
        build = f"build it: {ingest_command(options.index, kb=options.kb)}"
        raise IndexMissing(error.reason, build, error.where) from error


def _questions(options: argparse.Namespace) -> Iterator[str]:
    parser: argparse.ArgumentParser = options.parser
    # Bytes that are no UTF-8 reach a program as lone surrogates.
    asked = " ".join(options.question).encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    if bool(asked) == bool(options.file):
        parser.error("a question or --file, not both" if asked else "give a question, or --file with one a line")
    if asked:
        return iter([asked])
    try:
        written = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        text = written.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise WellreadError(reason, "name a file with a question a line", options.file) from error
    except UnicodeDecodeError as error:
        raise WellreadError(f"byte {error.start} is not UTF-8", "save the file as UTF-8", options.file) from error
    return (line.strip() for line in text.splitlines() if line.strip())


def _within_limit(question: str) -> str:
    """The beginning of a question that is too long, as the page reads it too, with a note of that."""
    if len(question) <= LONGEST_QUESTION:
        return question
    warn(f"a question has {len(question):,} characters; the first {LONGEST_QUESTION:,} are read")
    return question[:LONGEST_QUESTION].rstrip()
