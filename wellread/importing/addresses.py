"""Imports pages by their addresses, and keeps their articles in step with them; what an editor changed stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wellread.articles.anchors import slug
from wellread.articles.library import MARKDOWN
from wellread.errors import KnowledgeBaseError, WellreadError
from wellread.extras import require
from wellread.files import write_whole
from wellread.importing.converter import Converter
from wellread.importing.fetching import Answer, Fetcher, HostSilent, PageSilent
from wellread.importing.files import Imported
from wellread.importing.hosts import host_of, page_key
from wellread.importing.interrupts import Interrupts, NotRemembered, telling
from wellread.importing.made import Origin
from wellread.importing.moved import Articles
from wellread.importing.sitemaps import read_sitemap
from wellread.importing.sources import ImportedPage, read_sources, sources_file, write_sources
from wellread.importing.targets import NEEDS, articles_by_name
from wellread.text.accounting import compare_words, list_runs

MAX_GONE = 0.3
"""Share of a host's known pages that may go at once, as for the articles when publishing: more is seldom meant."""

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


_AGAIN = "to have it again: wellread import {0}; if it was moved, write into its front matter: source: {0}"
_NO_PAGE = "if it is a sitemap, name it with --sitemap"


def is_address(word: str) -> bool:
    """Tell whether a word is an address of the web, and no name of a file."""
    return re.match(r"https?://", word, re.IGNORECASE) is not None


def import_addresses(
    addresses: Iterable[str], kb: Path, sitemap: str = "", dry_run: bool = False, fetcher: Fetcher | None = None
) -> tuple[Imported, ...]:
    """Make an article of each page, of the pages that a sitemap names too, or bring its article up to date.

    A page that has not changed is left alone; one that is gone (404 or 410) takes its article with it. An article that
    an editor changed is never written over and never deleted. One that was moved is followed, by its content or the
    source that it names; one that was deleted comes again only where its address is among `addresses`, and not because
    the sitemap names it. A host that does not answer changes nothing. A dry run fetches the pages, and writes and
    deletes nothing.

    Raises:
        KnowledgeBaseError: `kb` is no folder.
        WellreadError: the sitemap cannot be read, or a package is missing; nothing was imported.
        NotRemembered: their addresses cannot be written down; with what was done all the same.
        ImportInterrupted: at Ctrl-C, with what was done until then.
    """
    if not kb.is_dir():
        raise KnowledgeBaseError(f"{kb} is not a folder", f"make it: mkdir -p {kb}")
    require("import", "importing", {"idna", "protego", *(name for names in NEEDS.values() for name in names)})
    task = _Task(kb, read_sources(kb), fetcher or Fetcher(), sitemap, dry_run)
    spelled = {page_key(address): address for address in task.known}  # a page keeps the spelling of its first import

    def known_as(addresses: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(spelled.setdefault(page_key(address), address) for address in addresses))

    asked = known_as(address.partition("#")[0] for address in addresses)
    wanted = asked
    notes: tuple[str, ...] = ()
    if sitemap:
        named = read_sitemap(sitemap, task.fetcher)
        notes = named.notes()
        pages = known_as(named.addresses)
        listed = set(pages)
        own = page_key(sitemap)
        dropped = [
            address for address, page in task.known.items() if page_key(page.sitemap) == own and address not in listed
        ]
        wanted = list(dict.fromkeys([*asked, *pages, *dropped]))
    found: list[Imported] = []
    with telling(found), task.interrupts, task.converter:
        try:
            for address in wanted:
                found.append(task.bring(address, address in asked))
                task.interrupts.release()
            task.interrupts.hold()
            found[:] = task.remove(found)
            task.interrupts.release()
        finally:  # what was written before a Ctrl-C is known next time
            task.interrupts.hold()
            try:
                if not dry_run:
                    write_sources(kb, task.known)
            except OSError as error:
                raise NotRemembered(sources_file(kb), error, found) from error
            task.interrupts.release()
    if found:
        found[0] = replace(found[0], notes=(*found[0].notes, *notes))
    return tuple(found)


