"""An answer to HTML: the urgent notice, the heading that says how far to trust it, a card for each passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from wellread.datatypes import Answer, Article, Hit, Passage, Sentence
from wellread.page.blocks import blocks_html, language
from wellread.page.links import article_href, link, provenance
from wellread.page.why import why_html

CARDS = 5
"""Cards shown at most; what says the same as one of them is folded under it."""

_HEADINGS = {
    "answered": "What our articles say",
    "closest": "These passages may not answer your question",
    "not_covered": "Our articles do not answer this question",
}
_CLOSEST = "They are the closest that we found in our articles."
_NOT_COVERED = "You can try other words. Or you can look at what our articles are about."


def announcement(answer: Answer) -> str:
    """Return what a screen reader is told when an answer has come."""
    count = len(shown_hits(answer)) + (answer.urgent is not None)
    found = "1 passage found" if count == 1 else f"{count} passages found"
    told = {
        "answered": f"{found}.",
        "closest": f"{found}. {_HEADINGS['closest']}.",
        "not_covered": f"{_HEADINGS['not_covered']}.",
    }[answer.state]
    return f"{told} {answer.read_as}".rstrip()


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


def answer_html(answer: Answer, articles: Mapping[str, Article], target: str, reranked: bool = False) -> str:
    """Return the whole answer; `target` is the HTML id of the heading that it opens with.

    `reranked` says that a reranker decided the order of the hits after their scores.
    """
    html: list[str] = []
    hits = shown_hits(answer)
    if answer.urgent is not None:
        sentence = next((hit.sentence for hit in answer.hits if hit.passage.id == answer.urgent.id), None)
        same = same_html(folded_hits(answer, answer.urgent), articles, answer.urgent.heading, 3)
        html.append(urgent_html(answer.urgent, sentence, articles.get(answer.urgent.article), target, same))
    if hits or answer.urgent is None or answer.state == "not_covered":
        here = "" if answer.urgent else f' id="{target}" tabindex="-1"'
        html.append(f'<h2 class="wr-verdict"{here}>{_HEADINGS[answer.state]}</h2>')
        if answer.state == "closest":
            html.append(f'<p class="wr-note">{_CLOSEST}</p>')
        elif answer.state == "not_covered":
            html.append(f'<p class="wr-note">{_NOT_COVERED}</p>')
        else:
            html.append(f'<p class="wr-note">{_count(hits)}</p>')
    if answer.corrections:
        html.append(f'<p class="wr-note" dir="auto">{escape(answer.read_as)}</p>')
    for at, hit in enumerate(hits, 1):
        same = same_html(folded_hits(answer, hit.passage), articles, hit.passage.heading, 4)
        why = why_html(hit.scores, hit.passage.heading, reranked)
        html.append(card_html(hit, articles.get(hit.passage.article), at, same + why))
    return "".join(html)


def _count(hits: tuple[Hit, ...]) -> str:
    count = "1 passage" if len(hits) == 1 else f"{len(hits)} passages, best first"
    legend = ". The words that fit best are <mark>marked</mark>." if any(hit.sentence for hit in hits) else "."
    return count + legend


def card_html(hit: Hit, article: Article | None, number: int, more: str = "") -> str:
    """Return the card of one hit, the passage whole; `number` is its place, from 1, and `more` HTML at its foot."""
    passage = hit.passage
    heading = f"wr-hit-{number}"
    return (
        f'<article class="wr-card" aria-labelledby="{heading}"{language(article.language if article else "")}>'
        f"{_where(passage)}"
        f'<h3 id="{heading}" dir="auto">{escape(passage.heading)}</h3>'
        f"{_body(passage, hit.sentence)}{_foot(passage, article)}{more}</article>"
    )


def urgent_html(
    passage: Passage, sentence: Sentence | None, article: Article | None, target: str, more: str = ""
) -> str:
    """Return the notice above all results: the section's own heading over its own words, `more` HTML at its foot."""
    return (
        f'<section class="wr-urgent" role="region" aria-labelledby="{target}"'
        f"{language(article.language if article else '')}>"
        f'<h2 id="{target}" tabindex="-1" dir="auto"><span class="wr-hidden">Important: </span>'
        f"{escape(passage.heading)}</h2>"
        f'<div class="wr-urgent-body">{_body(passage, sentence)}{_where(passage)}{_foot(passage, article)}{more}</div>'
        "</section>"
    )


def same_html(hits: Sequence[Hit], articles: Mapping[str, Article], heading: str, level: int) -> str:
    """Return the passages that say the same as the one above them, closed until asked for; "" where none does.

    `heading` is that of the passage above, `level` the level that their own headings have.
    """
    if not hits:
        return ""
    places = "another place" if len(hits) == 1 else f"{len(hits)} other places"
    items = "".join(_same(hit, articles.get(hit.passage.article), level) for hit in hits)
    return (
        f'<details class="wr-same" lang="en"><summary>Our articles say the same in {places} '
        f'<span class="wr-hidden">({escape(heading)})</span></summary>{items}</details>'
    )


def _same(hit: Hit, article: Article | None, level: int) -> str:
    passage = hit.passage
    return (
        f'<div class="wr-other"{language(article.language if article else "")}>{_where(passage)}'
        f'<h{level} dir="auto">{escape(passage.heading)}</h{level}>'
        f"{_body(passage, hit.sentence)}{_foot(passage, article)}</div>"
    )


def _body(passage: Passage, sentence: Sentence | None) -> str:
    part = f'<p class="wr-part">Part {passage.part} of {passage.parts}</p>' if passage.parts > 1 else ""
    return f'{part}<div class="wr-text">{blocks_html(passage.blocks, sentence)}</div>'


def _where(passage: Passage) -> str:
    above = [heading for heading in passage.path[:-1] if heading != passage.title]
    trail = "".join(f' <span aria-hidden="true">›</span> <bdi>{escape(heading)}</bdi>' for heading in above)
    title = link(article_href(passage.article), f"<bdi>{escape(passage.title)}</bdi>")
    return f'<p class="wr-where">{title}{trail}</p>'


def _foot(passage: Passage, article: Article | None) -> str:
    hidden = f'<span class="wr-hidden">({escape(passage.heading)})</span>'
    text = "Read all of this section in the article" if passage.parts > 1 else "See this section in the article"
    more = link(article_href(passage.article, passage.anchor), f"{text} {hidden}", ' class="wr-more"')
    return f"{provenance(article) if article else ''}{more}"
