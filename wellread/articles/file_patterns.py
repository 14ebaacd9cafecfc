"""Which files of a knowledge base are read: patterns of paths to take and to leave out, and texts in place of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FilePatterns:
    """Patterns of paths below the knowledge base; without any in `include`, all files are taken.

    A pattern is that of a file ("heart/*.md"), or of a folder and then of all that is in it ("drafts" or "drafts/").
    `*` stands for any characters, "/" among them. `exclude` wins over `include`. `texts` has the bytes that are read in
    place of a file's, or as those of one that is not there, by its path, and None for a file that is read as if it were
    not there: so a change is tried before it is written.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    texts: Mapping[str, bytes | None] = field(default_factory=lambda: MappingProxyType({}))

    def take(self, file: str) -> bool:
        """Whether a file is read, by its path with forward slashes.

        >>> FilePatterns(exclude=("drafts",)).take("drafts/heart/angina.md")
        False
        """
        included = not self.include or any(matches(file, pattern) for pattern in self.include)
        return included and not self.left_out(file)

    def left_out(self, file: str) -> bool:
        """Whether a pattern of `exclude` matches a file."""
        return bool(self.exclude) and any(matches(file, pattern) for pattern in self.exclude)

    def unmatched(self, files: Iterable[str]) -> tuple[str, ...]:
        """The patterns that match none of these files: most are misspelt."""
        paths = tuple(files)
        return tuple(
            pattern
            for pattern in dict.fromkeys((*self.include, *self.exclude))
            if not any(matches(file, pattern) for file in paths)
        )


ALL_FILES = FilePatterns()


def matches(file: str, pattern: str) -> bool:
    """Whether a pattern is that of a file, or of a folder that it is in."""
    plain = pattern.removeprefix("./").rstrip("/")
    return any(fnmatchcase(str(path), plain) for path in (PurePosixPath(file), *PurePosixPath(file).parents))
