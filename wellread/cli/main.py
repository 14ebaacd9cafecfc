"""The `wellread` command: each command is a module beside this one, and imports what it needs when it runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from wellread.cli import (
    ask,
    check,
    doctor,
    evaluate,
    export,
    fit,
    history,
    import_files,
    ingest,
    insights,
    mcp,
    rollback,
    serve,
    watch,
)
from wellread.cli.options import Command, use_engine
from wellread.cli.output import abandon_output, complain, prepare_output, warn
from wellread.errors import WellreadError

COMMANDS: tuple[Command, ...] = (
    ingest, ask, serve, evaluate, fit, doctor, check, import_files, history, rollback, watch, export, mcp, insights
)  # fmt: skip

DESCRIPTION = "Answers questions with passages of health articles, word for word."
EPILOG = """\
examples:
  wellread ingest                     publish the articles of kb/ into index/
  wellread ask "is it dangerous?"     ask them in the terminal
  wellread serve                      open the page where people ask them
  wellread ask --help                 what a command does, its options, and examples
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        _parser().error("give a command; wellread --help lists them")
    options, unknown = _parser().parse_known_args(words, argparse.Namespace(words=words[1:]))
    if unknown:  # said with the usage of the command, and not of them all
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    prepare_output(for_programs=options.json)
    try:
        _check_current_folder()
        use_engine(options)
        status: int = options.run(options)
        sys.stdout.flush()  # a pipe that was closed is known of here, and not after the last line of Python
    except WellreadError as error:
        complain(options, error)
        return 1
    except BrokenPipeError:
        abandon_output()
        return 1
    except OSError as error:  # of what is written: what is read is asked for where it is read
        abandon_output()
        complain(
            options,
            WellreadError(
                error.strerror or str(error),
                "make room, or give it another place, and run the command again",
                error.filename or "standard output",
            ),
        )
        return 1
    except MemoryError:
        complain(options, WellreadError("the memory does not suffice", "end other programs, and run the command again"))
        return 1
    except KeyboardInterrupt as interrupt:
        if said := str(interrupt):
            warn(f"interrupted; {said}")
        return 130
    return status


def _check_current_folder() -> None:
    """Raise WellreadError where the current folder was removed: no relative path can be followed then."""
    try:
        Path.cwd()
    except FileNotFoundError:
        raise WellreadError("the folder that you are in is no longer there", "go to another one: cd") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wellread",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for command in COMMANDS:
        command.add_parser(commands).set_defaults(run=command.run)
    return parser
