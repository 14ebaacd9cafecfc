"""Writes files so that they survive a crash, hashes them so that a change is noticed, and reads them within bounds."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MAX_TEXT = 5_000_000
"""Bytes of a text that an editor writes, at most: as of an article."""


def open_regular(file: Path) -> BinaryIO:
    """Open a file for reading; raises OSError, also where it is a pipe, whose opening may never end, or a device."""
    require_regular(file)
    return file.open("rb")


def read_whole(file: Path) -> bytes:
    """Read a file whole; raises OSError, also where it is no regular file."""
    with open_regular(file) as stream:
        return stream.read()


def require_regular(file: Path) -> None:
    """Raise OSError where there is no file, or no regular one."""
    mode = file.stat().st_mode
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(file))


def names_in(folder: Path) -> list[str]:
    """The names in a folder, sorted; none where there is no folder.

    Raises OSError where it cannot be read: `Path.glob` would give nothing, as of a folder that is empty.
    """
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths
    except (FileNotFoundError, NotADirectoryError):
        return []


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in the order of their names; none where there is no folder. Raises OSError."""
    for path in map(folder.joinpath, names_in(folder)):
        if path.is_dir() and not path.is_symlink():
            yield from files_below(path)
        elif path.is_file():
            yield path


def read_bounded(file: Path, most: int) -> bytes:
    """Read a file whole, even one that grows meanwhile; raises OSError where it has more bytes.

    So it does where it is no regular file.
    """
    with open_regular(file) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(file))
    return data


def read_text(file: Path) -> str:
    """Read a text that an editor wrote, whatever its lines end with; raises OSError and UnicodeDecodeError."""
    return read_bounded(file, MAX_TEXT).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def write_durably(file: Path, content: bytes) -> None:
    """Write a file so that it is on the disk, or an OSError is raised, when this returns."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def write_whole(file: Path, content: bytes, replace: bool = False) -> None:
    """Write a file durably, whole or not at all; one that exists only where it is to be replaced, and keeps its mode.

    Raises:
        OSError: FileExistsError, or what the disk says; nothing was written.
    """
    new = file.with_name(f".{file.name}.new")  # hidden: no publication reads it
    try:
        write_durably(new, content)
        if replace and file.exists():
            new.chmod(file.stat().st_mode & 0o777)
        elif not replace:
            file.touch(exist_ok=False)  # the name is ours, or somebody's who was quicker
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        if os.name == "nt":
            return  # Windows opens no folder; its journal keeps names in their order
        os.sync()  # a folder that may be written into and not be read: everything is made durable
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, and make its name durable, be it new or not."""
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Remove a folder with all that is in it, or a file; of a link the link alone. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


@contextmanager
def temporary_files() -> Iterator[None]:
    """Name the folder of temporary files in what the disk refuses of a file there, which has no name of its own."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), tempfile.gettempdir()) from error


def sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
