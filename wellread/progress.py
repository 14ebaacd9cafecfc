"""Progress of long work on standard error: bars in a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

QUIET = 2.0
"""Seconds that work may take before anything is shown of it."""

EVERY = 10.0
"""Seconds between two plain lines."""


class Meter:
    """Shows how far each stage is, with its rate and the time left; to be called with (stage, done, total)."""

    def __init__(self) -> None:
        console = Console(file=sys.stderr)
        self._bars = Bars(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._terminal = console.is_terminal
        self._tasks: dict[str, tuple[TaskID, float]] = {}
        self._started = self._shown = time.monotonic()

    def __enter__(self) -> Meter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars.live.is_started:  # rich prints an empty line for bars that are stopped unstarted
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of a stage's `total` steps are done."""
        now = time.monotonic()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total), now
        task, began = self._tasks[stage]
        self._bars.update(task, completed=done, total=total)
        if now - self._started < QUIET:
            return
        if self._terminal:
            self._bars.start()
        elif now - self._shown >= EVERY and now > began:
            self._shown = now
            rate = done / max(now - began, 1e-9)
            left = (total - done) / max(rate, 1e-9)
            with suppress(OSError):  # a line that cannot be shown does not stop the work
                print(f"{stage}: {done:,} of {total:,}, {rate:,.0f}/s, {left:,.0f} s left", file=sys.stderr, flush=True)


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s")
