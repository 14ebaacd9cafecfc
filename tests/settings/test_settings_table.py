"""Values in a settings file: a wrong one is refused with its line and with one that is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_files import fault


@pytest.mark.parametrize("value", ["0", "-2", "2.5", '"two"', "true"])
def test_refuse_a_number_of_workers_that_is_none(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"workers = {value}\n")
    assert (error.line, error.reason) == (1, "workers is no whole number from 1")
    assert error.remedy == "write workers = 2, or delete the line"


@pytest.mark.parametrize("value", ["999", '""', '"  "', "[1]"])
def test_refuse_what_is_no_text(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"[safety]\nemergency_number = {value}\n")
    assert (error.line, error.reason) == (2, "safety.emergency_number is no text")
    assert error.remedy == 'write emergency_number = "…", or delete the line'


def test_refuse_a_section_that_is_a_value(tmp_path: Path) -> None:
    error = fault(tmp_path, 'safety = "999"\n')
    assert (error.line, error.reason) == (1, "safety is no section")
    assert error.remedy == "write a line [safety] and its settings below it"


@pytest.mark.parametrize(
    ("line", "reason", "remedy"),
    [
        ('include = "heart"', "include is no list of patterns", 'write include = ["heart"], or delete the line'),
        ("exclude = [1]", "exclude is no list of patterns", 'write exclude = ["heart/*"], or delete the line'),
        ('exclude = [""]', "exclude is no list of patterns", 'write exclude = ["heart/*"], or delete the line'),
        ('tolerance = "0.05"', "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = 2", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = nan", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = true", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("keep = 0", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("keep = 2.5", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("keep = true", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("judgments = []", "judgments is no text", 'write judgments = "…", or delete the line'),
    ],
)
def test_refuse_a_value_that_is_none_with_one_that_is(tmp_path: Path, line: str, reason: str, remedy: str) -> None:
    error = fault(tmp_path, f"# ours\n\n{line}\n")
    assert (error.line, error.reason, error.remedy) == (3, reason, remedy)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('keep = 3\ninclude = ["a", "b\\u001b[31m"]\n', 2, "include holds the character U+001B"),
        ('[safety]\n\ncrisis_line = "\\u009b31m"\n', 3, "safety.crisis_line holds the character U+009B"),
        ('[safety.words]\nfit = "call\\u0000"\n', 2, "safety.words.fit holds the character U+0000"),
    ],
)
def test_refuse_characters_of_no_text_written_as_escapes(tmp_path: Path, text: str, line: int, reason: str) -> None:
    error = fault(tmp_path, text)
    assert (error.line, error.reason) == (line, f"{reason}, which belongs to no text")
