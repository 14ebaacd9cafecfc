"""The report's figures, each as an <svg> element: differences, recall, abstention, calibration, latency, sweeps.

`name` keeps the ids of a figure apart from those of others in the same page; `label` is its text alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.evaluation.report.drawing import BAND, GAIN, HEIGHT, LOSS, draw, log_axis, plot_lines, round_ticks
from wellread.evaluation.results import Bin, Sweep

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Curve = tuple[str, Sequence[float], Sequence[float]]
"""A line: what it is of, its x and its y."""

_SPAN = 8
"""Where the greatest value of a parameter is as many times the least, the axis is logarithmic."""


def differences(values: Sequence[float], measure: str, name: str, label: str) -> str:
    """Bars of one measure's differences, a question each, the greatest gain first; values are system minus baseline."""

    def fill(figure: Figure) -> None:
        axes = figure.subplots()
        ordered = sorted(values, reverse=True)
        gains = [max(value, 0.0) for value in ordered]
        losses = [min(value, 0.0) for value in ordered]
        axes.stairs(gains, fill=True, color=GAIN)
        axes.stairs(losses, fill=True, facecolor="white", edgecolor=LOSS, hatch="////", linewidth=0.8)
        axes.axhline(0, color="black", linewidth=0.8)
        reach = max(0.05, *map(abs, ordered)) * 1.08
        axes.set(xlim=(0, len(ordered)), ylim=(-reach, reach), ylabel=f"Difference in {measure}")
        axes.set_xlabel("Questions, from most gained to most lost")
        axes.text(
            0.98, 0.96, f"{sum(value > 0 for value in values)} better", transform=axes.transAxes, ha="right", va="top"
        )
        axes.text(0.02, 0.04, f"{sum(value < 0 for value in values)} worse", transform=axes.transAxes)

    return draw(fill, name, label)


def recall_curves(curves: Sequence[Curve], name: str, label: str) -> str:
    """Recall by how many results are looked at; the first line is the baseline's."""

    def fill(figure: Figure) -> None:
        axes = figure.subplots()
        plot_lines(figure, axes, curves)
        ks = sorted({k for _, x, _ in curves for k in x})
        log_axis(axes, round_ticks(ks[0], ks[-1]))
        axes.set(ylim=(0, 1.03), xlabel="Results looked at (k)", ylabel="Recall (R@k)")

    return draw(fill, name, label, _legend(curves))


def coverage_curves(curves: Sequence[Curve], name: str, label: str) -> str:
    """What share of the questions answered is covered, by the share answered, surest first."""

    def fill(figure: Figure) -> None:
        axes = figure.subplots()
        plot_lines(figure, axes, curves, marks=8)
        lowest = min(value for _, _, y in curves for value in y)
        axes.set(xlim=(0, 1.02), ylim=(min(int(lowest * 10) / 10, 0.9), 1.01))
        axes.set(xlabel="Share of questions answered", ylabel="Share that is covered")

    return draw(fill, name, label, _legend(curves))


def reliability(bins: Sequence[Bin], name: str, label: str) -> str:
    """Confidence beside truth, a point for each bin, over how many questions the bin holds."""

    def fill(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        confidences = [at.confidence for at in bins]
        above.plot((0, 1), (0, 1), color="#595959", linestyle=(0, (4, 3)), linewidth=1)
        above.plot(confidences, [at.covered for at in bins], color="black", marker="o")
        above.set(xlim=(0, 1), ylim=(-0.03, 1.03), ylabel="Share covered")
        below.bar(confidences, [at.count for at in bins], width=0.06, color=GAIN, edgecolor="black", linewidth=0.6)
        below.set(xlabel="Mean confidence of the bin", ylabel="Questions")
        figure.align_ylabels()

    return draw(fill, name, label, height=1.3 * HEIGHT)


def latency_curves(curves: Sequence[Curve], name: str, label: str) -> str:
    """The share of questions answered within so many milliseconds; the times are above 0."""

    def fill(figure: Figure) -> None:
        axes = figure.subplots()
        plot_lines(figure, axes, curves, marks=6)
        times = [time for _, x, _ in curves for time in x]
        low, high = min(times) * 0.9, max(times) * 1.1
        axes.set(ylim=(0, 1.03), xlabel="Milliseconds (logarithmic)", ylabel="Share of questions")
        log_axis(axes, round_ticks(low, high))
        axes.set_xlim(low, high)

    return draw(fill, name, label, _legend(curves))


def sweep_curve(swept: Sweep, name: str, label: str) -> str:
    """A measure by the value of a parameter, with its 95 % interval as a band."""

    def fill(figure: Figure) -> None:
        axes = figure.subplots()
        x = [value for value, _ in swept.points]
        axes.fill_between(x, [at.low for _, at in swept.points], [at.high for _, at in swept.points], color=BAND)
        plot_lines(figure, axes, [(swept.measure, x, [at.mean for _, at in swept.points])])
        if min(x) > 0 and max(x) >= _SPAN * min(x):
            log_axis(axes, x if len(x) <= 8 else round_ticks(min(x), max(x)))
        elif len(x) <= 8:
            axes.set_xticks(x, [f"{value:g}" for value in x])
        axes.set(xlabel=swept.parameter, ylabel=swept.measure)

    return draw(fill, name, label)


def _legend(curves: Sequence[Curve]) -> list[str]:
    return [name for name, _, _ in curves] if len(curves) > 1 else []
