"""The settings of a library: neutral without a file, read strictly, each fault with its file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellread.errors import SettingsError
from wellread.settings import DEFAULT_WORDS, EMERGENCY_KINDS, SafetySettings, Settings, read_settings


def written(folder: Path, text: str) -> Path:
    (folder / "wellread.toml").write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read_settings(written(folder, text))
    assert caught.value.where == str(folder / "wellread.toml")
    return caught.value


def test_are_neutral_without_a_file(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    assert Settings().safety == SafetySettings("your local emergency number", "a crisis line", DEFAULT_WORDS)


def test_are_neutral_where_the_file_is_empty(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()


def test_pass_over_the_mark_that_some_editors_put_before_a_text(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_text('[safety]\nemergency_number = "999"\n', encoding="utf-8-sig")
    assert read_settings(tmp_path).safety.emergency_number == "999"


def test_have_words_for_every_kind_of_emergency() -> None:
    assert tuple(DEFAULT_WORDS) == EMERGENCY_KINDS
    assert DEFAULT_WORDS["stroke"] == "This may be an emergency. Call {emergency_number} now."


def test_name_whom_to_call(tmp_path: Path) -> None:
    read = read_settings(
        written(tmp_path, '[safety]\nemergency_number = "999"\ncrisis_line = "Samaritans (116 123)"\n')
    )
    assert read.safety == SafetySettings("999", "Samaritans (116 123)", DEFAULT_WORDS)


def test_replace_the_words_of_some_kinds(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, '[safety.words]\npoisoning = "Ring {emergency_number}."\n'))
    assert read.safety.words == {**DEFAULT_WORDS, "poisoning": "Ring {emergency_number}."}


def test_refuse_an_unknown_key_with_its_line(tmp_path: Path) -> None:
    error = fault(tmp_path, '# ours\n[safety]\nemergency = "999"\n')
    assert (error.line, error.reason) == (3, "safety.emergency is not a setting")
    assert error.remedy == ("delete it, or mend its name: in [safety] can stand emergency_number, crisis_line, words")


def test_refuse_an_unknown_section(tmp_path: Path) -> None:
    error = fault(tmp_path, "\n[safty]\n")
    assert (error.line, error.reason) == (2, "safty is not a setting")
    assert error.remedy == "delete it, or mend its name: in this file can stand safety"


def test_refuse_an_unknown_kind_of_emergency(tmp_path: Path) -> None:
    error = fault(tmp_path, '[safety.words]\n"heart" = "Call."\n')
    assert (error.line, error.reason) == (2, "safety.words.heart is not a setting")


@pytest.mark.parametrize("value", ["999", '""', '"  "', "[1]"])
def test_refuse_what_is_no_text(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"[safety]\nemergency_number = {value}\n")
    assert (error.line, error.reason) == (2, "safety.emergency_number is no text")
    assert error.remedy == 'write emergency_number = "…", or delete the line'


def test_refuse_a_section_that_is_a_value(tmp_path: Path) -> None:
    error = fault(tmp_path, 'safety = "999"\n')
    assert (error.line, error.reason) == (1, "safety is no section")
    assert error.remedy == "write a line [safety] and its settings below it"


@pytest.mark.parametrize("words", ["Call {number} now.", "Call {} now.", "Call {emergency_number now."])
def test_refuse_braces_that_stand_for_nothing(tmp_path: Path, words: str) -> None:
    error = fault(tmp_path, f'[safety.words]\nfit = "{words}"\n')
    assert (error.line, error.reason) == (2, "the words of fit have braces that stand for nothing")
    assert error.remedy == "write only {emergency_number} and {crisis_line} in braces"


def test_refuse_what_is_not_toml(tmp_path: Path) -> None:
    error = fault(tmp_path, "[safety]\nemergency_number\n")
    assert error.reason.startswith("is not TOML (")
    assert error.remedy == 'mend that line: a setting is written as name = "value"'


def test_refuse_what_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_bytes(b'[safety]\ncrisis_line = "\xff"\n')
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        read_settings(tmp_path)
    assert caught.value.remedy == "save it as UTF-8 text, or delete it"
