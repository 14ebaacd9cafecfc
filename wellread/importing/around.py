"""Finds a web page's main text, and leaves out what stands around it, by kind: menus, cookie notices, share lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.panels import is_links, link_words, text_of
from wellread.importing.tree import BLOCKS, HEADING_NAMES, HEADINGS, first_inside, holds, nearest_around

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NAMED: tuple[tuple[str, int, str], ...] = (
    ("cookie notice", 400, "cookies? consent gdpr ccpa onetrust cookiebot cookiebanner cookie-?law"),
    ("breadcrumb", 40, "breadcrumbs? crumbs? fil-ariane ariane pathway you-are-here brotkrumen? migas rootline"),
    (
        "share links",
        30,
        "share sharing shares social socials addtoany sharethis sharedaddy addthis sharebar teilen email-?icon",
    ),
    ("newsletter", 120, "newsletter subscribe subscription mailchimp mc4wp optin signup sign-up lettre-info"),
    ("skip link", 10, "skip skiplink skip-?links? skipnav skip-?to-?content jump jump-?link"),
    (
        "page tools",
        20,
        (
            "print printer noprint print-?icon toolbar page-?tools text-?size font-?size back-?to-?top edit-?section "
            "editsection screen-?tools edit-this-page"
        ),
    ),
    ("contents list", 6, "toc toc-?container table-of-contents"),
    (
        "author and date",
        25,
        "byline post-?author author-?box posted-on entry-?meta (?:post|entry)-?footer article-?info",
    ),
    ("comments", 100_000, "comments comment-?list comment-?respond respond disqus disqus-?thread"),
    (
        "advertisement",
        80,
        "ads? advert adverts advertisement advertising adsense sponsored sponsor werbung publicite anzeige",
    ),
    ("feedback", 80, "feedback survey ratings? was-this-helpful page-?feedback helpful vote"),
    ("sign-in", 50, "login logon signin sign-in user-?menu"),
    (
        "related pages",
        0,
        (
            "related related-?\\w* recommended recommendations see-?also more-?like-?this teasers? trending popular "
            "latest most-?read promo promotions? mehr-zum-thema navbox jp-relatedposts read-?next you-?may-?like"
        ),
    ),
    (
        "navigation",
        0,
        (
            "menu submenu navbar navigation nav sidenav subnav metanav sitemap mega-?menu nav-?links pagination pager "
            "paging page-?nav post-?navigation language-?switcher lang-?switcher languages? quick-?links"
        ),
    ),
    ("sidebar", 0, "sidebar side-?bar aside widgets? rail right-?col\\w*"),
    ("tags", 4, "tags? tag-?cloud tag-?list categories post-?meta cat-?links post-?labels taxonomy"),
    ("page header", 0, "header masthead banner topbar top-?bar site-?header logo site-?branding page-?top"),
    ("page footer", 40, "footer site-?footer colophon copyright printfooter site-?info legal"),
)
"""Kinds by the names that site generators give them in class and id (WordPress, Drupal, Joomla, SharePoint, MediaWiki,
TYPO3, Blogger, Bootstrap), and how many words outside links such an element may have. More are text of the page."""

_KINDS = [
    (kind, most, re.compile(rf"(?:^|.*[-_])(?:{'|'.join(names.split())})(?:$|[-_].*)")) for kind, most, names in _NAMED
]
_WITH_HEADING = ("form", "search form", "sign-in", "newsletter", "feedback", "comments")
_STATES = re.compile(r"(?:has|no|with|without|is|js|u)[-_]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEVER = frozenset(["html", "body", "main", "tr", "td", "th", "tbody", "table", *HEADINGS])
_TEXT_ID = re.compile(
    r"(?:(?:main|page|post|entry|article|story|body|node|field|blog)[-_]*)?"
    r"(?:content|article|body|text|main|entry|story|post|maincontent)",
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
_HELPFUL = re.compile(
    r"(?:was|is) this (?:page|article|information|content|leaflet) (?:helpful|useful)|did you find (?:what|this)"
    r"|rate this|war (?:diese|der|dieser) .{3,20}hilfreich|cette page vous a"
    r"|(?:te|le) (?:ha )?(?:resultó|resultado|sido) útil"
    r"|questa pagina (?:è|ti è) (?:stata )?utile",
    re.IGNORECASE,
)
_LEAVES = frozenset([*BLOCKS, "td", "th", *HEADINGS])
_TYPED = ("text", "search", "email", "password", "tel")
_PROSE_WORDS = 8
"""Words outside links from which a line with a full stop is a sentence: "Skip to the main content." has 5."""

_SHORT_KINDS = ("share links", "skip link", "page tools", "page footer", "feedback", "author and date", "tags")
_SENTENCE_WORDS = 5
"""The same inside what such names promise to be no text: "Call 112 if he faints." has 5."""

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
    fitting = [tag for tag in candidates if _prose(tag) >= 0.5 * whole and (title is None or holds(tag, title))]
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
    return main, left_out


def leave_out_around(text: Tag, title: Tag | None) -> list[LeftOut]:
    """Take out of a text what by its name or its form is no part of it; what holds the title stays."""
    left_out: list[LeftOut] = []
    whole = _prose(text)
    for tag in text.find_all(True):
        if tag.decomposed or tag.parent is None or (title is not None and holds(tag, title)):
            continue
        kind = _kind_by_element(tag) or _kind_by_name(tag) or _kind_by_words(tag)
        if kind and (kind == "comments" or _prose(tag) < max(0.5 * whole, _MOST_PROSE)):
            if words := text_of(tag):
                left_out.append(LeftOut(kind, words))
            around = tag.parent
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


def leave_out_ends(text: Tag, title: Tag | None, host: str) -> list[LeftOut]:
    """Take out what stands before the title, unless sentences do, and links to the site's other pages at both ends."""
    left_out: list[LeftOut] = []
    leaves = _leaves(text)
    if title is not None:
        at = next((at for at, leaf in enumerate(leaves) if holds(leaf, title) or holds(title, leaf)), 0)
        if not any(_is_prose(leaf) for leaf in leaves[:at]):
            left_out += [LeftOut("before the title", _take(leaf)) for leaf in leaves[:at]]
            leaves = leaves[at:]
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
            if _SOURCES.search(words):
                break
            if links:
                taken += [*links, ("links at the end", leaf)]
                links = []
            else:
                break
        elif _only_links(leaf, host):
            links.append(("links at the end", leaf))
        elif _is_page_end(leaf):
            taken += [*links, ("page footer", leaf)]
            links = []
        elif _HELPFUL.search(words) and len(words.split()) <= 15:
            taken += [*links, ("feedback", leaf)]
            links = []
        else:
            break
    return [LeftOut(kind, _take(leaf)) for kind, leaf in reversed(taken)]


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
    if role == "banner" or (tag.name == "header" and not _in_section(tag) and _is_page_header(tag)):
        return "page header"
    if role == "contentinfo" or (tag.name == "footer" and not _in_section(tag) and _is_page_footer(tag)):
        return "page footer"
    if tag.name == "form" and _is_fields(tag):
        return "form"
    return ""


