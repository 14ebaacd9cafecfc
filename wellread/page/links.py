"""The addresses of this page, and what can be said of where an article comes from."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import quote

from wellread.datatypes import Article, Link
from wellread.page.inline import inline

START = "?"
"""The page as it is first seen."""

REPORT = "?report=1"
"""The report of the last evaluation, where it is shown."""

_MONTHS = "January February March April May June July August September October November December".split()


def article_href(article: str, anchor: str = "") -> str:
    """Return the address of an article, or of one of its sections; no question is in it."""
    section = f"&section={quote(anchor, safe='')}" if anchor else ""
    return f"?article={quote(article, safe='')}{section}"


def shelf_href(letter: str = "", page: int = 1) -> str:
    """Return the address of the list of articles under a letter, or of the whole list."""
    return f"?articles={quote(letter or 'all', safe='')}" + (f"&page={page}" if page > 1 else "")


def link(href: str, inner: str, more: str = "") -> str:
    """Return a link that stays on this page; `inner` is HTML, `more` are attributes."""
    return f'<a href="{escape(href)}"{more}>{inner}</a>'


def section_id(anchor: str) -> str:
    """Return the HTML id of a section; the prefix keeps it apart from every other id and name of the page."""
    return f"s-{anchor}"


def provenance(article: Article, published: date | None = None) -> str:
    """Return when an article was and will be reviewed, was last published, and its source, as far as that is known."""
    facts: list[tuple[str, str]] = []
    if article.last_reviewed:
        facts.append(("Last reviewed", _day(article.last_reviewed)))
    if article.next_review:
        facts.append(("Next review", _day(article.next_review)))
    if published:
        facts.append(("Last published", _day(published)))
    if article.source:
        source = article.source
        facts.append(("Source", f'<span dir="auto">{inline(source, (Link(0, len(source), source),))}</span>'))
    if not facts:
        return ""
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="wr-facts">{items}</dl>'


def _day(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{day.day} {_MONTHS[day.month - 1]} {day.year}</time>'
