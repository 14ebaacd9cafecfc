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
"""What an ordinary question counts, where an urgent question or its twin counts 1."""


@dataclass(frozen=True, eq=False, slots=True)
class NoticeExample:
    """A question beside the nearest sign of the article that it is about, as `notice_features` gives it.

    An urgent question tells that a sign is happening; a calm one is its twin; all others are ordinary.
    """

    type: Literal["urgent", "calm", "ordinary"]
    features: NDArray[np.float64]


def fit_notice(examples: Sequence[NoticeExample]) -> NoticeModel:
    """Fit the notice; its features must be of margins that `held_out_urgency` gives, or they look surer than they are.

    The threshold is the least that no more than CALM_NOTICES of calm and ORDINARY_NOTICES of ordinary questions reach.
    """
    types = np.array([example.type for example in examples])
    features = np.array([example.features for example in examples])
    model = logistic(features, types == "urgent", np.where(types == "ordinary", _ORDINARY_WEIGHT, 1.0))
    shown = np.array([model.probability(row) for row in features])
    limits = (("calm", CALM_NOTICES), ("ordinary", ORDINARY_NOTICES))
    return NoticeModel(model, max(threshold(shown[types == type_], share) for type_, share in limits))


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
