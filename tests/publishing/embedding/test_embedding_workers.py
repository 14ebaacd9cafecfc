"""Publishing with workers: the same bytes as without, whoever is killed on the way, and no process is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT
from index_files import index_files
from toy_encoders import ToyEncoder

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.errors import ModelError
from wellread.index.layout import vector_cache_file
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

TWO = Policy(workers=2)

PUBLISHING = """
import sys
from pathlib import Path
from toy_encoders import ToyEncoder
from wellread.publishing.embedding import tasks
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

tasks.TASK_TOKENS = 128

def told(stage, done, total):
    if stage == "embedding":
        print(done, total, flush=True)

publish(Path(sys.argv[1]), Path(sys.argv[2]), ToyEncoder(seconds=0.2), told, Policy(workers=2))
"""


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Twenty articles of two sections; the words of their sentences say what happens in a worker."""
    folder = tmp_path / "kb"
    folder.mkdir()
    for number in range(20):
        (folder / f"remedy-{number:02}.md").write_text(
            f"# Remedy {number}\n\n## What it is\n\nRemedy {number} is herbal. It is taken {number} times.\n\n"
            f"## Care\n\nA slow cure of kind {number}. Drink {number} cups.\n"
        )
    return folder


@pytest.fixture(autouse=True)
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen or so tasks of the library above, instead of two."""
    monkeypatch.setattr("wellread.publishing.embedding.tasks.TASK_TOKENS", 128)


def files(index: Path) -> dict[str, bytes]:
    """The files of the generation being served, by their paths in the index."""
    return {str(file.relative_to(index)): file.read_bytes() for file in index_files(index)}


def test_workers_give_the_same_bytes_as_this_process(kb: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    alone = publish(kb, tmp_path / "alone", ToyEncoder())
    shared = publish(kb, tmp_path / "shared", ToyEncoder(), lambda *step: told.append(step), TWO)
    assert files(tmp_path / "shared") == files(tmp_path / "alone")
    assert (shared.generation, shared.embedded, shared.reused) == (alone.generation, alone.embedded, alone.reused)
    assert alone.team is None
    assert shared.team is not None
    assert (shared.team.workers, shared.team.lost, shared.team.rounding) == (2, 0, 0.0)
    assert 10_000_000 < shared.team.memory < 1_000_000_000
    embedding = [(done, total) for stage, done, total in told if stage == "embedding"]
    assert embedding[-1] == (160, 160)  # 40 passages, their headings, and two sentences of each
    assert embedding == sorted(embedding)
    assert len(embedding) > 5


def test_a_worker_that_is_killed_loses_nothing(kb: Path, tmp_path: Path) -> None:
    (kb / "remedy-07.md").write_text("# Remedy 7\n\n## Care\n\nThe pain is killed at once. Drink 7 cups.\n")
    publish(kb, tmp_path / "alone", ToyEncoder())
    report = publish(kb, tmp_path / "shared", ToyEncoder(kills_once=tmp_path / "killed"), policy=TWO)
    assert report.team is not None
    assert report.team.lost == 1
    assert files(tmp_path / "shared") == files(tmp_path / "alone")


def test_a_text_that_cannot_be_embedded_is_named_with_its_article(kb: Path, tmp_path: Path) -> None:
    (kb / "remedy-07.md").write_text("# Remedy 7\n\n## Care\n\nRest well. A strange cure, it is. Drink 7 cups.\n")
    for policy in (TWO, Policy()):
        with pytest.raises(ModelError) as failed:
            publish(kb, tmp_path / "index", ToyEncoder(fails="strange"), policy=policy)
        assert failed.value.where == "remedy-07.md"
        assert failed.value.reason == (
            'a sentence of the section "Care" cannot be embedded ("Remedy 7 Care A strange cure, it is."):'
            " ValueError: too strange a text; nothing was published"
        )
        assert not (tmp_path / "index" / "CURRENT").exists()


def test_a_text_that_kills_its_workers_is_named_with_its_article(kb: Path, tmp_path: Path) -> None:
    (kb / "remedy-07.md").write_text("# Remedy 7\n\n## Deadly\n\nRest well.\n")
    with pytest.raises(ModelError, match="workers end when they embed it; the last one was killed by SIGKILL"):
        publish(kb, tmp_path / "index", ToyEncoder(kills="Deadly"), policy=TWO)


def test_a_single_task_is_done_without_workers(kb: Path, tmp_path: Path) -> None:
    publish(kb, tmp_path / "index", ToyEncoder())
    file = kb / "remedy-07.md"
    file.write_text(file.read_text().replace("## Care", "## How to take care"))
    assert publish(kb, tmp_path / "index", ToyEncoder(), policy=TWO).team is not None  # passages and other texts
    file.write_text(file.read_text() + "\n## More\n")
    assert publish(kb, tmp_path / "index", ToyEncoder(), policy=TWO).team is None


class TestTheProcess:
    @pytest.fixture
    def started(self, kb: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
        """A process that publishes with two workers, some of whose work is done, and the workers' numbers."""
        with subprocess.Popen(
            [sys.executable, "-c", PUBLISHING, str(kb), str(tmp_path / "index")],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "38 160\n"  # headings that come again
            assert process.stdout.readline().endswith(" 160\n")
            workers = children(process.pid)
            assert len(workers) == 2
            yield process, workers
            for pid in (process.pid, *workers):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def test_interrupted_ends_its_workers(
        self, started: tuple[subprocess.Popen[str], list[int]], kb: Path, tmp_path: Path
    ) -> None:
        process, workers = started
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert err.splitlines()[-1].startswith("KeyboardInterrupt")
        assert not alive(workers)
        report = publish(kb, tmp_path / "index", ToyEncoder())
        assert report.reused > 0  # what was done before is not done again

    def test_killed_leaves_no_worker(self, started: tuple[subprocess.Popen[str], list[int]]) -> None:
        process, workers = started
        process.kill()
        process.wait()
        until = time.monotonic() + 20
        while alive(workers) and time.monotonic() < until:
            time.sleep(0.05)
        assert not alive(workers)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pids: list[int]) -> list[int]:
    """Those of some processes that are still there, and no zombies."""
    found = []
    for pid in pids:
        with suppress(OSError):
            if "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text():
                found.append(pid)
    return found


def test_the_built_in_model_gives_the_same_bytes_in_workers(
    seed_kb: Path, seed_index: Path, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    report = publish(seed_kb, tmp_path / "index", encoder, policy=TWO)
    assert report.team is not None
    assert report.team.rounding == 0.0
    assert files(tmp_path / "index") == files(seed_index)
    assert vector_cache_file(tmp_path / "index").is_file()
