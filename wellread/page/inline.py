"""Plain text, the links in it and the highlighted part of it, to HTML that can hold no markup of the text's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from wellread.datatypes import Link

Span = tuple[int, int]
"""Characters `start` to `end` of a text."""

_ABROAD = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


def clickable(url: str) -> bool:
    """Tell whether an address may become a link: http, https and mailto; a relative one leads nowhere from here."""
    return _ABROAD.match(url) is not None


def inline(text: str, links: Sequence[Link] = (), mark: Span | None = None, window: Span | None = None) -> str:
    """Return the text, or its characters inside `window`, escaped, with its links and with `mark` in <mark>.

    A link is one <a> also where the highlight starts or ends inside it: then the <mark> is divided, not the link.
    Of links that overlap, the first counts.
    """
    start, end = window or (0, len(text))
    pieces: list[str] = []
    at = start
    for link in sorted(links, key=lambda link: (link.start, link.end)):
        first, last = max(link.start, at), min(link.end, end)
        if first >= last or link.start < at or not clickable(link.url):
            continue
        pieces += (_marked(text, at, first, mark), _anchor(link.url, _marked(text, first, last, mark)))
        at = last
    return "".join([*pieces, _marked(text, at, end, mark)])


def _anchor(url: str, inner: str) -> str:
    window = "" if url.lower().startswith("mailto:") else ' target="_blank"'
    return f'<a href="{escape(url)}"{window} rel="noopener noreferrer">{inner}</a>'


def _marked(text: str, start: int, end: int, mark: Span | None) -> str:
    """Escape the characters from `start` to `end`, those inside `mark` in <mark>."""
    if mark is None:
        return escape(text[start:end])
    first, last = (min(max(border, start), end) for border in mark)
    inside = f"<mark>{escape(text[first:last])}</mark>" if first < last else ""
    return escape(text[start:first]) + inside + escape(text[max(first, last) : end])
