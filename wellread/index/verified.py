"""Remembers which files of an index were verified, so that publishing hashes only what it does not know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from wellread.files import read_whole
from wellread.index.layout import temporary, verified_file
from wellread.index.stored import StoredFile


class Verified:
    """The files that were hashed and are as they were sealed, each with what the disk says of it since.

    A file that is written to, replaced or copied is another one to the disk, and is hashed again. What rots without
    a write is found by readers, which hash all that they open, and by the next publication that changes nothing.
    """

    def __init__(self, index: Path) -> None:
        self._file = verified_file(index)
        self._known: dict[str, list[int]] = {}
        with suppress(OSError, ValueError, RecursionError):
            read = json.loads(read_whole(self._file))
            self._known = read if isinstance(read, dict) else {}

    def knows(self, file: StoredFile, digest: str) -> bool:
        """Whether a file was verified to have a SHA-256, and was not written to since."""
        identity = file.identity()
        return identity is not None and self._known.get(digest) == identity

    def forget(self) -> None:
        """Know of no file: damage was found that the disk does not tell of."""
        self._known = {}

    def remember(self, files: Iterable[tuple[StoredFile, str]]) -> None:
        """Write down the files that are verified now, each with its SHA-256, in place of those known before."""
        known = {digest: identity for file, digest in files if (identity := file.identity()) is not None}
        if known != self._known:
            self._known = known
            with suppress(OSError):  # it saves time, no more
                temporary(self._file).write_text(json.dumps(known))
                temporary(self._file).replace(self._file)
