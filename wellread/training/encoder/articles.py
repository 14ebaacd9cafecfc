"""Deals articles, sections and questions to the steps of training: near neighbours together, each in its turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from wellread.datatypes import Passage
from wellread.encoders.minilm import MAX_TOKENS
from wellread.training.encoder.model import Model
from wellread.training.encoder.questions import AnsweredQuestion, AnsweredQuestions

_OPENING = 200
"""Characters of an article's first passage that say, with its title, what the article is about."""


@dataclass(frozen=True, slots=True)
class AnsweringPassage:
    """A passage with the questions that it answers."""

    passage: Passage
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles with their answering passages, in the order of their ids, and how near each is to each other.

    `nearness` has the cosines of the articles' openings, shape (articles, articles).
    """

    passages: tuple[tuple[AnsweringPassage, ...], ...]
    nearness: Tensor


def group_by_article(answered: AnsweredQuestions, model: Model) -> Articles:
    """Put questions to their passages, and passages to their articles; articles without questions are left out."""
    questions: defaultdict[str, list[AnsweredQuestion]] = defaultdict(list)
    for question in answered.questions:
        questions[question.passage].append(question)
    articles: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in answered.passages:
        articles[passage.article].append(passage)
    names = sorted(name for name, passages in articles.items() if any(passage.id in questions for passage in passages))
    openings = [f"{articles[name][0].title}\n{articles[name][0].text[:_OPENING]}" for name in names]
    with torch.no_grad():
        vectors = model.embed(openings, MAX_TOKENS)
    return Articles(
        tuple(
            tuple(
                AnsweringPassage(passage, tuple(questions[passage.id]))
                for passage in articles[name]
                if passage.id in questions
            )
            for name in names
        ),
        vectors @ vectors.T,
    )


class Deck:
    """Deals from articles without replacement: none comes a second time before the others of its kind have come.

    An article comes in each round as often as it takes to show all of its passages, `sections` at a time. Articles come
    in groups of at most `cluster` near neighbours, whose passages are hard to tell apart.
    """

    def __init__(self, articles: Articles, rng: Random, sections: int, cluster: int) -> None:
        self._articles = articles
        self._rng = rng
        self._sections = sections
        self._cluster = cluster
        self._round: list[int] = []
        self._undealt: dict[tuple[int, ...], list[int]] = {}

    def deal_articles(self, count: int) -> list[int]:
        """The numbers of the next articles, all different."""
        count = min(count, len(self._articles.passages))
        dealt: list[int] = []
        while len(dealt) < count:
            if len(self._round) < count - len(dealt):
                self._round += self._new_round()
            first = self._round.pop()
            near = sorted(
                {article for article in self._round if article not in dealt and article != first},
                key=lambda article: (-float(self._articles.nearness[first, article]), article),
            )[: min(self._cluster, count - len(dealt)) - 1]
            for article in near:
                self._round.remove(article)
            dealt += [article for article in (first, *near) if article not in dealt]
        return dealt

    def deal_passages(self, article: int) -> list[int]:
        """The places of the next passages of an article."""
        return self._deal((article,), len(self._articles.passages[article]), self._sections)

    def deal_questions(self, article: int, passage: int, count: int) -> list[AnsweredQuestion]:
        """The next questions of a passage."""
        questions = self._articles.passages[article][passage].questions
        return [questions[place] for place in self._deal((article, passage), len(questions), count)]

    def passage(self, article: int, passage: int) -> Passage:
        """A passage that was dealt."""
        return self._articles.passages[article][passage].passage

    def _new_round(self) -> list[int]:
        articles = [
            number
            for number, passages in enumerate(self._articles.passages)
            for _ in range(-(-len(passages) // self._sections))
        ]
        self._rng.shuffle(articles)
        return articles

    def _deal(self, key: tuple[int, ...], size: int, count: int) -> list[int]:
        """The next `count` of so many things, which are shuffled anew before they run out."""
        count = min(count, size)
        undealt = self._undealt.setdefault(key, [])
        if len(undealt) < count:
            fresh = [place for place in range(size) if place not in undealt]
            self._rng.shuffle(fresh)
            undealt[:0] = fresh
        return [undealt.pop() for _ in range(count)]
