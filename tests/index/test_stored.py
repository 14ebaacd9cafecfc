"""Files of a generation as they are read: from memory or from the disk, and whether they were written to."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from wellread.index import stored
from wellread.index.stored import StoredBytes, StoredFile

WRITTEN = bytes(range(12))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(WRITTEN)
    return tmp_path / "file"


@pytest.mark.parametrize("small", [0, 12])
def test_large_and_small_files_give_the_same(file: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "SMALL", small)
    bytes_ = StoredBytes(file)
    assert bytes_.size == 12
    assert bytes_.span(3, 6).tolist() == [3, 4, 5]
    assert bytes_.rows(np.array([2, 0]), 4).tolist() == [[8, 9, 10, 11], [0, 1, 2, 3]]
    assert bytes_.rows(np.array([], np.int64), 4).shape == (0, 4)
    assert [watched.name for watched in bytes_.watched] == ([] if small else ["file"])


def test_a_large_file_that_is_cut_short_is_an_error_and_not_the_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "SMALL", 0)
    bytes_ = StoredBytes(file)
    os.truncate(file, 5)
    with pytest.raises(OSError, match="file ends after 5 bytes"):
        bytes_.span(3, 6)


def test_a_file_is_known_to_have_been_written_to_until_it_is_found_the_same(file: Path) -> None:
    opened = StoredFile(file)
    assert not opened.written()
    os.utime(file, ns=(0, 1))
    assert opened.written()
    assert not opened.holds(hashlib.sha256(b"").hexdigest())
    assert opened.written()
    assert opened.holds(hashlib.sha256(WRITTEN).hexdigest())
    assert not opened.written()


def test_a_file_without_its_name_is_still_read(file: Path) -> None:
    opened = StoredFile(file)
    file.unlink()
    assert opened.read(0, 12) == WRITTEN
    assert not opened.written()
    assert not opened.replaced()


def test_a_file_whose_name_is_another_ones_is_known(file: Path) -> None:
    opened = StoredFile(file)
    file.rename(file.with_name("elsewhere"))
    file.write_bytes(WRITTEN)
    assert opened.replaced()
    assert not opened.written()


def test_where_a_system_reads_only_from_where_it_stands_it_goes_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pread", raising=False)
    assert StoredFile(file).pieces([8, 0], 2) == bytes([8, 9, 0, 1])
