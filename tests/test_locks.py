"""The locks have the versions of constraints.txt, and hashes of them all."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from conftest import ROOT

MADE_ANEW = "run: make lock"
WITHOUT_HASH = {"torch"}
"""Its builds differ by the index that they come from."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: Path) -> dict[str, str]:
    """The versions by name."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in found}


def needed(extra: str = "") -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    words = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {normal(re.split(r"[\[<>=;]", word)[0]) for word in words}


def test_versions_are_those_of_the_constraints() -> None:
    constraints = pinned(ROOT / "constraints.txt")
    locked = pinned(ROOT / "locks" / "run.txt") | pinned(ROOT / "locks" / "dev.txt")
    assert {name: locked.get(name) for name in constraints.keys() - WITHOUT_HASH} == {
        name: version for name, version in constraints.items() if name not in WITHOUT_HASH
    }, MADE_ANEW


def test_what_the_constraints_do_not_know_is_for_other_systems() -> None:
    text = "".join((ROOT / "locks" / name).read_text(encoding="utf-8") for name in ("run.txt", "dev.txt"))
    lines = re.findall(r"^([\w.-]+)==\S+(.*)", text, re.MULTILINE)
    constraints = pinned(ROOT / "constraints.txt")
    assert [name for name, marker in lines if normal(name) not in constraints and " ; " not in marker] == []


def test_each_has_hashes() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "locks" / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\w)", text)
        assert len(blocks) > 50
        assert [block for block in blocks[1:] if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


def test_what_is_needed_is_in_them() -> None:
    run, dev = pinned(ROOT / "locks" / "run.txt"), pinned(ROOT / "locks" / "dev.txt")
    assert needed() - run.keys() == WITHOUT_HASH, MADE_ANEW
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.findall(r"wellread\[(.*)\]", extras["dev"][0])[0].split(",")
    assert set().union(*map(needed, [*named, "dev"])) - run.keys() - dev.keys() == {"wellread"}, MADE_ANEW
