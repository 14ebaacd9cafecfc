"""Leaves out what stands at both ends of a web page's text: the site's links, who wrote it, a page's footer."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from wellread.articles.mail_words import PARTICLES
from wellread.importing.furniture import COPYRIGHT
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import (
    has_common_words,
    has_number_to_call,
    is_sentence,
    lines_of,
    said_outside_links,
    words_outside_links,
)
from wellread.importing.links import leads_elsewhere
from wellread.importing.tree import HEADINGS, holds, is_links, link_words, nearest_around, text_of
from wellread.text.dates import dated
from wellread.text.page_numbers import page_number
from wellread.text.page_words import ABOUT_AUTHOR, COMMENTING, HELPFUL, READING_TIME, RELATED

if TYPE_CHECKING:
    from bs4 import Tag

SOURCES = re.compile(
    r"reference|source|bibliograph|literatur|quelle|fuente|bibliograf|référence|citation|further reading|evidence"
    r"|fonti|referenc|piśmiennictwo|kaynak|المراجع|المصادر",
    re.IGNORECASE,
)
"""Headings over a list of what a text relies on, which stays where it is."""
_BYLINE = re.compile(
    r"(?:written|posted|published|created|submitted) by\s|by (?P<name>(?-i:(?:Dr\.? )?[A-ZÀ-Þ]\S+ [A-ZÀ-Þ]))"
    r"|(?:escrito|publicado|redactado|criado) por\s"
    r"|(?:geschrieben|verfasst|veröffentlicht|erstellt) von\s|(?:écrit|publié|rédigé|créé) par\s"
    r"|(?:scritto|pubblicato|creato) da\s|(?:geschreven|geplaatst) door\s|(?:skrivet|skrevet) av\s|(?:autor|автор)\b",
    re.IGNORECASE,
)
_MOST_IN_BYLINE = 8
"""Words of a line below the title at most that says who wrote or posted the page, and no more."""
_BY = re.compile(r"(?:\w+ ){0,2}(?:by|von|par|por|da|door|av|af) ", re.IGNORECASE)
"""What stands before a name above the time to read: "Medically reviewed by"."""
_BY_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|contributors?|columnists?)/|[?&]author=", re.IGNORECASE
)
"""In the address of the page of one who writes for a site (WordPress, Ghost, Squarespace, magazines)."""
_BY_TAG = re.compile(
    r"/(?:tags?|categor(?:y|ies)|schlagw(?:o|oe|ö)rt(?:er)?|etiquetas?|categorias?|rubriques?|rubrik(?:en)?)/"
    r"|[?&][^=]*(?:tag|category)=",
    re.IGNORECASE,
)
"""In the address of the list of a site's pages on one subject."""
_BY_SUBJECT = re.compile(r"@@search\?Subject\b|search\?Subject(?:%3A|:)list=")
"""The same in Plone, which writes before such links what they are: "Filed under:"."""
_MOST_BESIDE_AUTHOR = 8
"""Words at most beside an author's linked name in a line: "Written by … on 30 July 2023, 18:55"."""
_MOST_ABOUT_AUTHOR = 150
"""Words of a last section called so at most: a few sentences on one or two people."""
_MOST_LINES_ABOUT_AUTHOR = 2
"""Lines of it at most: its heading and one; the last of more may be of the text again."""
_MOST_ABOUT_PAGE = 5
"""Lines at most of a page's author, date and time to read, which stand below its title."""
_LINKED = 0.9
"""Share of a line's words from which on it is nothing but links."""
_MOST_IN_HEADING = 5
"""Words of a line at most that may head the links below it."""
_MENU = 3
"""Links of a cell, or headings that are links, at least which are a menu: one or two may head what is below."""
_MADE_FOR = re.compile(
    r"\bweb-?master\b(?!.*[.!?]\s*$)"
    r"|\b(?:640|800|1024|1152|1280|1366)\s?[x×]\s?(?:480|600|720|768|800|864|960|1024)\b",
    re.IGNORECASE,
)
"""Who looks after a site, or the size of screen it was made for, in any language: pages of about 2000 end so."""
_TOP = re.compile(r"#top", re.IGNORECASE)
"""What leads to the top of a page in every browser (HTML, "scrolling to a fragment")."""
_TO_CALL = re.compile(r"(?<!\d)\d{3}(?!\d)|\d(?:[\s().-]{0,2}\d){5,}")
"""A number to call, as 112 or one of six figures or more; a counter of visitors has five, as a rule."""
_DAY = re.compile(r"\W*\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\W*")


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
    about_page = _lines_about_page(leaves)
    left_out += [LeftOut("author and date", _take(leaf)) for leaf in about_page]
    leaves = leaves[len(about_page) :]
    while leaves and _is_byline(leaves[0]):
        left_out.append(LeftOut("author and date", _take(leaves.pop(0))))
    menu_of_headings = list(takewhile(lambda leaf: _is_linked_heading(leaf, host), leaves))
    if _MENU <= len(menu_of_headings) < len(leaves):
        left_out += [LeftOut("links before the text", _take(leaf)) for leaf in menu_of_headings]
        leaves = leaves[len(menu_of_headings) :]
    while leaves and (_only_links(leaves[0], host) or _is_menu_cell(leaves[0])):
        left_out.append(LeftOut("links before the text", _take(leaves.pop(0))))
    return left_out + _leave_out_last(leaves, host)


