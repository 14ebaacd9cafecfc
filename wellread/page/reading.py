"""The views in which people read: a whole article, and the list of all articles."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.page.article import TITLE_ID, article_html
from wellread.page.frame import Frame, View, say
from wellread.page.library import open_for_page
from wellread.page.links import START, link, section_id, shelf_href
from wellread.page.shelf import PAGE, SHELF_ID, SHORT, by_letter, in_order, letters_html, list_html, matching, page_html
from wellread.publishing.history import last_published, read_history

_MISSING = "We do not have this article"
_MISSING_ID = "wr-missing"


def draw_article(frame: Frame, index: Path, article_id: str, anchor: str) -> View:
    """Draw an article, and lead to the section of this anchor if it has one; raises WellreadError."""
    st.html(_back())
    library = open_for_page(index)
    article = library.searcher.article(article_id)
    if article is None:
        more = f"<p>{link(shelf_href(), 'See all articles')}</p>"
        say(_MISSING, ["It may have been removed, or the link may be wrong."], more, _MISSING_ID, level=1)
        return View(f"article-{article_id}", _MISSING_ID, announce=f"{_MISSING}.", after=library.warm)
    st.set_page_config(page_title=f"{article.title} – Wellread")
    published = last_published(read_history(index)).get(article.id)
    st.html(article_html(article, published.date() if published else None))
    st.html(_back())
    frame.disclaim(article.disclaimer or DEFAULT_DISCLAIMER)
    known = any(section.anchor == anchor for section in article.sections)
    target = section_id(anchor) if known else TITLE_ID
    return View(f"article-{article_id}#{anchor}", target, follow=known, after=library.warm)


def draw_shelf(index: Path, letter: str, page: str) -> View:
    """Draw the list of articles: whole if it is short, else a page of those under a letter or with some words."""
    st.html(_back())
    library = open_for_page(index)
    articles = library.searcher.articles
    st.html(f'<h1 id="{SHELF_ID}" tabindex="-1">All articles</h1>')
    if len(articles) <= SHORT:
        st.html(list_html(in_order(articles)) if articles else "<p>There are no articles yet.</p>")
        return View("shelf", SHELF_ID, after=library.warm)
    words = st.text_input("Find an article by its title", key="words", max_chars=200, autocomplete="off").strip()
    if words:
        found = matching(articles, words)
        count = "1 article" if len(found) == 1 else f"{len(found):,} articles"
        first = f", the first {PAGE} are shown" if len(found) > PAGE else ""
        st.html(f'<p class="wr-note">{count} found{first}.</p>{list_html(found[:PAGE])}')
        return View(f"shelf-words-{words}", announce=f"{count} found.", after=library.warm)
    groups = by_letter(articles)
    shown = groups.get(letter) or in_order(articles)
    number = int(page) if page.isascii() and page.isdecimal() else 1
    st.html(letters_html(list(groups), letter) + page_html(shown, letter if letter in groups else "", number))
    return View(f"shelf-{letter}-{number}", SHELF_ID, after=library.warm)


def _back() -> str:
    text = "Back to your answer" if st.session_state.get("asked") else "Ask a question"
    return f'<p class="wr-back">{link(START, text)}</p>'
