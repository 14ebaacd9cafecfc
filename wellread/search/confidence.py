"""The features of confidence and of the urgent notice, and the state of an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Scores, State
from wellread.encoders.sentence_transformer import Vectors
from wellread.search.calibration import CONFIDENCE, Calibration
from wellread.text.words import PREFIX_LENGTH, word_prefixes

NEAR_ENOUGH = 0.25
"""A question this near to a warning sign is about it."""

TERM_MATCH_DEPTH = 10
"""Passages that the words of a question are looked for in, the best."""

_DAMPING = 10.0
_LEAST = 1e-4


def confidence_features(
    ranked: Sequence[Scores],
    wanted: NDArray[np.float64],
    offered: float,
    topic: float,
    words: tuple[int, int, int],
    passages: int,
) -> NDArray[np.float64]:
    """Features of a question and what was found for it, shape (2 * len(CONFIDENCE) + 1,).

    The best cosine of both grains; how well the first passage's section is of the kind that the question wants; its
    BM25, damped; how far the first stands above the tenth; of the probabilities of the kinds `wanted`, the last, which
    is that of something that no kind of section gives, and the greatest, as log-odds; how probably the first passage's
    article `offered` a section of the kind at all; the cosine of the nearest subject of medicine; the logarithms of how
    many words of the question were found, how many were not, and how many of these name another subject. The size is
    the decimal logarithm of the number of passages: the best of many is near by chance, and means less.
    """
    if not ranked:
        return np.zeros(2 * len(CONFIDENCE) + 1)
    first, last = ranked[0], ranked[min(len(ranked), 10) - 1]
    size = np.log10(passages)
    measured = np.array(
        [
            max(scores.passage for scores in ranked),
            max(scores.sentence for scores in ranked),
            first.kind,
            first.lexical / (first.lexical + _DAMPING),
            first.final - last.final,
            _log_odds(float(wanted[-1])),
            _log_odds(float(wanted.max())),
            offered,
            topic,
            *np.log1p(words),
        ]
    )
    return np.array([*measured, *measured * size, size])


def words_found(question: str, texts: Sequence[str], subjects: Collection[str] = ()) -> tuple[int, int, int]:
    """How many of a question's content words some of the texts have, none has, and none has that name a subject.

    Words count as the same that begin with the same five letters. `subjects` are such beginnings; their words are not
    among those that none has.
    """
    asked = word_prefixes(question)
    whole = "\n".join(texts).lower()
    missing = [stem for stem in asked if not _begins_a_word(stem, whole)]
    named = sum(stem in subjects for stem in missing)
    return len(asked) - len(missing), len(missing) - named, named


def _begins_a_word(stem: str, text: str) -> bool:
    """Whether a word of a text begins with five letters, or is a shorter one."""
    at = text.find(stem)
    while at >= 0:
        end = at + len(stem)
        if not _of_a_word(text[at - 1 : at]) and (len(stem) == PREFIX_LENGTH or not _of_a_word(text[end : end + 1])):
            return True
        at = text.find(stem, at + 1)
    return False


def _of_a_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def nearest_topic(query: Vectors, calibration: Calibration) -> float:
    """The cosine of a question with the nearest subject of medicine."""
    return float((calibration.topics @ query).max(initial=0.0))


def answer_state(confidence: float, calibration: Calibration) -> State:
    """What is said to a reader at this confidence."""
    if confidence >= calibration.thresholds.answered:
        return "answered"
    return "closest" if confidence >= calibration.thresholds.closest else "not_covered"


def notice_features(telling: float, nearness: float, other: float) -> NDArray[np.float64]:
    """Features of a question beside a section of warning signs, shape (len(NOTICE),).

    `telling` is the margin by which the question tells of something happening to somebody; `nearness` the cosine of
    the question with the nearest of the section's sentences, up to NEAR_ENOUGH: beyond that it tells only how much the
    words are alike; `other` the probability that the question wants something that no kind of section gives, taken to
    log-odds.
    """
    return np.array([telling, min(nearness, NEAR_ENOUGH), _log_odds(other)])


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return float(np.log(kept / (1 - kept)))
