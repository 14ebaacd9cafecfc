"""Before a change is published: how passages change, what the gate says, and both states asked the same question."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from wellread.datatypes import Answer
from wellread.desk.changes import Change, writing
from wellread.desk.release import Consent
from wellread.desk.trying import Ready, asked_of, ready_of
from wellread.errors import CalibrationError, IndexMissing, WellreadError
from wellread.page.answers import WHOM_TO_ASK, Said, answer_html
from wellread.page.desk.place import TITLE_ID, At, desk_href, go, problem, title
from wellread.page.desk.work import let_go
from wellread.page.frame import View
from wellread.page.quotes import Library
from wellread.page.rendering import render
from wellread.page.searcher import PASSAGES, serving_searcher
from wellread.page.words import gettext
from wellread.publishing.policy import settings_used
from wellread.text.queries import LONGEST_QUESTION

_READY, _DONE = "desk-ready", "desk-done"
_IDS = re.compile(r'\b(id|aria-labelledby)="([^"]*)"')


def draw(at: At) -> View:
    """Draw the trial of a draft, and publish it; raises WellreadError where it cannot be tried."""
    title(gettext("Compare, test and publish"), at.file)
    draft = at.desk.drafts.find(at.file)
    if draft is None:
        st.html(render("desk.html", "note", text=gettext("There is no draft of this article.")))
        return View("desk-publish-none", target=TITLE_ID)
    edit = desk_href("edit", draft.file)
    st.html(render("desk.html", "state", draft=draft, edit=edit))
    draw_trial(at, writing(draft))
    return View(f"desk-publish-{draft.version}", target=TITLE_ID)


def draw_trial(at: At, change: Change, may_shrink: bool = False) -> None:
    """Draw what a change comes to, and publish it where the editor wants that; raises what `ready_of` raises."""
    with st.spinner(gettext("Testing the change. This can take a minute.")):
        ready = _ready(at, change, may_shrink)
    trial = ready.trial
    if change.to != change.file:
        folder = settings_used(at.desk.kb).judgments(at.desk.kb).path
        st.html(render("desk.html", "moved", ready=ready, file=change.file, to=change.to, folder=folder))
    st.html(
        render(
            "desk.html",
            "trial",
            report=trial.report,
            passages=trial.passages,
            others=ready.others,
            findings=ready.findings,
        )
    )
    st.html(render("desk.html", "verdict", verdict=trial.verdict, refused=trial.refused))
    _ask(at, ready)
    _publish(at, change, ready, may_shrink)


def _ready(at: At, change: Change, may_shrink: bool) -> Ready:
    """The change as it was tried; again only where it, the folder or what is served is another."""
    state = at.desk.state(change), may_shrink
    kept = st.session_state.get(_READY)
    if kept is None or kept[0] != state:
        st.session_state.pop(_READY, None)
        kept = (state, ready_of(at.desk, change, at.encoder, at.today, may_shrink))
        st.session_state[_READY] = kept
    ready: Ready = kept[1]
    return ready


def _ask(at: At, ready: Ready) -> None:
    st.html(render("desk.html", "heading", words=gettext("Ask both")))
    question = st.text_input(
        gettext("A question, as readers would ask it"),
        key="desk-question",
        max_chars=LONGEST_QUESTION,
        autocomplete="off",
    ).strip()
    if not question:
        return
    left, right = st.columns(2, gap="medium")
    with left, st.container(key="wr-side-now"):
        st.html(render("desk.html", "side", words=gettext("What readers get now")))
        try:
            live = serving_searcher(at.desk.index)
        except IndexMissing:
            st.html(render("desk.html", "note", text=gettext("Nothing is published yet.")))
        else:
            library = Library(live.by_id, today=at.today, reranked=live.reranked)
            st.html(_answer(live.ask(question), library, question, "now"))
    with right, st.container(key="wr-side-then"):
        st.html(render("desk.html", "side", words=gettext("What they get with the change")))
        try:
            answer, articles = asked_of(at.desk, ready.trial, at.encoder, question, PASSAGES)
        except CalibrationError as error:
            problem(error)
        else:
            st.html(_answer(answer, Library(articles, today=at.today), question, "then"))


def _answer(answer: Answer, library: Library, question: str, side: str) -> Markup:
    """An answer as readers see it, its ids made other than those of the one beside it."""
    html = answer_html(replace(answer, question=question), library, "", Said("", whom_to_ask=gettext(WHOM_TO_ASK)))
    # Both sides stand on one page, where an id is one element's: in attributes alone, for no text has a bare quote.
    ids = _IDS.sub(lambda found: f'{found[1]}="{" ".join(f"{side}-{one}" for one in found[2].split())}"', html)
    return Markup(ids)  # noqa: S704 - escaped already


def _publish(at: At, change: Change, ready: Ready, may_shrink: bool) -> None:
    st.html(render("desk.html", "heading", words=gettext("Publish")))
    reason = ""
    if ready.trial.refused:
        reason = st.text_input(
            gettext("The gate refuses this. Why should it be published all the same?"),
            key="desk-reason",
            max_chars=300,
            autocomplete="off",
        ).strip()
    errors = [finding for finding in ready.findings if finding.level == "error"]
    if errors:
        st.html(render("desk.html", "note", text=gettext("There are errors among the findings above.")))
    if not st.button(gettext("Publish now"), type="primary", key="desk-publish"):
        return
    if ready.trial.refused and not reason:
        st.html(render("desk.html", "problem", text=gettext("Write the reason first. It is kept in the history.")))
        return
    try:
        with st.spinner(gettext("Publishing. Readers keep the old text until it is done.")):
            report = at.desk.release(change, at.encoder, Consent(at.editor, reason, may_shrink))
    except WellreadError as error:
        problem(error)
        return
    let_go(change.file)
    st.session_state.pop(_READY, None)
    st.session_state[_DONE] = report.generation
    go("history")
