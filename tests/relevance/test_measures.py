"""The measures, by hand: gains, discounts and cuts as trec_eval has them, and what is measured is what is served."""

from __future__ import annotations

from math import log2
from pathlib import Path
from typing import ClassVar

import pytest
from conftest import HashEncoder

from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.relevance.judgments import Judgments
from wellread.relevance.measures import MEASURES, answerable, by_place, mean, per_query, run_queries
from wellread.search.searcher import Searcher

NOTHING = dict.fromkeys(MEASURES, 0.0)


def measured(grades: dict[str, int], *ranking: str) -> dict[str, float]:
    """Every measure of one question whose passages were found in this order."""
    return per_query({"q": grades}, {"q": by_place(ranking)})["q"]


class TestOneQuestion:
    def test_is_measured_by_gain_over_discount(self) -> None:
        values = measured({"a": 3, "b": 2, "c": 1, "d": 0}, "x", "a", "d", "c")
        # Gains: x 0 (not judged), a 3 at place 2, d 0, c 1 at place 4: 3 / log2(3) + 1 / log2(5) = 2.3235.
        # At best: 3 / log2(2) + 2 / log2(3) + 1 / log2(4) = 4.7619.
        assert values["nDCG@10"] == pytest.approx((3 / log2(3) + 1 / log2(5)) / (3 + 2 / log2(3) + 1 / 2), abs=1e-6)
        assert values["nDCG@10"] == pytest.approx(0.48794, abs=1e-5)
        # The first passage of grade 2 or more is a, at place 2.
        assert (values["RR"], values["success@1"], values["success@3"]) == (0.5, 0, 1)

    def test_in_the_best_order_has_1_of_everything(self) -> None:
        assert measured({"a": 3, "b": 2, "c": 1}, "a", "b", "c") == dict.fromkeys(MEASURES, 1)

    def test_counts_grade_1_as_a_gain_but_not_as_relevant(self) -> None:
        values = measured({"a": 2, "b": 1}, "b")
        # 1 / log2(2) of 2 / log2(2) + 1 / log2(3)
        assert values["nDCG@10"] == pytest.approx(1 / (2 + 1 / log2(3)), abs=1e-6)
        assert (values["RR"], values["success@1"], values["success@3"]) == (0, 0, 0)

    def test_has_success_at_3_up_to_place_3(self) -> None:
        assert measured({"a": 2}, "x", "y", "a")["success@3"] == 1
        assert measured({"a": 2}, "x", "y", "z", "a")["success@3"] == 0
        assert measured({"a": 2}, "x", "y", "z", "a")["RR"] == 0.25

    def test_gains_nothing_after_place_10(self) -> None:
        others = [f"x{number:02}" for number in range(9)]
        assert measured({"a": 2}, *others, "a")["nDCG@10"] == pytest.approx(1 / log2(11), abs=1e-6)
        eleventh = measured({"a": 2}, *others, "y", "a")
        assert eleventh["nDCG@10"] == 0
        assert eleventh["RR"] == pytest.approx(1 / 11, abs=1e-6)

    def test_is_measured_against_the_ten_best_of_many(self) -> None:
        grades = {f"p{number:02}": 2 for number in range(12)}
        assert measured(grades, *list(grades)[:10])["nDCG@10"] == pytest.approx(1, abs=1e-6)

    def test_has_precision_where_each_relevant_passage_stands(self) -> None:
        values = measured({"a": 2, "b": 3, "c": 2, "d": 1}, "a", "d", "b", "x")
        # Relevant are a, b and c, of which a is at place 1 (1 of 1 is) and b at place 3 (2 of 3 are); c is not found.
        assert values["AP"] == pytest.approx((1 + 2 / 3 + 0) / 3, abs=1e-6)
        assert values["P@1"] == 1
        assert measured({"a": 2, "d": 1}, "d", "a")["P@1"] == 0

    def test_has_recall_of_what_is_relevant_up_to_a_place(self) -> None:
        others = [f"x{number:02}" for number in range(98)]
        values = measured({"a": 2, "b": 3, "c": 2, "d": 1}, *others[:9], "a", *others[9:], "b", "c")
        # Relevant are a, b and c: a is at place 10, b at place 100, c at place 101.
        assert values["R@10"] == pytest.approx(1 / 3, abs=1e-6)
        assert values["R@100"] == pytest.approx(2 / 3, abs=1e-6)

    def test_tells_how_much_of_what_it_found_is_judged_at_all(self) -> None:
        # Of the first ten, a and d have a grade, be it 0; of three found, one.
        others = [f"x{number:02}" for number in range(8)]
        assert measured({"a": 2, "d": 0}, "d", *others, "a", "y")["judged@10"] == pytest.approx(2 / 10, abs=1e-6)
        assert measured({"a": 2}, "x", "a", "y")["judged@10"] == pytest.approx(1 / 3, abs=1e-6)

    def test_is_measured_to_any_depth(self) -> None:
        run = {"q": by_place(["x", "a"])}
        assert per_query({"q": {"a": 2}}, run, measures=["success@2", "R@1", "nDCG@1"]) == {
            "q": {"success@2": 1.0, "R@1": 0.0, "nDCG@1": 0.0}
        }

    def test_that_finds_nothing_scores_0(self) -> None:
        assert measured({"a": 2}) == NOTHING
        assert measured({"a": 2}, "x") == NOTHING
        assert per_query({"q": {"a": 2}}, {}) == {"q": NOTHING}


