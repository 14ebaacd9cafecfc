"""The page's own words in the language of who reads them: a gettext catalogue for each, English where it has none.

The desk's words have catalogues of their own, so that a translation for readers is whole without them.
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from wellread.settings import PAGE_LANGUAGES

ENGLISH, BROWSER = "en", "browser"
RIGHT_TO_LEFT = frozenset(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages that are written from right to left, by their ISO 639-1 codes."""

_FOLDER = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def use(language: str) -> None:
    """Say the page's words in this language from now on, for whom the page is being drawn."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say the page's words in this language inside, and then as before."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The code of the language in which the page's words are said."""
    return _language.get()


def chosen(setting: str, wanted: Sequence[str]) -> str:
    """The language for a reader: the setting's, or where that is "browser" the first wanted one that there is.

    >>> chosen("browser", ["fr-CH", "de-AT", "en"]), chosen("browser", ["fr"]), chosen("es", ["de"])
    ('de', 'en', 'es')
    """
    if setting != BROWSER:
        return setting
    codes = (code.strip().lower().partition("-")[0] for code in wanted)
    return next((code for code in codes if code in PAGE_LANGUAGES), ENGLISH)


def accepted(header: str) -> list[str]:
    """The languages that an Accept-Language header names, in the order of the reader's wish, as browsers send them.

    >>> accepted("de-AT, en;q=0.5")
    ['de-AT', 'en']
    """
    return [part.partition(";")[0].strip() for part in header.split(",")]


def direction(code: str) -> str:
    """The direction in which a language is written, as HTML names it.

    >>> direction("ar"), direction("en-GB")
    ('rtl', 'ltr')
    """
    return "rtl" if code.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def gettext(message: str) -> str:
    """A message of the page in the language that is used."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """A message of the page about a count, in the language that is used."""
    return _catalogue(language()).ngettext(one, many, count)


def later(message: str) -> str:
    """A message as it stands; it is found for the catalogue here, and said where `gettext` is called on it."""
    return message


@cache
def _catalogue(code: str) -> catalogues.NullTranslations:
    found = catalogues.translation("page", _FOLDER, [code], fallback=True)
    found.add_fallback(catalogues.translation("desk", _FOLDER, [code], fallback=True))
    return found
