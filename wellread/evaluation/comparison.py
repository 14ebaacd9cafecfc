"""Compares systems with the baseline on the same questions, and says in words what that establishes."""

from __future__ import annotations

from collections.abc import Sequence

from wellread.evaluation.results import Comparison, SystemResult
from wellread.evaluation.statistics import compare

LEVEL = 0.05
"""A difference is established whose corrected p is below this: the level that papers in the field use."""


def compare_systems(systems: Sequence[SystemResult], measure: str) -> tuple[Comparison, ...]:
    """Every system after the first, the baseline, beside it; p is not corrected yet. None where nothing is scored."""
    if not systems:
        return ()
    baseline, *others = systems
    values = {question.query: question.values[measure] for question in baseline.questions if question.values}
    if not values:
        return ()
    return tuple(
        compare(
            system.name,
            baseline.name,
            measure,
            [
                (question.values[measure], values[question.query])
                for question in system.questions
                if question.query in values
            ],
        )
        for system in others
    )


def sentence(comparison: Comparison) -> str:
    """What a comparison establishes and what it does not, in one sentence."""
    system, baseline, difference = comparison.system, comparison.baseline, comparison.difference
    questions = counted(difference.queries)
    moved = f"{questions}: {difference.mean:+.3f} {comparison.measure}, 95 % interval {difference.low:+.3f} to"
    figures = f"{moved} {difference.high:+.3f}, corrected p {p_value(comparison.corrected)}"
    if not comparison.wins and not comparison.losses:
        return f"{system} and {baseline} score the same, question by question ({questions})."
    word = "better" if difference.mean > 0 else "worse"
    if comparison.corrected < LEVEL:
        return f"{system} is {word} than {baseline} on these questions ({figures})."
    if comparison.p < LEVEL:
        return (
            f"{system} seems {word} than {baseline} on these questions, which is not established once every"
            f" comparison made is counted ({figures})."
        )
    return (
        f"No difference between {system} and {baseline} is established on these questions ({figures}): a true"
        f" difference anywhere in that interval is compatible with what was seen."
    )


def counted(questions: int) -> str:
    """A number of questions in words."""
    return f"{questions} question" + ("" if questions == 1 else "s")


def p_value(p: float) -> str:
    """A p as it is printed: three decimals, or below what they can show."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
