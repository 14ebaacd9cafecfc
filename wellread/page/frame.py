"""The frame of the page: style, name, disclaimer, messages, and behaviour in the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

from wellread.page.links import START
from wellread.page.rendering import render

_HERE = Path(__file__).parent
_BEHAVIOUR = "behaviour"

_behaviour = component(
    "wellread.behaviour",
    html='<div class="wr-hidden" role="status" aria-live="polite"></div>',
    js=(_HERE / "behaviour.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_copy_link = component(
    "wellread.copy_link",
    html=(_HERE / "copy_link.html").read_text(encoding="utf-8"),
    js=(_HERE / "copy_link.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass
class View:
    """What the browser must know of what was drawn: to announce it, and to lead the eye and the focus there.

    `name` tells two views apart: where it changes, the element with the id `target` is scrolled to and focused,
    on the first view of a visit only where `follow` is set. `announce` is said to screen readers. `after` is what
    remains to be done once the page is drawn.
    """

    name: str = "start"
    target: str = ""
    follow: bool = False
    announce: str = ""
    after: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Frame:
    """The places of the page, in their order: name, body and disclaimer; the disclaimer is never empty."""

    body: DeltaGenerator
    foot: DeltaGenerator
    behaviour: DeltaGenerator

    def disclaim(self, disclaimer: str) -> None:
        """Show a disclaimer, a line each, in the bar that stays in sight."""
        lines = [line for line in disclaimer.splitlines() if line.strip()]
        self.foot.html(render("frame.html", "disclaimer", lines=lines))

    def behave(self, view: View) -> None:
        """Tell the browser what was drawn; the last call of a run."""
        data = {"view": view.name, "target": view.target, "follow": view.follow, "announce": view.announce}
        with self.behaviour:
            _behaviour(key=_BEHAVIOUR, data=data, on_go_change=_go)


def open_frame(disclaimer: str) -> Frame:
    """Draw what stands around everything, with this disclaimer until another one is known."""
    st.html(_HERE / "style.css")
    behaviour = st.container(key="wr-behaviour")
    st.html(render("frame.html", "name", start=START))
    body = st.container(key="wr-body")
    foot = st.container(key="wr-foot").empty()
    frame = Frame(body, foot, behaviour)
    frame.disclaim(disclaimer)
    return frame


def copy_link(question: str) -> None:
    """Draw the button that copies a link to this question's answer, on purpose only."""
    _copy_link(key="copy_link", data={"question": question})


def say(heading: str, lines: Sequence[str], more: str = "", target: str = "", level: int = 2) -> None:
    """Show a calm message; `more` is Markup, `level` that of its heading: 1 where the view has no other."""
    text = [line.strip() for line in lines]
    st.html(render("frame.html", "message", heading=heading, lines=text, more=more, target=target, level=level))


def _go() -> None:
    """Follow a link of this page without leaving the visit, so that the question is still there on the way back."""
    state: dict[str, Any] = st.session_state[_BEHAVIOUR]
    href = str(state.get("go") or "")
    if href == "start":
        for key in ("asked", "question", "whole"):
            st.session_state.pop(key, None)
    st.query_params.from_dict(dict(parse_qsl(href.partition("?")[2])))
