"""The `wellread` command: questions answered in the terminal, for people and for programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from wellread.errors import WellreadError
from wellread.models import Answer, Hit
from wellread.options import DEFAULT_KB, INGEST, add_places, prepare_output

EPILOG = """\
examples:
  wellread ask "what helps against cramps at night?"
  wellread ask --json "is it dangerous?"             one JSON object a question, each on one line
  wellread ask --json --file questions.txt           every line of a file; - is standard input
  wellread ask --index /srv/wellread/index "..."     another index

exit status: 0 every question was looked up, 1 it could not be (the message says why), 2 the command is wrong
"""

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    options = _parser().parse_args(arguments)
    prepare_output(for_programs=options.json)
    try:
        _ask(options)
    except WellreadError as error:
        told = str(error).replace(INGEST, f"{INGEST} --kb {options.kb}") if options.kb != DEFAULT_KB else str(error)
        print(f"wellread: {told}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def answer_json(answer: Answer) -> dict[str, object]:
    """An answer as the JSON object that docs/interfaces.md documents."""
    return {
        "question": answer.question,
        "state": answer.state,
        "confidence": round(answer.confidence, 4),
        "disclaimer": answer.disclaimer,
        "generation": answer.generation,
        "urgent": answer.urgent
        and {
            "id": answer.urgent.id,
            "article": answer.urgent.article,
            "heading": answer.urgent.heading,
            "text": answer.urgent.text,
        },
        "passages": [
            {
                "id": hit.passage.id,
                "article": hit.passage.article,
                "heading": hit.passage.heading,
                "text": hit.passage.text,
                "sentence": hit.passage.quote(hit.sentence) if hit.sentence else None,
                "score": round(hit.scores.final, 4),
            }
            for hit in answer.hits
        ],
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wellread", description="Answers questions with passages of health articles, word for word."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser(
        "ask",
        help="ask the knowledge base a question",
        description="Ask the knowledge base in your own words. The answer is passages of its articles, word for word,"
        " the deciding sentence of each in bold.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ask.add_argument("question", nargs="*", help="the question; without quotes, its words are joined")
    ask.add_argument("--file", metavar="F", help="ask every line of this file (- is standard input)")
    ask.add_argument("-k", type=_positive, default=5, metavar="N", help="passages an answer has at most (5)")
    ask.add_argument("--json", action="store_true", help="print one JSON object a question, each on one line")
    add_places(ask)
    ask.set_defaults(parser=ask)
    return parser


def _positive(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is not a whole number above 0")
    return int(word)


def _ask(options: argparse.Namespace) -> None:
    questions = _questions(options)
    # Imported here, so that --help and a wrong command answer at once.
    from wellread.search import open_searcher

    searcher = open_searcher(options.index, options.model)
    console = Console(highlight=False, soft_wrap=False)
    for question in questions:
        answer = searcher.ask(question, options.k)
        if options.json:
            print(json.dumps(answer_json(answer), ensure_ascii=False), flush=True)
        else:
            _draw(answer, console)


def _questions(options: argparse.Namespace) -> Iterator[str]:
    parser: argparse.ArgumentParser = options.parser
    # Bytes that are no UTF-8 reach a program as lone surrogates.
    asked = " ".join(options.question).encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    if bool(asked) == bool(options.file):
        parser.error("a question or --file, not both" if asked else "give a question, or --file with one a line")
    if asked:
        return iter([asked])
    try:
        written = (sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()).decode(
            "utf-8-sig"
        )
    except OSError as error:
        raise WellreadError(f"{options.file}: {error.strerror}\n    name a file with a question a line") from error
    except UnicodeDecodeError as error:
        raise WellreadError(f"{options.file}: byte {error.start} is not UTF-8\n    save the file as UTF-8") from error
    return (line.strip() for line in written.splitlines() if line.strip())


def _draw(answer: Answer, console: Console) -> None:
    console.print(_text(answer.question, "bold underline"))
    if not answer.hits:
        console.print("The articles do not cover this.")
    for number, hit in enumerate(answer.hits, 1):
        passage = hit.passage
        console.print()
        console.print(_text(f"{number}. {' › '.join((passage.title, *passage.path))}", "cyan"))
        console.print(Padding(_marked(hit), (0, 0, 0, 3)))
        console.print(_text(f"   {passage.id}", "dim"))
    console.print()
    console.print(_text(answer.disclaimer, "italic"))
    console.print()


def _marked(hit: Hit) -> Text:
    """A passage's text with its deciding sentence in bold."""
    text = Text()
    for number, block in enumerate(hit.passage.blocks):
        text.append(_text(("\n" if number else "") + block.written))
        if hit.sentence and hit.sentence.block == number:
            start = len(text) - len(block.text)
            text.stylize("bold", start + hit.sentence.start, start + hit.sentence.end)
    return text


def _text(written: str, style: str = "") -> Text:
    """Text as it stands: no markup of rich's is read from it, and no control character reaches the terminal."""
    return Text(written.translate(_CONTROLS), style)
