"""An answer as a piece of HTML for a page elsewhere: the page's own parts in the page's own order, links whole."""

from __future__ import annotations

from markupsafe import Markup

from wellread.api.library import Served
from wellread.datatypes import Answer
from wellread.page.answers import THANKS, WHOM_TO_ASK, Said, announcement, answer_html, can_help, read_note
from wellread.page.bar import bar_of
from wellread.page.quotes import Library
from wellread.page.rendering import render
from wellread.page.words import gettext

TARGET = "wr-answer"
"""The HTML id of what the answer opens with."""


def answer_fragment(answer: Answer, served: Served) -> Markup:
    """Return what is to be announced to screen readers, the answer, and the disclaimer, which is never left out.

    Where the library wants it, it is asked between the last two whether the answer helped.
    """
    page = served.settings.page
    bar = bar_of(served.searcher.articles, page.disclaimer)
    library = Library(served.by_id, bar.text, reranked=served.searcher.reranker is not None)
    said = Said("", read_note(answer), whom_to_ask=page.whom_to_ask or gettext(WHOM_TO_ASK))
    announced = Markup('<p class="wr-announcement" hidden>{}</p>').format(announcement(answer, said))
    shown = answer_html(answer, library, TARGET, said)
    if page.feedback and can_help(answer):
        shown += render("answers.html", "helped_here", thanks=gettext(THANKS), whom_to_ask=said.whom_to_ask)
    return announced + shown + render("frame.html", "disclaimer", text=bar.text, own=bar.own)
