"""Tells what an element of a web page is that is no part of its text, by its name or its form: a menu, a share line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from wellread.importing.element_names import FOOT, KINDS
from wellread.importing.lines import (
    ENDS,
    LEAVES,
    has_common_words,
    has_number_to_call,
    is_sentence,
    lines_of,
    words_outside_links,
)
from wellread.importing.tree import (
    BLOCK_NAMES,
    HEADING_NAMES,
    HEADINGS,
    first_inside,
    holds,
    is_links,
    link_words,
    nearest_around,
    text_of,
)
from wellread.text.page_words import ADVERTS, BACK, MAILING, PRINTING, SHARE, SHARING, UNSUBSCRIBING
from wellread.text.sentences import split_sentences

if TYPE_CHECKING:
    from bs4 import Tag

_ABOUT_PAGE = re.compile(r"(?:^|\s)(?:[at]mbox|bandeau-article|bandeau-container)(?:$|\s)")
"""What wikis (MediaWiki) call a box that speaks of the page itself: "This page is a draft"."""
_MOST_ABOUT_PAGE = 60
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_IN_FOOT = 40
"""Words outside links in such a foot, and below it, at most: an address, hours, the rights."""
_STATES = re.compile(r"(?:has|no|with|without|is|js|u|d-print|visible-print)[-_]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEVER = frozenset(["html", "body", "main", "tr", "td", "th", "tbody", "table", *HEADINGS])
_COOKIE_WORDS = re.compile(r"\bcookies?\b", re.IGNORECASE)
_OF_DATA = re.compile(
    r"cookie|privacy|tracking|gdpr|rgpd|dsgvo|datenschutz|confidentialit|privacidad|vie privée|персональн|个人信息",
    re.IGNORECASE,
)
_COOKIE_DEEDS = re.compile(
    r"accept|agree|consent|website|\bsite\b|settings|browser|akzept|zustimm|einverstanden|webseite|visite|navig|acept|sitio"
    r"|accett|sito|aceit|toestaan|akkoord",
    re.IGNORECASE,
)
_SHARED_TO = re.compile(
    r"facebook|twitter|\bx\b|linkedin|whatsapp|pinterest|reddit|e-?mail|telegram|instagram|youtube", re.IGNORECASE
)
_MOST_SHARING = 8
"""Words at most of a line whose links all share the page: "Share this page with your friends"."""
COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b)|\ball rights reserved\b", re.IGNORECASE)
_OFFER = re.compile(r"\b(?:\w+-?)?[Aa]bos?\b|[Aa]bonn|\b[Pp]remium\b|€|weiterlesen")
"""In an offer of a newspaper to subscribe, "Jetzt Abo abschließen", and in no text about the ABO blood groups."""
_CREDIT = re.compile(
    r"©|(?:(?:photo|image|picture)s?|credits?|foto(?:s|grafie)?|bildnachweis|crédits?|créditos?|fotografía|фото|φωτο\w*)\s?:",
    re.IGNORECASE,
)
_MOST_IN_CREDIT = 8
"""Words at most of a line that says whose a picture is, which is left out itself: "© Example/Ann Lee"."""
_NUMBER = re.compile(r"\d(?:[\s().-]{0,2}\d){5,}")
"""A telephone number, which no breadcrumb or menu has: a box of that name may say how to call a clinic."""
FILE = re.compile(r"\.(?:pdf|docx?)(?:$|[?#&])", re.IGNORECASE)
_MOST_PRINTING = 10
"""Words at most of a link to a page for a printer: "View a printable version of the whole guide"."""
_MOST_ABOUT_MAIL = 40
"""Words at most of the line by which a mail that is sent to many ends: why one gets it, and how to stop it."""
_MOST_BACK = 6
"""Words of a link back at most: "Back to the list of leaflets"."""
_TYPED = ("text", "search", "email", "password", "tel")
_SHORT_KINDS = ("share links", "skip link", "page tools", "page footer", "feedback", "author and date", "tags")
_SENTENCE_WORDS = 5
"""The same inside what such names promise to be no text: "Call 112 if he faints." has 5."""


def kind_of(tag: Tag) -> str:
    """What an element is that is no part of a text, such as "breadcrumb", or "" where it may be part of one."""
    kind = _kind_by_element(tag) or _kind_by_name(tag) or _kind_by_words(tag)
    return kind or ("credit of a picture" if _is_credit(tag) else "page footer" if _is_foot(tag) else "")


def _kind_by_element(tag: Tag) -> str:
    role = str(tag.get("role") or "")
    said = tag.name == "nav" and tag.find("a") is None and any(is_sentence(leaf, 3) for leaf in [tag, *lines_of(tag)])
    if (tag.name == "nav" and not said) or role == "navigation" or _leads_on(tag):
        return "navigation"
    if role == "search" or tag.name == "search":
        return "search form"
    if tag.name == "dialog" or role in ("dialog", "alertdialog"):
        return "dialog"
    if tag.name == "noscript":
        return "text for browsers without scripts"
    if role == "banner" or (tag.name == "header" and not _in_section(tag) and _is_page_header(tag)):
        return "page header"
    if role == "contentinfo" or (tag.name == "footer" and not _in_section(tag) and _is_page_footer(tag)):
        return "page footer"
    if tag.name == "footer" and _ends_main(tag):
        return "page footer"
    if _is_about_page(tag):
        return "notice about the page"
    if tag.name == "form" and _is_fields(tag):
        return "form"
    return ""


def _leads_on(tag: Tag) -> bool:
    """Tell whether an element is nothing but links to the page before and the page after, by their own word."""
    links = tag.find_all("a", rel=["prev", "next"])
    return bool(links) and link_words(tag) == len(text_of(tag).split()) and len(links) == len(tag.find_all("a"))


def _is_about_page(tag: Tag) -> bool:
    """Tell whether an element is a wiki's box about its page; one with numbers, such as 112 to call, is text."""
    if tag.name not in ("div", "table") or not _ABOUT_PAGE.search(" ".join(map(str, tag.get_attribute_list("class")))):
        return False
    words = text_of(tag)
    return len(words.split()) <= _MOST_ABOUT_PAGE and not any(map(str.isdecimal, _YEAR.sub("", words)))


