"""Looks over a whole folder of articles: what is in it, and everything that an editor should mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wellread.articles.contradictions import contradiction_findings
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding, finding_of
from wellread.articles.library import Library, scan_library
from wellread.articles.links import absent_files
from wellread.articles.lint import lint
from wellread.datatypes import Article, Passage


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands in a folder, and what should be mended: first what cannot be read, then all else by file and line."""

    library: Library
    findings: tuple[Finding, ...]


def check_library(
    kb: Path, patterns: FilePatterns, cut: Callable[[Article], Iterable[Passage]], today: date
) -> Checked:
    """Look over the articles of a folder; `cut` cuts one into passages. Raises what `scan_library` raises."""
    library, errors = scan_library(kb, patterns)
    passages = [passage for article in library.articles for passage in cut(article)]
    found = [
        *lint(library.articles, passages, today, absent_files(library.drafts, library.left_out)),
        *contradiction_findings(library.articles, passages),
    ]
    in_order = sorted(found, key=lambda finding: (finding.file, finding.line or 0, finding.code, finding.message))
    return Checked(library, (*map(finding_of, errors), *in_order))
