"""Prints what the commands say, for people or for programs, and errors for both."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys

from wellread.errors import WellreadError


def prepare_output(*, for_programs: bool) -> None:
    """Make standard output take any text: UTF-8 for programs; in a terminal, what it cannot show is replaced."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if for_programs else None, errors="replace")


def say(options: argparse.Namespace, as_json: object, as_text: str) -> None:
    """Print what a command found, as one line of JSON where --json is given."""
    print(json.dumps(as_json, ensure_ascii=False, default=str) if options.json else as_text, flush=True)


def complain(options: argparse.Namespace, error: WellreadError) -> None:
    """Say on standard error what is wrong; with --json, print it as an object on standard output too."""
    if options.json:
        print(json.dumps({"error": error.as_dict()}, ensure_ascii=False), flush=True)
    print(f"wellread: {error}", file=sys.stderr, flush=True)


def abandon_output() -> None:
    """Throw away what is still to be printed, because its reader has closed the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
