"""Fitting the urgent notice: whether the nearest sign of an article is what a question tells of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wellread.search.classifier import Features, SupportVectors
from wellread.search.notice import NoticeModel
from wellread.training.learners import logistic, support, threshold

CALM_NOTICES = 0.1
"""The share of calm twins of urgent questions that may get the notice."""

ORDINARY_NOTICES = 0.05
"""The share of ordinary questions that may get the notice."""

_ORDINARY_WEIGHT = 0.5
"""What an article of an ordinary question counts, where one of an urgent question or its twin counts 1."""


@dataclass(frozen=True, eq=False, slots=True)
class NoticeExample:
    """The nearest sign of one article that a question may be about, as `notice_features` gives it.

    `is_told` is whether the question tells that a sign of this article is happening, which no calm or ordinary one
    does. Several articles of one question have its `question`.
    """

    question: str
    type: Literal["urgent", "calm", "ordinary"]
    features: NDArray[np.float64]
    is_told: bool


def fit_notice(examples: Sequence[NoticeExample]) -> NoticeModel:
    """Fit the notice; its features must be of margins that `held_out_urgency` gives, or they look surer than they are.

    The threshold is the least that no more than CALM_NOTICES of calm and ORDINARY_NOTICES of ordinary questions reach.
    """
    features = np.array([example.features for example in examples])
    weights = np.array([_ORDINARY_WEIGHT if example.type == "ordinary" else 1.0 for example in examples])
    model = logistic(features, np.array([example.is_told for example in examples]), weights)
    best: dict[str, dict[str, float]] = {"urgent": {}, "calm": {}, "ordinary": {}}
    for example in examples:
        of_type = best[example.type]
        of_type[example.question] = max(of_type.get(example.question, 0.0), model.probability(example.features))
    limits = [
        threshold(np.array(list(best[type_].values())), share)
        for type_, share in (("calm", CALM_NOTICES), ("ordinary", ORDINARY_NOTICES))
        if best[type_]
    ]
    return NoticeModel(model, max(limits, default=1.0))


def held_out_urgency(
    layers: Features,
    is_urgent: NDArray[np.bool_],
    groups: Sequence[int],
    fit_urgency: Callable[[Features, NDArray[np.bool_]], SupportVectors] = support,
) -> NDArray[np.float64]:
    """By how much each question tells of something happening, told by those of the other groups, shape (questions,).

    `layers` are the middle layers, shape (questions, width); twins, and questions about one article, belong into one
    group.
    """
    parts = np.array(groups)
    margins = np.empty(len(layers))
    for part in np.unique(parts):
        others = fit_urgency(layers[parts != part], is_urgent[parts != part])
        margins[parts == part] = others.margins(layers[parts == part])
    return margins
