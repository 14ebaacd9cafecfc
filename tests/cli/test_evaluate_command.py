"""`wellread evaluate`: tables for people, JSON for programs, files for both, and why nothing is measured."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from math import log2
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, HashEncoder, plain_calibration
from evaluated import Encoders, about, publish_small

from wellread.cli import doors, evaluate
from wellread.cli.main import _parser
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.evaluation.systems import _KEYS, BUILT_IN
from wellread.relevance.measures import MEASURES
from wellread.search.calibration import calibration_file, write_calibration

HEADER = "query-id\tcorpus-id\tscore\n"

WORDS = " ".join(f"Bread of town {number} is plain." for number in range(11))
"""Of 11 * 6 words, where a passage holds 64 at most."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WELLREAD_INDEX", "WELLREAD_MODEL", "WELLREAD_RERANKER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "40")  # of a terminal: what is printed into a file is not cut by it


@pytest.fixture
def encoders(monkeypatch: pytest.MonkeyPatch) -> Encoders:
    return Encoders(monkeypatch)


@pytest.fixture
def index(tmp_path: Path, encoders: Encoders) -> Path:
    return publish_small(tmp_path)


def judge(folder: Path, queries: list[dict[str, Any]], *rows: tuple[str, str, int], split: str = "all") -> Path:
    """Write a set of judged questions."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    (folder / "queries.jsonl").write_text("".join(f"{json.dumps(query)}\n" for query in queries))
    (folder / "qrels" / f"{split}.tsv").write_text(HEADER + "".join(f"{q}\t{p}\t{grade}\n" for q, p, grade in rows))
    return folder


@pytest.fixture
def judgments(tmp_path: Path) -> Path:
    """Judged questions in two splits; that about the signs of flu finds what is judged at place 1."""
    judge(
        tmp_path / "judgments" / "flu",
        [
            {"_id": "p", "text": "signs of flu: fever, cough", "metadata": {"split": "dev", "kind": "covered"}},
            {"_id": "q", "text": "signs of flu: fever, cough", "metadata": {"split": "test", "kind": "covered"}},
            {"_id": "r", "text": "zebra", "metadata": {"split": "test", "kind": "uncovered"}},
        ],
        ("p", "flu#signs", 2),
        ("q", "nowhere#at-all", 2),
    )
    return tmp_path / "judgments"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A collection of three documents; one question finds its document at place 1, the other at place 2."""
    folder = judge(
        tmp_path / "food",
        [{"_id": "p", "text": "saffron colours rice"}, {"_id": "q", "text": "saffron colours rice"}],
        ("p", "d1", 2),
        ("q", "d2", 3),
        split="test",
    )
    documents = [
        {"_id": "d1", "title": "", "text": "Saffron colours rice."},
        {"_id": "d2", "title": "", "text": "Rice is white."},
        {"_id": "d3", "title": "", "text": "Sleep at night."},
    ]
    (folder / "corpus.jsonl").write_text("".join(f"{json.dumps(document)}\n" for document in documents))
    return folder


@pytest.fixture
def unseen(judgments: Path, tmp_path: Path) -> Path:
    """Beside the judged questions others, about articles of their own: of burns in adults and in children."""
    (tmp_path / "library").mkdir()
    for name, care in (("adults", "Cool the burn with water."), ("children", "Call a doctor for a small child.")):
        text = f"# Burns in {name}\n\n## Causes\n\nHot soup.\n\n## Care\n\n{care}\n"
        (tmp_path / "library" / f"{name}.md").write_text(text)

    def question(name: str, text: str, split: str, kind: str, **about: str) -> dict[str, Any]:
        return {"_id": name, "text": text, "metadata": {"split": split, "kind": kind, **about}}

    judge(
        judgments / "unseen",
        [
            question("a", "cool the burn with water", "test", "covered", article="adults", register="plain"),
            question("b", "call a doctor for a small child", "test", "covered", article="children", register="story"),
            question("c", "hot soup burns in children", "test", "covered", article="adults", register="story"),
            question("d", "she is on fire", "test", "emergency"),
            question("e", "what is a fire brigade", "test", "calm"),
            question("f", "cool the burn with water", "dev", "covered", article="adults", register="plain"),
        ],
        ("a", "adults#care", 2),
        ("b", "children#care", 2),
        ("c", "adults#causes", 2),
        ("f", "adults#care", 2),
    )
    (judgments / "unseen" / "collection.toml").write_text('articles = "../../library"\n')
    return judgments


@pytest.fixture
def qrels(tmp_path: Path) -> Path:
    """Judgments in four columns, of grade 1 at most: p has two relevant documents, q one."""
    file = tmp_path / "few.qrels"
    file.write_text("p 0 a 1\np 0 b 1\np 0 c 0\nq 0 a 1\n")
    return file


def trec(file: Path, **ranked: Sequence[str]) -> Path:
    """Write a run in six columns."""
    lines = [
        f"{query} Q0 {name} {place} {-place} own\n"
        for query, names in ranked.items()
        for place, name in enumerate(names, 1)
    ]
    file.write_text("".join(lines))
    return file


