"""Leaves out the table of properties that wikis and note programs write above a text: owner, status, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import is_sentence, lines_of
from wellread.importing.tree import holds, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import Tag

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:propert(?:y|ies)|metadata|docinfo|front-?matter|page-?info|document-?(?:info|control))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What Notion, Obsidian, Sphinx, GitHub and Confluence call it, in a class of it or of an element around it."""
_MOST_WORDS = 12
"""Words of a property's value at most; a longer one says something."""


def take_properties(text: Tag, title: Tag | None, dates: Sequence[str]) -> list[LeftOut]:
    """Take out a table or list of names and short values above the first sentence that is no part of the text.

    Two of three must say so: its class, its place in the <header> of the title, a review date in it (one of `dates`).
    """
    left_out = []
    for table in _above_text(text):
        if table.decomposed:
            continue
        rows = _rows(table)
        if not rows or any(len(row) != 2 or not _is_property(row[1]) for row in rows):
            continue
        header = nearest_around(table, ("header",))
        in_header = header is not None and title is not None and holds(header, title)
        dated = any(cell in dates for row in rows for cell in map(text_of, row))
        named = any(_NAMED.search(classes_of(tag)) for tag in (table, table.parent) if tag is not None)
        if named + in_header + dated >= 2:
            left_out.append(LeftOut("properties above the text", text_of(table)))
            table.decompose()
    return left_out


def _rows(table: Tag) -> list[list[Tag]]:
    if table.name == "table":
        return [cells for row in table.find_all("tr") if (cells := row.find_all(["th", "td"]))]
    terms = table.find_all("dt")
    return [[term, meaning] for term in terms if (meaning := term.find_next_sibling()) and meaning.name == "dd"]


def _is_property(value: Tag) -> bool:
    return len(text_of(value).split()) <= _MOST_WORDS and not is_sentence(value)


def _above_text(text: Tag) -> list[Tag]:
    """The tables and lists of terms that no sentence stands before, in order."""
    found: dict[int, Tag] = {}
    for leaf in lines_of(text):
        for tag in reversed([*leaf.parents]):
            if tag.name in ("table", "dl"):
                found[id(tag)] = tag
        if is_sentence(leaf):
            break
    return list(found.values())
