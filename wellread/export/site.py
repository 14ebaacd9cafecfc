"""Writes all pages of a generation into a folder, and takes away those of articles that are gone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path, PurePosixPath

from wellread.commands import command
from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.errors import WellreadError
from wellread.export.pages import Site, article_page, index_page, page_file, sitemap
from wellread.export.search import SearchFiles
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.page.plain import STYLE
from wellread.publishing.history import last_published, read_history
from wellread.settings import SETTINGS_FILE, parse_settings

RECORD = "wellread-export.json"
"""The file of an exported folder that names the generation and the files that were written."""

_ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: how many articles, of which generation, and the files of articles that are gone."""

    generation: str
    articles: int
    removed: tuple[str, ...]


def export(index: Path, folder: Path, address: str = "") -> Export:
    """Write the generation being served into a folder that is new, empty, or an earlier export.

    `address` is where the folder will be reached, for search engines.

    Raises:
        IndexMissing, IndexDamaged: there is nothing to write.
        WellreadError: the folder holds something else, or the address is none.
        OSError: the disk refused.
    """
    if address and not _ADDRESS.fullmatch(address):
        raise WellreadError(f"{address} is not an address", "write it as in https://www.example.org/health/", "--url")
    base = f"{address.rstrip('/')}/" if address else ""
    reader = Reader(index, current_generation(index))
    before = _written_before(folder)
    names = [article.id for article in reader.articles()]
    days = {name: when.date() for name, when in last_published(read_history(index)).items()}
    search = SearchFiles()
    for name in names:
        search.add(reader.words.content(name).article)
    site = _site(reader, base)
    others = dict(_other_files(reader, days, site))
    others |= search.written()
    now = [*others, *map(page_file, names)]
    folder.mkdir(parents=True, exist_ok=True)
    _record(folder, reader.generation, {*before, *now})  # a run that is cut short leaves nothing that nobody knows of
    for name in names:
        content = reader.words.content(name)
        _write(folder, page_file(name), article_page(content.article, content.passages, days.get(name), site))
    for file, content_ in others.items():
        _write(folder, file, content_)
    removed = sorted(before - {*now})
    for file in removed:
        _remove(folder, file)
    _record(folder, reader.generation, {*now})
    return Export(reader.generation, len(names), tuple(removed))


def _site(reader: Reader, base: str) -> Site:
    counted = Counter(article.disclaimer or DEFAULT_DISCLAIMER for article in reader.articles())
    disclaimer = max(counted.items(), key=itemgetter(1), default=(DEFAULT_DISCLAIMER, 0))[0]
    settings = parse_settings(reader.library_files().get(SETTINGS_FILE, ""), Path(SETTINGS_FILE))
    return Site(settings, disclaimer, base)


def _other_files(reader: Reader, days: dict[str, date], site: Site) -> Iterator[tuple[str, bytes]]:
    articles = reader.articles()
    yield "index.html", index_page(articles, site)
    pages = [(page_file(article.id), days.get(article.id)) for article in articles]
    yield "sitemap.xml", sitemap(pages, site.address)
    yield "style.css", STYLE.read_bytes()


def _written_before(folder: Path) -> set[str]:
    """The files of an earlier export; raises WellreadError where the folder holds something else."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    try:
        written = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
        names = {str(PurePosixPath(name)) for name in written}
    except (OSError, ValueError, TypeError, KeyError):
        raise WellreadError(
            "holds files that are no export of articles; nothing was written",
            f"name a new folder: {command('export', 'DIR')}",
            folder,
        ) from None
    return {name for name in names if ".." not in PurePosixPath(name).parts and not PurePosixPath(name).is_absolute()}


def _record(folder: Path, generation: str, names: set[str]) -> None:
    written = json.dumps({"generation": generation, "files": sorted(names)}, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(f"{written}\n", encoding="utf-8", newline="\n")


def _write(folder: Path, file: str, content: bytes) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _remove(folder: Path, file: str) -> None:
    path = folder / file
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
