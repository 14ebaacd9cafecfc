"""Example questions in the articles' own words: their headings, each with what its article is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from wellread.articles.outline import asks
from wellread.datatypes import Article
from wellread.page.subjects import subject_terms
from wellread.page.words import gettext
from wellread.text.subjects import subject_of
from wellread.text.terms import terms_of

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Example:
    """A question that is offered, and the section that it is the heading of."""

    question: str
    article: str
    anchor: str


def examples(articles: Sequence[Article], count: int = 5) -> tuple[Example, ...]:
    """Return up to `count` headings, no two alike, from these articles in turn.

    Questions come first. A heading that does not name what its article is about is asked with it, as in "Gout: Care",
    so that it can be understood, and answered, without knowing the article.
    """
    found: dict[str, Example] = {}
    for ranked in zip_longest(*(_ranked(article) for article in articles)):
        for example in ranked:
            if example is not None:
                found.setdefault(example.question.casefold(), example)
    chosen = sorted(found.values(), key=lambda example: not asks(example.question))
    return tuple(chosen[:count])


def heading_for(shown: Sequence[Example]) -> str:
    """Return what to call the examples: questions only where all of them are."""
    if all(asks(example.question) for example in shown):
        return gettext("Questions from our articles")
    return gettext("Headings from our articles")


def as_label(text: str) -> str:
    """Return the text as a label of a Streamlit button, which reads Markdown: whatever could be markup escaped."""
    return _MARKUP.sub(r"\\\1", text)


def _ranked(article: Article) -> list[Example]:
    """An article's headings: questions that name its subject, other questions, headings that name it, the others."""
    subject, terms = subject_of(article.title), subject_terms([article.title])
    subject = subject[:1].upper() + subject[1:]
    ranked: list[tuple[bool, bool, Example]] = []
    for section in article.sections:
        if not section.blocks or section.path == (article.title,):
            continue
        heading = section.heading
        named = not terms.isdisjoint(terms_of(heading))
        question = heading if named else f"{subject}: {heading}"
        ranked.append((not asks(heading), not named, Example(question, article.id, section.anchor)))
    return [example for _, _, example in sorted(ranked, key=lambda place: place[:2])]
