"""The door for editors: its report for people and for programs, and its refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder

from wellread.cli import doors
from wellread.publishing.lock import only_writer


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "cramps.md").write_text("# Cramps\n\n## Causes\n\nCold water.\n\n## Care\n\nRest your leg.\n")
    return folder


@pytest.fixture
def run(kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the door over the test's folders, with the small encoder in the model's place."""
    monkeypatch.setattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: HashEncoder())
    return lambda *options: doors.ingest(["--kb", str(kb), "--index", str(tmp_path / "index"), *options])


def test_json_has_exactly_the_documented_keys(
    run: Callable[..., int], kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--json") == 0
    first = json.loads(capsys.readouterr().out)
    (kb / "flu.md").write_text("# Grippe\n\n## Signs\n\nFever.\n")
    (kb / "cramps.md").write_text("# Cramps\n\n## Causes\n\nCold water.\n\n## Care\n\nRest.\n")
    assert run("--json") == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    report = json.loads(printed.out)
    assert printed.out.count("\n") == 1
    seconds = report.pop("seconds")
    assert 0 <= seconds < 60
    assert len(report["generation"]) == 16
    assert report.pop("generation") != first.pop("generation")
    # A passage of one sentence is embedded once for both. New texts: flu#signs, cramps#care and the heading "Signs".
    # The others are cramps#causes and the headings "Causes" and "Care".
    assert list(report) == [
        "articles",
        "passages",
        "embedded",
        "reused",
        "judged",
        "settings",
        "left_out",
        "drafts",
        "errors",
        "notes",
        "workers",
    ]
    assert report == {
        "articles": {"added": ["flu"], "changed": ["cramps"], "removed": []},
        "passages": {"added": 2, "kept": 1, "removed": 1},
        "embedded": 3,
        "reused": 3,
        "judged": {"folder": str(kb.parent / "judgments"), "questions": 0},
        "settings": {"file": None, "values": {}, "command": {}},
        "left_out": [],
        "drafts": [],
        "errors": [],
        "notes": [],
        "workers": None,
    }
    assert first["articles"] == {"added": ["cramps"], "changed": [], "removed": []}


def test_the_report_for_people_names_what_changed(
    run: Callable[..., int], kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kb / "scan.pdf").write_bytes(b"%PDF")
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "added      cramps"
    assert "articles   1 added, 0 changed, 0 removed, 0 unchanged" in lines
    assert "passages   2 added, 0 changed, 0 removed, 0 unchanged" in lines
    # Two passages, a heading and a sentence of each.
    assert "texts      4 embedded, 0 reused" in lines
    assert any(line.startswith("Generation ") and " is being served (" in line for line in lines)
    assert "Passed over, not articles (.txt or .md): scan.pdf" in lines
    assert run() == 0
    assert capsys.readouterr().out.startswith("Nothing has changed; generation ")


def test_a_long_list_of_articles_is_cut(run: Callable[..., int], kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(24):
        (kb / f"a{number:02}.md").write_text(f"# Article {number}\n\n## Signs\n\nFever {number}.\n")
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("added ")] == [
        *(f"added      a{number:02}" for number in range(20)),
        "added      … and 5 more",
    ]


def test_every_bad_article_is_named_in_one_run(
    run: Callable[..., int], kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kb / "empty.md").write_text("")
    (kb / "sub").mkdir()
    (kb / "sub" / "blank.txt").write_text("\n \n")
    assert run("--json") == 1
    printed = capsys.readouterr()
    assert list(json.loads(printed.out)) == ["error"]
    assert printed.err.startswith("wellread: 2 articles cannot be read; nothing was published:\n")
    assert "\nempty.md: " in printed.err
    assert "\nsub/blank.txt: " in printed.err
    assert not (tmp_path / "index").exists()


def test_a_missing_folder_is_refused_with_the_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doors.ingest(["--kb", str(tmp_path / "nowhere"), "--index", str(tmp_path / "index")]) == 1
    assert capsys.readouterr().err.startswith(f"wellread: {tmp_path / 'nowhere'} does not exist\n    ")


def test_an_unknown_model_is_refused_with_the_remedy(
    kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doors.ingest(["--kb", str(kb), "--index", str(tmp_path / "index"), "--model", "nonsense"]) == 1
    assert capsys.readouterr().err.startswith("wellread: nonsense: no such folder")


def test_while_another_publishes_it_is_refused(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index").mkdir()
    with only_writer(tmp_path / "index"):
        assert run() == 1
    assert "is publishing here; nothing was published by this command\n" in capsys.readouterr().err
    assert run() == 0


def test_an_interrupt_says_that_nothing_was_published(
    run: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wellread.publishing.publish.publish", interrupted)
    assert run() == 130
    assert capsys.readouterr().err == "wellread: interrupted; nothing was published\n"


@pytest.mark.parametrize("arguments", [["--nonsense"], ["kb"], ["--kb"]])
def test_a_wrong_command_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        doors.ingest(arguments)
    assert left.value.code == 2
    assert "usage: wellread ingest" in capsys.readouterr().err


def test_its_help_is_given_at_once_and_without_the_model() -> None:
    code = (
        "import sys; from wellread.cli import doors\n"
        "try: doors.ingest(['--help'])\n"
        "except SystemExit as left: assert left.code == 0\n"
        "sys.exit(bool(sys.modules.keys() & {'numpy', 'rich', 'sentence_transformers', 'streamlit', 'torch'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(
        word in done.stdout
        for word in ("usage: wellread ingest", "--kb", "--index", "--model", "--json", "exit status")
    )


def test_an_environment_that_names_the_index_is_heeded(
    kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: HashEncoder())
    monkeypatch.setenv("WELLREAD_INDEX", str(tmp_path / "named"))
    assert doors.ingest(["--kb", str(kb), "--json"]) == 0
    assert (tmp_path / "named" / "CURRENT").read_text().strip() == json.loads(capsys.readouterr().out)["generation"]


def test_drafts_and_how_articles_were_read_are_named(
    run: Callable[..., int], kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kb / "_plan.md").write_text("# Plan\n\nx\n")
    (kb / "flu.md").write_text("# Flu\n\n## Signs\n\nFever ~~and rash~~.\n\n## Disclaimer\n\nAsk your nurse.\n")
    assert run() == 0
    printed = capsys.readouterr().out
    assert "drafts     not published: _plan.md (a draft by its name)\n" in printed
    assert 'note       flu.md:5: the struck-out words "and rash" are left out\n' in printed
    assert "note       flu.md:7: taken for the disclaimer, shown with each answer of the article" in printed