def _in_section(tag: Tag) -> bool:
    return nearest_around(tag, ("section", "article", "main", "blockquote")) is not None


def _is_page_header(header: Tag) -> bool:
    """Tell whether a <header> is the site's, and not a section's, which has a heading of that section."""
    return is_links(header) or header.find("nav") is not None or first_inside(header, HEADING_NAMES) is None


def _is_page_footer(footer: Tag) -> bool:
    """Tell whether a <footer> is the site's: one of links or of the site's rights, or the last, with no text below."""
    if is_links(footer) or COPYRIGHT.search(text_of(footer)) is not None:
        return True
    return footer.find_next("footer") is None and not _has_text_below(footer)


def _has_text_below(tag: Tag) -> bool:
    """Tell whether a heading over a sentence stands below an element, in what is no notice and no list of links."""
    for around in [tag, *tag.parents]:
        if around.name in ("body", "main"):
            break
        for below in around.find_next_siblings(True):
            heading = first_inside(below, HEADING_NAMES) or (below if below.name in HEADINGS else None)
            if heading is None or _kind_by_name(below) or _kind_by_words(below) or below.name in ("nav", "dialog"):
                continue
            beside = below if below is not heading else below.find_next_sibling(True)
            if beside is not None and any(is_sentence(leaf, _SENTENCE_WORDS) for leaf in [beside, *lines_of(beside)]):
                return True
    return False


def _ends_main(footer: Tag) -> bool:
    """Tell whether a <footer> is the last of the page and of its <main>, and says whose rights the page is."""
    section = nearest_around(footer, ("section", "article", "main", "blockquote"))
    last = footer.find_next("footer") is None and COPYRIGHT.search(text_of(footer)) is not None
    return section is not None and section.name == "main" and last


def _is_fields(form: Tag) -> bool:
    """Tell whether a form is one to fill in, and not the frame that some servers put around a whole page."""
    if first_inside(form, ("h1", "h2", "h3", "p", "table")) is None:
        return True
    return words_outside_links(form) < 20 and any(str(field.get("type")) in _TYPED for field in form.find_all("input"))


