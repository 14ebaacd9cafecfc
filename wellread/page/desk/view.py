"""The desk as a view of the page: who is signed in, its tabs, and the one that the address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import streamlit as st

from wellread.desk.release import Desk
from wellread.errors import WellreadError
from wellread.page.desk import adding, articles, editing, gaps, moving, past, releasing, signin
from wellread.page.desk.doors import kb_of, settings_of
from wellread.page.desk.place import TITLE_ID, At, desk_href, problem
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext, later


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the desk that the address `?desk=key` names; one without `words` is reached from another."""

    key: str
    words: str
    draw: Callable[[At], View]


TABS = (
    Tab("articles", later("Articles"), articles.draw),
    Tab("add", later("Add a file"), adding.draw),
    Tab("gaps", later("What readers could not find"), gaps.draw),
    Tab("history", later("What was published"), past.draw),
    Tab("edit", "", editing.draw),
    Tab("publish", "", releasing.draw),
    Tab("move", "", moving.draw),
)
"""In the order in which they are shown; a further part of the desk is a further line here."""


def draw(index: Path) -> View:
    """Draw the sign-in, or the tab that the address names; raises WellreadError where nothing can be drawn."""
    return replace(_draw(index), title=gettext("Editors’ desk"))


def _draw(index: Path) -> View:
    settings = settings_of(index)
    with st.container(key="wr-desk"):
        editor = signin.editor(settings)
        if not editor:
            return signin.draw(settings)
        named = st.query_params.get("desk", "")
        tab = next((tab for tab in TABS if tab.key == named), TABS[0])
        signin.offer_sign_out(editor)
        shown = [(tab.words, desk_href(tab.key), tab.key) for tab in TABS if tab.words]
        links = [(gettext(words), href, key == tab.key) for words, href, key in shown]
        st.html(render("desk.html", "tabs", label=gettext("Editors’ desk"), links=links))
        if tab.draw is not editing.draw:
            editing.leave()
        at = At(Desk(kb_of(index), index), editor, date.today(), st.query_params.get("file", ""))
        try:
            return tab.draw(at)
        except WellreadError as error:  # for editors, unlike readers, in full
            problem(error)
            return View(f"desk-{tab.key}-trouble", target=TITLE_ID)
