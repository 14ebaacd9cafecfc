"""Names in a settings file: one that is none is told with the one that is meant, and the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_files import fault

USUAL = 'mend that line: a setting is written as name = "value"'


def test_refuse_an_unknown_key_with_its_line(tmp_path: Path) -> None:
    error = fault(tmp_path, '# ours\n[safety]\nemergency = "999"\n')
    assert (error.line, error.reason) == (3, "safety.emergency is not a setting")
    assert (
        error.remedy
        == "write emergency_number, or delete it: in [safety] can stand emergency_number, crisis_line, words"
    )


def test_refuse_an_unknown_section(tmp_path: Path) -> None:
    error = fault(tmp_path, "\n[safty]\n")
    assert (error.line, error.reason) == (2, "safty is not a setting")
    assert error.remedy == (
        "write safety, or delete it: in this file can stand "
        "include, exclude, judgments, tolerance, keep, glossary, workers, ray, engine, uri, "
        "safety, page, api, desk, insights"
    )


def test_refuse_an_unknown_kind_of_emergency(tmp_path: Path) -> None:
    error = fault(tmp_path, '[safety.words]\n"heart" = "Call."\n')
    assert (error.line, error.reason) == (2, "safety.words.heart is not a setting")


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('whom_to_ask = "Us."', "move whom_to_ask below a line [page]: "),
        ("on = true", "move on below a line [desk] or [insights]: "),
    ],
)
def test_know_where_a_setting_of_a_section_belongs(tmp_path: Path, line: str, remedy: str) -> None:
    assert fault(tmp_path, f"{line}\n").remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("include = heart/*", 'write include = ["heart/*"]'),
        ("exclud: drafts, old", 'write exclude = ["drafts", "old"]'),
        ("tolerance = 0,05", "write tolerance = 0.05"),
        ("glossary = “terms.tsv”", 'write glossary = "terms.tsv"'),
        ("tolerance = .05", "write tolerance = 0.05"),
        ("tolerance = 0,0,5", USUAL),
        ("rate: 060", "write rate = 60"),
        ("rate = 1,200", USUAL),  # 1200, or 1.2?
        ("origins = https://www.example.org", 'write origins = ["https://www.example.org"]'),
        ("whom_to_ask = our nurses", 'write whom_to_ask = "our nurses"'),
        ("colour = blue", USUAL),
    ],
)
def test_line_that_is_not_toml_is_shown_as_it_should_be(tmp_path: Path, line: str, remedy: str) -> None:
    error = fault(tmp_path, f"# ours\n{line}\n")
    assert (error.line, error.remedy) == (2, remedy)


@pytest.mark.parametrize(
    ("text", "line", "name", "meant"),
    [
        ('excludes = ["a"]\n', 1, "excludes", "write exclude, or delete it"),
        ('keep = 3\nJudgements = "../j"\n', 2, "Judgements", "write judgments, or delete it"),
        ("KEEP = 3\n", 1, "KEEP", "write keep, or delete it"),
        ('[safety]\ncrisis-line = "x"\n', 2, "safety.crisis-line", "write crisis_line, or delete it"),
        ("[safety]\nkeep = 3\n", 2, "safety.keep", "move keep above the first line in brackets"),
        ('emergency_number = "999"\n', 1, "emergency_number", "move emergency_number below a line [safety]"),
        ('safety.words.fits = "x"\n', 1, "safety.words.fits", "write fit, or delete it"),
        ('safety.emergncy_number = "9"\n', 1, "safety.emergncy_number", "write emergency_number, or delete it"),
        ('safety = {words = {strok = "x"}}\n', 1, "safety.words.strok", "write stroke, or delete it"),
        ("colour = 1\n", 1, "colour", "delete it, or mend its name"),
    ],
)
def test_name_the_setting_that_is_meant(tmp_path: Path, text: str, line: int, name: str, meant: str) -> None:
    error = fault(tmp_path, text)
    assert (error.line, error.reason) == (line, f"{name} is not a setting")
    assert error.remedy.partition(":")[0] == meant


def test_find_the_line_of_a_key_in_its_own_section(tmp_path: Path) -> None:
    error = fault(tmp_path, '[safety.words]\nother = "Call."\n\n[safety]\nother = "x"\n')
    assert (error.line, error.reason) == (5, "safety.other is not a setting")


@pytest.mark.parametrize("text", ["keep = 3\nkeep = 4\n", "keep = 3\ntolerance = \n", "\nkeep: 3\n"])
def test_name_the_line_that_is_not_toml(tmp_path: Path, text: str) -> None:
    assert fault(tmp_path, text).line == 2


def test_switch_without_quotes_is_shown_as_it_should_be_written(tmp_path: Path) -> None:
    assert fault(tmp_path, "[page]\nfeedback = yes\n").remedy == "write feedback = true"
