"""What an editor sees of all articles: dates, findings of the check, drafts, and whether readers have the text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from wellread.articles.checking import Checked, check_library
from wellread.articles.file_patterns import FilePatterns
from wellread.articles.findings import Finding, Unfinished
from wellread.articles.library import read_article
from wellread.datatypes import Article
from wellread.desk.drafts import Draft
from wellread.desk.release import Desk, files_state
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import ArticleError, DraftFound, WellreadError
from wellread.publishing.policy import settings_used


@dataclass(frozen=True, slots=True)
class Row:
    """One article in the list.

    `file` is its path, `article` None where it cannot be read or is new. `live` says that readers have the text that
    stands in the file.
    """

    file: str
    title: str
    article: Article | None
    findings: tuple[Finding, ...]
    draft: Draft | None
    live: bool

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.level == "error" for finding in self.findings)

    def due(self, today: date) -> bool:
        """Whether the article should have been reviewed by now."""
        return bool(self.article and self.article.next_review and self.article.next_review < today)


@dataclass(frozen=True, slots=True)
class Overview:
    """All articles of a desk by title, what is not published, and drafts that cannot be read.

    `unfinished` are files that are passed over as no finished articles, `left_out` those that the settings leave out.
    """

    rows: tuple[Row, ...]
    unfinished: tuple[Unfinished, ...]
    left_out: tuple[str, ...]
    trouble: tuple[WellreadError, ...]


def overview(desk: Desk, encoder: Encoder, today: date) -> Overview:
    """List the articles of a desk; raises WellreadError where the folder or its settings cannot be read."""
    checked = look_over(desk, encoder, today)
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        found[finding.file].append(finding)
    drafts, trouble = desk.drafts.all()
    by_file = {draft.file: draft for draft in drafts}
    articles = {article.file: article for article in checked.library.articles}
    served = desk.served_files()
    rows = [
        Row(
            file,
            articles[file].title if file in articles else _title(desk.kb, by_file.get(file)) or file,
            articles.get(file),
            tuple(found[file]),
            by_file.get(file),
            file in articles and served.get(file) == articles[file].sha256,
        )
        for file in {*articles, *by_file, *(finding.file for finding in checked.findings)}
    ]
    rows.sort(key=lambda row: (row.title.casefold(), row.file))
    return Overview(tuple(rows), checked.library.drafts, checked.library.left_out, trouble)


@lru_cache(maxsize=64)
def _title(kb: Path, draft: Draft | None) -> str:
    """The title of a new article, "" where there is none or it cannot be read; remembered for the next view."""
    try:
        return read_article(kb / draft.file, kb, data=draft.data).title if draft else ""
    except (ArticleError, DraftFound):
        return ""


def look_over(desk: Desk, encoder: Encoder, today: date) -> Checked:
    """What `wellread check` finds, looked for again only where a file has changed; raises what it raises."""
    settings = settings_used(desk.kb).settings
    return _checked(desk.kb, settings.include, settings.exclude, cast(Any, encoder), today, files_state(desk.kb))


@lru_cache(maxsize=1)
def _checked(
    kb: Path, include: tuple[str, ...], exclude: tuple[str, ...], encoder: Encoder, today: date, state: object
) -> Checked:
    return check_library(kb, FilePatterns(include, exclude), encoder, today)
