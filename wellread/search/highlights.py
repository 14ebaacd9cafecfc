"""Chooses the sentence that is marked, and finds passages that say the same, by sentence vectors."""

from __future__ import annotations

import numpy as np

from wellread.datatypes import Passage, Sentence
from wellread.encoders.sentence_transformer import Vectors

HIGHLIGHT_MARGIN = 0.04
"""A sentence is marked that is nearer to the question than any other of its passage by this much, as a cosine.

On judgments/neurological-spasms (dev) nine of ten marks are then on a sentence that the judges accept.
"""

DUPLICATE_SIMILARITY = 0.9
"""Passages say the same where the sentences of one have counterparts in the other at this mean cosine."""


def deciding_sentence(query: Vectors, sentences: Vectors, passage: Passage) -> Sentence | None:
    """The sentence that is nearest to the question, where one stands out.

    `query` has the shape (dimension,), `sentences` (sentences, dimension).
    """
    cosines = np.einsum("ij,j->i", sentences, query)
    best, *others = np.argsort(-cosines, kind="stable")
    if others and cosines[best] - cosines[others[0]] < HIGHLIGHT_MARGIN:
        return None
    return passage.sentences[int(best)]


def say_the_same(sentences: Vectors, others: Vectors) -> bool:
    """Whether two passages say the same: all sentences of either have a counterpart in the other."""
    nearness = sentences @ others.T
    return bool(max(nearness.max(axis=0).mean(), nearness.max(axis=1).mean()) >= DUPLICATE_SIMILARITY)
