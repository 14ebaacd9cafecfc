"""Publishing with workers on a Ray cluster of three nodes: exact rows whoever ends, and a failed text is named."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from index_files import index_files
from ray_nodes import ENVIRONMENT
from toy_encoders import ToyEncoder

from wellread.publishing.publish import publish

PUBLISHING = """
import json, sys
from pathlib import Path
from toy_encoders import ToyEncoder
from wellread.errors import WellreadError
from wellread.publishing.embedding import tasks
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

tasks.TASK_TOKENS = 128
folder, address = Path(sys.argv[1]), sys.argv[2]
policy = Policy(ray=address)
told = []
killed = publish(
    folder / "kb", folder / "killed", ToyEncoder(kills_once=folder / "once"), lambda *step: told.append(step), policy
)
found = {"killed": [killed.generation, killed.embedded, killed.team.workers, killed.team.lost, killed.team.rounding]}
found["told"] = [done for stage, done, total in told if stage == "embedding" and total == 160]
try:
    publish(folder / "kb", folder / "fails", ToyEncoder(fails="strange"), policy=policy)
except WellreadError as error:
    found["fails"] = error.as_dict()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster of three nodes with a processor each, all of whose processes are ended."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-m", "ray_nodes"],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as nodes:  # fmt: skip
        assert nodes.stdin is not None
        assert nodes.stdout is not None
        address = nodes.stdout.readline().strip()
        started = below(nodes.pid)
        yield address
        nodes.stdin.close()
        nodes.wait(60)
    until = time.monotonic() + 10
    while (left := [pid for pid in started if Path(f"/proc/{pid}").exists()]) and time.monotonic() < until:
        time.sleep(0.1)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty articles; one has a sentence that a test's encoder ends a worker at, one a strange sentence."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "kb").mkdir()
    for number in range(20):
        care = {7: "The pain is killed at once.", 11: "A strange cure, it is."}.get(number, f"A cure of kind {number}.")
        (folder / "kb" / f"remedy-{number:02}.md").write_text(
            f"# Remedy {number}\n\n## What it is\n\nRemedy {number} is herbal. It is taken {number} times.\n\n"
            f"## Care\n\n{care} Drink {number} cups.\n"
        )
    return folder


@pytest.fixture(scope="module")
def done(folder: Path, address: str) -> dict[str, Any]:
    """What became of two publications on the cluster."""
    assert address.startswith("127.0.0.1:")
    run = subprocess.run(
        [sys.executable, "-c", PUBLISHING, str(folder), address],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_a_worker_that_is_killed_loses_nothing(done: dict[str, Any], folder: Path) -> None:
    alone = publish(folder / "kb", folder / "alone", ToyEncoder())
    assert done["killed"] == [alone.generation, alone.embedded, 3, 1, 0.0]
    for file in index_files(folder / "alone"):
        other = folder / "killed" / file.relative_to(folder / "alone")
        assert other.read_bytes() == file.read_bytes(), file.name


def test_progress_counts_over_all_workers(done: dict[str, Any]) -> None:
    assert done["told"] == sorted(done["told"])
    assert done["told"][-1] == 160  # 40 passages, their headings, and two sentences of each
    assert len(done["told"]) > 5


def test_a_text_that_cannot_be_embedded_is_named_with_its_article(done: dict[str, Any], folder: Path) -> None:
    assert done["fails"]["where"] == "remedy-11.md"
    assert done["fails"]["reason"] == (
        'a sentence of the section "Care" cannot be embedded ("Remedy 11 Care A strange cure, it is."):'
        " ValueError: too strange a text; nothing was published"
    )
    assert not (folder / "fails" / "CURRENT").exists()


def below(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found: list[int] = []
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += [int(child), *below(int(child))]
    return found