def _kind_by_name(tag: Tag) -> str:
    if (tag.name in _NEVER and tag.name != "td") or _is_linked_heading(tag):
        return ""
    names = [*tag.get_attribute_list("class"), tag.get("data-automation-id"), tag.get("data-testid")]
    names.append(tag.get("id") if tag.name in ("div", "aside", "ul", "form", "p") else None)
    for name in names:
        if not name or _STATES.match(str(name)):
            continue
        plain = CAMEL.sub("-", str(name)).lower().replace("__", "-")
        for kind, most, named in KINDS:
            if named.match(plain) and (tag.name != "td" or kind == "author and date"):
                if kind in ("page header", "page footer") and _in_section(tag):
                    continue
                if kind == "cookie notice" and plain.startswith(("tag-", "category-")):
                    continue  # WordPress names an article by its subjects
                if kind == "cookie notice" and "consent" in plain and not _OF_DATA.search(text_of(tag)):
                    continue  # patients consent to an operation
                if kind == "subscription offer" and "abo-" in plain and not _OFFER.search(text_of(tag)):
                    continue  # blood groups
                if kind in ("about the author", "notice about the page") and has_number_to_call(text_of(tag)):
                    continue
                if kind == "navigation" and not is_links(tag) and not _may_lead(tag):
                    continue
                if kind == "breadcrumb" and _NUMBER.search(text_of(tag)):
                    continue
                words = len(text_of(tag).split())
                if not words or is_links(tag) or (words - link_words(tag) <= most and not _says_something(tag, kind)):
                    return kind
    return ""


def _may_lead(tag: Tag) -> bool:
    """Tell whether what is called a menu has links or buttons, and no telephone number beside them."""
    return tag.find(["a", "button", "select"]) is not None and _NUMBER.search(text_of(tag)) is None


def _is_linked_heading(tag: Tag) -> bool:
    """Tell whether an element is a heading that links lead to, with no more than one link: "Back to contents"."""
    heading = first_inside(tag, HEADING_NAMES)
    if heading is None or not (heading.get("id") or heading.find(id=True)):
        return False
    links = [link for link in tag.find_all("a", href=True) if text_of(link) and not holds(heading, link)]
    words = sum(len(text_of(part).split()) for part in (heading, *links))
    return len(links) < 2 and all("#" in str(link["href"]) for link in links) and len(text_of(tag).split()) == words


def _is_foot(tag: Tag) -> bool:
    """Tell whether an element is called a foot in any language, stands last, and has no sentence and no heading."""
    if (tag.name in _NEVER and not _is_last_row(tag)) or first_inside(tag, HEADING_NAMES) is not None:
        return False
    names = [CAMEL.sub("-", str(name)) for name in (*tag.get_attribute_list("class"), tag.get("id")) if name]
    if not any(FOOT.fullmatch(_without_accents(name).lower()) for name in names):
        return False
    if not 0 < words_outside_links(tag) <= _MOST_IN_FOOT or _says_something(tag, "page footer"):
        return False
    below = 0
    for piece in tag.next_elements:  # one after the other, for the first sentence ends it
        if isinstance(piece, str) and not any(parent is tag for parent in piece.parents):
            below += len(piece.split())
            around = nearest_around(piece, LEAVES)
            if below > _MOST_IN_FOOT or (piece.strip() and around and (around.name in HEADINGS or is_sentence(around))):
                return False
    return True


def _is_last_row(tag: Tag) -> bool:
    """Tell whether a cell is the only one of its row, in a table that arranges a page: one with the page's headings."""
    row = nearest_around(tag, ("tr",)) if tag.name == "td" else None
    table = nearest_around(tag, ("table",))
    if row is None or table is None or len(row.find_all("td")) > 1:
        return False
    return first_inside(table, HEADING_NAMES) is not None


