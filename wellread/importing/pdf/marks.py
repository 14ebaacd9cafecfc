"""What stands before an item of a list, as PDFs draw it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wellread.importing.pdf.pieces import Piece
from wellread.text import list_marks

DASHES = "–—-*"
"""Bullets that are also written where a cell of a table has nothing to say."""
BULLETS = f"•●◦○▪■□▫‣∙·►▶➢➤❖◆◇{list_marks.SAYING}{DASHES}"
NUMERAL = r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[.)]"
MARK = re.compile(rf"(?:[{re.escape(BULLETS)}\u2700-\u27bf]|o|{NUMERAL})")
"""All that stands before the text of an item."""
BULLET = "•"
"""What any other sign before an item becomes."""
SENTENCE_END = (".", "!", "?", ":", ";", "。", "।", "۔", "؟")
LEADERS = re.compile(r"(?:[.·…_]\s?){5,}$")
"""Dots that lead to what stands at the other side, as to the pages in a table of contents."""

SAYING = f"{list_marks.SAYING}<>≤≥≦≧=≠≈~±+×÷−↑↓↗↘⇑⇓♀♂"
"""Signs that say something of the words behind them, such as "do not" or "more than": they stay before these."""
_NO_BULLETS = "©®™℗°№"
"""Signs of the categories below that belong to the words behind them."""
_BEGINS = re.compile(r"(\S)(?:\s+|$)(?!\s*\d)")
_EVEN = 2.0
"""Points by which the bullets of a list stand apart from one line at most."""


def with_bullets(rows: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Lines with a bullet for any sign, such as "»" or "→", that two lines at one place begin with.

    Before a figure it may be more than a bullet: "☎ 999".
    """
    ordered = [sorted(row, key=lambda piece: (piece.left, piece.right)) for row in rows]
    places: Counter[tuple[str, int]] = Counter()
    for row in ordered:
        for at, piece in enumerate(row):
            if sign := _sign(row, at):
                places[sign, round(piece.left / _EVEN)] += 1
    found: list[list[Piece]] = []
    for row in ordered:
        found.append([])
        for at, piece in enumerate(row):
            sign = _sign(row, at)
            near = sum(places[sign, round(piece.left / _EVEN) + step] for step in (-1, 0, 1)) if sign else 0
            found[-1].append(replace(piece, text=BULLET + piece.text.lstrip()[1:]) if near > 1 else piece)
    return found


def _sign(row: Sequence[Piece], at: int) -> str:
    """The sign that a piece begins with, which is not known as a bullet and has a space behind it; or ""."""
    piece = row[at]
    begins = _BEGINS.match(piece.text.lstrip())
    if not begins or (at and piece.left - row[at - 1].right < piece.style.size):
        return ""
    if begins.end() == len(piece.text.strip()) and (at + 1 == len(row) or row[at + 1].text.lstrip()[:1].isdigit()):
        return ""
    sign = begins[1]
    is_sign = unicodedata.category(sign) in ("So", "Sm", "Sk", "Pf") and sign not in _NO_BULLETS + SAYING
    return sign if is_sign and not MARK.fullmatch(sign) else ""
