"""Makes links whole, and takes the address from those that lead nowhere a reader could go."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from wellread.importing.tree import BLOCK_NAMES, HEADINGS, first_inside, nearest_around

if TYPE_CHECKING:
    from bs4 import Tag

SAFE = "%/:=&?~#+!$,;'@*[]-._"
"""What stands unquoted in an address (RFC 3986), but for parentheses, which end an address in Markdown."""

_LEAST_LINKS = 3
"""Such links at least to one host, more than to all others, that name the site of a page that does not say its own."""
_OF_SITE = ("nav", "header")
_PLACEHOLDER = "javascript:"
"""The address that a link without one gets: it leads somewhere once a script has run, and is a link to the eye."""
_OF_PLACEHOLDER = frozenset(["class", "title", "target", "rel", "tabindex"])
_UNLIKE_LINK = re.compile(r"\d{3}|@|[.!?:]$")
"""Words of a number to call, of an address to write to, or of a sentence."""
_BREAKS = re.compile(r"[\t\r\n]+")


def tidy_links(text: Tag, base: str) -> list[str]:
    """Give each link its whole address, by `base`; links without one become plain words. Gives notes.

    A link around whole blocks is put around the words of the first of them.
    """
    relative = 0
    for link in text.find_all("a"):
        address = _address(str(link.get("href") or ""), base)
        if address and urlsplit(address).scheme == "":
            relative += bool(link.get_text().strip())
            address = ""
        if not address:
            link.unwrap()
            continue
        link.attrs = {"href": address}
        _move_inside(link)
    if not relative:
        return []
    return [
        f"links to other pages of the site lost their address, for the page does not say where it stands ({relative})"
    ]


def mark_placeholders(page: Tag) -> None:
    """Give links that a page was saved with, but not where they lead, an address: they are links all the same."""
    for link in page.find_all("a", href=False):
        words = " ".join(link.get_text(" ").split())
        if words and _OF_PLACEHOLDER.issuperset(link.attrs) and (link.find(HEADINGS) or not _UNLIKE_LINK.search(words)):
            link["href"] = _PLACEHOLDER


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address as somebody wrote it; None where it is none, such as http://[::1."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def leads_elsewhere(address: str, host: str) -> bool:
    """Tell whether an address names a scheme or a host, and not this host: another site's page, or one to write to.

    A script leads nowhere else: most go back to the page that was read before.

    >>> [leads_elsewhere(one, "a.example") for one in ("/rest", "https://www.A.example", "//b.example/", "tel:112")]
    [False, False, True, True]
    """
    parts = parts_of(address)
    if parts is None or parts.scheme == "javascript":
        return parts is None
    return bool(parts.scheme or parts.netloc) and (not host or _plain(parts.netloc) != _plain(host))


def host_of(page: Tag, address: str) -> str:
    """The host of a page's site: that of its address, or else one that it says without meaning to; or "".

    Its menus lead there, or links with that host lead where others lead without one.
    """
    if address:
        return urlsplit(address).netloc
    links = [(link, parts) for link in page.find_all("a", href=True) if (parts := parts_of(str(link["href"])))]
    inside = {parts.path for _, parts in links if not parts.scheme and not parts.netloc and len(parts.path) > 1}
    hosts = Counter(
        parts.netloc.lower()
        for link, parts in links
        if parts.scheme in ("http", "https") and (parts.path in inside or nearest_around(link, _OF_SITE))
    )
    host, count = hosts.most_common(1)[0] if hosts else ("", 0)
    return host if count >= _LEAST_LINKS and 2 * count > hosts.total() else ""


def _plain(host: str) -> str:
    return host.lower().removeprefix("www.")


def _address(written: str, base: str) -> str:
    """A link's address, or "" for one that leads nowhere outside the page."""
    address = _BREAKS.sub("", written).strip()
    if not address or address.startswith("#"):
        return ""
    if parts_of(address) is None:
        return ""
    whole = urljoin(base, address)
    parts = urlsplit(whole)
    if base and whole.partition("#")[0] == base.partition("#")[0] and "#" in whole:
        return ""
    if parts.scheme not in ("", "http", "https", "mailto"):
        return ""
    return quote(whole, safe=SAFE)


def _move_inside(link: Tag) -> None:
    """Put a link that stands around blocks around the words of the first of them."""
    from bs4 import Tag as NewTag

    inner = [tag for tag in link.find_all(list(BLOCK_NAMES)) if tag.get_text().strip()]
    leaf = next((tag for tag in inner if first_inside(tag, BLOCK_NAMES) is None), None)
    if leaf is None:
        return
    if leaf.name not in ("table", "ul", "ol", "pre"):
        inside = NewTag(name="a", attrs={"href": str(link["href"])})
        for child in list(leaf.children):
            inside.append(child.extract())
        leaf.append(inside)
    link.unwrap()
