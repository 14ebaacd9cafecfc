"""`wellread export`: the articles being served as plain HTML pages in a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="write the articles as plain HTML pages",
    description="""\
Write every article that is being served into a folder as an HTML page, with a list of all, a style and a sitemap. The
pages need no server and no JavaScript. With JavaScript, the list has a plain word search, which works from a disk too.
It is not the page's: it answers no question. The same articles give the same files; pages of articles that are gone are
removed from a folder that an earlier export filled.
""",
    examples="""\
  wellread export site
  wellread export site --url https://www.example.org/health/    addresses for search engines
""",
    done="all pages were written",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "export", HELP)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder: new, empty, or an earlier export")
    parser.add_argument("--url", default="", metavar="ADDRESS", help="where the folder will be reached")
    add_places(parser, ["index"])
    return parser


def run(options: argparse.Namespace) -> int:
    """Write all pages."""
    from wellread.export.site import export

    done = export(options.index, options.folder, options.url)
    count = "1 article" if done.articles == 1 else f"{done.articles} articles"
    lines = [f"{count} of generation {done.generation}: {options.folder / 'index.html'}"]
    lines += [f"removed    {file}" for file in done.removed]
    if not options.url:
        lines.append("note       sitemap.xml has no whole addresses, which search engines need: name yours with --url")
    written = {"folder": str(options.folder), "generation": done.generation, "articles": done.articles}
    say(options, {**written, "removed": list(done.removed)}, "\n".join(lines))
    return 0
