"""Which generation readers get while the one being served is damaged."""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path

import pytest
from index_files import index_file
from torture.library import publish_version

from wellread.cli.main import main
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.layout import ARRAYS, current_file, generation_folder, history_file
from wellread.index.reader import Reader
from wellread.publishing import standby
from wellread.publishing.policy import Policy
from wellread.publishing.serving import rollback
from wellread.publishing.standby import Standing, open_readable, stand_ins


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def publish(index: Path, version: int) -> str:
    return publish_version(index.parent / "kb", index, version).generation


def damage(index: Path, generation: str) -> Path:
    file = index_file(index, ARRAYS, generation)
    file.write_bytes(b"")
    return file


def opened(index: Path) -> str:
    return open_readable(index, lambda standing: Reader(standing.index, standing.generation)).generation


def test_the_generation_served_before_stands_in_and_the_log_tells_once(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = publish(index, 1), publish(index, 2)
    assert opened(index) == second
    size = index_file(index, ARRAYS, second).stat().st_size
    file = damage(index, second)
    with caplog.at_level(logging.ERROR, "wellread"):
        assert [opened(index), opened(index)] == [first, first]
    (said,) = (record.getMessage().splitlines()[0] for record in caplog.records)
    assert said == (
        f"generation {second} is damaged: {file}: has 0 bytes, not {size}; the one before it answers,"
        " if there is one, until the next publication"
    )


def test_the_same_texts_published_anew_are_served_again(index: Path) -> None:
    publish(index, 1)
    second = publish(index, 2)
    damage(index, second)
    assert opened(index) != second
    assert publish(index, 2) == second
    assert opened(index) == second


def test_files_that_are_brought_back_are_looked_at_after_a_time(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = publish(index, 1), publish(index, 2)
    file = index_file(index, ARRAYS, second)
    whole = file.read_bytes()
    damage(index, second)
    assert opened(index) == first
    file.write_bytes(whole)
    assert opened(index) == first
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + standby.AGAIN + 1)
    assert opened(index) == second


def test_what_somebody_went_back_from_never_stands_in(index: Path) -> None:
    first, second, third = (publish(index, version) for version in (1, 2, 3))
    rollback(index, second, keep=5)
    assert stand_ins(index) == [second, first]
    damage(index, second)
    assert opened(index) == first
    assert third in {folder.name for folder in (index / "generations").iterdir()}


def test_a_name_that_cannot_be_read_is_damage_too(index: Path, caplog: pytest.LogCaptureFixture) -> None:
    publish(index, 1)
    second = publish(index, 2)
    current_file(index).write_bytes(b"\xff\xff")
    with caplog.at_level(logging.ERROR, "wellread"):
        assert opened(index) == second
    (said,) = (record.getMessage() for record in caplog.records)
    assert said.startswith(f"which generation is being served cannot be read: {current_file(index)}: ")


def test_without_a_history_the_one_written_last_stands_in(index: Path) -> None:
    first, second = publish(index, 1), publish(index, 2)
    history_file(index).unlink()
    damage(index, second)
    assert opened(index) == first


def test_where_none_is_whole_the_damage_of_the_one_being_served_is_told(index: Path) -> None:
    first, second = publish(index, 1), publish(index, 2)
    damage(index, first)
    file = damage(index, second)
    for _ in range(2):
        with pytest.raises(IndexDamaged, match=str(file)):
            opened(index)


def test_a_damaged_one_that_could_stand_in_is_not_looked_at_each_time(index: Path) -> None:
    first, second, third = (publish(index, version) for version in (1, 2, 3))
    damage(index, second)
    damage(index, third)
    looked_at = []

    def look(standing: Standing) -> str:
        looked_at.append(standing.generation)
        return Reader(standing.index, standing.generation).generation

    assert [open_readable(index, look) for _ in range(2)] == [first, first]
    assert looked_at == [third, second, first, first]


def test_where_the_generations_cannot_be_listed_nothing_stands_in_and_the_command_says_so(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(folder: Path) -> list[str]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(os, "listdir", refuse)
    assert stand_ins(index) == []
    assert main(["history", "--index", str(index)]) == 1
    folder = index / "generations"
    assert f"{folder}: Permission denied\n    look at it with: ls -ld {folder}" in capsys.readouterr().err


def test_where_nothing_was_published_nothing_stands_in(index: Path) -> None:
    with pytest.raises(IndexMissing):
        opened(index)


def test_a_generation_that_is_replaced_and_removed_while_it_is_opened_is_no_damage(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(index, 1)

    def slow(standing: Standing) -> Reader:
        if standing.generation == first:
            publish_version(index.parent / "kb", index, 2, Policy(keep=1))
        return Reader(index, standing.generation)

    first = opened(index)
    assert open_readable(index, slow).generation == opened(index) != first
    assert not caplog.records


def test_a_generation_whose_folder_is_gone_is_damage(index: Path) -> None:
    first, second = publish(index, 1), publish(index, 2)
    shutil.rmtree(generation_folder(index, second))
    assert opened(index) == first
