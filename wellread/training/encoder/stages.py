"""The stages of training, one after the other: what a step is made of, and what each loss counts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

RATE = 1e-4
"""The highest learning rate. 1e-3 on matrices of rank 32 gave the same here, and less on MEDIQA."""

LAST = 0.05
"""The share of the highest rate that the last step has."""

RISING = 12
"""One step in so many is taken at a rising rate, and three at least."""


@dataclass(frozen=True, slots=True)
class LossWeights:
    """What each loss counts: by passages, by tokens, by sentences, by all three added, by graded documents, and held.

    Half for the losses by tokens and by graded documents, and 10 for what holds on to the base model, were set before
    the first run. The last two stages, which add all three, were chosen on the development articles.
    """

    passages: float = 1.0
    tokens: float = 0.5
    sentences: float = 1.0
    together: float = 0.0
    graded: float = 0.5
    held: float = 10.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One run over the data.

    A step takes `own` articles of the project's library, `further` of its further articles and `lay` articles of the
    lay questions, drawn in groups of `cluster` near neighbours. Of an article it takes `sections` sections at most, of
    a section `questions` questions and `sentences` deciding sentences. Beside them it takes `graded` questions with
    graded documents, and `held` texts whose vectors shall stay. `typos` is the share of questions that get a typing
    error.

    `plan` lays out the learning rates: from which step on, for how many steps. The shipped adapter was trained against
    the clock, and its stages were laid out anew when the time that a step takes was known. These are its rates.
    """

    name: str
    steps: int
    plan: tuple[tuple[int, int], ...]
    seed: int
    own: int
    lay: int
    sections: int
    graded: int
    held: int
    questions: int = 3
    sentences: int = 2
    cluster: int = 3
    typos: float = 0.0
    further: int = 0
    weights: LossWeights = field(default_factory=LossWeights)

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0: it rises, then falls along half a cosine."""
        planned = max(part for part in self.plan if part[0] <= step)[1]
        rising = max(3, planned // RISING)
        if step < rising:
            return RATE * (step + 1) / rising
        passed = (step - rising) / max(1, planned - rising)
        return RATE * ((1 + math.cos(math.pi * passed)) / 2 * (1 - LAST) + LAST)


_FINAL = LossWeights(passages=0.8, tokens=0.4, sentences=0.8, together=0.5)

STAGES = (
    Stage(
        "lay questions", steps=53, plan=((0, 90), (8, 56)), seed=1,
        own=0, lay=8, sections=3, graded=3, held=8, cluster=4,
    ),
    Stage(
        "all questions", steps=26, plan=((0, 90), (8, 26)), seed=2,
        own=6, lay=3, sections=4, graded=2, held=6, sentences=3,
    ),
    Stage(
        "all scores", steps=67, plan=((0, 400), (8, 110), (30, 67)), seed=3,
        own=5, lay=3, sections=6, graded=2, held=6, typos=0.1, weights=_FINAL,
    ),
    Stage(
        "all scores, again", steps=166, plan=((0, 400), (8, 171), (120, 170)), seed=4,
        own=5, lay=3, sections=6, graded=2, held=6, typos=0.1, weights=_FINAL,
    ),
    Stage(
        "further articles", steps=160, plan=((0, 160),), seed=5,
        own=2, lay=2, further=4, sections=6, graded=2, held=6, typos=0.1, weights=_FINAL,
    ),
)  # fmt: skip
"""Each stage goes on from the one before. The adapter is the mean of the last AVERAGED: better than the last."""

AVERAGED = 3
