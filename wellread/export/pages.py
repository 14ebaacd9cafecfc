"""An article, and the list of all, as the files of an exported folder: the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wellread.datatypes import Article, Passage
from wellread.page import words
from wellread.page.plain import Place, footer, plain_page
from wellread.page.shelf import by_letter
from wellread.settings import Settings

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
class Site:
    """What the pages of an exported folder share: the library's settings, its usual disclaimer, the folder's address.

    `address` ends in "/", or is "" where it is not known.
    """

    settings: Settings
    disclaimer: str
    address: str = ""


def page_file(article: str) -> str:
    """The path of an article's page below the exported folder, which is also its address there before encoding."""
    # An index of an older version may have an id with "..", which must not lead out of the folder; no id has "%".
    return (
        f"articles/{'/'.join('%2E' * len(part) if not part.strip('.') else part for part in article.split('/'))}.html"
    )


def article_page(article: Article, passages: Sequence[Passage], published: date | None, site: Site) -> bytes:
    """An article's page, its own words in the library's language; where that is the reader's, in the article's."""
    file = page_file(article.id)
    up = "../" * file.count("/")
    address = f"{site.address}{quote(file)}" if site.address else ""
    place = Place(f"{up}index.html", _head(up), address, site.settings.page.disclaimer, _ALWAYS)
    with words.speaking(_language(site.settings, article.language)):
        return plain_page(article, place, published, passages)


def index_page(articles: Sequence[Article], site: Site) -> bytes:
    """The page that lists all articles by their titles' letters, with a search of their words."""
    groups = [
        (letter, [(article.title, quote(page_file(article.id)), article.language) for article in group])
        for letter, group in by_letter(articles).items()
    ]
    with words.speaking(_language(site.settings)):
        return _rendered(
            "index.html",
            language=words.language(),
            direction=words.direction(words.language()),
            title=words.gettext("All articles"),
            nothing=words.gettext("There are no articles yet"),
            head=_head("", "'self'"),
            canonical=site.address,
            groups=groups,
            emergency_number=site.settings.safety.emergency_number,
            footer=footer((site.settings.page.disclaimer or site.disclaimer).splitlines()),
        )


def sitemap(pages: Sequence[tuple[str, date | None]], address: str = "") -> bytes:
    """The sitemap of some pages, by their paths below `address`, with the days on which they were last published."""
    listed = [(f"{address}{quote(file)}", day.isoformat() if day else "") for file, day in pages]
    return _rendered("sitemap.xml", pages=listed)


def _rendered(template: str, **values: object) -> bytes:
    return _TEMPLATES.get_template(template).render(**values).encode()


def _language(settings: Settings, article: str = "") -> str:
    """The language of a page's own words: the library's or, where that is the reader's, the article's if we have it."""
    usual = settings.page.language
    return words.chosen(words.BROWSER, [article]) if usual == words.BROWSER else usual


def _head(up: str, scripts: str = "'none'") -> Markup:
    rules = f"default-src 'none'; script-src {scripts}; style-src 'self'; base-uri 'none'; form-action 'none'"
    return Markup(
        '<meta http-equiv="Content-Security-Policy" content="{}"><link rel="stylesheet" href="{}style.css">'
    ).format(rules, up)
