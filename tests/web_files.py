"""Articles that are made of web pages, for tests of what comes over."""

from __future__ import annotations

from wellread.importing.files import make_article
from wellread.importing.made import Origin


def text_and_notes(page: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page's article below its front matter, and the notes."""
    made, notes, _ = make_article(page.encode(), ".html", Origin("page.html"))
    return made.partition("\n---\n\n")[2].rstrip("\n"), notes
