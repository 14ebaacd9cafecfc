"""Finds a web page's main text, and leaves out what stands around it, by kind: menus, cookie notices, share lines.

On 38 pages with 1,712 words of text, trafilatura lost 109 words and 54 of 84 headings, these rules none
(docs/notebook.md, "Web pages"); and it does not tell what it leaves out.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from wellread.importing.furniture import CAMEL, COPYRIGHT, is_sentence, kind_of, lines_of, words_outside_links
from wellread.importing.left_out import LeftOut
from wellread.importing.links import leads_elsewhere
from wellread.importing.tree import HEADINGS, holds, is_links, link_words, nearest_around, text_of
from wellread.text.page_words import HELPFUL, RELATED

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
SOURCES = re.compile(
    r"reference|source|bibliograph|literatur|quelle|fuente|bibliograf|référence|citation|further reading|evidence"
    r"|fonti|referenc|piśmiennictwo|kaynak|المراجع|المصادر",
    re.IGNORECASE,
)
"""Headings over a list of what a text relies on, which stays where it is."""
_BYLINE = re.compile(
    r"(?:written|posted|published|created|submitted) by\s|by (?-i:(?:Dr\.? )?[A-ZÀ-Þ]\S+ [A-ZÀ-Þ])"
    r"|(?:escrito|publicado|redactado|criado) por\s"
    r"|(?:geschrieben|verfasst|veröffentlicht|erstellt) von\s|(?:écrit|publié|rédigé|créé) par\s"
    r"|(?:scritto|pubblicato|creato) da\s|(?:geschreven|geplaatst) door\s|(?:skrivet|skrevet) av\s|(?:autor|автор)\b",
    re.IGNORECASE,
)
_MOST_IN_BYLINE = 8
"""Words of a line below the title at most that says who wrote or posted the page, and no more."""
_MOST_IN_HEADING = 5
"""Words of a line at most that may head the links below it."""
_MENU = 3
"""Headings at least that are links, one after the other, which are a menu: one or two may head what is below."""
_DAY = re.compile(r"\W*\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\W*")
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


def _heading_of_list(links: Tag, title: Tag | None) -> Tag | None:
    """The heading directly above a list of related pages, where it is called so, or another heading follows."""
    head, below = links.find_previous_sibling(True), links.find_next_sibling(True)
    if head is None or head.name not in HEADINGS or (title is not None and holds(head, title)):
        return None
    alone = below is None or (below.name in HEADINGS and below.name <= head.name)
    return head if alone or RELATED.fullmatch(text_of(head).strip(" :›»>")) else None


def leave_out_ends(text: Tag, title: Tag | None, host: str) -> list[LeftOut]:
    """Take out what stands before the title, unless sentences do, and links to the site's other pages at both ends."""
    left_out: list[LeftOut] = []
    leaves = lines_of(text)
    if title is not None:
        at = next((at for at, leaf in enumerate(leaves) if holds(leaf, title) or holds(title, leaf)), 0)
        if not any(is_sentence(leaf) for leaf in leaves[:at]):
            left_out += [LeftOut("before the title", _take(leaf)) for leaf in leaves[:at]]
            leaves = leaves[at:]
    if title is not None and leaves and (holds(leaves[0], title) or holds(title, leaves[0])):
        leaves = leaves[1:]
        links = list(takewhile(lambda leaf: _only_links(leaf, host), leaves))
        menu = sum(len(leaf.find_all("a")) for leaf in links) > 1 and len(links) < len(leaves)
        leaves = leaves if menu else leaves[len(links) :]  # one link may be text: "See also: colds"
    while leaves and _is_byline(leaves[0]):
        left_out.append(LeftOut("author and date", _take(leaves.pop(0))))
    menu_of_headings = list(takewhile(lambda leaf: _is_linked_heading(leaf, host), leaves))
    if _MENU <= len(menu_of_headings) < len(leaves):
        left_out += [LeftOut("links before the text", _take(leaf)) for leaf in menu_of_headings]
        leaves = leaves[len(menu_of_headings) :]
    while leaves and _only_links(leaves[0], host):
        left_out.append(LeftOut("links before the text", _take(leaves.pop(0))))
    return left_out + _leave_out_last(leaves, host)


