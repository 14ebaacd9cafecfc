"""Whether there is a desk, and which of Streamlit's addresses are open for it: those of uploads and sign-in."""

from __future__ import annotations

import os
from pathlib import Path

from wellread.desk.release import Desk
from wellread.errors import SettingsError
from wellread.page.searcher import log
from wellread.settings import DeskSettings, read_settings

KB = "WELLREAD_KB"
"""The setting's name in the environment: the folder of the articles, `kb` beside the index where it is not set."""

_sessions: set[str] = set()


def desk_of(index: Path) -> Desk:
    """The folders of the desk of the library whose index is shown."""
    return Desk(Path(os.environ.get(KB) or index.absolute().parent / "kb"), index)


def settings_of(desk: Desk) -> DeskSettings:
    """The settings of a desk as they are at this moment; off where they cannot be read, and the log says why."""
    try:
        return read_settings(desk.kb).desk
    except SettingsError as error:
        log.error("%s", error)
        return DeskSettings()


def is_open(path: list[str], index: Path) -> bool:
    """Tell whether an address of Streamlit's, in its parts, is open: for a desk that is on, and a visit signed in."""
    if path[:2] == ["_stcore", "upload_file"]:
        return len(path) > 2 and path[2] in _sessions
    return path[:1] in (["auth"], ["oauth2callback"]) and has_provider() and settings_of(desk_of(index)).on


def has_provider() -> bool:
    """Whether Streamlit's secrets name a provider of OpenID Connect."""
    import streamlit as st
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def let_upload(allowed: bool) -> None:
    """Let the visit that is being drawn upload files from now on, or not any more."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is not None:
        (_sessions.add if allowed else _sessions.discard)(context.session_id)
