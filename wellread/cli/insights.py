"""`wellread insights`: what readers asked and could not find, where the library counts it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wellread.cli.options import Help, add_command, add_places
from wellread.cli.output import say

if TYPE_CHECKING:
    from wellread.cli.options import Commands
    from wellread.insights.reports import AskedGroup, Insights

HELP = Help(
    summary="show what readers could not find",
    description="""\
Show what readers asked often and did not find, which of their words no article has, and how many questions were
answered by which article. Nothing is counted unless kb/wellread.toml says so: [insights] on = true. docs/privacy.md
says what is kept, and what never is.
""",
    examples="""\
  wellread insights
  wellread insights --judge 3 hay-fever#treatment   from now on, the test questions have that of group 3
  wellread insights --empty                         delete all that was counted
""",
    done="it was shown, or done",
)

_STATES = {"answered": "answered", "closest": "only near", "not_covered": "not found"}
_MOST_WORDS = 40
"""Words shown at most; --json has them all."""


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add the command."""
    parser = add_command(commands, "insights", HELP)
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--empty", action="store_true", help="delete all that was counted")
    does.add_argument(
        "--judge",
        nargs=2,
        metavar=("GROUP", "PASSAGE"),
        help="add a group's question to the judged ones, answered by a passage: ARTICLE#SECTION",
    )
    add_places(parser, ["kb", "index"])
    return parser


def run(options: argparse.Namespace) -> int:
    """Show what was counted, empty it, or judge a group."""
    if options.empty:
        return _empty(options)
    from datetime import UTC, datetime

    from wellread.insights.reports import read_insights

    insights = read_insights(options.index, datetime.now(UTC).date())
    if options.judge:
        return _judge(options, insights)
    say(options, _as_json(insights), _as_text(insights))
    return 0


def _empty(options: argparse.Namespace) -> int:
    from wellread.index.layout import insights_file
    from wellread.insights.store import empty

    file = insights_file(options.index)
    there = empty(file)
    say(options, {"emptied": there}, f"{file} was deleted" if there else "there was nothing to delete")
    return 0


def _judge(options: argparse.Namespace, insights: Insights) -> int:
    from wellread.cli.options import whole_number
    from wellread.insights.judging import judge
    from wellread.insights.reports import group_of
    from wellread.settings import read_settings

    number, passage = options.judge
    try:
        group = group_of(insights, whole_number(number))
    except argparse.ArgumentTypeError as error:
        options.parser.error(f"argument --judge: {error}")
    judged = judge(group, passage, options.index, options.kb, read_settings(options.kb).judgments)
    about = {"id": judged.id, "question": judged.question, "passage": judged.passage, "folder": str(judged.folder)}
    say(options, about, f"“{judged.question}” is answered by {judged.passage}: {judged.id} in {judged.folder}")
    return 0


def _as_text(insights: Insights) -> str:
    settings = insights.settings
    if not settings.on and not insights.counts:
        return "Nothing is counted. To count it, write in kb/wellread.toml:\n\n    [insights]\n    on = true"
    since = f"since {insights.since} ({settings.days} days)"
    lines = [f"Counted {since}" if settings.on else f"Counting is off now. Counted before, {since}"]
    lines += ["", f"Asked often, not found (groups of {settings.sessions} visits or more):"]
    lines += [f"  {_group_line(group)}" for group in insights.gaps] or ["  none"]
    lines += ["", "Asked often, and answered:"]
    lines += [f"  {_group_line(group)}" for group in insights.answered] or ["  none"]
    lines += ["", "Words that no article has:"]
    lines.append("  " + (", ".join(f"{word} ({n})" for word, n in insights.words[:_MOST_WORDS]) or "none"))
    lines += ["", "All questions:"]
    for count in insights.counts:
        tally = count.tally
        about = f"  {count.subject} ({count.article})" if count.article else ""
        lines.append(f"  {tally.asked:6,}  {_STATES[count.state]:9}{about}{_help(tally.helped, tally.unhelped)}")
    return "\n".join(lines if insights.counts else [*lines, "  none"])


def _group_line(group: AskedGroup) -> str:
    missed = f", {group.not_found} not found" if group.not_found else ""
    near = f", {group.closest} only near" if group.closest else ""
    where = f" ({', '.join(group.articles)})" if group.articles else ""
    return (
        f"{group.id}. “{group.words}”: {group.asked} visits{missed}{near}{where}{_help(group.helped, group.unhelped)}"
    )


def _help(helped: int, unhelped: int) -> str:
    return f"; it helped {helped}, not {unhelped}" if helped or unhelped else ""


def _as_json(insights: Insights) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "on": insights.settings.on,
        "since": insights.since,
        "groups": [asdict(group) | {"gap": group.is_gap} for group in insights.groups],
        "words": [{"word": word, "asked": asked} for word, asked in insights.words],
        "counts": [
            {"state": count.state, "subject": count.subject, "article": count.article} | asdict(count.tally)
            for count in insights.counts
        ],
    }
