"""Finds the files of a knowledge base and reads their bytes, within limits: nothing outside the folder is read."""

from __future__ import annotations

import os
import shlex
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from wellread.errors import ArticleError

MAX_BYTES = 5_000_000
"""An article larger than this is refused: it is a book, or no article at all."""

MAX_DEPTH = 100
"""Folders inside one another, at most: beyond that something went wrong, and in time Python cannot follow."""


def passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is none of the library's: a hidden one, or an editor's backup."""
    return name.startswith(".") or name.endswith("~") or name[0] == name[-1] == "#"


def _files(kb: Path) -> Iterator[tuple[Path, str] | ArticleError]:
    """Yield the files below a folder in the order of their paths, and an error for a folder that cannot be read.

    A file is its path, and its path below the folder as text that can be printed.
    """
    unreadable: list[OSError] = []
    for root, folders, files in os.walk(kb, onerror=unreadable.append):
        here = Path(root)
        folder = "" if here == kb else f"{shown(here, kb)}/"
        if len(here.parts) - len(kb.parts) > MAX_DEPTH:
            folders.clear()
            reason = f"more than {MAX_DEPTH} folders lie inside one another"
            yield ArticleError(folder[:40] + "…", None, reason, "move the articles up, and delete the folders")
            continue
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted([*files, *links]):
            if passed_over(name):
                continue
            if name in links and not _within(here / name, kb):
                yield _outside(here / name, kb)
            else:
                yield here / name, folder + _printable(name)
    for error in unreadable:
        folder = shown(Path(error.filename), kb)
        yield ArticleError(
            folder,
            None,
            f"the folder cannot be read: {error.strerror}",
            f"make it readable: chmod u+rx {shlex.quote(str(error.filename))}",
        )


def files_and_texts(kb: Path, texts: Mapping[str, bytes | None]) -> Iterator[tuple[Path, str] | ArticleError]:
    """Yield what `_files` does but for files without a text, and the paths of texts that no file has."""
    missing = {name for name, text in texts.items() if text is not None}
    for found in _files(kb):
        name = found.file if isinstance(found, ArticleError) else found[1]
        missing.discard(name)
        if texts.get(name, b"") is not None:
            yield found
    yield from ((kb / name, name) for name in sorted(missing))


def read_bytes(path: Path, kb: Path, file: str) -> bytes:
    """Return the bytes of a file; raises ArticleError naming `file` where it is none of the folder, or too large."""
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in str(path.relative_to(kb))):
        reason = "the file's name holds characters that cannot be shown"
        raise ArticleError(file, None, reason, "rename the file")
    try:
        if not _within(path, kb):
            raise _outside(path, kb)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(file, None, "this is not a regular file", "replace it by the article itself")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        reason = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        raise ArticleError(file, None, reason, f"look at it with: ls -l {shlex.quote(str(path))}") from None
    return checked_size(data, file)


def checked_size(data: bytes, file: str) -> bytes:
    """Return bytes that are not too many for an article; raises ArticleError naming `file` otherwise."""
    if len(data) > MAX_BYTES:
        reason = f"the file is larger than {MAX_BYTES:,} bytes"
        raise ArticleError(file, None, reason, "divide it into several articles")
    return data


def _within(path: Path, kb: Path) -> bool:
    return path.resolve().is_relative_to(kb.resolve())


def _outside(path: Path, kb: Path) -> ArticleError:
    file = shown(path, kb)
    return ArticleError(file, None, "the link leads out of the knowledge base", "replace it by a copy of the article")


def shown(path: Path, kb: Path) -> str:
    """Return a path below the knowledge base as text that can be printed, whatever bytes the name has."""
    return _printable(path.relative_to(kb).as_posix())


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
