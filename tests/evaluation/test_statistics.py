"""How sure a figure is, by hand: intervals, randomisation tests, Holm's correction, and what confidence is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import isnan, sqrt
from statistics import fmean, median

import pytest
from evaluated import about
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from wellread.evaluation.results import Bin, Comparison, Estimate
from wellread.evaluation.statistics import (
    RANDOMISATIONS,
    auroc,
    calibration_bins,
    calibration_error,
    compare,
    correct,
    coverage,
    estimate,
)

TENTHS = st.integers(0, 10).map(lambda tenth: tenth / 10)
"""Scores of which many are equal."""

QUARTERS = st.integers(-4, 4).map(lambda quarter: quarter / 4)
"""Differences whose sums have no rounding in them."""


def compared(*differences: float) -> Comparison:
    """A system beside a baseline that scores 0 everywhere."""
    return compare("new", "old", "RR", [(difference, 0.0) for difference in differences])


def randomised(differences: Sequence[float]) -> float:
    """The share of all ways to put signs to some differences in which their sum is as far from 0 as it is."""
    ways = [sum(sign * one for sign, one in zip(signs, differences, strict=True)) for signs in _signs(differences)]
    return fmean(abs(way) >= abs(sum(differences)) for way in ways)


def _signs(differences: Sequence[float]) -> list[tuple[int, ...]]:
    return list(product((1, -1), repeat=len(differences)))


class TestAnEstimate:
    def test_has_the_quantiles_of_the_means_of_samples(self) -> None:
        # The sum of a sample of 100 from as many zeros as ones is binomial, 100 times 1/2: its 2.5 % and 97.5 %
        # quantiles are 40 and 60.
        measured = estimate([0.0, 1.0] * 50)
        assert (measured.mean, measured.queries) == (0.5, 100)
        assert [measured.low, measured.high] == pytest.approx([0.4, 0.6], abs=0.011)

    def test_of_two_values_lies_between_them(self) -> None:
        # Both are drawn alike in half of the samples: means of 0, 1/2 and 1 in 1/4, 1/2 and 1/4 of them.
        assert estimate([0.0, 1.0]) == Estimate(0.5, 0.0, 1.0, 2)

    @pytest.mark.parametrize("value", [0.0, 1.0, 0.5])
    @pytest.mark.parametrize("count", [1, 2, 30])
    def test_of_equal_values_has_no_width(self, value: float, count: int) -> None:
        assert estimate([value] * count) == Estimate(value, value, value, count)

    def test_is_the_same_again(self) -> None:
        values = [0.1, 0.4, 0.4, 0.9, 1.0]
        assert estimate(values) == estimate(list(values))
        pairs = [(value, value > 0.3) for value in values]
        assert estimate(pairs, calibration_error) == estimate(list(pairs), calibration_error)

    @settings(max_examples=40)
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
    def test_holds_the_mean_in_an_interval_within_the_values(self, values: list[float]) -> None:
        measured = estimate(values)
        assert measured.mean == pytest.approx(fmean(values))
        assert min(values) - 1e-9 <= measured.low <= measured.mean + 1e-9
        assert measured.mean - 1e-9 <= measured.high <= max(values) + 1e-9
        assert measured.queries == len(values)

    def test_of_more_questions_is_narrower(self) -> None:
        few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 90)
        # Nine times as many questions: a third of the width
        assert (many.high - many.low) / (few.high - few.low) == pytest.approx(1 / 3, abs=0.05)

    def test_of_another_measure_is_that_of_the_samples(self) -> None:
        # The middle of a sample is above 0 with three ones in it: of 6 draws at 1/6 in 6 % of the samples, so that
        # the interval of the median reaches over it, and the mean, 1/6, is not what is told.
        measured = estimate([0.0, 0.0, 0.0, 0.0, 0.0, 1.0], median)
        assert (measured.mean, measured.low, measured.queries) == (0.0, 0.0, 6)
        assert measured.high in (0.5, 1.0)

    def test_leaves_samples_out_of_which_nothing_can_be_told(self) -> None:
        # Half of the samples of one positive and one negative have but one of them.
        def area(pairs: object) -> float:
            assert isinstance(pairs, list)
            return auroc([score for score, true in pairs if true], [score for score, true in pairs if not true])

        assert estimate([(0.9, True), (0.1, False)], area) == Estimate(1.0, 1.0, 1.0, 2)


class TestAComparison:
    def test_is_of_the_differences_question_by_question(self) -> None:
        one = compare("new", "old", "nDCG@10", [(1.0, 0.5), (0.5, 0.75), (0.25, 0.25), (1.0, 0.25)])
        # 0.5, -0.25, 0 and 0.75: a mean of 1/4. From it they are 0.25, -0.5, -0.25 and 0.5 away, whose squares come to
        # 0.625; over three, and the root: 0.4564. The mean over that is 0.5477, the root of 0.3.
        assert (one.system, one.baseline, one.measure) == ("new", "old", "nDCG@10")
        assert (one.wins, one.losses, one.ties) == (2, 1, 1)
        assert (one.difference.mean, one.difference.queries) == (0.25, 4)
        assert one.effect == pytest.approx(sqrt(0.3))
        # Of the sums of ±0.5 ± 0.25 ± 0.75 these are 1 or more: 1.5, 1 (the tie counts twice in both), and as many
        # are -1 or less: 4 of 8.
        assert one.p == pytest.approx(1 / 2)

    def test_has_the_interval_of_the_mean_difference(self) -> None:
        assert compared(0.5, -0.25, 0.0, 0.75).difference == estimate([0.5, -0.25, 0.0, 0.75])

    @pytest.mark.parametrize(
        ("differences", "p"),
        [
            ((1.0, 1.0, 1.0), 2 / 8),  # all with one sign
            ((1.0,) * 14, 2 / 2**14),  # the most differences of which every combination is taken
            ((0.5, 0.25, -0.25), 6 / 8),  # ±1 and ±0.5 (each of those twice); not 0, which comes twice
            ((0.5, -0.5), 1.0),
            ((0.0, 0.0, 0.0), 1.0),
            ((1.0,), 1.0),  # of one question nothing can be told
            ((0.0, 0.0, 1.0, 1.0, 1.0), 2 / 8),  # ties neither add to it nor take from it
        ],
    )
    def test_has_the_p_of_all_combinations_of_signs(self, differences: tuple[float, ...], p: float) -> None:
        assert compared(*differences).p == pytest.approx(p)

    @settings(max_examples=50)
    @given(st.lists(QUARTERS, min_size=2, max_size=8))
    def test_has_the_p_that_counting_gives(self, differences: list[float]) -> None:
        assert compared(*differences).p == pytest.approx(randomised(differences))

    @settings(max_examples=20)
    @given(st.lists(QUARTERS, min_size=2, max_size=8))
    def test_the_other_way_round_is_as_sure(self, differences: list[float]) -> None:
        one, other = compared(*differences), compared(*(-difference for difference in differences))
        assert other.p == pytest.approx(one.p)
        assert (other.wins, other.losses, other.ties) == (one.losses, one.wins, one.ties)
        assert other.effect == (None if one.effect is None else pytest.approx(-one.effect))

    def test_of_more_questions_draws_signs_and_the_same_ones_again(self) -> None:
        assert RANDOMISATIONS < 2**15
        mixed = [0.5, -0.25, 0.25, 0.75, -0.5] * 3
        drawn = compared(*mixed).p
        # As sure as counting: a share p of 20,000 is off by sqrt(p (1 - p) / 20,000) on average, 0.0035 at most.
        assert drawn == pytest.approx(randomised(mixed), abs=4 * 0.0035)
        assert drawn == compared(*mixed).p

    def test_never_says_that_chance_is_ruled_out(self) -> None:
        # The signs as they are count as one of those drawn: 1 of 20,001 on either side, though 2 of 2^40 is the truth.
        assert 2 / (RANDOMISATIONS + 1) <= compared(*[1.0] * 40).p < 0.001

    def test_has_no_effect_size_where_the_differences_do_not_differ(self) -> None:
        assert compared(0.5, 0.5, 0.5).effect is None
        assert compared(0.5).effect is None
        assert compared(0.0, 0.0).effect is None


class TestHolmsCorrection:
    def corrected(self, **groups: list[float]) -> dict[str, list[float]]:
        whole = {name: [replace(compared(1.0, 0.0), p=p) for p in values] for name, values in groups.items()}
        return {name: [one.corrected for one in group] for name, group in correct(whole).items()}

    def test_is_over_all_comparisons_of_all_sets_together(self) -> None:
        # In order: 0.01 * 4, 0.02 * 3, 0.03 * 2 and 0.5 * 1, and none below the one before it
        assert self.corrected(one=[0.03, 0.01], other=[0.5, 0.02]) == {
            "one": pytest.approx([0.06, 0.04]),
            "other": pytest.approx([0.5, 0.06]),
        }

    def test_never_falls_where_p_rises(self) -> None:
        # 0.01 * 3 = 0.03, 0.03 * 2 = 0.06, and 0.04 * 1 is lifted to 0.06
        assert self.corrected(one=[0.01, 0.04, 0.03]) == {"one": pytest.approx([0.03, 0.06, 0.06])}

    def test_does_not_go_beyond_1(self) -> None:
        assert self.corrected(one=[0.6, 0.7]) == {"one": [1.0, 1.0]}

    def test_of_one_comparison_is_none(self) -> None:
        assert self.corrected(one=[0.2], none=[]) == {"one": [pytest.approx(0.2)], "none": []}

    def test_leaves_the_rest_of_a_comparison_as_it_is(self) -> None:
        one = compared(1.0, 0.5, -0.25)
        ((same,),) = correct({"set": [one]}).values()
        assert same == replace(one, corrected=one.p)

    def test_of_nothing_is_nothing(self) -> None:
        assert correct({}) == {}
        assert correct({"set": []}) == {"set": ()}


class TestAuroc:
    def test_is_the_share_of_pairs_in_the_right_order_and_a_tie_is_half_a_pair(self) -> None:
        # 0.9 is above both, 0.5 ties with one and is above the other: (1 + 1 + 1/2 + 1) / 4
        assert auroc([0.9, 0.5], [0.5, 0.1]) == 0.875

    @pytest.mark.parametrize(
        ("positive", "negative", "area"),
        [
            ([0.8, 0.9], [0.1, 0.2], 1.0),
            ([0.1, 0.2], [0.8, 0.9], 0.0),
            ([0.5, 0.5, 0.5], [0.5, 0.5], 0.5),
            ([0.3], [0.1, 0.3, 0.3, 0.7], 0.5),  # (1 + 1/2 + 1/2 + 0) / 4
        ],
    )
    def test_by_hand(self, positive: list[float], negative: list[float], area: float) -> None:
        assert auroc(positive, negative) == area

    @pytest.mark.parametrize(("positive", "negative"), [([], [0.5]), ([0.5], []), ([], [])])
    def test_is_no_number_without_both(self, positive: list[float], negative: list[float]) -> None:
        assert isnan(auroc(positive, negative))

    @given(st.lists(TENTHS, min_size=1, max_size=30), st.lists(TENTHS, min_size=1, max_size=30))
    def test_is_that_of_scikit_learn(self, positive: list[float], negative: list[float]) -> None:
        labels = [1] * len(positive) + [0] * len(negative)
        assert auroc(positive, negative) == pytest.approx(roc_auc_score(labels, positive + negative))

    @given(st.lists(TENTHS, min_size=1, max_size=10), st.lists(TENTHS, min_size=1, max_size=10))
    def test_of_the_classes_exchanged_is_what_is_left_of_1(self, positive: list[float], negative: list[float]) -> None:
        assert auroc(positive, negative) + auroc(negative, positive) == pytest.approx(1)


class TestBins:
    def test_hold_how_many_how_sure_and_how_true(self) -> None:
        pairs = [(0.95, True), (0.05, False), (0.92, False), (1.0, True)]
        # 1 is in the last bin: (0.95 + 0.92 + 1) / 3, two of three
        assert calibration_bins(pairs) == (Bin(1, 0.05, 0.0), Bin(3, about(2.87 / 3), about(2 / 3)))

    def test_have_their_border_below(self) -> None:
        assert calibration_bins([(0.5, True), (0.55, False), (0.45, True)]) == (
            Bin(1, 0.45, 1.0),
            Bin(2, about(0.525), 0.5),
        )

    def test_are_none_of_nothing(self) -> None:
        assert calibration_bins([]) == ()


class TestCalibrationError:
    def test_is_the_mean_gap_of_the_bins_weighed_by_how_many_are_in_them(self) -> None:
        pairs = [(0.05, False), (0.95, True), (0.92, False), (1.0, True)]
        # 0 to 0.1: one, 0.05 against 0. 0.9 to 1, with 1 in it: three, 2.87 / 3 against 2 / 3, a gap of 0.29.
        # 1/4 * 0.05 + 3/4 * 0.29 = 0.0125 + 0.2175
        assert calibration_error(pairs) == pytest.approx(0.23)

    @pytest.mark.parametrize(
        ("pairs", "error"),
        [
            ([(1.0, True), (0.0, False)], 0.0),
            ([(1.0, False), (0.0, True)], 1.0),
            ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0.0),
            ([(0.75, False)], 0.75),
            # A border belongs to the bin above it: 0.5 and 0.55 share one, (0.525 - 1/2), and 0.45 is in another.
            ([(0.5, True), (0.55, False), (0.45, True), (0.45, False)], 0.5 * 0.025 + 0.5 * 0.05),
        ],
    )
    def test_by_hand(self, pairs: list[tuple[float, bool]], error: float) -> None:
        assert calibration_error(pairs) == pytest.approx(error)

    @given(st.floats(0, 1), st.lists(st.booleans(), min_size=1, max_size=20))
    def test_of_one_confidence_is_its_distance_from_the_share_that_is_true(
        self, confidence: float, truth: list[bool]
    ) -> None:
        error = calibration_error([(confidence, true) for true in truth])
        assert error == pytest.approx(abs(confidence - fmean(truth)), abs=1e-9)

    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
    def test_is_a_share(self, pairs: list[tuple[float, bool]]) -> None:
        assert 0 <= calibration_error(pairs) <= 1 + 1e-9


class TestCoverage:
    def test_has_what_is_true_of_the_surest_and_takes_equals_together(self) -> None:
        pairs = [(0.8, False), (0.9, True), (0.1, False), (0.8, True)]
        # 0.9 alone: 1 of 1. With both of 0.8: 2 of 3. All: 2 of 4.
        assert coverage(pairs) == ((1 / 4, 1.0), (3 / 4, 2 / 3), (1.0, 2 / 4))

    def test_of_one_confidence_is_one_point(self) -> None:
        assert coverage([(0.5, True), (0.5, False), (0.5, False)]) == ((1.0, 1 / 3),)

    def test_of_nothing_is_nothing(self) -> None:
        assert coverage([]) == ()

    @given(st.lists(st.tuples(TENTHS, st.booleans()), min_size=1, max_size=30))
    def test_rises_to_all_questions_and_does_not_depend_on_their_order(self, pairs: list[tuple[float, bool]]) -> None:
        points = coverage(pairs)
        shares = [share for share, _ in points]
        assert shares == sorted(set(shares))
        assert len(points) == len({confidence for confidence, _ in pairs})
        assert points[-1] == (1.0, about(fmean(true for _, true in pairs)))
        assert coverage(pairs[::-1]) == points
