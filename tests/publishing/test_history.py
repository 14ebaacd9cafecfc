"""The history: written so that it stays, read whatever became of it, and what can be told from it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wellread.index.layout import history_file
from wellread.publishing.history import (
    Changes,
    Event,
    compare,
    last_published,
    now,
    read_history,
    recent_generations,
    record,
)
from wellread.publishing.reporting import history_text

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COUNTS = {"added": 3, "changed": 0, "removed": 1, "kept": 7}

NONE = Changes()


def event(generation: str, articles: Changes = NONE, hours: int = 0) -> Event:
    return Event(generation, NOON + timedelta(hours=hours), "publish", articles, COUNTS, "hash")


FIRST = event("1" * 16, Changes(added=("cramps", "flu")))
SECOND = replace(event("2" * 16, Changes((), ("flu",), ("cramps",), 4)), action="rollback", accepted="it must go")


class TestComparing:
    def test_tells_ids_added_changed_removed_and_counts_those_kept(self) -> None:
        changes = compare({"d": 1, "b": 1, "a": 1, "x": 1}, {"z": 1, "y": 1, "b": 2, "a": 2, "x": 1})
        assert changes == Changes(added=("y", "z"), changed=("a", "b"), removed=("d",), kept=1)
        assert changes.counts == {"added": 2, "changed": 2, "removed": 1, "kept": 1}
        assert changes

    def test_of_the_same_is_no_change(self) -> None:
        assert compare({"a": 1, "b": 2}, {"b": 2, "a": 1}) == Changes(kept=2)
        assert not Changes(kept=2)
        assert compare({}, {}) == Changes()

    @pytest.mark.parametrize("changes", [Changes(added=("a",)), Changes(changed=("a",)), Changes(removed=("a",))])
    def test_one_of_a_kind_is_a_change(self, changes: Changes) -> None:
        assert changes


class TestWhatIsRecorded:
    def test_is_read_back_oldest_first(self, tmp_path: Path) -> None:
        record(tmp_path, FIRST)
        record(tmp_path, SECOND)
        assert read_history(tmp_path) == (FIRST, SECOND)

    def test_says_who_published_where_that_is_known(self, tmp_path: Path) -> None:
        record(tmp_path, replace(FIRST, by="anna"))
        (event,) = read_history(tmp_path)
        assert event.by == "anna"
        assert history_text([event], (), "").splitlines()[1] == "    by anna"
        line = json.loads(history_file(tmp_path).read_text())
        del line["by"]  # as it was written before there was a desk
        history_file(tmp_path).write_text(json.dumps(line))
        assert read_history(tmp_path) == (FIRST,)

    def test_is_a_line_of_json_each(self, tmp_path: Path) -> None:
        record(tmp_path, FIRST)
        record(tmp_path, SECOND)
        lines = history_file(tmp_path).read_text().splitlines()
        assert [json.loads(line) for line in lines][1] == {
            "generation": "2" * 16,
            "at": "2026-03-01T12:00:00+00:00",
            "action": "rollback",
            "articles": {"added": [], "changed": ["flu"], "removed": ["cramps"], "kept": 4},
            "passages": COUNTS,
            "model": "hash",
            "accepted": "it must go",
            "by": "",
        }
        assert len(lines) == 2

    @pytest.mark.parametrize("reason", ["zwei\nZeilen", "a\u2028b\u2029c\u0085d", "é – 漢", '"quoted"\\'])
    def test_keeps_a_reason_word_for_word(self, tmp_path: Path, reason: str) -> None:
        record(tmp_path, replace(FIRST, accepted=reason))
        record(tmp_path, SECOND)
        assert [one.accepted for one in read_history(tmp_path)] == [reason, "it must go"]

    def test_bytes_that_are_no_text_are_replaced(self, tmp_path: Path) -> None:
        record(tmp_path, replace(FIRST, accepted="caf\udce9"))
        assert read_history(tmp_path)[0].accepted == "caf?"

    def test_the_clock_is_in_utc_to_the_second(self) -> None:
        before = datetime.now(UTC)
        told = now()
        assert (told.tzinfo, told.microsecond) == (UTC, 0)
        assert timedelta(seconds=-1) < told - before < timedelta(minutes=1)


NOTHING = {"added": [], "changed": [], "removed": [], "kept": 0}
SOUND = {
    "generation": "1",
    "at": "2026-03-01T12:00:00+00:00",
    "action": "publish",
    "articles": NOTHING,
    "passages": {"added": 0, "changed": 0, "removed": 0, "kept": 0},
    "model": "hash",
    "accepted": "",
}
"""What a line of the history says."""

WEIRD: list[dict[str, object]] = [
    {"generation": {"a": 1}},
    {"generation": 5},
    {"generation": None},
    {"at": 5},
    {"at": "yesterday"},
    {"at": "2026-03-01T12:00:00"},
    {"action": "burn"},
    {"action": []},
    {"articles": None},
    {"articles": []},
    {"articles": {"added": [[]], "changed": [], "removed": [], "kept": 0}},
    {"articles": {"added": 5, "changed": [], "removed": [], "kept": 0}},
    {"articles": {"added": "flu", "changed": [], "removed": [], "kept": 0}},
    {"articles": {"added": [], "changed": [], "removed": []}},
    {"articles": {"added": [], "changed": [], "removed": [], "kept": float("inf")}},
    {"passages": {"added": 1}},
    {"passages": {"added": "many", "changed": 0, "removed": 0, "kept": 0}},
    {"passages": 3},
    {"model": 5},
    {"accepted": ["no"]},
]
"""What may stand in its place there, and makes the line say nothing."""


class TestWhatIsDamaged:
    @pytest.mark.parametrize("cut", [1, 2, 40])
    def test_a_line_cut_off_is_passed_over_and_the_next_one_is_whole(self, tmp_path: Path, cut: int) -> None:
        record(tmp_path, FIRST)
        whole = history_file(tmp_path).read_bytes()
        record(tmp_path, SECOND)
        history_file(tmp_path).write_bytes((history_file(tmp_path)).read_bytes()[:-cut])
        # Without its last byte, the end of the line, the second line is still whole.
        assert read_history(tmp_path) == ((FIRST, SECOND) if cut == 1 else (FIRST,))
        third = event("3" * 16)
        record(tmp_path, third)
        assert read_history(tmp_path) == ((FIRST, SECOND, third) if cut == 1 else (FIRST, third))
        assert history_file(tmp_path).read_bytes().startswith(whole)

    @pytest.mark.parametrize(
        "line",
        [
            "",
            "null",
            "7",
            "[]",
            "{}",
            '"words"',
            "nonsense",
            "[" * 100_000,
            "\x00\x00",
            *(json.dumps({**SOUND, **change}) for change in WEIRD),
        ],
    )
    def test_a_line_that_says_nothing_is_passed_over(self, tmp_path: Path, line: str) -> None:
        record(tmp_path, FIRST)
        with history_file(tmp_path).open("a") as stream:
            stream.write(f"{line}\n")
        record(tmp_path, SECOND)
        assert read_history(tmp_path) == (FIRST, SECOND)

    def test_a_line_that_says_all_is_read(self, tmp_path: Path) -> None:
        history_file(tmp_path).write_text(json.dumps(SOUND))
        assert read_history(tmp_path) == (Event("1", NOON, "publish", Changes(), dict.fromkeys(COUNTS, 0), "hash"),)

    def test_bytes_that_are_not_utf_8_cost_their_line_only(self, tmp_path: Path) -> None:
        record(tmp_path, FIRST)
        with history_file(tmp_path).open("ab") as stream:
            stream.write(b"\xff\xfe\n")
        record(tmp_path, SECOND)
        assert read_history(tmp_path) == (FIRST, SECOND)

    def test_without_a_file_there_is_no_history(self, tmp_path: Path) -> None:
        assert read_history(tmp_path) == ()
        assert read_history(tmp_path / "nowhere") == ()
        history_file(tmp_path).mkdir()
        assert read_history(tmp_path) == ()

    def test_a_time_of_another_zone_is_read_as_utc(self, tmp_path: Path) -> None:
        record(tmp_path, FIRST)
        text = history_file(tmp_path).read_text()
        history_file(tmp_path).write_text(text.replace("12:00:00+00:00", "14:00:00+02:00"))
        assert read_history(tmp_path) == (FIRST,)


class TestWhatItTells:
    def test_when_each_article_was_last_published(self) -> None:
        events = (
            event("1" * 16, Changes(added=("cramps", "flu", "sleep"))),
            event("2" * 16, Changes(changed=("flu",)), 1),
            event("3" * 16, Changes(removed=("cramps", "sleep")), 2),
            event("4" * 16, Changes(added=("cramps",)), 3),
        )
        assert last_published(events) == {"flu": NOON + timedelta(hours=1), "cramps": NOON + timedelta(hours=3)}
        assert last_published(()) == {}

    def test_an_article_removed_that_never_came_is_no_trouble(self) -> None:
        assert last_published((event("1" * 16, Changes(removed=("ghost",))),)) == {}

    def test_which_generations_were_served_the_last_one_first_each_once(self) -> None:
        assert recent_generations([event(name) for name in "abcbd"]) == ["d", "b", "c", "a"]
        assert recent_generations(()) == []
