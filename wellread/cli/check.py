"""`wellread check`: looks over the articles as a careful editor would, and publishes nothing."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_patterns, add_places, encoder_of, settings_of
from wellread.cli.output import say
from wellread.text.characters import shown

if TYPE_CHECKING:
    from wellread.cli.options import Commands

HELP = Help(
    summary="look over the articles; publish nothing",
    description="""\
Look over the articles: find what cannot be read, sections without text, headings and ids that are there twice,
sentences that contradict one another, and reviews that are due. Each finding has its file, line and remedy. Nothing is
published or changed.
""",
    examples="""\
  wellread check
  wellread check --kb articles --include "heart/*"
""",
    done="there is no error",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "check", HELP)
    add_places(parser, ["kb", "model"])
    add_patterns(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Say what was found; 1 where there is an error among it."""
    from wellread.articles.checking import check_library
    from wellread.articles.findings import format_findings
    from wellread.publishing.library_files import read_library_files
    from wellread.publishing.reporting import draft_lines, pattern_lines

    settings = settings_of(options)
    read_library_files(options.kb)
    checked = check_library(options.kb, settings.patterns, encoder_of(options), date.today())
    library, findings = checked.library, checked.findings
    used = [settings.as_text(), *pattern_lines(library.left_out, library.unmatched), *draft_lines(library.drafts)]
    if options.json:  # a list of findings and nothing else
        print(shown("\n".join(used)), file=sys.stderr)
    say(options, [asdict(finding) for finding in findings], "\n".join([*used, format_findings(findings)]))
    return 1 if any(finding.level == "error" for finding in findings) else 0
