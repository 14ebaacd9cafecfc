"""`wellread rollback`: serves again what was served before."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_keep, add_places
from wellread.cli.output import say, served_anyway, warn
from wellread.errors import SettingsError

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="serve again what was served before",
    description="""\
Serve an earlier generation again: the one before, or the one whose id begins with ID. The articles are not touched:
the next `wellread ingest` publishes them as they are.
""",
    examples="""\
  wellread rollback             the one that was served before this one
  wellread rollback 40cad       the one whose id begins so; wellread history lists them
""",
    done="that generation is being served",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "rollback", HELP)
    parser.add_argument("generation", nargs="?", metavar="ID", help="the first digits of a generation's id")
    add_places(parser, ["kb", "index", "engine", "uri"])
    add_keep(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Go back, and say what that changes."""
    from wellread.index.milvus.place import place_in_environment
    from wellread.publishing.reporting import event_json
    from wellread.publishing.serving import rollback

    keep = options.keep or _keep(options.kb)
    event = rollback(options.index, options.generation, keep, milvus=place_in_environment())
    counts = event.articles.counts
    changed = ", ".join(f"{counts[name]:,} {name}" for name in ("added", "changed", "removed"))
    with served_anyway(options.index, event.generation):
        say(options, event_json(event), f"Generation {event.generation} is being served again; articles: {changed}.")
    return 0


def _keep(kb: Path) -> int:
    """How many generations stay by the library's settings; all where these cannot be read: going back must not fail."""
    from wellread.settings import read_settings

    try:
        return read_settings(kb).keep
    except SettingsError as error:
        warn(f"{error}\n    all generations are kept")
        return sys.maxsize
