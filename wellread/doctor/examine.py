"""Checks everything that publishing and asking need, from Python to the disk; changes nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.doctor.checks import INSTALL, Check, Places, look
from wellread.doctor.installation import look_at_packages, look_at_python, needed_packages

if TYPE_CHECKING:
    from wellread.encoders.sentence_transformer import Encoder


def examine(
    kb: Path,
    index: Path,
    model: str | Encoder | None = None,
    packages: Mapping[str, str] | None = None,
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> tuple[Check, ...]:
    """Look at everything, in one order, and change nothing; a fault does not stop what comes after it.

    `model` is what the command line names, or a model itself; without one the environment's WELLREAD_MODEL counts, then
    the one that made the index. `packages` (what Wellread needs, where they are not named) are imported, in a process
    of their own. Nothing is raised.
    """
    installed = (
        look("python", look_at_python, "install Python 3.11 or newer"),
        look("packages", lambda: look_at_packages(needed_packages() if packages is None else packages), INSTALL),
    )
    try:
        from wellread.doctor.place import examine_place
    except Exception as error:  # whatever a broken package raises
        return (*installed, Check("everything else", False, f"cannot be examined: {error}", INSTALL))
    named = model if isinstance(model, str) else os.environ.get("WELLREAD_MODEL", "")
    encoder = None if isinstance(model, str) else model
    return (*installed, *examine_place(Places(kb, index, named), encoder, free_bytes))
