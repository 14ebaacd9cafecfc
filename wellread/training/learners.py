"""Tools of fitting: texts embedded once, logistic regressions, support vectors, thresholds with a margin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import CalibrationError
from wellread.progress import Progress
from wellread.search.classifier import (
    BUCKETS,
    GAMMA,
    Classifier,
    Features,
    Logistic,
    SupportVectors,
    hashed_grams,
    read_questions,
)

FOLDS = 10
"""Parts that examples are dealt into where a probability is wanted that an example had no share in."""

SURELY = 0.8
"""How surely the shares that thresholds allow are kept, by what they are fitted on."""

_HAIR = 1e-5
"""How far a threshold lies above a value that may not reach it."""

_PENALTY = 4.0
"""What an example on the wrong side costs a support vector machine, beside the width of its margin."""


class Embedding:
    """Embeds texts as questions, each once, and reports how far it is."""

    def __init__(self, encoder: Encoder, progress: Progress) -> None:
        self._encoder = encoder
        self._progress = progress
        self._known: dict[str, tuple[Vectors, Features]] = {}

    def __call__(self, texts: Sequence[str], what: str) -> Vectors:
        """The vectors of questions."""
        return self.read(texts, what)[0]

    def read(self, texts: Sequence[str], what: str) -> tuple[Vectors, Features]:
        """The vectors of questions, and what classifiers go by."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), 64):
            some = new[start : start + 64]
            self._known |= zip(some, zip(*read_questions(self._encoder, some), strict=True), strict=True)
            self._progress(f"embedding {what}", min(start + 64, len(new)), len(new))
        read = [self._known[text] for text in texts]
        return np.stack([vector for vector, _ in read]), np.stack([features for _, features in read])


def threshold(values: NDArray[np.float64], share: float) -> float:
    """The least threshold that no more than `share` of other such values reach, surely enough.

    As many of these may reach it as keep the upper bound of their share below `share` (Clopper and Pearson, 1934),
    at the level SURELY: those who ask are others than those who wrote what is learned from. Too few of them to
    be sure (fewer than 64 for a share of 2.5 %) give the threshold that none of them reaches. It lies a hair above the
    greatest value that may not: weights are rounded where they are stored.
    """
    from scipy.stats import binom

    chances = binom.cdf(np.arange(len(values)), len(values), share)
    allowed = int((chances <= 1 - SURELY).sum())
    return float(np.sort(values)[::-1][max(allowed - 1, 0)]) + _HAIR


def classify(
    classes: Sequence[str], features: Features, texts: Sequence[str], labels: Sequence[str], c: float
) -> Classifier:
    """Multinomial logistic regression with an L2 penalty of 1 / `c`; without texts, by the features alone."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    parts = [csr_matrix(features, dtype=np.float64)]
    if texts:
        grams = [hashed_grams(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in grams)])
        columns, weights = (np.concatenate([gram[n] for gram in grams]) for n in (0, 1))
        parts.append(csr_matrix((weights, columns, ends), shape=(len(texts), 2 * BUCKETS)))
    if set(labels) != set(classes):
        odd = ", ".join(sorted(set(labels) ^ set(classes)))
        raise CalibrationError(
            f"there are no examples, or unknown ones, for {odd}",
            f"name another folder: {command('fit', '--training', 'DIR')}",
        )
    numbers = [classes.index(label) for label in labels]
    model = LogisticRegression(C=c, max_iter=2000, tol=1e-4).fit(hstack(parts).tocsr(), numbers)
    learned, bias = model.coef_.T, model.intercept_
    if len(classes) == 2:  # scikit-learn keeps one column for two classes
        learned, bias = np.hstack([np.zeros_like(learned), learned]), np.array([0.0, bias[0]])
    width = features.shape[1]
    kept = learned.astype(np.float16).astype(np.float32)  # as it is stored
    return Classifier(tuple(classes), kept[:width], kept[width:], bias.astype(np.float16).astype(np.float32))


def logistic(features: NDArray[np.float64], answers: NDArray[np.bool_], weights: NDArray[np.float64]) -> Logistic:
    """Logistic regression over standardised features, given in terms of the features as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 1e-6, spread, 1.0)  # what never varies tells nothing
    model = LogisticRegression(C=1.0, max_iter=1000).fit((features - mean) / spread, answers, sample_weight=weights)
    weights = model.coef_[0] / spread
    return Logistic(weights, float(model.intercept_[0] - weights @ mean))


def support(layers: Features, sides: NDArray[np.bool_]) -> SupportVectors:
    """A support vector machine (Cortes and Vapnik, 1995) that tells the true side from the other, by unit layers."""
    from sklearn.svm import SVC

    kept = layers.astype(np.float16).astype(np.float32)  # as it is stored
    model = SVC(C=_PENALTY, gamma=GAMMA).fit(kept, sides)
    return SupportVectors(kept[model.support_], model.dual_coef_[0].astype(np.float32), float(model.intercept_[0]))
