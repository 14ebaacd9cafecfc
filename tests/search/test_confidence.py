"""Trust: what is measured of a question, by hand, and what is said at which confidence."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from conftest import plain_calibration
from numpy.typing import NDArray

from wellread.datatypes import Scores
from wellread.search.calibration import CONFIDENCE, NOTICE, Thresholds
from wellread.search.confidence import (
    NEAR_ENOUGH,
    answer_state,
    confidence_features,
    nearest_topic,
    notice_features,
    words_found,
)


def scores(
    passage: float = 0.0, sentence: float = 0.0, lexical: float = 0.0, kind: float = 0.0, final: float = 0.0
) -> Scores:
    return Scores(passage, sentence, lexical, kind, final)


WANTED = np.array([0.75, 0.05, 0.2])
"""Kinds that are wanted, the last of them none: 3 to 1 for the first, 1 to 4 for none."""


def measured(
    ranked: list[Scores],
    wanted: NDArray[np.float64] = WANTED,
    offered: float = 0.0,
    topic: float = 0.0,
    words: tuple[int, int, int] = (0, 0, 0),
) -> dict[str, float]:
    """The features by name, of a library with one passage, whose size is log 1 = 0."""
    features = confidence_features(ranked, wanted, offered, topic, words, 1)
    return dict(zip(CONFIDENCE, features.tolist(), strict=False))


class TestConfidence:
    def test_is_weighed_from_what_was_measured(self) -> None:
        # The best passage is the second, the best sentence the first; kind and BM25 are the first's: 30 / (30 + 10).
        ranked = [scores(0.25, 0.75, 30.0, 0.5, 0.875), scores(0.5, 0.25, 90.0, 1.0, 0.25)]
        assert measured(ranked, offered=0.625, topic=0.375, words=(3, 1, 2)) == pytest.approx(
            {
                "passage": 0.5,
                "sentence": 0.75,
                "kind": 0.5,
                "lexical": 0.75,
                "gap": 0.625,
                "other": -math.log(4),
                "surest": math.log(3),
                "offered": 0.625,
                "topic": 0.375,
                "known": math.log(4),
                "unknown": math.log(2),
                "named": math.log(3),
            }
        )

    def test_counts_everything_again_by_the_size_of_the_library_and_the_size(self) -> None:
        # log10 1000 = 3, after the twelve measured and three times each.
        ranked = [scores(0.5, 0.75, 10.0, 0.25, 0.5)]
        alone = [0.5, 0.75, 0.25, 0.5, 0.0, -math.log(4), math.log(3), 0.125, 0.375, math.log(2), 0.0, 0.0]
        features = confidence_features(ranked, WANTED, 0.125, 0.375, (1, 0, 0), 1000)
        assert features == pytest.approx([*alone, *(3 * feature for feature in alone), 3.0])

    def test_sees_how_far_the_first_stands_above_the_tenth(self) -> None:
        # 1 - 0 / 20, 1 - 1 / 20 and on: the tenth is 9 / 20 below the first, whatever comes after it.
        ranked = [scores(final=1 - n / 20) for n in range(12)]
        assert measured(ranked)["gap"] == pytest.approx(9 / 20)
        assert measured(ranked[:10])["gap"] == pytest.approx(9 / 20)
        assert measured(ranked[:3])["gap"] == pytest.approx(2 / 20)
        assert measured(ranked[:1])["gap"] == 0

    def test_sees_nothing_where_nothing_was_found(self) -> None:
        features = confidence_features([], WANTED, 1.0, 1.0, (1, 1, 0), 0)
        assert features.tolist() == [0.0] * len(confidence_features([scores()], WANTED, 0.0, 0.0, (0, 0, 0), 1))


class TestTheWordsFound:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            (
                "do cramping legs hurt",
                (1, 2, 0),
            ),  # "cramping" and "cramps" share five letters, "hurt" and "hurts" not
            ("cramping, cramped: CRAMPS!", (1, 0, 0)),
            ("is it in the family", (0, 1, 0)),
            ("?!", (0, 0, 0)),
        ],
    )
    def test_are_told_by_their_first_five_letters(self, question: str, words: tuple[int, int, int]) -> None:
        assert words_found(question, ["Cramps come at night.", "It hurts."]) == words

    def test_are_none_where_nothing_was_found(self) -> None:
        assert words_found("a cramp at night", []) == (0, 2, 0)

    def test_that_name_another_subject_are_counted_apart(self) -> None:
        subjects = {"kidne", "stone", "spasm"}
        assert words_found("how to prevent kidney stones", ["Spasms"], subjects) == (0, 1, 2)
        assert words_found("spasms and a kidney stone", ["Spasms"], subjects) == (1, 0, 2)


class TestTheNearestSubject:
    def test_is_the_nearest_one_s_cosine(self) -> None:
        topics = np.eye(3, dtype=np.float32)[:2]
        known = replace(plain_calibration(), topics=topics)
        assert nearest_topic(np.array([0.6, 0.8, 0.0], np.float32), known) == pytest.approx(0.8)

    def test_is_none_at_no_cosine_above_zero(self) -> None:
        known = replace(plain_calibration(), topics=np.eye(2, dtype=np.float32))
        assert nearest_topic(np.array([-0.6, -0.8], np.float32), known) == 0
        without = replace(plain_calibration(), topics=np.zeros((0, 2), np.float32))
        assert nearest_topic(np.array([0.6, 0.8], np.float32), without) == 0


class TestTheState:
    @pytest.mark.parametrize(
        ("confidence", "state"),
        [
            (1.0, "answered"),
            (0.75, "answered"),
            (math.nextafter(0.75, 0), "closest"),
            (0.25, "closest"),
            (math.nextafter(0.25, 0), "not_covered"),
            (0.0, "not_covered"),
        ],
    )
    def test_changes_at_the_thresholds_themselves(self, confidence: float, state: str) -> None:
        known = replace(plain_calibration(), thresholds=Thresholds(answered=0.75, closest=0.25, urgent=0.5))
        assert answer_state(confidence, known) == state

    def test_is_never_closest_where_both_thresholds_are_one(self) -> None:
        known = replace(plain_calibration(), thresholds=Thresholds(answered=0.5, closest=0.5, urgent=0.5))
        assert answer_state(0.5, known) == "answered"
        assert answer_state(math.nextafter(0.5, 0), known) == "not_covered"


class TestTheNotice:
    def test_is_weighed_from_a_margin_nearness_and_log_odds(self) -> None:
        # 0.25 against 0.75 is 1 to 3.
        features = notice_features(1.5, 0.125, 0.25)
        assert features == pytest.approx([1.5, 0.125, -math.log(3)])
        assert len(features) == len(NOTICE)

    @pytest.mark.parametrize(
        ("nearness", "counted"), [(-1.0, -1.0), (NEAR_ENOUGH, NEAR_ENOUGH), (0.26, NEAR_ENOUGH), (1.0, NEAR_ENOUGH)]
    )
    def test_counts_nearness_up_to_what_is_near_enough(self, nearness: float, counted: float) -> None:
        assert notice_features(-0.5, nearness, 0.5).tolist() == [-0.5, counted, 0.0]

    @pytest.mark.parametrize(("other", "odds"), [(0.0, 1 / 9999), (1e-9, 1 / 9999), (1.0, 9999), (1 - 1e-9, 9999)])
    def test_counts_no_probability_as_certain(self, other: float, odds: float) -> None:
        # Held between 0.0001 and 0.9999: 9999 to 1 at most, either way.
        assert notice_features(0.0, 0.0, other).tolist() == pytest.approx([0.0, 0.0, math.log(odds)])
