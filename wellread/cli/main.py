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

from wellread.cli.options import DEFAULT_KB, INGEST, add_places, prepare_output
from wellread.datatypes import Answer, Hit
from wellread.errors import WellreadError

EPILOG = """\
examples:
  wellread ask "what helps against cramps at night?"
  wellread ask --json "is it dangerous?"             one JSON object a question, each on one line
  wellread ask --json --file questions.txt           every line of a file; - is standard input
  wellread ask --index /srv/wellread/index "..."     another index

exit status: 0 every question was looked up, 1 it could not be (the message says why), 2 the command is wrong
"""

FIT_EPILOG = """\
example, for another model than the built-in one:
  python ingest.py --index other --model OWNER/NAME
  wellread fit --index other
  wellread ask --index other "is it dangerous?"

exit status: 0 fitted, 1 it could not be (the message says why), 2 the command is wrong
"""

_STATES = {
    "closest": "These passages are the closest; they may not answer the question.",
    "not_covered": "The articles do not cover this.",
}

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    options = _parser().parse_args(arguments)
    prepare_output(for_programs=options.json)
    try:
        options.run(options)
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
        "respelt": dict(answer.corrections),
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
    ask.add_argument(
        "--reranker",
        metavar="NAME",
        help="a cross-encoder that orders the first passages: a folder, or a hub id ($WELLREAD_RERANKER, or none)",
    )
    ask.set_defaults(parser=ask, run=_ask)
    fit = commands.add_parser(
        "fit",
        help="fit how far a model's scores can be trusted",
        description="Fit, for the model that made the index, what its scores are worth: kinds of questions, the urgent"
        " notice and the confidence of an answer. Needed once for any model but the built-in one; takes some minutes.",
        epilog=FIT_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_places(fit)
    fit.add_argument(
        "--judgments", type=Path, default=Path("judgments"), metavar="DIR", help="what is learned from (judgments)"
    )
    fit.add_argument(
        "--library", type=Path, metavar="DIR", help="index of a large medical library by the same model, to learn from"
    )
    fit.add_argument("--output", type=Path, metavar="FILE", help="write here, and not into the folder of the index")
    fit.set_defaults(parser=fit, run=_fit, json=False)
    return parser


def _positive(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is not a whole number above 0")
    return int(word)


def _ask(options: argparse.Namespace) -> None:
    questions = _questions(options)
    # Imported here, so that --help and a wrong command answer at once.
    from wellread.search.searcher import open_searcher

    searcher = open_searcher(options.index, options.model, options.reranker)
    console = Console(highlight=False, soft_wrap=False)
    for question in questions:
        answer = searcher.ask(question, options.k)
        if options.json:
            print(json.dumps(answer_json(answer), ensure_ascii=False), flush=True)
        else:
            _draw(answer, console)


def _fit(options: argparse.Namespace) -> None:
    from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
    from wellread.index.generation import Reader, current_generation
    from wellread.progress import Meter
    from wellread.search.calibration import calibration_file, write_calibration
    from wellread.training.data import read_training_data
    from wellread.training.fit import fit

    reader = Reader(options.index, current_generation(options.index))
    encoder = SentenceTransformerEncoder(options.model or reader.manifest.model)
    library = Reader(options.library, current_generation(options.library)) if options.library else None
    for one in (reader, library):
        if one is not None and one.manifest.fingerprint != encoder.fingerprint:
            raise WellreadError(
                f"{options.index if one is reader else options.library} was made with the model {one.manifest.model},"
                f" not with {encoder.name}\n    leave --model out, or build the index with that model"
            )
    file = options.output or calibration_file(options.index, encoder.fingerprint)
    if file.is_dir():
        raise WellreadError(f"{file}: is a folder\n    name a file with --output")
    with Meter() as meter:
        calibration = fit(reader, encoder, read_training_data(options.judgments), library, meter)
    try:
        write_calibration(file, calibration)
    except OSError as error:
        raise WellreadError(f"{file}: cannot be written ({error.strerror})\n    make room, or name --output") from error
    print(f"{file}: fitted for {encoder.name}; answers from {calibration.thresholds.answered:.2f} on")


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
    if answer.corrections:
        console.print(_text(answer.read_as, "dim"))
    if answer.urgent is not None:
        console.print()
        console.print(_text(f"Important: {answer.urgent.heading}", "bold red"))
        console.print(Padding(_text(answer.urgent.text), (0, 0, 0, 3)))
    if answer.state in _STATES:
        console.print()
        console.print(_text(_STATES[answer.state], "bold"))
    for number, hit in enumerate(answer.hits if answer.state != "not_covered" else (), 1):
        passage = hit.passage
        console.print()
        console.print(_text(f"{number}. {' › '.join((passage.title, *passage.path))}", "cyan"))
        console.print(Padding(_marked(hit), (0, 0, 0, 3)))
        same = f", says the same as {hit.same_as}" if hit.same_as else ""
        console.print(_text(f"   {passage.id}{same}", "dim"))
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
