"""What somebody asks in this visit, in Streamlit's session; the browser keeps a copy in the history of its tab.

No address has a question, but of a link that somebody copied on purpose.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from wellread.text.queries import LONGEST_QUESTION

BOX = "question"
"""The key of the box in which questions are written."""

_ASKED, _NUMBER, _TITLE, _NEW, _NAME = "asked", "times", "title", "new", "visit"
_KEPT = ("question", "only", "after")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, "" where the box was empty; `number` counts the questions of a tab, from 1.

    `only` is the article in which alone is searched, "" for all. `after` is the title of the article that answered the
    question before: its subject is read into a question that has none. `linked` says that the question came from a
    link, and `cut` that it was longer than is read.
    """

    question: str
    number: int
    only: str = ""
    after: str = ""
    linked: bool = False
    cut: bool = False


def asked() -> Asked | None:
    """The question that is being answered, None before there is one."""
    found: Asked | None = st.session_state.get(_ASKED)
    return found


def take_from_address() -> None:
    """Ask the question of a copied link, where the address has one that is not being answered already."""
    question = st.query_params.get("q", "").strip()
    if question and question != st.session_state.get("linked"):
        st.session_state["linked"] = question
        _remember(question, linked=True)


def fill_box() -> None:
    """Write the question that is being answered into the box, where nothing was typed since."""
    current = asked()
    st.session_state.setdefault(BOX, current.question if current else "")


def ask_typed() -> None:
    """Ask what stands in the box."""
    ask(st.session_state.get(BOX, ""))


def ask(question: str) -> None:
    """Ask a question of all articles; the address keeps none that somebody typed."""
    st.query_params.pop("q", None)
    _remember(question, after=st.session_state.get(_TITLE, ""))


def ask_again(only: str = "", after: str = "") -> None:
    """Ask the same question once more, of the article `only` or of all, with or without a subject before it."""
    current = asked()
    if current is not None:
        _place(replace(current, number=_next(), only=only, after=after, linked=False))


def start_anew() -> None:
    """Forget what was asked."""
    for key in (_ASKED, _TITLE, BOX, "linked"):
        st.session_state.pop(key, None)


def answered_by(title: str) -> None:
    """Remember the title of the article that answers, for a question that goes on from it."""
    st.session_state[_TITLE] = title


def is_new(current: Asked) -> bool:
    """Tell, once for each question, that somebody wrote or pressed it now.

    One that came back by a reload, came with a link, or is asked again of one article, is not new.
    """
    return bool(st.session_state.pop(_NEW, None) == current.number)


def name() -> str:
    """A random name of this visit, made where it is needed; it lasts as long as the tab, and is written to no disk."""
    named: str = st.session_state.setdefault(_NAME, secrets.token_hex(16))
    return named


def remembered(current: Asked | None) -> dict[str, Any]:
    """What the browser keeps of a question in the history of its tab."""
    named = {"visit": st.session_state[_NAME]} if _NAME in st.session_state else {}
    if current is None:
        return {"number": 0, **named}
    kept = asdict(current)
    return {"number": current.number, **named, **{key: kept[key] for key in _KEPT}}


def restore(kept: object) -> None:
    """Ask again what the browser kept, after a reload or a step back.

    What is not of that form starts anew; None, as Streamlit reports a trigger that is over, changes nothing.
    """
    if kept is None:
        return
    number = kept.get("number") if isinstance(kept, dict) else None
    if not isinstance(kept, dict) or type(number) is not int or not 0 < number < 1_000_000:
        start_anew()
        return
    if kept.get("visit"):
        st.session_state[_NAME] = str(kept["visit"])[:32]
    question, only, after = (str(kept.get(key) or "")[:LONGEST_QUESTION] for key in _KEPT)
    st.session_state[_NUMBER] = max(number, st.session_state.get(_NUMBER, 0))
    _place(Asked(question, number, only, after))


def _remember(question: str, after: str = "", linked: bool = False) -> None:
    whole = question.strip()
    cut = whole[:LONGEST_QUESTION].rstrip()
    number = _next()
    if not linked:
        st.session_state[_NEW] = number
    _place(Asked(cut, number, after=after, linked=linked, cut=cut != whole))


def _place(current: Asked) -> None:
    st.session_state[_ASKED] = current
    st.session_state[BOX] = current.question


def _next() -> int:
    number: int = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_NUMBER] = number
    return number
