"""The documents say what is so: what they show was printed, what they name exists, their examples are read."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.articles.library import read_kb
from wellread.cli import main
from wellread.cli.main import COMMANDS

GENERATED = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = [
    *GENERATED,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "index" / "README.md",
    *sorted((ROOT / "judgments").glob("*/README.md")),
    *sorted((ROOT / "training").glob("**/README.md")),
]
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?wellread ([a-z]+)(.*)$", re.MULTILINE)
NAMES = (
    "ingest",
    "ask",
    "serve",
    "evaluate",
    "fit",
    "doctor",
    "check",
    "import",
    "history",
    "rollback",
    "watch",
    "export",
    "mcp",
    "insights",
)


def without_code(document: Path) -> str:
    return re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def code_blocks(document: Path) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def headings(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    written = re.findall(r"^#+ (.+)$", without_code(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in written}


def test_what_documents_show_of_the_terminal_is_what_the_commands_print() -> None:
    files = [str(document.relative_to(ROOT)) for document in GENERATED]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "cogapp",
            "--check",
            "--diff",
            "--verbosity=0",
            "-P",
            "-n",
            "utf-8",
            "-I",
            "tests",
            *files,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, f"run `make docs`\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_to_files_and_headings(document: Path) -> None:
    links = re.findall(r"\]\(([^):]*)\)", without_code(document))
    dead = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in headings(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_of_a_document_exist(document: Path) -> None:
    named = {name for block in code_blocks(document) for name, _ in COMMAND.findall(block)}
    assert named - {*NAMES} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_option_that_the_documents_name_is_in_the_help_of_its_command(name: str) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "wellread", name, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stderr == ""
    named = {
        option
        for document in DOCUMENTS
        for block in code_blocks(document)
        for command, words in COMMAND.findall(block)
        if command == name
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words.partition("#")[0])
    }
    assert {option for option in named if option not in shown.stdout} == set()


def test_the_command_reads_what_a_crontab_and_the_units_run() -> None:
    text = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    run = re.findall(r"^(?:\*/15 .*?|ExecStart=)\S*/wellread (.*?)(?: >.*)?$", text, re.MULTILINE)
    read = [main._parser().parse_args(shlex.split(words)) for words in run]
    assert [(options.run.__module__, str(options.kb), str(options.index)) for options in read] == [
        (f"wellread.cli.{name}", "/srv/wellread/kb", "/srv/wellread/index") for name in ("ingest", "ingest", "watch")
    ]


def test_the_names_here_are_all_commands() -> None:
    assert len(NAMES) == len(COMMANDS)


class TestArchitecture:
    PAGE = ROOT / "docs" / "architecture.md"
    PACKAGE = ROOT / "wellread"

    def test_every_package_has_a_line(self) -> None:
        packages = {file.parent.name for file in self.PACKAGE.glob("*/__init__.py")}
        assert {*re.findall(r"^\| `(\w+)/` \|", self.PAGE.read_text(encoding="utf-8"), re.MULTILINE)} == packages

    def test_the_modules_of_a_packages_line_are_in_that_package(self) -> None:
        page = self.PAGE.read_text(encoding="utf-8")
        lines = re.findall(r"^\| `(\w+)/` \|(.*)$", page, re.MULTILINE)
        lines.append(("importing", page.partition("### What is imported")[2].partition("\n###")[0]))
        missing = [
            f"{package}/{module}"
            for package, line in lines
            for module in re.findall(r"`([\w/]+(?:\.py|/))`", line)
            if not (self.PACKAGE / package / module).exists()
        ]
        assert missing == []

    def test_every_path_exists(self) -> None:
        packages = "|".join(file.parent.name for file in self.PACKAGE.glob("*/__init__.py"))
        named = re.findall(rf"`((?:{packages})/[\w/.]*)`", self.PAGE.read_text(encoding="utf-8"))
        assert [path for path in named if not (self.PACKAGE / path).exists() and not (ROOT / path).exists()] == []


def test_the_example_of_a_table_is_a_table_with_its_note_below(tmp_path: Path) -> None:
    *_, table = code_blocks(ROOT / "docs" / "articles.md")
    (tmp_path / "table.md").write_text(f"# Doses\n\n{table}", encoding="utf-8")
    (article,) = read_kb(tmp_path)
    (section,) = article.sections
    assert [(block.type, block.text) for block in section.blocks] == [
        ("row", "Age | One dose | How often"),
        ("row", "under 5 years | 1 spoon | once a day"),
        ("row", "5 to 11 years | 2 spoons * | twice a day"),
        ("paragraph", "* 1 spoon if the child weighs less than 20 kg."),
    ]


def test_examples_of_articles_are_read_as_the_document_says(tmp_path: Path) -> None:
    text, markdown, _ = code_blocks(ROOT / "docs" / "articles.md")
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
