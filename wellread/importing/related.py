"""Leaves out of a web page's text the lists of other pages of its site that are headed "Related articles"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.lines import is_sentence, lines_of, said_outside_links
from wellread.importing.tree import HEADINGS, holds, is_links, link_words, text_of
from wellread.text.dates import dated
from wellread.text.page_words import RELATED

if TYPE_CHECKING:
    from bs4 import Tag

_MOST_LINKED = 0.7
"""Share of the words of a line from which on it is a link, with a mark or a date beside."""
_MOST_BESIDE = 5
"""Words at most of a line between links that is none: the part of the site, or how long a page takes to read."""
_MOST_DATED = 8
"""Words at most of a line with a date: "December 8, 2025 / Mental health"."""
_READS = re.compile(r"\W*\d+[ -]?(?:min\w*|minutes?)(?: \w+)?\W*", re.IGNORECASE)


def leave_out_related(text: Tag, title: Tag | None) -> list[LeftOut]:
    """Take out lines that are called "Related articles" or the like, with the links below them, to the next text.

    A heading of that name stays with all that is below it where something else than links stands there.
    """
    left_out: list[LeftOut] = []
    leaves = lines_of(text)
    at = 0
    while at < len(leaves):
        label = leaves[at]
        at += 1
        if not RELATED.fullmatch(text_of(label).strip(" :›»>")) or (title is not None and holds(label, title)):
            continue
        if link_words(label) or label.find_parent("a"):
            continue  # "Read more" that leads to the rest of what is above it
        taken = _links_below(label, leaves[at:])
        if taken is None:
            continue
        left_out.append(LeftOut("related pages", " ".join(map(text_of, [label, *taken]))))
        for leaf in [label, *taken]:
            leaf.decompose()
        at += len(taken)
    return left_out


def _links_below(label: Tag, below: list[Tag]) -> list[Tag] | None:
    """The lines below a label that are its list of links, or None where text, or fewer than two links, follow it."""
    taken: list[Tag] = []
    links = 0
    for leaf in below:
        if _is_link(leaf):
            links += 1
        elif leaf.name in HEADINGS:
            if label.name not in HEADINGS or leaf.name <= label.name:
                break
        elif not (is_beside(leaf) or _may_tease(label, taken)):
            if label.name in HEADINGS:
                return None
            while taken and taken[-1].name in HEADINGS:
                taken.pop()  # it heads this text
            break
        taken.append(leaf)
    while taken and label.name not in HEADINGS and not _is_link(taken[-1]):
        taken.pop()  # what stands below the last link may be text again
    if links < 2 and below:
        return None
    return taken


def _may_tease(label: Tag, taken: list[Tag]) -> bool:
    """Tell whether the next line stands below a heading that is a link, in a section that is called related pages."""
    return bool(taken) and label.name in HEADINGS and taken[-1].name in HEADINGS and _is_link(taken[-1])


def _is_link(leaf: Tag) -> bool:
    return leaf.find_parent("a", href=True) is not None or is_links(leaf, _MOST_LINKED) or _is_link_with_date(leaf)


def _is_link_with_date(leaf: Tag) -> bool:
    """Tell whether a line is one link with a date beside: where words have no spaces, it is half of the line."""
    beside = said_outside_links(leaf).strip()
    return len(leaf.find_all("a", href=True)) == 1 and len(beside.split()) <= _MOST_DATED and bool(dated(beside))


def is_beside(leaf: Tag) -> bool:
    """Tell whether a line is a date, a time to read, or few words without a figure that are no sentence."""
    words = text_of(leaf)
    if _READS.fullmatch(words) or (dated(words) and len(words.split()) <= _MOST_DATED and not is_sentence(leaf, 1)):
        return True
    return len(words.split()) <= _MOST_BESIDE and not any(map(str.isdecimal, words)) and not is_sentence(leaf, 1)
