"""Follows the links inside a library: which lead to an article and a section, and which lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import unquote

from wellread.articles.anchors import slug
from wellread.articles.findings import Finding, Unfinished
from wellread.datatypes import Article, Link

_PAGE = re.compile(r"(?:/?(?:index|_index|readme)?(?:\.(?:html?|php|aspx?|md|markdown|txt))?)?/*$", re.IGNORECASE)


_UNSEEN = "publish that file too, or delete the link until it is"

NONE_ABSENT: Mapping[str, str] = MappingProxyType({})


class Targets:
    """Where a link inside the knowledge base can lead: the articles by file, and their sections without their texts.

    `absent` are files of articles that readers do not see, each with the reason. Where the articles come without their
    sections, `whole` gives them.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        absent: Mapping[str, str] = NONE_ABSENT,
        whole: Callable[[Article], Article] = lambda article: article,
    ) -> None:
        self._absent = absent
        self._whole = whole
        self._absent_by_name: defaultdict[str, list[str]] = defaultdict(list)
        for file in absent:
            self._absent_by_name[_stem(file)].append(file)
        self._articles: dict[str, Article] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            sections = tuple(replace(section, blocks=()) for section in article.sections)
            self._articles[article.file] = replace(article, sections=sections) if sections else article
            self._by_name[_stem(article.file)].append(article.file)

    def broken_links(self, article: Article) -> Iterator[Finding]:
        """Name the links of an article that lead nowhere, and those to a site that it was taken from."""
        for section in article.sections:
            for block in section.blocks:
                for link in block.links:
                    broken = self._broken(article, link) if link.leads_inside else None
                    words = block.text[link.start : link.end]
                    if broken and broken[1] != _UNSEEN and self._is_site_link(link.url):
                        message = (
                            f'the link "{words}" leads to a page of the site that the article comes from: {link.url}'
                        )
                        remedy = "write its whole address, https://…, or that of an article"
                        yield Finding("warning", article.file, block.line, "site-link", message, remedy)
                    elif broken:
                        message = f'the link "{words}" leads nowhere: {broken[0]}'
                        yield Finding("error", article.file, block.line, "broken-link", message, broken[1])

    def _broken(self, article: Article, link: Link) -> tuple[str, str] | None:
        """Why a link inside the knowledge base leads nowhere, and the remedy; None where it leads somewhere."""
        address, _, anchor = link.url.partition("#")
        path = unquote(address.partition("?")[0])
        anchor = unquote(anchor)
        folder = posixpath.dirname(article.file)
        if not path and not anchor:
            return f'"{link.url}" names no place', "name an article or a section, or delete the link"
        file = posixpath.normpath(posixpath.join("/", folder, path))[1:] if path else article.file
        above = posixpath.normpath(posixpath.join(folder, path)).startswith("..")
        target = None if above else self._articles.get(file)
        if target is None and (unseen := self._unseen("" if above else file, path)):
            return f"{unseen} {self._absent[unseen]}", _UNSEEN
        target = target or self._page_of_a_site(path)
        if target is None:
            return f'there is no article "{path}"', self._other_address(path, folder)
        target = self._whole(target) if anchor else target
        anchors = {section.anchor for section in target.sections}
        if not anchor or anchor in anchors or slug(anchor) in _names_on_sites(target):
            return None
        choice = ", ".join(f"#{name}" for name in sorted(anchors)[:10])
        return f'{file} has no section "{anchor}"', f"its sections are {choice}"

    def _unseen(self, file: str, path: str) -> str:
        """Return the file that readers do not see and that a link means: it itself, or the one of that name; or ""."""
        if file in self._absent:
            return file
        name = _stem(_PAGE.sub("", path))
        named = self._absent_by_name.get(name, []) if name and name not in self._by_name else []
        return named[0] if len(named) == 1 and not path.lower().endswith((".md", ".txt")) else ""

    def _page_of_a_site(self, path: str) -> Article | None:
        """Return the one article that an address such as "/heart/angina/" or "angina.html" means, by its last name."""
        page = _PAGE.sub("", path)
        if page == path or not page:
            page = path if path.startswith("/") else ""
        known = self._by_name.get(posixpath.basename(page).casefold(), []) if page else []
        return self._articles[known[0]] if len(known) == 1 and not path.lower().endswith((".md", ".txt")) else None

    @staticmethod
    def _is_site_link(url: str) -> bool:
        """Tell whether an address is that of a page on a site: from its root, a folder, or a page of HTML."""
        path = re.split(r"[?#]", url, maxsplit=1)[0].lower()
        ours = path.endswith((".md", ".markdown", ".txt"))
        return not ours and (path.startswith("/") or path.endswith(("/", ".html", ".htm", ".php", ".aspx")))

    def _other_address(self, path: str, folder: str) -> str:
        known = self._by_name.get(_stem(path), [])
        if known:
            return f"write {posixpath.relpath(known[0], folder or '.')}"
        return "write an article's path from this one's folder, as other-article.md, or a whole address, https://…"


def absent_files(drafts: Iterable[Unfinished], left_out: Iterable[str]) -> dict[str, str]:
    """The files of articles that readers do not see, and why, of what a `Library` says of them.

    >>> absent_files([Unfinished("a.md", '"draft: true"')], ["b.md"])
    {'a.md': 'is not published ("draft: true")', 'b.md': 'is left out by include or exclude'}
    """
    unfinished = {draft.file: f"is not published ({draft.reason})" for draft in drafts}
    return unfinished | dict.fromkeys(left_out, "is left out by include or exclude")


def _names_on_sites(article: Article) -> set[str]:
    """Return what site generators call the sections of an article: all words of the heading, and a number behind them.

    The number is that of a heading which is there more than once; some count from 1 on, some from 2 on.
    """
    names: set[str] = set()
    times: Counter[str] = Counter()
    for section in article.sections:
        name = slug(section.heading)
        times[name] += 1
        names |= {name} if times[name] == 1 else {f"{name}-{times[name] - 1}", f"{name}-{times[name]}"}
    return names - {""}


def _stem(file: str) -> str:
    return posixpath.splitext(posixpath.basename(file))[0].casefold()
