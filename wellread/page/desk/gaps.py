"""Shows editors what readers could not find, and makes a judged question of what many asked, by one press."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from wellread.datatypes import Passage
from wellread.errors import WellreadError
from wellread.insights.judging import judge
from wellread.insights.reports import AskedGroup, read_insights
from wellread.insights.wording import GAP
from wellread.page.desk.place import TITLE_ID, At, title
from wellread.page.examples import as_label
from wellread.page.frame import View, say
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher, serving_searcher
from wellread.page.words import gettext, language, use
from wellread.settings import read_settings

SHOWN = 20
"""Groups of each kind, words and counts that are shown at most; `wellread insights --json` has all."""

OFFERED = 8
"""Passages to choose from for a group, those that come nearest."""

_DONE = "gaps-done"


def draw(at: At) -> View:
    """Draw the tab; raises WellreadError where what was counted cannot be read."""
    insights = read_insights(at.desk.index, at.today)
    title(gettext("What readers could not find"))
    if not insights.counts:
        how = [gettext("Write in kb/wellread.toml, below a line [insights]: on = true. Then publish.")]
        nothing = gettext("Nothing was counted")
        say(nothing, [] if insights.settings.on else how)
        return View("gaps", target=TITLE_ID, announce=nothing)
    done: str = st.session_state.pop(_DONE, "")
    st.html(render("gaps.html", "about", insights=insights, done=done))
    searcher = serving_searcher(at.desk.index)
    _draw_groups(gettext("Asked often, not found"), insights.gaps, at, searcher)
    _draw_groups(gettext("Asked often, and answered"), insights.answered, at, searcher)
    st.html(render("gaps.html", "counts", words=insights.words[:SHOWN], counts=insights.counts[:SHOWN]))
    return View("gaps", target=TITLE_ID, announce=done)


def _draw_groups(heading: str, groups: Sequence[AskedGroup], at: At, searcher: PageSearcher) -> None:
    st.html(render("gaps.html", "heading", heading=heading, empty=not groups))
    for group in groups[:SHOWN]:
        with st.container(key=f"wr-gap-{group.id}"):
            st.html(render("gaps.html", "group", group=group))
            words = as_label(group.words)
            label = gettext("The section that answers “%(words)s”") % {"words": words}
            passages = searcher.nearest(group.words.replace(GAP, " "), OFFERED)
            chosen = st.selectbox(label, passages, format_func=_named, key=f"gap-passage-{group.id}")
            if chosen is not None:
                label = gettext("Make “%(words)s” a test question") % {"words": words}
                st.button(label, key=f"gap-judge-{group.id}", on_click=_judge, args=(group, chosen.id, at, language()))


def _named(passage: Passage) -> str:
    part = ""
    if passage.parts > 1:
        part = gettext(" (%(part)s of %(parts)s)") % {"part": passage.part, "parts": passage.parts}
    return f"{passage.title}: {' › '.join(passage.path)}{part}"


def _judge(group: AskedGroup, passage: str, at: At, code: str) -> None:
    """Write the judged question, and say so when the tab is drawn again."""
    use(code)  # what a press starts runs before the page says its language
    kb = at.desk.kb
    try:
        judged = judge(group, passage, at.desk.index, kb, read_settings(kb).judgments)
    except WellreadError as error:
        st.session_state[_DONE] = f"{error.message}. {error.remedy}"
        return
    except OSError as error:
        why = gettext("The question could not be written: %(why)s.") % {"why": error.strerror or error}
        st.session_state[_DONE] = why
        return
    words = gettext("From now on, nothing is published that loses “%(question)s”: %(passage)s answers it.")
    st.session_state[_DONE] = words % {"question": judged.question, "passage": judged.passage}
