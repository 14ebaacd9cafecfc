"""Asks below an answer whether it helped, where the library wants that; who says no is told whom to ask."""

from __future__ import annotations

import streamlit as st

from wellread.datatypes import Answer
from wellread.page import visit
from wellread.page.answers import THANKS, WHOM_TO_ASK, can_help
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher
from wellread.page.visit import Asked
from wellread.page.words import gettext, language, use

_SAID = "helped"


def is_asked(searcher: PageSearcher, answer: Answer) -> bool:
    """Whether it is asked of an answer if it helped."""
    return searcher.settings.feedback and can_help(answer)


def ask_whether(searcher: PageSearcher, answer: Answer, asked: Asked) -> None:
    """Draw the question."""
    _ask(searcher, answer, asked, language())


@st.fragment
def _ask(searcher: PageSearcher, answer: Answer, asked: Asked, code: str) -> None:
    """Draw the question and what was said to it; a press draws this anew and nothing else, so nothing is searched."""
    use(code)
    with st.container(key="wr-helped"):
        st.html(render("answers.html", "helped"))
        for helped, label in ((True, gettext("Yes, it helped")), (False, gettext("No, it did not help"))):
            key = f"wr-helped-{'yes' if helped else 'no'}-{asked.number}"
            st.button(label, key=key, on_click=_say, args=(searcher, answer, asked, helped))
        number, helped = st.session_state.get(_SAID, (0, False))
        if number == asked.number:
            whom = "" if helped else searcher.settings.whom_to_ask or gettext(WHOM_TO_ASK)
            st.html(render("answers.html", "thanks", said=f"{gettext(THANKS)} {whom}".strip()))


def _say(searcher: PageSearcher, answer: Answer, asked: Asked, helped: bool) -> None:
    """Remember in this visit what was said, and count it the first time, where the library counts."""
    before, _ = st.session_state.get(_SAID, (0, False))
    st.session_state[_SAID] = (asked.number, helped)
    if before != asked.number and searcher.counts:
        searcher.note(answer, visit.name(), helped)
