"""What a web page says about itself: its title and its site's, its address and its language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wellread.importing.links import parts_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)")
"""What the browser extension SingleFile writes at the top."""
_BETWEEN = re.compile(r"\s+[|·•»›:–—-]{1,2}\s+|\s*[|»]\s*|:{2}")
_MOST_CUT = 5
"""Parts at an end of a title at most that are cut from it, such as a section's name and the site's."""
_TITLES = ("ajs-page-title", "citation_title", "dcterms.title", "dc.title", "twitter:title")
_SPACES = ("ajs-space-name", "confluence-space-name")
"""What pages of Confluence call the title and the space that they stand in."""
_CRUMBS = re.compile(r"breadcrumb|\bcrumbs?\b|brotkrume|\bmigas\b|\bariane\b|rootline|kruimel|okruszki|briciole", re.I)
_NAME_OF_A_FILE = re.compile(
    r"(?:untitled|document|microsoft word|new page|page|index|home|slide|layout|leaflet|brochure|flyer|web page"
    r"|sans titre|ohne titel|sin título)\W{0,3}\d*|microsoft word - .*|\S*[_\\/]\S*"
    r"|\S+\.(?:html?|docx?|pdf|indd|aspx?|php)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageDetails:
    """What a page says about itself, "" where it is silent; `titles` are its names for itself, best first.

    `crumbs` are the pages that its breadcrumb names above it, and the part of a wiki that it says it belongs to.
    """

    titles: tuple[str, ...]
    site: str
    address: str
    language: str
    crumbs: tuple[str, ...] = ()


def read_details(page: BeautifulSoup, html: str, address: str) -> PageDetails:
    """Read what a page says about itself in its head; `address` is where it was fetched from, or ""."""
    metas = _metas(page)
    site = metas.get("og:site_name") or metas.get("application-name") or ""
    whole = " ".join(page.title.get_text().split()) if page.title else ""
    social = metas.get("og:title", "")
    own = next((metas[name] for name in _TITLES if metas.get(name)), "")
    titles = [title for title in (whole, own, social, *_parts(whole, site), *_parts(social, site)) if title]
    space = tuple(metas[name] for name in _SPACES if metas.get(name))
    return PageDetails(
        tuple(dict.fromkeys(titles)),
        site,
        _address(page, metas, html, address),
        _language(page, metas),
        (*_crumbs(page), *space),
    )


def without_space(title: str, crumbs: Sequence[str]) -> str:
    """A page's title without the pages above it, as wikis write them behind it, or the first one before it.

    >>> without_space("Gout care - Leaflets - Confluence", ["Home", "Leaflets"])
    'Gout care'
    >>> without_space("Leaflets : Gout care", ["Leaflets", "Joints"])
    'Gout care'
    """
    names = {_same(crumb) for crumb in crumbs}
    marks = list(_BETWEEN.finditer(title))
    ends = [*(mark.start() for mark in marks[1:]), len(title)]
    if len(marks) == 1 and crumbs and _same(title[: marks[0].start()]) == _same(crumbs[0]):
        return title[marks[0].end() :].strip()
    above = (mark.start() for mark, end in zip(marks, ends, strict=False) if _same(title[mark.end() : end]) in names)
    return title[: next(above, len(title))].strip()


def is_name_of_a_file(title: str) -> bool:
    """Tell whether a title is a file's or a program's and no person's: "CB_5", "Untitled-1", "leaflet.indd"."""
    return _NAME_OF_A_FILE.fullmatch(title.strip()) is not None


def without_site(title: str, site: str) -> str:
    """A page's title without its site's name: what stands before a line, or the site's name as the page gives it.

    >>> without_site("Back pain | Example Clinic", "")
    'Back pain'
    >>> without_site("Covid-19 - what to do", "")
    'Covid-19 - what to do'
    """
    parts = _BETWEEN.split(title)
    marks = _BETWEEN.findall(title)
    if len(parts) > 1 and site:
        kept = [part for part in parts if _same(part) != _same(site)]
        if len(kept) == 1 or (kept and len(kept) < len(parts) and _same(parts[0]) in map(_same, kept)):
            return kept[0].strip()
    if len(parts) > 1 and any(mark.strip() in ("|", "»", "::") for mark in marks):
        return re.split(r"\s*[|»]\s*|\s+::\s+", title, maxsplit=1)[0].strip()
    return title


def _metas(page: BeautifulSoup) -> dict[str, str]:
    """What the page's <meta> elements say, by name, property or header; the first of a name counts."""
    said: dict[str, str] = {}
    for tag in page.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("http-equiv") or "").lower()
        said.setdefault(name, " ".join(str(tag.get("content") or "").split()))
    return said


def _parts(title: str, site: str) -> list[str]:
    """What a title is made of: what stands before or behind one of its lines, longest first, and between two."""
    marks = list(_BETWEEN.finditer(title))
    before = [title[: mark.start()] for mark in reversed(marks[1:][-_MOST_CUT:])]
    behind = [title[mark.end() :] for mark in marks[:-1][:_MOST_CUT]]
    parts = [part.strip() for part in (*before, *behind, *(_BETWEEN.split(title) if marks else []))]
    return [part for part in parts if part and _same(part) != _same(site)]


def _same(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _crumbs(page: BeautifulSoup) -> tuple[str, ...]:
    """The pages that the first breadcrumb leads to, outermost first; the page itself has no link there."""
    for tag in page.find_all(["nav", "ol", "ul", "div", "p"]):
        names = (*tag.get_attribute_list("class"), tag.get("id"), tag.get("aria-label"))
        links = tag.find_all("a") if any(_CRUMBS.search(str(name or "")) for name in names) else []
        if links:
            return tuple(" ".join(link.get_text(" ").split()) for link in links if link.get("aria-current") is None)
    return ()


def _address(page: BeautifulSoup, metas: Mapping[str, str], html: str, address: str) -> str:
    """Where the page's links lead from: its own word for it, or where it was saved or fetched from."""
    base = page.find("base", href=True)
    found = [str(base["href"]).strip()] if base else []
    if address:
        return found[0] if found and _is_whole(found[0]) else address
    link = page.find("link", rel="canonical", href=True)
    found += [str(link["href"]).strip()] if link else []
    found.append(metas.get("og:url", ""))
    saved = _SAVED_FROM.search(html[:2000]) or _SINGLE_FILE.search(html[:2000])
    found += [saved[1]] if saved else []
    return next((one for one in found if _is_whole(one)), "")


def _is_whole(address: str) -> bool:
    return re.match(r"https?://[^/\s]+", address, re.IGNORECASE) is not None and parts_of(address) is not None


def _language(page: BeautifulSoup, metas: Mapping[str, str]) -> str:
    places: list[Tag | None] = [page.find("html"), page.body, page.find("main"), page.find("article")]
    written = [str(tag.get(key) or "") for tag in places if tag for key in ("lang", "xml:lang")]
    written += [metas.get(name, "") for name in ("content-language", "language", "dc.language", "og:locale")]
    return next((code for word in written if (code := language_code(word))), "")


def language_code(written: str) -> str:
    """A language's code in its usual form, "en-GB"; "" where what is written is none."""
    code = written.strip()
    if not _LANGUAGE.fullmatch(code):
        return ""
    primary, *rest = code.replace("_", "-").split("-")
    return "-".join([primary.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
