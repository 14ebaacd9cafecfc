"""Reads marks that are nearly Markdown: "##Causes", "-cough", "1.Rest", "• Rest", tables without dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate

from wellread.articles.marktext import BREAK
from wellread.articles.starred import is_starred_note
from wellread.text.list_marks import HAN, KEPT, MARK, is_counted

_HEADING = re.compile(r"^([ ]{0,3}#{2,6})(?=[^\W_]|[¿¡*\"“«(\u2600-\u27bf\U0001f300-\U0001faff])", re.MULTILINE)
_TOP = re.compile(r"^#(?=[^\W\d_a-z][^#\n]*$|[^\W_]+[ \t]+\S[^#\n]*$)", re.MULTILINE)
"""One "#" without a space: a heading, unless all that stands there is a tag, "#gout" or "#gout #feet"."""
_FIRST = re.compile(r"\s*#(?=[^\W\d_a-z][^#\n]*(?:\n|$))")
_BULLET = re.compile("([ \t]*)[•‣⁃∙⦁▪▫◦●○■□►▶➢➤❖✦\uf020-\uf0ff][ \t]*(?=[^ \t\n])")
_SIGN = re.compile(rf"([ \t]*)([»›–—·👉🔹🔸🔺⚫⚪🔴🟢]|[{KEPT}])\ufe0f?[ \t]+(?=[^ \t\n])")
"""Signs that are bullets where a line beside them begins with the same one; of those that are kept, which stay in the
item, any other in the same paragraph is enough."""
_MARKED = re.compile(rf"([ \t]*)({MARK.pattern})(?:[ \t]+|(?<=[、．）])(?![\d{HAN}]))(?=[^ \t\n])")
_CLOSE = re.compile(r"([ \t]*)(-(?=[^\W_])(?!\d+(?:[.,]\d+)?\s*[°º℃])|(?:\*(?=[^*\n]*$)|\d{1,2}[.)])(?=[^\W\d_]))")
"""A mark of a list with no space behind it; "*Never* stop" is emphasis, "-5 °C" and "-5" above "-6" are numbers."""
_ITEM = re.compile(r"[ \t]*([-*]|\d{1,2}[.)])[ \t]+\S")
_ROW = re.compile(r"([ ]{0,3})\|.*\|[ \t]*")
_DASHES = re.compile(r"[ ]{0,3}\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")


def space_headings(text: str, titled: bool) -> str:
    r"""Return a text with a space behind the marks of headings that lack it; `titled` where the text has a title.

    "#Causes" may be a tag, so it counts only where other headings are typed so, or where it is the title.

    >>> [space_headings(text, False) for text in ("##Signs of #gout", "#Gout\n\nText", "#gout")]
    ['## Signs of #gout', '# Gout\n\nText', '#gout']
    """
    if "#" not in text:
        return text
    spaced = _HEADING.sub(r"\1 ", text)
    if spaced != text:
        return _TOP.sub("# ", spaced)
    first = None if titled or text.startswith("# ") or "\n# " in text else _FIRST.match(text)
    return f"{first[0]} {text[first.end() :]}" if first else text


def read_typed_marks(rows: Sequence[str], first: int, code: Collection[int]) -> list[str]:
    """Return lines with the marks of lists and tables as Markdown writes them; `first` is the line of the first.

    Bullets that are no Markdown ("• Rest"), letters that count ("a. Rest") and marks without a space ("-Rest") are read
    where such lines stand below one another. A table without its line of dashes gets one. Lines of `code` stay.
    """
    changed = list(rows)
    free = [bool(row) and first + at not in code for at, row in enumerate(rows)]
    found = [_BULLET.match(row) if free[at] else None for at, row in enumerate(rows)]
    marked = [_MARKED.match(row) if free[at] else None for at, row in enumerate(rows)]
    close = [_CLOSE.match(row) if free[at] else None for at, row in enumerate(rows)]
    signs = [_SIGN.match(row) if free[at] else None for at, row in enumerate(rows)]
    paragraphs = [*accumulate(not row.strip() for row in rows)]
    saying = Counter(paragraphs[at] for at, sign in enumerate(signs) if sign and sign[2] in KEPT)
    for at, row in enumerate(rows):
        if free[at] and is_starred_note(rows, at):
            changed[at] = f"{BREAK}\\{row.lstrip()}"
        if not (found[at] or marked[at] or close[at] or signs[at]):
            continue
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(rows) and not rows[min(n, at)].endswith("\\")]
        if (bullet := found[at]) and ("•" in bullet[0] or any(found[n] for n in beside)):
            changed[at] = f"{bullet[1]}- {row[bullet.end() :]}"
        elif (sign := signs[at]) and (_beside(signs, rows, at) or (sign[2] in KEPT and saying[paragraphs[at]] > 1)):
            changed[at] = f"{sign[1]}- {row[sign.end(1) if sign[2] in KEPT else sign.end() :]}"
        elif (mark := marked[at]) and any(
            (other := marked[n]) and is_counted([m[2] for m in ((mark, other) if n > at else (other, mark))])
            for n in beside
        ):
            changed[at] = f"{mark[1]}- {mark[2]} {row[mark.end() :]}"
        elif (typed := close[at]) and any(
            (other := close[n] or (_ITEM.match(rows[n]) if free[n] else None))
            and _go_together(typed, other, n > at)
            and not (row[typed.end()].isdigit() and other.re is _CLOSE and rows[n][other.end()].isdigit())
            for n in beside
        ):
            changed[at] = f"{typed[0]} {row[typed.end() :]}"
    return _with_dashes(changed, free) if any("|" in row for row in rows) else changed


def _beside(signs: Sequence[re.Match[str] | None], rows: Sequence[str], at: int) -> bool:
    """Tell whether a sign is a bullet by the lines beside it: the same, or an item above one that is kept."""
    sign = signs[at]
    if sign is not None and sign[2] in KEPT:
        return at > 0 and _ITEM.match(rows[at - 1]) is not None
    near = [signs[n] for n in (at - 1, at + 1) if 0 <= n < len(rows)]
    return sign is not None and any(other and other[2] == sign[2] for other in near)


def _go_together(mark: re.Match[str], other: re.Match[str], below: bool) -> bool:
    one, two = mark[2], other[other.lastindex or 1]
    if not one[0].isdigit():
        return one == two
    return two[0].isdigit() and one[-1] == two[-1] and int(two[:-1]) - int(one[:-1]) == (1 if below else -1)


def _with_dashes(rows: list[str], free: Sequence[bool]) -> list[str]:
    """Write the line of dashes below the first row of a table that lacks it, or has one with too few or many cells."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and free[end] and _ROW.fullmatch(rows[end]) and BREAK not in rows[end]:
            end += 1
        table, above = rows[at:end], rows[at - 1] if at else ""
        dashed = [_DASHES.fullmatch(row) is not None for row in table]
        counts = {_cells(row) for row, dash in zip(table, dashed, strict=True) if not dash}
        if (
            len(table) > 1
            and len(counts) == 1
            and min(counts) > 1
            and not dashed[0]
            and not any(dashed[2:])
            and "|" not in above
        ):
            indent = len(table[0]) - len(table[0].lstrip())
            dashes = f"{' ' * indent}|{'---|' * counts.pop()}"
            if not dashed[1]:
                rows[at] = f"{table[0]}{BREAK}{dashes}"
            elif _cells(table[1]) != _cells(table[0]):
                rows[at + 1] = dashes
        at = max(end, at + 1)
    return rows


def _cells(row: str) -> int:
    return len(_BAR.findall(row)) - 1
