"""An answer as a piece of HTML for a page elsewhere: the page's own parts in the page's own order, links whole."""

from __future__ import annotations

from markupsafe import Markup

from wellread.api.library import Served
from wellread.datatypes import Answer
from wellread.page.cards import announcement, answer_html
from wellread.page.rendering import render

TARGET = "wr-answer"
"""The HTML id of what the answer opens with."""


def answer_fragment(answer: Answer, served: Served) -> Markup:
    """Return what is to be announced to screen readers, the answer and the disclaimer, which is never left out."""
    lines = [line for line in answer.disclaimer.splitlines() if line.strip()]
    said = Markup('<p class="wr-announcement" hidden>{}</p>').format(announcement(answer))
    shown = answer_html(answer, served.by_id, TARGET, reranked=served.searcher.reranker is not None)
    return said + shown + render("frame.html", "disclaimer", lines=lines)
