"""The settings of a run: those of the library's file, with what a command says over them, and how they are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wellread.errors import SettingsError
from wellread.publishing.policy import Policy, settings_used
from wellread.relevance.judgments import JudgmentsFolder

TEXT = 'exclude = ["drafts"]\ntolerance = 0.05\nkeep = 9\n\n[safety]\ncrisis_line = "ours"\n'


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("kb")
    folder.mkdir()
    return folder


def test_a_command_wins_over_the_file_and_is_said_to(kb: Path) -> None:
    (kb / "wellread.toml").write_text(TEXT)
    used = settings_used(kb, {"tolerance": 0.1, "include": ("heart/*",)})
    assert used.policy(used.judgments(kb)) == Policy(include=("heart/*",), exclude=("drafts",), tolerance=0.1, keep=9)
    assert used.as_text().splitlines() == [
        'settings   kb/wellread.toml: exclude = ["drafts"], tolerance = 0.05, keep = 9, safety.crisis_line = "ours"',
        '           from the command: tolerance = 0.1, include = ["heart/*"]',
    ]


def test_a_library_without_the_file_has_the_usual_ones(kb: Path) -> None:
    used = settings_used(kb)
    assert used.policy(used.judgments(kb)) == Policy()
    assert used.as_text() == "settings   the usual ones; there is no kb/wellread.toml"


def test_a_file_that_says_what_is_usual_is_named(kb: Path) -> None:
    (kb / "wellread.toml").write_text("keep = 5\n")
    assert settings_used(kb).as_text() == "settings   kb/wellread.toml: all as usual"


def test_a_long_value_is_cut_short_in_the_report(kb: Path) -> None:
    (kb / "wellread.toml").write_text(f'[safety]\ncrisis_line = "{"x" * 90}"\n')
    assert settings_used(kb).as_text() == f'settings   kb/wellread.toml: safety.crisis_line = "{"x" * 58}…'


def test_programs_get_the_file_its_own_values_and_those_of_the_command(kb: Path) -> None:
    (kb / "wellread.toml").write_text('glossary = "ours.tsv"\nkeep = 9\n')
    (kb / "ours.tsv").write_text("")
    assert json.loads(json.dumps(settings_used(kb, {"keep": 2}).as_json(), default=str)) == {
        "file": "kb/wellread.toml",
        "values": {"keep": 9, "glossary": "kb/ours.tsv"},
        "command": {"keep": 2},
    }


def test_judged_questions_are_those_of_the_file(kb: Path) -> None:
    for folder in ("judgments", "ours"):
        (kb.parent / folder / folder / "qrels").mkdir(parents=True)
        (kb.parent / folder / folder / "queries.jsonl").write_text('{"_id": "q", "text": "why"}\n')
        (kb.parent / folder / folder / "qrels" / "t.tsv").write_text("query-id\tcorpus-id\tscore\n")
    assert [found.name for found in settings_used(kb).judgments(kb).collections] == ["judgments"]
    (kb / "wellread.toml").write_text('judgments = "../ours"\n')
    assert [found.name for found in settings_used(kb).judgments(kb).collections] == ["ours"]


def test_judged_questions_beside_the_articles_are_named_from_the_top_as_they_are(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = kb.absolute()
    monkeypatch.chdir("/")
    assert settings_used(place).judgments(place).path == place.parent / "judgments"


def test_address_that_is_none_is_told_with_the_file_and_line_that_say_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WELLREAD_ENGINE", "WELLREAD_MILVUS_URI"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "wellread.toml").write_text('keep = 5\nengine = "milvus"\n')
    nothing = JudgmentsFolder(tmp_path, ())
    with pytest.raises(SettingsError) as refused:
        settings_used(tmp_path).policy(nothing)
    assert (refused.value.where, refused.value.line) == (str(tmp_path / "wellread.toml"), 2)
    with pytest.raises(SettingsError) as refused:
        settings_used(tmp_path, {"engine": "milvus", "uri": "nowhere"}).policy(nothing)
    assert (refused.value.where, refused.value.line) == ("uri", None)
