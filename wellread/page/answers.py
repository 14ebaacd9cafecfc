"""An answer to HTML: what is said before all results, how far to trust them, a card for each passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from wellread.datatypes import Answer, Article, Hit, Passage, State
from wellread.page import why
from wellread.page.cards import card_html
from wellread.page.excerpts import UNSURE_LINES, WHOLE_LINES
from wellread.page.notices import EMERGENCY, language_html, notice_said, safety_html, urgent_html
from wellread.page.quotes import Library
from wellread.page.rendering import render
from wellread.page.words import gettext, later, ngettext

CARDS = 5
"""Cards shown at most; what says the same as one of them is folded under it."""

NEAR = 3
"""Articles named at most where nothing was found: those of the nearest passages."""

_HEADINGS: dict[State, str] = {
    "answered": later("What our articles say"),
    "closest": later("The closest parts of our articles"),
    "not_covered": later("We did not find this in our articles"),
}


THANKS = later("Thank you.")
"""Said to whoever tells whether an answer helped. Words inside an f-string would not come into the catalogue."""

WHOM_TO_ASK = later("Ask a doctor, nurse or pharmacist if you are not sure.")
"""Said where the settings of the library name nobody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said around an answer besides the answer: the question as it was asked, how it was read, whom to ask.

    The question is "" where another page has it.

    `read` says which words were read as which others, and where was searched; `undoings` what of that can be undone,
    each with its words.
    """

    question: str
    read: str = ""
    undoings: Sequence[tuple[str, str]] = ()
    whom_to_ask: str = ""


def can_help(answer: Answer) -> bool:
    """Whether it is asked of an answer if it helped.

    Where nothing was found, the answer itself says whom to ask. In an emergency nobody is asked.
    """
    return not answer.safety and (answer.state != "not_covered" or answer.urgent is not None)


def announcement(answer: Answer, said: Said) -> str:
    """Return what a screen reader says when an answer has come: the words that are seen, the most urgent first."""
    parts = (
        f"{gettext(EMERGENCY)}. {answer.safety.text}" if answer.safety else "",
        answer.language_note,
        notice_said(answer),
        *((f"{gettext(_HEADINGS[answer.state])}.", _note(answer)) if _has_verdict(answer) else ()),
        said.read,
    )
    return " ".join(filter(None, parts))


def read_note(answer: Answer) -> str:
    """Return how the question was read, and what else was searched for; "" where it was read as it stands."""
    words = ", ".join(
        gettext("“%(word)s” as “%(meant)s”") % {"word": word, "meant": meant} for word, meant in answer.corrections
    )
    terms = ", ".join(
        gettext("“%(word)s”") % {"word": meaning} for _, meanings in answer.expansions for meaning in meanings
    )
    said = (
        gettext("We read %(words)s.") % {"words": words} if words else "",
        gettext("We also searched for %(words)s.") % {"words": terms} if terms else "",
    )
    return " ".join(filter(None, said))


def found_nothing(answer: Answer) -> bool:
    """Whether it is said that nothing was found, and what to try instead."""
    return answer.state == "not_covered" and not answer.card_alone


def shown_hits(answer: Answer) -> tuple[Hit, ...]:
    """Return the hits that get a card: none where nothing fits, and none shown elsewhere."""
    shown = {hit.passage.id for hit in answer.hits}
    hits = [hit for hit in answer.shown_hits if not _noticed(hit, answer) and hit.same_as not in shown]
    return tuple(hits[:CARDS])


def folded_hits(answer: Answer, passage: Passage) -> tuple[Hit, ...]:
    """Return the hits that say the same as a passage, which stand folded under its card or under the urgent notice."""
    return tuple(hit for hit in answer.hits if hit.same_as == passage.id and not _noticed(hit, answer))


def near_articles(answer: Answer, library: Library) -> list[Article]:
    """Return the articles of the passages that came nearest, the nearest first, to be named where none of them fits.

    Named are those whose meaning is near, as "Why this passage?" would call it: of a question about telephones, none.
    None where the question is in another language, either: they came near by chance.
    """
    if answer.language_note:
        return []
    near = [hit.passage.article for hit in answer.hits if hit.scores.passage >= why.NEAR]
    ids = list(dict.fromkeys(near))[:NEAR]
    return [library.articles[article] for article in ids if article in library.articles]


def answer_html(answer: Answer, library: Library, target: str, said: Said) -> Markup:
    """Return the whole answer; `target` is the HTML id of what it opens with."""
    first = _first(answer)
    hits = shown_hits(answer)
    cards = [
        card_html(hit, library, number, _room(hit, answer) if number == 1 else 0, folded_hits(answer, hit.passage))
        for number, hit in enumerate(hits, 1)
    ]
    same = folded_hits(answer, answer.urgent) if answer.urgent else ()
    return render(
        "answers.html",
        "answer",
        question=said.question,
        before=safety_html(answer, target if first == "safety" else "")
        + language_html(answer, target if first == "language" else "")
        + urgent_html(answer, library, target if first == "urgent" else "", same),
        verdict=_verdict_html(answer, hits, said, target if first == "heading" else ""),
        read=said.read,
        undoings=said.undoings,
        cards=cards,
        more=_not_found_html(answer, library, said) if found_nothing(answer) else "",
    )


def _first(answer: Answer) -> Literal["safety", "language", "urgent", "heading"]:
    """Tell what an answer opens with, where the eye and the focus are led."""
    if answer.safety is not None:
        return "safety"
    if answer.language_note:
        return "language"
    return "heading" if answer.urgent is None else "urgent"


def _room(hit: Hit, answer: Answer) -> int:
    """Tell how many lines of the first hit are shown whole: below a notice it has no more room than the others.

    Where nothing surely answers it has little: the next passages are as likely to, so its marked sentence is shown as
    theirs are. On a phone the second card then begins earlier: docs/page.md has the figures.
    """
    if answer.safety or answer.urgent:
        return 0
    if answer.state == "answered":
        return WHOLE_LINES
    return UNSURE_LINES if hit.sentence is None else 0


def _has_verdict(answer: Answer) -> bool:
    if answer.card_alone:
        return False
    return bool(shown_hits(answer)) or answer.urgent is None or answer.state == "not_covered"


def _verdict_html(answer: Answer, hits: Sequence[Hit], said: Said, target: str) -> Markup:
    if not _has_verdict(answer):
        return Markup("")
    return render(
        "answers.html",
        "verdict",
        heading=gettext(_HEADINGS[answer.state]),
        note=_note(answer),
        whom_to_ask=said.whom_to_ask if answer.state == "closest" else "",
        # of a mark that stands further down alone, readers would think that it fits better than the first card
        marked=answer.state == "answered" and bool(hits and hits[0].sentence),
        target=target,
    )


def _note(answer: Answer) -> str:
    """The sentence under the heading: how many passages there are, or that they may not answer."""
    if answer.state == "not_covered":
        return ""
    if answer.state == "closest":
        return gettext("They may not answer your question.")
    return ngettext("1 passage.", "%(num)s passages.", count := len(shown_hits(answer))) % {"num": count}


def _not_found_html(answer: Answer, library: Library, said: Said) -> Markup:
    return render("answers.html", "not_found", articles=near_articles(answer, library), whom_to_ask=said.whom_to_ask)


def _noticed(hit: Hit, answer: Answer) -> bool:
    return answer.urgent is not None and hit.passage.id == answer.urgent.id
