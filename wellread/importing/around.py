"""Finds a web page's main text, and leaves out what stands around it, by kind: menus, cookie notices, share lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.panels import HEADINGS, is_links, link_words, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_LINKS_ONLY = 0
_NAMED: tuple[tuple[str, int, str], ...] = (
    ("cookie notice", 400, "cookies?|consent|gdpr|ccpa|onetrust|cookiebot|cookiebanner|cookie-?law"),
    ("breadcrumb", 40, "breadcrumbs?|crumbs?|fil-ariane|ariane|pathway|you-are-here|brotkrumen?|migas"),
    ("share links", 30, "share|sharing|shares|social|socials|addtoany|sharethis|sharedaddy|addthis|sharebar|teilen"),
    ("newsletter", 120, "newsletter|subscribe|subscription|mailchimp|mc4wp|optin|signup|sign-up|lettre-info"),
    ("skip link", 10, "skip|skiplink|skip-?links?|skipnav|skip-?to-?content"),
    ("page tools", 20, "print|printer|toolbar|page-?tools|text-?size|font-?size|back-?to-?top|edit-?section|editsection|screen-?tools"),
    ("comments", 100_000, "comments|comment-?list|comment-?respond|respond|disqus|disqus_thread"),
    ("advertisement", 80, "ads?|advert|adverts|advertisement|advertising|adsense|sponsored|sponsor|werbung|publicite|anzeige"),
    ("feedback", 80, "feedback|survey|ratings?|was-this-helpful|page-?feedback|helpful|vote"),
    ("sign-in", 50, "login|logon|signin|sign-in|user-?menu"),
    ("related pages", _LINKS_ONLY, "related|related-?\\w*|recommended|recommendations|see-?also|more-?like-?this|teasers?|trending|popular|most-?read|latest|promo|promotions?|mehr-zum-thema|navbox|jp-relatedposts|read-?next|you-?may-?like"),
    ("navigation", _LINKS_ONLY, "menu|submenu|navbar|navigation|nav|sidenav|subnav|sitemap|mega-?menu|nav-?links|pagination|pager|paging|page-?nav|post-?navigation|language-?switcher|lang-?switcher|languages?|quick-?links"),
    ("sidebar", _LINKS_ONLY, "sidebar|side-?bar|aside|widget|widgets|rail|right-?col\\w*"),
    ("tags", _LINKS_ONLY, "tags?|tag-?cloud|tag-?list|categories|post-?meta|cat-?links|catlinks|entry-?footer|taxonomy"),
    ("page header", _LINKS_ONLY, "header|masthead|banner|topbar|top-?bar|site-?header|logo|site-?branding"),
    ("page footer", _LINKS_ONLY, "footer|site-?footer|colophon|copyright|printfooter|site-?info|legal"),
)  # fmt: skip
"""Kinds by the names that site generators give them (WordPress, Drupal, Joomla, SharePoint, MediaWiki, TYPO3, Bootstrap)
in class and id, each with how many words outside links such an element may have. More words are text of the page."""

_KINDS = [(kind, most, re.compile(rf"(?:^|.*[-_])(?:{names})(?:$|[-_].*)")) for kind, most, names in _NAMED]
_STATES = re.compile(r"(?:has|no|with|without|is|js|u)[-_]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEVER = frozenset(["html", "body", "main", "tr", "td", "th", "tbody", "table", *HEADINGS])
_TEXT_ID = re.compile(
    r"(?:^|\s)(?:(?:main|page|post|entry|article|story|body|node|field|blog)?[-_]*(?:content|article|body|text|main|entry|story|post|maincontent))"
    r"(?:$|\s)",
    re.IGNORECASE,
)
_COOKIE_WORDS = re.compile(r"\bcookies?\b", re.IGNORECASE)
_COOKIE_DEEDS = re.compile(
    r"accept|agree|consent|website|\bsite\b|settings|browser|akzept|zustimm|einverstanden|webseite|visite|navig|acept|sitio"
    r"|accett|sito|aceit|toestaan|akkoord",
    re.IGNORECASE,
)
_SHARED_TO = re.compile(
    r"facebook|twitter|\bx\b|linkedin|whatsapp|pinterest|reddit|e-?mail|telegram|instagram|youtube", re.IGNORECASE
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b)|\ball rights reserved\b", re.IGNORECASE)
_SOURCES = re.compile(
    r"reference|source|bibliograph|literatur|quelle|fuente|bibliograf|référence|citation|further reading|evidence",
    re.IGNORECASE,
)
_LEAVES = ["p", "li", "td", "th", "dt", "dd", "div", "span", "blockquote", "pre", "figcaption", "address", "section", "label", "a", *HEADINGS]  # fmt: skip
_PROSE_WORDS = 8
"""Words outside links from which a line with a full stop is a sentence of the text: "Skip to the main content." has 5."""

_MOST_PROSE = 40
"""Words outside links from which an element with half of the page's is its text, whatever it is called."""


