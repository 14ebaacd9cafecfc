"""The way on from an answer: the same question in one article, other sections of it, another question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from wellread.datatypes import Answer, Article, Hit, Section
from wellread.page import visit
from wellread.page.answers import read_note
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher
from wellread.page.subjects import lacks_subject, with_subject
from wellread.page.visit import Asked
from wellread.page.words import gettext
from wellread.text.subjects import subject_of

ALONE, EVERYWHERE = "alone", "everywhere"
"""What can be undone: a subject that was read into the question, the one article in which was searched."""

NARROWINGS = 4
"""Articles offered at most to look in alone: two lines of buttons on a phone."""

RELATED = 5
"""Other sections of the first article that are named at most."""


def searched(asked: Asked, searcher: PageSearcher) -> str:
    """Return the question as it is searched for: with the subject of the answer before, where it names none.

    With a single article, every question has its subject already. What tells of an emergency by itself stays as it is:
    "I can't do this any more", after an answer about sore throats, is not about them.
    """
    goes_on = asked.after and len(searcher.articles) > 1 and lacks_subject(asked.question, searcher.subjects)
    if not goes_on or searcher.tells_of_emergency(asked.question):
        return asked.question
    return with_subject(asked.question, subject_of(asked.after))


def how_read(asked: Asked, answer: Answer, articles: Mapping[str, Article]) -> str:
    """Return how a question was read and where was searched, a sentence each; "" where as it stands, in all."""
    said: list[str] = []
    if answer.question != asked.question:
        said.append(gettext("We read your question as: “%(question)s”") % {"question": answer.question})
    if asked.only in articles:
        said.append(gettext("Only in: %(title)s.") % {"title": articles[asked.only].title})
    note = read_note(answer)
    return " ".join([*said, note] if note else said)


def undoings(asked: Asked, answer: Answer) -> list[tuple[str, str]]:
    """Return what can be undone by one press of how a question was read: what `again` takes, and its words."""
    offered: list[tuple[str, str]] = []
    if answer.question != asked.question:
        offered.append((ALONE, gettext("Search for my words alone")))
    if asked.only:
        offered.append((EVERYWHERE, gettext("Search in all articles")))
    return offered


def again(undoing: str) -> None:
    """Ask the same question without what is undone."""
    current = visit.asked()
    if current is not None:
        visit.ask_again("" if undoing == EVERYWHERE else current.only, "" if undoing == ALONE else current.after)


def ask_only(article: str) -> None:
    """Ask the same question of one article."""
    current = visit.asked()
    if current is not None:
        visit.ask_again(article, current.after)


def narrowings(asked: Asked, hits: Sequence[Hit]) -> list[tuple[str, str]]:
    """Return the articles that the same question can be asked of alone, where more than one is shown.

    That is what `ask_only` takes, and the words for it.
    """
    titles = {hit.passage.article: hit.passage.title for hit in hits}
    if asked.only or len(titles) < 2:
        return []
    shown = list(titles.items())[:NARROWINGS]
    return [(article, subject_of(title) if len(title) > _LONG_TITLE else title) for article, title in shown]


_LONG_TITLE = 30
"""Characters of a title that fits a button of a phone beside another one."""


def onward_html(asked: Asked, article: Article | None, hits: Sequence[Hit]) -> Markup:
    """Return the way on: one article alone, other sections of the article that answers first, the box, a link.

    `article` is None where nothing answers; such an answer has no link.

    All of it is one text, for each button of Streamlit's costs the server as much as a card: docs/performance.md.
    """
    sections: list[Section] = []
    if article is not None:
        sections = other_sections(article, {hit.passage.anchor for hit in hits if hit.passage.article == article.id})
    return render("onward.html", "onward", narrowings=narrowings(asked, hits), article=article, sections=sections)


def other_sections(article: Article, shown: set[str]) -> list[Section]:
    """Return sections of an article that are not shown: those after the last shown one, then those from its start."""
    having = [section for section in article.sections if section.blocks and section.path != (article.title,)]
    last = max((place for place, section in enumerate(having) if section.anchor in shown), default=-1)
    turned = [*having[last + 1 :], *having[: last + 1]]
    return [section for section in turned if section.anchor not in shown][:RELATED]
