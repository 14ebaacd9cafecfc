"""An answer to HTML: the urgent notice, the heading that says how far to trust it, a card for each passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wellread.datatypes import Answer, Article, Hit, Passage, Sentence
from wellread.page.blocks import blocks_html
from wellread.page.provenance import provenance
from wellread.page.rendering import render
from wellread.page.why import why_html

CARDS = 5
"""Cards shown at most; what says the same as one of them is folded under it."""

_HEADINGS = {
    "answered": "What our articles say",
    "closest": "These passages may not answer your question",
    "not_covered": "Our articles do not answer this question",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is drawn: the headings above its own, its words, its article's language and where it is from."""

    passage: Passage
    above: list[str]
    words: Markup
    language: str
    provenance: Markup


def announcement(answer: Answer) -> str:
    """Return what a screen reader says when an answer has come."""
    count = len(shown_hits(answer)) + (answer.urgent is not None)
    found = "1 passage found" if count == 1 else f"{count} passages found"
    outcome = {
        "answered": f"{found}.",
        "closest": f"{found}. {_HEADINGS['closest']}.",
        "not_covered": f"{_HEADINGS['not_covered']}.",
    }[answer.state]
    return f"{outcome} {answer.read_as}".rstrip()


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


def answer_html(answer: Answer, articles: Mapping[str, Article], target: str, reranked: bool = False) -> Markup:
    """Return the whole answer; `target` is the HTML id of the heading that it opens with.

    `reranked` says that a reranker decided the order of the hits after their scores.
    """
    urgent = Markup("")
    if answer.urgent is not None:
        sentence = next((hit.sentence for hit in answer.hits if hit.passage.id == answer.urgent.id), None)
        same = same_html(folded_hits(answer, answer.urgent), articles, answer.urgent.heading, 3)
        urgent = urgent_html(answer.urgent, sentence, articles.get(answer.urgent.article), target, same)
    hits = shown_hits(answer)
    cards: list[Markup] = []
    for number, hit in enumerate(hits, 1):
        same = same_html(folded_hits(answer, hit.passage), articles, hit.passage.heading, 4)
        why = why_html(hit.scores, hit.passage.heading, reranked)
        cards.append(card_html(hit, articles.get(hit.passage.article), number, same + why))
    return render(
        "cards.html",
        "answer",
        answer=answer,
        heading=_HEADINGS[answer.state],
        target=target,
        urgent=urgent,
        cards=cards,
        marked=any(hit.sentence for hit in hits),
    )


def card_html(hit: Hit, article: Article | None, number: int, more: str = "") -> Markup:
    """Return the card of one hit, the passage whole; `number` is its place, from 1, and `more` Markup at its foot."""
    return render("cards.html", "card", quote=_quote(hit.passage, hit.sentence, article), number=number, more=more)


def urgent_html(
    passage: Passage, sentence: Sentence | None, article: Article | None, target: str, more: str = ""
) -> Markup:
    """Return the notice above all results: the section's own heading over its own words, `more` Markup at its foot."""
    return render("cards.html", "urgent", quote=_quote(passage, sentence, article), target=target, more=more)


def same_html(hits: Sequence[Hit], articles: Mapping[str, Article], heading: str, level: int) -> Markup:
    """Return the passages that say the same as the one above them, closed until asked for; "" where none does.

    `heading` is that of the passage above, `level` the level that their own headings have.
    """
    if not hits:
        return Markup("")
    quotes = [_quote(hit.passage, hit.sentence, articles.get(hit.passage.article)) for hit in hits]
    return render("cards.html", "same", quotes=quotes, heading=heading, level=level)


def _quote(passage: Passage, sentence: Sentence | None, article: Article | None) -> Quote:
    return Quote(
        passage,
        above=[heading for heading in passage.path[:-1] if heading != passage.title],
        words=blocks_html(passage.blocks, sentence),
        language=article.language if article else "",
        provenance=provenance(article) if article else Markup(""),
    )
