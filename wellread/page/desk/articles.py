"""The list of all articles at the desk: findings, review dates, drafts, and what readers do not have yet."""

from __future__ import annotations

import streamlit as st

from wellread.desk.overview import Row, overview
from wellread.page.desk.place import TITLE_ID, At, desk_href, problem, title
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext, ngettext

SHOWN = 100
"""Articles listed at once; more are found by words: a table of thousands takes a browser seconds."""


def draw(at: At) -> View:
    """Draw the list; raises WellreadError where the folder cannot be read."""
    title(gettext("Articles"))
    with st.spinner(gettext("Looking over the articles.")):
        found = overview(at.desk, at.encoder, at.today)
    for error in found.trouble:
        problem(error)
    words = st.text_input(gettext("Find by title or file"), key="desk-words", max_chars=200, autocomplete="off")
    needed = st.checkbox(gettext("Only articles that need work"), key="desk-needed")
    wanted = words.casefold().split()
    rows = [
        row
        for row in found.rows
        if all(word in f"{row.title} {row.file}".casefold() for word in wanted) and (not needed or _needs_work(row, at))
    ]
    count = ngettext("1 article.", "%(num)s articles.", len(rows)) % {"num": f"{len(rows):,}"}
    cut = gettext("The first %(limit)s are shown.") % {"limit": SHOWN} if len(rows) > SHOWN else ""
    shown = [(row, desk_href("edit", row.file), row.due(at.today)) for row in rows[:SHOWN]]
    st.html(render("desk.html", "articles", count=f"{count} {cut}".strip(), rows=shown))
    unfinished = [(one.file, desk_href("edit", one.file), one.reason) for one in found.unfinished]
    if unfinished or found.left_out:
        st.html(render("desk.html", "passed_over", unfinished=unfinished, left_out=found.left_out))
    return View("desk-articles", target=TITLE_ID, announce=count)


def _needs_work(row: Row, at: At) -> bool:
    serious = any(finding.level != "note" for finding in row.findings)
    return serious or row.due(at.today) or row.draft is not None or not row.live
