"""The commands that messages name, as the person who reads the message can type them."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

DEFAULT_KB = Path("kb")
DEFAULT_INDEX = Path("index")


def program() -> str:
    """How `wellread` is typed here: its name where the shell finds it, or else its path, or as a module of Python.

    Examples are `wellread`, `.venv/bin/wellread` and `/usr/bin/python3 -m wellread`.
    """
    script = shutil.which("wellread", path=str(Path(sys.executable).parent))
    if script is None:
        return shlex.join([sys.executable, "-m", "wellread"])
    found = shutil.which("wellread")
    if found is not None and Path(found).samefile(script):
        return "wellread"
    return shlex.quote(_from_here(script))


def command(name: str, *words: str) -> str:
    """A command of `wellread` with its words, quoted for a shell."""
    return " ".join([program(), shlex.join([name, *words])])


def ingest_command(index: Path, *, kb: Path = DEFAULT_KB, model: str = "") -> str:
    """The command that builds or rebuilds an index; folders by their usual names are left out."""
    return command("ingest", *places(index, kb), *(["--model", model] if model else []))


def places(index: Path, kb: Path = DEFAULT_KB) -> list[str]:
    """The options that name these folders, for as far as they are not the usual ones."""
    named = [("--kb", kb, DEFAULT_KB), ("--index", index, DEFAULT_INDEX)]
    return [
        word for option, path, usual in named if path.absolute() != usual.absolute() for word in (option, str(path))
    ]


def install_command(extra: str = "") -> str:
    """The command that installs Wellread anew, with the packages of an extra: from its checkout where it runs there."""
    pip = shlex.join([_from_here(sys.executable), "-m", "pip", "install"])
    checkout = Path(__file__).resolve().parent.parent
    of_extra = f"[{extra}]" if extra else ""
    if not (checkout / "pyproject.toml").is_file():
        return f"{pip} {shlex.quote(f'wellread{of_extra}')}"
    constraints = shlex.quote(_from_here(str(checkout / "constraints.txt")))
    return f"{pip} --constraint {constraints} --editable {shlex.quote(_from_here(str(checkout)) + of_extra)}"


def _from_here(path: str) -> str:
    """A path as it is typed in the working directory: relative where it lies below, and otherwise absolute."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
