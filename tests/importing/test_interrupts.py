"""Ctrl-C while articles are imported."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from wellread.importing.files import Imported
from wellread.importing.interrupts import ImportInterrupted, Interrupts, telling


def test_ctrl_c_waits_while_it_is_held() -> None:
    with Interrupts() as interrupts:
        interrupts.hold()
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.release()
        interrupts.release()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_comes_at_once_when_it_is_not_held() -> None:
    with Interrupts() as interrupts:
        interrupts.hold()
        interrupts.release()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_whoever_else_takes_ctrl_c_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            signal.raise_signal(signal.SIGINT)
            interrupts.release()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_may_import_too() -> None:
    met: list[BaseException] = []

    def work() -> None:
        try:
            with Interrupts() as interrupts:
                interrupts.hold()
                interrupts.release()
        except BaseException as error:
            met.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert met == []


def test_what_was_done_is_told() -> None:
    written, kept = Imported("a", Path("kb/a.md")), Imported("b", Path("kb/b.md"), state="unchanged")
    with pytest.raises(ImportInterrupted, match=r"^written: kb/a\.md$") as caught, telling([written, kept]):
        raise KeyboardInterrupt
    assert caught.value.found == (written, kept)
    with pytest.raises(ImportInterrupted, match=r"^nothing was imported$"), telling([kept]):
        raise KeyboardInterrupt
