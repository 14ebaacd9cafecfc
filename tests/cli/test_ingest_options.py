"""The door for editors, option by option: what it prints, what it does, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import HashEncoder, plain_calibration

from wellread.cli import doors
from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.encoders.sentence_transformer import Vectors
from wellread.index.layout import current_generation, history_file
from wellread.index.reader import Reader
from wellread.publishing.embedding.tasks import SAMPLE
from wellread.publishing.history import read_history
from wellread.publishing.serving import standing_generations
from wellread.search.searcher import Searcher

CRAMPS = "# Cramps\n\n## Causes\n\nCold water.\n\n## Care\n\nRest your leg.\n"
FLU = "# Flu\n\n## Signs\n\nFever.\n"
GOUT = "# Gout\n\n## Signs\n\nA red toe.\n"


class Door:
    """The command over the test's folders, with the small encoder in the model's place."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.kb, self.index, self.judgments = folder / "kb", folder / "index", folder / "judgments"
        self.encoder = HashEncoder()
        self._capsys = capsys

    def __call__(self, *options: str) -> tuple[int, str, str]:
        """The exit status, what was printed, and what was complained of."""
        status = doors.ingest(["--kb", str(self.kb), "--index", str(self.index), *options])
        printed = self._capsys.readouterr()
        return status, re.sub(r"\(\d+\.\d s\)", "(0.0 s)", printed.out), printed.err

    def json(self, *options: str) -> Any:
        """What is printed for programs, by a command that ends well."""
        status, out, err = self(*options, "--json")
        assert (status, err, out.count("\n")) == (0, "", 1)
        return json.loads(out)

    def write(self, **articles: str) -> None:
        for name, text in articles.items():
            (self.kb / f"{name}.md").write_text(text)

    def judge(self, rows: str, queries: str = '{"_id": "q", "text": "rest your leg"}\n') -> None:
        folder = self.judgments / "legs"
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        (folder / "queries.jsonl").write_text(queries)
        (folder / "qrels" / "dev.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}")

    @property
    def served(self) -> str:
        return current_generation(self.index)