def measure(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert doors.evaluate(["--json", *map(str, arguments)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    measured = json.loads(line)
    assert isinstance(measured, dict)
    return measured


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    assert doors.evaluate([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert doors.evaluate([str(argument) for argument in arguments]) == 1
    told = capsys.readouterr()
    if "--json" in arguments:
        assert list(json.loads(told.out)) == ["error"]
    else:
        assert told.out == ""
    reason, remedy = told.err.removeprefix("wellread: ").split("\n", 1)
    assert told.err.startswith("wellread: ")
    assert remedy.startswith("    ")
    assert remedy.count("\n") == 1
    return f"{reason}\n{remedy.strip()}"


def rows(lines: Sequence[str]) -> Iterator[list[str]]:
    """The cells of the tables in a terminal, two blanks or more apart."""
    return (re.split(r" {2,}", line.strip()) for line in lines if re.match(r"  \S", line))


def means(one: dict[str, Any]) -> dict[str, float]:
    return {name: at["mean"] for name, at in one.items()}


class TestJson:
    def test_is_alone_on_standard_output_and_no_progress_is_told_where_there_is_no_terminal(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wellread.progress.QUIET", 0.0)
        assert doors.evaluate(["--index", str(index), "--judgments", str(judgments), "--json", "--failures"]) == 0
        told = capsys.readouterr()
        (line,) = told.out.splitlines()
        assert list(json.loads(line)) == ["sets", "sweeps", "settings", "timings"]
        assert told.err.endswith(f"report: {index / 'evaluation' / 'published' / 'report' / 'report.html'}\n")
        assert "asking" not in told.err

    def test_has_what_it_takes_to_have_it_again(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings = measure(capsys, "--index", index, "--judgments", judgments)["settings"]
        assert settings["command"] == f"wellread evaluate --json --index {index} --judgments {judgments}"
        assert settings["generation"] == (index / "CURRENT").read_text().strip()
        assert (settings["model"], settings["fingerprint"], settings["reranker"]) == ("hash", "hash-64", None)
        assert list(settings["questions"]) == ["flu/dev", "flu/test"]
        assert list(settings["systems"]) == ["default"]

    def test_has_the_figures_of_each_split_by_itself(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        sets = measure(capsys, "--index", index, "--judgments", judgments)["sets"]
        assert list(sets) == ["flu/dev", "flu/test"]
        always, never = ({"mean": share, "low": share, "high": share, "queries": 1} for share in (1.0, 0.0))
        # Of three passages found one is judged.
        third = {"mean": 0.333333, "low": 0.333333, "high": 0.333333, "queries": 1}
        assert sets["flu/dev"]["measures"] == {
            **dict.fromkeys([*MEASURES, "answered"], always),
            "judged@10": third,
            "refused": never,
            "notice on ordinary questions": never,
        }
        found = sets["flu/test"]["measures"]
        assert {name: found[name] for name in MEASURES} == dict.fromkeys(MEASURES, never)
        # Confidence is 1 / (1 + exp(-cosine)): 0.65 at 2 / sqrt(2 * 5), for two words of "Signs: Fever." among the
        # five of the question, and below 0.6 for a zebra, which no article has, at any cosine below 0.405.
        assert found["uncovered not answered"] == found["refusal recall"] == always
        assert (found["AUROC"]["mean"], found["AUROC"]["queries"]) == (1.0, 2)

    def test_is_the_same_again_but_for_the_clock(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", judgments, "--compare", "default", "lexical")
        first, again = measure(capsys, *arguments), measure(capsys, *arguments)
        assert first.pop("timings").keys() == again.pop("timings").keys()
        assert first == again

    def test_is_what_the_file_has(self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]) -> None:
        measured = measure(capsys, "--index", index, "--judgments", judgments)
        folder = index / "evaluation" / "published" / "report"
        assert json.loads((folder / "results.json").read_text()) == measured


class TestJudgedQuestions:
    def test_may_be_of_one_split(self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]) -> None:
        every = measure(capsys, "--index", index, "--judgments", judgments)["sets"]
        one = measure(capsys, "--index", index, "--judgments", judgments, "--split", "test")["sets"]
        assert one == {"flu/test": every["flu/test"]}

    def test_without_splits_are_named_by_their_folder(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        judge(tmp_path / "own" / "legs", [{"_id": "q", "text": "rest leg care"}], ("q", "leg#care", 2))
        sets = measure(capsys, "--index", index, "--judgments", tmp_path / "own")["sets"]
        assert list(sets) == ["legs"]
        assert sets["legs"]["measures"]["success@1"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "queries": 1}

    def test_about_other_articles_are_left_out_and_that_is_told(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        judge(judgments / "teeth", [{"_id": "q", "text": "caries"}], ("q", "teeth#care", 2))
        sets = measure(capsys, "--index", index, "--judgments", judgments)["sets"]
        assert list(sets) == ["flu/dev", "flu/test"]
        assert {one["notes"][-1] for one in sets.values()} == {"teeth: about none of these articles, and left out"}

    def test_whose_published_passages_are_missing_are_told_of(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        queries = [{"_id": "q", "text": "rest leg care"}]
        own = judge(tmp_path / "own" / "legs", queries, ("q", "leg#care", 3), ("q", "leg#reworded", 3)).parent
        (notes,) = [one["notes"] for one in measure(capsys, "--index", index, "--judgments", own)["sets"].values()]
        assert notes == [f"Judged passages that are not in {index}, never found: 1, leg#reworded the first."]

    def test_count_from_the_grade_on_that_is_named(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        queries = [{"_id": "p", "text": "rest leg care"}, {"_id": "q", "text": "fever signs"}]
        own = judge(tmp_path / "own" / "legs", queries, ("p", "leg#care", 2), ("q", "flu#signs", 1)).parent
        found = {
            grade: measure(capsys, "--index", index, "--judgments", own, *grade)["sets"]["legs"]
            for grade in ((), ("--relevant", 1))
        }
        assert {grade: (one["relevant"], one["measures"]["RR"]["queries"]) for grade, one in found.items()} == {
            (): (2, 1),
            ("--relevant", 1): (1, 2),
        }


class TestTheTerminal:
    def test_has_a_row_for_each_measure_and_tells_what_was_measured(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = printed(capsys, "--index", index, "--judgments", judgments, "--split", "dev")
        assert lines[0].strip() == "flu/dev: default"
        sure = ["1.000", "1.000 to 1.000", "1"]
        assert list(rows(lines)) == [
            ["measure", "mean", "95 % interval", "questions"],
            *([name, *sure] for name in MEASURES if name != "judged@10" and not name.startswith("success")),
            ["judged@10", "0.333", "0.333 to 0.333", "1"],
            *([name, *sure] for name in ("success@1", "success@3", "answered")),
            ["refused", "0.000", "0.000 to 0.000", "1"],
            ["notice on ordinary questions", "0.000", "0.000 to 0.000", "1"],
        ]
        assert lines[-1] == f"model hash, generation {(index / 'CURRENT').read_text().strip()}"

    def test_has_what_is_established_in_words(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = printed(
            capsys, "--index", index, "--judgments", judgments, "--split", "dev", "--compare", "default", "lexical"
        )
        told = " ".join(lines)
        assert "flu/dev: lexical and default score the same, question by question (1 question)." in told
        assert ["lexical", "+0.000", "+0.000 to +0.000", "–", "0/0/1", "1.000", "1.000"] in list(rows(lines))

    def test_has_the_worst_questions_of_each_arm_where_these_are_wanted(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", judgments, "--split", "test", "--compare", "default", "dense")
        plain = printed(capsys, *arguments)
        lines = printed(capsys, *arguments, "--failures")
        assert not any("lost most" in line for line in plain)
        assert "flu/test, default: the 1 question that lost most" in lines
        assert "flu/test, dense: the 0 questions that lost most" in lines
        (question,) = (line for line in lines if line.startswith("q  "))
        assert question == "q  nDCG@10 0.000 (-1.000)  signs of flu: fever, cough"
        first = lines[lines.index(question) + 1]
        assert first.startswith("    found     1. flu#signs  (not judged)  passage 0.")
        assert "    wanted    –. nowhere#at-all  (grade 2)" in lines

    def test_has_no_more_of_the_worst_than_are_wanted(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        queries = [{"_id": name, "text": "fever"} for name in ("q", "p", "r")]
        rest = [(query["_id"], "nowhere#at-all", 2) for query in queries]
        own = judge(tmp_path / "own" / "flu", queries, *rest, ("q", "flu#care", 0)).parent
        lines = printed(capsys, "--index", index, "--judgments", own, "--failures", 2, "--measure", "RR")
        assert [line for line in lines if line.startswith(("p  ", "q  ", "r  "))] == [
            "p  RR 0.000 (-1.000)  fever",
            "q  RR 0.000 (-1.000)  fever",
        ]

    def test_ends_where_its_reader_has_gone(self, tmp_path: Path, qrels: Path) -> None:
        run = trec(tmp_path / "own.trec", p=["a"], q=["a"])
        files = ["--qrels", str(qrels), "--run", str(run), "--output", str(tmp_path / "report")]
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run(
                [sys.executable, str(ROOT / "evaluate.py"), *files, "--json"],
                cwd=tmp_path,
                stdout=writing,
                stderr=subprocess.PIPE,
                text=True,
                timeout=120,
                check=False,
            )
        finally:
            os.close(writing)
        assert (done.returncode, done.stderr) == (1, f"report: {tmp_path / 'report' / 'report.html'}\n")


class TestACollection:
    def test_is_indexed_once_and_measured_by_its_documents(
        self, tmp_path: Path, collection: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        index = tmp_path / "unpublished"
        write_calibration(calibration_file(index, HashEncoder.fingerprint), plain_calibration())
        measured = measure(capsys, "--index", index, "--collection", collection)
        (one,) = measured["sets"].values()
        assert list(measured["sets"]) == ["food/test"]
        assert (one["queries"], one["relevant"]) == (2, 2)
        # The one relevant document at place 1 and at place 2: gains of 1 and of 1 / log2(3) of the best, reciprocal
        # ranks 1 and 1/2; one of three documents is judged for each.
        assert means(one["measures"]) == {
            "nDCG@10": about((1 + 1 / log2(3)) / 2),
            "RR": 0.75,
            "AP": 0.75,
            "P@1": 0.5,
            "R@10": 1.0,
            "R@100": 1.0,
            "judged@10": about(1 / 3),
            "success@1": 0.5,
            "success@3": 1.0,
        }
        assert one["measures"]["success@1"] == {"mean": 0.5, "low": 0.0, "high": 1.0, "queries": 2}
        assert measured["settings"]["collection"] == "food"
        assert len(measured["settings"]["collection sha256"]) == 64
        (place,) = (index / "evaluation").iterdir()
        assert place.name.startswith("food-")
        assert (place / "report" / "results.json").is_file()
        again = measure(capsys, "--index", index, "--collection", collection)
        assert again["sets"] == measured["sets"]
        assert [bool(encoder.embedded) for encoder in encoders.loaded] == [True, False]

    def test_of_which_a_question_is_a_document_does_not_rank_that_document(
        self, index: Path, collection: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (collection / "queries.jsonl").write_text(
            '{"_id": "d1", "text": "saffron colours rice"}\n{"_id": "q", "text": "Saffron colours rice."}\n'
        )
        (collection / "qrels" / "test.tsv").write_text(f"{HEADER}d1\td2\t1\nq\td2\t1\nd1\td9\t-1\n")
        arguments = ("--index", index, "--collection", collection)
        by_id = measure(capsys, *arguments)["sets"]["food/test"]
        # d2 comes first for d1, which is left out, and second for q.
        assert (by_id["measures"]["P@1"]["mean"], by_id["measures"]["RR"]["mean"]) == (0.5, 0.75)
        assert by_id["notes"] == [
            "Questions that are documents (the same id), left out of their own rankings: 1 of 2.",
        ]
        for choice, first in (("words", 1.0), ("keep", 0.0)):
            measures = measure(capsys, *arguments, "--own-document", choice)["sets"]["food/test"]["measures"]
            assert measures["P@1"]["mean"] == first

    def test_leaves_what_readers_are_served_alone(
        self, index: Path, collection: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        served = (index / "CURRENT").read_text()
        generations = sorted(path.name for path in (index / "generations").iterdir())
        measured = measure(capsys, "--index", index, "--collection", collection)
        assert (index / "CURRENT").read_text() == served
        assert sorted(path.name for path in (index / "generations").iterdir()) == generations
        assert measured["settings"]["generation"] not in generations

    def test_may_be_measured_on_one_split_of_it(
        self, index: Path, collection: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (collection / "qrels" / "dev.tsv").write_text(f"{HEADER}p\td1\t1\n")
        every = measure(capsys, "--index", index, "--collection", collection)["sets"]
        assert list(every) == ["food/dev", "food/test"]
        # Where the highest grade is below 3, those from 1 on are relevant.
        assert {name: one["relevant"] for name, one in every.items()} == {"food/dev": 1, "food/test": 2}
        one = measure(capsys, "--index", index, "--collection", collection, "--split", "dev")["sets"]
        assert list(one) == ["food/dev"]
        assert one["food/dev"]["measures"] == every["food/dev"]["measures"]

    def test_may_have_judgments_of_trec(
        self, index: Path, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own = tmp_path / "own.qrels"
        own.write_text("p 0 d2 1\n")
        sets = measure(capsys, "--index", index, "--collection", collection, "--qrels", own)["sets"]
        assert list(sets) == ["own.qrels"]
        assert (sets["own.qrels"]["queries"], sets["own.qrels"]["measures"]["RR"]["mean"]) == (1, 0.5)

    def test_may_have_questions_and_judgments_of_trec(
        self, index: Path, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own, asked = tmp_path / "own.qrels", tmp_path / "own.tsv"
        own.write_text("7 0 d3 1\n")
        asked.write_text("7\tsleep at night\n8\tnot judged\n")
        arguments = ("--index", index, "--collection", collection, "--qrels", own, "--queries", asked)
        sets = measure(capsys, *arguments)["sets"]
        assert (sets["own.qrels"]["queries"], sets["own.qrels"]["measures"]["P@1"]["mean"]) == (1, 1.0)

    def test_stands_beside_a_run_without_being_indexed_where_runs_alone_are_compared(
        self, tmp_path: Path, collection: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "bm25.trec", p=["d1"], q=["d1"])
        measured = measure(capsys, "--index", tmp_path / "none", "--collection", collection, "--compare", run)
        assert measured["sets"]["food/test"]["measures"]["success@1"]["mean"] == 0.5
        assert encoders.loaded == []

    def test_that_is_missing_is_named(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told = refused(capsys, "--index", index, "--collection", tmp_path / "nowhere")
        assert told == (
            f"{tmp_path / 'nowhere'}: there is no such folder\nmend the file, or name another folder with --collection"
        )

    def test_needs_nothing_fitted_for_the_model(
        self, tmp_path: Path, collection: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert not (tmp_path / "bare").exists()
        measured = measure(capsys, "--index", tmp_path / "bare", "--collection", collection)
        assert measured["sets"]["food/test"]["queries"] == 2

    def test_without_a_relevant_document_is_refused(
        self, index: Path, collection: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert refused(capsys, "--index", index, "--collection", collection, "--relevant", 4) == (
            "food/test: no question has a document of grade 4 or more\njudge some, or lower --relevant"
        )


class TestArticlesThatNothingWasLearnedFrom:
    def test_are_asked_first_their_test_split_before_all(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        measured = measure(capsys, "--index", index, "--judgments", unseen)
        assert list(measured["sets"]) == ["unseen/test", "unseen/dev", "flu/dev", "flu/test"]
        titles = {name: figures.get("title") for name, figures in measured["sets"].items()}
        assert titles == {
            "unseen/test": "articles that nothing was learned from",
            "unseen/dev": "articles that nothing was learned from",
            "flu/dev": None,
            "flu/test": None,
        }
        lines = printed(capsys, "--index", index, "--judgments", unseen)
        assert lines[0].strip() == "articles that nothing was learned from: unseen/test: default"
        # The title of a narrow table is wrapped.
        assert "articles that nothing was learned from: unseen/test: default by register" in " ".join(
            " ".join(lines).split()
        )
        rows = [line.split() for line in lines if line.split()[:1] in (["plain"], ["story"])]
        assert rows[:2] == [
            ["plain", "1.000", "1.000", "1.000", "1"],
            # b has its passage first; c has that about children there, and its own behind it: 1 / log2(3)
            ["story", "0.500", "1.000", "0.815", "2"],
        ]

    def test_are_measured_with_answers_as_the_published_ones_are(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        figures = measure(capsys, "--index", index, "--judgments", unseen)["sets"]["unseen/test"]
        assert figures["queries"] == 5
        assert list(figures["measures"]) == [
            *MEASURES, "right article first", "answered", "refused", "notice on ordinary questions",
            "safety card recall", "safety card on others",
        ]  # fmt: skip
        measures = means(figures["measures"])
        assert (measures["right article first"], measures["success@1"]) == (about(2 / 3), about(2 / 3))
        assert figures["measures"]["safety card recall"]["queries"] == 1
        assert figures["measures"]["safety card on others"]["queries"] == 4
        assert {name: at["success@1"]["mean"] for name, at in figures["registers"]["default"].items()} == {
            "plain": 1.0,
            "story": 0.5,
        }

    def test_are_indexed_once_apart_from_what_is_served(
        self, index: Path, unseen: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        served = (index / "CURRENT").read_text()
        first = measure(capsys, "--index", index, "--judgments", unseen)["sets"]
        assert any("Cool the burn" in text for text in encoders.embedded)
        (place,) = (folder for folder in (index / "evaluation").iterdir() if folder.name.startswith("library-"))
        assert len(list((place / "generations").iterdir())) == 1
        encoders.loaded.clear()
        assert measure(capsys, "--index", index, "--judgments", unseen)["sets"] == first
        assert encoders.embedded == []
        assert (index / "CURRENT").read_text() == served

    def test_may_be_asked_alone_and_by_split(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        every = measure(capsys, "--index", index, "--judgments", unseen)["sets"]
        alone = measure(capsys, "--index", index, "--judgments", unseen / "unseen")["sets"]
        assert list(alone) == ["unseen/test", "unseen/dev"]
        assert alone["unseen/test"] == every["unseen/test"]
        assert list(measure(capsys, "--index", index, "--judgments", unseen, "--split", "dev")["sets"]) == [
            "unseen/dev",
            "flu/dev",
        ]

    def test_are_asked_by_every_system_that_is_compared(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", unseen, "--split", "test", "--compare", "default", "plain")
        figures = measure(capsys, *arguments)["sets"]["unseen/test"]
        assert list(figures["systems"]) == list(figures["registers"]) == ["default", "plain"]
        assert "right article first" in figures["systems"]["plain"]
        assert "answered" not in figures["systems"]["plain"]

    def test_whose_judged_passages_are_missing_are_told_of(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with (unseen / "unseen" / "qrels" / "all.tsv").open("a") as file:
            file.write("a\tadults#nowhere\t1\n")
        library = unseen.parent / "library"
        notes = measure(capsys, "--index", index, "--judgments", unseen)["sets"]["unseen/test"]["notes"]
        assert notes == [f"Judged passages that are not in {library}, never found: 1, adults#nowhere the first."]

    def test_that_are_not_there_are_told_of(
        self, index: Path, unseen: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        nowhere = unseen.parent / "nowhere"
        (unseen / "unseen" / "collection.toml").write_text('articles = "../../nowhere"\n')
        assert refused(capsys, "--index", index, "--judgments", unseen) == (
            f"unseen: {nowhere} does not exist\nname the folder of the articles in its collection.toml"
        )
        (unseen / "unseen" / "collection.toml").write_text('articles = "../../kb"\n')
        assert refused(capsys, "--index", index, "--judgments", unseen) == (
            f"unseen: {unseen.parent / 'kb'} has none of the passages that are judged, such as adults#care\n"
            "name the folder of the articles in its collection.toml"
        )


class TestArms:
    def test_are_compared_with_the_first(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = (
            "--index",
            index,
            "--judgments",
            judgments,
            "--compare",
            "lexical",
            "dense",
            "own:late=3,lexical=0",
        )
        one = measure(capsys, *arguments)["sets"]["flu/dev"]
        assert list(one["systems"]) == ["lexical", "dense", "own"]
        assert [(each["system"], each["baseline"], each["measure"]) for each in one["comparisons"]] == [
            ("dense", "lexical", "nDCG@10"),
            ("own", "lexical", "nDCG@10"),
        ]
        assert one["measures"] == one["systems"]["lexical"]

    def test_are_compared_on_the_measure_that_is_named(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", judgments, "--compare", "default", "dense", "--measure", "AP")
        (each,) = measure(capsys, *arguments)["sets"]["flu/dev"]["comparisons"]
        assert (each["measure"], each["ties"]) == ("AP", 1)

    def test_may_cut_passages_shorter_and_are_then_compared_by_sections(
        self, tmp_path: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        index = publish_small(tmp_path, food=f"# Food\n\n## Bread\n\n{WORDS}\n")
        own = judge(tmp_path / "own" / "food", [{"_id": "q", "text": "bread of town"}], ("q", "food#bread.2", 2)).parent
        arguments = ("--index", index, "--judgments", own, "--compare", "default", "short:tokens=32")
        measured = measure(capsys, *arguments)
        assert measured["sets"]["food"]["notes"] == [
            "The systems cut the texts differently: whole sections are compared, by the best grade of their passages."
        ]
        assert means(measured["sets"]["food"]["systems"]["short"])["P@1"] == 1.0
        assert measured["settings"]["systems"]["short"]["tokens"] == 32

    def test_may_be_in_a_file(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "systems.toml").write_text('[default]\n\n[bm]\nbase = "lexical"\nbm25_damping = 1\n')
        arguments = ("--index", index, "--judgments", judgments, "--compare", tmp_path / "systems.toml")
        settings = measure(capsys, *arguments)["settings"]["systems"]
        assert list(settings) == ["default", "bm"]
        assert (settings["bm"]["sentence"], settings["bm"]["bm25_damping"]) == (0.0, 1.0)

    def test_have_a_reranker_where_one_is_named(
        self,
        index: Path,
        judgments: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        class Backward:
            def __init__(self, name: str) -> None:
                self.name = name

            def score(self, question: str, texts: Sequence[str]) -> list[float]:
                return [float(place) for place in range(len(texts))]

        for module in ("wellread.search.opening", "wellread.evaluation.testbeds"):
            monkeypatch.setattr(f"{module}.CrossEncoderReranker", Backward)
        arguments = ("--index", index, "--judgments", judgments, "--split", "dev", "--compare", "default", "dense")
        named = measure(capsys, *arguments, "--reranker", "own", "--sweep", "late=0")
        # What stood first of three stands last; the other systems say themselves what they rerank with.
        figures = named["sets"]["flu/dev"]["systems"]
        assert (figures["default"]["RR"]["mean"], figures["dense"]["RR"]["mean"]) == (0.333333, 1.0)
        assert named["settings"]["reranker"] == "own"
        assert named["settings"]["systems"]["default"]["reranker"] == "own"
        assert "reranker" not in named["settings"]["systems"]["dense"]
        # 1 / log2(4) of the gain at place 1
        assert [point["mean"] for point in named["sweeps"][0]["points"]] == [0.5]
        monkeypatch.setenv("WELLREAD_RERANKER", "own")
        assert measure(capsys, *arguments)["sets"] == named["sets"]

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--compare", "defualt"], "defualt: no system, and no such file\n"),
            (["--compare", "x:late=much"], "x:late=much: late is not a number\n"),
            (["--compare", "none.toml"], "none.toml: No such file or directory\nname another file"),
            (["--compare", "dense", "dense"], "dense: two systems have this name\n"),
            (["--compare", "x:tokens=65"], "the model hash reads at most 64 tokens, not 65\nuse fewer tokens"),
            (["--measure", "MAP"], "MAP: no measure\nname one of nDCG@10, RR, AP, "),
            (["--run", "none.trec"], "none.trec: there is no such file\nname a TREC run"),
            (["--sweep", "lexicle=1"], "lexicle: lexicle is no setting\nuse base, model, "),
            (["--sweep", "tokens=8"], "tokens: tokens is not a whole number from 16 to 100000\nwrite tokens = 64, say"),
            (["--queries", "q.tsv"], "--queries without --qrels: nothing is judged\nname the judgments with --qrels"),
            (["--qrels", "q.txt"], "--qrels without --queries: there is nothing to ask\nname the questions with "),
        ],
    )
    def test_that_are_wrong_are_told_of(
        self, index: Path, judgments: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert refused(capsys, "--index", index, "--judgments", judgments, *arguments).startswith(told)


class TestRuns:
    def test_are_scored_alone_without_texts_or_a_model(
        self, tmp_path: Path, qrels: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "own.trec", p=["c", "a", "x", "b"], q=["x", "y"])
        arguments = ("--index", tmp_path / "none", "--qrels", qrels, "--run", run)
        measured = measure(capsys, *arguments)
        one = measured["sets"]["few.qrels"]
        assert (one["queries"], one["relevant"]) == (2, 1)
        # p: gains at places 2 and 4 of the best at 1 and 2; precision 1/2 and 2/4 there; q has nothing.
        best = 1 + 1 / log2(3)
        assert means(one["measures"]) == {
            "nDCG@10": about((1 / log2(3) + 1 / log2(5)) / best / 2),
            "RR": 0.25,
            "AP": 0.25,
            "P@1": 0.0,
            "R@10": 0.5,
            "R@100": 0.5,
            "judged@10": 0.375,
            "success@1": 0.0,
            "success@3": 0.5,
        }
        assert encoders.loaded == []
        assert "model" not in measured["settings"]
        assert (tmp_path / "none" / "evaluation" / "runs" / "report" / "report.html").is_file()
        assert not any(line.startswith("model ") for line in printed(capsys, *arguments))

    def test_are_compared_with_each_other(
        self, tmp_path: Path, qrels: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        one, other = (trec(tmp_path / f"{name}.trec", p=[name], q=["x", "a"]) for name in ("a", "x"))
        arguments = ("--index", tmp_path / "none", "--qrels", qrels, "--run", one, "--run", other, "--measure", "P@1")
        (each,) = measure(capsys, *arguments)["sets"]["few.qrels"]["comparisons"]
        assert (each["system"], each["baseline"], each["losses"], each["ties"]) == ("x", "a", 1, 1)
        named = ("--index", tmp_path / "none", "--qrels", qrels, "--compare", one, other, "--measure", "P@1")
        assert measure(capsys, *named)["sets"]["few.qrels"]["comparisons"] == [each]

    def test_stand_beside_what_readers_get(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "own.trec", p=["flu#care", "flu#signs"], q=["nowhere#at-all"])
        arguments = ("--index", index, "--judgments", judgments, "--run", run)
        sets = measure(capsys, *arguments)["sets"]
        assert {name: list(one["systems"]) for name, one in sets.items()} == {
            "flu/dev": ["default", "own"],
            "flu/test": ["default", "own"],
        }
        assert {name: one["systems"]["own"]["RR"]["mean"] for name, one in sets.items()} == {
            "flu/dev": 0.5,
            "flu/test": 1,
        }

    def test_that_lack_a_question_are_refused_unless_they_count_as_complete(
        self, tmp_path: Path, qrels: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "own.trec", p=["a"])
        arguments = ("--index", tmp_path / "none", "--qrels", qrels, "--run", run)
        assert refused(capsys, *arguments) == (
            "own: the run has nothing for 1 of 2 judged questions, q the first\n"
            "let it answer them, or count them as 0 with --complete, as trec_eval -c does"
        )
        one = measure(capsys, *arguments, "--complete")["sets"]["few.qrels"]
        assert one["measures"]["P@1"]["mean"] == 0.5
        assert one["notes"] == ["own found nothing for 1 of 2 questions; each scores 0."]

    def test_that_are_damaged_are_named_with_their_line(
        self, tmp_path: Path, qrels: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = tmp_path / "own.trec"
        run.write_text("p Q0 a 1 3.5 own\np Q0 b 2 high own\n")
        assert refused(capsys, "--qrels", qrels, "--run", run, "--index", tmp_path / "none") == (
            f'{run}:2: the score "high" is not a number\nmend the file, or name another one with --run'
        )

    def test_that_were_written_are_read_again_with_the_same_figures(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", judgments, "--split", "dev")
        first = measure(capsys, *arguments, "--output", tmp_path / "out")["sets"]["flu/dev"]["measures"]
        run = tmp_path / "out" / "runs" / "flu-dev.default.trec"
        again = measure(capsys, *arguments, "--run", run)["sets"]["flu/dev"]["systems"][run.stem]
        assert again == {name: first[name] for name in MEASURES}


class TestQuestionsOfOnesOwn:
    def test_are_asked_of_the_published_index_and_judged_by_passages(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked, own = tmp_path / "own.tsv", tmp_path / "own.qrels"
        asked.write_text("1\tsigns: fever\n2\tcare of a leg: rest\n3\tnot judged\n")
        own.write_text("1 0 flu#signs 1\n2 0 leg#care 1\n2 0 nowhere 1\n")
        one = measure(capsys, "--index", index, "--queries", asked, "--qrels", own)["sets"]["own.qrels"]
        assert (one["queries"], one["relevant"]) == (2, 1)
        assert (one["measures"]["P@1"]["mean"], one["measures"]["R@10"]["mean"]) == (1.0, 0.75)
        assert one["measures"]["answered"]["queries"] == 2

    def test_may_be_judged_by_articles(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked, own = tmp_path / "own.tsv", tmp_path / "own.qrels"
        asked.write_text("1\tsigns: fever\n")
        own.write_text("1 0 flu 3\n1 0 leg 1\n")
        one = measure(capsys, "--index", index, "--queries", asked, "--qrels", own)["sets"]["own.qrels"]
        # Both articles are found, and both are judged.
        assert means(one["measures"]) == dict.fromkeys(MEASURES, 1.0)
        strict = ("--index", index, "--queries", asked, "--qrels", own, "--relevant", 3)
        assert measure(capsys, *strict)["sets"]["own.qrels"]["relevant"] == 3

    def test_have_to_be_about_the_index(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        asked, own = tmp_path / "own.tsv", tmp_path / "own.qrels"
        asked.write_text("1\tsigns: fever\n")
        own.write_text("1 0 teeth#care 1\n")
        assert refused(capsys, "--index", index, "--queries", asked, "--qrels", own) == (
            f"{own}: nothing that is judged is in {index}\n"
            "name the collection that is judged with --collection, or the run alone, without --queries"
        )

    def test_have_to_be_there_where_they_are_judged(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked, own = tmp_path / "own.tsv", tmp_path / "own.qrels"
        asked.write_text("1\tsigns: fever\n")
        own.write_text("1 0 flu#signs 1\n2 0 flu#signs 1\n")
        assert refused(capsys, "--index", index, "--queries", asked, "--qrels", own) == (
            f"{own}: the query 2 is judged, and not asked\nname its --queries"
        )

    def test_tell_of_judgments_that_are_repeated(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked, own = tmp_path / "own.tsv", tmp_path / "own.qrels"
        asked.write_text("1\tsigns: fever\n")
        own.write_text("1 0 flu#signs 1\n1 0 flu#signs 2\n")
        (note,) = measure(capsys, "--index", index, "--queries", asked, "--qrels", own)["sets"]["own.qrels"]["notes"]
        assert note.startswith("own.qrels: pairs of question and document judged more than once: 1, ")


class TestASweep:
    def test_has_a_figure_for_each_value(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("--index", index, "--judgments", judgments, "--split", "dev", "--sweep", "lexical=0,0.5")
        (sweep,) = measure(capsys, *arguments)["sweeps"]
        sure = {"mean": 1.0, "low": 1.0, "high": 1.0, "queries": 1}
        assert sweep == {
            "set": "flu/dev",
            "parameter": "lexical",
            "measure": "nDCG@10",
            "points": [{"value": 0.0, **sure}, {"value": 0.5, **sure}],
        }
        lines = printed(capsys, *arguments)
        assert "flu/dev: nDCG@10 by lexical" in [line.strip() for line in lines]
        assert ["0.5", "1.000", "1.000 to 1.000"] in list(rows(lines))

    def test_over_tokens_cuts_the_texts_anew(
        self, tmp_path: Path, encoders: Encoders, capsys: pytest.CaptureFixture[str]
    ) -> None:
        index = publish_small(tmp_path, food=f"# Food\n\n## Bread\n\n{WORDS}\n")
        own = judge(tmp_path / "own" / "food", [{"_id": "q", "text": "bread of town"}], ("q", "food#bread", 2)).parent
        arguments = ("--index", index, "--judgments", own, "--sweep", "tokens=16,32,64", "--measure", "RR")
        measured = measure(capsys, *arguments)
        assert [(point["value"], point["mean"]) for point in measured["sweeps"][0]["points"]] == [
            (16.0, 1.0),
            (32.0, 1.0),
            (64.0, 1.0),
        ]
        # Nothing but the sweep cuts them anew.
        assert measured["sets"]["food"]["notes"] == []
        assert len(list((index / "evaluation" / "published" / "generations").iterdir())) == 3

    def test_over_k_looks_at_more_and_more_of_one_ranking(
        self, tmp_path: Path, qrels: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "own.trec", p=["a", "x", "b"], q=["x", "a"])
        arguments = ("--index", tmp_path / "none", "--qrels", qrels, "--run", run, "--sweep", "k=1,2,3")
        sweeps = measure(capsys, *arguments)["sweeps"]
        assert [one["measure"] for one in sweeps] == ["nDCG@k", "R@k", "success@k"]
        # p has one of its two at place 1 and the other at place 3, q its one at place 2.
        assert [point["mean"] for point in sweeps[1]["points"]] == [0.25, 0.75, 1.0]

    def test_over_anything_else_needs_texts(
        self, tmp_path: Path, qrels: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run = trec(tmp_path / "own.trec", p=["a"], q=["a"])
        told = refused(capsys, "--index", tmp_path / "none", "--qrels", qrels, "--run", run, "--sweep", "late=1")
        assert told == "late=1: there are no texts to ask\nname a collection with --collection"


class TestFiles:
    def test_go_into_the_folder_that_is_named(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "deep" / "out"
        assert doors.evaluate(["--index", str(index), "--judgments", str(judgments), "--output", str(out)]) == 0
        assert capsys.readouterr().err == f"report: {out / 'report.html'}\n"
        assert sorted(str(file.relative_to(out)) for file in out.rglob("*.*")) == [
            "per-query.csv",
            "report.html",
            "results.json",
            "runs/flu-dev.default.trec",
            "runs/flu-test.default.trec",
            "tables.md",
            "tables.tex",
        ]
        assert not (index / "evaluation").exists()

    def test_are_the_same_bytes_again_but_for_the_clock(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "out"
        kept: list[dict[str, bytes]] = []
        for _ in range(2):
            arguments = ("--index", index, "--judgments", judgments, "--output", out, "--compare", "default", "dense")
            measure(capsys, *arguments)
            kept.append({str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*.*")})
        figures = [json.loads(files.pop("results.json")) for files in kept]
        assert all(files.pop("report.html").lower().startswith(b"<!doctype html>") for files in kept)
        assert [bool(one.pop("timings")) for one in figures] == [True, True]
        assert figures[0] == figures[1]
        assert kept[0] == kept[1]

    def test_that_cannot_be_written_are_told_of(
        self, index: Path, judgments: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").write_text("")
        out = tmp_path / "file" / "out"
        assert refused(capsys, "--index", index, "--judgments", judgments, "--output", out) == (
            f"{out}: Not a directory\nname another folder with --output"
        )


class TestNothingIsMeasured:
    def test_where_no_judged_question_is_about_the_index(
        self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        judge(tmp_path / "other" / "teeth", [{"_id": "q", "text": "caries"}], ("q", "teeth#care", 2))
        assert refused(capsys, "--index", index, "--judgments", tmp_path / "other") == (
            f"{tmp_path / 'other'}: no judged question is about the articles of {index}\n"
            "write some, as docs/evaluation.md shows, or name another folder (--judgments), --split or --collection"
        )

    def test_without_judgments(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told = refused(capsys, "--index", index, "--judgments", tmp_path / "nowhere")
        assert told.startswith(f"{tmp_path / 'nowhere'}: no judged question is about the articles of {index}\n")

    def test_of_a_split_that_is_not_there(
        self, index: Path, judgments: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        told = refused(capsys, "--index", index, "--judgments", judgments, "--split", "tset")
        assert told.startswith(f"{judgments}: no judged question of the split tset is about the articles of {index}\n")

    def test_without_an_index(self, tmp_path: Path, judgments: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert refused(capsys, "--index", tmp_path / "nowhere", "--judgments", judgments) == (
            f"{tmp_path / 'nowhere'}: there is no index here yet\n"
            f"build it: wellread ingest --index {tmp_path / 'nowhere'}"
        )

    def test_where_an_arm_finds_nothing(self, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        own = judge(tmp_path / "own" / "zebras", [{"_id": "q", "text": "zebra"}], ("q", "leg#care", 2)).parent
        told = refused(capsys, "--index", index, "--judgments", own, "--compare", "default", "lexical")
        assert told.startswith("lexical: found nothing for any of the 1 questions of zebras\n")

    @pytest.mark.parametrize("arguments", [(), ("--json",)])
    def test_from_judgments_that_are_damaged(
        self, index: Path, judgments: Path, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = judgments / "flu" / "qrels" / "all.tsv"
        file.write_text(f"{HEADER}p\tflu#signs\tmuch\n")
        told = refused(capsys, "--index", index, "--judgments", judgments, *arguments)
        assert told.startswith(f'{file}:2: the grade "much" is not ')

    @pytest.mark.parametrize("option", ["--qrels", "--queries"])
    def test_from_a_file_that_is_missing(
        self, index: Path, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = {"--qrels": tmp_path / "own.qrels", "--queries": tmp_path / "own.tsv"}
        files["--qrels"].write_text("1 0 flu#signs 1\n")
        files["--queries"].write_text("1\tfever\n")
        files[option].unlink()
        named = [word for pair in files.items() for word in pair]
        assert refused(capsys, "--index", index, *named) == (
            f"{files[option]}: No such file or directory\nmend the file, or name another one with {option}"
        )

    def test_after_an_interrupt(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        def interrupted(*arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wellread.evaluation.command.run", interrupted)
        assert doors.evaluate([]) == 130
        assert capsys.readouterr() == ("", "")


class TestTheCommand:
    def test_tells_its_options(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            doors.evaluate(["--help"])
        assert left.value.code == 0
        told = capsys.readouterr().out
        options = """--index --model --judgments --split --collection --queries --qrels --relevant --compare --run
        --complete --measure --sweep --reranker --output --failures --json""".split()
        assert [option for option in options if option not in told] == []

    def test_takes_every_example_that_it_gives(self) -> None:
        examples = [
            line.strip() for line in evaluate.HELP.examples.splitlines() if line.startswith("  wellread evaluate")
        ]
        assert len(examples) >= 9
        for example in examples:
            command = example.split("   ")[0] if "   " in example else example
            assert vars(_parser().parse_args(command.split()[1:]))

    def test_names_every_arm_and_setting_that_there_is(self) -> None:
        words = set(evaluate.HELP.examples.replace(",", " ").replace(";", " ").split())
        assert {*_KEYS, *BUILT_IN} <= words

    @pytest.mark.parametrize(
        "arguments",
        [
            ["dev"],
            ["--colour"],
            ["--split"],
            ["--relevant", "0"],
            ["--relevant", "high"],
            ["--failures", "0"],
            ["--failures", "-1"],
            ["--failures", "some"],
            ["--sweep", "tokens"],
            ["--sweep", "tokens="],
            ["--sweep", "=1"],
            ["--sweep", "tokens=32,much"],
            ["--sweep", "tokens=32.5"],
            ["--sweep", "k=0,1"],
            ["--sweep", "k=inf"],
        ],
    )
    def test_is_refused_where_it_is_wrong(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            doors.evaluate(arguments)
        assert left.value.code == 2
        assert "usage: wellread evaluate" in capsys.readouterr().err


def test_the_shipped_article_answers_its_judged_questions(
    seed_index: Path,
    encoder: SentenceTransformerEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("wellread.search.opening.SentenceTransformerEncoder", lambda name: encoder)
    judgments = ROOT / "judgments" / "neurological-spasms"
    places = ["--index", seed_index, "--judgments", judgments, "--output", tmp_path]
    measures = measure(capsys, *places, "--split", "dev")["sets"]["neurological-spasms/dev"]["measures"]
    assert list(measures) == [
        *MEASURES, "answered", "refused", "uncovered not answered", "AUROC", "refusal precision", "refusal recall",
        "ECE", "urgent recall", "false alarms", "notice on ordinary questions", "highlighted", "highlight accuracy",
    ]  # fmt: skip
    # judgments/neurological-spasms/README.md: 120 covered questions, 75 uncovered, 40 urgent and their 40 twins
    assert {name: measures[name]["queries"] for name in ("nDCG@10", "AUROC", "urgent recall", "false alarms")} == {
        "nDCG@10": 120,
        "AUROC": 195,
        "urgent recall": 40,
        "false alarms": 40,
    }
    # Resampling adds noise to the gaps that the calibration error counts, so that may lie below its interval.
    assert all(one["low"] <= one["mean"] <= one["high"] for name, one in measures.items() if name != "ECE")
    # Far below what is measured: this is to fail when something breaks, not when something shifts.
    assert measures["nDCG@10"]["mean"] > 0.75
    assert measures["AUROC"]["mean"] > 0.8
