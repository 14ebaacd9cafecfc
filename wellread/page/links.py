"""The addresses of this page, and the ids inside it that they lead to."""

from __future__ import annotations

from urllib.parse import quote

START = "?"
"""The page as it is first seen."""

REPORT = "?report=1"
"""The report of the last evaluation, where it is shown."""


def article_href(article: str, anchor: str = "") -> str:
    """Return the address of an article, or of one of its sections; no question is in it."""
    section = f"&section={quote(anchor, safe='')}" if anchor else ""
    return f"?article={quote(article, safe='')}{section}"


def shelf_href(letter: str = "", page: int = 1) -> str:
    """Return the address of the list of articles under a letter, or of the whole list."""
    return f"?articles={quote(letter or 'all', safe='')}" + (f"&page={page}" if page > 1 else "")


def section_id(anchor: str) -> str:
    """Return the HTML id of a section; the prefix keeps it apart from every other id and name of the page."""
    return f"s-{anchor}"
