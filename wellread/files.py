"""Writes files so that they survive a crash, and hashes them so that a change is noticed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
