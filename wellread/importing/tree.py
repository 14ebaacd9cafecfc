"""Looks around in a page's tree: what stands inside an element, and what it stands in.

Beautiful Soup's own `find` makes a filter for each call, which takes most of the time where it is called for each of
thousands of elements: 7,000 paragraphs took 80 s with it and take 3 s with these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (
    "p div ul ol li dl dt dd table blockquote pre section article aside header footer main figure figcaption details "
    "address hr form fieldset center"
).split()
BLOCK_NAMES = frozenset([*BLOCKS, *HEADINGS])
HEADING_NAMES = frozenset(HEADINGS)


def first_inside(tag: Tag, names: Collection[str]) -> Tag | None:
    """The first element inside another one that has one of these names."""
    for one in tag.descendants:
        if getattr(one, "name", None) in names:
            return cast("Tag", one)
    return None


def nearest_around(tag: PageElement, names: Collection[str]) -> Tag | None:
    """The nearest element around another one, or around a piece of text, that has one of these names."""
    return next((parent for parent in tag.parents if parent.name in names), None)


def holds(tag: Tag, inner: Tag) -> bool:
    """Tell whether an element is another one, or stands around it."""
    return tag is inner or any(parent is tag for parent in inner.parents)


def text_of(tag: Tag) -> str:
    """The words of an element on one line."""
    return " ".join(" ".join(str(one) for one in tag.descendants if getattr(one, "name", None) is None).split())


def link_words(tag: Tag) -> int:
    """How many of an element's words stand in links."""
    links = [tag] if tag.name == "a" else tag.find_all("a", href=True)
    return sum(len(link.get_text(" ").split()) for link in links)


def is_links(tag: Tag, share: float = 0.6) -> bool:
    """Tell whether at least this share of an element's words stands in links; headings over links do not count."""
    headings = [
        heading for heading in tag.find_all(HEADINGS) if not heading.find("a") and not nearest_around(heading, ("a",))
    ]
    words = len(tag.get_text(" ").split()) - sum(len(heading.get_text(" ").split()) for heading in headings)
    return words > 0 and link_words(tag) >= share * words


def new_tag(name: str, children: Iterable[PageElement] = ()) -> Tag:
    """A new element that stands nowhere yet, with these children."""
    from bs4 import Tag

    tag = Tag(name=name, can_be_empty_element=name == "br")
    tag.extend(children)
    return tag
