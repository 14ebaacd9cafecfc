"""Looks for the packages of an extra when a task that needs them begins."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from wellread.commands import install_command
from wellread.errors import WellreadError


def require(extra: str, task: str, modules: Iterable[str]) -> None:
    """Make sure that the modules of an extra can be imported; raises WellreadError with the command that installs it.

    `task` begins the message, such as "importing".
    """
    missing = sorted(name for name in modules if find_spec(name) is None)
    if missing:
        raise WellreadError(
            f"{task} needs packages that are not installed: {', '.join(missing)}", install_command(extra)
        )
