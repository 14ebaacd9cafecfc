"""An article's text, and beside it how readers will see it, or the original that it was made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import streamlit as st
from markupsafe import Markup

from wellread.articles.library import read_article
from wellread.datatypes import Article
from wellread.desk.drafts import Drafts
from wellread.errors import ArticleError, DraftFound, WellreadError
from wellread.page.article import article_html
from wellread.page.desk.place import TITLE_ID, At, go, problem, title
from wellread.page.desk.typing import typed
from wellread.page.desk.work import Work, keep, let_go, save, work_on
from wellread.page.frame import View
from wellread.page.rendering import render
from wellread.page.words import gettext, later
from wellread.text.accounting import compare_words

_SEEN, _AT, _DROPPING, _SAVED = "desk-beside", "desk-view", "desk-dropping", "desk-saved"
_READERS, _ORIGINAL, _PUBLISHED = "readers", "original", "published"
_BESIDE = {
    _READERS: later("As readers see it"),
    _ORIGINAL: later("The original’s text"),
    _PUBLISHED: later("The file’s text"),
}


_BLANK_LINES = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*")
"""What stands between two blocks of an original, often a whole window of it."""


def draw(at: At) -> View:
    """Draw an article's editor; raises WellreadError where it cannot be opened."""
    drafts, file = at.desk.drafts, at.file
    work = work_on(drafts, file, begins=st.session_state.get(_AT) != file)
    st.session_state[_AT] = file
    title(gettext("Edit"), file)
    with st.container(key="wr-desk-said"):  # always there, so that what follows keeps its place and its focus
        if work.clash is None:
            st.html(render("desk.html", "state", draft=work.opened))
        if st.session_state.pop(_SAVED, False):
            st.html(render("desk.html", "done", text=gettext("Saved.")))
        if work.clash:
            _clash(at, work)
        if work.opened.notes:
            st.html(render("desk.html", "notes", source=work.opened.source, notes=work.opened.notes))
    left, right = st.columns(2, gap="medium")
    with left:
        text = typed(work)
        if text != work.text:
            work = keep(Work(work.opened, text, work.place, work.clash))
    with right:
        _beside(at, work)
    with st.container(key="wr-desk-actions", horizontal=True):
        _actions(at, drafts, work)
    return View(f"desk-edit-{file}", target=TITLE_ID)


def leave() -> None:
    """Say that another view is drawn: the next time, the editor begins anew."""
    st.session_state.pop(_AT, None)


def _actions(at: At, drafts: Drafts, work: Work) -> None:
    file = work.opened.file
    if work.clash is None and st.button(gettext("Save the draft"), type="primary", key="desk-save"):
        st.session_state[_SAVED] = save(drafts, work, at.editor).clash is None
        st.rerun()
    if work.opened.is_saved and not work.is_changed and not work.clash:
        if st.button(gettext("Compare, test and publish"), key="desk-to-publish"):
            go("publish", file)
    elif work.is_changed:
        st.html(render("desk.html", "note", text=gettext("Not saved yet.")))
    if not work.opened.is_saved and not work.is_changed:
        if work.opened.based_on and st.button(gettext("Rename or take out"), key="desk-to-move"):
            go("move", file)
        return
    if st.session_state.get(_DROPPING) != file:
        if st.button(gettext("Throw the draft away"), key="desk-drop"):
            st.session_state[_DROPPING] = file
            st.rerun()
        return
    if st.button(gettext("Yes, throw it away for good"), key="desk-drop-yes"):
        st.session_state.pop(_DROPPING, None)
        if work.opened.is_saved:
            drafts.drop(work.opened)
        let_go(file)
        go("articles")
    if st.button(gettext("No, keep it"), key="desk-drop-no"):
        st.session_state.pop(_DROPPING, None)
        st.rerun()


