"""Segments are opened and hashed once: the next reader takes over what is unchanged, and damage is never taken over."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from conftest import HashEncoder
from index_files import index_file, index_files

from wellread.errors import IndexDamaged
from wellread.index.layout import ARRAYS, current_generation, generation_folder, segment_folder
from wellread.index.manifest import read_manifest
from wellread.index.reader import Reader
from wellread.index.stored import StoredFile
from wellread.index.verified import Verified
from wellread.publishing.publish import publish

NAMES = "asthma burns cramps croup eczema fever".split()


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.md").write_text(f"# {name.title()}\n\n## Care\n\nRest helps against {name}.\n")
    return folder


@pytest.fixture
def index(tmp_path: Path, kb: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of several segments, written long ago."""
    monkeypatch.setattr("wellread.index.segments.LEAST", 2)
    publish(kb, tmp_path / "index", HashEncoder())
    for file in index_files(tmp_path / "index"):
        os.utime(file, ns=(1, 1))
    return tmp_path / "index"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are hashed from now on."""
    names: list[str] = []
    real = StoredFile.holds

    def holds(self: StoredFile, digest: str) -> bool:
        names.append(self.name)
        return real(self, digest)

    monkeypatch.setattr(StoredFile, "holds", holds)
    return names


def sealed_in(index: Path) -> list[tuple[Path, str]]:
    """The files of the segments being served, each with the SHA-256 by which it was sealed."""
    manifest = read_manifest(generation_folder(index, current_generation(index)), "")
    return [
        (segment_folder(index, one.name) / name, str(sealed["sha256"]))
        for one in manifest.segments
        for name, sealed in one.files.items()
    ]


def served(index: Path) -> Reader:
    return Reader(index, (index / "CURRENT").read_text().strip())


def test_the_next_generation_opens_only_the_segments_that_it_does_not_share(
    kb: Path, index: Path, hashed: list[str]
) -> None:
    before = served(index)
    (kb / "fever.md").write_text("# Fever\n\n## Care\n\nDrink tea.\n")
    publish(kb, index, HashEncoder())
    del hashed[:]
    after = served(index)
    shared = [one for one in after.segments if one in before.segments]
    assert len(shared) == len(before.segments) - 1 > 0
    assert len(hashed) <= 2  # the files of one segment, which were written just now
    assert [after.passage(row).article for row in range(6)] == NAMES


def test_a_segment_that_was_written_to_or_replaced_is_not_taken_over(index: Path) -> None:
    before = served(index)
    file = index_file(index, ARRAYS)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(IndexDamaged, match="has other content than was published"):
        served(index)
    file.unlink()
    file.write_bytes(content)
    after = served(index)
    assert after.segments[0] is not before.segments[0]
    assert after.segments[1] is before.segments[1]


def test_what_is_known_to_be_verified_is_not_hashed_again(index: Path, hashed: list[str]) -> None:
    reader = served(index)
    Verified(index).remember(reader.sealed_files())
    generation = reader.generation
    del reader, hashed[:]
    known = Reader(index, generation, Verified(index))
    assert hashed == []
    known.verify()
    assert len(hashed) == 2 * len(known.segments)
    known.verify()
    assert len(hashed) == 2 * len(known.segments)


def test_who_verifies_takes_nothing_over_that_was_not_hashed(index: Path, hashed: list[str]) -> None:
    reader = served(index)
    Verified(index).remember(reader.sealed_files())
    generation = reader.generation
    del reader
    known = Reader(index, generation, Verified(index))
    del hashed[:]
    after = Reader(index, generation)
    assert after.segments == known.segments
    assert len(hashed) == 2 * len(known.segments)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"x": 1}', b"\xff"])
def test_a_memory_that_cannot_be_read_is_none(index: Path, hashed: list[str], content: bytes) -> None:
    (index / "verified.json").write_bytes(content)
    generation = (index / "CURRENT").read_text().strip()
    known = Reader(index, generation, Verified(index))
    assert len(hashed) == 2 * len(known.segments)


def test_rot_that_the_disk_does_not_tell_of_is_mended_where_nothing_has_changed(kb: Path, index: Path) -> None:
    sealed = {file.name + file.parent.name: digest for file, digest in sealed_in(index)}
    file = index_file(index, ARRAYS)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(file, ns=(1, 1))
    # As if the memory knew the file as it is now.
    known = {sealed[one.name + one.parent.name]: StoredFile(one).identity() for one in index_files(index)[1:]}
    (index / "verified.json").write_text(json.dumps(known))
    assert all(Verified(index).knows(StoredFile(one), digest) for one, digest in sealed_in(index))
    report = publish(kb, index, HashEncoder())
    assert (report.embedded, report.generation) == (0, (index / "CURRENT").read_text().strip())
    assert file.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process so")
def test_more_segments_open_than_the_system_usually_allows_files(index: Path) -> None:
    import resource

    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.open(os.devnull, os.O_RDONLY)]
    highest = max(int(name) for name in os.listdir("/dev/fd"))  # noqa: PTH208 - numbers, no paths
    while taken[-1] <= highest:
        taken.append(os.open(os.devnull, os.O_RDONLY))  # so that no lower number is free
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1] + 3, most))
    try:
        reader = served(index)
        assert len(reader.segments) > 1  # three files each, where two more were allowed
        assert [article.id for article in reader.articles()] == NAMES
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
        for number in taken:
            os.close(number)
