"""A whole article to HTML: title, where it comes from, contents, and every section in its order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from wellread.datatypes import Article, Section
from wellread.page.blocks import blocks_html, language
from wellread.page.links import link, provenance, section_id

TITLE_ID = "wr-article"
_DEEPEST = 6


def article_html(article: Article, published: date | None = None) -> str:
    """Return the article; its sections' headings can be reached by a link and by the keyboard's focus."""
    levels = section_levels(article.sections)
    sections = "".join(
        _section(section, level, hidden=_untitled(section, article))
        for section, level in zip(article.sections, levels, strict=True)
    )
    headed = [section for section in article.sections if not _untitled(section, article)]
    contents = contents_html(headed, section_levels(headed))
    return (
        f'<article class="wr-article" aria-labelledby="{TITLE_ID}"{language(article.language)}>'
        f'<h1 id="{TITLE_ID}" tabindex="-1" dir="auto">{escape(article.title)}</h1>'
        f"{provenance(article, published)}{contents}{sections}</article>"
    )


def section_levels(sections: Sequence[Section]) -> list[int]:
    """Return the level of each section's HTML heading: 2 for the outermost, never one skipped on the way down."""
    levels: list[int] = []
    for section in sections:
        deepest = levels[-1] + 1 if levels else 2
        levels.append(min(len(section.path) + 1, deepest, _DEEPEST))
    return levels


def contents_html(sections: Sequence[Section], levels: Sequence[int]) -> str:
    """Return the list of contents, nested as the headings are; "" for an article of one section."""
    if len(sections) < 2:
        return ""
    html: list[str] = []
    depth = 1
    for section, level in zip(sections, levels, strict=True):
        html.append("<ul>" if level > depth else "</li>" + "</ul></li>" * (depth - level))
        html.append(f"<li>{link('#' + section_id(section.anchor), f'<bdi>{escape(section.heading)}</bdi>')}")
        depth = level
    html.append("</li></ul>" * (depth - 1))
    return f'<nav class="wr-contents" aria-label="On this page"><h2>On this page</h2>{"".join(html)}</nav>'


def _untitled(section: Section, article: Article) -> bool:
    """Tell whether a section is the text before the first heading, which stands under the article's own title."""
    return section.path == (article.title,)


def _section(section: Section, level: int, hidden: bool) -> str:
    name = section_id(section.anchor)
    unseen = ' class="wr-hidden"' if hidden else ""
    return (
        f'<h{level} id="{escape(name)}" tabindex="-1" dir="auto"{unseen}>{escape(section.heading)}</h{level}>'
        f'<div class="wr-text">{blocks_html(section.blocks)}</div>'
    )
