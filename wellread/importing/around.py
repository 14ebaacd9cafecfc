"""Finds a web page's main text, and leaves out what stands around it, by kind: menus, cookie notices, share lines.

On 38 pages with 1,712 words of text, trafilatura lost 109 words and 54 of 84 headings, these rules none
(docs/notebook.md, "Web pages"); and it does not tell what it leaves out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.furniture import CAMEL, kind_of
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import lines_of, words_outside_links
from wellread.importing.tree import HEADINGS, holds, nearest_around, text_of
from wellread.text.page_words import RELATED

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_WITH_HEADING = ("form", "search form", "sign-in", "newsletter", "feedback", "comments", "related pages")
_TEXT_ID = re.compile(
    r"(?:(?:main|page|post|entry|article|story|body|node|field|blog)[-_]*)?"
    r"(?:content|article|body|text|main|entry|story|post|maincontent)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"schema\.org/(?:\w*Article|BlogPosting)$")
"""What schema.org calls an article; what stands beside one that holds the title and most words is the site's."""
_LEAST_REPEATED = 12
"""Words at least of a paragraph that is left out the second time; a short line may be meant to stand twice."""
_MOST_PROSE = 40
"""Words outside links from which an element with half of the page's is its text, whatever it is called."""


def main_text(page: BeautifulSoup, title: Tag | None) -> tuple[Tag, list[LeftOut]]:
    """Find the element with the page's text, and tell what stands outside it.

    That is <main>, the only <article>, or an element that is named so, where it has half of the words that stand
    outside links; or else the whole <body>.
    """
    body = page.body or page
    left_out = leave_out_around(body, title)
    whole = words_outside_links(body)
    articles = body.find_all("article")
    described = [tag for tag in body.find_all(itemtype=_ARTICLE) if tag.name in ("div", "section", "article")]
    named = [tag for tag in body.find_all(["div", "section", "td"]) if _named_as_text(tag)]
    candidates = [
        *body.find_all("main"),
        *body.find_all(role="main"),
        *body.find_all(itemprop="articleBody"),
        *(described if len(described) == 1 else []),
        *(articles if len(articles) == 1 else []),
        *named,
    ]
    fitting = [
        tag for tag in candidates if words_outside_links(tag) >= 0.5 * whole and (title is None or holds(tag, title))
    ]
    if not fitting or not whole:
        return body, left_out
    main = fitting[0]
    for tag in [main, *main.parents]:
        if tag is body:
            break
        for sibling in [*[*tag.previous_siblings][::-1], *tag.next_siblings]:
            words = " ".join(sibling.get_text(" ").split())
            if words:
                left_out.append(LeftOut("outside the main text", words))
            sibling.extract()
    main.name = "div" if main.name == "td" else main.name
    main.extract()  # or its headings would stand in the table that arranges the page
    return main, left_out


def leave_out_around(text: Tag, title: Tag | None) -> list[LeftOut]:
    """Take out of a text what by its name or its form is no part of it; what holds the title stays."""
    left_out: list[LeftOut] = []
    whole = words_outside_links(text)
    for tag in text.find_all(True):
        if tag.decomposed or tag.parent is None or (title is not None and holds(tag, title)):
            continue
        kind = kind_of(tag)
        if kind and (kind == "comments" or words_outside_links(tag) < max(0.5 * whole, _MOST_PROSE)):
            if words := text_of(tag):
                left_out.append(LeftOut(kind, words))
            around, head = tag.parent, _heading_of_list(tag, title) if kind == "related pages" else None
            if head is not None:
                left_out.append(LeftOut(kind, text_of(head)))
                head.decompose()
            if tag.name == "td":
                tag.clear()
            else:
                tag.decompose()
            headings = around.find_all(HEADINGS) if kind in _WITH_HEADING and around is not text else []
            if (
                headings
                and text_of(around) == " ".join(map(text_of, headings))
                and not (title and holds(around, title))
            ):
                left_out.append(LeftOut(kind, text_of(around)))  # the heading of what has just gone
                around.decompose()
    return left_out


def leave_out_repeated(text: Tag) -> list[LeftOut]:
    """Take out paragraphs that say what the one directly above says, where a page has one for each size of screen."""
    left_out: list[LeftOut] = []
    above = ""
    for leaf in lines_of(text):
        words = text_of(leaf)
        plain = leaf.name in ("p", "div") and nearest_around(leaf, ("td", "th", "li")) is None
        if plain and words == above and len(words.split()) >= _LEAST_REPEATED:
            left_out.append(LeftOut("a paragraph that stands there twice", words))
            leaf.decompose()
        above = words
    return left_out


def _heading_of_list(links: Tag, title: Tag | None) -> Tag | None:
    """The heading directly above a list of related pages, where it is called so, or another heading follows."""
    head, below = links.find_previous_sibling(True), links.find_next_sibling(True)
    if head is None or head.name not in HEADINGS or (title is not None and holds(head, title)):
        return None
    alone = below is None or (below.name in HEADINGS and below.name <= head.name)
    return head if alone or RELATED.fullmatch(text_of(head).strip(" :›»>")) else None


def _named_as_text(tag: Tag) -> bool:
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(name and _TEXT_ID.fullmatch(CAMEL.sub("-", str(name))) for name in names)
