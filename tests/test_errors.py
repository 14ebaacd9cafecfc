"""Errors: their fields, the words made from them, and the object that programs get."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.errors import ArticleError, ArticlesRefused, IndexMissing, JudgmentsError, WellreadError

EMPTY = ArticleError("heart/a.md", None, "the file is empty", "write the article, or delete the file")
CONTROL = ArticleError("b.txt", 3, "the line holds the control character U+0007", "delete the character")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WellreadError("nothing is judged", "name the judgments"), "nothing is judged\n    name the judgments"),
        (IndexMissing("there is none", "build it: x", where=Path("index")), "index: there is none\n    build it: x"),
        (CONTROL, "b.txt:3: the line holds the control character U+0007\n    delete the character"),
        (JudgmentsError(Path("q.jsonl"), 7, "not JSON", "mend the file"), "q.jsonl:7: not JSON\n    mend the file"),
        (
            ArticlesRefused([EMPTY, CONTROL]),
            f"2 articles cannot be read; nothing was published:\n{EMPTY}\n{CONTROL}",
        ),
        (EMPTY, "heart/a.md: the file is empty\n    write the article, or delete the file"),
    ],
)
def test_words_are_the_place_the_reason_and_the_remedy_below(error: WellreadError, words: str) -> None:
    assert str(error) == words
    assert str(pickle.loads(pickle.dumps(WellreadError("a", "b", "c", 1)))) == "c:1: a\n    b"


def test_programs_get_the_fields() -> None:
    assert CONTROL.as_dict() == {
        "type": "ArticleError",
        "where": "b.txt",
        "line": 3,
        "reason": "the line holds the control character U+0007",
        "remedy": "delete the character",
    }
    refused = ArticlesRefused([EMPTY]).as_dict()
    assert (refused["type"], refused["reason"]) == (
        "ArticlesRefused",
        "1 article cannot be read; nothing was published",
    )
    assert refused["errors"] == [EMPTY.as_dict()]
    assert (EMPTY.where, EMPTY.line) == ("heart/a.md", None)


def test_nothing_takes_the_words_of_an_error_apart() -> None:
    for file in sorted((ROOT / "wellread").rglob("*.py")):
        code = file.read_text()
        assert "str(error).partition" not in code, file
        assert "str(error).replace" not in code, file
