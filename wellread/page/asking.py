"""The view in which people ask: the question's box, then the answer or, before there is one, what can be asked."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from wellread.datatypes import Answer
from wellread.page import helping, onward, visit
from wellread.page.answers import WHOM_TO_ASK, Said, announcement, answer_html, found_nothing, shown_hits
from wellread.page.examples import as_label, heading_for
from wellread.page.frame import ANSWER_ID, Frame, View, say
from wellread.page.quotes import Library
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher, serving_searcher
from wellread.page.shelf import covered_html
from wellread.page.visit import Asked
from wellread.page.words import gettext
from wellread.text.queries import LONGEST_QUESTION

_TITLE = 100
"""Characters of a question in the window's title; tabs and lists of bookmarks show fewer."""


def draw(frame: Frame, index: Path) -> View:
    """Draw the view, and where a question was asked, its answer; raises WellreadError once the box is drawn."""
    visit.take_from_address()
    asked = visit.asked()
    _box(asked)
    # Below another answer, that stays, and is seen to be old, until this one has come; all else makes room at once.
    place = None if asked is not None and asked.question and frame.has_answer else st.empty()
    searcher = serving_searcher(index)
    frame.disclaim(searcher.bar)
    if asked is None or not asked.question:
        nothing = asked is not None
        first = gettext("Type a question first")
        with (place or st.empty()).container():
            if nothing:
                say(first, [gettext("Write in the box above what you want to know. Use your own words.")])
            _offer(searcher)
        name = f"ask-{asked.number}" if asked else "ask-0"
        announced = f"{first}." if nothing else ""
        return View(name, announce=announced, asked=visit.remembered(None), after=searcher.warm)
    if not searcher.ready.is_set():
        place = place or st.empty()
        with place, st.spinner(gettext("Getting ready. The first question takes a little longer.")):
            searcher.wait_until_ready()
    answer = searcher.ask(onward.searched(asked, searcher), asked.only)
    target = f"{ANSWER_ID}{asked.number}"
    with (place or st.empty()).container(key="wr-answer"):
        announced = _show(searcher, answer, asked, target)
    # Who typed wants to be led to the answer, even where it comes before the page itself was all drawn.
    return View(
        f"ask-{asked.number}",
        title=asked.question[:_TITLE],  # so that tabs can be told apart
        target=target,
        follow=not asked.linked,
        announce=announced,
        asked=visit.remembered(asked),
    )


def _box(asked: Asked | None) -> None:
    answered = asked is not None and bool(asked.question)
    if not answered:
        st.html(render("asking.html", "lead"))
    visit.fill_box()
    with st.container(key="wr-box-answered" if answered else "wr-box"), st.form("ask", border=False):
        st.text_area(gettext("Your question"), key=visit.BOX, height="content")
        st.form_submit_button(gettext("Search"), type="primary", on_click=visit.ask_typed)
    if asked is not None and asked.cut:
        st.html(render("asking.html", "cut", longest=f"{LONGEST_QUESTION:,}"))


def _show(searcher: PageSearcher, answer: Answer, asked: Asked, target: str) -> str:
    """Draw the answer and the way on from it; returns what is announced."""
    settings = searcher.settings
    library = Library(searcher.by_id, searcher.bar.text, reranked=searcher.reranked)
    said = Said(
        asked.question,
        onward.how_read(asked, answer, searcher.by_id),
        onward.undoings(asked, answer),
        settings.whom_to_ask or gettext(WHOM_TO_ASK),
    )
    html = answer_html(answer, library, target, said)
    if helping.is_asked(searcher, answer):
        st.html(html)
        helping.ask_whether(searcher, answer, asked)
        html = Markup("")
    hits = shown_hits(answer)
    first = hits[0].passage if hits else answer.urgent
    if first is not None:
        visit.answered_by(first.title)
    st.html(html + onward.onward_html(asked, searcher.article(first.article) if first is not None else None, hits))
    if found_nothing(answer):
        _offer(searcher)
    if searcher.counts and visit.is_new(asked):
        searcher.note(answer, visit.name())
    return announcement(answer, said)


def _offer(searcher: PageSearcher) -> None:
    """Draw what can be asked and read: headings of articles as buttons, and the articles."""
    articles = searcher.articles
    if not articles:
        say(gettext("There are no articles yet"), [gettext("When there are some, you can search them here.")])
        return
    shown = searcher.examples
    if shown:
        with st.container(key="wr-examples"):
            st.html(render("asking.html", "examples", heading=heading_for(shown)))
            for number, example in enumerate(shown):
                label = as_label(example.question)
                st.button(label, key=f"example-{number}", on_click=visit.ask, args=(example.question,), width="stretch")
    st.html(render("asking.html", "covered", articles=covered_html(articles)))
