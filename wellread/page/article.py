"""A whole article to HTML: title, where it comes from, contents, and every section in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from wellread.datatypes import Article, Section
from wellread.page.blocks import blocks_html
from wellread.page.provenance import provenance
from wellread.page.rendering import render

TITLE_ID = "wr-article"
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the list of contents, and the entries below it."""

    section: Section
    entries: list[Entry] = field(default_factory=list)


def article_html(
    article: Article,
    published: date | None = None,
    today: date | None = None,
    disclaimer: str = "",
    links: bool = False,
) -> Markup:
    """Return the article; its sections' headings can be reached by a link and by the keyboard's focus.

    `today` is the day on which somebody reads it, by default that of the clock. `disclaimer` stands at the foot of the
    window; the article's own stands under its title where it is another one. `links` offers to copy a link to each
    section, and keeps in sight which one is being read: both need the page's script.
    """
    own = article.disclaimer if article.disclaimer != disclaimer else ""
    levels = section_levels(article.sections)
    headed = [section for section in article.sections if not _untitled(section, article)]
    return render(
        "article.html",
        "article",
        article=article,
        title_id=TITLE_ID,
        disclaimer=[line for line in own.splitlines() if line.strip()],
        provenance=provenance(article, published, today),
        contents=contents_html(headed, section_levels(headed)),
        sections=[
            (section, level, _untitled(section, article), blocks_html(section.blocks))
            for section, level in zip(article.sections, levels, strict=True)
        ],
        links=links,
    )


def section_levels(sections: Sequence[Section]) -> list[int]:
    """Return the level of each section's HTML heading: 2 for the outermost, never one skipped on the way down."""
    levels: list[int] = []
    for section in sections:
        deepest = levels[-1] + 1 if levels else 2
        levels.append(min(len(section.path) + 1, deepest, _DEEPEST))
    return levels


def contents_html(sections: Sequence[Section], levels: Sequence[int]) -> Markup:
    """Return the list of contents, nested as the headings are; "" for an article of one section."""
    if len(sections) < 2:
        return Markup("")
    outermost: list[Entry] = []
    opened = [outermost]
    for section, level in zip(sections, levels, strict=True):
        del opened[level - 1 :]
        entry = Entry(section)
        opened[-1].append(entry)
        opened.append(entry.entries)
    return render("article.html", "contents", entries=outermost)


def _untitled(section: Section, article: Article) -> bool:
    """Tell whether a section is the text before the first heading, which stands under the article's own title."""
    return section.path == (article.title,)
