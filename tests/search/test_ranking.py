"""Ranking: late interaction for the best candidates, and contrasts that a question and headings name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration

from wellread.datatypes import Scores
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.late_interaction import maxsim
from wellread.search.ranking import LATE_DEPTH, Ranking, Weights, retrievers_of
from wellread.search.searcher import Searcher

LATE = Weights(passage=0.2, sentence=0.2, late=0.6, contrast=0.0, lexical=0.0)
WITHOUT = replace(LATE, late=0.0)
SUGAR = {
    "high": "# High blood sugar\n\n## Advice\n\nDrink water.\n",
    "low": "# Low blood sugar\n\n## Advice\n\nEat something sweet.\n",
    "pens": "# Pens\n\n## Advice\n\nMeasure the blood sugar.\n",
}
ENGLISH = {"cramps": "# Cramps\n\n## Advice\n\nStretch the leg and drink water.\n"}
SPANISH = {
    "tos": "---\nlanguage: es\n---\n# La tos\n\n## Consejos\n\nBeba agua tibia y descanse en casa.\n",
    "calambres": "---\nlanguage: es\n---\n# Calambres\n\n## Consejos\n\nEstire la pierna por la noche.\n",
}
FOREIGN = replace(WITHOUT, lexical=0.1, foreign=0.3)
ABOUT_CRAMPS = "¿qué hago con los calambres de la pierna por la noche?"


@pytest.fixture(scope="module")
def sugar(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return opened(tmp_path_factory.mktemp("sugar"), SUGAR)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """More passages than late interaction is computed for."""
    words = "cold salt night knee water tea sleep walk rest sugar milk bread lamp door ice".split()
    return opened(
        tmp_path_factory.mktemp("many"),
        {f"a{n:02}": f"# A\n\n## Care\n\nHelp with {word} and cramps.\n" for n, word in enumerate(words)},
    )


def opened(folder: Path, articles: dict[str, str]) -> Reader:
    (folder / "kb").mkdir()
    for name, text in articles.items():
        (folder / "kb" / f"{name}.md").write_text(text)
    publish(folder / "kb", folder / "index", HashEncoder())
    return Reader(folder / "index", current_generation(folder / "index"))


def ranked(reader: Reader, question: str, weights: Weights) -> dict[str, Scores]:
    searcher = Searcher(reader, HashEncoder(), plain_calibration(), weights)
    return {hit.passage.article: hit.scores for hit in searcher.rank(question, 100)}


class TestContrasts:
    @pytest.mark.parametrize(
        ("question", "sides"),
        [
            ("what to do about high blood sugar", {"high": 1, "low": -1, "pens": 0}),
            ("my blood sugar is too low", {"high": -1, "low": 1, "pens": 0}),
            ("how is blood sugar measured", {"high": 0, "low": 0, "pens": 0}),
        ],
    )
    def test_lift_the_side_that_the_question_names_and_lower_its_opposite(
        self, sugar: Reader, question: str, sides: dict[str, int]
    ) -> None:
        plain = ranked(sugar, question, LATE)
        found = ranked(sugar, question, replace(LATE, contrast=0.25))
        gained = {name: scores.final - plain[name].final for name, scores in found.items()}
        assert gained == pytest.approx({name: 0.25 * side for name, side in sides.items()}, abs=1e-6)

    def test_change_the_order(self, sugar: Reader) -> None:
        order = list(ranked(sugar, "my blood sugar is too low", replace(LATE, contrast=0.5)))
        assert (order[0], order[-1]) == ("low", "high")

    def test_are_not_named_by_what_a_term_means(self, tmp_path: Path) -> None:
        # HTN is read as high blood pressure too, which the question itself does not say.
        articles = {name: f"# {name.capitalize()} blood pressure\n\n## Advice\n\nRest.\n" for name in ("high", "low")}
        reader = opened(tmp_path, articles)
        searcher = Searcher(reader, HashEncoder(), plain_calibration(), replace(LATE, contrast=0.25))
        query = searcher.search("HTN advice").query
        assert (query.plain_text, query.text) == ("HTN advice?", "HTN advice? (high blood pressure)")
        plain, found = (ranked(reader, "HTN advice", replace(LATE, contrast=weight)) for weight in (0.0, 0.25))
        assert {name: scores.final for name, scores in found.items()} == {
            name: scores.final for name, scores in plain.items()
        }


class TestLateInteraction:
    def test_is_the_mean_best_cosine_of_the_question_s_tokens(self, many: Reader) -> None:
        searcher = Searcher(many, HashEncoder(), plain_calibration(), LATE)
        result = searcher.search("cold knee")
        for row, scores in list(zip(result.ranking.rows, result.ranking.scores, strict=True))[:LATE_DEPTH]:
            assert scores.late == pytest.approx(maxsim(result.query.tokens, many.token_vectors(row)), abs=1e-6)
            assert scores.final == pytest.approx(
                0.2 * scores.passage + 0.2 * scores.sentence + 0.6 * scores.late, abs=1e-6
            )

    def test_is_computed_for_the_best_by_all_other_signals_which_stay_before_the_rest(self, many: Reader) -> None:
        before = list(ranked(many, "cold knee", WITHOUT))
        after = ranked(many, "cold knee", LATE)
        assert len(before) == 15
        assert set(list(after)[:LATE_DEPTH]) == set(before[:LATE_DEPTH])
        assert list(after)[LATE_DEPTH:] == before[LATE_DEPTH:]
        assert [scores.late for scores in list(after.values())[LATE_DEPTH:]] == [0.0] * 3

    def test_without_a_weight_is_not_computed(self, many: Reader) -> None:
        assert {scores.late for scores in ranked(many, "cold knee", WITHOUT).values()} == {0.0}


class TestForeignLanguages:
    def gained(self, reader: Reader, question: str) -> tuple[dict[str, float], dict[str, float]]:
        """What each article's score gains by `foreign`, and BM25 by its best and the damping, times that weight."""
        plain = ranked(reader, question, replace(FOREIGN, foreign=0.0))
        found = ranked(reader, question, FOREIGN)
        best = max(scores.lexical for scores in plain.values())
        by_words = {name: 0.3 * scores.lexical / (best + 10.0) for name, scores in plain.items()}
        return {name: found[name].final - plain[name].final for name in plain}, by_words

    def test_let_the_words_of_a_question_count_more(self, tmp_path: Path) -> None:
        gains, by_words = self.gained(opened(tmp_path, ENGLISH | SPANISH), ABOUT_CRAMPS)
        assert gains == pytest.approx(by_words, abs=1e-6)
        assert gains["calambres"] > gains["tos"]

    def test_are_taken_from_the_library_where_a_question_is_too_short_to_tell(self, tmp_path: Path) -> None:
        gains, by_words = self.gained(opened(tmp_path, SPANISH), "calambres noche")
        assert gains == pytest.approx(by_words, abs=1e-6)
        assert gains["calambres"] > 0

    def test_leave_questions_alone_where_they_or_all_articles_are_in_english(self, tmp_path: Path) -> None:
        both, english = tmp_path / "both", tmp_path / "english"
        both.mkdir()
        english.mkdir()
        mixed = opened(both, ENGLISH | {"calf": "# Calf\n\nRest it.\n"} | SPANISH | {"leg": "# Leg\n\nOk.\n"})
        gains, _ = self.gained(mixed, "what can I drink against cramps in the leg")
        assert set(gains.values()) == {0.0}
        gains, _ = self.gained(opened(english, ENGLISH), ABOUT_CRAMPS)
        assert set(gains.values()) == {0.0}


def test_articles_before_a_passage_are_counted_once_each() -> None:
    articles, headings = np.array([7, 7, 2, 7, 5]), np.zeros((5, 2), np.float32)
    ranking = Ranking([10, 11, 12, 13, 14], articles, [Scores(0.5, 0.5, 0.0, 0.5)] * 5, headings)
    assert [ranking.articles_before(row) for row in ranking.rows] == [0, 0, 1, 0, 2]


def test_retrievers_are_those_that_count() -> None:
    assert retrievers_of(Weights(lexical=0.0)) == {"passages", "sentences"}
    assert retrievers_of(Weights()) == {"passages", "sentences", "lexical"}
    assert retrievers_of(Weights(passage=0.0, lexical=0.1)) == {"sentences", "lexical"}
