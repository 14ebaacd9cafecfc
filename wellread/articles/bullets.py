"""Finds the marker at the beginning of a line of a list: bullets of every kind, and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from wellread.articles.introductions import ends_sentence
from wellread.articles.lettering import holds_telephone
from wellread.articles.starred import is_starred_note
from wellread.text.list_marks import HAN, KEPT, MARK, is_counted

_MAY_HEAD = "⚠✅❌🚫✔✓"
"""Kept bullets that also stand before headings, "⚠️ Warning signs", and count where a neighbour has one too."""

_FROM_WINGDINGS = {"\uf0fc": "✓", "\uf0fe": "☑", "\uf0fb": "✗", "\uf0fd": "☒"}
"""Ticks and crosses of the font Wingdings, as Word writes them: the font's character plus U+F000."""

_GLYPH = re.compile(
    r"([•‣⁃∙⦁⦾⦿◘▪▫◦●○■□◼◻◾◽►▶▸▹▷▻◆◇◈❖★☆✦✧✱➢➣➤➔➜➙➡→⇒⮚⮞❒❏❐🔹🔸🔺👉⚫⚪🔴🟢・\uf020-\uf0ff"
    rf"{KEPT}])\ufe0f?\s*(.*)"
)
_DASH = re.compile(r"([-*–—·])\s+(\S.*)")
_CIRCLED = "①-⑳㉑-㉟❶-❿⓵-⓾"
_NUMBER = re.compile(r"(\d{1,3}[.)]|\(\d{1,3}\)|\(?[^\W\d_]\)|\(?[ivx]{2,4}\))\s+(\S.*)")
_WIDE_NUMBER = re.compile(
    rf"([{_CIRCLED}]|(?:\d{{1,3}}|[{HAN}]{{1,3}})[、．]|\d{{1,3}}）|（(?:\d{{1,3}}|[{HAN}]{{1,3}})）)\s*(?![\d{HAN}])(\S.*)"
)
"""Numbers of Chinese and Japanese lists, with no space behind them; "1、2型糖尿病" speaks of two types of diabetes."""
_LETTER = re.compile(r"([oØ§üqvn.])\s+(\S.*)")
_ROUND = re.compile(r"([٥۵]|\d)\s+([^\W\d_].*)")
"""A digit that looks like a round bullet: nought in any script, and five in Arabic letters."""
_NEAR = 5
"""Lines above such a digit, and below it, among which another digit makes a row of scores of them."""
_NO_WORDS = "Ø§üq"
"""Letters for bullets that are no word in any language: they head sections where another one stands further off.
Before figures they say something: "q 4 hours", "§ 5"."""
_LETTERED = re.compile(rf"({MARK.pattern})\s+(\S.*)")
_NUMBER_FROM_LEFT = re.compile(r"\.(\d{1,2})\s+([\u0590-\u08ff].*)")
"""".1" before Arabic or Hebrew words: the number of a line that was drawn from the right, in the order of the left."""
_TIGHT = re.compile(r"([-–—*]|\d{1,2}[.)])([^\W\d_].*)")
_WORD = re.compile(rf"(?![{_CIRCLED}])[^\W\d_]{{2,}}(?![\w.)、．])")
"""Most lines begin so, and none of them with a marker."""


