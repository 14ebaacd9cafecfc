"""What can be said of where an article comes from, to HTML."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from wellread.datatypes import Article, Link
from wellread.page.inline import inline
from wellread.page.rendering import render

_MONTHS = "January February March April May June July August September October November December".split()


def provenance(article: Article, published: date | None = None, today: date | None = None) -> Markup:
    """Return when an article was and will be reviewed, was last published, and its source, as far as that is known.

    A review that was due before `today`, the day on which somebody reads it (by default that of the clock), is said to
    be.
    """
    due = article.next_review
    reviewed_since = bool(due and article.last_reviewed and article.last_reviewed >= due)
    overdue = due is not None and due < (today or date.today()) and not reviewed_since
    days = (
        ("Last reviewed", article.last_reviewed),
        ("Next review", None if overdue else due),
        ("Last published", published),
    )
    dates = [(name, day.isoformat(), _written(day)) for name, day in days if day is not None]
    if not dates and not article.source and not overdue:
        return Markup("")
    note = f"This page was due for review in {_MONTHS[due.month - 1]} {due.year}" if due and overdue else ""
    source = inline(article.source, (Link(0, len(article.source), article.source),)) if article.source else ""
    return render("provenance.html", "facts", dates=dates, source=source, overdue=note)


def _written(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
