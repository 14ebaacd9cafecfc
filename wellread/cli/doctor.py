"""`wellread doctor`: says what is wrong, and which command mends it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="say what is wrong here, and what mends it",
    description="""\
Check everything (the installation, the articles, the index, the model, the disk) and change nothing. Whatever is wrong
is named with the command that mends it.
""",
    examples="""\
  wellread doctor
  wellread doctor --index /srv/index
  wellread doctor --engine milvus --uri http://10.0.0.5:19530    and what readers get there
""",
    done="all is well",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "doctor", HELP)
    add_places(parser, ["kb", "index", "model", "engine", "uri"])
    return parser


def run(options: argparse.Namespace) -> int:
    """Say how everything is; 1 where something is wrong."""
    from wellread.doctor.checks import format_check
    from wellread.doctor.examine import examine

    checks = examine(options.kb, options.index, options.model)
    say(options, [asdict(check) for check in checks], "\n".join(format_check(check) for check in checks))
    return 0 if all(check.ok for check in checks) else 1
