"""Shows the report of the last evaluation on the page, to those who run it."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from wellread.commands import command
from wellread.index.layout import evaluation_folder
from wellread.page.frame import View, say
from wellread.page.links import REPORT, START
from wellread.page.rendering import render

_ID = "wr-report"
_HEIGHT = 800
"""Pixels of the report, which scrolls inside; a height of its own needs a script that the page lets nobody run."""


def is_shown() -> bool:
    """Whether the setting WELLREAD_REPORT=1 makes the report a page here."""
    return os.environ.get("WELLREAD_REPORT") == "1"


def offer() -> None:
    """Lead to the report, at the end of a view."""
    st.html(render("report.html", "offer", report=REPORT))


def draw(index: Path) -> View:
    """Show the report that `wellread evaluate` wrote about the published index, or how to have one."""
    file = evaluation_folder(index) / "published" / "report" / "report.html"
    if not file.is_file():
        lines = ["Nothing has been measured yet.", f"Run {command('evaluate')} where the articles are published from."]
        say("Evaluation report", lines, render("report.html", "back", start=START), _ID, level=1)
        return View("report", target=_ID, announce="Evaluation report: nothing has been measured yet.")
    st.html(render("report.html", "heading", target=_ID, start=START))
    st.iframe(file, alt="Evaluation report", height=_HEIGHT)
    return View("report", target=_ID, announce="Evaluation report")
