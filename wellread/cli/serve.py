"""`wellread serve`: opens the page where people ask, and the HTTP API beside it or alone."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places, add_reranker
from wellread.cli.output import say
from wellread.commands import DEFAULT_KB

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="open the page where people ask, and the HTTP API",
    description="""\
Show the page where people ask, until Ctrl-C ends it. Only this machine can reach it unless you name another --host.
What is published meanwhile answers the next question. Programs and other web sites ask below /api/v1 of the same
address. Editors work at ?desk, where kb/wellread.toml turns that on (docs/desk.md). With --json, a line of JSON on
standard error tells of each request of a program, without the question.
""",
    examples="""\
  wellread serve                                        http://127.0.0.1:8501/
  wellread serve --index /srv/index --port 8600
  wellread serve --host 0.0.0.0 --base-path /articles   for a proxy on another machine
  wellread serve --api-only                             the HTTP API alone, in less memory
""",
    done="it was ended by Ctrl-C",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "serve", HELP)
    add_places(parser, ["kb", "index", "model", "engine", "uri"])
    add_reranker(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address of this machine to listen on (127.0.0.1)"
    )
    parser.add_argument("--port", type=_port, default=8501, metavar="N", help="the port to listen on (8501)")
    parser.add_argument("--base-path", default="", metavar="PATH", help="the path of the page's address behind a proxy")
    parser.add_argument("--api-only", action="store_true", help="serve the HTTP API without the page")
    return parser


def run(options: argparse.Namespace) -> int:
    """Show the page until it is interrupted."""
    from wellread.api.log import log_as_json
    from wellread.page.server import Address, check_free, serve

    address = Address(options.host, options.port, options.base_path)
    check_free(address)
    if options.kb != DEFAULT_KB or "WELLREAD_KB" not in os.environ:
        os.environ["WELLREAD_KB"] = str(options.kb.absolute())  # where the editors' desk reads it
    for name, value in (("WELLREAD_MODEL", options.model), ("WELLREAD_RERANKER", options.reranker)):
        if value:
            os.environ[name] = value  # where the page reads it
    if options.json:
        log_as_json()
    if options.api_only:
        from wellread.api.server import serve_api

        say(options, {"address": address.url}, f"The API is at {address.url}api/v1/ (Ctrl-C ends it)")
        serve_api(options.index, address)
        return 0
    say(options, {"address": address.url}, f"The page is at {address.url} (Ctrl-C ends it)")
    serve(options.index, address)
    return 0


def _port(word: str) -> int:
    if word.isdecimal() and 1 <= int(word) <= 65535:
        return int(word)
    raise argparse.ArgumentTypeError(f'"{word}" is not a port, a whole number from 1 to 65535')
