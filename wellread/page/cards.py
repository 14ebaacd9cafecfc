"""An answer to HTML: what is said before all results, how far to trust them, a card for each passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from wellread.datatypes import Answer, Article, Hit, Passage, Sentence
from wellread.page.blocks import blocks_html
from wellread.page.provenance import provenance
from wellread.page.rendering import render
from wellread.page.why import why_html
from wellread.text.languages import language_of

CARDS = 5
"""Cards shown at most; what says the same as one of them is folded under it."""

_HEADINGS = {
    "answered": "What our articles say",
    "closest": "The closest parts of our articles",
    "not_covered": "We did not find this in our articles",
}

_DOUBT = "They may not answer your question."
"""Said of the passages of a state "closest"."""

EMERGENCY = "Emergency"
"""The word over the safety card."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is drawn: the headings above its own, its words, its article's language and where it is from."""

    passage: Passage
    above: list[str]
    words: Markup
    language: str
    provenance: Markup


def announcement(answer: Answer) -> str:
    """Return what a screen reader says when an answer has come, the most urgent first."""
    count = len(shown_hits(answer)) + (answer.urgent is not None)
    found = "1 passage found" if count == 1 else f"{count} passages found"
    outcome = {
        "answered": f"{found}.",
        "closest": f"{found}. {_HEADINGS['closest']}. {_DOUBT}",
        "not_covered": f"{_HEADINGS['not_covered']}.",
    }[answer.state]
    said = (
        f"{EMERGENCY}. {answer.safety.text}" if answer.safety else "",
        answer.language_note,
        f"{answer.urgent_sign.advice}: {answer.urgent.heading}." if answer.urgent and answer.urgent_sign else "",
        outcome,
        read_note(answer),
    )
    return " ".join(filter(None, said))


def read_note(answer: Answer) -> str:
    """Return how the question was read, and what else was searched for; "" where it was read as it stands."""
    return " ".join(filter(None, (answer.read_as, answer.also_searched)))


def shown_hits(answer: Answer) -> tuple[Hit, ...]:
    """Return the hits that get a card: none where nothing fits, and none shown elsewhere."""
    if answer.state == "not_covered":
        return ()
    shown = {hit.passage.id for hit in answer.hits}
    hits = [hit for hit in answer.hits if not _noticed(hit, answer) and hit.same_as not in shown]
    return tuple(hits[:CARDS])


def folded_hits(answer: Answer, passage: Passage) -> tuple[Hit, ...]:
    """Return the hits that say the same as a passage, which stand folded under its card or under the urgent notice."""
    return tuple(hit for hit in answer.hits if hit.same_as == passage.id and not _noticed(hit, answer))


def _noticed(hit: Hit, answer: Answer) -> bool:
    return answer.urgent is not None and hit.passage.id == answer.urgent.id


def answer_html(
    answer: Answer,
    articles: Mapping[str, Article],
    target: str,
    reranked: bool = False,
    today: date | None = None,
) -> Markup:
    """Return the whole answer; `target` is the HTML id of what it opens with.

    `reranked` says that a reranker decided the order of the hits after their scores. `today`, here and below, is the
    day on which somebody reads it, by default that of the clock.
    """
    first = _first(answer)
    hits = shown_hits(answer)
    cards: list[Markup] = []
    for number, hit in enumerate(hits, 1):
        same = same_html(folded_hits(answer, hit.passage), articles, hit.passage.heading, 4, today)
        why = why_html(hit.scores, hit.passage.heading, reranked)
        cards.append(card_html(hit, articles.get(hit.passage.article), number, same + why, today))
    return render(
        "cards.html",
        "answer",
        answer=answer,
        before=_before_html(answer, first, target),
        urgent=urgent_html(answer, articles, target if first == "urgent" else "", today),
        heading=_HEADINGS[answer.state],
        doubt=_DOUBT,
        target=target if first == "heading" else "",
        cards=cards,
        marked=any(hit.sentence for hit in hits),
        read=read_note(answer),
    )


def _first(answer: Answer) -> Literal["safety", "language", "urgent", "heading"]:
    """Tell what an answer opens with, where the eye and the focus are led."""
    if answer.safety is not None:
        return "safety"
    if answer.language_note:
        return "language"
    return "heading" if answer.urgent is None else "urgent"


def _before_html(answer: Answer, first: str, target: str) -> Markup:
    """Return what stands above all that was found: the safety card, and that the question is in another language."""
    html = Markup("")
    if answer.safety is not None:
        html += render("notices.html", "safety", word=EMERGENCY, text=answer.safety.text, target=target)
    if answer.language_note:
        own = target if first == "language" else ""
        language = language_of(answer.question) or ""
        html += render("notices.html", "language", note=answer.language_note, language=language, target=own)
    return html


def card_html(hit: Hit, article: Article | None, number: int, more: str = "", today: date | None = None) -> Markup:
    """Return the card of one hit, the passage whole; `number` is its place, from 1, and `more` Markup at its foot."""
    return render(
        "cards.html", "card", quote=_quote(hit.passage, hit.sentence, article, today), number=number, more=more
    )


def urgent_html(answer: Answer, articles: Mapping[str, Article], target: str, today: date | None = None) -> Markup:
    """Return the urgent notice, "" where there is none: the section's own heading over its article and its words.

    The sentence that the question tells of stands first, where there are more, and is marked in its place. `target` is
    the HTML id of the notice's heading, or "".
    """
    passage, sign = answer.urgent, answer.urgent_sign
    if passage is None:
        return Markup("")
    deciding = next((hit.sentence for hit in answer.hits if hit.passage.id == passage.id), None)
    return render(
        "notices.html",
        "urgent",
        quote=_quote(passage, sign.sentence if sign else deciding, articles.get(passage.article), today),
        target=target,
        level=sign.level if sign else "",
        advice=sign.advice if sign else "",
        line=passage.quote(sign.sentence) if sign and len(passage.sentences) > 1 else "",
        more=same_html(folded_hits(answer, passage), articles, passage.heading, 3, today),
    )


def same_html(
    hits: Sequence[Hit], articles: Mapping[str, Article], heading: str, level: int, today: date | None = None
) -> Markup:
    """Return the passages that say the same as the one above them, closed until asked for; "" where none does.

    `heading` is that of the passage above, `level` the level that their own headings have.
    """
    if not hits:
        return Markup("")
    quotes = [_quote(hit.passage, hit.sentence, articles.get(hit.passage.article), today) for hit in hits]
    return render("cards.html", "same", quotes=quotes, heading=heading, level=level)


def _quote(passage: Passage, sentence: Sentence | None, article: Article | None, today: date | None = None) -> Quote:
    return Quote(
        passage,
        above=[heading for heading in passage.path[:-1] if heading != passage.title],
        words=blocks_html(passage.blocks, sentence),
        language=article.language if article else "",
        provenance=provenance(article, today=today) if article else Markup(""),
    )
