"""The options that every door takes, so that each is spelled and explained once."""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from wellread.encoders.sentence_transformer import DEFAULT_MODEL

DEFAULT_KB = Path("kb")
INGEST = "python ingest.py"
"""How messages begin the command that builds an index."""


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add --kb, --index and --model; where they are left out, the environment and then the defaults count."""
    parser.add_argument("--kb", type=Path, default=DEFAULT_KB, metavar="DIR", help="folder of the articles (kb)")
    parser.add_argument(
        "--index",
        type=Path,
        default=Path(os.environ.get("WELLREAD_INDEX", "index")),
        metavar="DIR",
        help="folder of the index ($WELLREAD_INDEX, or index)",
    )
    parser.add_argument(
        "--model",
        default=os.environ.get("WELLREAD_MODEL"),
        metavar="NAME",
        help=f"a sentence-transformers model: a folder, or a hub id OWNER/NAME ($WELLREAD_MODEL, or {DEFAULT_MODEL})",
    )


def prepare_output(*, for_programs: bool) -> None:
    """Make standard output take any text: UTF-8 for programs; in a terminal, what it cannot show is replaced."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if for_programs else None, errors="replace")
