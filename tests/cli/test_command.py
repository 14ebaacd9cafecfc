"""The `wellread` command as a whole: one form of help, errors for programs, and the doors by their old names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.cli.doors import translate
from wellread.cli.main import COMMANDS, _parser, main

NAMES = "ask check doctor evaluate export fit history import ingest insights mcp rollback serve watch".split()
HEAVY = {"numpy", "rich", "sentence_transformers", "streamlit", "torch"}


def help_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


class TestHelp:
    def test_lists_every_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["--help"])
        listed = capsys.readouterr().out.partition("  COMMAND\n")[2].partition("\n\n")[0]
        assert sorted(line.split()[0] for line in listed.splitlines()) == NAMES
        assert len(COMMANDS) == len(NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_of_each_command_has_the_same_form(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        told = help_of(name, capsys)
        assert told.startswith(f"usage: wellread {name} [-h] ")
        assert "\n  --json " in told
        assert f"\nexamples:\n  wellread {'ingest' if name == 'fit' else name}" in told
        assert told.splitlines()[-1].startswith("exit status: 0 ")
        assert [line for line in told.splitlines() if len(line) > 120] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_of_each_command_gives_examples_that_it_takes(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        examples = [line for line in help_of(name, capsys).splitlines() if line.startswith("  wellread ")]
        for example in examples:
            words = example.split("   ")[0] if "   " in example.strip() else example.strip()
            assert vars(_parser().parse_args(words.split()[1:]))

    @pytest.mark.parametrize("words", [["--help"], ["ingest", "--nonsense"], *([name, "--help"] for name in NAMES)])
    def test_and_a_usage_error_import_nothing_heavy(self, words: list[str]) -> None:
        code = (
            "import sys; from wellread.cli.main import main\n"
            f"try: main({words})\n"
            "except SystemExit: pass\n"
            f"sys.exit(' '.join(sys.modules.keys() & {HEAVY}) or 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


class TestAnError:
    @pytest.mark.parametrize("name", ["ask", "history", "rollback", "fit"])
    def test_is_an_object_for_programs_and_words_for_people(
        self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = ["why?"] if name == "ask" else []
        assert main([name, "--json", "--index", str(tmp_path), *words]) == 1
        printed = capsys.readouterr()
        told = json.loads(printed.out)
        assert list(told) == ["error"]
        assert list(told["error"]) == ["type", "where", "line", "reason", "remedy"]
        assert told["error"]["type"] == "IndexMissing"
        assert printed.err.startswith(f"wellread: {tmp_path}: ")

    def test_of_articles_has_an_object_for_each(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "kb").mkdir()
        for name in ("a.md", "b.md"):
            (tmp_path / "kb" / name).write_text("")
        assert main(["ingest", "--json", "--kb", str(tmp_path / "kb"), "--index", str(tmp_path / "index")]) == 1
        error = json.loads(capsys.readouterr().out)["error"]
        assert error["type"] == "ArticlesRefused"
        assert [(one["type"], one["where"], one["reason"]) for one in error["errors"]] == [
            ("ArticleError", "a.md", "the file is empty"),
            ("ArticleError", "b.md", "the file is empty"),
        ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([], ["ingest"]),
        (["--kb", "articles", "--json"], ["ingest", "--kb", "articles", "--json"]),
        (["--dry-run"], ["ingest", "--dry-run"]),
        (["--kb", "articles", "--check"], ["check", "--kb", "articles"]),
        (["--watch", "--keep", "2"], ["watch", "--keep", "2"]),
        (["--history", "--json"], ["history", "--json"]),
        (["--rollback"], ["rollback"]),
        (["--rollback", "40cad", "--json"], ["rollback", "40cad", "--json"]),
        (["--index", "i", "--rollback=40cad"], ["rollback", "--index", "i", "40cad"]),
        (["--doctor"], ["doctor"]),
        (["--import", "a.docx", "b.pdf", "--kb", "k"], ["import", "a.docx", "b.pdf", "--kb", "k"]),
    ],
)
def test_options_of_the_door_for_editors_are_commands_now(old: list[str], new: list[str]) -> None:
    assert translate(old) == new
    assert vars(_parser().parse_args(new))


@pytest.mark.parametrize(("door", "name"), [("ingest.py", "ingest"), ("evaluate.py", "evaluate")])
def test_the_doors_open_by_their_old_names(door: str, name: str) -> None:
    told = subprocess.run([sys.executable, door, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(f"usage: wellread {name} ")


def test_a_folder_that_was_removed_under_the_command_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["check"]) == 1
    assert capsys.readouterr().err == (
        "wellread: the folder that you are in is no longer there\n    go to another one: cd\n"
    )
