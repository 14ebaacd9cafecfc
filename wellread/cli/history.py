"""`wellread history`: lists what was served when."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say
from wellread.errors import WellreadError

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="list what was served when",
    description="List the generations that were served, the latest first: when, and what each changed.",
    examples="""\
  wellread history
  wellread history --index /srv/index --json
  wellread history --engine milvus --uri http://10.0.0.5:19530    where there is no index folder
""",
    done="the history was listed",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "history", HELP)
    add_places(parser, ["index", "engine", "uri"])
    return parser


def run(options: argparse.Namespace) -> int:
    """List the history: that of the index folder, and where there is none, what Milvus knows."""
    from wellread.index.layout import current_generation
    from wellread.index.readers import shelf_in_environment
    from wellread.publishing.history import read_history
    from wellread.publishing.reporting import event_json, history_text, switch_json, switches_text
    from wellread.publishing.serving import served_id, standing_generations

    events = read_history(options.index)
    try:
        standing = standing_generations(options.index)
    except OSError as error:
        place = str(error.filename)
        raise WellreadError(
            error.strerror or str(error), f"look at it with: ls -ld {shlex.quote(place)}", place
        ) from error
    shelf = shelf_in_environment()
    if shelf is not None and not (events or standing):
        switches = shelf.switches()
        say(options, [switch_json(switch) for switch in switches], switches_text(switches, shelf.standing()))
        return 0
    served = served_id(options.index) if events or standing else current_generation(options.index)
    say(options, [event_json(event) for event in events], history_text(events, standing, served))
    return 0
