"""`wellread ingest`: publishes the articles, or shows what publishing them would change."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.cli.options import (
    Help,
    add_command,
    add_keep,
    add_patterns,
    add_places,
    encoder_of,
    reason,
    settings_of,
    share,
    whole_number,
)
from wellread.cli.output import say, served_anyway

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.encoders.sentence_transformer import Encoder
    from wellread.publishing.policy import Policy

HELP = Help(
    summary="publish the articles",
    description="""\
Publish the articles. Every .txt and .md file of the folder kb/ is read and cut into passages. What is new is embedded.
A new generation of index/ is written, verified, tested with the judged questions, and then served. Pages that are open
answer the next question from it.

If an article cannot be read, the message names the line, the reason and the remedy. Then nothing is published, and
readers keep the old texts. The same is true if this command is interrupted at any moment.

A library's own settings stand in kb/wellread.toml (docs/editors.md lists them). What is said here counts before them.
Each run says which settings it used.
""",
    examples="""\
  wellread ingest                                    publish kb/ into index/
  wellread ingest --dry-run                          see what would change for readers, line by line
  wellread ingest --kb articles --index /srv/index   other folders
  wellread ingest --index other --model OWNER/NAME   another model; then: wellread fit --index other
  wellread ingest --workers 8                        embed a large library with eight processes

`python ingest.py`, in the project's folder, is this command by its old name. There, --check, --watch, --history,
--rollback, --doctor and --import do what the commands of the same names do.
""",
    done="the articles are being served",
)


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "ingest", HELP)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and publish nothing")
    add_places(parser)
    add_publishing(parser)
    return parser


def add_publishing(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how to publish."""
    how = parser.add_argument_group("how to publish")
    add_patterns(how)
    how.add_argument("--allow-shrink", action="store_true", help="allow more than 30 %% of the articles, or all, to go")
    how.add_argument(
        "--judgments",
        type=Path,
        metavar="DIR",
        help="folder of judged questions to ask before publishing (judgments beside the folder of the articles)",
    )
    how.add_argument(
        "--tolerance",
        type=share,
        metavar="X",
        help="how far the mean nDCG@10 of the judged questions may fall (0.02)",
    )
    how.add_argument(
        "--accept-regression",
        type=reason,
        metavar="REASON",
        help="publish although judged questions lose by it; the reason is kept in the history",
    )
    add_keep(how)
    how.add_argument(
        "--workers",
        type=whole_number,
        metavar="N",
        help="processes that embed what is new, best as many as processor cores (none: this process does it)",
    )
    how.add_argument(
        "--ray",
        metavar="ADDRESS",
        help="embed on the Ray cluster at HOST:PORT, with N workers or one for each of its processors (docs/scale.md)",
    )


def run(options: argparse.Namespace) -> int:
    """Publish, or show what would change; says what is served where it is interrupted."""
    from wellread.publishing.serving import served_id

    before = served_id(options.index)
    try:
        encoder = encoder_of(options)
        return _dry_run(options, encoder) if options.dry_run else publish_once(options, encoder)
    except KeyboardInterrupt as interrupt:
        # Between the end of publishing and its report an interrupt knows of nothing: the index is asked.
        now = served_id(options.index)
        said = f"generation {now} is being served" if now != before else "nothing was published"
        raise KeyboardInterrupt(str(interrupt) or said) from None


def publish_once(options: argparse.Namespace, encoder: Encoder) -> int:
    """Publish and say what was done; raises WellreadError where nothing is published."""
    from wellread.progress import Meter
    from wellread.publishing.publish import publish
    from wellread.publishing.reporting import report_json, report_text

    settings = settings_of(options)
    judgments = settings.judgments(options.kb)
    with Meter() as meter:
        report = publish(options.kb, options.index, encoder, meter, _allowed(options, settings.policy(judgments)))
    with served_anyway(options.index, report.generation):
        say(options, report_json(report, judgments, settings), report_text(report, judgments, settings))
    return 0


def _dry_run(options: argparse.Namespace, encoder: Encoder) -> int:
    from rich.console import Console

    from wellread.progress import Meter
    from wellread.publishing.publish import preview
    from wellread.publishing.reporting import details_json, diff_json, diff_text, report_json, report_text

    settings = settings_of(options)
    judgments = settings.judgments(options.kb)
    policy = _allowed(options, settings.policy(judgments))
    with Meter() as meter:
        report, diffs = preview(options.kb, options.index, encoder, meter, policy)
    if not options.json:
        Console(highlight=False, soft_wrap=True).print(diff_text(diffs, report.details))
    changes = {"dry_run": True, "details": details_json(report.details), "diff": diff_json(diffs)}
    as_json = {**report_json(report, judgments, settings), **changes}
    say(options, as_json, report_text(report, judgments, settings, dry_run=True))
    return 0


def _allowed(options: argparse.Namespace, policy: Policy) -> Policy:
    """A policy with what an editor allows this one time."""
    return replace(policy, allow_shrink=options.allow_shrink, accepted=options.accept_regression or "")
