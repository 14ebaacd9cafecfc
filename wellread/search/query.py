"""Reads a question: normalises it, corrects its spelling, and embeds it once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.index.port import GenerationReader
from wellread.search.calibration import KINDS, Calibration
from wellread.search.classifier import Features, read_questions
from wellread.search.spelling import correct_spelling
from wellread.text.queries import normalize_query


@dataclass(frozen=True, eq=False, slots=True)
class Query:
    """A question as it was asked, its misspelt words with what they were read as, and the text that was embedded.

    The `vector` has the shape (dimension,), the `features` are those of `read_questions`, and `wanted` says how
    probably the question wants each kind of section, and "other": shape (len(KINDS) + 1,).
    """

    asked: str
    corrections: tuple[tuple[str, str], ...]
    text: str
    vector: Vectors
    features: Features
    wanted: NDArray[np.float64]


def query_text(question: str, reader: GenerationReader) -> tuple[str, dict[str, str]]:
    """The text that is embedded for a question, and which misspelt word was read as which other."""
    return correct_spelling(normalize_query(question), reader)


def read_query(question: str, reader: GenerationReader, encoder: Encoder, calibration: Calibration | None) -> Query:
    """Read a question for one generation.

    Raises:
        ValueError: the question is empty.
    """
    if not question.strip():
        raise ValueError("the question is empty")
    asked = question.encode("utf-8", "replace").decode()  # half a character is none
    text, corrections = query_text(asked, reader)
    vectors, features = read_questions(encoder, [text])
    return Query(
        asked, tuple(corrections.items()), text, vectors[0], features[0], kinds_wanted(text, features[0], calibration)
    )


def kinds_wanted(question: str, features: Features, calibration: Calibration | None) -> NDArray[np.float64]:
    """How probably a question wants each kind of section, and "other": shape (len(KINDS) + 1,)."""
    if calibration is None:
        return np.full(len(KINDS) + 1, 1 / (len(KINDS) + 1))
    return np.asarray(calibration.questions.probabilities(features[np.newaxis], [question])[0])
