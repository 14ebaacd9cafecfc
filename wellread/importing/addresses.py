"""Imports pages by their addresses, and keeps their articles in step with them; what an editor changed stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wellread.articles.anchors import slug
from wellread.errors import KnowledgeBaseError, WellreadError
from wellread.extras import require
from wellread.importing.fetching import Answer, Fetcher, HostSilent, PageSilent, host_of
from wellread.importing.files import NEEDS, Imported, Origin, articles_by_name, make_article, write_article
from wellread.importing.sitemaps import read_sitemap
from wellread.importing.sources import ImportedPage, read_sources, write_sources
from wellread.text.accounting import compare_words, list_runs

MAX_GONE = 0.3
"""Share of a host's known pages that may go at once, as for the articles when publishing: more is seldom meant."""

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


_NO_PAGE = "if it is a sitemap, name it with --sitemap"


def is_address(word: str) -> bool:
    """Tell whether a word is an address of the web, and no name of a file."""
    return re.match(r"https?://", word, re.IGNORECASE) is not None


def import_addresses(
    addresses: Iterable[str], kb: Path, sitemap: str = "", dry_run: bool = False, fetcher: Fetcher | None = None
) -> tuple[Imported, ...]:
    """Make an article of each page, of the pages that a sitemap names too, or bring its article up to date.

    A page that has not changed is left alone; one that is gone (404 or 410) takes its article with it. An article that
    an editor changed is never written over and never deleted. A host that does not answer changes nothing. A dry run
    fetches the pages, and writes and deletes nothing.

    Raises:
        KnowledgeBaseError: `kb` is no folder.
        WellreadError: the sitemap cannot be read, or a package is missing; nothing was imported.
    """
    if not kb.is_dir():
        raise KnowledgeBaseError(f"{kb} is not a folder", f"make it: mkdir -p {kb}")
    require("import", "importing", {"protego", *(name for names in NEEDS.values() for name in names)})
    task = _Task(kb, read_sources(kb), fetcher or Fetcher(), sitemap, dry_run)
    wanted = list(dict.fromkeys(address.partition("#")[0] for address in addresses))
    elsewhere = 0
    if sitemap:
        named = read_sitemap(sitemap, task.fetcher)
        elsewhere = named.elsewhere
        listed = set(named.addresses)
        dropped = [address for address, page in task.known.items() if page.sitemap == sitemap and address not in listed]
        wanted = list(dict.fromkeys([*wanted, *named.addresses, *dropped]))
    try:
        found = [task.bring(address) for address in wanted]
        found = list(task.remove(found))
    finally:  # what was written before a Ctrl-C is known next time
        if not dry_run:
            write_sources(kb, task.known)
    if elsewhere and found:
        note = f"the sitemap names pages of other hosts too, which are not imported ({elsewhere})"
        found[0] = replace(found[0], notes=(*found[0].notes, note))
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

    def bring(self, address: str) -> Imported:
        """Import a page, or bring its article up to date."""
        host = host_of(address)
        page = self.known.get(address)
        there = page is not None and (self.kb / page.article).is_file()
        try:
            if host in self.silent:
                raise self.silent[host]
            marks = (page.etag, page.last_modified) if page is not None and there else ("", "")
            answer = self.fetcher.fetch(address, *marks)
            if page is not None and there and answer.status == 304:
                return Imported(address, self.kb / page.article, state="unchanged")
            if answer.status in (404, 410):
                if page is None:
                    raise WellreadError(f"there is no such page ({answer.status})", "look for its new address")
                return Imported(address, self.kb / page.article, state=f"gone ({answer.status})")
            return self._write(address, answer, page if there else None)
        except HostSilent as error:
            if not isinstance(error, PageSilent):
                self.silent[host] = error
            return Imported(address, None, (), error.reason, error.remedy, "not reached")
        except WellreadError as error:
            return Imported(address, None, (), error.reason, error.remedy, "refused")
        except OSError as error:
            return Imported(address, None, (), str(error), "look at the folder and the space on the disk", "refused")
        except Exception as error:  # whatever a page does to a reader, the others come in
            reason = f"it cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:100]})"
            return Imported(address, None, (), reason, "save it in a browser, and import the file", "refused")

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
        article, notes = make_article(answer.body, kind, Origin(address, answer.address, answer.charset))
        data = article.encode()
        target = self.kb / page.article if page is not None else self._target(address)
        state = "new"
        if page is not None:
            old = target.read_bytes()
            if _hash(data) == page.sha256:
                state, notes = "unchanged", ()
            elif _hash(old) != page.sha256:
                raise WellreadError(
                    f"the page has changed, and {target} was changed here too: it is kept",
                    f"take over what is new by hand, or delete {target} and import again",
                )
            else:
                state, notes = "changed", (*_changes(old.decode("utf-8", "replace"), article), *notes)
        if not self.dry_run:
            if state != "unchanged":
                write_article(target, article, replace=state == "changed")
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
        for count in range(1, len(names) + 1):
            name = "-".join(names[-count:])
            if name not in there and name not in self.taken:
                self.taken.add(name)
                return self.kb / f"{name}.md"
        name = "-".join(names)
        raise WellreadError(
            f"{there.get(name, f'an article {name}')} exists already and is not touched",
            "delete or rename it, and import again",
        )


def _changes(old: str, new: str) -> tuple[str, ...]:
    found = compare_words(old.partition("\n---\n")[2], new.partition("\n---\n")[2])
    notes = []
    if found.invented:
        notes.append(f"new in it: {list_runs(found.invented)}")
    if found.missing:
        notes.append(f"no longer in it: {list_runs(found.missing)}")
    return tuple(notes) or ("the same words in another order or form, or other details",)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
