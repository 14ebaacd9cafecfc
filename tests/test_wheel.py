"""The wheel: built without a network, it holds the page and every command, and answers questions outside a checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.page.server import settings


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment that has the wheel and, from here, the packages that it needs; not this checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    # A .pth file's folder is added as it is: the editable install's own .pth file in it is not read.
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "python"


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        [python, "-I", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_it_holds_all_that_the_package_holds_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (path for path in (ROOT / "wellread").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert packed == {str(path.relative_to(ROOT)) for path in files}
    kinds = {".css", ".html", ".js", ".npz", ".py", ".safetensors", ".toml", ".typed"}
    assert {Path(name).suffix for name in packed} >= kinds


def test_it_asks_for_the_packages_of_research_only_in_an_extra(wheel: Path) -> None:
    (name,) = (name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("METADATA"))
    metadata = zipfile.ZipFile(wheel).read(name).decode()
    core = {re.split(r"[<>=!;\[ ]", line)[0] for line in re.findall(r"^Requires-Dist: ([^;\n]+)$", metadata, re.M)}
    assert {"matplotlib", "scikit-learn", "scipy", "statsmodels"} & core == set()
    assert {"faiss-cpu", "ir-measures", "sentence-transformers", "streamlit"} <= core


def test_it_publishes_and_answers_outside_a_checkout(python: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "gout.md").write_text("# Gout\n\n## What helps against gout?\n\nRest and cold water.\n")
    published = run(python, tmp_path, "-m", "wellread", "ingest", "--kb", "articles", "--index", "there", "--json")
    assert published.returncode == 0, published.stderr
    assert json.loads(published.stdout)["judged"] == {"folder": "judgments", "questions": 0}
    asked = run(python, tmp_path, "-m", "wellread", "ask", "--index", "there", "--json", "what helps against gout?")
    assert json.loads(asked.stdout)["passages"][0]["text"] == "Rest and cold water.", asked.stderr
    code = "import wellread\nprint(wellread.open('there').ask('what helps against gout?').hits[0].passage.text)"
    assert run(python, tmp_path, "-c", code).stdout == "Rest and cold water.\n"
    where = run(python, tmp_path, "-c", "import wellread; print(wellread.__file__)").stdout
    assert where.startswith(str(python.parent.parent))


def test_its_messages_name_the_command_that_can_be_typed_there(python: Path, tmp_path: Path) -> None:
    refused = run(python, tmp_path, "-m", "wellread", "ask", "why?")
    assert refused.stderr == f"wellread: index: there is no index here yet\n    build it: {python} -m wellread ingest\n"


def test_it_serves_the_page_with_its_own_settings(python: Path, tmp_path: Path) -> None:
    port = "8593"
    words = ["-m", "wellread", "serve", "--index", "there", "--port", port, "--base-path", "kb"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([python, "-I", *words], cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/kb/_stcore/health", timeout=5) as health:
                    assert health.read() == b"ok"
                break
            except OSError:
                assert server.poll() is None, (tmp_path / "log").read_text()
                server_is_starting(server)
        else:
            pytest.fail((tmp_path / "log").read_text())
    finally:
        server.terminate()
        server.wait(20)
    assert (tmp_path / "log").read_text().startswith(f"The page is at http://127.0.0.1:{port}/kb/ (Ctrl-C ends it)\n")
    assert [path.name for path in tmp_path.iterdir()] == ["log"]  # nothing was written below the home folder


def server_is_starting(server: subprocess.Popen[bytes]) -> None:
    """Wait a little between two looks."""
    try:
        server.wait(0.25)
    except subprocess.TimeoutExpired:
        return


def test_streamlit_run_in_a_checkout_has_the_same_settings() -> None:
    ours = (ROOT / "wellread" / "page" / "config.toml").read_bytes()
    assert (ROOT / ".streamlit" / "config.toml").read_bytes() == ours
    assert settings()["browser.gatherUsageStats"] is False
    assert settings()["theme.dark.primaryColor"] == "#7fd0ee"
