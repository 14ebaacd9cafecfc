"""Whether there is a desk, and which of Streamlit's addresses are open for it: those of uploads and sign-in.

Every reader's page passes here: what a desk itself needs is imported only where one is drawn.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from wellread.errors import SettingsError
from wellread.page.rendering import render
from wellread.page.searcher import log
from wellread.page.words import gettext
from wellread.settings import DeskSettings, read_settings

KB = "WELLREAD_KB"
"""The setting's name in the environment: the folder of the articles, `kb` beside the index where it is not set."""

DESK = "?desk=articles"
"""The address of the desk."""

_sessions: set[str] = set()


def kb_of(index: Path) -> Path:
    """The folder of the articles of the library whose index is shown."""
    return Path(os.environ.get(KB) or index.absolute().parent / "kb")


def settings_of(index: Path) -> DeskSettings:
    """The settings of a desk as they are at this moment; off where they cannot be read, and the log says why."""
    try:
        return read_settings(kb_of(index)).desk
    except SettingsError as error:
        log.error("%s", error)
        return DeskSettings()


def is_at_desk(index: Path) -> bool:
    """Whether the address names the editors' desk, and there is one."""
    return "desk" in st.query_params and settings_of(index).on


def is_offered(index: Path) -> bool:
    """Whether readers' pages lead here: for who signed in with an account and was brought to the page's start."""
    return has_provider() and bool(st.user.is_logged_in) and "desk" not in st.query_params and settings_of(index).on


def offer() -> None:
    """Lead to the desk, at the end of a view."""
    st.html(render("desk.html", "offer", desk=DESK, words=gettext("Editors’ desk")))


def is_open(path: list[str], index: Path) -> bool:
    """Tell whether an address of Streamlit's, in its parts, is open: for a desk that is on, and a visit signed in."""
    if path[:2] == ["_stcore", "upload_file"]:
        return len(path) > 2 and path[2] in _sessions
    return path[:1] in (["auth"], ["oauth2callback"]) and has_provider() and settings_of(index).on


def has_provider() -> bool:
    """Whether Streamlit's secrets name a provider of OpenID Connect."""
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def let_upload(allowed: bool) -> None:
    """Let the visit that is being drawn upload files from now on, or not any more."""
    from streamlit import runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is None:
        return
    (_sessions.add if allowed else _sessions.discard)(context.session_id)
    if runtime.exists():  # visits that have ended are forgotten whenever an editor signs in or works on
        ended = {one for one in _sessions.copy() if not runtime.get_instance().is_active_session(one)}
        _sessions.difference_update(ended)
