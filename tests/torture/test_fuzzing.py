"""Inputs led by coverage, in small numbers; `make torture` tries many."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from torture.fuzzing import ABSENT, READERS, fuzz
from torture.pdf_pages import pages_of
from torture.readers import readings
from torture.word_bodies import body_of


@pytest.mark.skipif(find_spec("atheris") is None, reason=ABSENT)
def test_readers_are_fuzzed_and_what_surprises_is_told(tmp_path: Path) -> None:
    found = fuzz(("settings", "no such reader"), tmp_path, 300, 10)
    assert found["settings"] == (300, "")
    count, fault = found["no such reader"]
    assert count == 0
    assert "StopIteration" in fault  # what surprises is told


def test_every_reader_that_is_fuzzed_is_there(tmp_path: Path) -> None:
    assert set(READERS) <= {reading.name for reading in readings(tmp_path)}


def test_bytes_stand_for_texts_and_lines_of_pages() -> None:
    first, second, *others = pages_of(bytes([0, 10, 20, 2, 0, 0, 0, 5, 10, 20, 0, 50, 0, 9]))
    assert [piece.text for piece in first.pieces] == ["Cough"]
    assert (len(second.rules), [page.pieces for page in others]) == (1, [[], []])


def test_bytes_stand_for_elements_of_a_document() -> None:
    assert body_of(bytes([0, 1, 90, 255, 255])) == "<w:p><w:r><w:t>Cough </w:t></w:r></w:p>"
