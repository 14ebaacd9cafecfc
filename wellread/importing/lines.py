"""Reads a web page's text line by line: its innermost blocks with words, and which of them are sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.tree import BLOCKS, HEADINGS, holds, link_words, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import Tag

_PROSE_WORDS = 8
"""Words outside links from which a line with a full stop is a sentence: "Skip to the main content." has 5."""
ENDS = (".", "!", "?", "…", ":", "。", "।")
"""What a sentence ends with."""
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}")
_WORD = re.compile(r"[^\W\d_]+")
LEAVES = frozenset([*BLOCKS, "td", "th", *HEADINGS])


def words_outside_links(tag: Tag) -> int:
    """How many words of an element stand outside links."""
    return len(text_of(tag).split()) - link_words(tag)


def letters_of(words: str) -> str:
    """Words without spaces, signs and capitals, by which headings and titles are compared."""
    return "".join(re.findall(r"[^\W_]", words.casefold()))


def said_outside_links(tag: Tag) -> str:
    """The text of an element that stands outside links."""
    return "".join(piece for piece in tag.find_all(string=True) if nearest_around(piece, ("a",)) is None)


def has_number_to_call(words: str) -> bool:
    """Tell whether words have a number of three figures or more that is no year: it may be one to call, as 112."""
    return _NUMBER.search(words) is not None


def has_common_words(name: str, beside: Tag) -> bool:
    """Tell whether most of the capitalized words of what may be a name stand without a capital on its page too.

    So "By Mouth Only" names nobody on a page that says "by mouth" and "only"; "Ann Brown" does, on one on brown spots.
    """
    capitalized = [word.lower() for word in _WORD.findall(name) if word[0].isupper()]
    common = set(_WORD.findall(text_of([beside, *beside.parents][-1])))
    return 2 * sum(word in common for word in capitalized) > len(capitalized)


def lines_of(text: Tag) -> list[Tag]:
    """The innermost blocks that have words, in order."""
    found: dict[int, Tag] = {}
    for words in text.find_all(string=True):
        if words.strip():
            leaf = nearest_around(words, LEAVES)
            if leaf is not None and holds(text, leaf):
                found[id(leaf)] = leaf
    around = {id(parent) for leaf in found.values() for parent in leaf.parents}
    return [leaf for at, leaf in found.items() if at not in around and leaf is not text]


def is_sentence(leaf: Tag, least: int = _PROSE_WORDS) -> bool:
    """Tell whether a line has this many words outside links, and ends like a sentence."""
    words = text_of(leaf)
    return len(words.split()) - link_words(leaf) >= least and words.endswith(ENDS)
