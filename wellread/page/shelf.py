"""The articles of the knowledge base as a list that thousands of them do not make slow: letters, pages, words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape

from wellread.datatypes import Article
from wellread.page.links import article_href, link, shelf_href

SHORT = 20
"""As many articles are listed whole wherever they are named; more are found by letter."""

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


def list_html(articles: Sequence[Article]) -> str:
    """Return the titles, each a link to its article."""
    items = "".join(f"<li>{link(article_href(a.id), f'<bdi>{escape(a.title)}</bdi>')}</li>" for a in articles)
    return f'<ul class="wr-titles">{items}</ul>'


def covered_html(articles: Sequence[Article], heading: str) -> str:
    """Return what the knowledge base covers: every title, or with many articles the letters that lead to them."""
    if len(articles) <= SHORT:
        return f"<h2>{heading}</h2>{list_html(in_order(articles))}"
    every = link(shelf_href(), f"See all {len(articles):,} articles", ' class="wr-more"')
    return f"<h2>{heading}</h2>{letters_html(list(by_letter(articles)), '')}<p>{every}</p>"


def letters_html(letters: Sequence[str], current: str) -> str:
    """Return the letters as links; the current one is marked as such."""
    items = "".join(
        f"<li>{link(shelf_href(letter), escape(letter), _current(letter == current))}</li>" for letter in letters
    )
    return f'<nav class="wr-letters" aria-label="Articles by letter"><ul>{items}</ul></nav>'


def page_html(articles: Sequence[Article], letter: str, page: int) -> str:
    """Return one page of the articles under a letter, or of all, with links to the other pages if there are any."""
    pages = max(1, -(-len(articles) // PAGE))
    page = min(max(page, 1), pages)
    html = list_html(articles[(page - 1) * PAGE : page * PAGE])
    if pages > 1:
        items = "".join(
            f"<li>{link(shelf_href(letter, at), str(at), _current(at == page))}</li>" for at in range(1, pages + 1)
        )
        html += f'<nav class="wr-letters" aria-label="Pages"><ul>{items}</ul></nav>'
    return html


def _current(is_current: bool) -> str:
    return ' aria-current="page"' if is_current else ""
