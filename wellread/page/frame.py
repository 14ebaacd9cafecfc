"""The frame of the page: style, name, disclaimer, messages, and behaviour in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

from wellread.page import onward, visit
from wellread.page.bar import UNKNOWN, Bar
from wellread.page.links import START
from wellread.page.rendering import render
from wellread.page.words import direction, gettext, language

_HERE = Path(__file__).parent
_BEHAVIOUR = "behaviour"
_BAR = "bar"
_TARGET = "target"

ANSWER_ID = "wr-answer-"
"""How the id of what an answer opens with begins; the question's number follows."""

_behaviour = component(
    "wellread.behaviour",
    html='<div class="wr-hidden" role="status" aria-live="polite"></div>',
    js=(_HERE / "behaviour.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass
class View:
    """What the browser must know of what was drawn: to announce it, and to lead the eye and the focus there.

    `title` is what the window is called after it, "" for the page's own name; the address never has a question.
    `name` tells two views apart: where it changes, the element with the id `target` is scrolled to and focused,
    on the first view of a visit only where `follow` is set. `announce` is said to screen readers. `asked` is what the
    browser keeps of the question, None on a view that has none; `aside` says that the view is one beside the answer,
    with an address of its own, which a reload must still find the way back from. `after` is what remains to be done
    once the page is drawn.
    """

    name: str = "start"
    _: KW_ONLY
    title: str = ""
    target: str = ""
    follow: bool = False
    announce: str = ""
    asked: dict[str, Any] | None = None
    aside: bool = False
    after: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Frame:
    """The places of the page, in their order: name, body and disclaimer; the disclaimer is never empty."""

    body: DeltaGenerator
    foot: DeltaGenerator
    behaviour: DeltaGenerator

    def disclaim(self, bar: Bar) -> None:
        """Show the disclaimer in the bar that stays in sight, from now on in this visit."""
        if st.session_state.get(_BAR) == bar:
            return  # drawn with the frame
        st.session_state[_BAR] = bar
        self._draw_bar(bar)

    @property
    def has_answer(self) -> bool:
        """Whether an answer is on the screen, from the run before."""
        return str(st.session_state.get(_TARGET, "")).startswith(ANSWER_ID)

    def _draw_bar(self, bar: Bar) -> None:
        self.foot.html(render("frame.html", "disclaimer", text=bar.text, own=bar.own))

    def behave(self, view: View) -> None:
        """Tell the browser what was drawn; the last call of a run."""
        st.session_state[_TARGET] = view.target
        told = {
            "view": view.name,
            "target": view.target,
            "follow": view.follow,
            "announce": view.announce,
            "asked": view.asked,
            "aside": view.aside,
            "words": _words(),
        }
        # As text: for a mapping in a mapping, Streamlit loads pyarrow to see whether it is a table.
        data = {"told": json.dumps(told)}
        with self.behaviour:
            _behaviour(
                key=_BEHAVIOUR,
                data=data,
                on_go_change=_go,
                on_restore_change=_restore,
                on_again_change=_again,
                on_only_change=_only,
            )


def open_frame() -> Frame:
    """Draw what stands around everything, with the disclaimer of this visit as far as it is known."""
    st.html(_HERE / "style.css")
    behaviour = st.container(key="wr-behaviour")
    st.html(render("frame.html", "name", start=START))
    body = st.container(key="wr-body")
    foot = st.container(key="wr-foot").empty()
    frame = Frame(body, foot, behaviour)
    frame._draw_bar(st.session_state.get(_BAR, UNKNOWN))
    return frame


def say(heading: str, lines: Sequence[str], more: str = "", target: str = "", level: int = 2) -> None:
    """Show a calm message; `more` is Markup, `level` that of its heading: 1 where the view has no other."""
    text = [line.strip() for line in lines]
    st.html(render("frame.html", "message", heading=heading, lines=text, more=more, target=target, level=level))


def _words() -> dict[str, str]:
    """What the browser says by itself, while it cannot ask for it."""
    return {
        "language": language(),
        "direction": direction(language()),
        "search": gettext("Search the articles"),
        "searching": gettext("Searching the articles."),
        "old": gettext("Searching. What you see below is your answer before."),
        "slow": gettext("This takes longer than usual. You can wait, or search again."),
        "offline": gettext("You are offline. What you see here stays. We connect again by ourselves."),
        "reconnecting": gettext("We are connecting again. What you see here stays."),
        "connected": gettext("You are connected again."),
        "copied": gettext("Copied"),
        "byHand": gettext("The link could not be copied. It is selected: copy it by hand."),
    }


def _go() -> None:
    """Follow a link of this page without leaving the visit, so that the question is still there on the way back."""
    state: dict[str, Any] = st.session_state[_BEHAVIOUR]
    href = str(state.get("go") or "")
    if href == "start":
        visit.start_anew()
    st.query_params.from_dict(dict(parse_qsl(href.partition("?")[2])))


def _restore() -> None:
    """Ask again what the browser kept, after a reload or a step back."""
    state: dict[str, Any] = st.session_state[_BEHAVIOUR]
    visit.restore(state.get("restore"))


def _again() -> None:
    """Ask the same question without something that was read into it."""
    state: dict[str, Any] = st.session_state[_BEHAVIOUR]
    onward.again(str(state.get("again") or ""))


def _only() -> None:
    """Ask the same question of one article."""
    state: dict[str, Any] = st.session_state[_BEHAVIOUR]
    onward.ask_only(str(state.get("only") or ""))
