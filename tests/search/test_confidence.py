"""Confidence: what is measured of a question and what was found for it, by hand, and what is said at which."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from conftest import plain_calibration

from wellread.datatypes import Block, Passage, Scores
from wellread.search.calibration import CONFIDENCE, Thresholds
from wellread.search.confidence import (
    Findings,
    answer_state,
    confidence_features,
    state_in_another_language,
    state_of_a_name,
    words_found,
)


def scores(passage: float = 0.0, sentence: float = 0.0, final: float = 0.0, late: float = 0.0) -> Scores:
    return Scores(passage, sentence, lexical=0.0, final=final, late=late)


def findings(ranked: Sequence[Scores], articles: Sequence[int] | None = None, **changes: Any) -> Findings:
    """What was found, all of one article where nothing else is said, in a library whose size is log10 10 = 1."""
    found = Findings(
        scores=ranked,
        articles=np.array(articles or [0] * len(ranked), np.int64),
        weakest=0.0,
        texts=(),
        question="",
        tokens=0,
        unknown_names=0,
        wanted=np.array([0.5, 0.5]),
        passages=10,
    )
    return replace(found, **changes)


def measured(found: Findings) -> dict[str, float]:
    """The features by name, without those that are times the size."""
    return dict(zip(CONFIDENCE, confidence_features(found).tolist(), strict=False))


class TestConfidence:
    def test_is_weighed_from_what_was_measured(self) -> None:
        # The best passage is the second, the best sentence the third; late is the first's.
        ranked = [scores(0.25, 0.5, 0.875, 0.625), scores(0.5, 0.25, 0.75, 0.9), scores(0.125, 0.75, 0.5)]
        found = findings(
            ranked,
            [4, 2, 4],
            weakest=0.375,
            texts=["Cramps come at night."],
            question="cramps, fever and cough",
            tokens=6,
            unknown_names=1,
            wanted=np.array([0.75, 0.05, 0.2]),
        )
        assert measured(found) == pytest.approx(
            {
                "late": 0.625,
                "weakest": 0.375,
                "passage": 0.5,
                "sentence": 0.75,
                "gap": 0.875 - 0.5,
                "rival": 0.875 - 0.75,
                "agreement": 2 / 3,
                "found": math.log(2),  # "cramps"
                "missing": math.log(3),  # "fever" and "cough"
                "unknown": 1.0,
                "other": -math.log(4),  # 0.2 to 0.8
                "tokens": math.log(7),
            }
        )

    def test_counts_everything_again_by_the_size_of_the_library_and_the_size(self) -> None:
        # log10 1000 = 3, after the twelve measured and three times each.
        found = findings([scores(0.5, 0.75, 0.5, 0.25)], weakest=0.125, tokens=3, unknown_names=2, passages=1000)
        alone = [0.25, 0.125, 0.5, 0.75, 0.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0, math.log(4)]
        assert confidence_features(found) == pytest.approx([*alone, *(3 * feature for feature in alone), 3.0])

    def test_counts_no_library_as_larger_than_those_it_learned_of(self) -> None:
        sizes = [confidence_features(findings([scores(0.5)], passages=passages)) for passages in (1500, 1501, 30_000)]
        assert sizes[0][-1] == pytest.approx(math.log10(1500))
        assert all(features.tolist() == sizes[0].tolist() for features in sizes)

    def test_sees_how_far_the_first_stands_above_the_tenth(self) -> None:
        # 1 - 0 / 20, 1 - 1 / 20 and on: the tenth is 9 / 20 below the first, whatever comes after it.
        ranked = [scores(final=1 - n / 20) for n in range(12)]
        assert measured(findings(ranked))["gap"] == pytest.approx(9 / 20)
        assert measured(findings(ranked[:10]))["gap"] == pytest.approx(9 / 20)
        assert measured(findings(ranked[:3]))["gap"] == pytest.approx(2 / 20)
        assert measured(findings(ranked[:1]))["gap"] == 0

    def test_sees_how_far_the_first_stands_above_the_best_of_another_article(self) -> None:
        ranked = [scores(final=1 - n / 20) for n in range(12)]
        # Of another article are the fourth and the sixth: 3 / 20 below the first.
        assert measured(findings(ranked, [7, 7, 7, 1, 7, 2, *[7] * 6]))["rival"] == pytest.approx(3 / 20)
        # Far below the tenth stands the only one of another article.
        assert measured(findings(ranked, [*[7] * 11, 1]))["rival"] == pytest.approx(11 / 20)
        # Where all are of one article, the tenth is what it is compared with.
        assert measured(findings(ranked))["rival"] == pytest.approx(9 / 20)

    def test_sees_how_many_of_the_first_five_are_of_the_first_one_s_article(self) -> None:
        ranked = [scores()] * 7
        assert measured(findings(ranked, [3, 1, 3, 2, 1, 3, 3]))["agreement"] == pytest.approx(2 / 5)
        assert measured(findings(ranked[:2], [3, 1]))["agreement"] == pytest.approx(1 / 2)

    def test_counts_two_unknown_names_at_most(self) -> None:
        assert measured(findings([scores()], unknown_names=3))["unknown"] == 2

    @pytest.mark.parametrize(("other", "odds"), [(0.0, 1 / 9999), (1e-9, 1 / 9999), (1.0, 9999), (1 - 1e-9, 9999)])
    def test_counts_no_probability_as_certain(self, other: float, odds: float) -> None:
        # Held between 0.0001 and 0.9999: 9999 to 1 at most, either way.
        found = findings([scores()], wanted=np.array([1 - other, other]))
        assert measured(found)["other"] == pytest.approx(math.log(odds))

    def test_sees_nothing_where_nothing_was_found(self) -> None:
        found = findings([], weakest=1.0, question="cramps", tokens=5, unknown_names=2, passages=0)
        assert confidence_features(found).tolist() == [0.0] * (2 * len(CONFIDENCE) + 1)


class TestTheWordsFound:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("do cramping legs hurt", (1, 2)),  # "cramping" and "cramps" share five letters, "hurt" and "hurts" not
            ("cramping, cramped: CRAMPS!", (1, 0)),
            ("is it in the family", (0, 1)),
            ("?!", (0, 0)),
        ],
    )
    def test_are_told_by_their_first_five_letters(self, question: str, words: tuple[int, int]) -> None:
        assert words_found(question, ["Cramps come at night.", "It hurts."]) == words

    def test_begin_where_a_word_begins(self) -> None:
        assert words_found("tension", ["Hypertension", "tension_1", "pretension"]) == (1, 0)
        assert words_found("tension", ["Hypertension"]) == (0, 1)

    def test_are_none_where_nothing_was_found(self) -> None:
        assert words_found("a cramp at night", []) == (0, 2)


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
        known = replace(plain_calibration(), thresholds=Thresholds(answered=0.75, closest=0.25))
        assert answer_state(confidence, known) == state

    def test_is_never_closest_where_both_thresholds_are_one(self) -> None:
        known = replace(plain_calibration(), thresholds=Thresholds(answered=0.5, closest=0.5))
        assert answer_state(0.5, known) == "answered"
        assert answer_state(math.nextafter(0.5, 0), known) == "not_covered"


def found(title: str, heading: str, text: str = "") -> Passage:
    """A passage of an article."""
    return Passage("a#x", "a", title, (heading,), "x", (Block("paragraph", text, 1),), ())


class TestANameAlone:
    GOUT = found("Gout: attacks and diet", "What it is")
    LUNGS = found("Chronic obstructive pulmonary disease (COPD)", "Looking ahead")

    @pytest.mark.parametrize("question", ["gout", "Gout?", "gout: attacks and diet"])
    def test_is_answered_by_the_article_that_has_it(self, question: str) -> None:
        assert state_of_a_name("closest", question, [self.GOUT, self.LUNGS]) == "answered"

    def test_is_also_one_in_brackets(self) -> None:
        assert state_of_a_name("not_covered", "copd", [self.LUNGS]) == "answered"

    @pytest.mark.parametrize("question", ["gout pills", "go", "COPD", "?"])
    def test_is_not_what_says_more_or_less_or_names_an_article_further_down(self, question: str) -> None:
        assert state_of_a_name("not_covered", question, [self.GOUT, self.LUNGS]) == "not_covered"

    @pytest.mark.parametrize("question", ["Meniere’s disease", "MÉNIÈRE'S DISEASE"])
    def test_is_the_same_without_accents_and_by_any_apostrophe(self, question: str) -> None:
        assert state_of_a_name("not_covered", question, [found("Ménière's disease", "Signs")]) == "answered"

    def test_of_another_script_is_told_by_its_vowel_signs(self) -> None:
        heart = found("दिल", "लक्षण")
        assert state_of_a_name("not_covered", "दिल", [heart]) == "answered"
        assert state_of_a_name("not_covered", "दाल", [heart]) == "not_covered"  # lentils

    def test_is_not_for_whom_an_article_is(self) -> None:
        assert state_of_a_name("closest", "children", [found("Asthma (children)", "Signs")]) == "closest"

    def test_of_a_heading_is_found_but_not_surely_meant(self) -> None:
        assert state_of_a_name("not_covered", "looking ahead?", [self.GOUT, self.LUNGS]) == "closest"
        assert state_of_a_name("answered", "looking ahead?", [self.GOUT, self.LUNGS]) == "answered"

    def test_finds_nothing_where_there_is_nothing(self) -> None:
        assert state_of_a_name("not_covered", "gout", []) == "not_covered"


class TestAnotherLanguage:
    @pytest.mark.parametrize(
        ("question", "state"),
        [
            ("kann ich ibuprofen bei Kopfweh nehmen", "closest"),  # a medicine
            ("hilft Calpol meinem Kind", "closest"),  # a name that no dictionary has
            ("was hat mein Kind", "not_covered"),  # English words, by chance
            ("mein Kopf tut weh", "not_covered"),
        ],
    )
    def test_what_has_a_name_of_the_question_is_shown(self, question: str, state: str) -> None:
        has = found("Fever", "Medicines", "A child was kind to the hat. Ibuprofen or Calpol helps.")
        assert state_in_another_language("not_covered", question, [found("Gout", "Diet"), has]) == state

    def test_what_is_surely_answered_stays_so(self) -> None:
        assert state_in_another_language("answered", "ibuprofen dosis", [found("Ibuprofen", "Dose")]) == "answered"
