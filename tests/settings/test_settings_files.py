"""Settings files: neutral without a file, read strictly, each fault with its file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_files import fault, written

from wellread.errors import SettingsError
from wellread.settings import DEFAULT_WORDS, SafetySettings, Settings, own_values, read_settings, readers_settings


def test_are_neutral_without_a_file(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    assert Settings().safety == SafetySettings("your local emergency number", "a crisis line", DEFAULT_WORDS)


def test_are_neutral_where_the_file_is_empty(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()


def test_pass_over_the_mark_that_some_editors_put_before_a_text(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_text('[safety]\nemergency_number = "999"\n', encoding="utf-8-sig")
    assert read_settings(tmp_path).safety.emergency_number == "999"


def test_say_who_embeds(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, 'workers = 4\nray = " 10.0.0.1:6379 "\n'))
    assert (read.workers, read.ray) == (4, "10.0.0.1:6379")
    assert own_values(read) == {"workers": 4, "ray": "10.0.0.1:6379"}
    assert readers_settings(read) == ""  # another generation is not made by it


def test_refuse_what_is_not_toml(tmp_path: Path) -> None:
    error = fault(tmp_path, "[safety]\nemergency_number\n")
    assert error.reason.startswith("is not TOML (")
    assert error.remedy == 'mend that line: a setting is written as name = "value"'


@pytest.mark.parametrize("text", ['keep = 5\nexclude = ["skin"\n\n# end\n', 'keep = 5\nray = """abc\n'])
def test_name_the_line_of_what_is_never_closed(text: str, tmp_path: Path) -> None:
    assert fault(tmp_path, text).line == 2


def test_refuse_what_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_bytes(b'[safety]\ncrisis_line = "\xff"\n')
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        read_settings(tmp_path)
    assert caught.value.remedy == "save it as UTF-8 text, or delete it"


def test_say_what_is_published_and_how_with_paths_from_the_file_s_folder(tmp_path: Path) -> None:
    (tmp_path / "judged").mkdir()
    kb = tmp_path / "articles"
    (kb / "words").mkdir(parents=True)
    (kb / "words" / "ours.tsv").write_text("")
    text = (
        'include = ["heart/*", " skin "]\nexclude = ["drafts"]\njudgments = "../judged"\ntolerance = 0\n'
        'keep = 12\nglossary = "words/ours.tsv"\n'
    )
    assert read_settings(written(kb, text)) == Settings(
        include=("heart/*", "skin"),
        exclude=("drafts",),
        judgments=tmp_path / "judged",
        tolerance=0.0,
        keep=12,
        glossary=kb / "words" / "ours.tsv",
    )


@pytest.mark.parametrize(("key", "what"), [("judgments", "folder"), ("glossary", "file")])
def test_refuse_a_path_that_leads_nowhere(tmp_path: Path, key: str, what: str) -> None:
    error = fault(tmp_path, f'keep = 3\n{key} = "../nowhere"\n')
    assert (error.line, error.reason) == (2, f"there is no {what} {tmp_path.parent / 'nowhere'}")
    assert error.remedy == f"write its path as seen from the folder {tmp_path}, or delete the line"


@pytest.mark.parametrize("value", ["[" * 5000, "9" * 5000, '["a", ' * 3000])
def test_refuse_what_is_too_deep_or_too_long_for_any_setting(tmp_path: Path, value: str) -> None:
    assert fault(tmp_path, f"keep = {value}\n").reason.startswith("is not TOML (")


@pytest.mark.parametrize("text", ["a" + ".a" * 501 + " = 1", "[a" + ".a" * 501 + "]", "x = {a" + ".a" * 501 + " = 1}"])
def test_name_of_too_many_parts_is_refused_before_it_is_read(tmp_path: Path, text: str) -> None:
    error = fault(tmp_path, f"keep = 3\n{text}\n")
    assert (error.line, error.reason) == (2, "has a value or a name with more than 500 dots")


def test_line_of_dots_that_divides_the_file_is_a_comment(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, f"  # {'.' * 501}\nkeep = 3\n")).keep == 3


def test_many_names_with_dots_on_a_line_are_read(tmp_path: Path) -> None:
    assert len(read_settings(written(tmp_path, f"include = {['a.b.md'] * 300}\n")).include) == 300