@pytest.fixture
def door(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Door:
    door = Door(tmp_path, capsys)
    door.kb.mkdir()
    door.write(cramps=CRAMPS, flu=FLU, gout=GOUT)
    monkeypatch.setattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder", lambda name: door.encoder)
    monkeypatch.chdir(tmp_path)
    return door


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: when each thing was last changed and, for a file, its bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


class TestDryRun:
    def test_prints_the_difference_and_the_report(self, door: Door) -> None:
        door()
        before = state(door.index)
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        status, out, err = door("--dry-run")
        name = out.split()[-3]
        assert (status, err) == (0, "")
        # Four passages, a sentence of each, and the headings "Causes", "Care" and "Signs": 11, of which two are new.
        assert out.splitlines() == [
            "changed cramps#causes",
            "    Cramps › Causes",
            "  - Cold water.",
            "  + Ice cold water.",
            "",
            "changed    cramps",
            "articles   0 added, 1 changed, 0 removed, 2 unchanged",
            "passages   0 added, 1 changed, 0 removed, 3 unchanged",
            "texts      1 to embed, 6 reused",
            f"settings   the usual ones; there is no {door.kb / 'wellread.toml'}",
            "judged     no question asked: there is none in judgments",
            f"Nothing was published; this would be generation {name} (0.0 s).",
        ]
        assert state(door.index) == before

    def test_shows_brackets_and_long_lines_as_they_are(self, door: Door) -> None:
        text = "See [bold]this[/bold] " + "long" * 60 + " end."
        door.write(cramps=f"# Cramps\n\n## Causes\n\n{text}\n")
        assert f"  + {text}" in door("--dry-run")[1].splitlines()

    def test_gives_the_report_and_the_difference_as_json(self, door: Door) -> None:
        published = door.json()
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        told = door.json("--dry-run")
        assert told.pop("seconds") < 60
        assert told.pop("generation") != published["generation"]
        assert told == {
            "articles": {"added": [], "changed": ["cramps"], "removed": []},
            "passages": {"added": 1, "kept": 3, "removed": 1},
            "embedded": 1,
            "reused": 6,
            "judged": {"folder": "judgments", "questions": 0},
            "settings": {"file": None, "values": {}, "command": {}},
            "left_out": [],
            "drafts": [],
            "errors": [],
            "notes": [],
            "workers": None,
            "dry_run": True,
            "details": [],
            "diff": [
                {
                    "id": "cramps#causes",
                    "kind": "changed",
                    "lines": ["  Cramps › Causes", "- Cold water.", "+ Ice cold water."],
                }
            ],
        }

    def test_shows_details_of_an_article_before_its_passages(self, door: Door) -> None:
        door()
        door.write(cramps=f"---\nnext_review: 2028-05-31\n---\n{CRAMPS}")
        assert door("--dry-run")[1].splitlines()[:4] == [
            "details cramps",
            "  + next_review: 2028-05-31",
            "",
            "changed    cramps",
        ]
        assert door.json("--dry-run")["details"] == [{"article": "cramps", "lines": ["+ next_review: 2028-05-31"]}]

    def test_says_so_where_nothing_would_change(self, door: Door) -> None:
        door()
        assert door("--dry-run")[1].splitlines() == [
            f"Nothing has changed; generation {door.served} is being served (0.0 s).",
            f"settings   the usual ones; there is no {door.kb / 'wellread.toml'}",
        ]
        assert door.json("--dry-run")["diff"] == []

    def test_is_refused_like_a_publication(self, door: Door) -> None:
        door.write(bad="")
        status, out, err = door("--dry-run")
        assert (status, out) == (1, "")
        assert err.startswith("wellread: 1 article cannot be read; nothing was published:\nbad.md: the file is empty\n")
        assert not door.index.exists()


class TestHistory:
    def test_lists_the_latest_first_with_what_it_changed_and_its_model(self, door: Door) -> None:
        door("--keep", "2")
        first = door.served
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        door("--keep", "2")
        second = door.served
        door.write(mumps="# Mumps\n\n## Signs\n\nSwelling.\n")
        door("--keep", "2")
        status, out, err = door("--history")
        assert (status, err) == (0, "")
        times = [f"{event.at:%Y-%m-%d %H:%M:%S} UTC" for event in read_history(door.index)]
        assert out.splitlines() == [
            f"{times[2]}  {door.served}  publish   articles +1 ~0 -0  passages +1 ~0 -0  hash  served now",
            f"{times[1]}  {second}  publish   articles +0 ~1 -0  passages +0 ~1 -0  hash",
            f"{times[0]}  {first}  publish   articles +3 ~0 -0  passages +4 ~0 -0  hash  no longer kept",
            "+ added, ~ changed, - removed, against what was served before",
        ]

    def test_gives_every_event_as_json_oldest_first(self, door: Door) -> None:
        door()
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        door()
        first, second = door.json("--history")
        assert second == {
            "generation": door.served,
            "at": read_history(door.index)[1].at.isoformat(),
            "action": "publish",
            "articles": {"added": [], "changed": ["cramps"], "removed": []},
            "passages": {"added": 0, "changed": 1, "removed": 0, "kept": 3},
            "model": "hash",
            "accepted": None,
            "by": None,
        }
        assert (first["action"], first["articles"]["added"]) == ("publish", ["cramps", "flu", "gout"])

    def test_before_any_publication_says_how_to_begin(self, door: Door) -> None:
        assert door("--history") == (
            1,
            "",
            f"wellread: {door.index}: there is no index here yet\n    build it: wellread ingest\n",
        )
        assert not door.index.exists()

    def test_without_a_file_tells_what_is_on_the_disk(self, door: Door) -> None:
        door()
        first = door.served
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        door()
        history_file(door.index).unlink()
        status, out, err = door("--history")
        assert (status, err) == (0, "")
        assert out.splitlines() == [
            f"Generation {door.served} is being served; since when was not written down.",
            f"On the disk, but not known to have been served: {first}",
        ]
        assert door.json("--history") == []

    def test_is_told_though_current_and_the_generations_are_gone(self, door: Door) -> None:
        door()
        name = door.served
        (door.index / "CURRENT").unlink()
        shutil.rmtree(door.index / "generations")
        status, out, err = door("--history")
        assert (status, err) == (0, "")
        assert out.splitlines()[0].endswith(
            f"{name}  publish   articles +3 ~0 -0  passages +4 ~0 -0  hash  no longer kept"
        )
        assert len(out.splitlines()) == 2


class TestRollback:
    def test_goes_to_the_one_before_and_says_what_changes(self, door: Door) -> None:
        door()
        first = door.served
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"), mumps="# Mumps\n\n## Signs\n\nSwelling.\n")
        door()
        assert door("--rollback") == (
            0,
            f"Generation {first} is being served again; articles: 0 added, 1 changed, 1 removed.\n",
            "",
        )
        assert door.served == first

    def test_does_not_fail_by_settings_that_cannot_be_read_and_then_keeps_all(self, door: Door) -> None:
        for water in ("Cold", "Ice cold", "Warm"):
            door.write(cramps=CRAMPS.replace("Cold", water))
            door()
        (door.kb / "wellread.toml").write_text('keep = "x"\n')
        status, out, err = door("--rollback")
        assert (status, "is being served again" in out) == (0, True)
        assert err.endswith("    all generations are kept\n")
        assert len(standing_generations(door.index)) == 3

    def test_goes_to_the_one_named_and_tells_it_as_json(self, door: Door) -> None:
        door()
        first = door.served
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        door()
        told = door.json("--rollback", first)
        event = read_history(door.index)[-1]
        assert told == {
            "generation": first,
            "at": event.at.isoformat(),
            "action": "rollback",
            "articles": {"added": [], "changed": ["cramps"], "removed": []},
            "passages": {"added": 0, "changed": 1, "removed": 0, "kept": 3},
            "model": "hash",
            "accepted": None,
            "by": None,
        }

    def test_does_not_need_the_articles_or_the_model(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        door()
        first = door.served
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        door()
        shutil.rmtree(door.kb)
        monkeypatch.delattr("wellread.encoders.sentence_transformer.SentenceTransformerEncoder")
        assert door("--rollback", first)[0] == 0
        assert door("--history")[0] == 0

    def test_to_what_there_is_not_is_refused(self, door: Door) -> None:
        door()
        status, out, err = door("--rollback", "xyz")
        assert (status, out) == (1, "")
        assert err.splitlines() == [
            f"wellread: {door.index}: no generation is called xyz…",
            "    look what there is: wellread history",
        ]

    def test_before_any_publication_is_refused(self, door: Door) -> None:
        status, out, err = door("--rollback")
        assert (status, out) == (1, "")
        assert err.startswith(f"wellread: {door.index}: there is no generation to go back to\n")
        assert not door.index.exists()


class TestInclude:
    def test_reads_only_what_matches_one_of_the_patterns(self, door: Door) -> None:
        (door.kb / "heart").mkdir()
        (door.kb / "heart" / "attack.md").write_text(FLU)
        told = door.json("--include", "heart/*", "--include", "g*")
        assert told["articles"]["added"] == ["gout", "heart/attack"]

    def test_takes_what_does_not_match_for_gone(self, door: Door) -> None:
        door()
        status, _, err = door("--include", "cramps*")
        assert status == 1
        assert err == (
            "wellread: 2 of the 3 articles would go (flu, gout); nothing was published\n"
            "    if that is what you want, say --allow-shrink\n"
        )
        assert door.json("--include", "cramps*", "--allow-shrink")["articles"]["removed"] == ["flu", "gout"]

    def test_that_nothing_matches_is_refused(self, door: Door) -> None:
        status, _, err = door("--include", "heart/*")
        assert status == 1
        assert err.startswith(f"wellread: {door.kb} holds no article that matches heart/*\n")


class TestAllowShrink:
    def test_is_needed_for_more_than_three_in_ten(self, door: Door) -> None:
        door.write(**{f"more{number}": FLU for number in range(7)})
        door()
        for name in ("more0", "more1", "more2"):
            (door.kb / f"{name}.md").unlink()
        assert len(door.json()["articles"]["removed"]) == 3  # 3 of 10: not more than 30 %
        for name in ("more3", "more4", "more5"):
            (door.kb / f"{name}.md").unlink()
        # The words of those that go stand in flu.md and more6.md too, so that the bytes are still there.
        assert len(door.json()["articles"]["removed"]) == 3
        (door.kb / "flu.md").unlink()
        (door.kb / "more6.md").unlink()
        status, out, err = door()
        assert (status, out) == (1, "")
        assert err.startswith("wellread: 2 of the 4 articles would go (flu, more6); nothing was published\n")

    def test_is_not_needed_for_files_that_move(self, door: Door) -> None:
        door()
        (door.kb / "moved").mkdir()
        for name in ("cramps", "flu", "gout"):
            (door.kb / f"{name}.md").rename(door.kb / "moved" / f"{name}.md")
        assert door.json()["articles"] == {
            "added": ["moved/cramps", "moved/flu", "moved/gout"],
            "changed": [],
            "removed": ["cramps", "flu", "gout"],
        }

    def test_lets_all_articles_go_and_then_nothing_is_covered(self, door: Door) -> None:
        door()
        for file in door.kb.iterdir():
            file.unlink()
        status, _, err = door()
        assert status == 1
        assert err == (
            f"wellread: {door.kb} holds no article\n"
            "    put a .txt or .md file into it, or say --allow-shrink to serve no article at all\n"
        )
        told = door.json("--allow-shrink")
        assert told["articles"]["removed"] == ["cramps", "flu", "gout"]
        assert (told["passages"], told["embedded"], told["reused"]) == ({"added": 0, "kept": 0, "removed": 4}, 0, 0)
        answer = Searcher(Reader(door.index, door.served), door.encoder, plain_calibration()).ask("why cramps?")
        assert (answer.state, answer.hits, answer.disclaimer) == ("not_covered", (), DEFAULT_DISCLAIMER)
        assert DEFAULT_DISCLAIMER == "you should ask your doctor before taking this medicine"
        door.write(cramps=CRAMPS)
        assert door.json()["articles"]["added"] == ["cramps"]


WITHOUT_CARE = CRAMPS.partition("## Care")[0]


class TestTheGate:
    def test_refuses_shows_what_is_lost_and_publishes_for_a_reason(self, door: Door) -> None:
        door.judge("q\tcramps#care\t3\n")
        assert "questions  nDCG@10 1.000 over 1 judged questions" in door("--judgments", "judgments")[1].splitlines()
        first = door.served
        door.write(cramps=WITHOUT_CARE)
        status, out, err = door("--judgments", "judgments")
        assert (status, out) == (1, "")
        assert err == (
            "wellread: judged questions lose by this edit: nDCG@10 1.000 before, 0.000 after, which is more than 0.02"
            " less; 1 of 1 lose their answer; nothing was published\n"
            "    lost: rest your leg\n"
            '    mend the text, or publish it all the same: --accept-regression "the reason"\n'
        )
        assert door.served == first
        status, out, err = door("--judgments", "judgments", "--accept-regression", " the advice was wrong ")
        assert (status, err) == (0, "")
        assert out.splitlines()[-5:] == [
            "questions  0 improved, 0 got worse, 1 lost its answer of 1; nDCG@10 1.000 before, 0.000 now",
            '  lost     "rest your leg"',
            "missing    judged questions name passages that are not there: cramps#care",
            "           write the passages' new addresses into the qrels, or those questions find nothing",
            f"Generation {door.served} is being served (0.0 s).",
        ]
        assert (
            '    accepted although judged questions lost by it: "the advice was wrong"'
            in door("--history")[1].splitlines()
        )
        assert door.json("--history")[-1]["accepted"] == "the advice was wrong"

    def test_looks_beside_the_articles_by_itself_wherever_it_runs(
        self, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        door.judge("q\tcramps#care\t3\n")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        assert f"judged     1 question of {door.judgments} asked" in door()[1].splitlines()
        door.write(cramps=WITHOUT_CARE)
        assert door()[0] == 1

    def test_names_the_folder_whose_questions_it_asked_and_how_many(self, door: Door) -> None:
        door.judge("q\tcramps#care\t3\n")
        assert "judged     1 question of judgments asked" in door()[1].splitlines()
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        assert "judged     no question asked: a dry run asks none of judgments" in door("--dry-run")[1].splitlines()
        assert door.json()["judged"] == {"folder": "judgments", "questions": 1}

    def test_says_that_it_asked_nothing_and_where_it_looked(self, door: Door, tmp_path: Path) -> None:
        assert "judged     no question asked: there is none in judgments" in door()[1].splitlines()
        (tmp_path / "judgments").mkdir()
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        assert door.json()["judged"] == {"folder": "judgments", "questions": 0}

    def test_lets_pass_what_the_tolerance_allows(self, door: Door) -> None:
        door.judge("q\tcramps#care\t3\n")
        door()
        door.write(cramps=WITHOUT_CARE)
        assert door("--tolerance", "0.99")[0] == 1
        assert door("--tolerance", "1")[0] == 0
        assert door.json("--history")[-1]["accepted"] is None

    def test_keeps_no_reason_where_nothing_was_lost(self, door: Door) -> None:
        door.judge("q\tcramps#care\t3\n")
        door("--accept-regression", "in case")
        door.write(cramps=CRAMPS.replace("Cold", "Ice cold"))
        assert door("--accept-regression", "in case")[0] == 0
        assert [event["accepted"] for event in door.json("--history")] == [None, None]

    def test_asks_nothing_about_passages_that_never_were_and_says_so(self, door: Door) -> None:
        door.judge("q\tnothing#like-it\t3\n")
        status, out, _ = door()
        assert status == 0
        assert "judged     no question asked: judgments has none about these articles" in out.splitlines()
        assert "questions" not in out

    def test_refuses_judgments_that_cannot_be_read(self, door: Door) -> None:
        door.judge("q\tcramps#care\tgood\n")
        status, out, err = door()
        assert (status, out) == (1, "")
        assert err.splitlines() == [
            'wellread: judgments/legs/qrels/dev.tsv:2: the grade "good" is not a whole number from -99 to 99',
            "    mend the file, or name another folder with --judgments",
        ]
        assert not door.index.exists()

    @pytest.mark.parametrize("named", ["nowhere", "kb"])
    def test_refuses_a_folder_without_judgments_that_was_named(self, door: Door, named: str) -> None:
        door.judge("q\tcramps#care\t3\n")
        status, _, err = door("--judgments", named)
        assert status == 1
        assert err.startswith(f"wellread: {named}: no folder in it has a queries.jsonl\n")


def test_keep_is_how_many_generations_stay(door: Door) -> None:
    names = []
    for number in range(4):
        door.write(cramps=CRAMPS.replace("Cold", f"Cold {number}"))
        assert door("--keep", "2")[0] == 0
        names.append(door.served)
    assert standing_generations(door.index) == tuple(sorted(names[-2:]))
    assert door("--rollback", "--keep", "1")[0] == 0
    assert standing_generations(door.index) == (names[-2],)


class TestWorkers:
    def test_of_the_settings_embed_and_are_reported(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text("workers = 2\n")
        lines = door()[1].splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith("texts"))
        assert re.fullmatch(r"workers    2 workers, each with at most \d+ MB of memory", lines[place + 1])
        assert lines[place + 2] == f"settings   {door.kb / 'wellread.toml'}: workers = 2"
        assert door.encoder.embedded == [*SAMPLE]  # this process embedded what workers must give the same vectors of

    def test_of_the_command_count_before_the_settings(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text("workers = 2\n")
        report = door.json("--workers", "1")
        assert report["workers"].pop("memory") > 10
        assert report["workers"] == {"workers": 1, "lost": 0, "rounding": 0.0}
        assert report["settings"]["command"] == {"workers": 1}

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("cluster", '--ray: "cluster" is no address of a Ray cluster\n    write HOST:PORT, such as 10.0.0.1:6379'),
            ("127.0.0.1:1", "no Ray cluster can be joined at 127.0.0.1:1 ([Errno 111] Connection refused); nothing"),
            ("127.0.0.1:99999", "no Ray cluster can be joined at 127.0.0.1:99999 ("),
        ],
    )
    def test_on_a_cluster_that_is_not_there_publish_nothing(self, door: Door, address: str, said: str) -> None:
        status, out, err = door("--ray", address)
        assert (status, out) == (1, "")
        assert err.startswith(f"wellread: {said}")
        assert not (door.index / "CURRENT").exists()


class TestAnId:
    def test_stays_with_a_file_that_moves_only_if_front_matter_gives_it(self, door: Door) -> None:
        door.write(cramps=f"---\nid: legs\n---\n{CRAMPS}")
        door()
        (door.kb / "moved").mkdir()
        for name in ("cramps", "flu"):
            (door.kb / f"{name}.md").rename(door.kb / "moved" / f"{name}.md")
        told = door.json()
        assert told["articles"] == {"added": ["moved/flu"], "changed": ["legs"], "removed": ["flu"]}
        assert (told["passages"], told["embedded"]) == ({"added": 1, "kept": 3, "removed": 1}, 0)

    def test_is_not_shared_by_articles_with_the_same_words(self, door: Door) -> None:
        told = door.json()
        door.write(grippe=FLU)
        again = door.json()
        assert again["articles"]["added"] == ["grippe"]
        assert (again["passages"]["added"], again["embedded"]) == (1, 0)
        assert again["reused"] == told["embedded"]
        found = Searcher(Reader(door.index, door.served), door.encoder).rank("fever")[:2]
        assert [(hit.passage.id, hit.passage.text) for hit in found] == [
            ("flu#signs", "Fever."),
            ("grippe#signs", "Fever."),
        ]
        assert found[0].scores == found[1].scores
        (door.kb / "flu.md").unlink()
        assert door.json("--allow-shrink")["articles"]["removed"] == ["flu"]
        (hit, *_) = Searcher(Reader(door.index, door.served), door.encoder).rank("fever")
        assert hit.passage.id == "grippe#signs"


MODES = ["--dry-run", "--check", "--watch", "--history", "--rollback", "--doctor", "--import=x"]


class TestAWrongCommand:
    @pytest.mark.parametrize(("one", "other"), [*pairwise(MODES)])
    def test_asks_for_two_things_at_once(self, door: Door, one: str, other: str) -> None:
        with pytest.raises(SystemExit) as left:
            door(one, other)
        assert left.value.code == 2
        assert not door.index.exists()

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            (["--tolerance", "much"], '--tolerance: "much" is not a number from 0 to 1'),
            (["--tolerance", "1.1"], '--tolerance: "1.1" is not a number from 0 to 1'),
            (["--tolerance", "nan"], '--tolerance: "nan" is not a number from 0 to 1'),
            (["--tolerance=-0.1"], '--tolerance: "-0.1" is not a number from 0 to 1'),
            (["--keep", "0"], '--keep: "0" is not a whole number from 1'),
            (["--workers", "0"], '--workers: "0" is not a whole number from 1'),
            (["--keep", "two"], '--keep: "two" is not a whole number from 1'),
            (["--accept-regression", " "], "--accept-regression: a reason in words is needed"),
            (["--accept-regression"], "--accept-regression: expected one argument"),
        ],
    )
    def test_is_told_what_is_wrong(
        self, door: Door, options: Sequence[str], reason: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as left:
            door(*options)
        assert left.value.code == 2
        assert capsys.readouterr().err.endswith(f"wellread ingest: error: argument {reason}\n")


class TestAnInterrupt:
    def test_before_the_switch_says_that_nothing_was_published(
        self, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(self: HashEncoder, *arguments: object) -> Vectors:
            raise KeyboardInterrupt

        monkeypatch.setattr(HashEncoder, "encode_documents", interrupted)
        assert door() == (130, "", "wellread: interrupted; nothing was published\n")

    def test_after_the_switch_says_what_is_served(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wellread.publishing.serving.record", interrupted)
        status, out, err = door()
        assert (status, out, err) == (130, "", f"wellread: interrupted; generation {door.served} is being served\n")

    def test_ends_watching_well(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wellread.publishing.watch.saves", saves_by())
        status, out, err = door("--watch")
        assert (status, err) == (0, "")
        assert out.splitlines()[-1] == f"Watching {door.kb}; Ctrl-C ends it."


def saves_by(*edits: Callable[[], None]) -> Callable[[Path], Iterator[None]]:
    """An editor's saves, one for each edit, and then Ctrl-C."""

    def saves(folder: Path) -> Iterator[None]:
        for edit in edits:
            edit()
            yield
        raise KeyboardInterrupt

    return saves


class TestWatch:
    def test_publishes_at_once_and_after_each_save(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        edits = (
            lambda: door.write(mumps="# Mumps\n\n## Signs\n\nSwelling.\n"),
            lambda: door.write(measles="# Measles\n\n## Signs\n\nSpots.\n"),
        )
        monkeypatch.setattr("wellread.publishing.watch.saves", saves_by(*edits))
        status, out, _ = door("--watch", "--json")
        assert status == 0
        added = [json.loads(line)["articles"]["added"] for line in out.splitlines()]
        assert added == [["cramps", "flu", "gout"], ["mumps"], ["measles"]]

    def test_goes_on_after_a_refusal(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        door.write(bad="")
        monkeypatch.setattr("wellread.publishing.watch.saves", saves_by(lambda: door.write(bad=FLU)))
        status, out, err = door("--watch")
        assert status == 0
        assert err.startswith("wellread: 1 article cannot be read; nothing was published:\nbad.md: the file is empty\n")
        assert out.splitlines()[:2] == [f"Watching {door.kb}; Ctrl-C ends it.", "added      bad"]
        assert out.splitlines()[-2] == f"Generation {door.served} is being served (0.0 s)."


class TestProgress:
    class Terminal:
        """Standard error that says whether it is a terminal, and keeps what is written."""

        encoding = "utf-8"

        def __init__(self, terminal: bool) -> None:
            self.terminal, self.written = terminal, ""

        def write(self, text: str) -> int:
            self.written += text
            return len(text)

        def flush(self) -> None:
            pass

        def isatty(self) -> bool:
            return self.terminal

    @pytest.mark.parametrize("command", [(), ("--dry-run",)], ids=["publishing", "dry run"])
    @pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "elsewhere"])
    def test_is_shown_in_a_terminal_of_what_takes_longer_than_two_seconds(
        self, door: Door, monkeypatch: pytest.MonkeyPatch, terminal: bool, command: tuple[str, ...]
    ) -> None:
        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm")
        error = self.Terminal(terminal)
        clock = iter(range(0, 10_000, 6))  # six seconds pass between any two looks at it
        monkeypatch.setattr(sys, "stderr", error)
        monkeypatch.setattr("wellread.progress.time.monotonic", lambda: float(next(clock)))
        assert door(*command)[0] == 0
        if terminal:
            assert "reading" in error.written
            assert "\x1b[" in error.written
        else:
            assert error.written == ""

    @pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "elsewhere"])
    def test_is_not_shown_of_what_is_quick(self, door: Door, monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
        error = self.Terminal(terminal)
        monkeypatch.setattr(sys, "stderr", error)
        monkeypatch.setattr("wellread.progress.time.monotonic", lambda: 1.0)
        assert door()[0] == 0
        assert error.written == ""


def test_checking_names_sentences_that_contradict_one_another_among_the_other_findings(door: Door) -> None:
    door.write(ankle="# Ankle\n\n## Ice\n\nPut ice on a sprained ankle for 20 minutes.\n")
    door.write(sprains="# Sprained ankle\n\n## Cold\n\nPut ice on a sprained ankle for 5 minutes.\n")
    found = json.loads(door("--check", "--json")[1])
    assert [(each["file"], each["line"], each["code"]) for each in found][:3] == [
        ("ankle.md", None, "review-date-missing"),
        ("ankle.md", 5, "contradiction"),
        ("cramps.md", None, "review-date-missing"),
    ]
    assert found[1]["message"].startswith('this says "20 minutes" and sprains.md:5 "5 minutes": ')


class TestSettings:
    def test_of_the_library_count_from_any_folder(
        self, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (door.kb / "wellread.toml").write_text('exclude = ["gout.md"]\nkeep = 2\n')
        first = door.json()
        assert (first["articles"]["added"], first["left_out"]) == (["cramps", "flu"], ["gout.md"])
        for number, place in enumerate((Path("/"), tmp_path / "kb", tmp_path)):
            monkeypatch.chdir(place)
            assert door.json()["generation"] == first["generation"]
            assert door("--index", str(tmp_path / f"other{number}"))[0] == 0
            assert current_generation(tmp_path / f"other{number}") == first["generation"]

    def test_are_told_with_what_they_leave_out(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text('exclude = ["gout.md", "draft"]\n')
        lines = door("--keep", "3")[1].splitlines()
        assert lines[5:9] == [
            f'settings   {door.kb / "wellread.toml"}: exclude = ["gout.md", "draft"]',
            "           from the command: keep = 3",
            "left out   gout.md",
            'pattern    "draft" matches no file: look how it is written',
        ]

    def test_exclude_of_the_command_stands_for_that_of_the_file(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text('exclude = ["gout.md"]\n')
        assert door.json("--exclude", "flu.md")["left_out"] == ["flu.md"]

    def test_that_are_wrong_publish_nothing(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text('excludes = ["gout.md"]\n')
        status, out, err = door()
        assert (status, out, err.splitlines()[0]) == (
            1,
            "",
            f"wellread: {door.kb / 'wellread.toml'}:1: excludes is not a setting",
        )
        assert not door.index.exists()

    def test_keep_counts_for_going_back_too(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text("keep = 7\n")
        for number in range(7):
            door.write(flu=f"# Flu\n\n## Signs\n\nFever of {number}.\n")
            door()
        door("--rollback")
        assert len(standing_generations(door.index)) == 7

    def test_are_said_on_standard_error_where_programs_get_findings(self, door: Door) -> None:
        (door.kb / "wellread.toml").write_text("keep = 3\n")
        status, out, err = door("--check", "--json")
        assert (status, err) == (0, f"settings   {door.kb / 'wellread.toml'}: keep = 3\n")
        assert {finding["code"] for finding in json.loads(out)} == {"review-date-missing"}

    def test_count_for_checking(self, door: Door) -> None:
        door.write(gout="")
        (door.kb / "wellread.toml").write_text('exclude = ["gout.md"]\n')
        status, out, _ = door("--check")
        assert (status, out.splitlines()[0]) == (0, f'settings   {door.kb / "wellread.toml"}: exclude = ["gout.md"]')
        assert out.splitlines()[1] == "left out   gout.md"
        assert not [line for line in out.splitlines() if line.startswith("gout")]
