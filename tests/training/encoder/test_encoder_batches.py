"""Batches: whole articles with their questions, in turn, the same from the same seed; what a step is punished for."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest
import torch
from conftest import ROOT
from toy_training import write_toy

from wellread.relevance.judgments import read_judgments
from wellread.training.encoder.articles import Articles, Deck, group_by_article
from wellread.training.encoder.batches import Sources, draw_batches, with_typing_error
from wellread.training.encoder.losses import late_interaction, losses
from wellread.training.encoder.model import Embedded, Model, base_tokenizer, base_weights
from wellread.training.encoder.questions import read_own_questions
from wellread.training.encoder.shared import GradedQuestion
from wellread.training.encoder.stages import STAGES, Stage

STAGE = Stage("toy", steps=2, plan=((0, 2),), seed=1, own=2, lay=0, sections=2, graded=1, held=2)

GRADED = (GradedQuestion("What is gout?", ("Gout\nA disease of joints.",), ("Flu\nA virus.", "Cold\nA virus.")),)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(base_weights(), base_tokenizer())


@pytest.fixture(scope="module")
def articles(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Articles:
    return group_by_article(read_own_questions(write_toy(tmp_path_factory.mktemp("toy") / "training"), ()), model)


class TestRates:
    def test_rise_and_fall(self) -> None:
        # Seven steps rise; laid out for 56 from the ninth on, that step is 4 of 52 behind the top of the cosine.
        assert [round(STAGES[0].rate(step), 9) for step in (0, 6, 7, 8)] == [1.4286e-05, 1e-4, 1e-4, 9.8620e-05]
        assert all(stage.rate(stage.steps - 1) < 7e-6 for stage in STAGES)

    def test_of_all_stages_are_those_of_the_shipped_adapter(self) -> None:
        assert [stage.steps for stage in STAGES] == [53, 26, 67, 166, 160]
        assert [round(sum(map(stage.rate, range(stage.steps))), 7) for stage in STAGES] == [
            0.0028625,
            0.0012681,
            0.0033236,
            0.0088487,
            0.008465,
        ]


class TestDealing:
    def test_every_question_comes_before_any_comes_again(self, articles: Articles) -> None:
        deck = Deck(articles, Random(1), sections=2, cluster=2)
        dealt = [question.text for _ in range(2) for question in deck.deal_questions(0, 0, 1)]
        assert sorted(dealt) == ["How does flu start?", "flu start"]

    def test_every_passage_of_every_article_comes_before_any_comes_again(self, articles: Articles) -> None:
        deck = Deck(articles, Random(1), sections=1, cluster=1)
        dealt = [
            (article, passage)
            for _ in range(4)
            for article in deck.deal_articles(1)
            for passage in deck.deal_passages(article)
        ]
        assert sorted(dealt) == [(0, 0), (0, 1), (1, 0), (1, 1)]

    def test_articles_of_a_step_are_all_different(self, articles: Articles) -> None:
        deck = Deck(articles, Random(1), sections=1, cluster=2)
        assert all(sorted(deck.deal_articles(5)) == [0, 1] for _ in range(5))


class TestBatches:
    def test_hold_questions_passages_and_sentences_that_belong_together(self, articles: Articles) -> None:
        batch = next(draw_batches(Sources(articles, graded=GRADED, held=3), STAGE))
        assert sorted(passage.id for passage in batch.passages) == [
            "flu#signs",
            "flu#treatment",
            "gout#diet",
            "gout#signs",
        ]
        answer = {
            question: (batch.passages[right].id, "" if deciding is None else batch.sentences[deciding])
            for question, right, deciding in zip(batch.questions, batch.right, batch.deciding, strict=True)
        }
        assert answer == {
            "How does flu start?": ("flu#signs", "Flu\nSigns\nFlu begins with fever."),
            "flu start": ("flu#signs", "Flu\nSigns\nFlu begins with fever."),
            "What should I drink?": ("flu#treatment", "Flu\nTreatment\nDrink water."),
            "does it swel at nite": ("gout#signs", "Gout\nSigns\nIt swells at night."),
            "gout and lager": ("gout#diet", "Gout\nDiet\nAvoid beer."),
        }
        also = {
            question: [batch.passages[row].id for row in also]
            for question, also in zip(batch.questions, batch.also, strict=True)
        }
        assert {question: names for question, names in also.items() if names} == {"What should I drink?": ["gout#diet"]}
        assert (batch.graded, batch.documents[0], batch.right_documents) == (
            ("What is gout?",),
            "Gout\nA disease of joints.",
            (0,),
        )
        assert len(batch.held) == 2

    def test_are_the_same_from_the_same_seed(self, articles: Articles) -> None:
        first, again = (list(islice(draw_batches(Sources(articles), STAGE), 3)) for _ in range(2))
        assert first == again

    def test_of_the_project_never_hold_a_judged_article(self, model: Model) -> None:
        about = read_judgments(ROOT / "judgments" / "unseen-articles").about.values()
        judged = {question["article"] for question in about if "article" in question}
        own = group_by_article(read_own_questions(ROOT / "training", judged), model)
        seen = Counter(
            passage.article
            for stage in STAGES[1:]
            for batch in islice(draw_batches(Sources(own), stage), stage.steps)
            for passage in batch.passages
        )
        assert len(seen) == 49
        assert not seen.keys() & judged

    def test_without_anything_to_draw_are_none(self, articles: Articles) -> None:
        assert list(draw_batches(Sources(articles), STAGES[0])) == []


@pytest.mark.parametrize(
    ("seed", "mistyped"),
    [(0, "got"), (1, "guot"), (2, "gut"), (6, "gotu"), (7, "gaut")],
)
def test_typing_errors_are_one_letter_from_the_word(seed: int, mistyped: str) -> None:
    assert with_typing_error("gout", Random(seed)) == mistyped
    assert with_typing_error("flu", Random(seed)) == "flu"


class TestLosses:
    def test_late_interaction_is_the_mean_of_the_best_cosines(self) -> None:
        def embedded(tokens: list[list[list[float]]], counts: list[list[float]]) -> Embedded:
            wide = torch.nn.functional.pad(torch.tensor(tokens, dtype=torch.float), (0, 382))
            return Embedded(wide[:, 0], wide, torch.tensor(counts))

        asked = embedded([[[1, 0], [0, 1]], [[1, 0], [0, 1]]], [[1, 1], [1, 0]])
        answers = embedded([[[0.6, 0.8], [0.8, 0.6]], [[1, 0], [0, 1]]], [[1, 1], [0, 1]])
        # Of the first answer the best are 0.8 and 0.8, of the second, whose first token does not count, 0 and 1.
        torch.testing.assert_close(late_interaction(asked, answers), torch.tensor([[0.8, 0.5], [0.8, 0.0]]))

    def test_another_right_passage_is_no_wrong_one(self, model: Model, articles: Articles) -> None:
        batch = next(draw_batches(Sources(articles), STAGE))
        alone = Stage("toy", steps=1, plan=((0, 1),), seed=1, own=2, lay=0, sections=2, graded=0, held=0)
        assert next(draw_batches(Sources(articles), alone)) == batch
        with torch.no_grad():
            found = losses(model, batch, None)
        assert sorted(found) == ["passages", "sentences", "together", "tokens"]
        rows, columns = len(batch.questions), len(batch.passages)
        with torch.no_grad():
            asked = model.embed(batch.questions, 64)
            scores = asked @ model.embed(batch.passage_texts, 112).T / 0.05
        for row, also in enumerate(batch.also):
            scores[row, list(also)] = -torch.inf
        logs = torch.log_softmax(scores, 1)[torch.arange(rows), torch.tensor(batch.right)]
        assert columns == 4
        torch.testing.assert_close(found["passages"], -logs.mean(), rtol=1e-4, atol=1e-5)
