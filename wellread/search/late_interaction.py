"""How well a passage meets each word of a question: late interaction over token vectors."""

from __future__ import annotations

import numpy as np

from wellread.encoders.sentence_transformer import Vectors
from wellread.search.products import products


def maxsim(question: Vectors, passage: Vectors) -> float:
    """The mean over a question's tokens of the best cosine with any token of a passage; 0 where either has none.

    MaxSim (ColBERT: Khattab and Zaharia 2020, eq. 3), divided by the number of the question's tokens so that questions
    of all lengths compare. Shapes (question tokens, dimension) and (passage tokens, dimension).
    """
    if not len(question) or not len(passage):
        return 0.0
    return float(products(question, passage).max(axis=1).mean())


def weakest_similarity(question: Vectors, passage: Vectors) -> float:
    """The mean, over the quarter of a question's tokens that a passage meets worst, of their best cosines.

    What a question asks for and a passage lacks is among these; shapes as for `maxsim`.
    """
    if not len(question) or not len(passage):
        return 0.0
    best = np.sort(products(question, passage).max(axis=1))
    return float(best[: max(len(best) // 4, 1)].mean())