def _clash(at: At, work: Work) -> None:
    """Show what somebody else wrote meanwhile beside one's own, and let the editor decide."""
    clash = work.clash
    if clash is None:
        return
    problem(clash)
    lines = compared(clash.theirs.text.splitlines(), work.text.splitlines())
    st.html(render("desk.html", "clash", theirs=clash.theirs, lines=lines))
    with st.container(key="wr-desk-clash", horizontal=True):
        if st.button(gettext("Save mine in its place"), type="primary", key="desk-mine"):
            save(at.desk.drafts, Work(clash.base, work.text, work.place), at.editor)
            st.rerun()
        if st.button(gettext("Take the other, give mine up"), key="desk-theirs"):
            let_go(work.opened.file)
            leave()
            st.rerun()


def compared(theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """The lines of two texts, those that differ marked with "- " (theirs) and "+ " (mine), the others with "  ".

    `difflib.ndiff` also pairs the lines that differ, which takes it 10 s for 300 of them, and minutes for 600.
    """
    lines: list[str] = []
    for kind, start, stop, start_mine, stop_mine in SequenceMatcher(None, theirs, mine).get_opcodes():
        if kind == "equal":
            lines += [f"  {line}" for line in theirs[start:stop]]
            continue
        lines += [f"- {line}" for line in theirs[start:stop]]
        lines += [f"+ {line}" for line in mine[start_mine:stop_mine]]
    return lines


def _beside(at: At, work: Work) -> None:
    kinds = [_READERS]
    kinds += [_ORIGINAL] if work.opened.original else []
    kinds += [_PUBLISHED] if work.opened.is_saved and work.opened.based_on else []
    kind = _READERS
    if len(kinds) > 1:
        start = kinds.index(_ORIGINAL) if _ORIGINAL in kinds else 0
        kind = st.radio(
            gettext("Beside it"),
            kinds,
            start,
            format_func=lambda kind: gettext(_BESIDE[kind]),
            horizontal=True,
            key=f"{_SEEN}-{work.opened.file}",
        )
    article, error = _read(at, work)
    if kind == _ORIGINAL:
        st.html(render("desk.html", "original", source=work.opened.source, words=marked(work, article)))
        return
    if kind == _PUBLISHED:
        st.html(render("desk.html", "plain", label=gettext("The file’s text"), text=_published(at, work)))
        return
    if error is not None:
        problem(error)
    if article is not None:
        st.html(render("desk.html", "preview", article=article_html(article, today=at.today), notes=article.notes))


def _read(at: At, work: Work) -> tuple[Article | None, ArticleError | None]:
    """The article as it is read from the text that stands in the editor, or why it cannot be."""
    kb = at.desk.kb
    try:
        return read_article(kb / work.opened.file, kb, data=work.text.encode()), None
    except DraftFound as draft:
        reason = gettext("the text calls itself unfinished (%(why)s): it cannot be published") % {"why": draft.reason}
        return None, ArticleError(work.opened.file, draft.line, reason, draft.remedy)
    except ArticleError as error:
        return None, error


def _published(at: At, work: Work) -> str:
    try:
        return at.desk.drafts.published(work.opened.file).text
    except WellreadError as error:
        return str(error)


def marked(work: Work, article: Article | None) -> Markup:
    """The original's words, those marked that the article does not have."""
    original = _BLANK_LINES.sub("\n\n", work.opened.original).strip()
    said = work.text if article is None else _words(article)
    html, end = Markup(""), 0
    for run in compare_words(original, said).missing:
        start = run.start
        stop = _end_of(original, start, run.words)
        html += Markup("{}<mark>{}</mark>").format(original[end:start], original[start:stop])
        end = stop
    return html + original[end:]


def _end_of(text: str, start: int, words: str) -> int:
    """Where a run of words ends in a text that may have other white space between them."""
    at = start
    for word in words.split():
        at = text.index(word, at) + len(word)
    return at


def _words(article: Article) -> str:
    """All that an article says."""
    pieces = [article.title, article.disclaimer]
    for section in article.sections:
        pieces += [section.heading, *(block.written for block in section.blocks)]
    return "\n".join(pieces)
