"""What other code made is made anew: which files count, and what about them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from wellread.encoders.cache import VectorCache, encoders_code
from wellread.fingerprints import PACKAGE, fingerprint_of, package_files
from wellread.publishing.plan import shaping_files

LOADED = """
import sys
import wellread.encoders.minilm, wellread.encoders.sentence_transformer, wellread.publishing.build
print(*sorted(name for name in sys.modules if name.split(".")[0] == "wellread"))
"""

SHAPING_NOTHING = {
    "wellread", "wellread.articles.file_patterns", "wellread.articles.findings",
    "wellread.commands", "wellread.errors", "wellread.files", "wellread.fingerprints", "wellread.progress",
    "wellread.encoders.cache", "wellread.index.composed", "wellread.index.opening", "wellread.index.port",
    "wellread.index.reader", "wellread.index.verified", "wellread.index.words",
    "wellread.publishing.embedding.team",
    "wellread.search", "wellread.search.glossary", "wellread.search.names", "wellread.settings",
    "wellread.settings.files", "wellread.settings.names", "wellread.settings.sections", "wellread.settings.table",
    "wellread.settings.values", "wellread.settings.writing",
}  # fmt: skip
"""What building a generation imports and what does not decide what it holds: the last line checks the settings and the
glossary, whose texts a generation keeps and is named by."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, whose fingerprints are taken."""
    copy = tmp_path / "wellread"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module in ("wellread.fingerprints", "wellread.publishing.plan"):
        monkeypatch.setattr(f"{module}.PACKAGE", copy)
    return copy


def both() -> tuple[str, str]:
    """The fingerprints that passages and vectors go by."""
    return fingerprint_of(shaping_files()), encoders_code.__wrapped__()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_every_module_that_building_imports_counts() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    counted = {
        ".".join(("wellread", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for file in shaping_files()
        if file.suffix == ".py"
    }
    assert set(done.stdout.split()) - SHAPING_NOTHING <= counted
    assert PACKAGE / "encoders" / "minilm.onnx" in shaping_files()


def test_comments_docstrings_and_layout_change_nothing(package: Path) -> None:
    before = both()
    change(package / "encoders" / "minilm.py", "LAYERS = 6\n", "LAYERS  =  6  # as published\n")
    change(package / "encoders" / "minilm.py", '"""The model\'s shape: its config', '"""Shape: the config')
    change(package / "text" / "terms.py", "from __future__", "# A comment.\nfrom __future__")
    change(package / "errors.py", "remedy = remedy", "remedy = remedy.strip()")
    assert both() == before


@pytest.mark.parametrize("number", [("EPSILON = 1e-12", "EPSILON = 1e-11"), ("MAX_TOKENS = 256", "MAX_TOKENS = 255")])
def test_a_number_of_the_encoder_changes_passages_and_vectors(package: Path, number: tuple[str, str]) -> None:
    passages, vectors = both()
    change(package / "encoders" / "minilm.py", *number)
    assert both()[0] != passages
    assert both()[1] != vectors


def test_the_network_changes_passages_and_vectors(package: Path) -> None:
    passages, vectors = both()
    network = package / "encoders" / "minilm.onnx"
    network.write_bytes(network.read_bytes() + b"\0")
    assert both()[0] != passages
    assert both()[1] != vectors


def test_how_articles_are_cut_changes_passages_and_no_vector(package: Path) -> None:
    passages, vectors = both()
    file = package / "articles" / "passages.py"
    file.write_text(f"{file.read_text()}\nLONGEST = 7\n")
    assert both()[0] != passages
    assert both()[1] == vectors


def test_a_string_that_is_a_value_counts_and_one_that_stands_alone_does_not(package: Path) -> None:
    def of(code: str) -> str:
        file = package / "module.py"
        file.write_text(code)
        return fingerprint_of([file])

    assert of('def f():\n    """Say."""\n    return "a"\n') == of('def f():\n    return "a"  # a\n')
    assert of('def f():\n    return "a"\n') != of('def f():\n    return "b"\n')
    assert of('if x:\n    "only this"\n') == of("if x:\n    'or that'\n")


def test_a_vector_of_other_code_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = VectorCache(tmp_path / "cache", "model")
    cache.add(["Rest."], np.ones((1, 4), np.float32))
    assert list(cache.find(["Rest."])) == ["Rest."]
    monkeypatch.setattr("wellread.encoders.cache.encoders_code", lambda: "other")
    assert cache.find(["Rest."]) == {}
    cache.close()


def test_files_of_a_package_come_in_the_order_of_their_names_without_those_left_out() -> None:
    names = [file.name for file in package_files("text", ("queries",))]
    assert names == sorted(names)
    assert {"terms.py", "words.py"} <= set(names)
    assert "queries.py" not in names
