"""The house holds: imports point downward, and each heavy library has one place that knows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.plan import SHAPING

FLOORS = (
    """errors models files words wording lines sentences duplicates changes history watch checks judgments
    __init__""".split(),
    """anchors decoding outline frontmatter headings markdown plaintext articles wordtext webtext pdftext importing
    lint passages graph minilm encoder classifier calibration trust rerank vectors lexical database cache lock index
    ranking plan build soundness spelling""".split(),
    "search serving".split(),
    "evaluation gate lessons learning weighing fitting".split(),
    "publish doctor".split(),
    [
        f"research.{name}"
        for name in """__init__ outcome arms statistics comparison ground asking measuring beir trec evaluating failures
        tables provenance outputs style drawing plots report command""".split()
    ],
    "reporting options progress cli __main__".split(),
)
"""The library's modules from the ground up. One may import those below it, and its neighbours if that makes no ring."""

DOORS = ("app", "ingest", "evaluate")

LIBRARY = ROOT / "wellread"
MODULES = {
    ".".join(file.relative_to(LIBRARY).with_suffix("").parts): file
    for folder in (LIBRARY, LIBRARY / "research")
    for file in sorted(folder.glob("*.py"))
}
PAGE = sorted((ROOT / "page").glob("*.py"))
EVERYTHING = [*MODULES.values(), *PAGE, *sorted(ROOT.glob("*.py"))]


def imported(file: Path) -> Iterator[str]:
    """The full names of what a file imports, inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def siblings(file: Path) -> set[str]:
    """The modules of the library that a file imports, those of a sub-package behind its name."""
    parts = [name.split(".")[1:] for name in imported(file) if name.startswith("wellread.")]
    return {".".join(names[: 2 if names[0] == "research" else 1]) for names in parts}


def importers(library: str) -> list[str]:
    return [
        file.relative_to(ROOT).as_posix()
        for file in EVERYTHING
        if any(name.split(".")[0] == library for name in imported(file))
    ]


def test_every_module_has_one_floor() -> None:
    assert sorted(name for floor in FLOORS for name in floor) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_its_own_floor_and_those_below(name: str) -> None:
    height = next(height for height, floor in enumerate(FLOORS) if name in floor)
    below = {other for floor in FLOORS[: height + 1] for other in floor}
    assert siblings(MODULES[name]) <= below


def test_imports_make_no_ring() -> None:
    try:
        order = list(TopologicalSorter({name: siblings(file) for name, file in MODULES.items()}).static_order())
    except CycleError as ring:
        pytest.fail(f"{ring.args[1]}")
    assert set(order) == set(MODULES)


def test_readers_and_editors_do_not_need_what_researchers_measure() -> None:
    research = {name for name in MODULES if name.startswith("research.")}
    users = {name for name, file in MODULES.items() if siblings(file) & research} - research
    assert users == set()
    assert [file.name for file in (*PAGE, ROOT / "app.py", ROOT / "ingest.py") if siblings(file) & research] == []


def test_nothing_imports_a_door() -> None:
    assert [door for door in DOORS if importers(door)] == []


def test_the_library_does_not_know_the_page() -> None:
    assert [file for file in importers("page") if file.startswith("wellread/")] == []


def test_streamlit_is_known_to_the_page_alone() -> None:
    users = importers("streamlit")
    assert "app.py" in users
    assert [file for file in users if file != "app.py" and not file.startswith("page/")] == []


@pytest.mark.parametrize(
    ("library", "places"),
    [
        ("sentence_transformers", ["wellread/encoder.py", "wellread/rerank.py"]),
        ("transformers", ["wellread/encoder.py"]),
        ("tokenizers", ["wellread/encoder.py", "wellread/minilm.py"]),
        ("onnxruntime", ["wellread/minilm.py"]),
        ("torch", []),
        ("faiss", ["wellread/vectors.py"]),
        ("Stemmer", ["wellread/lexical.py"]),
        ("fcntl", ["wellread/lock.py"]),
        ("ir_measures", ["wellread/evaluation.py"]),
        ("matplotlib", ["wellread/research/drawing.py", "wellread/research/plots.py"]),
        ("scipy", ["wellread/learning.py", "wellread/research/statistics.py"]),
        ("statsmodels", ["wellread/research/statistics.py"]),
        ("markdown_it", ["wellread/markdown.py"]),
        ("yaml", ["wellread/frontmatter.py"]),
    ],
)
def test_a_library_is_imported_in_its_own_places_alone(library: str, places: list[str]) -> None:
    assert importers(library) == places


def test_all_code_that_cuts_articles_is_in_the_fingerprint_of_the_code() -> None:
    shaping, found = {"articles", "passages", "database", "index", "build"}, set[str]()
    reached = ["articles", "passages", "database"]
    while reached:
        name = reached.pop()
        found.add(name)
        reached += siblings(MODULES[name]) - found
    assert (found | shaping) - {"encoder"} <= set(SHAPING) <= set(MODULES)
