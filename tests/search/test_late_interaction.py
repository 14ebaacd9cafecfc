"""Late interaction: the mean of the best cosines, in any order and of any number of tokens, and the worst."""

from __future__ import annotations

import numpy as np
import pytest

from wellread.search.late_interaction import maxsim, weakest_similarity

QUESTION = np.array([[1, 0], [0.6, 0.8]], np.float32)


@pytest.mark.parametrize(
    ("passage", "score"),
    [
        # The first token's cosines are 1, the second's 0.6.
        ([[1, 0]], (1 + 0.6) / 2),
        # 0 and 1 for the first, 0.8 and 0.6 for the second.
        ([[0, 1], [1, 0]], (1 + 0.8) / 2),
        ([[1, 0], [0, 1]], (1 + 0.8) / 2),
        # The best may be below 0: -1, and -0.6.
        ([[-1, 0]], (-1 - 0.6) / 2),
        # A token that comes again adds nothing.
        ([[0, 1], [0, 1], [0, 1]], (0 + 0.8) / 2),
    ],
)
def test_is_the_mean_over_the_question_of_the_best_cosine(passage: list[list[float]], score: float) -> None:
    assert maxsim(QUESTION, np.array(passage, np.float32)) == pytest.approx(score, abs=1e-6)


def test_of_a_question_twice_as_long_is_the_same() -> None:
    passage = np.array([[0, 1], [0.8, 0.6]], np.float32)
    assert maxsim(np.concatenate([QUESTION] * 2), passage) == pytest.approx(maxsim(QUESTION, passage), abs=1e-6)


def test_of_nothing_is_nothing() -> None:
    nothing = np.empty((0, 2), np.float32)
    assert maxsim(nothing, QUESTION) == maxsim(QUESTION, nothing) == maxsim(nothing, nothing) == 0


@pytest.mark.parametrize(
    ("count", "weakest"),
    [
        # Cosines 0.0, 0.1, 0.2 and on: of up to seven tokens the worst, of eight the two worst, of twelve three.
        (1, 0.0),
        (4, 0.0),
        (7, 0.0),
        (8, (0.0 + 0.1) / 2),
        (11, (0.0 + 0.1) / 2),
        (12, (0.0 + 0.1 + 0.2) / 3),
    ],
)
def test_the_weakest_are_a_quarter_of_the_tokens_and_one_at_least(count: int, weakest: float) -> None:
    question = np.array([[n / 10, 0] for n in reversed(range(count))], np.float32)
    assert weakest_similarity(question, np.array([[1, 0], [0, 1]], np.float32)) == pytest.approx(weakest, abs=1e-6)


def test_the_weakest_of_nothing_is_nothing() -> None:
    nothing = np.empty((0, 2), np.float32)
    assert weakest_similarity(nothing, QUESTION) == weakest_similarity(QUESTION, nothing) == 0
