"""What an editor is told of her articles: findings, and how they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wellread.datatypes import Article
from wellread.errors import ArticleError

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in a file of the knowledge base; `line` is None where no single line is to blame.

    An error is wrong whatever the editor intended; a warning is hers to judge; a note says what was done with a text.
    `code` names the kind of finding.
    """

    level: Level
    file: str
    line: int | None
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, order=True)
class Unfinished:
    """A file that is never published, by its path below the knowledge base, and why; as a text 'a.md (a reason)'."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} ({self.reason})"


def finding_of(error: ArticleError) -> Finding:
    """An article that cannot be read, as a finding."""
    return Finding("error", error.file, error.line, "unreadable-article", error.reason, error.remedy)


def findings_of_notes(article: Article) -> Iterator[Finding]:
    """What was noted when an article was read."""
    for note in article.notes:
        level: Level = "note" if note.code in ("disclaimer", "language-guessed") else "warning"
        yield Finding(level, article.file, note.line, note.code, note.message, note.remedy)


def format_finding(finding: Finding) -> str:
    """A finding as `file:line: level: message [code]`, the remedy indented below it."""
    place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    return f"{place}: {finding.level}: {finding.message} [{finding.code}]\n    {finding.remedy}"


def format_findings(findings: Sequence[Finding], most: int = 20) -> str:
    """All errors and the first `most` warnings or notes of each code, in the order given, and how many there are."""
    seen: Counter[str] = Counter()
    lines: list[str] = []
    for finding in findings:
        seen[finding.code] += finding.level != "error"
        if finding.level == "error" or seen[finding.code] <= most:
            lines.append(format_finding(finding))
    levels = {finding.code: finding.level for finding in findings if finding.level != "error"}
    more = [f"… and {n - most} more {levels[code]}s [{code}]" for code, n in sorted(seen.items()) if n > most]
    lines += [*more, "    the option --json lists them all"] if more else []
    totals = Counter(finding.level for finding in findings)
    counted = [count(totals["error"], "error"), count(totals["warning"], "warning")]
    counted += [count(totals["note"], "note")] if totals["note"] else []
    return "\n".join([*lines, ", ".join(counted)])


def count(number: int, what: str) -> str:
    """Return a number with what is counted: "1 error", "2 errors"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
