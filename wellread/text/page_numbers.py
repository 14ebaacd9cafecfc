"""Knows the words and numbers that stand at the edges of printed pages: "Page 2 of 4", "Sida 1 (2)", "- 3 -"."""

from __future__ import annotations

import re

PAGE_WORDS = (
    "page|seite|página|pagina|pàgina|pág|pag|side|sida|sivu|str|strana|strona|oldal|sayfa|trang|halaman|страница|стр"
    "|сторінка|σελίδα|صفحة|עמוד|पृष्ठ|ページ|第"
)
"""What pages are called beside their numbers, by language."""

_OTHER_WORDS = re.compile(r"(?:side|str\.?|第)[\s:]*", re.IGNORECASE)
"""Those that say something else too, "Side 1" of the body or "Str. 1" of a town, unless the number of pages follows."""

_OF = "of|von|de|di|sur|av|af|van|z|ze|od|sti|из|з|από|من|מתוך"
_FOLIO = re.compile(
    rf"[-–—|.\s]*(?P<word>(?:{PAGE_WORDS})\.?[\s:]*)?(?P<page>\d{{1,3}})(?P<sheet>\s?(?:ページ|页|頁))?"
    rf"(?P<total>\s*(?:(?:{_OF}|/|\|)\s*\d{{1,3}}|\(\d{{1,3}}\)))?[-–—|.\s]*",
    re.IGNORECASE,
)


def page_number(text: str) -> tuple[int, bool] | None:
    """Return the number of a page that a line says alone, and whether it says that this is one; None for other lines.

    >>> page_number("Sida 1 (2)"), page_number("- 3 -"), page_number("Side 12"), page_number("Step 2")
    ((1, True), (3, False), (12, False), None)
    """
    found = _FOLIO.fullmatch(text)
    if found is None:
        return None
    says = found["word"] and (found["total"] or found["sheet"] or not _OTHER_WORDS.fullmatch(found["word"]))
    return int(found["page"]), bool(says)
