"""Who published what and when, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from wellread.errors import WellreadError
from wellread.page.desk.place import TITLE_ID, At, problem, title
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext
from wellread.publishing.history import Event, read_history
from wellread.publishing.serving import served_id, standing_generations

SHOWN = 50
"""Events shown, the last ones: some weeks of daily work; `wellread history` lists all."""

_DONE, _BACK = "desk-done", "desk-back"


@dataclass(frozen=True, slots=True)
class Past:
    """An event as it is drawn: what readers have now is `served`, and what can be gone back to `standing`."""

    event: Event
    served: bool
    standing: bool


def draw(at: At) -> View:
    """Draw what was published, the last first; raises WellreadError where going back fails."""
    title(gettext("What was published"))
    index = at.desk.index
    served = served_id(index)
    done = st.session_state.pop(_DONE, "")
    if done == served:
        st.html(render("desk.html", "done", text=gettext("Readers have the text of this publication now.")))
    for number, past in enumerate(_past(at, served)):
        with st.container(key=f"wr-desk-event-{number}"):
            st.html(render("desk.html", "event", past=past))
            if past.standing and not past.served:
                _offer(at, past.event)
    return View(f"desk-history-{served}", target=TITLE_ID)


def _past(at: At, served: str) -> Iterator[Past]:
    """The events, the last first; only the latest of a generation can be gone back to."""
    standing, seen = {*standing_generations(at.desk.index)}, set[str]()
    for event in read_history(at.desk.index)[: -SHOWN - 1 : -1]:
        latest = event.generation not in seen
        seen.add(event.generation)
        yield Past(event, latest and event.generation == served, latest and event.generation in standing)


def _offer(at: At, event: Event) -> None:
    generation = event.generation
    if st.session_state.get(_BACK) != generation:
        label = gettext("Go back to this (%(when)s)") % {"when": f"{event.at:%Y-%m-%d %H:%M:%S}"}
        if st.button(label, key=f"desk-back-{generation}"):
            st.session_state[_BACK] = generation
            st.rerun()
        return
    st.html(render("desk.html", "going_back"))
    with st.container(key="wr-desk-back", horizontal=True):
        if st.button(gettext("Yes, go back"), type="primary", key="desk-back-yes"):
            st.session_state.pop(_BACK, None)
            try:
                at.desk.go_back(generation, at.editor)
            except WellreadError as error:
                problem(error)
                return
            st.session_state[_DONE] = generation
            st.rerun()
        if st.button(gettext("No"), key="desk-back-no"):
            st.session_state.pop(_BACK, None)
            st.rerun()
