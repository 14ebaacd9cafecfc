"""The commands that messages name: what the person who reads them can type, where they stand."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.commands import command, ingest_command, install_command, program

BIN = Path(sys.executable).parent


@pytest.fixture
def _not_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join(["/usr/bin", "/bin"]))


def test_the_program_is_its_name_where_the_shell_finds_it() -> None:
    assert program() == "wellread"


@pytest.mark.usefixtures("_not_on_the_path")
class TestWhereTheShellDoesNotFindIt:
    def test_the_program_is_its_path_from_the_working_directory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(BIN.parent)
        assert program() == str(Path(BIN.name) / "wellread")

    def test_the_program_is_its_whole_path_elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert program() == str(BIN / "wellread")

    def test_the_program_is_a_module_of_python_where_it_has_no_script(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", str(tmp_path / "my python"))
        assert program() == f"'{tmp_path / 'my python'}' -m wellread"


def test_words_are_quoted_for_the_shell() -> None:
    assert command("rollback", "--index", "my index", "40cad") == "wellread rollback --index 'my index' 40cad"


def test_folders_by_their_usual_names_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ingest_command(tmp_path / "index", kb=Path("kb")) == "wellread ingest"
    assert ingest_command(Path("other"), kb=Path("a"), model="o/n") == (
        "wellread ingest --kb a --index other --model o/n"
    )


class TestInstalling:
    def test_is_from_the_checkout_where_wellread_runs_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "executable", str(ROOT / ".venv" / "bin" / "python"))
        pip = ".venv/bin/python -m pip install --constraint constraints.txt --editable"
        assert install_command() == f"{pip} ."
        assert install_command("research") == f"{pip} '.[research]'"

    def test_is_by_name_elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wellread.commands.__file__", str(tmp_path / "wellread" / "commands.py"))
        monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
        assert install_command("research") == "/usr/bin/python3 -m pip install 'wellread[research]'"
