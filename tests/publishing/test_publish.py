"""Publishing: exact reports, nothing done twice, and the old generation serving whatever goes wrong."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, HashEncoder
from index_files import index_file, index_files

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import ArticlesRefused, IndexDamaged, KnowledgeBaseError, WellreadError
from wellread.index.layout import ARRAYS, DATABASE, MANIFEST, current_generation, generation_folder, lock_holder_file
from wellread.index.reader import Reader
from wellread.publishing.policy import Policy, SettingsUsed
from wellread.publishing.publish import publish
from wellread.publishing.reporting import report_text
from wellread.relevance.judgments import JudgmentsFolder
from wellread.settings import Settings

CRAMPS = "# Cramps\n\n## Causes\n\nCold water. Lack of salt.\n\n## Care\n\nRest your leg.\n"
FLU = "# Flu\n\n## Signs\n\nFever. Cough.\n"

SHRINKING = Policy(allow_shrink=True)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Two articles with three passages, their three headings and five sentences, one of them a passage: ten texts."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "cramps.md").write_text(CRAMPS)
    (folder / "flu.md").write_text(FLU)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def told(changes: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    """Changes as ids added, changed and removed, and how many were kept."""
    return changes.added, changes.changed, changes.removed, changes.kept


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: when each thing was last changed and, for a file, its bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


def served_texts(index: Path) -> list[str]:
    """The texts of what is being served, read as any reader reads it."""
    reader = Reader(index, current_generation(index))
    texts = [reader.words.fetch(row).text for row in range(reader.manifest.counts["passages"])]
    for row, _ in enumerate(texts):
        rows, _ = reader.dense(np.eye(1, 64, dtype=np.float32)[0], "passages", len(texts))
        assert row in rows
    return texts


def test_errors_of_check_that_do_not_stop_publishing_are_reported(
    kb: Path, index: Path, hash_encoder: HashEncoder
) -> None:
    (kb / "cold.md").write_text("---\nlast_reviewed: 2150-01-01\n---\n# Cold\n\nSee [flu](flu.md#signs).\n")
    first = publish(kb, index, hash_encoder)
    assert [(one.file, one.line, one.code) for one in first.errors] == [("cold.md", None, "review-in-future")]
    (kb / "flu.md").write_text("---\ndraft: true\n---\n" + FLU)  # an article that has not changed breaks by it
    second = publish(kb, index, hash_encoder, policy=SHRINKING)
    assert [(one.file, one.line, one.code) for one in second.errors] == [
        ("cold.md", None, "review-in-future"),
        ("cold.md", 6, "broken-link"),
    ]
    third = publish(kb, index, hash_encoder)
    assert (third.articles.kept, third.embedded, third.errors) == (2, 0, second.errors)  # nothing has changed
    text = report_text(second, JudgmentsFolder(Path("judgments"), ()), SettingsUsed(kb / "wellread.toml", Settings()))
    assert [line for line in text.splitlines() if line.startswith("error")] == [
        "error      cold.md: the article was last reviewed on 2150-01-01, which is in the future",
        'error      cold.md:6: the link "flu" leads nowhere: flu.md is not published ("draft: true")',
    ]


OLD = ["Cold water. Lack of salt.", "Rest your leg.", "Fever. Cough."]


class TestTheReport:
    def test_of_a_first_publication(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        report = publish(kb, index, hash_encoder)
        assert told(report.articles) == (("cramps", "flu"), (), (), 0)
        assert told(report.passages) == (("cramps#care", "cramps#causes", "flu#signs"), (), (), 0)
        assert (report.embedded, report.reused, report.ignored) == (10, 0, ())
        assert report.generation == current_generation(index)
        assert report.seconds > 0
        assert len(hash_encoder.embedded) == len(set(hash_encoder.embedded)) == 10

    def test_of_an_article_added(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        (kb / "cold.md").write_text("# Cold\n\n## Signs\n\nCough. Sneezing.\n")
        report = publish(kb, index, hash_encoder)
        assert told(report.articles) == (("cold",), (), (), 2)
        assert told(report.passages) == (("cold#signs",), (), (), 3)
        # New: the passage and its two sentences, which carry its title; "Signs" is a heading of the article on flu too.
        assert (report.embedded, report.reused) == (3, 10)

    def test_of_one_sentence_changed(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))
        report = publish(kb, index, hash_encoder)
        assert told(report.articles) == ((), ("cramps",), (), 1)
        assert told(report.passages) == ((), ("cramps#causes",), (), 2)
        # New: the sentence and its passage; the headings stay.
        assert (report.embedded, report.reused) == (2, 8)
        assert hash_encoder.embedded[10:] == [
            "Cramps\nCauses\nLack of sleep.",
            "Cramps\nCauses\nCold water. Lack of sleep.",
        ]

    def test_of_an_article_removed(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        (kb / "flu.md").unlink()
        report = publish(kb, index, hash_encoder, policy=SHRINKING)
        assert told(report.articles) == ((), (), ("flu",), 1)
        assert told(report.passages) == ((), (), ("flu#signs",), 2)
        # Left: two passages, their two headings and three sentences, one of them a passage too.
        assert (report.embedded, report.reused) == (0, 6)

    def test_of_an_article_renamed(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        (kb / "flu.md").rename(kb / "influenza.md")
        report = publish(kb, index, hash_encoder)
        assert told(report.articles) == (("influenza",), (), ("flu",), 1)
        assert told(report.passages) == (("influenza#signs",), (), ("flu#signs",), 2)
        assert (report.embedded, report.reused) == (0, 10)

    def test_names_files_that_are_no_articles(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        (kb / "scan.pdf").write_bytes(b"%PDF")
        assert publish(kb, index, hash_encoder).ignored == ("scan.pdf",)

    def test_tells_of_progress_to_the_end(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        steps: list[tuple[str, int, int]] = []
        publish(kb, index, hash_encoder, lambda stage, done, total: steps.append((stage, done, total)))
        # One of eleven texts comes again and is there already; seven headings and sentences come before passages.
        embedding = [("embedding", done, 11) for done in (1, 8, 11)]
        assert steps == [("reading", 1, 2), ("reading", 2, 2), *embedding]


class TestNothingIsDoneTwice:
    def test_where_nothing_changed_nothing_on_the_disk_does(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        first = publish(kb, index, hash_encoder)
        before = state(index)
        report = publish(kb, index, hash_encoder)
        assert state(index) == before
        assert report.generation == first.generation
        assert told(report.articles) == ((), (), (), 2)
        assert told(report.passages) == ((), (), (), 3)
        assert (report.embedded, report.reused) == (0, 10)

    def test_where_nothing_changed_the_model_is_not_loaded(self, seed_kb: Path, seed_index: Path) -> None:
        before = state(seed_index)
        code = (
            "import sys; from wellread.cli.doors import ingest; status = ingest(sys.argv[1:]);"
            "print(status, sys.modules.keys() & {'torch', 'sentence_transformers', 'transformers'})"
        )
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, "--kb", str(seed_kb), "--index", str(seed_index)],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        assert done.stdout.splitlines()[-1] == "0 set()"
        assert done.stdout.startswith("Nothing has changed; generation ")
        assert state(seed_index) == before

    def test_what_was_served_once_is_served_again_without_embedding(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        first = publish(kb, index, hash_encoder)
        files = state(generation_folder(index, first.generation))
        (kb / "flu.md").write_text(FLU.replace("Cough", "Chills"))
        second = publish(kb, index, hash_encoder)
        embedded = len(hash_encoder.embedded)
        (kb / "flu.md").write_text(FLU)
        third = publish(kb, index, hash_encoder)
        assert third.generation == first.generation != second.generation
        assert told(third.articles) == ((), ("flu",), (), 1)
        assert (third.embedded, third.reused, len(hash_encoder.embedded)) == (0, 10, embedded)
        assert state(generation_folder(index, first.generation)) == files
        assert served_texts(index) == OLD

    def test_without_the_cache_the_same_bytes_are_built(
        self, kb: Path, index: Path, tmp_path: Path, hash_encoder: HashEncoder
    ) -> None:
        generation = publish(kb, index, hash_encoder).generation
        again = publish(kb, tmp_path / "again", hash_encoder)
        assert again.generation == generation
        for file in index_files(index, generation):
            assert file.read_bytes() == (tmp_path / "again" / file.relative_to(index)).read_bytes()

    def test_another_model_embeds_everything_again(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        first = publish(kb, index, hash_encoder)
        other = HashEncoder()
        other.fingerprint = "hash-65"
        report = publish(kb, index, other)
        assert report.generation != first.generation
        assert (report.embedded, report.reused) == (10, 0)
        assert told(report.articles) == ((), (), (), 2)


class TestARefusal:
    def test_of_one_article_publishes_none(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        before = state(index)
        (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))
        (kb / "bad.md").write_text("")
        (kb / "worse.txt").write_text("   \n")
        with pytest.raises(ArticlesRefused) as refused:
            publish(kb, index, hash_encoder)
        assert [error.file for error in refused.value.errors] == ["bad.md", "worse.txt"]
        assert state(index) == before

    def test_of_the_first_publication_makes_no_folder(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        (kb / "bad.md").write_text("")
        with pytest.raises(ArticlesRefused):
            publish(kb, index, hash_encoder)
        assert not index.exists()

    def test_of_a_folder_without_articles(self, tmp_path: Path, index: Path, hash_encoder: HashEncoder) -> None:
        for kb in (tmp_path / "nowhere", tmp_path):
            with pytest.raises(KnowledgeBaseError):
                publish(kb, index, hash_encoder)
        assert not index.exists()

    def test_of_an_index_that_is_a_file(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        index.write_text("mine")
        with pytest.raises(WellreadError, match="not a folder; nothing was published\n    name a folder with --index"):
            publish(kb, index, hash_encoder)
        assert index.read_text() == "mine"

    @pytest.mark.parametrize("value", [np.nan, 0.0, 0.5])
    def test_of_a_model_whose_vectors_are_no_unit_vectors(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, value: float
    ) -> None:
        class Broken(HashEncoder):
            def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
                return np.full((len(texts), 64), value, np.float32)

        publish(kb, index, hash_encoder)
        (kb / "flu.md").write_text(FLU.replace("Cough", "Chills"))
        with pytest.raises(IndexDamaged, match="does not find itself; nothing was published"):
            publish(kb, index, Broken())
        assert served_texts(index) == OLD
        assert len(list((index / "generations").iterdir())) == 1


class TestDamage:
    @pytest.mark.parametrize(
        "name",
        [
            MANIFEST,
            DATABASE,
            ARRAYS,
        ],
    )
    def test_of_what_is_served_is_mended_by_publishing_again(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, name: str
    ) -> None:
        generation = publish(kb, index, hash_encoder).generation
        file = index_file(index, name, generation)
        content = file.read_bytes()
        file.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])
        report = publish(kb, index, hash_encoder)
        assert report.generation == generation
        assert (report.embedded, report.reused) == (0, 10)
        assert file.read_bytes() == content
        assert served_texts(index) == OLD

    @pytest.mark.parametrize("content", [b"", b"nonsense", b"0123456789abcdef\n", None])
    def test_of_current_is_mended_by_publishing_again(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, content: bytes | None
    ) -> None:
        publish(kb, index, hash_encoder)
        (index / "CURRENT").unlink() if content is None else (index / "CURRENT").write_bytes(content)
        assert publish(kb, index, hash_encoder).embedded == 0
        assert served_texts(index) == OLD

    def test_of_the_cache_costs_no_more_than_embedding(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        (index / "vectors.sqlite").write_bytes(b"nonsense")
        (kb / "flu.md").write_text(FLU.replace("Cough", "Chills"))
        (kb / "cramps.md").write_text(CRAMPS.replace("Rest", "Move"))
        report = publish(kb, index, hash_encoder)
        assert (report.embedded, report.reused) == (10, 0)
        assert served_texts(index) == ["Cold water. Lack of salt.", "Move your leg.", "Fever. Chills."]


def test_a_reader_opened_before_keeps_its_own_generation(kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
    publish(kb, index, hash_encoder)
    reader = Reader(index, current_generation(index))
    before = reader.dense(np.eye(1, 64, dtype=np.float32)[0], "sentences", 9)[1].tolist()
    (kb / "flu.md").unlink()
    (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))
    publish(kb, index, hash_encoder, policy=SHRINKING)
    assert served_texts(index) == ["Cold water. Lack of sleep.", "Rest your leg."]
    assert [reader.words.fetch(row).text for row in range(3)] == OLD
    assert reader.dense(np.eye(1, 64, dtype=np.float32)[0], "sentences", 9)[1].tolist() == before


class Crash(BaseException):
    """Stands for the end of the process."""


class Steps:
    """Counts every step that changes the disk; fails at the one numbered `last`, from 0, and as told after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failure: BaseException, *, forever: bool) -> None:
        self.taken: list[str] = []
        self.last = -1
        self._failure = failure
        self._forever = forever
        for name in (
            "wellread.index.database.DatabaseWriter.close",
            "wellread.index.arrays.write_durably",
            "wellread.index.manifest.write_durably",
            "wellread.publishing.build.sync_folder",
            "wellread.publishing.serving.write_durably",
            "wellread.publishing.serving.sync_folder",
            "wellread.publishing.serving.record",
            "wellread.publishing.publish.open_cache",
            "wellread.encoders.cache.VectorCache.add",
            "pathlib.Path.mkdir",
            "pathlib.Path.rename",
            "pathlib.Path.replace",
            "shutil.rmtree",
        ):
            self._watch(monkeypatch, name)

    def _watch(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        from pkgutil import resolve_name

        real: Callable[..., Any] = resolve_name(name)

        def step(*arguments: Any, **options: Any) -> Any:
            number = len(self.taken)
            self.taken.append(name)
            if number == self.last or (self._forever and 0 <= self.last <= number):
                raise self._failure
            return real(*arguments, **options)

        monkeypatch.setattr(name, step)


NEW = ["Cold water. Lack of sleep.", "Rest your leg.", "Fever. Cough."]


@pytest.mark.parametrize(
    ("failure", "forever"),
    [(Crash(), True), (KeyboardInterrupt(), False), (OSError(errno.ENOSPC, "No space left on device"), False)],
    ids=["crash", "interrupt", "full disk"],
)
def test_at_whatever_step_publishing_ends_a_whole_generation_is_served(
    kb: Path,
    index: Path,
    hash_encoder: HashEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    forever: bool,
) -> None:
    monkeypatch.setattr("wellread.index.stored.CLOCK_TICK", 1 << 62)  # what is verified is not remembered
    publish(kb, index, hash_encoder)
    (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))

    def attempt(last: int) -> list[str]:
        """Publish into a copy, to fail at a step, and once more without failing; give the steps taken at first."""
        copy = tmp_path / f"copy-{last}"
        shutil.copytree(index, copy)
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch, failure, forever=forever)
            steps.last = last
            try:
                publish(kb, copy, hash_encoder)
                ended = False
            except (Crash, KeyboardInterrupt, WellreadError) as error:
                ended = True
                message = str(error)
        assert ended == (last >= 0)
        if ended and not forever:
            assert not list((copy / "generations").glob("*.tmp")), steps.taken
        switched = "pathlib.Path.replace" in steps.taken[: last if last >= 0 else None]
        assert served_texts(copy) == (NEW if switched else OLD), steps.taken
        if isinstance(failure, OSError) and ended:
            consequence = "generation [0-9a-f]{16} is being served, but" if switched else "nothing was published\n"
            assert re.match(f"{re.escape(str(copy))}: No space left on device; {consequence}", message)
        publish(kb, copy, hash_encoder)
        assert served_texts(copy) == NEW
        assert not list(copy.rglob("*.tmp"))
        return steps.taken

    steps = attempt(-1)
    assert steps.count("wellread.index.arrays.write_durably") == 1
    assert steps.count("wellread.index.manifest.write_durably") == 1
    assert steps.count("pathlib.Path.replace") == 1
    for last in range(len(steps)):
        attempt(last)


