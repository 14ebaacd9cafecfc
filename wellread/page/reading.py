"""The views in which people read: a whole article, and the list of all articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from wellread.page import visit
from wellread.page.article import TITLE_ID, article_html
from wellread.page.frame import Frame, View, say
from wellread.page.links import START, section_id
from wellread.page.rendering import render
from wellread.page.searcher import serving_searcher
from wellread.page.shelf import PAGE, SHELF_ID, SHORT, by_letter, in_order, letters_html, list_html, matching, page_html
from wellread.page.words import gettext, later, ngettext
from wellread.publishing.history import last_published, read_history

_MISSING = later("We do not have this article")
_MISSING_ID = "wr-missing"


def draw_article(frame: Frame, index: Path, article_id: str, anchor: str) -> View:
    """Draw an article, and lead to the section of this anchor if it has one; raises WellreadError."""
    return _aside(_article(frame, index, article_id, anchor))


def draw_shelf(frame: Frame, index: Path, letter: str, page: str) -> View:
    """Draw the list of articles: whole if it is short, else a page of those under a letter or with some words."""
    return _aside(_shelf(frame, index, letter, page))


def _aside(view: View) -> View:
    """The view as one that has a way back to the answer, where there is one."""
    return replace(view, asked=visit.remembered(visit.asked()), aside=True)


def _article(frame: Frame, index: Path, article_id: str, anchor: str) -> View:
    st.html(_back())
    searcher = serving_searcher(index)
    bar = searcher.bar
    frame.disclaim(bar)
    article = searcher.article(article_id)
    if article is None:
        more = render("reading.html", "see_all")
        missing = gettext(_MISSING)
        say(missing, [gettext("It may have been removed, or the link may be wrong.")], more, _MISSING_ID, level=1)
        return View(f"article-{article_id}", target=_MISSING_ID, announce=f"{missing}.", after=searcher.warm)
    published = last_published(read_history(index)).get(article.id)
    day = published.date() if published else None
    st.html(article_html(article, day, disclaimer=bar.text, links=True))
    st.html(_back())
    known = any(section.anchor == anchor for section in article.sections)
    target = section_id(anchor) if known else TITLE_ID
    return View(f"article-{article_id}#{anchor}", title=article.title, target=target, follow=known, after=searcher.warm)


def _shelf(frame: Frame, index: Path, letter: str, page: str) -> View:
    st.html(_back())
    searcher = serving_searcher(index)
    frame.disclaim(searcher.bar)
    articles = searcher.articles
    st.html(render("reading.html", "shelf", target=SHELF_ID))
    if len(articles) <= SHORT:
        st.html(list_html(in_order(articles)) if articles else render("reading.html", "no_articles"))
        return View("shelf", target=SHELF_ID, after=searcher.warm)
    words = st.text_input(
        gettext("Find an article by its title"), key="words", max_chars=200, autocomplete="off"
    ).strip()
    if words:
        found = matching(articles, words)
        count = ngettext("1 article found.", "%(num)s articles found.", len(found)) % {"num": f"{len(found):,}"}
        limit = PAGE if len(found) > PAGE else None
        st.html(render("reading.html", "found", count=count, limit=limit, articles=list_html(found[:PAGE])))
        return View(f"shelf-words-{words}", announce=count, after=searcher.warm)
    groups = by_letter(articles)
    shown = groups.get(letter) or in_order(articles)
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 10 else 1
    st.html(letters_html(list(groups), letter) + page_html(shown, letter if letter in groups else "", number))
    return View(f"shelf-{letter}-{number}", target=SHELF_ID, after=searcher.warm)


def _back() -> Markup:
    return render("reading.html", "back", start=START, answered=visit.asked() is not None)
