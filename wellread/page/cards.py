"""The card of a passage that was found, and the passages that say the same as another."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from wellread.datatypes import Hit
from wellread.page.excerpts import excerpt, lines_of
from wellread.page.quotes import Library, quote
from wellread.page.rendering import render
from wellread.page.why import why_html


def card_html(hit: Hit, library: Library, number: int, room: int, same: Sequence[Hit] = ()) -> Markup:
    """Return the card of one hit; `number` is its place, from 1, and `same` what is folded under it.

    A passage of up to `room` lines on a phone is shown whole; of a longer one, the part of it that answers.
    """
    whole = lines_of(hit.passage.blocks) <= room
    quoted = quote(hit.passage, hit.sentence, library, () if whole else excerpt(hit.passage, hit.sentence))
    below = why_html(hit, quoted.source, library.reranked)
    below += same_html(same, library, hit.passage.heading, 4)
    return render("cards.html", "card", quote=quoted, number=number, below=below)


def same_html(hits: Sequence[Hit], library: Library, heading: str, level: int) -> Markup:
    """Return the passages that say the same as the one above them, closed until asked for; "" where none does.

    `heading` is that of the passage above, `level` the level that their own headings have.
    """
    if not hits:
        return Markup("")
    quotes = [quote(hit.passage, hit.sentence, library) for hit in hits]
    return render("cards.html", "same", quotes=quotes, heading=heading, level=level)
