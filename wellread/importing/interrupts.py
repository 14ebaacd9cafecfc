"""Ctrl-C while articles are imported: it ends fetching and reading at once, and waits while an article is written."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from wellread.errors import WellreadError

if TYPE_CHECKING:
    from pathlib import Path

    from wellread.importing.files import Imported


class ImportInterrupted(KeyboardInterrupt):
    """Ctrl-C while articles were imported; `found` tells what became of those before it, notes and all."""

    def __init__(self, found: Sequence[Imported]) -> None:
        self.found = tuple(found)
        written = [str(one.article) for one in found if one.article and one.state in ("new", "changed")]
        super().__init__(f"written: {', '.join(written)}" if written else "nothing was imported")


class NotRemembered(WellreadError):
    """The addresses of what was imported cannot be written down; `found` tells what was done all the same."""

    def __init__(self, file: Path, error: OSError, found: Sequence[Imported]) -> None:
        self.found = tuple(found)
        reason = f"{error.strerror or error}: what was imported by address is not remembered"
        super().__init__(reason, "make room, and import the addresses again", file)


@contextmanager
def telling(found: Sequence[Imported]) -> Iterator[None]:
    """Inside, Ctrl-C is raised with what was done until then."""
    try:
        yield
    except KeyboardInterrupt:
        raise ImportInterrupted(found) from None


class Interrupts:
    """Inside its `with`, Ctrl-C waits from `hold` to `release`, so that what is written is always known of too.

    It does nothing in other threads than the main one, which Ctrl-C never meets, and where somebody else takes it.
    """

    def __init__(self) -> None:
        self._held = False
        self._met = False
        self._taken = False

    def __enter__(self) -> Self:
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._handle)
            self._taken = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._taken:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def hold(self) -> None:
        """Let Ctrl-C wait."""
        self._held = True

    def release(self) -> None:
        """Raise the KeyboardInterrupt that waited, if there was one."""
        self._held = False
        if self._met:
            self._met = False
            raise KeyboardInterrupt

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._held:
            self._met = True
        else:
            raise KeyboardInterrupt
