"""How sure a figure is: bootstrap intervals, paired randomisation tests with Holm's correction, effect sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, stdev
from typing import Any

import numpy as np

from wellread.evaluation.results import Bin, Comparison, Estimate

SEED = 20260101
"""Every random draw begins from it, so that two runs give the same figures; any number serves."""

RESAMPLES = 2000
"""Bootstrap samples of a mean; a quarter of them where the measure is not a mean.

Efron and Tibshirani (1993) advise 1,000 or more for intervals; a measure that is no mean takes long to resample.
"""

RANDOMISATIONS = 20_000
"""Signs of the differences are drawn this often; where fewer combinations exist, each is taken once.

A p of 0.05 then has a standard error of 0.0015.
"""

BINS = 10
"""Bins of equal width for the expected calibration error; ten as in Naeini et al. (AAAI 2015)."""


def estimate(values: Sequence[Any], measure: Callable[[Sequence[Any]], float] = fmean) -> Estimate:
    """A measure of some values with the 2.5 % and 97.5 % quantiles over bootstrap samples (Efron, 1979).

    A sample without a value (one of a single class, for AUROC) is left out.
    """
    chance = np.random.default_rng(SEED)
    count = len(values)
    if measure is fmean:
        means = np.asarray(values, np.float64)[chance.integers(count, size=(RESAMPLES, count))].mean(axis=1)
    else:
        drawn = (chance.integers(count, size=count) for _ in range(RESAMPLES // 4))
        means = np.array([measure([values[n] for n in sample]) for sample in drawn])
    low, high = np.nanquantile(means, [0.025, 0.975])
    return Estimate(float(measure(values)), float(low), float(high), count)


def compare(system: str, baseline: str, measure: str, pairs: Sequence[tuple[float, float]]) -> Comparison:
    """A system beside the baseline; `pairs` has, for each question, the measure of the system and of the baseline.

    p is that of a two-sided paired randomisation test of the mean difference (Fisher's, see Smucker et al., CIKM 2007),
    not corrected yet.
    """
    differences = [ours - theirs for ours, theirs in pairs]
    spread = stdev(differences) if len(differences) > 1 else 0.0
    average = fmean(differences)
    return Comparison(
        system=system,
        baseline=baseline,
        measure=measure,
        difference=estimate(differences),
        effect=average / spread if spread else None,
        wins=sum(difference > 0 for difference in differences),
        losses=sum(difference < 0 for difference in differences),
        ties=sum(difference == 0 for difference in differences),
        p=_randomisation(differences),
        corrected=1.0,
    )


def correct(comparisons: Mapping[str, Sequence[Comparison]]) -> dict[str, tuple[Comparison, ...]]:
    """The comparisons of several sets with p corrected for all of them together (Holm, 1979)."""
    uncorrected = [comparison.p for group in comparisons.values() for comparison in group]
    if not uncorrected:
        return dict.fromkeys(comparisons, ())
    from statsmodels.stats.multitest import multipletests

    _, corrected, _, _ = multipletests(uncorrected, method="holm")
    values = iter(corrected)
    return {
        name: tuple(replace(comparison, corrected=float(next(values))) for comparison in group)
        for name, group in comparisons.items()
    }


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The probability that a positive's score is above a negative's, ties counting half; NaN without both."""
    if not positive or not negative:
        return float("nan")
    below = np.searchsorted(np.sort(negative), positive, side="left")
    upto = np.searchsorted(np.sort(negative), positive, side="right")
    return float((below + upto).sum() / 2 / len(positive) / len(negative))


def calibration_bins(pairs: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Confidences and truths put into BINS bins of equal width; empty bins are left out."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, true in pairs:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, true))
    return tuple(
        Bin(len(inside), fmean(confidence for confidence, _ in inside), fmean(float(true) for _, true in inside))
        for _, inside in sorted(bins.items())
    )


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean gap between confidence and truth over bins, weighed by size: ECE (Naeini et al., AAAI 2015)."""
    return sum(at.count * abs(at.confidence - at.covered) for at in calibration_bins(pairs)) / len(pairs)


def coverage(pairs: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """For each number of questions answered, surest first: the share answered, and how much of that is true.

    Questions of one confidence are answered together. Precision against coverage, as El-Yaniv and Wiener (JMLR 2010).
    """
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    points = []
    true = 0
    for number, (confidence, holds) in enumerate(ranked, 1):
        true += holds
        if number == len(ranked) or ranked[number][0] < confidence:
            points.append((number / len(ranked), true / number))
    return tuple(points)


def _randomisation(differences: Sequence[float]) -> float:
    if len(differences) < 2 or not any(differences):
        return 1.0
    from scipy.stats import permutation_test

    tested = permutation_test(
        (np.asarray(differences),),
        lambda sample, axis: sample.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RANDOMISATIONS,
        batch=1000,
        rng=SEED,
    )
    return float(tested.pvalue)
