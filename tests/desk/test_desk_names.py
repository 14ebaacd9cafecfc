"""Names of articles that editors write: none leads out of the folder of the articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellread.desk.names import checked_name, name_for, name_in, place_of
from wellread.errors import WellreadError


@pytest.mark.parametrize(
    "name", ["hay-fever.md", "heart/angina.markdown", "Äpfel und Birnen.txt", "a/b/c.MD", "ä" * 98 + ".md"]
)
def test_name_below_the_folder_is_taken_as_it_is(name: str) -> None:
    assert checked_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "../secret.md",
        "a/../../secret.md",
        "/etc/passwd.md",
        "C:\\secret.md",
        "a\\..\\b.md",
        "a//b.md",
        ".hidden.md",
        ".git/a.md",
        "_draft.md",
        "wellread.toml",
        "a.py",
        "a.md/",
        ".md",
        "…/a.md",
        "a\x00.md",
        "a\u202e.md",
        "a\n.md",
        "~a/b.md",
        "#a#.md",
        "a" * 198 + ".md",
        "ä" * 99 + ".md",
        "README.md",
        "heart/Summary.txt",
        "drafts/angina.md",
        "angina.draft.md",
        "",
    ],
)
def test_name_that_leads_elsewhere_or_to_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(WellreadError, match="cannot be the name of an article"):
        checked_name(name)


@pytest.mark.parametrize("name", ["What is it?.md", "(old) fever.md", "e\u0301tude.txt", "-a.md", "a: b/c.MARKDOWN"])
def test_article_that_is_there_keeps_its_name_whatever_it_is_like(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("# A\n\nB.\n")
    assert name_in(tmp_path, name) == name


@pytest.mark.parametrize("name", ["../a.md", "./a.md", "sub/../a.md", ".hidden.md", "a.toml", "sub//b.md"])
def test_file_that_is_there_but_no_article_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    kb = tmp_path / "kb"
    (kb / "sub").mkdir(parents=True)
    for place in (tmp_path / "a.md", kb / "a.md", kb / ".hidden.md", kb / "a.toml", kb / "sub" / "b.md"):
        place.write_text("A\n")
    with pytest.raises(WellreadError, match="cannot be the name"):
        name_in(kb, name)


def test_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    kb, elsewhere = tmp_path / "kb", tmp_path / "elsewhere"
    kb.mkdir()
    elsewhere.mkdir()
    (kb / "out").symlink_to(elsewhere)
    (kb / "file.md").symlink_to(elsewhere / "file.md")
    for name in ("out/a.md", "file.md"):
        with pytest.raises(WellreadError, match="a link leads it out"):
            place_of(kb, name)
    assert place_of(kb, "heart/a.md") == (kb / "heart" / "a.md").resolve()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Hay Fever.docx", "hay-fever.md"),
        ("../../etc/Fever.pdf", "fever.md"),
        ("C:\\Users\\a\\Fever.html", "fever.md"),
        ("notes.TXT", "notes.txt"),
        ("plan.markdown", "plan.md"),
        ("sore throat " * 20 + ".html", "sore-throat-" * 16 + "sore.md"),
        ("咽" * 80 + ".pdf", "咽" * 65 + ".md"),
    ],
)
def test_dropped_file_gives_its_article_a_name(source: str, name: str) -> None:
    assert name_for(source) == name


def test_dropped_file_without_a_letter_is_refused() -> None:
    with pytest.raises(WellreadError, match="no letter and no digit"):
        name_for("—.docx")
