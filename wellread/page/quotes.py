"""A passage as it is quoted on the page: its words, where they come from, and the article's own disclaimer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from wellread.datatypes import Article, Passage, Sentence
from wellread.page.blocks import blocks_html
from wellread.page.excerpts import Run
from wellread.page.provenance import origin, reviewed
from wellread.page.rendering import render
from wellread.page.words import ENGLISH, language


@dataclass(frozen=True, slots=True)
class Library:
    """What is known of the articles that are quoted.

    `disclaimer` is the one that stands at the foot of the window and is not repeated in a card. `today` is the day on
    which somebody reads, by default that of the clock. `reranked` says that a reranker decided the order of the hits.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    disclaimer: str = ""
    today: date | None = None
    reranked: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is drawn.

    `above` are the headings above its own, `words` its text, `excerpt` the part of it that is shown first ("" where it
    is shown whole), `reviewed` when it was, `source` what else is known of where it comes from, and `disclaimer` the
    article's own, line by line, where the bar has another.
    """

    passage: Passage
    above: list[str]
    words: Markup
    excerpt: Markup
    language: str
    reviewed: Markup
    source: Markup
    disclaimer: list[str]


def quote(passage: Passage, sentence: Sentence | None, library: Library, runs: tuple[Run, ...] = ()) -> Quote:
    """Return a passage as it is drawn, the sentence marked in it; `runs` are an excerpt of it, or none."""
    article = library.articles.get(passage.article)
    own = article.disclaimer if article and article.disclaimer != library.disclaimer else ""
    return Quote(
        passage,
        above=[heading for heading in passage.path[:-1] if heading != passage.title],
        words=blocks_html(passage.blocks, sentence),
        excerpt=excerpt_html(runs) if runs else Markup(""),
        language=language_of_words(article),
        reviewed=reviewed(article, library.today) if article else Markup(""),
        source=origin(article, library.today) if article else Markup(""),
        disclaimer=[line for line in own.splitlines() if line.strip()],
    )


def language_of_words(article: Article | None) -> str:
    """The language that an article's words are marked with; "" where the page around them is in the same.

    An article that names none is taken for English, as the search takes it.
    """
    named = article.language if article else ""
    return named or ("" if language() == ENGLISH else ENGLISH)


def excerpt_html(runs: tuple[Run, ...]) -> Markup:
    """Return the runs of an excerpt, with a sign between two of them that words are left out there."""
    return render("quotes.html", "excerpt", runs=[blocks_html(blocks, sentence) for blocks, sentence in runs])
