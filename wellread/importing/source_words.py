"""Takes all words out of a page, by a reader that is simple and shares nothing with the one that makes articles."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)(?:"[^"]*"|[^">])*>|<[!?/][^>]*>')
_INLINE = frozenset(  # a <span> or a link may be part of a word or a word of its own; a word in pieces is known
    "abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small strike strong sub sup tt "
    "u var wbr".split()
)
_PICTURED = ", ".join(f"h{level} img[alt]" for level in range(1, 7))
_NO_TEXT = "head script style template audio video canvas iframe object embed noembed noframes datalist select textarea"


def html_words(html: str) -> str:
    """All text of a page that a reader could see or open or hear: hidden text too, scripts, films and fields not.

    What stands for a picture counts in a heading, which may have no other words.

    >>> html_words("<p>in<b>side</b><p hidden>two").split()
    ['inside', 'two']
    """
    from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    tree.strip_tags(_NO_TEXT.split(), recursive=True)
    for picture in tree.css(_PICTURED):
        picture.replace_with(picture.attributes.get("alt") or "")
    for unseen in tree.css("svg title, svg desc, svg metadata"):
        unseen.decompose()
    pieces: list[str] = []
    end = 0
    page = re.sub(r"<!--.*?-->", "", tree.html or "", flags=re.DOTALL)
    for tag in _TAG.finditer(page):
        pieces.append(page[end : tag.start()])
        if (tag[2] or "").lower() not in _INLINE:
            pieces.append("\n")
        end = tag.end()
    return unescape("".join([*pieces, page[end:]]))