def _leave_out_last(leaves: list[Tag], host: str) -> list[LeftOut]:
    """Take out, from the end on, links to the site's other pages with their heading, and lines of a page's footer."""
    taken: list[tuple[str, Tag]] = []
    links: list[tuple[str, Tag]] = []
    for leaf in reversed(leaves):
        words = text_of(leaf)
        if leaf.name in HEADINGS:
            if SOURCES.search(words):
                break
            if links or (taken and taken[-1][1].name in HEADINGS and leaf.name < taken[-1][1].name):
                taken += [*links, ("links at the end", leaf)]  # or a heading over nothing but headings of links
                links = []
            else:
                break
        elif _only_links(leaf, host):
            links.append(("links at the end", leaf))
        elif len(links) > 1 and _may_head(leaf):
            taken += [*links, ("links at the end", leaf)]
            links = []
        elif _is_page_end(leaf):
            taken += [*links, ("page footer", leaf)]
            links = []
        elif HELPFUL.search(words) and len(words.split()) <= 15:
            taken += [*links, ("feedback", leaf)]
            links = []
        else:
            break
    return [LeftOut(kind, _take(leaf)) for kind, leaf in reversed(taken)]


def _named_as_text(tag: Tag) -> bool:
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(name and _TEXT_ID.fullmatch(CAMEL.sub("-", str(name))) for name in names)


def _only_links(leaf: Tag, host: str) -> bool:
    """Tell whether a line is nothing but links to other pages of the site, with or without the day of each."""
    if leaf.name in HEADINGS or not (is_links(leaf, 0.9) or _is_dated_link(leaf)):
        return False
    addresses = [str(link["href"]).strip() for link in leaf.find_all("a", href=True)]
    return not any(
        (address.startswith("#") and address != "#") or leads_elsewhere(address, host) for address in addresses
    )


def _is_linked_heading(leaf: Tag, host: str) -> bool:
    """Tell whether a line is a heading that is a link to another page of the site, and no more."""
    links = leaf.find_all("a", href=True) if leaf.name in HEADINGS else []
    address = str(links[0]["href"]).strip() if len(links) == 1 and text_of(links[0]) == text_of(leaf) else "#"
    return not address.startswith("#") and not leads_elsewhere(address, host)


def _is_dated_link(leaf: Tag) -> bool:
    """Tell whether a line is a link and a date in figures: "Gout (12/04)"."""
    outside = [piece for piece in leaf.find_all(string=True) if nearest_around(piece, ("a",)) is None]
    return link_words(leaf) > 0 and _DAY.fullmatch("".join("".join(outside).split())) is not None


def _is_page_end(leaf: Tag) -> bool:
    words = text_of(leaf)
    return len(words.split()) <= 30 and COPYRIGHT.search(words) is not None


def _is_byline(leaf: Tag) -> bool:
    words = text_of(leaf)
    return len(words.split()) <= _MOST_IN_BYLINE and not is_sentence(leaf, 1) and _BYLINE.match(words) is not None


def _may_head(leaf: Tag) -> bool:
    """Tell whether a line heads links, though it is no marked heading: it stands in a box with nothing but them."""
    words = text_of(leaf)
    if leaf.parent is None or words_outside_links(leaf.parent) != len(words.split()) or re.search(r"\d", words):
        return False
    short = 0 < len(words.split()) <= _MOST_IN_HEADING and words[-1] not in ".:;!?,"
    return short and leaf.name in ("p", "div") and not SOURCES.search(words) and leaf.find("a") is None


def _take(leaf: Tag) -> str:
    words = text_of(leaf)
    leaf.decompose()
    return words
