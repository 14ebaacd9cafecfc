"""Progress of long work: bars in a terminal, and nothing elsewhere, for cron mails all that is on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

QUIET = 2.0
"""Seconds that work may take before anything is shown of it."""


class Meter:
    """Shows in a terminal how far each stage is, its rate and the time left; to be called with (stage, done, total)."""

    def __init__(self) -> None:
        console = Console(file=sys.stderr)
        self._bars = Bars(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._terminal = console.is_terminal
        self._tasks: dict[str, TaskID] = {}
        self._started = time.monotonic()

    def __enter__(self) -> Meter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars.live.is_started:  # rich prints an empty line for bars that are stopped unstarted
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of a stage's `total` steps are done."""
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
        if self._terminal and time.monotonic() - self._started >= QUIET:
            self._bars.start()


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s")
