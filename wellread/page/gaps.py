"""Shows editors what readers could not find, and makes a judged question of what many asked, by one press.

A tab of the desk: whoever draws it has seen to it that only editors get here. Its words are for them, in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from wellread.datatypes import Passage
from wellread.errors import WellreadError
from wellread.insights.judging import judge
from wellread.insights.reports import AskedGroup, read_insights
from wellread.insights.wording import GAP
from wellread.page.examples import as_label
from wellread.page.frame import View, say
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher, serving_searcher
from wellread.settings import read_settings

TITLE_ID = "wr-gaps"
SHOWN = 20
"""Groups of each kind, words and counts that are shown at most; `wellread insights --json` has all."""

OFFERED = 8
"""Passages to choose from for a group, those that come nearest."""

_DONE = "gaps-done"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group is judged: the index that is served, and the articles that its judged questions stand beside."""

    index: Path
    kb: Path


def draw(place: Place, today: date) -> View:
    """Draw the tab; raises WellreadError where what was counted cannot be read."""
    insights = read_insights(place.index, today)
    st.html(render("gaps.html", "title", target=TITLE_ID))
    if not insights.counts:
        how = ["Write in kb/wellread.toml, below a line [insights]: on = true. Then publish."]
        say("Nothing was counted", [] if insights.settings.on else how)
        return View("gaps", target=TITLE_ID, announce="Nothing was counted.")
    done: str = st.session_state.pop(_DONE, "")
    st.html(render("gaps.html", "about", insights=insights, done=done))
    searcher = serving_searcher(place.index)
    _draw_groups("Asked often, not found", insights.gaps, place, searcher)
    _draw_groups("Asked often, and answered", insights.answered, place, searcher)
    st.html(render("gaps.html", "counts", words=insights.words[:SHOWN], counts=insights.counts[:SHOWN]))
    return View("gaps", target=TITLE_ID, announce=done)


def _draw_groups(heading: str, groups: Sequence[AskedGroup], place: Place, searcher: PageSearcher) -> None:
    st.html(render("gaps.html", "heading", heading=heading, empty=not groups))
    for group in groups[:SHOWN]:
        with st.container(key=f"wr-gap-{group.id}"):
            st.html(render("gaps.html", "group", group=group))
            label = f"The section that answers “{as_label(group.words)}”"
            passages = searcher.nearest(group.words.replace(GAP, " "), OFFERED)
            chosen = st.selectbox(label, passages, format_func=_named, key=f"gap-passage-{group.id}")
            if chosen is not None:
                label = f"Make “{as_label(group.words)}” a test question"
                st.button(label, key=f"gap-judge-{group.id}", on_click=_judge, args=(group, chosen.id, place))


def _named(passage: Passage) -> str:
    part = f" ({passage.part} of {passage.parts})" if passage.parts > 1 else ""
    return f"{passage.title}: {' › '.join(passage.path)}{part}"


def _judge(group: AskedGroup, passage: str, place: Place) -> None:
    """Write the judged question, and say so when the tab is drawn again."""
    try:
        judged = judge(group, passage, place.index, place.kb, read_settings(place.kb).judgments)
    except WellreadError as error:
        st.session_state[_DONE] = f"{error.message}. {error.remedy}"
        return
    except OSError as error:
        st.session_state[_DONE] = f"The question could not be written: {error.strerror or error}."
        return
    st.session_state[_DONE] = (
        f"From now on, nothing is published that loses “{judged.question}”: {judged.passage} answers it."
    )
