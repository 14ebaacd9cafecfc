"""Prints what the commands say, for people or for programs, and errors for both."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wellread.commands import command, places
from wellread.errors import WellreadError
from wellread.text.characters import escaped_json, shown


class ClosedOutput(io.TextIOBase):
    """Stands for a standard output that was closed before the command began."""

    def write(self, text: str, /) -> int:
        """Raise OSError."""
        raise OSError(errno.EBADF, "it is closed")


def prepare_output(*, for_programs: bool) -> None:
    """Make standard output take any text: UTF-8 for programs; in a terminal, what it cannot show is replaced.

    Standard streams that were closed get their numbers back, or else the next file that is opened would take them and
    be printed into.
    """
    if sys.stdout is None or sys.stderr is None:
        while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
            pass
        os.close(descriptor)
        sys.stdout = sys.stdout or ClosedOutput()
        sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if for_programs else None, errors="replace")


def say(options: argparse.Namespace, as_json: object, as_text: str) -> None:
    """Print what a command found, as one line of JSON where --json is given."""
    print(json_line(as_json) if options.json else shown(as_text), flush=True)


def json_line(value: object) -> str:
    """A value as one line of JSON."""
    return escaped_json(json.dumps(value, ensure_ascii=False, default=str))


def complain(options: argparse.Namespace, error: WellreadError) -> None:
    """Say on standard error what is wrong; with --json, print it as an object on standard output too."""
    if options.json:
        try:
            print(json_line({"error": error.as_dict()}), flush=True)
        except OSError:
            abandon_output()
    warn(str(error))


def warn(message: str) -> None:
    """Say something on standard error, if that can be written."""
    with suppress(OSError):
        print(shown(f"wellread: {message}"), file=sys.stderr, flush=True)


def abandon_output() -> None:
    """Throw away what is still to be printed, because it cannot be written."""
    with suppress(OSError):  # a closed one has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def served_anyway(index: Path, generation: str) -> Iterator[None]:
    """Inside, a publication is reported: where the report cannot be written, say so, and what is being served.

    Raises:
        WellreadError: the report could not be written.
        KeyboardInterrupt: with what is being served in words.
    """
    served = f"generation {generation} is being served"
    try:
        yield
    except OSError as error:
        abandon_output()
        raise WellreadError(
            f"{error.strerror or error}; {served}, but its report could not be written",
            f"see what was published: {command('history', *places(index))}",
            "standard output",
        ) from error
    except KeyboardInterrupt:
        raise KeyboardInterrupt(served) from None