def main_text(page: BeautifulSoup, title: Tag | None) -> tuple[Tag, list[LeftOut]]:
    """Find the element with the page's text, and tell what stands outside it.

    That is <main>, the only <article>, or an element that is named so, where it has half of the words that stand
    outside links; or else the whole <body>.
    """
    body = page.body or page
    left_out = leave_out_around(body, title)
    whole = _prose(body)
    articles = body.find_all("article")
    named = [tag for tag in body.find_all(["div", "section", "td"]) if _named_as_text(tag)]
    candidates = [
        *body.find_all("main"),
        *body.find_all(role="main"),
        *body.find_all(itemprop="articleBody"),
        *(articles if len(articles) == 1 else []),
        *named,
    ]
    fitting = [tag for tag in candidates if _prose(tag) >= 0.5 * whole and (title is None or _holds(tag, title))]
    if not fitting or not whole:
        return body, left_out
    main = fitting[0]
    for tag in [main, *main.parents]:
        if tag is body:
            break
        for sibling in [*tag.previous_siblings][::-1] + [*tag.next_siblings]:
            words = " ".join(sibling.get_text(" ").split())
            if words:
                left_out.append(LeftOut("outside the main text", words))
            sibling.extract()
    return main, left_out


def leave_out_around(text: Tag, title: Tag | None) -> list[LeftOut]:
    """Take out of a text what by its name or its form is no part of it; what holds the title stays."""
    left_out: list[LeftOut] = []
    whole = _prose(text)
    for tag in text.find_all(True):
        if tag.decomposed or tag.parent is None or (title is not None and _holds(tag, title)):
            continue
        kind = _kind_by_element(tag) or _kind_by_name(tag) or _kind_by_words(tag)
        if kind and (kind == "comments" or _prose(tag) < max(0.5 * whole, _MOST_PROSE)):
            if words := text_of(tag):
                left_out.append(LeftOut(kind, words))
            tag.decompose()
    return left_out


def leave_out_ends(text: Tag, title: Tag | None, host: str) -> list[LeftOut]:
    """Take out what stands before the title, unless sentences do, and links to the site's other pages at the end."""
    left_out: list[LeftOut] = []
    if title is not None:
        leaves = _leaves(text)
        at = next((at for at, leaf in enumerate(leaves) if _holds(leaf, title) or _holds(title, leaf)), 0)
        before = leaves[:at]
        if not any(_is_prose(leaf) for leaf in before):
            left_out += [LeftOut("before the title", _take(leaf)) for leaf in before]
    group: list[Tag] = []
    links = 0
    for leaf in reversed(_leaves(text)):
        if leaf.name in HEADINGS:
            if not links or _SOURCES.search(text_of(leaf)):
                break
            left_out += [LeftOut("links at the end", _take(one)) for one in reversed([*group, leaf])]
            group, links = [], 0
        elif _only_links(leaf, host):
            group.append(leaf)
            links += 1
        elif _is_page_end(leaf):
            left_out.append(LeftOut("page footer", _take(leaf)))
        else:
            break
    return left_out


def _kind_by_element(tag: Tag) -> str:
    role = str(tag.get("role") or "")
    if tag.name == "nav" or role == "navigation":
        return "navigation"
    if role == "search" or tag.name == "search":
        return "search form"
    if tag.name == "dialog" or role in ("dialog", "alertdialog"):
        return "dialog"
    if tag.name == "noscript":
        return "text for browsers without scripts"
    inside = tag.find_parent(["section", "article", "main", "blockquote"])
    if (tag.name == "header" or role == "banner") and not inside:
        return "page header"
    if (tag.name == "footer" or role == "contentinfo") and not inside:
        return "page footer"
    if tag.name == "form" and _is_fields(tag):
        return "form"
    return ""


