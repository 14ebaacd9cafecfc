"""Explains on the page why a passage was shown: its scores, in plain words."""

from __future__ import annotations

from markupsafe import Markup

from wellread.datatypes import Scores
from wellread.page.rendering import render


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
        kind=f"{scores.kind:.2f}".replace("-", "\N{MINUS SIGN}") if scores.kind else "",
        score=f"{scores.final:.2f}",
        reranked=reranked,
    )


def _share(value: float) -> str:
    """Write a number from 0 to 1; a cosine a little outside, which means no more than the nearest end, is that end."""
    return f"{min(max(value, 0.0), 1.0):.2f}"
