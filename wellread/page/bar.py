"""The disclaimer at the foot of the window: one short line that holds for every article that is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wellread.datatypes import DEFAULT_DISCLAIMER, Article
from wellread.page.words import gettext
from wellread.settings import LONGEST_DISCLAIMER

_LABEL = re.compile(r"\s*(?:[^\s\d.,;:：!?]+\s){0,2}[^\s\d.,;:：!?]+\s?[:：](?!//)")
"""Up to three words before a colon, without a number or another sign; an address is none."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The line, and whether it is in the articles' own words, which stand verbatim."""

    text: str
    own: bool


UNKNOWN = Bar(DEFAULT_DISCLAIMER, own=True)
"""Shown where the articles are not known: before they are opened, and where they cannot be."""


def bar_of(articles: Sequence[Article], site: str = "") -> Bar:
    """Return the bar of a library, in the language of the page; `site` is the line of its settings, or "".

    Where all articles have one disclaimer, as a single article has, that is the line. Where they differ, or where it is
    too long for the foot of a phone, the line is general, and each article's own stands in its card.
    """
    return site_bar(site) or own_bar(articles) or general_bar()


def site_bar(site: str) -> Bar | None:
    """The line that the settings of a library have, None where they have none."""
    return Bar(site, own=False) if site else None


def own_bar(articles: Sequence[Article]) -> Bar | None:
    """The line that all articles have, None where they differ or it is too long; `UNKNOWN` without articles."""
    if not articles:
        return UNKNOWN
    disclaimers = {article.disclaimer for article in articles}
    common = disclaimers.pop() if len(disclaimers) == 1 else ""
    if len(articles) == 1:
        common = common or DEFAULT_DISCLAIMER
    if common and "\n" not in common and len(common) <= LONGEST_DISCLAIMER:
        return Bar(common, own=True)
    return None


def general_bar() -> Bar:
    """The line that holds for every article, in the language of the page."""
    return Bar(gettext("General information, not advice about you. Ask a doctor or pharmacist."), own=False)


def is_labelled(disclaimer: str) -> bool:
    """Whether a disclaimer begins with a label of its own, so that it needs none of the page's.

    >>> is_labelled("Please note: ask your doctor."), is_labelled("Ask your doctor.")
    (True, False)
    """
    return _LABEL.match(disclaimer) is not None