class _Task:
    """One import of pages: what is known of them, and which hosts did not answer."""

    def __init__(self, kb: Path, known: dict[str, ImportedPage], fetcher: Fetcher, sitemap: str, dry_run: bool) -> None:
        self.kb = kb
        self.known = known
        self.fetcher = fetcher
        self.sitemap = sitemap
        self.dry_run = dry_run
        self.silent: dict[str, HostSilent] = {}
        self.taken: set[str] = set()
        self.articles = Articles(kb)
        self.interrupts = Interrupts()
        self.converter = Converter()

    def bring(self, address: str, asked: bool) -> Imported:
        """Import a page, or bring its article up to date; one that was deleted comes again where it is asked for."""
        host = host_of(address)
        try:
            page, moved = self._follow(address)
            there = page is not None and (self.kb / page.article).is_file()
            if host in self.silent:
                raise self.silent[host]
            if page is not None and not there and asked:
                moved = ("its article was deleted here, and comes again because you named its address",)
            marks = (page.etag, page.last_modified) if page is not None and (there or not asked) else ("", "")
            answer = self.fetcher.fetch(address, *marks)
            if page is not None and not there and not asked and answer.status in (200, 304):
                reason = f"its article was deleted here: {self.kb / page.article}"
                return Imported(address, None, (), reason, _AGAIN.format(address), "deleted here")
            if page is not None and there and answer.status == 304:
                return Imported(address, self.kb / page.article, moved, state="unchanged")
            if answer.status in (404, 410):
                if page is None:
                    raise WellreadError(f"there is no such page ({answer.status})", "look for its new address")
                return Imported(address, self.kb / page.article, state=f"gone ({answer.status})")
            found = self._write(address, answer, page if there else None)
            return replace(found, notes=(*moved, *found.notes))
        except HostSilent as error:
            if not isinstance(error, PageSilent):
                self.silent[host] = error
            return Imported(address, None, (), error.reason, error.remedy, "not reached")
        except WellreadError as error:
            return Imported(address, None, (), error.reason, error.remedy, "refused")
        except OSError as error:
            return Imported(address, None, (), str(error), "look at the folder and the space on the disk", "refused")
        except Exception as error:  # whatever a page or its host does, the others come in
            reason = f"it cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:100]})"
            return Imported(address, None, (), reason, "save it in a browser, and import the file", "refused")

    def _follow(self, address: str) -> tuple[ImportedPage | None, tuple[str, ...]]:
        """What is known of a page, with the place where its article is now, and a note where that is another.

        Raises WellreadError where several articles could be the one that was moved.
        """
        page = self.known.get(address)
        if page is None:
            same = [str(file) for file in self.articles.of_source(address)]
            return None, (f"it is the source of {' and '.join(same)} too: keep one of them",) if same else ()
        here = self.kb / page.article
        if here.is_file() and (_hash(here.read_bytes()) == page.sha256 or here in self.articles.of_source(address)):
            return page, ()
        others = {here, *(self.kb / other.article for name, other in self.known.items() if name != address)}
        for found in (self.articles.with_bytes(page.sha256), self.articles.of_source(address)):
            places = [place for place in found if place not in others and place.is_file()]
            if len(places) > 1:
                named = " and ".join(map(str, places))
                reason = f"its article, {here}, was moved, and each of {named} may be it"
                raise WellreadError(reason, "keep one of them, or delete the line of the source in the others")
            if places:
                page = replace(page, article=places[0].relative_to(self.kb).as_posix())
                self.known[address] = page
                return page, ("its article was moved here, and is followed",)
        return page, ()

    def remove(self, found: Iterable[Imported]) -> Iterator[Imported]:
        """Delete the articles of pages that are gone, unless they were changed here or are too many."""
        found = list(found)
        gone = [one for one in found if one.state.startswith("gone")]
        known_of = Counter(host_of(address) for address in self.known)
        lost_of = Counter(host_of(str(one.source)) for one in gone)
        for one in found:
            host = host_of(str(one.source))
            if one not in gone or one.article is None:
                yield one
                continue
            of_host, lost = known_of[host], lost_of[host]
            if lost > 3 and lost > MAX_GONE * of_host:
                reason = f"{one.state}, like {lost - 1} other pages of {of_host}: its article is kept"
                yield replace(one, article=None, reason=reason, remedy=f"delete it if it is meant: {one.article}")
            elif not one.article.exists():
                self.known.pop(str(one.source), None)
                yield replace(one, notes=("its article was deleted already",))
            elif _hash(one.article.read_bytes()) != self.known[str(one.source)].sha256:
                reason = f"{one.state}, but its article was changed here and is kept"
                yield replace(one, article=None, reason=reason, remedy=f"delete it if it is meant: {one.article}")
            else:
                if not self.dry_run:
                    one.article.unlink()
                    self.known.pop(str(one.source), None)
                yield replace(one, notes=("its article goes",))

    def _write(self, address: str, answer: Answer, page: ImportedPage | None) -> Imported:
        kind = _KINDS.get(answer.media_type) or Path(urlsplit(answer.address).path).suffix.lower()
        if kind not in NEEDS:
            raise WellreadError(f"it is no page, Word file or PDF ({answer.media_type or 'of no kind'})", _NO_PAGE)
        article, notes, _ = self.converter.make_article(
            answer.body, kind, Origin(address, answer.address, answer.charset, str(date.today()))
        )
        data = article.encode()
        target = self.kb / page.article if page is not None else self._target(address)
        state = "new"
        if page is not None:
            old = target.read_bytes()
            if _hash(data) == page.sha256 or data == old:
                state, notes = "unchanged", ()
            elif _hash(old) != page.sha256 or target.suffix.lower() not in MARKDOWN:
                reason = f"the page has changed, and {target} was changed here too: it is kept"
                remedy = f"take over what is new by hand, or delete {target} and run: wellread import {address}"
                return Imported(
                    address, None, _differences(old.decode("utf-8", "replace"), article), reason, remedy, "refused"
                )
            else:
                state, notes = "changed", (*_changes(old.decode("utf-8", "replace"), article), *notes)
        if not self.dry_run:
            self.interrupts.hold()
            if state != "unchanged":
                write_whole(target, data, replace=state == "changed")
            name = target.relative_to(self.kb).as_posix()
            sitemap = self.sitemap or (page.sitemap if page is not None else "")
            self.known[address] = ImportedPage(name, _hash(data), answer.etag, answer.last_modified, sitemap)
        return Imported(address, target, notes, state=state)

    def _target(self, address: str) -> Path:
        """Where a page's article goes: named by the end of its address, and by more of it where that is taken."""
        parts = urlsplit(address)
        names = [slug(re.sub(r"\.\w{2,5}$", "", unquote(part))) for part in parts.path.split("/")]
        names = [name for name in names if name and name not in ("index", "default")] or [slug(parts.netloc)]
        there = dict(articles_by_name(self.kb))
        kept = {other.article for known, other in self.known.items() if known != address}  # deleted ones too
        for count in range(1, len(names) + 1):
            name = "-".join(names[-count:])
            if name not in there and name not in self.taken and f"{name}.md" not in kept:
                self.taken.add(name)
                return self.kb / f"{name}.md"
        name = "-".join(names)
        raise WellreadError(
            f"{there.get(name, f'an article {name}')} exists already and is not touched",
            "delete or rename it, and import again",
        )


def _changes(old: str, new: str) -> tuple[str, ...]:
    return _compared(old, new, "new in it", "no longer in it")


def _differences(here: str, page: str) -> tuple[str, ...]:
    return _compared(here, page, "in the page and not in your article", "in your article and not in the page")


def _compared(old: str, new: str, more: str, less: str) -> tuple[str, ...]:
    """The words that only one of two articles has, of whichever, below what introduces them."""
    found = compare_words(_body(old), _body(new))
    named = ((more, found.invented), (less, found.missing))
    notes = tuple(f"{what}: {list_runs(runs)}" for what, runs in named if runs)
    return notes or ("the same words in another order or form, or other details",)


def _body(article: str) -> str:
    """An article's text below its front matter, or all of it where it has none."""
    return article.partition("\n---\n")[2] or article


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
