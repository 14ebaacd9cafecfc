"""What an evaluation found, as data: every question of every set, and all that was computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from wellread.datatypes import Scores, State

QuestionType = Literal["covered", "uncovered", "urgent", "unurgent", "emergency", "calm"]
"""What a judged question is: one that the articles answer, one that they do not, one that tells of something urgent or
its twin that does not, one that tells of an emergency, or one that mentions such a thing and tells of none."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's mean over questions, with its 95 % bootstrap interval; `queries` says over how many."""

    mean: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True, slots=True)
class ScoredDoc:
    """A passage or document that was found for a question; `scores` is None in a run from elsewhere."""

    id: str
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """What was said of an answer: how surely, in which state, and whether with the urgent notice.

    `marked` says whether the first passage has a marked sentence and `right` whether that is one that the judges list;
    None where they cannot tell. `notice_article` is the id of the article that the notice is of, and `safety` says
    whether a safety card stands above the answer.
    """

    confidence: float
    state: State
    notice: bool
    marked: bool | None = None
    right: bool | None = None
    notice_article: str = ""
    safety: bool = False


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A judged question with what one system found for it, best first.

    `grades` are the judgments, by passage or document. `values` has every ranking measure by name, and is empty where
    the question has nothing relevant. `seconds` is how long the answer took, None in a run from elsewhere; `verdict` is
    None where only the ranking is measured. `article` is the id of the article that the question is about and
    `register` how it is put, such as "story"; "" where the set does not say. `tells_emergency` is whether it tells
    of an emergency, or may, whatever its type.
    """

    query: str
    text: str
    type: QuestionType
    grades: Mapping[str, int]
    found: tuple[ScoredDoc, ...]
    values: Mapping[str, float] = field(default_factory=dict)
    seconds: float | None = None
    verdict: AnswerVerdict | None = None
    article: str = ""
    register: str = ""
    tells_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence: how many, how confident on average, and the share that the articles answer."""

    count: int
    confidence: float
    covered: float


@dataclass(frozen=True, slots=True)
class SystemResult:
    """What one system of a comparison did with a set of questions.

    `recall` is the mean share of what is relevant among the first k, by k. `coverage` holds, for each number of
    questions that could be answered outright, surest first, the share of all questions answered and the share of those
    answered that are covered. `bins` shows what confidence is worth. Both are empty where only the ranking is measured.
    `registers` has some ranking measures by the questions' register, and is empty where the set names fewer than two.
    """

    name: str
    settings: Mapping[str, Any]
    questions: tuple[QueryResult, ...]
    measures: Mapping[str, Estimate]
    recall: tuple[tuple[int, float], ...] = ()
    coverage: tuple[tuple[float, float], ...] = ()
    bins: tuple[Bin, ...] = ()
    registers: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system beside the baseline, on one measure and the same questions.

    `difference` is the mean of system minus baseline, `effect` that mean over the standard deviation of the differences
    (Cohen's d for paired samples), None where they do not differ from each other. `p` is that of a two-sided paired
    randomisation test and `corrected` the same after Holm's correction over all comparisons of the evaluation.
    """

    system: str
    baseline: str
    measure: str
    difference: Estimate
    effect: float | None
    wins: int
    losses: int
    ties: int
    p: float
    corrected: float


@dataclass(frozen=True, slots=True)
class TestbedResult:
    """One set of questions: what every system did, the baseline first, and how the others compare with it.

    `relevant` is the grade from which on a judgment counts as relevant. `notes` say what a reader of the figures must
    know: questions left out, judgments repeated. `title` stands before the name in what people read, "" where the name
    says enough.
    """

    name: str
    relevant: int
    systems: tuple[SystemResult, ...]
    comparisons: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""

    @property
    def heading(self) -> str:
        """What the set is called where people read."""
        return f"{self.title}: {self.name}" if self.title else self.name


@dataclass(frozen=True, slots=True)
class Sweep:
    """How a measure on one set changes with one parameter: its value and the estimate there, in order."""

    set: str
    parameter: str
    measure: str
    points: tuple[tuple[float, Estimate], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole evaluation. `provenance` is what it takes to have it again: command, versions, hashes, settings, seed."""

    sets: tuple[TestbedResult, ...]
    sweeps: tuple[Sweep, ...]
    provenance: Mapping[str, Any]