def _leave_out_last(leaves: list[Tag], host: str) -> list[LeftOut]:
    """Take out, from the end on, links to the site's other pages with their heading, and lines of a page's footer."""
    taken: list[tuple[str, Tag]] = []
    links: list[tuple[str, Tag]] = []
    about = _about_author(leaves)
    taken += [("about the author", leaf) for leaf in reversed(about)]
    for leaf in reversed(leaves[: len(leaves) - len(about)]):
        words = text_of(leaf)
        if leaf.name in HEADINGS:
            if SOURCES.search(words):
                break
            if links or (taken and taken[-1][1].name in HEADINGS and leaf.name < taken[-1][1].name):
                taken += [*links, ("links at the end", leaf)]  # or a heading over nothing but headings of links
                links = []
            elif RELATED.fullmatch(words.strip(" :.…›»>")) or COMMENTING.fullmatch(words):
                taken.append(("related pages", leaf))  # what it was over has gone, or a script writes it
            else:
                break
        elif _is_tags(leaf):
            taken.append(("tags", leaf))
        elif _is_byline(leaf) and nearest_around(leaf, ("li", "table")) is None and leaf.name != "li":
            taken.append(("author and date", leaf))
        elif _only_links(leaf, host) and _leads_up(leaf):
            taken += [*links, ("link back", leaf)]
            links = []
        elif _only_links(leaf, host):
            links.append(("links at the end", leaf))
        elif _is_menu_cell(leaf) or (len(links) > 1 and _may_head(leaf)):
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


def _lines_about_page(leaves: list[Tag]) -> list[Tag]:
    """The lines below the title down to the time that the page takes to read: who wrote it, and when."""
    at = next((at for at, leaf in enumerate(leaves[:_MOST_ABOUT_PAGE]) if READING_TIME.fullmatch(text_of(leaf))), None)
    return leaves[: at + 1] if at is not None and all(map(_says_who_or_when, leaves[:at])) else []


def _says_who_or_when(leaf: Tag) -> bool:
    """Tell whether a line is a name or a date: "For children under 5 years" is about the text."""
    words = text_of(leaf)
    if leaf.name in HEADINGS or is_sentence(leaf, 1) or len(words.split()) > _MOST_IN_BYLINE:
        return False
    if dated(words) or has_number_to_call(words):
        return bool(dated(words))
    by = _BY.match(words)
    others = (word for word in words.split()[1:] if word.islower() and "." not in word and word not in PARTICLES)
    return not has_common_words(words[by.end() :] if by else words, leaf) and (by is not None or not any(others))


