"""`wellread watch`: publishes the articles, and again whenever one is saved."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wellread.cli.ingest import add_publishing, publish_once
from wellread.cli.options import Help, add_command, add_places, encoder_of
from wellread.cli.output import complain
from wellread.errors import WellreadError

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="publish whenever an article is saved",
    description="""\
Publish the articles, and again whenever a file of their folder is saved, until Ctrl-C ends it. If something cannot be
published, it says so and waits for the next save; readers keep the texts that were published last.
""",
    examples="""\
  wellread watch
  wellread watch --kb articles --index /srv/index
""",
    done="it was ended by Ctrl-C",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "watch", HELP)
    add_places(parser)
    add_publishing(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Publish at once and after each save, until it is interrupted."""
    from wellread.publishing.watch import saves

    try:
        encoder = encoder_of(options)
        changes = saves(options.kb)
        while True:
            try:
                publish_once(options, encoder)
            except WellreadError as error:
                complain(options, error)
            if not options.json:
                print(f"Watching {options.kb}; Ctrl-C ends it.", flush=True)
            next(changes)
    except KeyboardInterrupt:
        return 0
