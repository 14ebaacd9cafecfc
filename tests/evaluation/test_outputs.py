"""An evaluation's files: what each holds, whole or not there, and the same bytes again but for what a clock told."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from evaluated import about, asked, compared, outcome, system, trusted

from wellread.evaluation.comparison import sentence
from wellread.evaluation.outputs import as_json, write_outputs
from wellread.evaluation.results import Estimate, Outcome, Sweep, TestbedResult
from wellread.evaluation.tables import as_latex, as_markdown, tables
from wellread.evaluation.trec import read_run
from wellread.relevance.measures import MEASURES

GRADES = {"a": 2}
BESIDE = compared("other system", -0.25, 0.125, 0.5, 0.02, (1, 1, 0))


def evaluated(*seconds: float) -> Outcome:
    """Two systems on one set, of which the first took some time, and one system on another."""
    took = seconds or (0.01, 0.02, 0.04)
    default = system(
        "default",
        asked(
            "p", "a", "b", grades=GRADES, verdict=trusted("answered", 0.75, marked=True, right=False), seconds=took[0]
        ),
        asked("q", "b", "a", grades=GRADES, verdict=trusted("closest", 0.25, notice=True), seconds=took[1]),
        asked("u", "b", question_type="uncovered", verdict=trusted("not_covered", 0.125), seconds=took[2]),
    )
    other = system(
        "other system",
        asked("p", "b", grades=GRADES),
        asked("q", "a", grades=GRADES),
        asked("u", question_type="uncovered"),
    )
    points = ((1.0, Estimate(0.5, 0.25, 0.75, 2)), (2.0, Estimate(1 / 3, 0.0, 1.0, 2)))
    whole = outcome(
        TestbedResult("flu/dev", 2, (default, other), (BESIDE,), ("a note",)),
        TestbedResult("leg", 1, (system("default", asked("s", "a", grades=GRADES), relevant=1),)),
    )
    return replace(whole, sweeps=(Sweep("leg", "k", "R@k", points),))


def written(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


class TestJson:
    def test_has_exactly_these_keys(self) -> None:
        figures = as_json(evaluated())
        assert list(figures) == ["sets", "sweeps", "settings", "timings"]
        assert list(figures["sets"]) == ["flu/dev", "leg"]
        assert list(figures["sets"]["flu/dev"]) == [
            "queries",
            "relevant",
            "measures",
            "notes",
            "systems",
            "comparisons",
        ]
        assert list(figures["sets"]["leg"]) == ["queries", "relevant", "measures", "notes"]
        assert figures["settings"] == {"command": "python evaluate.py", "model": "hash", "seed": 7}

    def test_has_the_first_arm_and_all_where_there_are_more(self) -> None:
        one = as_json(evaluated())["sets"]["flu/dev"]
        assert (one["queries"], one["relevant"], one["notes"]) == (3, 2, ["a note"])
        assert list(one["systems"]) == ["default", "other system"]
        assert one["measures"] == one["systems"]["default"]
        assert list(one["systems"]["other system"]) == list(MEASURES)
        # Reciprocal ranks 1 and 1/2, of which a quarter of the samples has one twice; then 0 and 1.
        assert one["measures"]["RR"] == {"mean": 0.75, "low": 0.5, "high": 1.0, "queries": 2}
        assert one["systems"]["other system"]["RR"] == {"mean": 0.5, "low": 0.0, "high": 1.0, "queries": 2}

    def test_has_comparisons_and_sweeps(self) -> None:
        figures = as_json(evaluated())
        assert figures["sets"]["flu/dev"]["comparisons"] == [
            {
                "system": "other system",
                "baseline": "default",
                "measure": "nDCG@10",
                "difference": {"mean": 0.125, "low": -0.25, "high": 0.5, "queries": 2},
                "effect": 0.5,
                "wins": 1,
                "losses": 1,
                "ties": 0,
                "p": 0.01,
                "corrected": 0.02,
            }
        ]
        assert figures["sweeps"] == [
            {
                "set": "leg",
                "parameter": "k",
                "measure": "R@k",
                "points": [
                    {"value": 1.0, "mean": 0.5, "low": 0.25, "high": 0.75, "queries": 2},
                    {"value": 2.0, "mean": 0.333333, "low": 0.0, "high": 1.0, "queries": 2},
                ],
            }
        ]

    def test_has_the_milliseconds_that_half_and_nearly_all_took(self) -> None:
        # 21 questions of 0 to 20 ms: ten are below 10 ms, nineteen of twenty steps lead to 19 ms.
        questions = [asked(f"{number:02}", "a", grades=GRADES, seconds=number / 1000) for number in range(21)]
        whole = outcome(TestbedResult("flu", 2, (system("default", *questions),)))
        assert as_json(whole)["timings"] == {"flu": {"default": {"p50_ms": 10.0, "p95_ms": 19.0}}}

    def test_has_no_time_longer_than_the_longest(self) -> None:
        # Between 10 and 30 ms: half way, and 95 of 100 parts of the way
        questions = [asked(f"{ms}", "a", grades=GRADES, seconds=ms / 1000) for ms in (30, 10)]
        whole = outcome(TestbedResult("flu", 2, (system("default", *questions),)))
        assert as_json(whole)["timings"]["flu"]["default"] == {"p50_ms": 20.0, "p95_ms": 29.0}

    def test_has_no_times_of_a_run_or_of_one_question(self) -> None:
        timed = system("default", asked("p", "a", grades=GRADES, seconds=0.5), asked("q", "a", grades=GRADES))
        assert as_json(outcome(TestbedResult("flu", 2, (timed,))))["timings"] == {"flu": {}}


class TestFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write_outputs(evaluated(), "<p>é</p>", tmp_path / "deep" / "report")
        return tmp_path / "deep" / "report"

    def test_are_these_and_no_others(self, folder: Path) -> None:
        assert list(written(folder)) == [
            "per-query.csv",
            "report.html",
            "results.json",
            "runs/flu-dev.default.trec",
            "runs/flu-dev.other-system.trec",
            "runs/leg.default.trec",
            "tables.md",
            "tables.tex",
        ]

    def test_have_the_report_and_the_figures(self, folder: Path) -> None:
        assert (folder / "report.html").read_text(encoding="utf-8") == "<p>é</p>"
        text = (folder / "results.json").read_text(encoding="utf-8")
        assert json.loads(text) == json.loads(json.dumps(as_json(evaluated())))
        assert text.endswith("}\n")

    def test_have_the_values_of_every_question(self, folder: Path) -> None:
        with (folder / "per-query.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [
            "set", "system", "query", "kind", "article", "register", *MEASURES,
            "state", "confidence", "notice", "marked", "right", "notice_article", "safety",
        ]  # fmt: skip
        assert [(row["set"], row["system"], row["query"]) for row in rows] == [
            *(("flu/dev", "default", query) for query in "pqu"),
            *(("flu/dev", "other system", query) for query in "pqu"),
            ("leg", "default", "s"),
        ]
        first, second, third, *others = rows
        assert (first["kind"], first["RR"], first["P@1"], first["judged@10"]) == (
            "covered", "1.000000", "1.000000", "0.500000",
        )  # fmt: skip
        verdict = ("state", "confidence", "notice", "marked", "right", "notice_article", "safety")
        assert [first[name] for name in verdict] == ["answered", "0.750000", "False", "True", "False", "", "False"]
        assert [second[name] for name in verdict] == ["closest", "0.250000", "True", "", "", "", "False"]
        assert second["RR"] == "0.500000"
        assert (third["kind"], {third[name] for name in MEASURES}) == ("uncovered", {""})
        assert {other[name] for other in others for name in verdict} == {""}

    def test_have_a_line_for_a_question_whatever_its_id(self, tmp_path: Path) -> None:
        whole = outcome(TestbedResult('a,"b"', 2, (system("default", asked("p,1", "a", grades=GRADES)),)))
        write_outputs(whole, "", tmp_path)
        with (tmp_path / "per-query.csv").open(newline="", encoding="utf-8") as file:
            (row,) = csv.DictReader(file)
        assert (row["set"], row["query"]) == ('a,"b"', "p,1")

    def test_have_each_arms_run_in_the_order_that_it_found(self, folder: Path) -> None:
        assert read_run(folder / "runs" / "flu-dev.default.trec").ranked == {
            "p": ("a", "b"),
            "q": ("b", "a"),
            "u": ("b",),
        }
        assert read_run(folder / "runs" / "flu-dev.other-system.trec").ranked == {"p": ("b",), "q": ("a",)}

    def test_have_the_tables_what_they_establish_and_where_they_are_from(self, folder: Path) -> None:
        markdown, latex = (folder / "tables.md").read_text(), (folder / "tables.tex").read_text()
        for table in tables(evaluated()):
            assert as_markdown(table) in markdown
            assert as_latex(table) in latex
        assert f"\nflu/dev: {sentence(BESIDE)}\n" in markdown
        assert markdown.endswith("```\ncommand: python evaluate.py\nmodel: hash\n```\n")
        assert latex.startswith("% command: python evaluate.py\n% model: hash\n\\begin{table}\n")

    def test_replace_those_of_before(self, folder: Path) -> None:
        write_outputs(evaluated(), "new", folder)
        assert (folder / "report.html").read_text() == "new"
        assert not list(folder.rglob("*.tmp"))

    def test_are_the_same_bytes_again_but_for_times(self, folder: Path, tmp_path: Path) -> None:
        write_outputs(evaluated(0.3, 0.2, 0.1), "<p>é</p>", tmp_path / "again")
        one, other = written(folder), written(tmp_path / "again")
        figures: list[dict[str, Any]] = [json.loads(files.pop("results.json")) for files in (one, other)]
        assert one == other
        assert figures[0].pop("timings") != figures[1].pop("timings")
        assert figures[0] == figures[1]

    def test_that_cannot_be_written_raise(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(OSError, match="file"):
            write_outputs(evaluated(), "", tmp_path / "file" / "report")


def test_an_estimate_has_six_decimals() -> None:
    one = system("default", *(asked(f"{n}", "a" if n else "b", grades=GRADES) for n in range(3)))
    figures = as_json(outcome(TestbedResult("flu", 2, (one,))))["sets"]["flu"]["measures"]["P@1"]
    assert figures["mean"] == 0.666667
    assert one.measures["P@1"].mean == about(2 / 3)
    assert asdict(one.measures["P@1"])["mean"] != figures["mean"]
