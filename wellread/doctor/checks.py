"""A check: a look at one thing, which is well, or has a fault and the command that mends it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wellread.commands import ingest_command, install_command
from wellread.errors import IndexDamaged, IndexMissing, WellreadError

T = TypeVar("T")

INSTALL = install_command()
"""The command that installs what Wellread needs."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `remedy` is the exact command that mends it where it is not well."""

    name: str
    ok: bool
    message: str
    remedy: str = ""


class Fault(Exception):
    """What a look found wrong, and the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that an examination is about, and the model where one was named."""

    kb: Path
    index: Path
    model: str = ""

    @property
    def ingest(self) -> str:
        """The command that publishes these articles into this index with this model."""
        return ingest_command(self.index, kb=self.kb, model=self.model)


def format_check(check: Check) -> str:
    """A check as one line, and the remedy indented below it where it is not well."""
    line = f"{'ok' if check.ok else 'FAULT':<6} {check.name}: {check.message}"
    return line if check.ok else f"{line}\n       mend it: {check.remedy}"


def look(name: str, work: Callable[[], str], remedy: str) -> Check:
    """Look at one thing: `work` says how it is, or raises a Fault; whatever else it raises is a fault too."""
    check, _ = find(name, lambda: (work(), None), remedy)
    return check


def find(name: str, work: Callable[[], tuple[str, T]], remedy: str) -> tuple[Check, T | None]:
    """Look at one thing as `look` does, and return what was found too; None where it is not well."""
    try:
        said, found = work()
    except Fault as fault:
        return Check(name, False, fault.message, fault.remedy), None
    except (IndexDamaged, IndexMissing) as error:
        return Check(name, False, error.message, remedy), None
    except WellreadError as error:
        return Check(name, False, error.message, error.remedy or remedy), None
    except Exception as error:  # whatever it is, the person needs to hear of it, and of the rest
        what = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
        return Check(name, False, f"cannot be examined: {what or type(error).__name__}", remedy), None
    return Check(name, True, said), found


def remove(path: Path) -> str:
    """The command that deletes a file or a folder."""
    return shlex.join(["rm", *(["-r"] if path.is_dir() else []), str(path)])


def standing(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    return next((folder for folder in (path.absolute(), *path.absolute().parents) if os.path.lexists(folder)), path)
