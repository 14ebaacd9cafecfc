"""What can be said of where an article comes from, to HTML."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from wellread.datatypes import Article, Link
from wellread.page.inline import inline
from wellread.page.rendering import render
from wellread.page.words import gettext, later

_MONTHS = (
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
)


def provenance(article: Article, published: date | None = None, today: date | None = None) -> Markup:
    """Return when an article was and will be reviewed, was last published, and its source, as far as that is known.

    A review that was due before `today`, the day on which somebody reads it (by default that of the clock), is said to
    be.
    """
    overdue = _overdue(article, today)
    days = (
        (gettext("Last reviewed"), article.last_reviewed),
        (gettext("Next review"), None if overdue else article.next_review),
        (gettext("Last published"), published),
    )
    dates = [(name, day.isoformat(), _written(day)) for name, day in days if day is not None]
    if not dates and not article.source and not overdue:
        return Markup("")
    return render("provenance.html", "facts", dates=dates, source=_source(article), overdue=_overdue_note(overdue))


def reviewed(article: Article, today: date | None = None) -> Markup:
    """Return in a line when an article was last reviewed, or that a review is overdue; "" where neither is known."""
    overdue, day = _overdue(article, today), article.last_reviewed
    dates = [(gettext("Last reviewed"), day.isoformat(), _written(day))] if day else []
    if not dates and not overdue:
        return Markup("")
    return render("provenance.html", "facts", dates=dates, source="", overdue=_overdue_note(overdue))


def origin(article: Article, today: date | None = None) -> Markup:
    """Return when an article's review is next due and its source, what `reviewed` leaves out; "" for neither."""
    due = None if _overdue(article, today) else article.next_review
    if not due and not article.source:
        return Markup("")
    dates = [(gettext("Next review"), due.isoformat(), _written(due))] if due else []
    return render("provenance.html", "facts", dates=dates, source=_source(article), overdue="")


def _source(article: Article) -> str:
    return inline(article.source, (Link(0, len(article.source), article.source),)) if article.source else ""


def _overdue(article: Article, today: date | None) -> date | None:
    """The day on which a review was due that has not been made, or None."""
    due = article.next_review
    reviewed_since = bool(due and article.last_reviewed and article.last_reviewed >= due)
    return due if due is not None and due < (today or date.today()) and not reviewed_since else None


def _overdue_note(due: date | None) -> str:
    if due is None:
        return ""
    month = gettext(_MONTHS[due.month - 1])
    return gettext("This page was due for review in %(month)s %(year)s.") % {"month": month, "year": due.year}


def _written(day: date) -> str:
    month = gettext(_MONTHS[day.month - 1])
    return gettext("%(day)s %(month)s %(year)s") % {"day": day.day, "month": month, "year": day.year}
