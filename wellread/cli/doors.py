"""The doors at the top of the project by their old names: their options become commands of `wellread`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from wellread.cli.main import main

MODES = {f"--{name}": name for name in ("check", "watch", "history", "rollback", "doctor", "import")}
"""Options of `python ingest.py` that do something else than publish, and the commands that they are now."""


def ingest(arguments: Sequence[str] | None = None) -> int:
    """Run `python ingest.py`: `wellread ingest`, or the command that --check, --rollback and their like name."""
    return main(translate(sys.argv[1:] if arguments is None else arguments))


def translate(words: Sequence[str]) -> list[str]:
    """What is typed after `wellread` for what was typed after `python ingest.py`.

    >>> translate(["--kb", "articles", "--rollback", "40cad"])
    ['rollback', '--kb', 'articles', '40cad']
    >>> translate(["--dry-run"])
    ['ingest', '--dry-run']
    """
    for place, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in MODES:
            return [MODES[option], *words[:place], *([value] if equals else []), *words[place + 1 :]]
    return ["ingest", *words]


def evaluate(arguments: Sequence[str] | None = None) -> int:
    """Run `python evaluate.py`: `wellread evaluate`."""
    return main(["evaluate", *(sys.argv[1:] if arguments is None else arguments)])
