"""Sign-in to the desk: by an editor's own token, or by OpenID Connect where Streamlit's secrets name a provider."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from wellread.desk.tokens import TOKENS, Attempts, read_tokens
from wellread.errors import WellreadError
from wellread.extras import require
from wellread.page.desk.doors import has_provider, let_upload
from wellread.page.desk.place import TITLE_ID, title
from wellread.page.desk.work import unsaved_files
from wellread.page.frame import View, say
from wellread.page.rendering import render
from wellread.page.searcher import log
from wellread.page.words import gettext
from wellread.settings import DeskSettings

_EDITOR, _TRIED, _LEAVING = "desk-editor", "desk-tried", "desk-leaving"
_attempts = Attempts()


def editor(settings: DeskSettings) -> str:
    """Who is signed in to this visit, "" for nobody: only this decides what is drawn of the desk."""
    name = str(st.session_state.get(_EDITOR, "")) or (_by_provider(settings) if has_provider() else "")
    let_upload(bool(name))
    return name


def draw(settings: DeskSettings) -> View:
    """Draw the ways to sign in, and try the token that was written."""
    title(gettext("Editors’ desk"))
    try:
        tokens = read_tokens()
        if has_provider():
            require("desk", "signing in with accounts", ("authlib", "httpx"))
    except WellreadError as error:
        log.error("%s", error)
        say(gettext("Nobody can sign in now"), [gettext("Those who run the page find the reason in its log.")])
        return View("desk-closed", target=TITLE_ID)
    if has_provider():
        _offer_provider(settings)
    if tokens.digests:
        written = st.text_input(gettext("Your token"), key="desk-token", type="password", autocomplete="off")
        pressed = st.button(gettext("Sign in"), type="primary", key="desk-sign-in")
        if written and (pressed or written != st.session_state.get(_TRIED)):
            with st.spinner(gettext("Signing in.")):
                name = _attempts.sign_in(tokens, written, st.context.ip_address or "")
            if name:
                st.session_state.pop(_TRIED, None)
                st.session_state[_EDITOR] = name
                st.rerun()
            st.session_state[_TRIED] = written
            wrong = gettext("This token is not known. Each further try takes a little longer.")
            st.html(render("desk.html", "problem", text=wrong))
            return View("desk-sign-in", target=TITLE_ID)
    elif not has_provider():
        lines = [gettext("Those who run the page must name editors first, in %(name)s.") % {"name": TOKENS}]
        say(gettext("Nobody can sign in yet"), lines)
    return View("desk-sign-in", target=TITLE_ID)


def offer_sign_out(name: str) -> None:
    """Draw who is signed in, and the way out."""
    with st.container(key="wr-desk-who", horizontal=True, vertical_alignment="center"):
        st.html(render("desk.html", "who", name=name))
        pressed = st.button(gettext("Sign out"), key="desk-sign-out")
    unsaved = unsaved_files()
    if pressed and unsaved and st.session_state.get(_LEAVING) != unsaved:
        st.session_state[_LEAVING] = unsaved
        text = gettext("Not saved: %(names)s. Sign out once more to give that up.") % {"names": ", ".join(unsaved)}
        st.html(render("desk.html", "problem", text=text))
    elif pressed:
        let_upload(False)
        for key in [key for key in map(str, st.session_state) if key.startswith("desk-")]:
            del st.session_state[key]
        if has_provider() and st.user.is_logged_in:
            st.logout()  # leads away from here
        else:
            st.query_params.from_dict({"desk": ""})
            st.rerun()


def allowed(user: dict[str, object], settings: DeskSettings) -> str:
    """The e-mail address of a user whom a provider vouches for, "" where the settings do not name her or her group.

    >>> allowed({"email": "Anna@example.org"}, DeskSettings(editors=("anna@example.org",)))
    'anna@example.org'
    """
    email = str(user.get("email") or "").casefold()
    # A provider that lets people write any address into their profile says that it has not verified it.
    if not email or user.get("email_verified", True) not in (True, "true"):
        return ""
    claimed = user.get("groups")
    groups = [claimed] if isinstance(claimed, str) else claimed if isinstance(claimed, Collection) else []
    return email if email in settings.editors or any(group in groups for group in settings.groups) else ""


def _by_provider(settings: DeskSettings) -> str:
    return allowed(dict(st.user), settings) if st.user.is_logged_in else ""


def _offer_provider(settings: DeskSettings) -> None:
    if st.user.is_logged_in and not _by_provider(settings):
        lines = [gettext("Your account may not use the desk. Ask those who run the page.")]
        say(gettext("You are signed in as %(name)s") % {"name": dict(st.user).get("email") or "?"}, lines)
        if st.button(gettext("Use another account"), key="desk-other-account"):
            st.logout()
    elif st.button(gettext("Sign in with your account"), type="primary", key="desk-provider"):
        st.login()
