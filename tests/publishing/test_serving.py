"""What is served: the switch and the way back, what is kept, and a whole generation whatever goes wrong."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from conftest import ROOT, HashEncoder, lock_folder
from filelock import FileLock
from index_files import index_file

from wellread.errors import IndexBusy, IndexDamaged, IndexMissing, PublishingRefused, WellreadError
from wellread.files import remove
from wellread.index.layout import ARRAYS, DATABASE, MANIFEST, current_generation, generation_folder, history_file
from wellread.index.reader import Reader, open_served
from wellread.publishing.build import build
from wellread.publishing.history import Changes, Event, read_history, record
from wellread.publishing.lock import only_writer
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.serving import prune, rollback, served_generation, served_id, standing_generations
from wellread.publishing.standby import stand_ins


def article(number: int) -> str:
    return f"# Cramps\n\n## Causes\n\nCold water. Cause {number}.\n\n## Care\n\nRest your leg.\n"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def served(kb: Path, index: Path) -> list[str]:
    """The ids of three generations, served one after another."""
    return [edit(kb, index, number) for number in range(3)]


def edit(kb: Path, index: Path, number: int, keep: int = 5) -> str:
    """Publish the article with another cause in it."""
    (kb / "cramps.md").write_text(article(number))
    return publish(kb, index, HashEncoder(), policy=Policy(keep=keep)).generation


def cause(index: Path) -> str:
    """The first passage that is served, read as any reader reads it."""
    return Reader(index, current_generation(index)).passage(0).text


def actions(index: Path) -> list[tuple[str, str]]:
    return [(event.action, event.generation) for event in read_history(index)]


class TestGoingBack:
    def test_serves_what_was_served_before(self, index: Path, served: list[str]) -> None:
        event = rollback(index)
        assert current_generation(index) == event.generation == served[1]
        assert cause(index) == "Cold water. Cause 1."

    def test_is_written_down_with_what_it_changed(self, index: Path, served: list[str]) -> None:
        event = rollback(index, served[0])
        assert read_history(index)[-1] == event
        assert (event.generation, event.action, event.model, event.accepted) == (served[0], "rollback", "hash", "")
        assert event.articles == Changes(changed=("cramps",))
        assert event.passages == {"added": 0, "changed": 1, "removed": 0, "kept": 1}
        assert actions(index) == [*(("publish", name) for name in served), ("rollback", served[0])]

    def test_twice_comes_back_to_where_it_began(self, index: Path, served: list[str]) -> None:
        assert [rollback(index).generation for _ in range(3)] == [served[1], served[2], served[1]]

    def test_to_one_of_several_is_by_the_first_digits_of_its_id(self, index: Path, served: list[str]) -> None:
        length = next(n for n in range(1, 17) if len({name[:n] for name in served}) == 3)
        assert rollback(index, served[0][:length]).generation == served[0]
        assert rollback(index, served[2]).generation == served[2]

    def test_by_digits_that_several_share_is_refused(self, index: Path, served: list[str]) -> None:
        twin = served[0][:4] + ("0" if served[0][4] != "0" else "1") * 12
        shutil.copytree(generation_folder(index, served[0]), generation_folder(index, twin))
        with pytest.raises(IndexMissing) as refused:
            rollback(index, served[0][:4])
        assert str(refused.value) == (
            f"{index}: several generations are called {served[0][:4]}…\n"
            f"    look what there is: wellread history --index {index}"
        )

    @pytest.mark.parametrize("wanted", ["x", "0" * 17, "../generations", ".", "*"])
    def test_to_what_there_is_not_is_refused(self, index: Path, served: list[str], wanted: str) -> None:
        with pytest.raises(IndexMissing, match=re.escape(f"{index}: no generation is called {wanted}…\n")):
            rollback(index, wanted)
        assert current_generation(index) == served[2]
        assert len(read_history(index)) == 3

    @pytest.mark.parametrize("keep", [1, 5])
    def test_where_there_was_nothing_before_is_refused(self, kb: Path, index: Path, keep: int) -> None:
        for number in range(2 if keep == 1 else 1):
            edit(kb, index, number, keep)
        with pytest.raises(IndexMissing, match="no other generation is on the disk to go back to\n    look what"):
            rollback(index)

    @pytest.mark.parametrize("left", ["nothing", "folder", "current"])
    def test_where_there_are_no_generations_is_refused(self, kb: Path, index: Path, left: str) -> None:
        if left != "nothing":
            edit(kb, index, 1)
            shutil.rmtree(index / "generations")
        if left == "folder":
            (index / "generations").mkdir()
        with pytest.raises(IndexMissing) as refused:
            rollback(index)
        assert str(refused.value) == (
            f"{index}: there is no generation to go back to\n    build one: wellread ingest --index {index}"
        )
        assert index.exists() == (left != "nothing")

    @pytest.mark.parametrize("name", [MANIFEST, DATABASE, ARRAYS])
    def test_to_a_damaged_one_is_refused(self, index: Path, served: list[str], name: str) -> None:
        file = index_file(index, name, served[0])
        content = file.read_bytes()
        file.write_bytes(content[:-20] + bytes([content[-20] ^ 1]) + content[-19:])
        with pytest.raises(IndexDamaged, match=re.escape(str(file))):
            rollback(index, served[0])
        assert current_generation(index) == served[2]
        assert len(read_history(index)) == 3

    def test_is_one_writers_work(self, index: Path, served: list[str]) -> None:
        with only_writer(index), pytest.raises(IndexBusy):
            rollback(index)
        assert current_generation(index) == served[2]
        assert rollback(index).generation == served[1]

    def test_leaves_readers_what_they_have(self, index: Path, served: list[str]) -> None:
        reader = Reader(index, current_generation(index))
        rollback(index, served[0], keep=1)
        assert standing_generations(index) == (served[0],)
        assert reader.words.fetch(0).text == "Cold water. Cause 2."

    def test_and_publishing_again_builds_nothing(self, kb: Path, index: Path, served: list[str]) -> None:
        rollback(index)
        report = publish(kb, index, HashEncoder())
        assert (report.generation, report.embedded) == (served[2], 0)
        assert actions(index)[-2:] == [("rollback", served[1]), ("publish", served[2])]


class TestGoingBackFromDamage:
    @pytest.mark.parametrize("content", [b"", b"nonsense\n", b"0123456789abcdef\n", None])
    def test_of_current_is_possible_by_id(self, index: Path, served: list[str], content: bytes | None) -> None:
        (index / "CURRENT").unlink() if content is None else (index / "CURRENT").write_bytes(content)
        event = rollback(index, served[1])
        assert cause(index) == "Cold water. Cause 1."
        # Nothing could be read that was served before: all of it is new.
        assert (event.articles.added, event.passages["added"]) == (("cramps",), 2)

    def test_of_what_is_served_goes_to_the_one_before(self, index: Path, served: list[str]) -> None:
        (generation_folder(index, served[2]) / "manifest.json").unlink()
        assert served_generation(index) is None
        assert served_id(index) == served[2]
        assert rollback(index).generation == served[1]

    @pytest.mark.parametrize("damage", ["gone", "no database", "no dates", "no text"])
    def test_of_the_words_being_served_goes_to_the_one_before(
        self, index: Path, served: list[str], damage: str
    ) -> None:
        file = index_file(index, DATABASE, served[2])
        if damage == "gone":
            file.unlink()
        elif damage == "no database":
            file.write_bytes(b"nonsense")
        else:
            with closing(sqlite3.connect(file)) as database, database:
                value = "'soon'" if damage == "no dates" else "x'ff'"
                database.execute(f"UPDATE articles SET last_reviewed = {value}")
        event = rollback(index)
        assert cause(index) == "Cold water. Cause 1."
        assert (event.articles.added, event.passages["added"]) == (("cramps",), 2)

    @pytest.mark.parametrize("content", [None, b"nonsense\n", b'{"generation": {}}\n[1', b"\xff\xfe"])
    def test_of_the_history_is_possible_by_id(self, index: Path, served: list[str], content: bytes | None) -> None:
        history_file(index).unlink() if content is None else history_file(index).write_bytes(content)
        others = ", ".join([served[1], served[0]])
        with pytest.raises(IndexMissing, match=f"on the disk, newest first: {others}\n    name one: "):
            rollback(index)
        assert rollback(index, served[0]).generation == served[0]
        assert actions(index) == [("rollback", served[0])]

    @pytest.mark.parametrize("content", [None, b"nonsense\n", b'{"generation": {}}\n[1'])
    def test_of_the_history_does_not_keep_from_publishing(
        self, kb: Path, index: Path, served: list[str], content: bytes | None
    ) -> None:
        history_file(index).unlink() if content is None else history_file(index).write_bytes(content)
        last = edit(kb, index, 3)
        assert actions(index) == [("publish", last)]
        # What was served until now is kept, known to the history or not, and so are those before it.
        assert standing_generations(index) == tuple(sorted([*served, last]))
        assert rollback(index, served[2]).generation == served[2]


def test_going_back_to_what_is_being_served_is_refused_and_not_written_down(index: Path, served: list[str]) -> None:
    before = history_file(index).read_bytes()
    with pytest.raises(IndexMissing, match=f"generation {served[2]} is being served already"):
        rollback(index, served[2])
    assert history_file(index).read_bytes() == before


class TestWhatIsKept:
    @pytest.mark.parametrize("keep", [1, 2, 3])
    def test_are_the_generations_served_last(self, kb: Path, index: Path, keep: int) -> None:
        served = [edit(kb, index, number, keep) for number in range(5)]
        assert standing_generations(index) == tuple(sorted(served[-keep:]))
        assert len(read_history(index)) == 5

    def test_is_always_the_one_being_served(self, index: Path, served: list[str]) -> None:
        rollback(index, served[0], keep=0)
        assert standing_generations(index) == (served[0],)
        assert cause(index) == "Cold water. Cause 0."

    def test_counts_one_that_was_gone_back_to_as_served_last(self, kb: Path, index: Path, served: list[str]) -> None:
        rollback(index, served[0])
        last = edit(kb, index, 3, keep=3)
        assert standing_generations(index) == tuple(sorted([served[0], served[2], last]))

    def test_is_what_others_put_there(self, kb: Path, index: Path, served: list[str]) -> None:
        generations = index / "generations"
        (generations / "notes").mkdir()
        (generations / ".DS_Store").write_bytes(b"mine")
        (generations / "0123456789abcdef").write_text("a file")
        last = edit(kb, index, 3, keep=1)
        assert sorted(path.name for path in generations.iterdir()) == sorted(
            [".DS_Store", "0123456789abcdef", "notes", last]
        )

    def test_is_nothing_that_a_crash_left(self, index: Path, served: list[str]) -> None:
        left = index / "generations" / "0123456789abcdef.tmp"
        left.mkdir()
        (left / "passages.sqlite").write_bytes(b"half")
        rollback(index)
        assert not left.exists()

    def test_may_go_by_other_hands_meanwhile(
        self, kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = remove

        def slow(folder: Path) -> None:
            real(folder)
            real(folder)  # somebody was quicker

        monkeypatch.setattr("wellread.publishing.serving.remove", slow)
        prune(index, (served[2],), keep=1)
        assert standing_generations(index) == (served[2],)

    def test_is_every_segment_while_the_generations_cannot_be_listed(
        self, kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            lock_folder(patch, index / "generations")
            with pytest.raises(PermissionError):
                prune(index, (served[2],), keep=1)
            with pytest.raises(WellreadError, match="generations: Permission denied; nothing was published"):
                edit(kb, index, 3, keep=1)
            assert stand_ins(index) == []
        assert cause(index) == "Cold water. Cause 2."

    def test_where_nothing_stands_is_nothing(self, tmp_path: Path) -> None:
        prune(tmp_path, ())
        assert standing_generations(tmp_path) == ()
        assert served_id(tmp_path) == ""


def test_a_folder_that_is_exchanged_meanwhile_is_not_switched_to_what_it_has_not(
    kb: Path, index: Path, served: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    edit(kb, other, 5)
    real = build

    def build_and_exchange(*arguments: Any) -> Reader:
        candidate = real(*arguments)
        index.rename(tmp_path / "moved")
        index.symlink_to(other)
        return candidate

    monkeypatch.setattr("wellread.publishing.publish.build", build_and_exchange)
    with pytest.raises(IndexMissing, match=r"is no longer on the disk: .*; nothing was published"):
        edit(kb, index, 7)
    assert (cause(other), cause(tmp_path / "moved")) == ("Cold water. Cause 5.", "Cold water. Cause 2.")


def test_what_another_process_serves_stays_when_both_publish_because_the_lock_was_deleted(
    kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = record

    def record_and_be_overtaken(folder: Path, event: Event) -> None:
        real(folder, event)
        monkeypatch.undo()
        (index / "lock").unlink()
        edit(kb, index, 8, keep=1)

    monkeypatch.setattr("wellread.publishing.serving.record", record_and_be_overtaken)
    edit(kb, index, 7, keep=1)
    assert cause(index) == "Cold water. Cause 8."


def test_memory_that_does_not_suffice_is_told_with_what_is_served(
    kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr("wellread.publishing.publish.build", full)
    with pytest.raises(WellreadError) as refused:
        edit(kb, index, 7)
    assert str(refused.value) == (
        f"{index}: the memory does not suffice; nothing was published\n"
        "    mend that (space on the disk or in memory, permissions) and run the command again"
    )
    assert cause(index) == "Cold water. Cause 2."


@pytest.mark.parametrize("name", ["CURRENT", MANIFEST, DATABASE, ARRAYS])
def test_a_pipe_in_place_of_a_published_file_is_damage_and_is_not_waited_for(
    kb: Path, index: Path, served: list[str], name: str
) -> None:
    file = index / name if name == "CURRENT" else index_file(index, name)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(IndexDamaged, match="it is not a regular file"):
        open_served(index)
    edit(kb, index, 7)
    assert cause(index) == "Cold water. Cause 7."


def test_pipes_in_place_of_what_is_noted_of_an_index_are_not_waited_for(
    kb: Path, index: Path, served: list[str]
) -> None:
    for file in (index / "lock.json", index / "verified.json", history_file(index)):
        file.unlink(missing_ok=True)
        os.mkfifo(file)
    with FileLock(index / "lock"), pytest.raises(IndexBusy, match="another process is publishing here"):
        edit(kb, index, 7)
    with pytest.raises(WellreadError, match=r"history.jsonl: it is not a regular file; generation .* is being served"):
        edit(kb, index, 7)
    assert cause(index) == "Cold water. Cause 7."


def test_a_publication_that_came_between_plan_and_lock_is_not_lost(kb: Path, index: Path, tmp_path: Path) -> None:
    edit(kb, index, 1)
    other = tmp_path / "other"
    shutil.copytree(kb, other)
    (other / "cramps.md").write_text(article(2))

    class Slow(HashEncoder):
        """While it cuts articles, before the lock is taken, a colleague publishes."""

        def count_tokens(self, texts: Any) -> list[int]:
            if cause(index) == "Cold water. Cause 1.":
                publish(other, index, HashEncoder())
            return super().count_tokens(texts)

    (kb / "cramps.md").write_text(article(3))
    with pytest.raises(PublishingRefused) as refused:
        publish(kb, index, Slow())
    assert str(refused.value) == (
        f"{index}: another publication came first; nothing was published\n    run the command again"
    )
    assert cause(index) == "Cold water. Cause 2."
    assert len(read_history(index)) == 2
    publish(kb, index, HashEncoder())
    assert cause(index) == "Cold water. Cause 3."


class Crash(BaseException):
    """Stands for the end of the process."""


STEPS = (
    "wellread.publishing.serving.write_durably",
    "pathlib.Path.replace",
    "wellread.publishing.serving.sync_folder",
    "wellread.publishing.history.os.fsync",
    "wellread.publishing.serving.remove",
)
"""All that changes the disk when a generation is served, recorded, and others are pruned."""


def fail_at(monkeypatch: pytest.MonkeyPatch, last: int, failure: BaseException) -> list[str]:
    """Let the step numbered `last` fail, from 0; gives the list that the steps are written into as they are taken."""
    taken: list[str] = []

    def watch(name: str) -> None:
        real: Callable[..., Any] = resolve_name(name)

        def step(*arguments: Any, **options: Any) -> Any:
            taken.append(name)
            if len(taken) == last + 1:
                raise failure
            return real(*arguments, **options)

        monkeypatch.setattr(name, step)

    for name in STEPS:
        watch(name)
    return taken


@pytest.mark.parametrize(
    "failure",
    [Crash(), KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")],
    ids=["crash", "interrupt", "full disk"],
)
def test_at_whatever_step_going_back_ends_a_whole_generation_is_served(
    kb: Path, index: Path, tmp_path: Path, served: list[str], failure: BaseException
) -> None:
    def attempt(last: int) -> list[str]:
        """Go back in a copy, to fail at a step, and then publish; gives the steps taken."""
        copy = tmp_path / f"copy-{last}"
        shutil.copytree(index, copy)
        message = ""
        with pytest.MonkeyPatch.context() as monkeypatch:
            taken = fail_at(monkeypatch, last, failure)
            try:
                rollback(copy, served[0], keep=1)
            except (Crash, KeyboardInterrupt, WellreadError) as error:
                message = str(error)
                assert last >= 0
        switched = "pathlib.Path.replace" in (taken[:-1] if last >= 0 else taken)
        assert current_generation(copy) == served[0 if switched else 2], taken
        assert cause(copy) == f"Cold water. Cause {0 if switched else 2}."
        if isinstance(failure, OSError) and last >= 0:
            consequence = f"generation {served[0]} is being served, but" if switched else "nothing was published\n"
            assert message.startswith(f"{copy}: No space left on device; {consequence}")
        if isinstance(failure, KeyboardInterrupt) and last >= 0:
            assert message == (f"generation {served[0]} is being served" if switched else "nothing was published")
        recorded = len(read_history(copy))
        assert recorded in ((3, 4) if switched else (3,))
        next_one = edit(kb, copy, 7, keep=1)
        assert cause(copy) == "Cold water. Cause 7."
        assert standing_generations(copy) == (next_one,)
        assert actions(copy)[recorded:] == [("publish", next_one)]
        return taken

    steps = attempt(-1)
    assert steps == [
        "wellread.publishing.serving.write_durably", "wellread.publishing.history.os.fsync", "pathlib.Path.replace",
        "wellread.publishing.serving.sync_folder", "wellread.publishing.history.os.fsync",
        "wellread.publishing.history.os.fsync",
        # Two generations, then a segment of each.
        *["wellread.publishing.serving.remove"] * 4,
    ]  # fmt: skip
    for last in range(len(steps)):
        attempt(last)


class Refusing(FileLock):
    """A lock whose release the disk refuses."""

    def release(self, force: bool = False) -> None:
        super().release(force)
        raise OSError(errno.EIO, "Input/output error")


def test_a_lock_that_cannot_be_released_does_not_hide_what_is_served(
    kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellread.publishing.lock.FileLock", Refusing)
    with pytest.raises(WellreadError) as refused:
        edit(kb, index, 7)
    last = current_generation(index)
    assert last not in served
    assert str(refused.value).startswith(f"{index}: Input/output error; generation {last} is being served, but")
    with pytest.raises(WellreadError, match=f"generation {served[0]} is being served, but what should follow"):
        rollback(index, served[0])
    assert cause(index) == "Cold water. Cause 0."


def test_an_interrupt_right_behind_the_rename_says_what_is_served(
    kb: Path, index: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def interrupted(self: Path, target: Path) -> None:
        real(self, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt, match=f"generation {served[1]} is being served"):
        rollback(index)


def test_the_names_of_a_first_publication_are_durable_before_the_switch_and_its_history_behind_it(
    kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "new" / "index"
    steps: list[str] = []
    real_open, real_fsync, real_replace = os.open, os.fsync, Path.replace
    names: dict[int, str] = {}

    def watched_open(path: Any, *arguments: Any, **options: Any) -> int:
        descriptor = real_open(path, *arguments, **options)
        names[descriptor] = str(path)
        return descriptor

    def watched_fsync(descriptor: int) -> None:
        if Path(f"/dev/fd/{descriptor}").is_dir():
            steps.append(f"{Path(names[descriptor]).relative_to(tmp_path)} {(index / 'history.jsonl').exists()}")
        real_fsync(descriptor)

    def watched_replace(self: Path, target: Path) -> Path:
        steps.append("switch")
        return real_replace(self, target)

    monkeypatch.setattr("wellread.index.stored.CLOCK_TICK", 1 << 62)  # what is verified is not remembered
    monkeypatch.setattr(os, "open", watched_open)
    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    edit(kb, index, 1)
    (generation,) = standing_generations(index)
    (segment,) = (folder.name for folder in (index / "segments").iterdir())
    assert steps == [
        ". False", "new False", "new/index False", "new/index False",
        f"new/index/segments/{segment}.tmp False", "new/index/segments False",
        f"new/index/generations/{generation}.tmp False", "new/index/generations False",
        "switch", "new/index False", "new/index True",
    ]  # fmt: skip


def test_a_history_that_cannot_be_written_does_not_hide_what_is_served(
    kb: Path, index: Path, served: list[str]
) -> None:
    history_file(index).unlink()
    history_file(index).mkdir()
    with pytest.raises(WellreadError) as refused:
        edit(kb, index, 7)
    last = current_generation(index)
    assert last not in served
    assert str(refused.value) == (
        f"{history_file(index)}: Is a directory; generation {last} is being served, but what should follow (a durable"
        " disk, the history, old generations removed) was cut short\n    look after the disk"
    )
    assert cause(index) == "Cold water. Cause 7."


KILLED = """
import sys
from pathlib import Path
import wellread.publishing.serving

