"""`wellread import`: writes Word, HTML and PDF files into the folder of the articles, as Markdown."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="make articles of Word, HTML and PDF files",
    description="""\
Write Word, HTML and PDF files into kb/ as Markdown. Look them over, then publish them. A file becomes a whole article,
with the same words in the same order, or nothing. An article that exists is never changed.
""",
    examples="""\
  wellread import leaflet.docx page.html scan.pdf
  wellread import leaflet.docx --kb articles
""",
    done="every file is an article now",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "import", HELP)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a .docx, .html or .pdf file")
    add_places(parser, ["kb"])
    return parser


def run(options: argparse.Namespace) -> int:
    """Import the files, and say what became of each; 1 where one was not imported."""
    from wellread.importing.files import format_imported, import_files

    files = import_files(options.files, options.kb)
    say(options, [asdict(imported) for imported in files], "\n".join(map(format_imported, files)))
    return 0 if all(imported.article for imported in files) else 1
