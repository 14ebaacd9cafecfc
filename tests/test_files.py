"""Files are read within bounds: a pipe is not waited for, and what has no end is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wellread.errors import GlossaryError, SettingsError, WellreadError
from wellread.files import MAX_TEXT, read_bounded, read_text
from wellread.importing.files import import_files
from wellread.publishing.library_files import read_library_files

LARGE = 1 << 40
"""Bytes of a file that takes no room on the disk, and would take all of the memory."""


def sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(LARGE)


def endless(file: Path) -> None:
    file.symlink_to("/dev/zero")


def test_a_file_of_just_so_many_bytes_is_read_and_one_of_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5) == b"12345"
    with pytest.raises(OSError, match="it is larger than 4 bytes"):
        read_bounded(tmp_path / "a", 4)


def test_texts_are_read_whatever_marks_their_beginning_and_their_lines_end_with(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_text(tmp_path / "a") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "it is not a regular file"),
        (Path.mkdir, "Is a directory"),
        (endless, "it is not a regular file"),
        (sparse, f"it is larger than {MAX_TEXT:,} bytes"),
    ],
)
def test_what_would_never_end_is_refused_beside_the_articles_and_among_files_to_import(
    tmp_path: Path, make: object, reason: str
) -> None:
    assert callable(make)
    make(tmp_path / "wellread.toml")
    with pytest.raises(SettingsError, match=reason):
        read_library_files(tmp_path)
    (tmp_path / "wellread.toml").rename(tmp_path / "glossary.tsv")
    with pytest.raises(GlossaryError, match=reason):
        read_library_files(tmp_path)
    (tmp_path / "glossary.tsv").rename(tmp_path / "page.html")
    (found,) = import_files([tmp_path / "page.html"], tmp_path)
    assert found.article is None
    assert found.reason in (reason, "the file is larger than 50,000,000 bytes")


@pytest.mark.parametrize("name", ["glossary.tsv", "wellread.toml"])
def test_what_is_a_link_to_nothing_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("gone")
    with pytest.raises(WellreadError, match="No such file or directory"):
        read_library_files(tmp_path)
