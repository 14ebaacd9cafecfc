"""An article as a whole HTML page that needs no script: for `wellread export`, and where JavaScript is off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

from markupsafe import Markup

from wellread.datatypes import DEFAULT_DISCLAIMER, Article, Block, Passage, Section
from wellread.page.article import section_levels
from wellread.page.blocks import blocks_html
from wellread.page.provenance import provenance
from wellread.page.rendering import render

STYLE = Path(__file__).parent / "plain.css"
"""The look of such pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: `articles` leads to the list of all, `head` has its style, `address` is "" if not known.

    `disclaimer` is the library's own line, or ""; `today` the day on which the page is read, None for that of the
    clock.
    """

    articles: str
    head: Markup
    address: str = ""
    disclaimer: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of a page: its heading, the heading's level, and its text in pieces, each with its anchor or ""."""

    section: Section
    level: int
    untitled: bool
    pieces: tuple[tuple[str, Markup], ...]


def plain_page(article: Article, place: Place, published: date | None, passages: Sequence[Passage] = ()) -> bytes:
    """Return the page of an article.

    Each section has its anchor as its id, and each further part of a section that was cut its own, so that a passage
    ARTICLE#SECTION.2 is found at #SECTION.2; without `passages` the parts have none.
    """
    parts: dict[str, list[Passage]] = {}
    for passage in passages:
        parts.setdefault(passage.anchor, []).append(passage)
    sections = [
        ShownSection(
            section,
            level,
            section.path == (article.title,),
            tuple(_pieces(section, parts.get(section.anchor, []))),
        )
        for section, level in zip(article.sections, section_levels(article.sections), strict=True)
    ]
    page = render(
        "plain.html",
        "page",
        article=article,
        place=place,
        data=_linked_data(article, published, place.address),
        provenance=provenance(article, published, place.today),
        headed=[shown for shown in sections if not shown.untitled],
        sections=sections,
        disclaimer=_disclaimer(article, place.disclaimer),
    )
    return f"{page}\n".encode()


def footer(lines: Sequence[str]) -> Markup:
    """Return the foot of a plain page: a disclaimer by its lines."""
    return render("plain.html", "important", lines=lines)


def _disclaimer(article: Article, site: str) -> list[str]:
    """The lines of the library's own disclaimer and of the article's; never none."""
    own = article.disclaimer or ("" if site else DEFAULT_DISCLAIMER)
    return list(dict.fromkeys(line for line in [*site.splitlines(), *own.splitlines()] if line.strip()))


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
