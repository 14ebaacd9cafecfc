"""What can go wrong: each error has the file, the line, the reason and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WellreadError(Exception):
    """Base of every error that Wellread raises on purpose; its text is written for the person who reads it.

    `reason` says what is wrong and `remedy` what to do about it. `where` is the file, the folder or the option that is
    to blame, or None where the reason says it, and `line` counts from 1.
    """

    def __init__(self, reason: str, remedy: str, where: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(reason, remedy, where, line)
        self.reason = reason
        self.remedy = remedy
        self.where = None if where is None else str(where)
        self.line = line

    @property
    def message(self) -> str:
        """What is wrong and where, without the remedy."""
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return self.reason if self.where is None else f"{place}: {self.reason}"

    def __str__(self) -> str:
        return f"{self.message}\n    {self.remedy}"

    def as_dict(self) -> dict[str, object]:
        """The error for programs."""
        return {
            "type": type(self).__name__,
            "where": self.where,
            "line": self.line,
            "reason": self.reason,
            "remedy": self.remedy,
        }


class ArticleError(WellreadError):
    """One article cannot be read; `file` is its path below the knowledge base."""

    def __init__(self, file: str, line: int | None, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy, file, line)
        self.file = file


class DraftFound(ArticleError):
    """A file that is no finished article: it calls itself a draft, or its name says so. It is passed over."""


class ArticlesRefused(WellreadError):
    """Some articles of a knowledge base cannot be read, so that none is published; `errors` has one for each."""

    def __init__(self, errors: Sequence[ArticleError]) -> None:
        self.errors = tuple(errors)
        count = len(self.errors)
        head = "1 article cannot be read" if count == 1 else f"{count} articles cannot be read"
        super().__init__(f"{head}; nothing was published", "mend each of them, or delete its file")

    def __str__(self) -> str:
        return "\n".join([f"{self.message}:", *map(str, self.errors)])

    def as_dict(self) -> dict[str, object]:
        """The error for programs; "errors" has one for each article."""
        return {**super().as_dict(), "errors": [error.as_dict() for error in self.errors]}


class GlossaryError(WellreadError):
    """A line of the editors' glossary cannot be read."""


class KnowledgeBaseError(WellreadError):
    """The folder of articles is missing, is not a folder or holds no article."""


class SettingsError(WellreadError):
    """The settings of a library, kb/wellread.toml, cannot be read or say what no setting says."""


class ModelError(WellreadError):
    """An embedding model is missing, is not what it should be, or cannot be used."""


class CalibrationError(WellreadError):
    """What must have been fitted for an embedding model is missing, damaged or another model's."""


class IndexMissing(WellreadError):
    """No generation has been published yet in this index folder."""


class IndexDamaged(WellreadError):
    """A generation on disk does not match its manifest."""


class EngineError(WellreadError):
    """The server that keeps the generations cannot be reached, or refuses what it is asked."""


class InsightsError(WellreadError):
    """What readers could not find cannot be read, or is not there as it was asked for."""


class IndexBusy(WellreadError):
    """Another process is publishing into this index folder."""


class JudgmentsError(WellreadError):
    """A file of questions, judgments or results cannot be read."""

    def __init__(
        self,
        file: Path,
        line: int | None,
        reason: str,
        remedy: str = "mend the file, or name another folder with --judgments",
    ) -> None:
        super().__init__(reason, remedy, file, line)
        self.file = file


class PublishingRefused(WellreadError):
    """A candidate was built but is not served, because of what it would do to readers."""


class EvaluationError(WellreadError):
    """Nothing can be measured, or compared, as it was asked for."""
