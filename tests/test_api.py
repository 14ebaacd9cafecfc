"""The public Python API: what it names, how fast it is imported, how it is typed, and that its document is true."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import wellread

RIGHT = """\
from pathlib import Path

import wellread

def ask(folder: Path) -> str:
    report: wellread.Report = wellread.publish(folder / "kb", folder / "index", policy=wellread.Policy(keep=2))
    searcher: wellread.Searcher = wellread.open(str(folder / "index"), model=None)
    answer: wellread.Answer = searcher.ask("why?", k=3)
    hit: wellread.Hit = answer.hits[0]
    passage: wellread.Passage = hit.passage
    articles: tuple[wellread.Article, ...] = wellread.read_articles(folder / "kb")
    try:
        wellread.read_judgments("judgments")
    except wellread.WellreadError as error:
        return error.remedy
    return passage.text + articles[0].title + report.generation
"""


def test_every_public_name_is_there() -> None:
    assert wellread.__all__ == sorted(wellread.__all__)
    assert [name for name in wellread.__all__ if not hasattr(wellread, name)] == []
    assert {*wellread.__all__} <= {*dir(wellread)}


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'wellread' has no attribute 'nothing'"):
        wellread.nothing  # noqa: B018


def test_importing_it_alone_imports_nothing_heavy_and_turns_telemetry_off() -> None:
    code = (
        "import os, sys, wellread\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
        "heavy = [name for name in sys.modules if name.startswith('wellread.') or name in ('numpy', 'rich', 'torch')]\n"
        "sys.exit(' '.join(heavy) or 0)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


WRONG = """\
import wellread

wellread.open(1)
wellread.open("index").ask("why?").sate
"""


def test_types_are_known_from_outside_and_refuse_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text(RIGHT)
    (tmp_path / "wrong.py").write_text(WRONG)
    # What the package itself imports is checked elsewhere; PyTorch's types alone would take minutes.
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nstrict = true\nfollow_imports = silent\n"
        "[mypy-huggingface_hub.*,matplotlib.*,numpy.*,sentence_transformers.*,torch.*,transformers.*]\n"
        "follow_imports = skip\n"
    )
    words = [sys.executable, "-m", "mypy", "--cache-dir", "cache", "right.py", "wrong.py"]
    told = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert [re.sub(r"; .*| +\[.*", "", line) for line in told.splitlines()] == [
        'wrong.py:3: error: Argument 1 to "open" has incompatible type "int"',
        'wrong.py:4: error: "Answer" has no attribute "sate"',
        "Found 2 errors in 1 file (checked 2 source files)",
    ]


def test_the_document_prints_what_it_says(seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(seed_index, tmp_path / "index")
    for name in ("kb", "judgments"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", (ROOT / "docs" / "python.md").read_text(), re.MULTILINE | re.DOTALL)
    examples = [(code, blocks[place + 1]) for place, (kind, code) in enumerate(blocks) if kind == "python"]
    assert len(examples) == 7
    names: dict[str, object] = {}
    for code, (kind, expected) in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, names)
        assert (kind, printed.getvalue()) == ("", expected), code
