"""Kills, errors and damage in small numbers; `make torture` tries many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from torture.changes_refused import changes
from torture.damage import damage
from torture.kills import OPERATIONS, Operation, kill
from torture.power_loss import lose_power
from torture.readers import readings, survive
from torture.told_truly import fail
from torture.tracing import ABSENT, can_trace
from torture.whole_generations import read_while_publishing

traced = pytest.mark.skipif("CI" not in os.environ and not can_trace(), reason=ABSENT)
"""Where `CI` is set nothing may be left out unseen: without strace these tests fail."""


@traced
def test_a_killed_publication_leaves_the_old_or_the_new_generation(tmp_path: Path) -> None:
    points, faults = kill(tmp_path, OPERATIONS[1:2], 8)
    assert faults == []
    assert points >= 6


@traced
@pytest.mark.parametrize("operation", OPERATIONS[:3:2], ids=lambda operation: operation.name)
def test_what_is_said_of_an_error_is_what_is_served(tmp_path: Path, operation: Operation) -> None:
    told, faults = fail(tmp_path, (operation,), ("EIO",), 10)
    assert faults == []
    assert sum(told.values()) == 10


@traced
def test_a_disk_that_lost_the_power_has_the_old_or_the_new_generation(tmp_path: Path) -> None:
    states, faults = lose_power(tmp_path, OPERATIONS[1:2], 30)
    assert faults == []
    assert states >= 30


def test_damage_in_any_file_is_found_when_it_is_opened(tmp_path: Path) -> None:
    counts, faults = damage(tmp_path, 120)
    assert faults == []
    assert counts["refused"] > 100


def test_readers_meet_whole_generations_while_others_are_published(tmp_path: Path) -> None:
    answers, opened, faults = read_while_publishing(tmp_path, readers=2, publications=4, least=20)
    assert faults == []
    assert answers >= 40
    assert opened > 2


def test_readers_read_or_refuse_whatever_is_changed(tmp_path: Path) -> None:
    results = [survive(reading, 0.4) for reading in readings(tmp_path)]
    assert [fault for *_, faults in results for fault in faults] == []
    assert all(count for _, count, _, _ in results)


def test_what_an_index_was_made_by_is_refused_when_it_is_changed(tmp_path: Path) -> None:
    assert [said for right, said in dict(changes(tmp_path)).values() if not right] == []
