"""Looks over a whole folder of articles: what is in it, and everything that an editor should mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from wellread.articles.contradictions import contradiction_findings
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding, finding_of
from wellread.articles.library import Library, scan_library
from wellread.articles.links import absent_files
from wellread.articles.lint import lint
from wellread.articles.passages import cut_article


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands in a folder, and what should be mended: first what cannot be read, then all else by file and line."""

    library: Library
    findings: tuple[Finding, ...]


class Model(Protocol):
    """What an encoder says of texts before it embeds any: how long a passage may be, and how long a text is."""

    @property
    def max_tokens(self) -> int:
        """Tokens that a passage may have."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens that each text has."""


def check_library(kb: Path, patterns: FilePatterns, model: Model, today: date) -> Checked:
    """Look over the articles of a folder, cut into passages as for a model; raises what `scan_library` raises."""
    library, errors = scan_library(kb, patterns)
    passages = [
        passage
        for article in library.articles
        for passage in cut_article(article, model.count_tokens, model.max_tokens)
    ]
    found = [
        *lint(library.articles, passages, today, absent_files(library.drafts, library.left_out)),
        *contradiction_findings(library.articles, passages),
    ]
    in_order = sorted(found, key=lambda finding: (finding.file, finding.line or 0, finding.code, finding.message))
    return Checked(library, (*map(finding_of, errors), *in_order))
