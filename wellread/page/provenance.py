"""What can be said of where an article comes from, to HTML."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from wellread.datatypes import Article, Link
from wellread.page.inline import inline
from wellread.page.rendering import render

_MONTHS = "January February March April May June July August September October November December".split()


def provenance(article: Article, published: date | None = None) -> Markup:
    """Return when an article was and will be reviewed, was last published, and its source, as far as that is known."""
    days = (
        ("Last reviewed", article.last_reviewed),
        ("Next review", article.next_review),
        ("Last published", published),
    )
    dates = [(name, day.isoformat(), _written(day)) for name, day in days if day is not None]
    if not dates and not article.source:
        return Markup("")
    source = inline(article.source, (Link(0, len(article.source), article.source),)) if article.source else ""
    return render("provenance.html", "facts", dates=dates, source=source)


def _written(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
