"""The view in which people ask: the question's box, then the answer or, before there is one, what can be asked."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wellread.datatypes import Answer
from wellread.page.cards import announcement, answer_html, shown_hits
from wellread.page.examples import as_label, heading_for
from wellread.page.frame import Frame, View, copy_link, say
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher, serving_searcher
from wellread.page.shelf import covered_html
from wellread.text.queries import LONGEST_QUESTION

_ABOUT = "What our articles are about"
_LOADING = "Getting ready. The first question takes a little longer."
_SEARCHING = "Searching the articles."


def draw(frame: Frame, index: Path) -> View:
    """Draw the view, and where a question was asked, its answer; raises WellreadError once the box is drawn."""
    if "q" in st.query_params and st.query_params["q"].strip() not in ("", st.session_state.get("whole")):
        _remember(st.query_params["q"])
        st.session_state["typed"] = False
    _box()
    place = st.empty()
    with place, st.spinner("Opening the articles."):
        searcher = serving_searcher(index)
    asked = st.session_state.get("asked")
    times = st.session_state.get("times", 0)
    if not asked:
        with place.container():
            if asked == "":
                say("Type a question first", ["Write in the box above what you want to know. Use your own words."])
            _offer(searcher)
        return View(f"ask-{times}", announce="Type a question first." if asked == "" else "", after=searcher.warm)
    with place, st.spinner(_SEARCHING if searcher.ready.is_set() else _LOADING):
        answer = searcher.ask(asked)
    target = f"wr-answer-{times}"
    with place.container():
        _show(searcher, answer, target)
    frame.disclaim(answer.disclaimer)
    # Who typed wants to be led to the answer, even where it comes before the page itself was all drawn.
    return View(f"ask-{times}", target, follow=st.session_state.get("typed", False), announce=announcement(answer))


def _box() -> None:
    asked = st.session_state.get("asked")
    st.html(render("asking.html", "lead", asked=asked))
    st.session_state.setdefault("question", asked or "")
    with st.form("ask", border=False):
        st.text_input("Your question", key="question", autocomplete="off")
        st.form_submit_button("Search", type="primary", on_click=_ask_typed)
    if asked and st.session_state.get("whole") != asked:
        st.html(render("asking.html", "cut", longest=LONGEST_QUESTION))


def _ask_typed() -> None:
    _ask(st.session_state.get("question", ""))


def _ask(question: str) -> None:
    """Make this the question; the address keeps no question that somebody typed."""
    st.query_params.pop("q", None)
    _remember(question)
    st.session_state["typed"] = True


def _remember(question: str) -> None:
    whole = question.strip()
    st.session_state["whole"] = whole
    st.session_state["asked"] = st.session_state["question"] = whole[:LONGEST_QUESTION].rstrip()
    st.session_state["times"] = st.session_state.get("times", 0) + 1


def _show(searcher: PageSearcher, answer: Answer, target: str) -> None:
    st.html(answer_html(answer, searcher.by_id, target, searcher.reranked))
    if answer.urgent is not None or shown_hits(answer):
        copy_link(st.session_state["asked"])
    if answer.state == "not_covered":
        _offer(searcher)


def _offer(searcher: PageSearcher) -> None:
    """Draw what can be asked and read: headings of articles as buttons, and the articles."""
    articles = searcher.articles
    if not articles:
        say("There are no articles yet", ["When there are some, you can search them here."])
        return
    shown = searcher.examples
    if shown:
        with st.container(key="wr-examples"):
            st.html(render("asking.html", "examples", heading=heading_for(shown)))
            for number, example in enumerate(shown):
                st.button(as_label(example), key=f"example-{number}", on_click=_ask, args=(example,), width="stretch")
    st.html(render("asking.html", "covered", articles=covered_html(articles, _ABOUT)))