def stop(*arguments):
    print("there", flush=True)
    sys.stdin.read()

setattr(wellread.publishing.serving, sys.argv[3], stop)
wellread.publishing.serving.rollback(Path(sys.argv[1]), sys.argv[2], keep=1)
"""


@pytest.mark.parametrize(("where", "after"), [("record", 3), ("prune", 4)])
def test_killed_after_the_switch_it_leaves_a_generation_that_the_next_run_goes_on_from(
    kb: Path, index: Path, served: list[str], where: str, after: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(index), served[0], where],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert cause(index) == "Cold water. Cause 0."
    assert len(read_history(index)) == after
    last = edit(kb, index, 7, keep=2)
    assert standing_generations(index) == tuple(sorted([served[0], last]))
    assert actions(index)[after:] == [("publish", last)]


def test_a_history_line_cut_off_by_a_crash_costs_that_line_only(kb: Path, index: Path, served: list[str]) -> None:
    history_file(index).write_bytes(history_file(index).read_bytes()[:-30])
    assert actions(index) == [("publish", name) for name in served[:2]]
    last = edit(kb, index, 7)
    assert actions(index) == [("publish", name) for name in [*served[:2], last]]
    event = read_history(index)[-1]
    record(index, event)
    assert read_history(index)[-2:] == (event, event)
