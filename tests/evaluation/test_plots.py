"""The report's figures: one element each, with its text alternative, and the same bytes every time."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from wellread.evaluation.report.drawing import round_ticks
from wellread.evaluation.report.plots import (
    coverage_curves,
    differences,
    latency_curves,
    recall_curves,
    reliability,
    sweep_curve,
)
from wellread.evaluation.results import Bin, Estimate, Sweep

SWEEP = Sweep("set", "tokens", "nDCG@10", ((32, Estimate(0.5, 0.4, 0.6, 9)), (64, Estimate(0.6, 0.5, 0.7, 9))))
TWO = [("default", [1, 10, 100], [0.2, 0.5, 1.0]), ("lexical", [1, 10, 100], [0.1, 0.3, 0.9])]


def every(name: str, label: str = "What is shown") -> list[str]:
    """One figure of each sort."""
    return [
        differences([0.5, 0.0, -0.25], "nDCG@10", f"{name}1", label),
        recall_curves(TWO, f"{name}2", label),
        coverage_curves([("default", [0.5, 1.0], [1.0, 0.5])], f"{name}3", label),
        reliability([Bin(3, 0.25, 0.0), Bin(2, 0.75, 1.0)], f"{name}4", label),
        latency_curves([("default", [9.0, 12.0, 30.0], [1 / 3, 2 / 3, 1.0])], f"{name}5", label),
        sweep_curve(SWEEP, f"{name}6", label),
    ]


def words(svg: str) -> str:
    return " ".join(
        "".join(part.itertext()) for part in ElementTree.fromstring(svg).iter() if part.tag.endswith("text")
    )


class TestAFigure:
    @pytest.mark.parametrize("number", range(6))
    def test_is_one_element_with_its_text_alternative(self, number: int) -> None:
        figure = ElementTree.fromstring(every("a", 'More "here" & <there>')[number])
        assert figure.tag == "{http://www.w3.org/2000/svg}svg"
        assert (figure.get("role"), figure.get("aria-label")) == ("img", 'More "here" & <there>')

    @pytest.mark.parametrize("number", range(6))
    def test_is_the_same_each_time_and_loads_nothing(self, number: int) -> None:
        figure = every("a")[number]
        assert figure == every("a")[number]
        assert "<script" not in figure
        assert [found for found in re.findall(r'(?:href|src)="([^"]*)"', figure) if not found.startswith("#")] == []

    def test_shares_no_id_with_another_of_its_page(self) -> None:
        ids = [name for figure in every("a") + every("b") for name in re.findall(r' id="([^"]*)"', figure)]
        assert len(ids) == len(set(ids)) > 0

    def test_finds_everything_that_it_refers_to(self) -> None:
        for figure in every("a"):
            used = re.findall(r'(?:href="#|url\(#)([^")]+)', figure)
            assert set(used) <= set(re.findall(r' id="([^"]*)"', figure))

    def test_keeps_its_words_as_words(self) -> None:
        assert "Results looked at (k)" in words(recall_curves(TWO, "a", "x"))
        assert "Difference in nDCG@10" in words(differences([0.5, -0.25], "nDCG@10", "a", "x"))

    def test_names_its_lines_where_there_are_several(self) -> None:
        assert "lexical" in words(recall_curves(TWO, "a", "x"))
        assert "default" not in words(recall_curves(TWO[:1], "a", "x"))

    def test_counts_who_gained_and_who_lost(self) -> None:
        told = words(differences([0.5, 0.25, 0.0, -0.25], "nDCG@10", "a", "x"))
        assert "2 better" in told
        assert "1 worse" in told

    @pytest.mark.parametrize("name", ["<b>&", "$x_1$ \\frac", "ü漢字🙂", "n" * 200, "_hidden"])
    def test_takes_any_name(self, name: str) -> None:
        curves = [(name, [1, 2], [0.1, 0.2]), ("other", [1, 2], [0.2, 0.3])]
        told = words(recall_curves(curves, "a", name))
        assert name[:31] in told
        assert "other" in told


class TestTicks:
    def test_are_1_2_and_5_times_powers_of_ten(self) -> None:
        assert round_ticks(1, 100) == [1, 2, 5, 10, 20, 50, 100]
        assert round_ticks(0.4, 3) == [0.5, 1, 2]

    def test_are_powers_of_ten_alone_where_there_would_be_too_many(self) -> None:
        assert round_ticks(1, 1000) == [1, 10, 100, 1000]
