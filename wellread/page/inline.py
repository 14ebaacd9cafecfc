"""Plain text, the links in it and the highlighted part of it, to HTML that can hold no markup of the text's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from wellread.datatypes import Link
from wellread.page.rendering import render

Span = tuple[int, int]
"""Characters `start` to `end` of a text."""

_ABROAD = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


class Piece(NamedTuple):
    """A stretch of text under one link, or under none: what stands before the highlight, inside it and after it."""

    url: str
    before: str
    marked: str
    after: str


def clickable(url: str) -> bool:
    """Tell whether an address may become a link: http, https and mailto; a relative one leads nowhere from here."""
    return _ABROAD.match(url) is not None


def inline(text: str, links: Sequence[Link] = (), mark: Span | None = None, window: Span | None = None) -> str:
    """Return the text, or its characters inside `window`, with its links and with `mark` in <mark>, for a template.

    Where there is neither, that is the plain text, not of type Markup, which every template escapes.
    """
    start, end = window or (0, len(text))
    if mark is None and not links:
        return text[start:end]
    return render("inline.html", "inline", pieces=_pieces(text, links, mark, (start, end)))


def _pieces(text: str, links: Sequence[Link], mark: Span | None, window: Span) -> list[Piece]:
    """Divide a text by its links.

    A link is one piece also where the highlight starts or ends inside it: then the <mark> is divided, not the link.
    Of links that overlap, the first counts.
    """
    at, end = window
    pieces: list[Piece] = []
    for link in sorted(links, key=lambda link: (link.start, link.end)):
        first, last = max(link.start, at), min(link.end, end)
        if first >= last or link.start < at or not clickable(link.url):
            continue
        pieces += (_piece("", text, (at, first), mark), _piece(link.url, text, (first, last), mark))
        at = last
    pieces.append(_piece("", text, (at, end), mark))
    return pieces


def _piece(url: str, text: str, span: Span, mark: Span | None) -> Piece:
    start, end = span
    if mark is None:
        return Piece(url, text[start:end], "", "")
    first, last = (min(max(border, start), end) for border in mark)
    return Piece(url, text[start:first], text[first:last], text[max(first, last) : end])