def split_marker(rows: Sequence[str], at: int) -> tuple[str, str]:
    """Return the list marker of a row and its text, "" for a row that is no list item.

    Markers that may also be words or signs count where a neighbour has the like: the letters that Word's bullets are
    pasted as ("o", "Ø", "§"), and dashes and numbers without a space ("-Rest").
    """
    row = rows[at].strip()
    if not row or _WORD.match(row):
        return "", row
    found = _GLYPH.fullmatch(row)
    if found:
        sign = _FROM_WINGDINGS.get(found[1], found[1])
        if sign in _MAY_HEAD and not (ends_sentence(row) or any(other[:1] in KEPT for other in _neighbours(rows, at))):
            return "", row
        return ("•", f"{sign} {found[2]}".strip()) if sign in KEPT else (found[1], found[2])
    if row.startswith("*") and is_starred_note(rows, at):
        return ("•", row) if at and rows[at - 1].strip() else ("", row)
    number = _NUMBER.fullmatch(row)
    if number and holds_telephone(row) and not holds_telephone(number[2]):
        return "", row  # "(555) 123-4567"
    found = _DASH.fullmatch(row) or number or _WIDE_NUMBER.fullmatch(row)
    if found is None and (turned := _NUMBER_FROM_LEFT.fullmatch(row)):
        return f"{turned[1]}.", turned[2]
    if found is None and (letter := _LETTER.fullmatch(row)):
        found = letter if _letter_is_bullet(rows, at, letter[1]) else None
    if found is None and (round_digit := _ROUND.fullmatch(row)) and _digit_is_bullet(rows, at, round_digit):
        if round_digit[1] == "0":
            return "•", row  # it may count after all: "0 Alcohol"
        return (round_digit[1] if int(round_digit[1]) else "•"), round_digit[2]
    if found is None and (lettered := _LETTERED.fullmatch(row)):
        found = lettered if _counts_on(rows, at, lettered[1]) else None
    if found is None and (tight := _TIGHT.fullmatch(row)):
        found = tight if any(_TIGHT.fullmatch(other) for other in _neighbours(rows, at)) else None
    return (found[1], found[2]) if found else ("", row)


def _letter_is_bullet(rows: Sequence[str], at: int, letter: str) -> bool:
    """Tell whether a letter is a word processor's bullet: "o" is a word in Spanish, Italian and Portuguese.

    So is the full stop that AsciiDoc numbers items with.
    """
    if re.match(rf"\s*{re.escape(letter)}(?:\t|\s{{2,}})", rows[at]):
        return True
    beside = _neighbours(rows, at)
    if any(other.startswith((f"{letter} ", f"{letter}\t")) or _GLYPH.match(other) for other in beside):
        return True
    like = re.compile(rf"{letter} +\D")
    elsewhere = (rows[n] for n in chain(range(at + 1, len(rows)), range(at - 1, -1, -1)))  # the next one comes first
    return letter in _NO_WORDS and like.match(rows[at]) is not None and any(map(like.match, elsewhere))


def _digit_is_bullet(rows: Sequence[str], at: int, row: re.Match[str]) -> bool:
    """Tell whether a digit is typed for a round bullet: lines beside it have it too, none near has another.

    "0 to 6 months" and "5 ml" may stand twice, so other words behind the digit tell; "0 alcohol" is an amount.
    """
    if (row[1] not in "٥۵" and int(row[1])) or row[2][0].islower():
        return False
    beside = _neighbours(rows, at)
    like = [found for other in beside if (found := _ROUND.fullmatch(other)) and found[1] == row[1]]
    near = (other.lstrip()[:1] for other in rows[max(at - _NEAR, 0) : at + _NEAR + 1])
    others = any(first.isdecimal() and first != row[1] for first in near)
    return bool(like) and not others and all(found[2].split()[0] != row[2].split()[0] for found in like)


def _counts_on(rows: Sequence[str], at: int, mark: str) -> bool:
    """Tell whether the row above has the mark before this one ("a." before "b."), or the row below the next."""
    near = [other[1] if (other := _LETTERED.match(row)) else "" for row in _neighbours(rows, at)]
    return any(is_counted(pair) for one in near for pair in ((one, mark), (mark, one)))


def _neighbours(rows: Sequence[str], at: int) -> list[str]:
    """Return the rows above and below, without their indentation, over one blank row each."""
    beside: list[str] = []
    for near, far in ((at - 1, at - 2), (at + 1, at + 2)):
        place = near if not 0 <= near < len(rows) or rows[near].strip() else far
        if 0 <= place < len(rows):
            beside.append(rows[place].lstrip())
    return beside
