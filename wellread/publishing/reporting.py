"""Reports what publishing did: as text for editors, as JSON for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from wellread.articles.findings import Finding, Unfinished
from wellread.datatypes import Note
from wellread.publishing.diff import DetailsDiff, PassageDiff
from wellread.publishing.embedding.team import TeamReport
from wellread.publishing.gate import Verdict
from wellread.publishing.history import Changes, Event
from wellread.publishing.policy import SettingsUsed
from wellread.publishing.report import Report
from wellread.relevance.judgments import JudgmentsFolder
from wellread.text.characters import shown

if TYPE_CHECKING:
    from wellread.index.milvus.shelf import Switch

NAMED = 20
"""Articles and questions named one by one, before the rest is only counted."""

_STYLES = {"+": "green", "-": "red"}


def report_json(report: Report, judgments: JudgmentsFolder, settings: SettingsUsed) -> dict[str, object]:
    """A report as the JSON object that docs/interfaces.md documents."""
    articles, passages = report.articles, report.passages
    return {
        "generation": report.generation,
        "articles": {"added": articles.added, "changed": articles.changed, "removed": articles.removed},
        "passages": {
            "added": len(passages.added) + len(passages.changed),
            "kept": passages.kept,
            "removed": len(passages.removed) + len(passages.changed),
        },
        "embedded": report.embedded,
        "reused": report.reused,
        "seconds": round(report.seconds, 2),
        "judged": {"folder": judgments.path, "questions": report.verdict.questions if report.verdict else 0},
        "settings": settings.as_json(),
        "left_out": report.left_out,
        "drafts": [str(draft) for draft in report.drafts],
        "errors": [asdict(finding) for finding in report.errors],
        "notes": [{"file": file, **asdict(note)} for file, note in report.notes],
        "workers": _team_json(report.team),
    }


def report_text(report: Report, judgments: JudgmentsFolder, settings: SettingsUsed, dry_run: bool = False) -> str:
    """A report in lines; of a dry run, in the words of what would be."""
    if report.generation == report.before:
        return "\n".join([
            f"Nothing has changed; generation {report.generation} is being served ({report.seconds:.1f} s).",
            settings.as_text(),
            *pattern_lines(report.left_out, report.unmatched),
            *draft_lines(report.drafts),
            *_ignored(report.ignored),
        ])  # fmt: skip
    last = (
        f"Nothing was published; this would be generation {report.generation} ({report.seconds:.1f} s)."
        if dry_run
        else f"Generation {report.generation} is being served ({report.seconds:.1f} s)."
    )
    return "\n".join([
        *_named("added", report.articles.added),
        *_named("changed", report.articles.changed),
        *_named("removed", report.articles.removed),
        f"articles   {_counted(report.articles)}",
        f"passages   {_counted(report.passages)}",
        f"texts      {report.embedded:,} {'to embed' if dry_run else 'embedded'}, {report.reused:,} reused",
        *_team_lines(report.team),
        settings.as_text(),
        *pattern_lines(report.left_out, report.unmatched),
        _judged(report, judgments, dry_run),
        *(verdict_lines(report.verdict) if report.verdict else ()),
        *_error_lines(report.errors),
        *_note_lines(report.notes),
        *draft_lines(report.drafts),
        *_ignored(report.ignored),
        last,
    ])  # fmt: skip


def _team_lines(team: TeamReport | None) -> Iterator[str]:
    """What workers did, where some embedded."""
    if team is None:
        return
    workers = "1 worker" if team.workers == 1 else f"{team.workers} workers"
    memory = f", each with at most {team.memory / 1e6:.0f} MB of memory" if team.memory else ""
    yield f"workers    {workers}{memory}"
    if team.lost:
        yield f"           {team.lost} ended on the way; others did their work"
    if team.rounding:
        yield f"           vectors are rounded otherwise than in this process, by at most {team.rounding:.1e}"


def _team_json(team: TeamReport | None) -> dict[str, object] | None:
    return None if team is None else {**asdict(team), "memory": round(team.memory / 1e6)}


def _judged(report: Report, judgments: JudgmentsFolder, dry_run: bool) -> str:
    """Which judged questions were asked, or plainly that none were, and why."""
    if report.verdict is not None:
        count = report.verdict.questions
        return f"judged     {count} {'question' if count == 1 else 'questions'} of {judgments.path} asked"
    if not judgments.collections:
        return f"judged     no question asked: there is none in {judgments.path}"
    if dry_run:
        return f"judged     no question asked: a dry run asks none of {judgments.path}"
    return f"judged     no question asked: {judgments.path} has none about these articles"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """What an edit does to the judged questions."""
    if verdict.before is None:
        if verdict.questions:
            yield f"questions  nDCG@10 {verdict.after:.3f} over {verdict.questions} judged questions"
        yield from _missing(verdict)
        return
    moved = [
        f"{len(verdict.improved)} improved",
        f"{len(verdict.worse)} got worse",
        f"{len(verdict.lost)} lost {'its' if len(verdict.lost) == 1 else 'their'} answer",
    ]
    yield (
        f"questions  {', '.join(moved)} of {verdict.questions};"
        f" nDCG@10 {verdict.before:.3f} before, {verdict.after:.3f} now"
    )
    yield from (f'  lost     "{question}"' for question in verdict.lost[:NAMED])
    yield from _missing(verdict)


def _missing(verdict: Verdict) -> Iterator[str]:
    """The passages that judged questions name and that are not there."""
    if verdict.missing:
        named = ", ".join(verdict.missing[:3]) + (" …" if len(verdict.missing) > 3 else "")
        yield f"missing    judged questions name passages that are not there: {named}"
        yield "           write the passages' new addresses into the qrels, or those questions find nothing"


def diff_text(diffs: Sequence[PassageDiff], details: Sequence[DetailsDiff] = ()) -> RenderableType:
    """Details of articles, and passages, as they were and as they would be, line by line."""
    changed = [(f"details {diff.article}", diff.lines) for diff in details]
    changed += [(f"{diff.change} {diff.id}", diff.lines) for diff in diffs]
    lines: list[Text] = []
    for name, changes in changed:
        lines.append(Text(shown(name), style="bold"))
        lines += [Text(shown(f"  {line}"), style=_STYLES.get(line[0], "")) for line in changes]
        lines.append(Text())
    return Group(*lines)


def diff_json(diffs: Sequence[PassageDiff]) -> list[dict[str, object]]:
    """The same for programs."""
    return [{"id": diff.id, "kind": diff.change, "lines": list(diff.lines)} for diff in diffs]


def details_json(diffs: Sequence[DetailsDiff]) -> list[dict[str, object]]:
    """Details of articles that change, for programs."""
    return [{"article": diff.article, "lines": list(diff.lines)} for diff in diffs]


def history_text(events: Sequence[Event], standing: Collection[str], served: str) -> str:
    """What was served when, the latest first; generations that are not `standing` cannot be gone back to.

    Ids of those that stand on the disk without being in the history (it was lost, or they were refused) come last.
    """
    lines: list[str] = []
    for event in reversed(events):
        name = event.generation
        state = "served now" if name == served and not lines else "" if name in standing else "no longer kept"
        lines.append(
            f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {name}  {event.action:<8}  articles {_signed(event.articles.counts)}"
            f"  passages {_signed(event.passages)}  {event.model}  {state}".rstrip()
        )
        if event.by:
            lines.append(f"    by {event.by}")
        if event.accepted:
            lines.append(f'    accepted although judged questions lost by it: "{event.accepted}"')
    if lines:
        lines.append("+ added, ~ changed, - removed, against what was served before")
    if served and (not events or events[-1].generation != served):
        lines.append(f"Generation {served} is being served; since when was not written down.")
    others = sorted({*standing} - {event.generation for event in events} - {served})
    if others:
        lines.append(f"On the disk, but not known to have been served: {', '.join(others)}")
    return "\n".join(lines)


def switches_text(switches: Sequence[Switch], standing: Collection[str]) -> str:
    """When readers in Milvus got which generation, the latest first; those not `standing` cannot be gone back to."""
    lines: list[str] = []
    for switch in reversed(switches):
        state = "served now" if not lines else "" if switch.generation in standing else "no longer kept"
        at = datetime.fromtimestamp(switch.at, UTC)
        lines.append(f"{at:%Y-%m-%d %H:%M:%S} UTC  {switch.generation}  {state}".rstrip())
    return "\n".join(lines) or "nothing has been published here yet"


def switch_json(switch: Switch) -> dict[str, object]:
    """One of them for programs."""
    return {"generation": switch.generation, "at": datetime.fromtimestamp(switch.at, UTC).isoformat()}


def event_json(event: Event) -> dict[str, object]:
    """One line of the history for programs."""
    articles = event.articles
    return {
        "generation": event.generation,
        "at": event.at.isoformat(),
        "action": event.action,
        "articles": {"added": articles.added, "changed": articles.changed, "removed": articles.removed},
        "passages": dict(event.passages),
        "model": event.model,
        "accepted": event.accepted or None,
        "by": event.by or None,
    }


def _named(what: str, names: Sequence[str]) -> list[str]:
    shown = [f"{what:<10} {name}" for name in names[:NAMED]]
    return [*shown, f"{what:<10} … and {len(names) - NAMED:,} more"] if len(names) > NAMED else shown


def _counted(changes: Changes) -> str:
    return (
        f"{len(changes.added):,} added, {len(changes.changed):,} changed, {len(changes.removed):,} removed,"
        f" {changes.kept:,} unchanged"
    )


def _signed(counts: Mapping[str, int]) -> str:
    return f"+{counts['added']:,} ~{counts['changed']:,} -{counts['removed']:,}"


def pattern_lines(left_out: Sequence[str], unmatched: Sequence[str]) -> list[str]:
    """What the patterns of include and exclude do: the articles that they leave out, and those that match no file."""
    more = f" and {len(left_out) - NAMED:,} more" if len(left_out) > NAMED else ""
    lines = [f"left out   {', '.join(left_out[:NAMED])}{more}"] if left_out else []
    return [*lines, *(f'pattern    "{pattern}" matches no file: look how it is written' for pattern in unmatched)]


def draft_lines(drafts: Sequence[Unfinished]) -> list[str]:
    """The files that are never published, each with the reason."""
    more = f" and {len(drafts) - NAMED:,} more" if len(drafts) > NAMED else ""
    return [f"drafts     not published: {', '.join(map(str, drafts[:NAMED]))}{more}"] if drafts else []


def _error_lines(errors: Sequence[Finding]) -> list[str]:
    """What is published although it is wrong whatever the editor intended."""
    places = [finding.file if finding.line is None else f"{finding.file}:{finding.line}" for finding in errors]
    lines = [f"error      {place}: {finding.message}" for place, finding in zip(places, errors, strict=True)]
    return [*lines[:NAMED], f"error      … and {len(lines) - NAMED:,} more: wellread check"] if lines[NAMED:] else lines


def _note_lines(notes: Sequence[tuple[str, Note]]) -> list[str]:
    """How the new and changed articles were read: what readers do not see, and what is shown as the disclaimer."""
    lines = [f"note       {file}:{note.line or 1}: {note.message}" for file, note in notes[:NAMED]]
    return [*lines, f"note       … and {len(notes) - NAMED:,} more: wellread check"] if len(notes) > NAMED else lines


def _ignored(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return [f"Passed over, not articles (.txt or .md): {', '.join(names[:NAMED])}{more}"]
