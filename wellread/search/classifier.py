"""Small classifiers of short texts, over what a model makes of a text and its words and letters."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import CalibrationError
from wellread.search.products import products

Features = NDArray[np.float32]
"""What a model makes of texts, a row each: its hidden layers, or the vectors where it hands out nothing else."""

BUCKETS = 1 << 15
"""Columns that the n-grams of one sort are hashed into."""

GAMMA = 3.0
"""How fast likeness falls with the squared distance of two layers of unit length."""

_WORD = re.compile(r"\w+(?:'\w+)*|[?!]")


def read_questions(encoder: Encoder, texts: Sequence[str]) -> tuple[Vectors, Features]:
    """The vectors of questions, and what classifiers go by: shapes (len(texts), dimension) and (len(texts), width).

    Features are those of `layer_features`.
    """
    vectors, layers, _ = encoder.encode_layers(texts)
    return vectors, layer_features(layers)


def layer_features(layers: Vectors) -> Features:
    """What classifiers go by of a model's layers, shape (texts, layers, dimension): (texts, width).

    The means of the layers from a third of the way up on, each of unit length, side by side.
    """
    upper = layers[:, max(layers.shape[1] // 3 - 1, 0) :]
    upper = upper / np.maximum(np.linalg.norm(upper, axis=2, keepdims=True), 1e-12)
    return np.asarray(upper.reshape(len(upper), -1), np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Classifier:
    """Multinomial logistic regression: softmax(features @ `of_features` + n-grams @ `of_grams` + `bias`).

    `of_features` has shape (width, classes); `of_grams` (2 * BUCKETS, classes), or (0, classes) for a classifier
    that goes by the features alone.
    """

    classes: tuple[str, ...]
    of_features: NDArray[np.float32]
    of_grams: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, features: Features, texts: Sequence[str] = ()) -> NDArray[np.float64]:
        """Each class's probability for each text: shape (len(features), classes); `texts` where n-grams count.

        Raises:
            CalibrationError: the features are not of the width that this was fitted for.
        """
        if features.shape[1] != len(self.of_features):
            raise CalibrationError(
                f"what was fitted goes by {len(self.of_features)} features, the model gives {features.shape[1]}",
                f"fit it anew: {command('fit')}",
            )
        logits = (products(features, self.of_features.T) + self.bias).astype(np.float64)
        if len(self.of_grams):
            for row, text in enumerate(texts):
                columns, weights = hashed_grams(text)
                logits[row] += weights @ self.of_grams[columns]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True, eq=False, slots=True)
class SupportVectors:
    """A support vector machine with a Gaussian kernel over what `middle_layers` gives.

    The margin of a text with the layers x is the sum over the `vectors` v, shape (count, width), of their `weights`
    times exp(-GAMMA |x - v|^2), plus `bias`: above 0 for what is more like the examples of one side than of the other.
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float

    def margins(self, layers: Features) -> NDArray[np.float64]:
        """The margin of each text, shape (len(layers),).

        Raises:
            CalibrationError: the layers are not of the width that this was fitted for.
        """
        if layers.shape[1] != self.vectors.shape[1]:
            raise CalibrationError(
                f"what was fitted goes by {self.vectors.shape[1]} numbers of middle layers, not by {layers.shape[1]}",
                f"fit it anew: {command('fit')}",
            )
        nearness = products(layers, self.vectors).astype(np.float64)  # both have unit length
        return np.asarray(np.exp(-2 * GAMMA * (1 - nearness)) @ self.weights + self.bias)


@dataclass(frozen=True, eq=False, slots=True)
class Logistic:
    """A logistic regression: the probability is 1 / (1 + exp(-(features @ weights + bias)))."""

    weights: NDArray[np.float64]
    bias: float

    def probability(self, features: NDArray[np.float64]) -> float:
        """The probability for one row of features."""
        return float(1 / (1 + np.exp(-np.clip(features @ self.weights + self.bias, -50, 50))))


def middle_layers(features: Features, dimension: int) -> Features:
    """The two middle ones of the layers that `read_questions` gives side by side, or the only one, of unit length."""
    layers = features.shape[1] // dimension
    middle = features[:, max(layers - 2, 0) // 2 * dimension : (layers // 2 + 1) * dimension]
    return np.asarray(middle / np.maximum(np.linalg.norm(middle, axis=1, keepdims=True), 1e-12), np.float32)


@lru_cache(maxsize=16)
def hashed_grams(text: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The columns of a text's n-grams and their weights: words' in the first `BUCKETS`, letters' in the second.

    Runs of one to three words, and of three to five letters inside a word, each sort with logarithmic counts and
    unit length.
    """
    columns: list[int] = []
    weights: list[float] = []
    words = _WORD.findall(text.lower().replace("’", "'"))
    for sort, grams in enumerate((_runs(words), _letters(words))):
        counts = Counter(sort * BUCKETS + zlib.crc32(gram.encode()) % BUCKETS for gram in grams)
        scaled = 1 + np.log(np.array(list(counts.values()), np.float64))
        columns += counts
        weights += (scaled / np.linalg.norm(scaled)).tolist() if len(scaled) else []
    return np.array(columns, np.int64), np.array(weights, np.float64)


def _runs(words: Sequence[str]) -> Iterator[str]:
    for length in (1, 2, 3):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _letters(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word.isalnum():
            framed = f" {word} "
            for length in (3, 4, 5):
                for start in range(len(framed) - length + 1):
                    yield framed[start : start + length]
