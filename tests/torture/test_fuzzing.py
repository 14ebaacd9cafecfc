"""Inputs led by coverage, in small numbers; `make torture` tries many."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT

from torture.fuzzing import ABSENT, READERS, fuzz, told
from torture.pdf_pages import pages_of
from torture.readers import readings
from torture.word_bodies import body_of


@pytest.mark.skipif(find_spec("atheris") is None, reason=ABSENT)
def test_readers_are_fuzzed_and_what_surprises_is_told(tmp_path: Path) -> None:
    found = fuzz({"settings": 300, "no such reader": 300}, tmp_path, 60)
    count, fault = found["settings"]
    assert (300 <= count < 310, fault) == (True, "")  # besides the seed and an empty one
    assert found["no such reader"][0] == 0
    assert "StopIteration" in found["no such reader"][1]
    assert len(list((tmp_path / "settings" / "found").iterdir())) > 5  # with which the next run begins


def test_inputs_that_were_known_before_are_not_counted_again(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("#41\tINITED cov: 3\n#90\tDONE\nstat::number_of_executed_units: 90\n")
    assert told(tmp_path / "log") == (49, "")


@pytest.mark.skipif(find_spec("atheris") is None, reason=ABSENT)
def test_what_a_reader_raises_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from torture import fuzzed, readers\n"
        "fuzzed.readings = lambda work: [readers.Reading('glossary', (b'x',), lambda data: {}['surprise'])]\n"
        "fuzzed.main(Path(sys.argv[1]), {'glossary': 9}, [])"
    )
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=paths, check=True, capture_output=True)
    assert "KeyError: 'surprise'" in told(tmp_path / "glossary" / "log")[1]


def test_every_reader_that_is_fuzzed_is_there(tmp_path: Path) -> None:
    assert set(READERS) <= {reading.name for reading in readings(tmp_path)}


def test_bytes_stand_for_texts_and_lines_of_pages() -> None:
    first, second, *others = pages_of(bytes([0, 10, 20, 2, 0, 0, 0, 5, 10, 20, 0, 50, 0, 9]))
    assert [piece.text for piece in first.pieces] == ["Cough"]
    assert (len(second.rules), [page.pieces for page in others]) == (1, [[], []])


def test_bytes_stand_for_elements_of_a_document() -> None:
    assert body_of(bytes([0, 1, 90, 255, 255])) == "<w:p><w:r><w:t>Cough </w:t></w:r></w:p>"
