"""`wellread import`: writes files and web pages into the folder of the articles, as Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say
from wellread.errors import WellreadError

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.importing.files import Imported

HELP = Help(
    summary="make articles of Word, HTML and PDF files, and of web pages",
    description="""\
Write Word, HTML and PDF files into kb/ as Markdown, or pages of the web by their addresses. Look them over, then
publish them. A file becomes a whole article, with the same words in the same order, or nothing; what is left out of it
(menus, cookie notices, hidden text) is listed.

The article of a file that exists is never changed. The article of an address is brought up to date when you import the
address again, and goes when the page is gone (404 or 410), unless you changed it. If you moved it, it is followed. If
you deleted it, a sitemap does not bring it back. A host that does not answer changes nothing. What robots.txt forbids
is not fetched. kb-sources.json beside kb/ remembers the addresses.
""",
    examples="""\
  wellread import leaflet.docx page.html scan.pdf
  wellread import leaflet.docx --kb articles
  wellread import https://example.org/asthma
  wellread import --sitemap https://example.org/sitemap.xml --dry-run
""",
    done="every file and address is an article now",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "import", HELP)
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a .docx, .docm, .html or .pdf file, or an address https://…"
    )
    parser.add_argument("--sitemap", default="", metavar="URL", help="import all pages that this sitemap names")
    parser.add_argument("--dry-run", action="store_true", help="say what would be new, changed or gone; write nothing")
    add_places(parser, ["kb"])
    return parser


def run(options: argparse.Namespace) -> int:
    """Import the files and addresses, and say what became of each; 1 where one was refused or not reached."""
    from wellread.importing.addresses import import_addresses, is_address
    from wellread.importing.files import import_files
    from wellread.importing.interrupts import ImportInterrupted, NotRemembered

    addresses = [word for word in options.files if is_address(word)]
    files = [Path(word) for word in options.files if not is_address(word)]
    if not options.files and not options.sitemap:
        options.parser.error("name a file or an address, or a --sitemap")
    found: list[Imported] = []
    try:
        found += import_files(files, options.kb, options.dry_run)
        if addresses or options.sitemap:
            found += import_addresses(addresses, options.kb, options.sitemap, options.dry_run)
    except ImportInterrupted as interrupt:
        found += interrupt.found
        if found:
            _say(options, found)
        left = "what stands above was done" if found else "nothing was imported"
        raise KeyboardInterrupt(f"{left}; import the others again") from None
    except WellreadError as error:  # of a sitemap, such as: the files came in before
        found += error.found if isinstance(error, NotRemembered) else ()
        if found:
            _say(options, found)
        raise
    _say(options, found)
    return 0 if all(imported.article or imported.state == "deleted here" for imported in found) else 1


def _say(options: argparse.Namespace, found: Sequence[Imported]) -> None:
    from wellread.importing.files import format_imported

    say(options, [asdict(imported) for imported in found], "\n".join(map(format_imported, found)))
