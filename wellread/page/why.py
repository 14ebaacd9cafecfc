"""Explains on the page why a passage was shown: its scores, in plain words."""

from __future__ import annotations

from markupsafe import Markup

from wellread.datatypes import Scores
from wellread.page.rendering import render

MANY = 8.0
"""The question has many words in common with a passage from this BM25 on: two or three that few passages have."""


def why_html(scores: Scores, heading: str, reranked: bool = False) -> Markup:
    """Return how a passage came by its place, closed until it is asked for; `heading` tells it from its like.

    `reranked` says that a reranker decided the order after the scores.
    """
    return render(
        "why.html",
        "why",
        heading=heading,
        passage=_share(scores.passage),
        sentence=_share(scores.sentence),
        late=_share(scores.late) if scores.late else "not compared",
        words=_words(scores.lexical),
        kind=f"{scores.kind:.2f}".replace("-", "\N{MINUS SIGN}") if scores.kind else "",
        score=f"{scores.final:.2f}",
        reranked=reranked,
    )


def _share(value: float) -> str:
    """Write a number from 0 to 1; a cosine a little outside, which means no more than the nearest end, is that end."""
    return f"{min(max(value, 0.0), 1.0):.2f}"


def _words(lexical: float) -> str:
    """Write a BM25 in words and as a number."""
    number = round(lexical, 1)
    if number <= 0:
        return "none, or only words that most passages have (0.0)"
    return f"{'many' if number >= MANY else 'some'} ({number})"
