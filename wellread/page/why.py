"""Explains on the page why a passage was shown, in plain words and without numbers."""

from __future__ import annotations

from markupsafe import Markup

from wellread.datatypes import Hit
from wellread.page.rendering import render
from wellread.page.words import gettext

VERY_NEAR, NEAR = 0.52, 0.37
"""Cosines of passage and question from which their meanings are called very near, and near: a quarter of the passages
shown reach the first, three quarters the second (120 questions of judgments/unseen-articles, asked of 79 articles)."""

MANY = 9.5
"""The question has many words in common with a passage from this BM25 on, as a quarter of those passages."""


def why_html(hit: Hit, source: Markup, reranked: bool = False) -> Markup:
    """Return how a passage came by its place and where it comes from, closed until it is asked for.

    `source` says where its article comes from; `reranked` that a reranker decided the order after the scores.
    """
    return render(
        "why.html",
        "why",
        heading=hit.passage.heading,
        reasons=reasons(hit),
        order=gettext("A second program then read the best passages and chose their order.")
        if reranked
        else gettext("What fits best by all of this comes first."),
        source=source,
    )


def reasons(hit: Hit) -> list[str]:
    """Return what speaks for a passage, and what against it, a sentence each."""
    scores = hit.scores
    said = [
        gettext("Its meaning is very near to that of your question.")
        if scores.passage >= VERY_NEAR
        else gettext("Its meaning is near to that of your question.")
        if scores.passage >= NEAR
        else gettext("Its meaning is only a little near to that of your question.")
    ]
    if hit.sentence is not None:
        said.append(gettext("Of its sentences, the marked one is the nearest."))
    said.append(
        gettext("It has many words of your question.")
        if scores.lexical >= MANY
        else gettext("It has some words of your question.")
        if scores.shares_words
        else gettext("It has no rare word of your question: it was found by its meaning alone.")
    )
    if scores.kind < 0:
        said.append(gettext("But another section of the same article is more of the kind that you ask for."))
    return said
