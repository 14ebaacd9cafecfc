"""What every view of the desk has at hand: folders, who works, the day, the model, and how trouble is said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from wellread.desk.release import Desk
from wellread.encoders.sentence_transformer import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder
from wellread.errors import ArticlesRefused, IndexMissing, WellreadError
from wellread.page.rendering import render
from wellread.page.searcher import serving_searcher

TITLE_ID = "wr-desk"
"""The id of the heading that each view of the desk begins with."""


@dataclass(frozen=True, slots=True)
class At:
    """Where an editor is: at which desk, who she is, on which day, and the article that the address names, or ""."""

    desk: Desk
    editor: str
    today: date
    file: str = ""

    @property
    def encoder(self) -> Encoder:
        """The model of the library that is served, or that of a first publication; raises WellreadError."""
        try:
            return serving_searcher(self.desk.index).searcher.encoder
        except IndexMissing:
            return _first_encoder(os.environ.get("WELLREAD_MODEL") or DEFAULT_MODEL)


def desk_href(tab: str, file: str = "") -> str:
    """The address of a part of the desk, about an article where one is named.

    >>> desk_href("edit", "heart/a b.md")
    '?desk=edit&file=heart%2Fa+b.md'
    """
    return f"?{urlencode({'desk': tab} | ({'file': file} if file else {}))}"


def go(tab: str, file: str = "") -> None:
    """Go to another part of the desk at once."""
    st.query_params.from_dict({"desk": tab} | ({"file": file} if file else {}))
    st.rerun()


def problem(error: WellreadError) -> None:
    """Say what went wrong, where, and what to do, as the commands do."""
    errors = error.errors if isinstance(error, ArticlesRefused) else (error,)
    st.html(render("desk.html", "trouble", errors=errors))


def title(words: str, file: str = "") -> None:
    """Draw the heading of a view."""
    st.html(render("desk.html", "title", target=TITLE_ID, words=words, file=file))


@st.cache_resource(max_entries=1, show_spinner=False)
def _first_encoder(name: str) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(name)
