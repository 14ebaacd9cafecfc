"""Tells which pages may have a chart whose answers, "yes" and "no", lead along arrows: no text says where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.regions import TableRows

_YES = "y yes ja j oui o sí si s sim da да так tak ano áno evet ya igen kyllä نعم はい 是 हाँ हां".split()
_NO = "n no nein nej non não nu нет ні nie ne hayır tidak nem ei لا いいえ 否 नहीं".split()
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f])+")
"""Letters, and the signs that belong to those of Hindi."""


def chart_notes(parts: Sequence[Group | TableRows]) -> list[str]:
    """Return a note of each page on which such answers, both of them, stand alone, not as a sentence or in a table."""
    alone: defaultdict[int, list[str]] = defaultdict(list)
    for part in parts:
        found = _WORD.findall(part.text) if isinstance(part, Group) and _WORD.match(part.text[-1]) else []
        words = [word.casefold() for word in found if len(word) > 1 or word == word.upper()]  # "n" stands in formulas
        if found and len(words) == len(found) and {*words} <= {*_YES, *_NO}:
            alone[part.page] += words
    return [
        f'on page {page} "yes" and "no" stand alone: if they lead to steps, as in a chart, write that in sentences'
        for page, words in sorted(alone.items())
        if {*words} & {*_YES} and {*words} & {*_NO}
    ]
