"""The API as it is served: alone without the page's packages, and in the page's own process below its path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from serving import free_port

ALONE = """
import sys
from pathlib import Path
from wellread.api import server
from wellread.api.library import Library
library = Library(Path(sys.argv[1]))
library.warm()
print(library.served().searcher.ask("is it dangerous?").state)
print(sorted({"streamlit", "torch", "sentence_transformers", "transformers"} & sys.modules.keys()))
"""


def test_api_alone_imports_neither_the_page_nor_torch(seed_index: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ALONE, str(seed_index)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert (ran.stdout.splitlines(), ran.returncode) == (["answered", "[]"], 0), ran.stderr


@contextmanager
def serving(index: Path, *words: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "wellread", "serve", "--index", str(index), "--port", str(port), "--json", *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WELLREAD_")}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def get(address: str) -> tuple[int, str]:
    """What an address answers, as soon as somebody listens there."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            if time.monotonic() > until:
                pytest.fail(f"nobody listens at {address}")
            time.sleep(0.05)  # between two looks


def test_page_and_api_are_one_process_below_one_path(seed_index: Path) -> None:
    with serving(seed_index, "--base-path", "/kb") as (address, _):
        assert get(f"{address}/kb/_stcore/health")[0] == 200
        status, health = get(f"{address}/kb/api/v1/health")
        assert (status, json.loads(health)["articles"]) == (200, 1)
        assert json.loads(get(f"{address}/kb/api/v1/ask?q=is+it+dangerous")[1])["state"] == "answered"


def test_log_is_a_line_of_json_for_each_request(seed_index: Path) -> None:
    with serving(seed_index, "--api-only") as (address, process):
        assert get(f"{address}/api/v1/ask?q=is+it+dangerous")[0] == 200
        assert get(f"{address}/")[0] == 404
        process.terminate()
        out, log = process.communicate(timeout=30)
    assert json.loads(out) == {"address": f"{address}/"}
    (line,) = [json.loads(line) for line in log.decode().splitlines()]
    assert {name: line[name] for name in ("route", "method", "status")} == {
        "route": "ask", "method": "GET", "status": 200
    }  # fmt: skip
    assert set(line) == {"time", "route", "method", "status", "seconds"}
