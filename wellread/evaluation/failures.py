"""Lists the questions that lost most: what was wanted, what was found instead, and by which scores."""

from __future__ import annotations

from collections.abc import Iterator

from wellread.datatypes import Scores
from wellread.evaluation.results import QueryResult, SystemResult, TestbedResult

SHOWN = 3
"""Results shown of each question, from the first on, and as many that were wanted: what readers look at first."""


def failures(result: TestbedResult, system: SystemResult, count: int, chosen: str) -> list[tuple[QueryResult, float]]:
    """The questions of a system that lost most, with what they lost, the greatest loss first and ties by id.

    A loss is counted from the baseline's value, for the baseline itself from a perfect one. Questions that lost nothing
    are left out.
    """
    baseline = result.systems[0]
    above = {asked.query: asked.values[chosen] for asked in baseline.questions if asked.values}
    lost = [
        (asked, (1.0 if system is baseline else above[asked.query]) - asked.values[chosen])
        for asked in system.questions
        if asked.values and asked.query in above
    ]
    return sorted((pair for pair in lost if pair[1] > 0), key=lambda pair: (-pair[1], pair[0].query))[:count]


def describe(asked: QueryResult, loss: float, relevant: int, chosen: str) -> Iterator[str]:
    """One question in lines of plain text."""
    yield f"{asked.query}  {chosen} {asked.values[chosen]:.3f} ({-loss:+.3f})  {' '.join(asked.text.split())}"
    places = {found.id: place for place, found in enumerate(asked.found, 1)}
    scores = {found.id: found.scores for found in asked.found}
    for found in asked.found[:SHOWN]:
        grade = asked.grades.get(found.id)
        judged = "not judged" if grade is None or grade < 0 else f"grade {grade}"
        yield f"    found   {places[found.id]:>3}. {found.id}  ({judged}){_parts(found.scores)}"
    wanted = [name for name, grade in asked.grades.items() if grade >= relevant]
    for name in sorted(wanted, key=lambda name: (-asked.grades[name], places.get(name, len(places) + 1), name))[:SHOWN]:
        place = f"{places[name]:>3}." if name in places else "  –."
        yield f"    wanted  {place} {name}  (grade {asked.grades[name]}){_parts(scores.get(name))}"


def _parts(scores: Scores | None) -> str:
    """Scores by part: the cosines of passage and sentence, late interaction, BM25, and what they came to."""
    if scores is None:
        return ""
    return (
        f"  passage {scores.passage:.2f}  sentence {scores.sentence:.2f}  late {scores.late:.2f}"
        f"  BM25 {scores.lexical:.1f}  = {scores.final:.3f}"
    )
