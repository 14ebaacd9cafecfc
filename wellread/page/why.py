"""Why a passage was shown, to HTML: what it was scored by, in words that need no training to follow."""

from __future__ import annotations

from html import escape

from wellread.datatypes import Scores

MANY = 8.0
"""The question has many words in common with a passage from this BM25 on: two or three that few passages have."""

_INTRODUCTION = "A computer program compared your question with our articles. For this passage it found:"
_SCALE = "From 0 to 1. 1 is the same meaning, 0 is a different one."
_SENTENCE = "The same, from 0 to 1, for the one sentence that is nearest."
_WORDS = "More words make the number bigger. A word that few passages have counts more than a common one."
_KIND = (
    "From 0 to 1. You can ask for causes, for treatment or for warning signs, for example. 1 is a section of the kind "
    "that you asked for."
)
_ALL = "All of the above in one number, with how well the title and the headings fit."
_SCORE = f"{_ALL} The passage with the highest score comes first."
_RERANKED = (
    f"{_ALL} The passages with the highest scores were then read once more by a second program, and it chose the order."
)
_END = "These numbers only compare texts. They say nothing about your health."


def why_html(scores: Scores, heading: str, reranked: bool = False) -> str:
    """Return how a passage came by its place, closed until it is asked for; `heading` tells it from its like.

    `reranked` says that a reranker decided the order after the scores.
    """
    rows = (
        ("Nearness in meaning: the whole passage", _share(scores.passage), _SCALE),
        ("Nearness in meaning: its nearest sentence", _share(scores.sentence), _SENTENCE),
        ("Words of your question in it", _words(scores.lexical), _WORDS),
        ("The kind of section that you asked for", _share(scores.kind), _KIND),
        ("Score", f"{scores.final:.2f}", _RERANKED if reranked else _SCORE),
    )
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd><dd>{meaning}</dd></div>" for name, value, meaning in rows)
    return (
        f'<details class="wr-why" lang="en"><summary>Why this passage? '
        f'<span class="wr-hidden">({escape(heading)})</span></summary>'
        f"<p>{_INTRODUCTION}</p><dl>{items}</dl><p>{_END}</p></details>"
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