def _is_fields(form: Tag) -> bool:
    """Tell whether a form is one to fill in, and not the frame that some servers put around a whole page."""
    if form.find(["h1", "h2", "h3", "p", "table"]) is None:
        return True
    return _prose(form) < 20 and form.find("input", type=["text", "search", "email", "password", "tel"]) is not None


def _kind_by_name(tag: Tag) -> str:
    if tag.name in _NEVER:
        return ""
    names = [*tag.get_attribute_list("class"), tag.get("id") if tag.name in ("div", "aside", "ul", "form") else None]
    for name in names:
        if not name or _STATES.match(str(name)):
            continue
        plain = _CAMEL.sub("-", str(name)).lower().replace("__", "-")
        for kind, most, named in _KINDS:
            if named.match(plain):
                words = len(text_of(tag).split())
                if not words or is_links(tag) or words - link_words(tag) <= most:
                    return kind
    return ""


def _kind_by_words(tag: Tag) -> str:
    if tag.name not in ("div", "p", "ul", "section", "aside"):
        return ""
    words = text_of(tag)
    count = len(words.split())
    if (
        count <= 120
        and _COOKIE_WORDS.search(words)
        and _COOKIE_DEEDS.search(words)
        and not tag.find(["h1", "h2", "table"])
    ):
        return "cookie notice"
    if 0 < count <= 20 and len(tag.find_all("a")) > 1:
        targets = sum(bool(_SHARED_TO.search(text_of(link) or str(link.get("href")))) for link in tag.find_all("a"))
        if targets > 1 and targets >= 0.6 * len(tag.find_all("a")):
            return "share links"
    return ""


def _named_as_text(tag: Tag) -> bool:
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(name and _TEXT_ID.search(_CAMEL.sub("-", str(name))) for name in names)


def _prose(tag: Tag) -> int:
    """How many words of an element stand outside links."""
    return len(tag.get_text(" ").split()) - link_words(tag)


def _holds(tag: Tag, inner: Tag) -> bool:
    return tag is inner or any(parent is tag for parent in inner.parents)


def _leaves(text: Tag) -> list[Tag]:
    """The innermost elements that have words of their own, in order; what stands inside a line belongs to it."""
    found: list[Tag] = []
    for tag in text.find_all(_LEAVES):
        if found and _holds(found[-1], tag):
            continue
        own = any(str(child).strip() for child in tag.find_all(string=True, recursive=False))
        if tag.name in (*HEADINGS, "p", "li", "td", "th", "dt", "dd") or own:
            if text_of(tag):
                found.append(tag)
    return found


def _is_prose(leaf: Tag) -> bool:
    words = text_of(leaf)
    return len(words.split()) - link_words(leaf) >= _PROSE_WORDS and words.endswith(
        (".", "!", "?", "…", ":", "。", "।")
    )


def _only_links(leaf: Tag, host: str) -> bool:
    """Tell whether a line is nothing but links to other pages of the site."""
    links = leaf.find_all("a", href=True) if leaf.name != "a" else [leaf]
    if not links or not is_links(leaf, 0.9):
        return False
    for link in links:
        address = str(link["href"]).strip()
        if address.startswith("#") or (
            re.match(r"[a-z]+:", address, re.IGNORECASE) and not (host and f"//{host}/" in address)
        ):
            return False
    return True


def _is_page_end(leaf: Tag) -> bool:
    words = text_of(leaf)
    top = leaf.name == "a" or (leaf.find("a") is not None and is_links(leaf, 0.9))
    back = (
        top
        and len(words.split()) <= 5
        and all(str(a.get("href")) in ("#", "#top") for a in ([leaf] if leaf.name == "a" else leaf.find_all("a")))
    )
    return back or (len(words.split()) <= 30 and _COPYRIGHT.search(words) is not None)


def _take(leaf: Tag) -> str:
    words = text_of(leaf)
    leaf.decompose()
    return words