def _without_accents(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def _says_something(tag: Tag, kind: str) -> bool:
    """Tell whether what is called a footer, a tool or a share line has a sentence: then it is text all the same."""
    if kind not in _SHORT_KINDS or COPYRIGHT.search(text_of(tag)):
        return False
    return any(is_sentence(leaf, _SENTENCE_WORDS) for leaf in [tag, *lines_of(tag)])


def _kind_by_words(tag: Tag) -> str:
    if tag.name == "a" and _is_share_link(tag):
        return "share links"
    if tag.name not in ("div", "p", "ul", "section", "aside", "header"):
        return ""
    words = text_of(tag)
    count = len(words.split())
    if (
        count <= 120
        and _COOKIE_WORDS.search(words)
        and _COOKIE_DEEDS.search(words)
        and not first_inside(tag, ("h1", "h2", "table"))
        and not _is_in_text(tag)
    ):
        return "cookie notice"
    if count <= _MOST_BACK and BACK.fullmatch(words) and link_words(tag) == count:
        return "link back"
    if count <= _MOST_PRINTING and link_words(tag) == count and PRINTING.fullmatch(words) and not _leads_to_file(tag):
        return "page tools"
    if count <= _MOST_ABOUT_MAIL and _ends_mail(tag):
        return "newsletter"
    if ADVERTS.fullmatch(words):
        return "advertisement"
    if SHARE.fullmatch(words.strip(" :|")):
        return "share links"
    links = tag.find_all("a", href=True)
    if links and count <= _MOST_SHARING and all(SHARING.search(str(link["href"])) for link in links):
        return "share links"
    if 0 < count <= 20 and len(tag.find_all("a")) > 1:
        targets = sum(bool(_SHARED_TO.search(text_of(link) or str(link.get("href")))) for link in tag.find_all("a"))
        if targets > 1 and targets >= 0.6 * len(tag.find_all("a")):
            return "share links"
    return ""


def _is_share_link(link: Tag) -> bool:
    """Tell whether a link takes the page to a social network, and no word stands beside it in its line."""
    line = nearest_around(link, LEAVES)
    if not SHARING.search(str(link.get("href") or "")) or line is None:
        return False
    beside = [one for one in line.find_all(string=True) if one.strip() and nearest_around(one, LEAVES) is line]
    return all(nearest_around(one, ("a",)) is link for one in beside)


def _ends_mail(tag: Tag) -> bool:
    """Tell whether an element has a link that ends a mail to many, and no sentence without it but on such mail."""
    if not any(UNSUBSCRIBING.fullmatch(text_of(link)) for link in tag.find_all("a")):
        return False
    words = text_of(tag)
    said = [words[start:end] for start, end in split_sentences(words)]
    others = [one for one in said if one.endswith(ENDS) and not UNSUBSCRIBING.search(one) and not COPYRIGHT.search(one)]
    return all(MAILING.search(one) and not has_number_to_call(one) for one in others)


def _is_credit(tag: Tag) -> bool:
    """Tell whether an element names whose a picture is, and no more: a mark, and names without a figure."""
    if tag.name in _NEVER or first_inside(tag, BLOCK_NAMES | {"img"}) is not None:
        return False
    around = tag if tag.name in BLOCK_NAMES else tag.parent
    words = text_of(tag)
    mark = _CREDIT.match(words) if 0 < len(words.split()) <= _MOST_IN_CREDIT else None
    if mark is None or any(map(str.isdecimal, words)) or around is None or around.name == "li":
        return False
    if text_of(around) != words:
        return False
    plain = any(word[0].islower() and "." not in word for word in words.split()[1:])
    return words.startswith("©") or not (plain or has_common_words(words[mark.end() :], tag))


def _leads_to_file(tag: Tag) -> bool:
    return any(FILE.search(str(link["href"]).strip()) for link in tag.find_all("a", href=True))


def _is_in_text(tag: Tag) -> bool:
    """Tell whether a paragraph stands beside one that is a sentence and says nothing of cookies: a text about them."""
    beside = [tag.find_previous_sibling(True), tag.find_next_sibling(True)]
    return tag.name == "p" and any(
        one is not None and one.name == "p" and is_sentence(one) and not _COOKIE_WORDS.search(text_of(one))
        for one in beside
    )
