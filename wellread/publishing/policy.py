"""What a publication may do: the settings of the library, with what a command says over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wellread.articles.file_patterns import FilePatterns
from wellread.errors import SettingsError
from wellread.files import read_text
from wellread.index.milvus.place import Place, place_used
from wellread.relevance.judgments import Judgments, JudgmentsFolder, find_judgments
from wellread.settings import SETTINGS_FILE, Settings, own_values, read_settings, written
from wellread.settings.names import line_of

_LONGEST = 60
"""Characters of a value that a report shows: enough for a number to call, and a line for all."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an editor lets a publication do.

    `include` and `exclude` have patterns of the files to read and to leave out (none: all are read). `judgments` are
    asked of the candidate; a fall of their mean nDCG@10 by more than `tolerance` refuses it, unless `accepted` gives a
    reason. `keep` is how many generations stay on the disk, the one being served among them. So many `workers` embed
    what is new, on the Ray cluster at an address or on this machine; None and "" leave it to the process itself.
    `texts` are read in place of files, by their paths; a file whose text is None counts as not there. `by` is who
    publishes, as the history will say, "" where nobody is named. `milvus` is where the generation is brought too, for
    readers who ask there.
    """

    include: tuple[str, ...] = ()
    allow_shrink: bool = False
    judgments: tuple[Judgments, ...] = ()
    tolerance: float = Settings().tolerance
    accepted: str = ""
    keep: int = Settings().keep
    exclude: tuple[str, ...] = ()
    workers: int | None = None
    ray: str = ""
    texts: Mapping[str, bytes | None] = field(default_factory=dict)
    by: str = ""
    milvus: Place | None = None

    @property
    def patterns(self) -> FilePatterns:
        """Which files to read."""
        return FilePatterns(self.include, self.exclude, self.texts)


USUAL = Policy()
"""What a publication may do where nothing else is said."""


@dataclass(frozen=True, slots=True)
class SettingsUsed:
    """The settings of a run: those of `file`, which may be missing, and over them what the command `said`, by name."""

    file: Path
    in_file: Settings
    said: Mapping[str, object] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """What counts."""
        said: dict[str, Any] = dict(self.said)
        return replace(self.in_file, **said)

    @property
    def patterns(self) -> FilePatterns:
        """The patterns of the files to read."""
        return FilePatterns(self.settings.include, self.settings.exclude)

    def judgments(self, kb: Path) -> JudgmentsFolder:
        """The judged questions; raises JudgmentsError."""
        return find_judgments(kb, self.settings.judgments)

    def policy(self, judgments: JudgmentsFolder) -> Policy:
        """What these settings let a publication do."""
        settings = self.settings
        return Policy(
            include=settings.include,
            exclude=settings.exclude,
            judgments=judgments.collections,
            tolerance=settings.tolerance,
            keep=settings.keep,
            workers=settings.workers,
            ray=settings.ray,
            milvus=self._place(),
        )

    def _place(self) -> Place | None:
        """The place in Milvus; what is wrong with it is told with the file, where that says it."""
        try:
            return place_used(self.settings.engine, self.settings.uri)
        except SettingsError as error:
            in_file = [name for name in ("uri", "engine") if name in own_values(self.in_file) and name not in self.said]
            if not in_file:
                raise
            line = line_of(read_text(self.file), in_file[0])
            raise SettingsError(f"{error.where}: {error.reason}", error.remedy, self.file, line) from error

    def as_text(self) -> str:
        """Which settings were used, as a line of a report, and a second one where the command said some."""
        own = own_values(self.in_file)
        if not self.file.is_file():
            line = f"settings   the usual ones; there is no {self.file}"
        else:
            line = f"settings   {self.file}: {_listed(own) or 'all as usual'}"
        return f"{line}\n           from the command: {_listed(self.said)}" if self.said else line

    def as_json(self) -> dict[str, object]:
        """The same for programs: the file or None, its values that are not the usual ones, and those of the command."""
        own = own_values(self.in_file)
        return {
            "file": self.file if self.file.is_file() else None,
            "values": own,
            "command": dict(self.said),
        }


def settings_used(kb: Path, said: Mapping[str, object] | None = None) -> SettingsUsed:
    """The settings of a library, with what a command says over them; raises SettingsError."""
    return SettingsUsed(kb / SETTINGS_FILE, read_settings(kb), said or {})


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {_short(written(value))}" for name, value in values.items())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
