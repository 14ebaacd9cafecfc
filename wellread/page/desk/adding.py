"""A file that is dropped in becomes a draft, to be compared with its original; or an empty text does."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wellread.desk.drafts import Draft, Overwriting
from wellread.desk.dropped import draft_of
from wellread.desk.names import name_for
from wellread.errors import WellreadError
from wellread.page.desk.place import TITLE_ID, At, go, problem, title
from wellread.page.desk.work import let_go
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext

_BEGINNING = "# \n\n"
"""A new article begins with the mark of its title."""


def draw(at: At) -> View:
    """Draw where files are dropped, and what becomes of one; raises WellreadError."""
    title(gettext("Add a file"))
    view = View("desk-add", target=TITLE_ID)
    # Any kind is taken, so that another is refused in our words, with what to do.
    dropped = st.file_uploader(gettext("Drop a Word, HTML, PDF, Markdown or text file here"), key="desk-file")
    if dropped is None:
        st.html(render("desk.html", "heading", words=gettext("Or write a new article")))
        name = st.text_input(gettext("File name, such as heart/angina.md"), key="desk-new-name", autocomplete="off")
        if st.button(gettext("Write it"), key="desk-new") and name.strip():
            opened = at.desk.drafts.open(name.strip())
            if not opened.is_saved and not opened.based_on:
                at.desk.drafts.save(opened, _BEGINNING, at.editor)
            go("edit", opened.file)
        return view
    try:
        suggested = name_for(dropped.name)
    except WellreadError:
        suggested = ""
    name = st.text_input(
        gettext("File name of the article"), suggested, key=f"desk-name-{dropped.file_id}", autocomplete="off"
    )
    opened = at.desk.drafts.open(name.strip())
    with st.spinner(gettext("Reading the file.")):
        made = _made(dropped.file_id, opened, dropped.name, dropped.getvalue())
    if made.notes:
        st.html(render("desk.html", "notes", source=made.source, notes=made.notes))
    else:
        st.html(render("desk.html", "note", text=gettext("All words of the file came over, in their order.")))
    sure = True
    if opened.is_saved or opened.based_on:
        st.html(render("desk.html", "exists", draft=opened))
        sure = st.checkbox(gettext("Take the file’s text in place of it"), key=f"desk-sure-{dropped.file_id}-{name}")
    if st.button(gettext("Make a draft of it"), type="primary", key="desk-make", disabled=not sure):
        try:
            saved = at.desk.drafts.save(
                replace(opened, source=made.source, original=made.original, notes=made.notes), made.text, at.editor
            )
        except Overwriting as clash:
            problem(clash)
            return view
        let_go(saved.file)
        go("edit", saved.file)
    return view


def _made(file_id: str, opened: Draft, name: str, data: bytes) -> Draft:
    """What a file makes of a draft, read once: a PDF takes seconds."""
    kept = st.session_state.get("desk-made")
    if kept is None or kept[0] != file_id:
        kept = (file_id, draft_of(opened, name, data))
        st.session_state["desk-made"] = kept
    made: Draft = kept[1]
    return made
