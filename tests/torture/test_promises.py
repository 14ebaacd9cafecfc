"""How promises are put to the test: some at once, those that measure times alone, each in its time."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from torture import __main__ as torture_command
from torture.promises import Outcome, in_time


def test_those_that_measure_times_run_alone_and_last(monkeypatch: pytest.MonkeyPatch) -> None:
    promises = {
        "one": SimpleNamespace(SECONDS=1),
        "timed": SimpleNamespace(SECONDS=2, ALONE=True),
        "two": SimpleNamespace(SECONDS=3),
        "three": SimpleNamespace(SECONDS=4),
    }
    running: list[str] = []
    beside: dict[str, int] = {}

    def in_own_process(name: str, seconds: int) -> Outcome:
        running.append(name)
        time.sleep(0.05 * seconds)
        beside[name] = len(running)
        running.remove(name)
        return Outcome(f"{name} for {seconds}", "")

    monkeypatch.setattr(torture_command, "promise_of", promises.__getitem__)
    monkeypatch.setattr(torture_command, "in_own_process", in_own_process)
    found = [outcome.done for _, outcome in torture_command.outcomes(list(promises))]
    assert found == ["one for 1", "two for 3", "three for 4", "timed for 2"]
    assert beside == {"one": 2, "two": 2, "three": 1, "timed": 1}


def test_cases_come_in_one_order_by_chance_until_the_time_is_over() -> None:
    assert sorted(in_time(range(50), 60)) == [*range(50)]
    assert [*in_time(range(50), 60)] == [*in_time(range(50), 60)] != [*range(50)]
    assert [*in_time(range(50), -1)] == []
