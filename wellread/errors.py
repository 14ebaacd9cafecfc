"""What can go wrong, each said in one message: the file, the line, the reason and the command that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WellreadError(Exception):
    """Base of every error that Wellread raises on purpose; its text is written for the person at the door."""


class ArticleError(WellreadError):
    """One article cannot be read.

    `file` is the path as the editor knows it (relative to the knowledge base), `line` counts from 1 and is
    None where no line is to blame, `reason` says what is wrong and `remedy` what to do about it.
    """

    def __init__(self, file: str, line: int | None, reason: str, remedy: str) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        self.remedy = remedy
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}\n    {remedy}")


class ArticlesRefused(WellreadError):
    """Some articles of a knowledge base cannot be read, so that none is published; `errors` has one for each."""

    def __init__(self, errors: Sequence[ArticleError]) -> None:
        self.errors = tuple(errors)
        count = len(self.errors)
        head = "1 article cannot be read" if count == 1 else f"{count} articles cannot be read"
        super().__init__("\n".join([f"{head}; nothing was published:", *(str(e) for e in self.errors)]))


class KnowledgeBaseError(WellreadError):
    """The folder of articles is missing, is not a folder or holds no article."""


class ModelError(WellreadError):
    """An embedding model is missing, is not what it should be, or cannot be used."""


class CalibrationError(WellreadError):
    """What must have been fitted for an embedding model is missing, damaged or another model's."""


class IndexMissing(WellreadError):
    """No generation has been published yet in this index folder."""


class IndexDamaged(WellreadError):
    """A generation on disk does not match its manifest."""


class IndexBusy(WellreadError):
    """Another process is publishing into this index folder."""


class JudgmentsError(WellreadError):
    """A file of questions, judgments or results cannot be read; the message names the file, the line and the reason."""

    def __init__(
        self,
        file: Path,
        line: int | None,
        reason: str,
        remedy: str = "mend the file, or name another folder with --judgments",
    ) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}\n    {remedy}")


class PublishingRefused(WellreadError):
    """A candidate was built but is not served, because of what it would do to readers."""


class EvaluationError(WellreadError):
    """Nothing can be measured, or compared, as it was asked for."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}\n    {remedy}")
