"""The report of the last evaluation, for those who run the page; patients are not led to it."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from wellread.commands import command
from wellread.page.frame import View, say
from wellread.page.links import REPORT, START, link

_ID = "wr-report"


def is_shown() -> bool:
    """Whether the setting WELLREAD_REPORT=1 makes the report a page here."""
    return os.environ.get("WELLREAD_REPORT") == "1"


def offer() -> None:
    """Lead to the report, at the end of a view."""
    st.html(f"<p>{link(REPORT, 'Evaluation report')}</p>")


def draw(index: Path) -> View:
    """Show the report that `wellread evaluate` wrote about the published index, or how to have one."""
    file = index / "evaluation" / "published" / "report" / "report.html"
    back = f"<p>{link(START, 'Ask a question', ' data-start')}</p>"
    if not file.is_file():
        told = ["Nothing has been measured yet.", f"Run {command('evaluate')} where the articles are published from."]
        say("Evaluation report", told, back, _ID, level=1)
        return View("report", target=_ID, announce="Evaluation report: nothing has been measured yet.")
    st.html(f'<h1 id="{_ID}" tabindex="-1">Evaluation report</h1>{back}')
    st.iframe(file, alt="Evaluation report")
    return View("report", target=_ID, announce="Evaluation report")
