"""Patterns of files: of a file, of a folder with all that is in it, and those that match nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellread.articles.file_patterns import FilePatterns, matches
from wellread.articles.library import read_library, scan_library
from wellread.errors import KnowledgeBaseError


@pytest.mark.parametrize(
    ("file", "pattern", "is_matched"),
    [
        ("heart/angina.md", "heart/*", True),
        ("heart/a/b.md", "heart/*", True),
        ("heart/a/b.md", "heart", True),
        ("heart/a/b.md", "heart/", True),
        ("heart/a/b.md", "./heart/a", True),
        ("heart.md", "heart", False),
        ("my/heart/a.md", "heart", False),
        ("my/heart/a.md", "*/heart", True),
        ("README.md", "README.md", True),
        ("heart/README.md", "README.md", False),
        ("heart/README.md", "*README.md", True),
        ("a-draft.md", "*-draft.*", True),
        ("Heart/a.md", "heart", False),
        ("a.md", "", False),
    ],
)
def test_a_pattern_is_that_of_a_file_or_a_folder(file: str, pattern: str, is_matched: bool) -> None:
    assert matches(file, pattern) is is_matched


def test_what_is_excluded_is_not_included() -> None:
    patterns = FilePatterns(("heart",), ("heart/drafts", "*.txt"))
    files = ("heart/a.md", "heart/b.txt", "heart/drafts/c.md", "skin/d.md")
    assert [file for file in files if patterns.take(file)] == ["heart/a.md"]


def library(folder: Path) -> Path:
    for name in ("flu.md", "drafts/gout.md", "drafts/plan.xlsx", "notes.pdf"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("# Title\n\nText.\n")
    return folder


def test_a_library_names_what_patterns_leave_out_and_which_match_nothing(tmp_path: Path) -> None:
    read = read_library(library(tmp_path), FilePatterns(exclude=("drafts", "draft/*", "notes.*")))
    assert [article.id for article in read.articles] == ["flu"]
    assert (read.left_out, read.unmatched, read.ignored) == (("drafts/gout.md",), ("draft/*",), ())


def test_an_article_that_is_left_out_may_be_broken(tmp_path: Path) -> None:
    (library(tmp_path) / "drafts" / "gout.md").write_text("")
    read, errors = scan_library(tmp_path, FilePatterns(exclude=("drafts",)))
    assert ([article.id for article in read.articles], errors) == (["flu"], ())


def test_a_library_without_an_article_says_which_patterns_left_none(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError) as refused:
        read_library(library(tmp_path), FilePatterns(("drafts",), ("*.md",)))
    assert refused.value.reason == f"{tmp_path} holds no article that matches drafts beside what is left out (*.md)"
    assert refused.value.remedy.startswith("look how the patterns are written, in the settings or in the command, or ")


def test_texts_are_read_in_place_of_files_and_besides_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# On the disk\n\nOld.\n")
    (tmp_path / "b.md").write_text("# Untouched\n\nAs it is.\n")
    texts = {"a.md": b"# Tried\n\nNew.\n", "sub/c.txt": b"Added\n\nNew too.\n", "out/d.md": b"# Left out\n\nText.\n"}
    library, errors = scan_library(tmp_path, FilePatterns(exclude=("out",), texts=texts))
    assert errors == ()
    assert {article.file: article.title for article in library.articles} == {
        "a.md": "Tried",
        "b.md": "Untouched",
        "sub/c.txt": "Added",
    }
    assert library.left_out == ("out/d.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]