@pytest.mark.parametrize(
    "where", ["wellread.index.database.DatabaseWriter.close", "wellread.encoders.cache.VectorCache.add"]
)
def test_a_disk_that_refuses_sqlite_is_told_of(
    kb: Path, index: Path, hash_encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(where, full)
    with pytest.raises(WellreadError) as refused:
        publish(kb, index, hash_encoder)
    assert str(refused.value) == (
        f"{index}: database or disk is full; nothing was published\n"
        "    mend that (space on the disk or in memory, permissions) and run the command again"
    )


BLOCKING = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from conftest import HashEncoder
from wellread.publishing.publish import publish

class Blocking(HashEncoder):
    def encode_documents(self, texts, progress=None):
        print("embedding", flush=True)
        sys.stdin.read()

publish(Path(sys.argv[1]), Path(sys.argv[2]), Blocking())
"""


class TestKilledWhileEmbedding:
    @pytest.fixture
    def killed(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> int:
        """The number of a process that was killed while it embedded a changed article."""
        publish(kb, index, hash_encoder)
        (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))
        with subprocess.Popen(
            [sys.executable, "-c", BLOCKING, str(kb), str(index)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "embedding\n"
            os.kill(process.pid, signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        return process.pid

    def test_leaves_the_old_generation_serving(self, killed: int, index: Path) -> None:
        assert str(killed) in lock_holder_file(index).read_text()
        assert served_texts(index) == OLD

    def test_does_not_keep_the_next_from_publishing(
        self, killed: int, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        for folder in ("generations", "segments"):
            (index / folder / "0123456789abcdef.tmp").mkdir()
            (index / folder / "0123456789abcdef.tmp" / DATABASE).write_bytes(b"half")
            (index / folder / "a.tmp").write_text("of a program that copies folders")
            (index / folder / "b.tmp").symlink_to(kb)
        report = publish(kb, index, hash_encoder)
        assert (report.embedded, report.reused) == (2, 8)
        assert served_texts(index) == NEW
        assert not list(index.rglob("*.tmp"))


def test_an_interrupted_embedding_goes_on_where_it_was(
    kb: Path, index: Path, hash_encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(HashEncoder):
        def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
            if len(self.embedded) >= 6:
                raise KeyboardInterrupt
            return super().encode_documents(texts, progress)

    for name in ("BATCH", "TASK_TOKENS"):  # a text a task
        monkeypatch.setattr(f"wellread.publishing.embedding.tasks.{name}", 1)
    with pytest.raises(KeyboardInterrupt):
        publish(kb, index, Interrupted())
    report = publish(kb, index, hash_encoder)
    # Six texts were kept; four of the ten were not reached.
    assert (report.embedded, report.reused) == (4, 6)
    assert served_texts(index) == OLD
