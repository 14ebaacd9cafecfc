"""An article gets another name, or is taken out of what readers have: tried, told in full, and then published."""

from __future__ import annotations

import streamlit as st

from wellread.desk.changes import Change, removing, renaming
from wellread.desk.drafts import Draft
from wellread.errors import KnowledgeBaseError, PublishingRefused
from wellread.page.desk.place import TITLE_ID, At, desk_href, title
from wellread.page.desk.releasing import draw_trial
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext, later

_MANY = "desk-many-agreed"
_RENAME, _OUT = "rename", "out"
_WAYS = {_RENAME: later("Rename it"), _OUT: later("Take it out")}


def draw(at: At) -> View:
    """Draw the choice, and what it comes to; raises WellreadError where it cannot be done."""
    title(gettext("Rename or take out"), at.file)
    view = View(f"desk-move-{at.file}", target=TITLE_ID)
    opened = at.desk.drafts.open(at.file)
    st.html(render("desk.html", "state", draft=opened, edit=desk_href("edit", opened.file)))
    way = st.radio(
        gettext("What is to be done"),
        _WAYS,
        None,
        format_func=lambda way: gettext(_WAYS[way]),
        horizontal=True,
        key=f"desk-way-{opened.file}",
    )
    change = _change(at, opened, way)
    if change is None:
        return view
    asked = at.desk.state(change)
    agreed = st.session_state.get(_MANY) == asked
    try:
        draw_trial(at, change, agreed)
    except (PublishingRefused, KnowledgeBaseError) as error:
        if agreed:  # it is something else than how many articles go
            raise
        st.html(render("desk.html", "problem", text=error.reason))
        if st.button(gettext("Yes, go on"), key="desk-many"):
            st.session_state[_MANY] = asked
            st.rerun()
    return view


def _change(at: At, opened: Draft, way: str | None) -> Change | None:
    """What the editor chose, None as long as that is not whole; raises WellreadError where it cannot be done."""
    if way == _OUT:
        return removing(at.desk.drafts, opened)
    if way != _RENAME:
        return None
    name = st.text_input(gettext("New file name"), opened.file, key=f"desk-rename-{opened.file}", autocomplete="off")
    return None if name.strip() == opened.file else renaming(at.desk.drafts, opened, name)