def _in_section(tag: Tag) -> bool:
    return nearest_around(tag, ("section", "article", "main", "blockquote")) is not None


def _is_page_header(header: Tag) -> bool:
    """Tell whether a <header> is the site's, and not a section's, which has a heading of that section."""
    return is_links(header) or header.find("nav") is not None or first_inside(header, HEADING_NAMES) is None


def _is_page_footer(footer: Tag) -> bool:
    """Tell whether a <footer> is the site's: the last of the page, or one of links or of the site's rights."""
    return is_links(footer) or footer.find_next("footer") is None or _COPYRIGHT.search(text_of(footer)) is not None


def _is_fields(form: Tag) -> bool:
    """Tell whether a form is one to fill in, and not the frame that some servers put around a whole page."""
    if first_inside(form, ("h1", "h2", "h3", "p", "table")) is None:
        return True
    return _prose(form) < 20 and any(str(field.get("type")) in _TYPED for field in form.find_all("input"))


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
                if kind in ("page header", "page footer") and _in_section(tag):
                    continue
                words = len(text_of(tag).split())
                if not words or is_links(tag) or (words - link_words(tag) <= most and not _says_something(tag, kind)):
                    return kind
    return ""


def _says_something(tag: Tag, kind: str) -> bool:
    """Tell whether what is called a footer, a tool or a share line has a sentence: then it is text all the same."""
    if kind not in _SHORT_KINDS or _COPYRIGHT.search(text_of(tag)):
        return False
    return any(_is_prose(leaf, _SENTENCE_WORDS) for leaf in [tag, *_leaves(tag)])


def _kind_by_words(tag: Tag) -> str:
    if tag.name not in ("div", "p", "ul", "section", "aside"):
        return ""
    words = text_of(tag)
    count = len(words.split())
    if (
        count <= 120
        and _COOKIE_WORDS.search(words)
        and _COOKIE_DEEDS.search(words)
        and not first_inside(tag, ("h1", "h2", "table"))
    ):
        return "cookie notice"
    if 0 < count <= 20 and len(tag.find_all("a")) > 1:
        targets = sum(bool(_SHARED_TO.search(text_of(link) or str(link.get("href")))) for link in tag.find_all("a"))
        if targets > 1 and targets >= 0.6 * len(tag.find_all("a")):
            return "share links"
    return ""


def _named_as_text(tag: Tag) -> bool:
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    return any(name and _TEXT_ID.fullmatch(_CAMEL.sub("-", str(name))) for name in names)


def _prose(tag: Tag) -> int:
    """How many words of an element stand outside links."""
    return len(text_of(tag).split()) - link_words(tag)


def _leaves(text: Tag) -> list[Tag]:
    """The innermost blocks that have words, in order."""
    found: dict[int, Tag] = {}
    for words in text.find_all(string=True):
        if words.strip():
            leaf = nearest_around(words, _LEAVES)
            if leaf is not None and holds(text, leaf):
                found[id(leaf)] = leaf
    around = {id(parent) for leaf in found.values() for parent in leaf.parents}
    return [leaf for at, leaf in found.items() if at not in around and leaf is not text]


def _is_prose(leaf: Tag, least: int = _PROSE_WORDS) -> bool:
    words = text_of(leaf)
    return len(words.split()) - link_words(leaf) >= least and words.endswith((".", "!", "?", "…", ":", "。", "।"))


def _only_links(leaf: Tag, host: str) -> bool:
    """Tell whether a line is nothing but links to other pages of the site."""
    if leaf.name in HEADINGS or not is_links(leaf, 0.9):
        return False
    for link in leaf.find_all("a", href=True):
        address = str(link["href"]).strip()
        elsewhere = re.match(r"[a-z]+:", address, re.IGNORECASE) and not (host and f"//{host}/" in address)
        if address.startswith("#") or elsewhere:
            return False
    return True


def _is_page_end(leaf: Tag) -> bool:
    words = text_of(leaf)
    links = leaf.find_all("a", href=True)
    back = bool(links) and is_links(leaf, 0.9) and all(str(link["href"]).lower() in ("#", "#top") for link in links)
    count = len(words.split())
    return (back and count <= 5) or (count <= 30 and _COPYRIGHT.search(words) is not None)


def _take(leaf: Tag) -> str:
    words = text_of(leaf)
    leaf.decompose()
    return words
