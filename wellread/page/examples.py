"""Example questions, in the articles' own words: their headings, and above all those that ask something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from wellread.datatypes import Article

_QUESTION_MARKS = ("?", "？", "؟")
_WORD = re.compile(r"\w{4,}")
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def examples(articles: Sequence[Article], count: int = 5) -> tuple[str, ...]:
    """Return up to `count` headings, no two alike, from these articles in turn.

    Of each article those come first that are questions and name what the article is about, so that they can be
    understood, and answered, without knowing the article.
    """
    found: dict[str, str] = {}
    for ranked in zip_longest(*(_ranked(article) for article in articles)):
        for heading in ranked:
            if heading is not None:
                found.setdefault(heading.casefold(), heading)
    questions = [heading for heading in found.values() if _asks(heading)]
    others = [heading for heading in found.values() if not _asks(heading)]
    return tuple((questions + others)[:count])


def heading_for(shown: Sequence[str]) -> str:
    """Return what to call the examples: questions only where all of them are."""
    return "Questions from our articles" if all(map(_asks, shown)) else "Headings from our articles"


def as_label(text: str) -> str:
    """Return the text as a label of a Streamlit button, which reads Markdown: whatever could be markup escaped."""
    return _MARKUP.sub(r"\\\1", text)


def _asks(heading: str) -> bool:
    return heading.rstrip().endswith(_QUESTION_MARKS)


def _ranked(article: Article) -> list[str]:
    topic = set(_WORD.findall(article.title.casefold()))
    headings = [section.heading for section in article.sections if section.blocks and section.path != (article.title,)]
    return sorted(
        headings, key=lambda heading: (not _asks(heading), topic.isdisjoint(_WORD.findall(heading.casefold())))
    )
