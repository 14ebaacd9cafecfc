"""Finds the articles of imported pages that were moved or renamed in the folder of the articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from wellread.articles.details import key_of
from wellread.articles.kb_files import passed_over
from wellread.articles.library import SUFFIXES
from wellread.files import files_below
from wellread.importing.hosts import page_key

_HEAD = 20_000
"""Bytes at the beginning of an article in which its source is looked for; a front matter is much shorter."""

_DETAIL = re.compile(r"""["']?([A-Za-z][\w -]*?)["']?\s*[:=]\s*["']?(https?://[^\s"']+)["']?\s*""", re.IGNORECASE)


class Articles:
    """The articles below a folder, drafts too, as they stand when they are first asked for."""

    def __init__(self, kb: Path) -> None:
        self._kb = kb

    def with_bytes(self, digest: str) -> list[Path]:
        """The articles whose bytes have this SHA-256."""
        return self._by_digest[digest]

    def of_source(self, address: str) -> list[Path]:
        """The articles that name an address, in any spelling, as their source."""
        return self._by_source[page_key(address)]

    @cached_property
    def _by_digest(self) -> defaultdict[str, list[Path]]:
        found = defaultdict(list)
        for file in self._files():
            found[sha256(file.read_bytes()).hexdigest()].append(file)
        return found

    @cached_property
    def _by_source(self) -> defaultdict[str, list[Path]]:
        found = defaultdict(list)
        for file in self._files():
            with file.open("rb") as stream:
                head = stream.read(_HEAD).decode("utf-8", "replace")
            for line in head.splitlines():
                detail = _DETAIL.fullmatch(line)
                if detail and key_of(detail[1]) == "source":
                    found[page_key(detail[2])].append(file)
                    break
        return found

    def _files(self) -> Iterator[Path]:
        for file in files_below(self._kb):
            inside = file.relative_to(self._kb).parts
            if file.suffix.lower() in SUFFIXES and not any(map(passed_over, inside)):
                yield file
