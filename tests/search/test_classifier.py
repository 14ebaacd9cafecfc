"""The classifiers: probabilities and margins by hand, and which columns the words and letters of a text fall into."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from conftest import HashEncoder

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import CalibrationError
from wellread.search.classifier import (
    BUCKETS,
    GAMMA,
    Classifier,
    SupportVectors,
    hashed_grams,
    middle_layers,
    read_questions,
)

WITHOUT_GRAMS = np.zeros((0, 2), np.float32)


def column(gram: str, letters: bool = False) -> int:
    return zlib.crc32(gram.encode()) % BUCKETS + (BUCKETS if letters else 0)


def weights_of(text: str) -> dict[int, float]:
    columns, weights = hashed_grams(text)
    assert len(set(columns.tolist())) == len(columns) == len(weights)
    return dict(zip(columns.tolist(), weights.tolist(), strict=True))


def with_gram(number: int, weight: float) -> Classifier:
    """Two classes, and one column of n-grams that speaks for the first of them."""
    of_grams = np.zeros((2 * BUCKETS, 2), np.float32)
    of_grams[number, 0] = weight
    return Classifier(("yes", "no"), np.zeros((2, 2), np.float32), of_grams, np.zeros(2, np.float32))


class Layers(HashEncoder):
    """Hands out six layers, two numbers wide."""

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        layers = np.array([[9, 9], [3, 4], [0, 2], [-8, 6], [5, 0], [0, 7]], np.float32)
        return self.encode_queries(texts), np.stack([layers] * len(texts)), self._tokens(texts)


class TestReading:
    def test_gives_the_vector_where_a_model_hands_out_nothing_else(self) -> None:
        vectors, features = read_questions(HashEncoder(), ["fever", "cough"])
        assert (vectors == HashEncoder().encode_queries(["fever", "cough"])).all()
        assert features == pytest.approx(vectors, abs=1e-6)

    def test_gives_the_upper_layers_at_unit_length(self) -> None:
        # Of six layers a third of the way up is the second: 3 and 4 of 5, and those above it.
        vectors, features = read_questions(Layers(), ["fever", "cough"])
        assert (vectors == HashEncoder().encode_queries(["fever", "cough"])).all()
        assert features == pytest.approx(np.array([[0.6, 0.8, 0, 1, -0.8, 0.6, 1, 0, 0, 1]] * 2))


class TestProbabilities:
    def test_are_the_softmax_of_features_and_bias(self) -> None:
        # Logits 1 * ln 2 + 0 * 5 + ln 3 = ln 6, 0 + 0 + ln 2 and 0: 6, 2 and 1 of 9.
        classifier = Classifier(
            ("a", "b", "c"),
            np.array([[math.log(2), 0, 0], [5, 5, 0]], np.float32),
            np.zeros((0, 3), np.float32),
            np.array([math.log(3), math.log(2), 0], np.float32),
        )
        (row,) = classifier.probabilities(np.array([[1, 0]], np.float32))
        assert row == pytest.approx([6 / 9, 2 / 9, 1 / 9], rel=1e-6)

    def test_are_of_each_text_alone(self) -> None:
        # Logits (ln 3, 0), (0, 0) and (-ln 3, 0).
        of_features = np.array([[math.log(3), 0]], np.float32)
        classifier = Classifier(("a", "b"), of_features, WITHOUT_GRAMS, np.zeros(2, np.float32))
        rows = classifier.probabilities(np.array([[1], [0], [-1]], np.float32))
        assert rows == pytest.approx(np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]), rel=1e-6)

    def test_gain_by_a_word(self) -> None:
        # "rest" is the only run of words: weight 1, so the logits are ln 4 and 0. The other text has none of it.
        classifier = with_gram(column("rest"), math.log(4))
        rows = classifier.probabilities(np.zeros((2, 2), np.float32), ["rest", "sleep"])
        assert rows == pytest.approx(np.array([[0.8, 0.2], [0.5, 0.5]]), rel=1e-6)

    def test_gain_by_letters(self) -> None:
        # " rest " has 4 + 3 + 2 = 9 runs of letters, each with the weight 1 / 3: ln 4 again.
        classifier = with_gram(column("est", letters=True), 3 * math.log(4))
        (row,) = classifier.probabilities(np.zeros((1, 2), np.float32), ["rest"])
        assert row == pytest.approx([0.8, 0.2], rel=1e-6)

    def test_go_by_the_vector_alone_where_no_n_grams_were_learned(self) -> None:
        classifier = Classifier(("a", "b"), np.eye(2, dtype=np.float32), WITHOUT_GRAMS, np.zeros(2, np.float32))
        vectors = np.array([[0.5, 0.25]], np.float32)
        assert (classifier.probabilities(vectors, ["rest"]) == classifier.probabilities(vectors)).all()

    @pytest.mark.parametrize("text", ["", " \n", "...", "🦵 — …"])
    def test_of_a_text_without_words_are_those_of_its_vector(self, text: str) -> None:
        # Neither half has a column: the logits are the vector's (0, 0).
        classifier = with_gram(column(""), 9.0)
        assert classifier.probabilities(np.zeros((1, 2), np.float32), [text]).tolist() == [[0.5, 0.5]]

    def test_of_no_texts_are_none(self) -> None:
        classifier = with_gram(0, 1.0)
        assert classifier.probabilities(np.zeros((0, 2), np.float32), []).shape == (0, 2)

    def test_stay_probabilities_where_logits_are_large(self) -> None:
        of_features = np.array([[1e4, 0]], np.float32)
        classifier = Classifier(("a", "b"), of_features, WITHOUT_GRAMS, np.zeros(2, np.float32))
        rows = classifier.probabilities(np.array([[1], [-1]], np.float32))
        assert rows.tolist() == [[1.0, 0.0], [0.0, 1.0]]


class TestNGrams:
    def test_of_words_stand_in_the_first_half_and_of_letters_in_the_second(self) -> None:
        # Runs "a", "b" and "a b": 1 / sqrt 3 each. Letters " a " and " b ", too short for more: 1 / sqrt 2 each.
        third, half = 1 / math.sqrt(3), 1 / math.sqrt(2)
        assert weights_of("a b") == pytest.approx(
            {
                column("a"): third,
                column("b"): third,
                column("a b"): third,
                column(" a ", letters=True): half,
                column(" b ", letters=True): half,
            }
        )

    def test_are_one_to_three_words_long(self) -> None:
        runs = ["a", "b", "c", "d", "a b", "b c", "c d", "a b c", "b c d"]
        found = {number for number in weights_of("a b c d") if number < BUCKETS}
        assert found == {column(run) for run in runs}

    def test_are_three_to_five_letters_long_and_know_where_a_word_ends(self) -> None:
        runs = [" re", "res", "est", "st ", " res", "rest", "est ", " rest", "rest "]
        found = {number for number in weights_of("rest") if number >= BUCKETS}
        assert found == {column(run, letters=True) for run in runs}

    def test_count_logarithmically(self) -> None:
        # "a" three times: 1 + ln 3; "a a" twice: 1 + ln 2; "a a a" once: 1; over their length.
        length = math.sqrt((1 + math.log(3)) ** 2 + (1 + math.log(2)) ** 2 + 1)
        assert weights_of("a a a") == pytest.approx(
            {
                column("a"): (1 + math.log(3)) / length,
                column("a a"): (1 + math.log(2)) / length,
                column("a a a"): 1 / length,
                column(" a ", letters=True): 1.0,
            }
        )

    @pytest.mark.parametrize("text", ["rest", "Why do my legs cramp at night, every night?", "word " * 300])
    def test_have_unit_length_in_either_half(self, text: str) -> None:
        weights = weights_of(text)
        for letters in (False, True):
            half = [weight for number, weight in weights.items() if (number >= BUCKETS) == letters]
            assert math.fsum(weight**2 for weight in half) == pytest.approx(1)

    def test_do_not_tell_large_letters_from_small_ones(self) -> None:
        assert weights_of("REST Now") == weights_of("rest now")

    def test_do_not_tell_a_typographic_apostrophe_from_a_plain_one(self) -> None:
        assert weights_of("can’t sleep") == weights_of("can't sleep")
        assert column("can't") in weights_of("can’t sleep")

    def test_keep_question_and_exclamation_marks_as_words(self) -> None:
        assert {column("help !"), column("!"), column("! ?")} <= set(weights_of("help!?"))
        assert weights_of("help?") != weights_of("help") == weights_of("help.")

    @pytest.mark.parametrize("text", ["", " ", "\n\t", "...", "🦵", "\ud800"])
    def test_of_a_text_without_words_are_none(self, text: str) -> None:
        columns, weights = hashed_grams(text)
        assert (columns.shape, weights.shape) == ((0,), (0,))

    def test_of_a_mark_alone_are_words_only(self) -> None:
        assert weights_of("?") == {column("?"): 1.0}


class TestMargins:
    LEARNED = SupportVectors(np.eye(2, dtype=np.float32), np.array([2.0, -1.0], np.float32), 0.25)

    def test_weigh_the_nearness_of_what_was_learned(self) -> None:
        # The first text is the first vector, whose square distance from the second is 2; the third is 2 and 4 away.
        layers = np.array([[1, 0], [0, 1], [0, -1]], np.float32)
        far, farther = math.exp(-2 * GAMMA), math.exp(-4 * GAMMA)
        expected = [2 - far + 0.25, 2 * far - 1 + 0.25, 2 * far - farther + 0.25]
        assert self.LEARNED.margins(layers) == pytest.approx(expected, abs=1e-6)

    def test_of_another_width_are_refused(self) -> None:
        with pytest.raises(CalibrationError, match="fit it anew: wellread fit"):
            self.LEARNED.margins(np.ones((1, 3), np.float32))


class TestMiddleLayers:
    @pytest.mark.parametrize(
        ("layers", "middle"), [(1, [0]), (2, [0, 1]), (3, [0, 1]), (4, [1, 2]), (5, [1, 2]), (6, [2, 3])]
    )
    def test_are_two_or_the_only_one(self, layers: int, middle: list[int]) -> None:
        features = np.repeat(np.eye(layers, dtype=np.float32), 2, axis=1)  # each layer is told by its own text
        taken = middle_layers(features, 2)
        assert taken.shape == (layers, 2 * len(middle))
        assert np.flatnonzero(taken.any(axis=1)).tolist() == middle

    def test_have_unit_length(self) -> None:
        assert middle_layers(np.array([[9, 9, 3, 0, 0, 4, 9, 9]], np.float32), 2) == pytest.approx(
            np.array([[0.6, 0, 0, 0.8]])
        )
