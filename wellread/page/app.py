"""The page where people ask: draws the view that the address names, and the disclaimer whatever happens."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import streamlit as st

from wellread.errors import IndexDamaged, IndexMissing, ModelError, WellreadError
from wellread.page import asking, reading, report, visit, words
from wellread.page.desk import doors
from wellread.page.frame import Frame, View, open_frame, say
from wellread.page.searcher import log, log_error, serving_searcher
from wellread.page.words import gettext, later

TROUBLE = {
    IndexMissing: later("There is nothing to search yet"),
    IndexDamaged: later("The articles cannot be searched now"),
    ModelError: later("Questions cannot be answered now"),
}


def draw(frame: Frame, index: Path) -> View:
    """Draw the view that the address names; raises WellreadError where there is nothing to draw it from."""
    params = st.query_params
    if "article" in params:
        return reading.draw_article(frame, index, params["article"], params.get("section", ""))
    if "articles" in params:
        return reading.draw_shelf(frame, index, params["articles"], params.get("page", ""))
    if doors.is_at_desk(index):
        from wellread.page.desk import view

        with suppress(WellreadError):  # nothing is published yet: the desk is where that is mended
            frame.disclaim(serving_searcher(index).bar)
        return view.draw(index)
    if "report" in params and report.is_shown():
        return report.draw(index)
    return asking.draw(frame, index)


def trouble(heading: str) -> View:
    """Say that something went wrong, in place of what should have been drawn; why, the log says."""
    heading = gettext(heading)
    asked = visit.asked()
    headless = st.query_params.keys() & {"article", "articles"} or (asked is not None and asked.question)
    level = 1 if headless else 2  # below the heading that the first view has
    say(heading, [gettext("Please try again later.")], level=level)
    return View(f"trouble-{st.session_state.get('times', 0)}", announce=f"{heading}.")


def _language(index: Path) -> str:
    """The language of the page's words for this reader; English where no library says otherwise."""
    try:
        setting = serving_searcher(index).settings.language
    except Exception:  # said in the frame, which is drawn next, where the same is tried
        return words.ENGLISH
    return words.chosen(setting, [st.context.locale or ""])


def main(default_index: Path) -> None:
    """Draw the page once, over the index that WELLREAD_INDEX names or the default one."""
    index = Path(os.environ.get("WELLREAD_INDEX") or default_index)
    words.use(_language(index))
    frame = open_frame()
    with frame.body:
        try:
            view = draw(frame, index)
        except WellreadError as error:
            heading = next(
                (text for kind, text in TROUBLE.items() if isinstance(error, kind)), later("This did not work")
            )
            log.error("%s", error)  # for those who run the page: it names files of theirs
            view = trouble(heading)
        except Exception as error:
            log_error(error)
            view = trouble(later("Something went wrong"))
        if report.is_shown() and "report" not in st.query_params:
            report.offer()
        if doors.is_offered(index):
            doors.offer()
    st.set_page_config(page_title=f"{view.title} – Wellread" if view.title else "Wellread")
    frame.behave(view)
    view.after()