class TestManyQuestions:
    def test_count_where_they_can_be_answered(self) -> None:
        qrels = {"yes": {"a": 2}, "hardly": {"a": 1}, "no": {"a": 0, "b": 0}, "empty": {}}
        run = {query: {"a": 1.0} for query in qrels}
        assert per_query(qrels, run) == {"yes": dict.fromkeys(MEASURES, 1)}

    def test_are_answerable_from_the_grade_on_that_is_relevant(self) -> None:
        qrels = {"three": {"a": 3, "b": 0}, "one": {"a": 1}, "none": {"a": 0}, "empty": {}}
        assert {relevant: list(answerable(qrels, relevant)) for relevant in (1, 2, 4)} == {
            1: ["three", "one"],
            2: ["three"],
            4: [],
        }

    def test_are_scored_though_the_run_has_nothing_for_some(self) -> None:
        qrels = {"p": {"a": 2}, "q": {"a": 2}, "r": {"a": 2}}
        assert per_query(qrels, {"q": {"a": 1.0}, "r": {}}) == {
            "p": NOTHING,
            "q": dict.fromkeys(MEASURES, 1),
            "r": NOTHING,
        }

    def test_that_were_not_judged_are_left_out(self) -> None:
        assert list(per_query({"q": {"a": 2}}, {"q": {"a": 1.0}, "other": {"a": 1.0}})) == ["q"]

    def test_may_be_none(self) -> None:
        assert per_query({}, {}) == {}
        assert per_query({"no": {"a": 1}}, {"no": {"a": 1.0}}) == {}

    def test_have_the_mean_of_all_of_them(self) -> None:
        values = per_query({"p": {"a": 2}, "q": {"a": 2}, "r": {"a": 2}}, {"p": {"a": 1.0}, "q": {"x": 1.0, "a": 0.5}})
        # Reciprocal ranks 1, 1/2 and 0 (nothing was found)
        assert mean(values, "RR") == pytest.approx(0.5)
        assert mean({}, "RR") == 0


