"""Files of a generation as they are read: from memory or from the disk, and whether they were written to."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from wellread.index import stored
from wellread.index.stored import Piece, StoredFile, StoredRows

WRITTEN = bytes(range(12))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(WRITTEN)
    return tmp_path / "file"


def rows_of(*files: Path) -> StoredRows:
    """The bytes behind the first of each file, four to a row; those of a file without rows are none."""
    opened = [StoredFile(file) for file in files]
    return StoredRows([Piece(one, min(1, one.size), (one.size - 1) // 4 if one.size else 0, 4) for one in opened], 4)


@pytest.mark.parametrize("small", [0, 24])
def test_large_and_small_arrays_give_the_same_rows_of_all_files(
    tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "SMALL", small)
    contents = {"one": range(13), "none": [], "two": range(20, 33)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(bytes(content))
    rows = rows_of(*(tmp_path / name for name in contents))
    assert len(rows) == 6
    assert rows.rows(np.array([5, 0, 3])).tolist() == [[29, 30, 31, 32], [1, 2, 3, 4], [21, 22, 23, 24]]
    assert rows.rows(np.array([], np.int64)).shape == (0, 4)
    assert rows.span(3, 5).tolist() == [[21, 22, 23, 24], [25, 26, 27, 28]]
    assert rows.span(6, 6).shape == (0, 4)
    spans = rows.spans(np.array([1, 3, 4]), np.array([3, 3, 5]))
    assert spans[:, 0].tolist() == [5, 9, 25]
    assert rows.spans(np.array([], np.int64), np.array([], np.int64)).shape == (0, 4)


def test_a_large_file_that_is_cut_short_is_an_error_and_not_the_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "SMALL", 0)
    rows = rows_of(file)
    os.truncate(file, 5)
    with pytest.raises(OSError, match="file ends after 5 bytes"):
        rows.span(1, 2)


def test_rows_of_another_width_are_refused(file: Path) -> None:
    with pytest.raises(ValueError, match="rows of other than 6 bytes"):
        StoredRows([Piece(StoredFile(file), 0, 3, 4)], 6)


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
    assert not opened.stands()


def test_a_file_whose_name_is_another_ones_is_known(file: Path) -> None:
    opened = StoredFile(file)
    file.rename(file.with_name("elsewhere"))
    file.write_bytes(WRITTEN)
    assert not opened.stands()
    assert not opened.written()


def test_where_a_system_reads_only_from_where_it_stands_it_goes_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pread", raising=False)
    opened = StoredFile(file)
    assert [opened.read(8, 2), opened.read(0, 2)] == [bytes([8, 9]), bytes([0, 1])]


class TestAFileThatWasOpened:
    @pytest.fixture
    def old(self, file: Path) -> Path:
        """A file that was written long before it was opened."""
        os.utime(file, ns=(1, 1))
        return file

    def test_is_known_to_be_unchanged_while_nobody_touches_it(self, old: Path) -> None:
        opened = StoredFile(old)
        assert opened.unchanged()
        assert opened.identity() == StoredFile(old).identity() != None  # noqa: E711 - it is known, and the same

    def test_is_another_one_when_it_was_written_to(self, old: Path) -> None:
        opened, before = StoredFile(old), StoredFile(old).identity()
        old.write_bytes(WRITTEN)
        assert not opened.unchanged()
        assert opened.identity() is None
        os.utime(old, ns=(1, 1))  # its time is brought back: that the disk notes too
        assert StoredFile(old).identity() != before

    def test_is_another_one_when_it_was_replaced_or_is_gone(self, old: Path) -> None:
        opened = StoredFile(old)
        old.unlink()
        assert not opened.unchanged()
        old.write_bytes(WRITTEN)
        os.utime(old, ns=(1, 1))
        assert not opened.stands()
        assert not opened.unchanged()

    def test_just_after_it_was_written_is_not_known_to_be_unchanged(self, file: Path) -> None:
        # A second write within a tick of the clock would not show.
        opened = StoredFile(file)
        assert not opened.unchanged()
        assert opened.identity() is None
