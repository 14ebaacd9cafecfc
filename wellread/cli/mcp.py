"""`wellread mcp`: lets language models ask the articles, by the Model Context Protocol."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places, add_reranker
from wellread.extras import require

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="let language models ask the articles (MCP)",
    description="""\
Answer a client of the Model Context Protocol on standard input and output. The client starts this command by itself.
It has two tools: ask, which gives what `wellread ask --json` prints, and article. It needs the extra "mcp".
""",
    examples="""\
  wellread mcp --index /srv/wellread/index     what a client's settings name as the command
""",
    done="the client ended it",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "mcp", HELP)
    add_places(parser, ["index", "model", "engine", "uri"])
    add_reranker(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Answer until the client is gone."""
    require("mcp", "the Model Context Protocol", ["mcp"])
    from wellread.adapters.mcp import serve_mcp

    for name, value in (("WELLREAD_MODEL", options.model), ("WELLREAD_RERANKER", options.reranker)):
        if value:
            os.environ[name] = value  # where the searcher reads it
    serve_mcp(options.index)
    return 0
