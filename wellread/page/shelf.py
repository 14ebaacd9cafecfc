"""The list of all articles on the page, quick with thousands of them: letters, pages, words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from markupsafe import Markup

from wellread.datatypes import Article
from wellread.page.rendering import render

SHORT = 20
"""As many articles are listed whole wherever they are named; more are found by letter."""

GROUPED = 120
"""As many articles are listed whole under their letters; more are found by letter and by word."""

PAGE = 200
"""As many articles stand on one page of the list."""

SHELF_ID = "wr-shelf"
_DIGITS = "0–9"
_OTHER = "#"


def in_order(articles: Sequence[Article]) -> list[Article]:
    """Return the articles by title, without regard to case; ties break by id."""
    return sorted(articles, key=lambda article: (article.title.casefold(), article.id))


def letter_of(title: str) -> str:
    """Return the letter under which a title is listed, accents left out: "0–9" for digits, "#" where there is none."""
    for char in unicodedata.normalize("NFKD", title):
        if char.isalpha():
            return char.upper()[:1]
        if char.isdecimal():
            return _DIGITS
    return _OTHER


def by_letter(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Return the articles under their letters, both in order."""
    groups: dict[str, list[Article]] = {}
    for article in in_order(articles):
        groups.setdefault(letter_of(article.title), []).append(article)
    return dict(sorted(groups.items()))


def matching(articles: Sequence[Article], words: str) -> list[Article]:
    """Return, in order, the articles in whose title every one of the words occurs."""
    wanted = words.casefold().split()
    return [article for article in in_order(articles) if all(word in article.title.casefold() for word in wanted)]


def list_html(articles: Sequence[Article]) -> Markup:
    """Return the titles, each a link to its article."""
    return render("shelf.html", "titles", articles=articles)


def covered_html(articles: Sequence[Article]) -> Markup:
    """Return what the knowledge base covers: every title, under letters where they are many, or the letters alone."""
    if len(articles) <= SHORT:
        return render("shelf.html", "covered", articles=in_order(articles))
    groups = by_letter(articles)
    if len(articles) <= GROUPED:
        return render("shelf.html", "covered_in_groups", groups=groups)
    return render("shelf.html", "covered_by_letter", letters=list(groups), count=f"{len(articles):,}")


def letters_html(letters: Sequence[str], current: str) -> Markup:
    """Return the letters as links; the current one is marked as such."""
    return render("shelf.html", "letter_links", letters=letters, current=current)


def page_html(articles: Sequence[Article], letter: str, page: int) -> Markup:
    """Return one page of the articles under a letter, or of all, with links to the other pages if there are any."""
    pages = max(1, -(-len(articles) // PAGE))
    page = min(max(page, 1), pages)
    shown = articles[(page - 1) * PAGE : page * PAGE]
    return render("shelf.html", "page", articles=shown, letter=letter, current=page, pages=pages)
