"""The page's searcher: an example is answered by its own section, and one article can be searched alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from wellread.datatypes import Answer, Article, Block, Hit, Passage, Scores, Section
from wellread.page.searcher import NARROWED, PASSAGES, PageSearcher
from wellread.publishing.standby import Standing
from wellread.settings import Settings

WORDS = (Block("paragraph", "x", 1),)
ARTICLES = {
    name: Article(name, name.capitalize(), tuple(Section((h,), h.lower(), WORDS, 1) for h in ("Care", "Signs")), "", "")
    for name in ("gout", "measles")
}


def hit(article: str, anchor: str) -> Hit:
    passage = Passage(f"{article}#{anchor}", article, article.capitalize(), (anchor.capitalize(),), anchor, WORDS, ())
    return Hit(passage, None, Scores(0.5, 0.5, 1.0, 0.5))


class Everything:
    """Finds the same passages for every question, and is sure of none."""

    settings = Settings()
    articles = tuple(replace(article, sections=()) for article in ARTICLES.values())
    reranker = None

    def __init__(self) -> None:
        self.asked: list[int] = []

    def article(self, name: str) -> Article | None:
        return ARTICLES.get(name)

    def warm(self) -> None:
        """Nothing is to be loaded."""

    def ask(self, question: str, k: int) -> Answer:
        self.asked.append(k)
        hits = tuple(
            hit(*of) for of in (("gout", "care"), ("measles", "care"), ("gout", "signs"), ("measles", "signs"))
        )
        return Answer(question, "not_covered", 0.1, "", "0" * 16, None, hits)


def page() -> tuple[PageSearcher, Everything]:
    searcher: Any = Everything()
    return PageSearcher(searcher, Standing(Path("index"), "0" * 16, 0)), searcher


def found(answer: Answer) -> list[str]:
    return [hit.passage.id for hit in answer.hits]


def test_example_is_answered_by_the_section_that_it_is_the_heading_of() -> None:
    searcher, _ = page()
    example = searcher.examples[1]
    assert example.question == "Measles: Care"
    answer = searcher.ask(example.question)
    assert answer.state == "answered"
    assert found(answer) == ["measles#care", "gout#care", "gout#signs", "measles#signs"]


def test_other_question_is_answered_as_it_is() -> None:
    searcher, asked = page()
    assert searcher.ask("why?").state == "not_covered"
    assert asked.asked == [PASSAGES]


def test_one_article_is_searched_alone() -> None:
    searcher, asked = page()
    assert found(searcher.ask("why?", "measles")) == ["measles#care", "measles#signs"]
    assert asked.asked == [NARROWED]


def test_no_other_article_is_shown_where_one_alone_is_searched() -> None:
    answer = page()[0].ask("why?", "mumps")
    assert (found(answer), answer.state) == ([], "not_covered")


def test_terms_of_all_subjects_are_known() -> None:
    searcher, _ = page()
    assert searcher.subjects == frozenset({"gout", "measl"})