def _about_author(leaves: list[Tag]) -> list[Tag]:
    """The last section of a text, where it is called "About the author" and is short."""
    at = next((at for at in range(len(leaves) - 1, -1, -1) if leaves[at].name in HEADINGS), None)
    if at is None or not ABOUT_AUTHOR.fullmatch(text_of(leaves[at]).strip(" :")):
        return []
    words = " ".join(map(text_of, leaves[at:]))
    short = len(words.split()) <= _MOST_ABOUT_AUTHOR and len(leaves) - at <= _MOST_LINES_ABOUT_AUTHOR
    return leaves[at:] if short and not has_number_to_call(words) else []


def _only_links(leaf: Tag, host: str) -> bool:
    """Tell whether a line is nothing but links to other pages of the site, with or without the day of each."""
    words = sum(any(map(str.isalnum, word)) for word in text_of(leaf).split())  # a bar between two links is none
    linked = words > 0 and link_words(leaf) >= _LINKED * words
    if leaf.name in HEADINGS or not (linked or _is_dated_link(leaf)):
        return False
    addresses = [str(link["href"]).strip() for link in leaf.find_all("a", href=True)]
    return not any(
        (address.startswith("#") and address != "#" and not _TOP.fullmatch(address)) or leads_elsewhere(address, host)
        for address in addresses
    )


def _is_menu_cell(leaf: Tag) -> bool:
    """Tell whether a line is a cell of three links or more, one below the other, and at most as many other words."""
    links = leaf.find_all("a", href=True) if leaf.name == "td" and leaf.find("br") is not None else []
    words = text_of(leaf)
    return (
        len(links) >= _MENU
        and 2 * link_words(leaf) >= len(words.split())
        and not is_sentence(leaf, 1)
        and not _TO_CALL.search(said_outside_links(leaf))
        and not any(leads_elsewhere(str(link["href"]), "") for link in links)
    )


def _leads_up(leaf: Tag) -> bool:
    return any(_TOP.fullmatch(str(link["href"]).strip()) for link in leaf.find_all("a", href=True))


def _is_linked_heading(leaf: Tag, host: str) -> bool:
    """Tell whether a line is a heading that is a link to another page of the site, and no more."""
    links = leaf.find_all("a", href=True) if leaf.name in HEADINGS else []
    address = str(links[0]["href"]).strip() if len(links) == 1 and text_of(links[0]) == text_of(leaf) else "#"
    return not address.startswith("#") and not leads_elsewhere(address, host)


def _is_dated_link(leaf: Tag) -> bool:
    """Tell whether a line is a link and a date in figures: "Gout (12/04)"."""
    return link_words(leaf) > 0 and _DAY.fullmatch("".join(said_outside_links(leaf).split())) is not None


def _is_page_end(leaf: Tag) -> bool:
    words = text_of(leaf)
    number = page_number(words)
    of_site = COPYRIGHT.search(words) is not None or (_MADE_FOR.search(words) is not None and leaf.name not in HEADINGS)
    return (len(words.split()) <= 30 and of_site) or (number is not None and number[1])


def _is_byline(leaf: Tag) -> bool:
    """Tell whether a line says who wrote or posted the page, and when, and no more."""
    words = text_of(leaf)
    if leaf.name in HEADINGS or is_sentence(leaf, 1):
        return False
    said = _BYLINE.match(words) if len(words.split()) <= _MOST_IN_BYLINE else None
    if said is not None:
        return not has_common_words(words[said.start("name") :] if said["name"] else "", leaf)
    links = leaf.find_all("a", href=True)
    if not links or not all(
        "author" in (link.get("rel") or ()) or _BY_LINK.search(str(link["href"])) for link in links
    ):
        return False
    beside = said_outside_links(leaf)
    return len(beside.split()) <= _MOST_BESIDE_AUTHOR and bool(dated(beside) or not re.search(r"\d", beside))


def _is_tags(leaf: Tag) -> bool:
    """Tell whether a line is nothing but links to lists of the site's pages on one subject."""
    links = leaf.find_all("a", href=True)
    tags = ["tag" in (link.get("rel") or ()) or _BY_TAG.search(str(link["href"])) for link in links]
    if links and all(_BY_SUBJECT.search(str(link["href"])) for link in links):
        return said_outside_links(leaf).rstrip(" ,").endswith(":")
    return leaf.name not in HEADINGS and bool(tags) and all(tags) and is_links(leaf, 1)


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