class TestTheRun:
    @pytest.fixture
    def searcher(self, tmp_path: Path, hash_encoder: HashEncoder) -> Searcher:
        kb = tmp_path / "kb"
        kb.mkdir()
        for name in ("ann", "bob", "cid"):  # the same words in three articles: every score ties
            (kb / f"{name}.md").write_text("# Flu\n\n## Signs\n\nFever. Cough.\n")
        (kb / "leg.md").write_text("# Leg\n\n## Care\n\nRest.\n")
        publish(kb, tmp_path / "index", hash_encoder)
        return Searcher(Reader(tmp_path / "index", current_generation(tmp_path / "index")), hash_encoder)

    def test_has_the_order_that_readers_see_where_scores_tie(self, searcher: Searcher) -> None:
        grades = {"ann#signs": 2, "bob#other": 0, "cid#other": 0, "leg#other": 0}
        judgments = Judgments("flu", {"q": "signs of flu"}, {"q": grades})
        seen = [hit.passage.id for hit in searcher.rank("signs of flu")]
        assert seen == ["ann#signs", "bob#signs", "cid#signs", "leg#care"]
        run = run_queries(searcher, judgments)
        assert run == {"q": {"ann#signs": 1, "bob#signs": 1 / 2, "cid#signs": 1 / 3, "leg#care": 1 / 4}}
        # trec_eval puts equal scores in the falling order of their names: cid, bob, ann would be measured.
        # Of the four that were found one is judged.
        assert per_query(judgments.qrels, run) == {"q": dict.fromkeys(MEASURES, 1) | {"judged@10": 1 / 4}}

    def test_leaves_out_articles_of_which_nothing_was_judged(self, searcher: Searcher) -> None:
        judgments = Judgments("flu", {"q": "signs of flu"}, {"q": {"bob#signs": 2, "leg#care": 0}})
        assert run_queries(searcher, judgments) == {"q": {"bob#signs": 1, "leg#care": 1 / 2}}

    def test_asks_what_was_judged_for_k_passages_and_tells_of_each(self, searcher: Searcher) -> None:
        judgments = Judgments(
            "flu", {"p": "fever", "q": "leg", "r": "rest"}, {"q": {"leg#care": 2}, "r": {"leg#care": 2}}
        )
        told: list[str] = []
        run = run_queries(searcher, judgments, k=1, on_answer=lambda: told.append("asked"))
        assert run == {"q": {"leg#care": 1}, "r": {"leg#care": 1}}
        assert told == ["asked", "asked"]


def test_where_judgments_only_know_yes_and_no_1_can_be_relevant() -> None:
    assert per_query({"q": {"a": 1}}, {"q": {"x": 1.0, "a": 0.5}}) == {}
    assert per_query({"q": {"a": 1}}, {"q": {"x": 1.0, "a": 0.5}}, relevant=1)["q"]["RR"] == 0.5


class TestGradesBelowZero:
    """The values are those that trec_eval 10.0 printed of these judgments and this run, at -l 1."""

    QRELS: ClassVar = {
        "q1": {"d1": 2, "d3": -1, "d5": 1, "d6": 0},
        "q2": {"d2": 1, "d9": -2},
        "q3": {"d4": -1, "d7": -1},
    }
    RUN: ClassVar = {
        "q1": by_place(["d3", "d5", "d8", "d1"]),
        "q2": by_place(["d9", "d1", "d2"]),
        "q3": by_place(["d4", "d1"]),
    }

    def test_are_read_as_trec_eval_reads_them(self) -> None:
        names = ("nDCG@10", "AP", "RR", "P@1", "R@10", "success@1", "success@3")
        printed = {
            "q1": (0.5672, 0.5, 0.5, 0.0, 1.0, 0.0, 1.0),
            "q2": (0.5, 0.3333, 0.3333, 0.0, 1.0, 0.0, 1.0),
        }
        values = per_query(self.QRELS, self.RUN, 1)
        assert {query: tuple(round(values[query][name], 4) for name in names) for query in values} == printed

    def test_are_not_judged(self) -> None:
        # Of d3, d5, d8 and d1 somebody judged d5 and d1; of d9, d1 and d2 only d2.
        values = per_query(self.QRELS, self.RUN, 1)
        assert [values[query]["judged@10"] for query in values] == [2 / 4, 1 / 3]
