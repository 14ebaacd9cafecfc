"""An article, and the list of all, as whole HTML pages: no script, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wellread.datatypes import DEFAULT_DISCLAIMER, Article, Block, Passage, Section
from wellread.page.article import section_levels
from wellread.page.blocks import blocks_html
from wellread.page.provenance import provenance
from wellread.page.shelf import by_letter

_TEMPLATES = Environment(
    loader=PackageLoader("wellread.export"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

_ALWAYS = date.min
"""The day on which a page is read, for `provenance`: a page that is kept must not say that its review is overdue."""


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of a page: its heading, the heading's level, and its text in pieces, each with its anchor or ""."""

    section: Section
    level: int
    untitled: bool
    pieces: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What the page of all articles says besides their titles: the disclaimer, and whom to call in an emergency."""

    disclaimer: str
    emergency_number: str


def page_file(article: str) -> str:
    """The path of an article's page below the exported folder, which is also its address there before encoding."""
    # An id may have "..", which must not lead out of the folder; no id has "%".
    return (
        f"articles/{'/'.join('%2E' * len(part) if not part.strip('.') else part for part in article.split('/'))}.html"
    )


def article_page(article: Article, passages: Sequence[Passage], published: date | None, address: str = "") -> bytes:
    """An article's page; `address` is that of the exported folder, ending in "/", or "" where it is not known.

    Each section has its anchor as its id, and each further part of a section that was cut its own, so that a passage
    ARTICLE#SECTION.2 is found at ARTICLE.html#SECTION.2.
    """
    file = page_file(article.id)
    parts: dict[str, list[Passage]] = {}
    for passage in passages:
        parts.setdefault(passage.anchor, []).append(passage)
    levels = section_levels(article.sections)
    sections = [
        ShownSection(
            section,
            level,
            section.path == (article.title,),
            tuple(_pieces(section, parts.get(section.anchor, []))),
        )
        for section, level in zip(article.sections, levels, strict=True)
    ]
    return _rendered(
        "article.html",
        article=article,
        language=article.language or "en",
        up="../" * file.count("/"),
        canonical=f"{address}{quote(file)}" if address else "",
        data=_linked_data(article, published, f"{address}{quote(file)}" if address else ""),
        provenance=provenance(article, published, _ALWAYS),
        sections=sections,
        headed=[shown for shown in sections if not shown.untitled],
        disclaimer=(article.disclaimer or DEFAULT_DISCLAIMER).splitlines(),
    )


def index_page(articles: Sequence[Article], about: Library, address: str = "") -> bytes:
    """The page that lists all articles by their titles' letters, with a search of their words."""
    groups = [
        (letter, [(article.title, quote(page_file(article.id)), article.language) for article in group])
        for letter, group in by_letter(articles).items()
    ]
    return _rendered(
        "index.html",
        groups=groups,
        canonical=address,
        disclaimer=about.disclaimer.splitlines(),
        emergency_number=about.emergency_number,
    )


def sitemap(pages: Sequence[tuple[str, date | None]], address: str = "") -> bytes:
    """The sitemap of some pages, by their paths below `address`, with the days on which they were last published."""
    listed = [(f"{address}{quote(file)}", day.isoformat() if day else "") for file, day in pages]
    return _rendered("sitemap.xml", pages=listed)


def _rendered(template: str, **values: object) -> bytes:
    return _TEMPLATES.get_template(template).render(**values).encode()


def _pieces(section: Section, parts: Sequence[Passage]) -> Iterator[tuple[str, Markup]]:
    """The text of a section, divided where a further part begins; a list or a table is divided nowhere."""
    starts: dict[int, list[str]] = {}
    at = 0
    for passage in parts[1:]:
        first = passage.blocks[0]
        at = next(n for n in range(at, len(section.blocks)) if _holds(section.blocks[n], first))
        starts.setdefault(_run_start(section.blocks, at), []).append(f"{section.anchor}.{passage.part}")
    borders = [0, *(start for start in sorted(starts) if start), len(section.blocks)]
    for start, end in pairwise(borders):
        anchors = starts.get(start, [])
        for anchor in anchors[:-1]:
            yield anchor, Markup("")
        yield (anchors[-1] if anchors else ""), blocks_html(section.blocks[start:end])


def _holds(block: Block, piece: Block) -> bool:
    return block.line == piece.line and piece.text in block.text


def _run_start(blocks: Sequence[Block], at: int) -> int:
    """Where the list or table begins in which a block stands; a paragraph begins itself."""
    start = 0
    for kind, run in groupby(blocks, key=lambda block: block.type):
        end = start + len(list(run))
        if at < end:
            return at if kind == "paragraph" else start
        start = end
    return at


def _linked_data(article: Article, published: date | None, url: str) -> Markup:
    """What a page says to search engines: a MedicalWebPage of schema.org, with what is known and nothing else."""
    known = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": article.title,
        "inLanguage": article.language or "en",
        "url": url,
        "lastReviewed": article.last_reviewed and article.last_reviewed.isoformat(),
        "dateModified": published and published.isoformat(),
        "isBasedOn": article.source,
    }
    written = json.dumps({name: value for name, value in known.items() if value}, ensure_ascii=False, indent=1)
    # Inside <script>, no text may end it.
    return Markup(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
