"""The documents say what is so: their examples are read, their commands exist, their links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.articles.library import read_kb

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
COMMAND = re.compile(
    r"^(?:\$ )?(?:\.venv/bin/)?(python ingest\.py|python evaluate\.py|python -m wellread|wellread)(.*)$", re.MULTILINE
)
COMMANDS = "ask check doctor evaluate fit history import ingest rollback serve watch".split()
DOORS = (
    ["ingest.py"],
    ["evaluate.py"],
    ["-m", "wellread"],
    *(["-m", "wellread", name] for name in COMMANDS),
)


def code_blocks(document: Path) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_a_document_lead_to_files(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", re.sub(r"^```.*?^```", "", document.read_text(), flags=re.M | re.S))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("door", DOORS, ids=" ".join)
def test_every_option_that_the_documents_name_is_in_the_help_of_its_door(door: list[str]) -> None:
    told = subprocess.run([sys.executable, *door, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stderr == ""
    named = {
        option
        for document in DOCUMENTS
        for block in code_blocks(document)
        for program, words in COMMAND.findall(block)
        if door == ([program.split()[1]] if program.endswith(".py") else ["-m", "wellread", *words.split()[:1]])
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words)
    }
    assert {option for option in named if option not in told.stdout} == set()


def test_examples_of_articles_are_read_as_the_document_says(tmp_path: Path) -> None:
    text, markdown = code_blocks(ROOT / "docs" / "articles.md")
    (tmp_path / "hay-fever.txt").write_text(text, encoding="utf-8")
    (tmp_path / "other.md").write_text(markdown, encoding="utf-8")
    by_id = {article.id: article for article in read_kb(tmp_path)}
    assert sorted(by_id) == ["allergy/example-disease", "hay-fever"]
    for article in by_id.values():
        assert article.disclaimer == "Ask your doctor before taking any medicine."
        assert article.source == "Example Clinic"
        assert article.sections[-1].role == "faq"
        assert article.sections[-1].anchor == "faq-catching"
        assert [block.text for block in article.sections[-1].blocks] == ["Here stands the answer."]
