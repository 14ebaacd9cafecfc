"""What an article is made of, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article's words come from: the name that its front matter gives, and where a page was fetched from.

    `charset` is the server's word for a page's encoding, or "". `today` is the day of the import as in "2026-11-29", by
    which a review to come is told from the last one; "" where there is none.
    """

    name: str
    address: str = ""
    charset: str = ""
    today: str = ""

    @property
    def day(self) -> date | None:
        """The day of the import, or None."""
        return date.fromisoformat(self.today) if self.today else None


class Made(NamedTuple):
    """An article made of a file, what an editor should compare with the original, and all words of the original."""

    article: str
    notes: tuple[str, ...]
    original: str
