"""Files damaged under a reader, some of the ways; `make torture` tries all of them, more than once."""

from __future__ import annotations

from pathlib import Path

from torture.open_readers import damage_readers


def test_a_reader_answers_as_before_or_refuses_whatever_becomes_of_its_files(tmp_path: Path) -> None:
    counts, faults = damage_readers(tmp_path, 144)
    assert faults == []
    assert counts["damages"] == 144
    assert counts["refused"] > 0
