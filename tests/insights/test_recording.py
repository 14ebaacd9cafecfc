"""What is counted, and what never reaches the disk; an answer never waits for it, nor suffers."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from served import client, opened, published

from wellread.cli.main import main
from wellread.index.layout import insights_file
from wellread.insights import recording
from wellread.insights.recording import Asked, Recorder, note, recorder
from wellread.insights.reports import Count, read_insights
from wellread.insights.store import Tally
from wellread.search.searcher import Searcher

ON = "[insights]\non = true\nsessions = 3\ndays = 10\n"
SECRET = "does zolpidem cure heat rash for tracey mcgillicuddy 07700900123"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return published(tmp_path, ON)


@pytest.fixture(autouse=True)
def forget_recorders() -> Iterator[None]:
    yield
    recording._recorders.clear()


def ask(index: Path, question: str, *sessions: str, searcher: Searcher | None = None) -> None:
    searcher = searcher or opened(index)
    for session in sessions:
        note(index, searcher, Asked(searcher.ask(question), session))
    recorder(index).settle()


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_every_question_is_counted_by_state_subject_and_article(index: Path) -> None:
    ask(index, "what helps with heat rash", "a", "b")
    ask(index, "a short nap", "a")
    assert read_insights(index, TODAY).counts == (
        Count("answered", "Heat rash", "heat-rash", Tally(2)),
        Count("answered", "Sleeping better", "rest/sleep", Tally(1)),
    )


def test_a_question_is_kept_once_enough_visits_asked_it(index: Path) -> None:
    ask(index, "what helps with heat rash", "a", "b")
    assert read_insights(index, TODAY).groups == ()
    ask(index, "what helps with heat rash", "c")
    (group,) = read_insights(index, TODAY).groups
    assert (group.words, group.asked, group.not_found, group.articles) == (
        "what helps with heat rash", 3, 0, ("heat-rash",)
    )  # fmt: skip
    ask(index, "what helps with heat rash", "d", "d")
    assert read_insights(index, TODAY).groups[0].asked == 4


def test_not_a_word_of_a_question_is_on_the_disk_before_enough_visits_asked_it(index: Path) -> None:
    ask(index, SECRET, "a", "b", "a", "b")
    written = bytes_in(index / "insights").lower()
    assert b"heat-rash" in written  # the count of the article that answered
    for word in SECRET.split():
        if word not in ("heat", "rash", "for"):  # "for" stands in SQLite's own "format"
            assert word.encode() not in written, word
    assert b" rash " not in written


def test_names_and_numbers_never_reach_the_disk(index: Path) -> None:
    ask(index, SECRET, *"abcde")
    written = bytes_in(index / "insights").lower()
    assert read_insights(index, TODAY).groups[0].words == "does zolpidem cure heat rash for …"
    for word in (b"tracey", b"mcgillicuddy", b"07700900123"):
        assert word not in written


def test_words_that_no_article_has_are_kept_once_enough_visits_used_them(index: Path) -> None:
    ask(index, "does Zorblatin cure heat rash", "a", "b")
    assert read_insights(index, TODAY).words == ()
    ask(index, "is zorblatin safe", "c")
    assert read_insights(index, TODAY).words == (("zorblatin", 3),)


def test_what_the_reader_says_of_the_answer_is_counted(index: Path) -> None:
    searcher = opened(index)
    answer = searcher.ask("what helps with heat rash")
    ask(index, "what helps with heat rash", *"abc", searcher=searcher)
    note(index, searcher, Asked(answer, "a", helped=True))
    note(index, searcher, Asked(answer, "b", helped=False))
    recorder(index).settle()
    insights = read_insights(index, TODAY)
    assert insights.counts[0].tally == Tally(3, 1, 1)
    assert (insights.groups[0].asked, insights.groups[0].helped, insights.groups[0].unhelped) == (3, 1, 1)


def test_the_first_thing_that_a_process_hears_is_counted_once(index: Path) -> None:
    searcher = opened(index)
    said = Asked(searcher.ask("what helps with heat rash"), "a", helped=True)
    for _ in range(2):
        note(index, searcher, said)
    recorder(index).settle()
    assert read_insights(index, TODAY).counts[0].tally == Tally(0, 1)
    insights_file(index).unlink()
    for _ in range(2):
        note(index, searcher, said)
    recorder(index).settle()
    assert read_insights(index, TODAY).counts[0].tally == Tally(0, 1)


def test_what_is_older_than_the_library_wants_is_deleted(index: Path) -> None:
    days = [date(2026, 3, 1)]
    counting = Recorder(index, lambda: days[-1])
    searcher = opened(index)
    for session in "abc":
        counting.put(searcher, Asked(searcher.ask("what helps with heat rash"), session))
    counting.settle()
    assert len(read_insights(index, date(2026, 3, 10)).groups) == 1
    days.append(date(2026, 3, 11))
    counting.put(searcher, Asked(searcher.ask("a short nap"), "a"))
    counting.settle()
    assert b"what helps" not in bytes_in(index / "insights")
    assert [count.article for count in read_insights(index, date(2026, 3, 11)).counts] == ["rest/sleep"]


def test_what_visits_said_is_forgotten_with_their_questions(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2026, 3, 1)]
    counting = Recorder(index, lambda: days[-1])
    searcher = opened(index)

    def say(question: str, *sessions: str) -> None:
        for session in sessions:
            counting.put(searcher, Asked(searcher.ask(question), session))
            counting.put(searcher, Asked(searcher.ask(question), session, helped=True))
        counting.settle()

    say("what helps with heat rash", *"abcd")
    assert {words for _, words in counting._helped} == {"what helps with heat rash"}
    days.append(date(2026, 3, 11))
    say("a short nap", "a")
    assert {words for _, words in counting._helped} == {"a short nap"}
    assert not counting._counted
    monkeypatch.setattr(recording, "MOST_WAITING", 1)
    say("a short nap", *"bcd")
    assert len(counting._helped) == 1


def test_reading_deletes_what_is_too_old(index: Path) -> None:
    ask(index, "what helps with heat rash", *"abc")
    assert read_insights(index, TODAY + timedelta(10)).groups == ()
    assert b"what helps" not in bytes_in(index / "insights")


def test_processes_count_into_one_file(index: Path) -> None:
    searcher = opened(index)
    one, other = Recorder(index), Recorder(index)
    for session in "abc":
        one.put(searcher, Asked(searcher.ask("what helps with heat rash"), session))
    one.settle()
    for session in "de":
        other.put(searcher, Asked(searcher.ask("what helps with heat rash"), session))
    other.settle()
    assert [(group.words, group.asked) for group in read_insights(index, TODAY).groups] == [
        ("what helps with heat rash", 5)
    ]


def test_nothing_is_lost_where_processes_count_at_the_same_time(index: Path) -> None:
    searcher = opened(index)
    answer = searcher.ask("a short nap")
    recorders = [Recorder(index) for _ in range(3)]
    for number in range(5):
        for counting in recorders:
            counting.put(searcher, Asked(answer, str(number)))
    for counting in recorders:
        counting.settle()
    insights = read_insights(index, TODAY)
    assert insights.counts[0].tally == Tally(15)
    # Each process makes the group of the first three visits itself, where no other did so before, and counts the rest.
    (group,) = insights.groups
    assert group.words == "a short nap"
    assert 9 <= group.asked <= 15


def test_emptying_deletes_the_file_and_what_pages_have_in_memory(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(index, "what helps with heat rash", "a", "b")
    assert main(["insights", "--empty", "--index", str(index)]) == 0
    assert capsys.readouterr().out == f"{insights_file(index)} was deleted\n"
    assert list((index / "insights").iterdir()) == []
    ask(index, "what helps with heat rash", "c")
    assert read_insights(index, TODAY).groups == ()
    assert read_insights(index, TODAY).counts[0].tally == Tally(1)


def test_off_nothing_is_written_opened_or_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = published(tmp_path)
    before = sorted((file, file.stat().st_mtime_ns) for file in tmp_path.rglob("*"))
    connected: list[object] = []
    searcher = opened(index)
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connected.append(given))
    for session in "abcdef":
        note(index, searcher, Asked(searcher.ask(SECRET), session))
        note(index, searcher, Asked(searcher.ask(SECRET), session, helped=True))
    assert connected == []
    assert recording._recorders == {}
    assert sorted((file, file.stat().st_mtime_ns) for file in tmp_path.rglob("*")) == before


def test_a_full_disk_harms_no_answer(
    index: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "writing", full)
    with caplog.at_level(logging.ERROR):
        ask(index, SECRET, "a", "b")
    assert [record.message.split("\n")[0] for record in caplog.records] == [
        f"{insights_file(index)}: cannot be written ([Errno 28] No space left on device); questions are not counted"
    ]
    assert "zolpidem" not in caplog.text


@pytest.mark.parametrize("damage", [b"no database at all, but quite long enough to be looked at" * 20, b"\0" * 5000])
def test_a_damaged_file_harms_no_answer_and_is_told(
    index: Path, damage: bytes, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    insights_file(index).parent.mkdir()
    insights_file(index).write_bytes(damage)
    with caplog.at_level(logging.ERROR):
        ask(index, SECRET, "a")
    assert "zolpidem" not in caplog.text
    if "cannot be written" in caplog.text:
        assert main(["insights", "--index", str(index)]) == 1
        assert "insights --index" in capsys.readouterr().err
        assert main(["insights", "--index", str(index), "--empty"]) == 0
    ask(index, SECRET, "a")
    assert read_insights(index, TODAY).counts[0].tally.asked in (1, 2)


def test_a_folder_that_may_not_be_written_into_harms_no_answer(index: Path, caplog: pytest.LogCaptureFixture) -> None:
    (index / "insights").write_text("a file where the folder should be")
    with caplog.at_level(logging.ERROR):
        ask(index, SECRET, "a")
    assert "cannot be written" in caplog.text


def test_more_than_can_be_counted_is_not_counted(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(Recorder, "_work", lambda self: None)
    searcher = opened(index)
    counting = Recorder(index)
    for session in "abc":
        counting.put(searcher, Asked(searcher.ask("a short nap"), session))
    assert counting._queue.qsize() == 1


def test_the_api_counts_an_address_as_a_visit(index: Path) -> None:
    visitors = client(index)
    for _ in range(4):
        assert visitors.get("/api/v1/ask", params={"q": "what helps with heat rash"}).status_code == 200
    recorder(index).settle()
    insights = read_insights(index, TODAY)
    assert (insights.counts[0].tally.asked, insights.groups) == (4, ())


def test_the_api_of_a_library_that_counts_nothing_writes_nothing(tmp_path: Path) -> None:
    index = published(tmp_path)
    client(index).get("/api/v1/ask", params={"q": SECRET})
    assert not (index / "insights").exists()
    assert recording._recorders == {}


def test_an_index_can_be_copied_without_what_was_counted(index: Path, tmp_path: Path) -> None:
    ask(index, "a short nap", "a")
    shutil.copytree(index, tmp_path / "copy", ignore=shutil.ignore_patterns("insights"))
    assert read_insights(tmp_path / "copy", TODAY).counts == ()
