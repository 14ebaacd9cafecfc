"""One writer at a time, in a few rounds; `make torture` does many."""

from __future__ import annotations

from pathlib import Path

from torture.library import publish_version
from torture.one_writer import kill_holder, meet, unread_lock


def test_of_several_that_publish_at_once_one_wins_and_the_others_name_it(tmp_path: Path) -> None:
    publish_version(tmp_path / "kb", tmp_path / "index", 0)
    assert meet(tmp_path, tmp_path / "index", 100, count=4) == []


def test_a_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    publish_version(tmp_path / "kb", tmp_path / "index", 0)
    assert kill_holder(tmp_path, tmp_path / "index", 7) == []


def test_the_lock_is_never_read_renamed_or_removed_which_windows_allows_nobody(tmp_path: Path) -> None:
    assert unread_lock(tmp_path) == []
