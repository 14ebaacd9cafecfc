"""Tells which letters of a PDF's page are no text to its readers: struck through, hidden, slanted or cut off."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.boxes import Box, turn
from wellread.importing.pdf.pieces import Char

STRUCK = "struck out"
HIDDEN = "hidden text"
HIDDEN_LAYER = "text of a layer that is not shown"
SLANTED = "slanted text"
OUTSIDE = "text beyond the edge of the page"

_THROUGH = (0.12, 0.5)
"""Where a line stands, in sizes of the type above the base line, that goes through letters: browsers draw it at 0.3,
Word at 0.26; an underline stands below the base line."""
_THIN = 0.16
"""Height of a line that goes through letters, in sizes of the type at most."""
_BEYOND = 0.7
"""Sizes of the type by which such a line reaches beyond the letters at most: a rule of the page reaches farther."""
_TINY = 3.0
"""Size in points below which nobody reads letters; the small print of a package leaflet has 6."""
_SMALLER = 0.5
"""Share of the size of most letters that tiny ones have at most: in a page that is drawn small all letters are."""
_SPACE = 0.6
"""Width of a space between words in sizes of the type at most."""
_PIXELS = 1_000_000
"""Points that a page is drawn with at most to see what is below white letters: twice those of A4 at 72 to an inch."""
_MOSTLY = 0.75
"""Share of a word's letters at least that a line goes through to strike it out: bits of drawings go through a few."""
_LEVEL = 0.1
"""Points by which the letters of one line differ in height at most."""
_WHITE = 240
"""Least brightness (0 to 255) of white paper."""


def without_unread(
    chars: Sequence[Char | None], lines: Sequence[Box], page: Any
) -> tuple[list[Char | None], list[LeftOut]]:
    """The letters that readers see as text, with a gap where others were, and those others, named.

    `lines` are drawn on the page, or over it by an annotation that strikes words out.
    """
    reasons = _reasons(chars, lines, page)
    kept: list[Char | None] = []
    found: list[LeftOut] = []
    run: list[Char] = []  # the letters that were left out since the last that was kept
    gap = False
    for at, char in enumerate(chars):
        if char is None or (char.text.isspace() and (run or char.unread)):
            gap = True
            kept.append(None)
        elif at in reasons:
            if run and reasons[at] == found[-1].kind:
                blank = " " if gap or abs(char.bottom - run[-1].bottom) > _LEVEL else ""
                found[-1] = replace(found[-1], text=f"{found[-1].text}{blank}{char.text}")
            else:
                found.append(LeftOut(reasons[at], char.text))
            run.append(char)
            kept.append(None)
            gap = False
        else:
            _close_gap(kept, run, char)
            kept.append(char)
            run, gap = [], False
    return kept, found


def _close_gap(kept: list[Char | None], run: Sequence[Char], char: Char) -> None:
    """Let the letter before words that are left out reach to the one after them, where the line goes on there."""
    at = next((at for at in range(len(kept) - 1, -1, -1) if (one := kept[at]) and not one.text.isspace()), None)
    before = None if at is None else kept[at]
    if at is not None and before and run and _is_beside(before, run[0]) and _is_beside(run[-1], char):
        left, right = min(one.left for one in run), max(one.right for one in run)
        if right > before.right:
            kept[at] = replace(before, right=right)
        else:
            kept[at] = replace(before, left=min(left, before.left))  # from right to left


def _is_beside(one: Char, other: Char) -> bool:
    """Tell whether letters stand beside one another in a line, with a space between them at most."""
    gap = max(other.left - one.right, one.left - other.right)
    level = one.angle == other.angle and abs(one.bottom - other.bottom) < _LEVEL
    return level and gap < _SPACE * other.style.size


def _reasons(chars: Sequence[Char | None], lines: Sequence[Box], page: Any) -> dict[int, str]:
    """Why characters are left out, by their places."""
    found = {at: char.unread for at, char in enumerate(chars) if char and char.unread and not char.text.isspace()}
    seen = {at: char for at, char in enumerate(chars) if char and not char.unread and not char.text.isspace()}
    for angle in {char.angle for char in seen.values()}:
        upright = {at: char for at, char in seen.items() if char.angle == angle}
        found |= dict.fromkeys(_struck(upright, [box.turned(angle) for box in lines]), STRUCK)
    found |= dict.fromkeys(_unseen({at: char for at, char in seen.items() if char.white}, page), HIDDEN)
    sizes = Counter(char.style.size for char in seen.values())
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    tiny = {at for at, char in seen.items() if char.style.size < min(_TINY, _SMALLER * usual)}
    if any(seen[at].text.isalnum() for at in tiny):
        found |= dict.fromkeys(tiny, HIDDEN)
    return _by_words(found, chars)


def _by_words(reasons: dict[int, str], chars: Sequence[Char | None]) -> dict[int, str]:
    """Reasons by which no word of letters is cut: it is struck out with most of it, and outside with all of it."""
    if not {STRUCK, OUTSIDE}.intersection(reasons.values()):
        return reasons
    found = dict(reasons)
    for word in _words(chars):
        for reason, least in ((STRUCK, _MOSTLY), (OUTSIDE, 1.0)):
            touched = [at for at in word if reasons.get(at) == reason]
            if not touched:
                continue
            if len(touched) >= least * len(word):
                found |= {at: reason for at in word if at not in reasons}
            else:
                for at in touched:
                    del found[at]
    return found


def _words(chars: Sequence[Char | None]) -> Iterator[list[int]]:
    """The places of the letters of each word; figures make none, for of "50" one may be struck out."""
    word: list[int] = []
    for at, char in enumerate(chars):
        last = chars[word[-1]] if word else None
        if char is None or not char.text.isalpha() or (last and not _is_beside(last, char)):
            if word:
                yield word
            word = []
        if char and char.text.isalpha():
            word.append(at)
    if word:
        yield word


def _unseen(white: dict[int, Char], page: Any) -> set[int]:
    """The places of white letters below which the page is white: the page is drawn, and looked at there."""
    if not white:
        return set()
    scale = min(1.0, math.sqrt(_PIXELS / max(page.get_width() * page.get_height(), 1.0)))
    bitmap = page.render(scale=scale, grayscale=True)
    wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = bytes(bitmap.buffer)
    x, y = ctypes.c_int(), ctypes.c_int()
    shown: defaultdict[int, list[bool]] = defaultdict(list)  # by drawn text
    for char in white.values():
        corners: list[tuple[int, int]] = []
        for across, up in ((char.left, 0.0), (char.right, 0.6)):
            place = turn(across, char.bottom + up * char.style.size, -char.angle)
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, wide, high, 0, *place, x, y)
            corners.append((min(max(x.value, 0), wide - 1), min(max(y.value, 0), high - 1)))
        (left, right), (top, bottom) = (sorted(ends) for ends in zip(*corners, strict=True))
        rows = (pixels[row * stride + left : row * stride + right + 1] for row in range(top, bottom + 1))
        shown[char.drawn].append(min(map(min, rows)) < _WHITE)
    return {at for at, char in white.items() if 2 * sum(shown[char.drawn]) <= len(shown[char.drawn])}


def _struck(chars: dict[int, Char], boxes: Sequence[Box]) -> set[int]:
    """The places of letters that thin lines go through, which begin and end with them."""
    most = max((char.style.size for char in chars.values()), default=0.0)
    lines = [
        box
        for box in boxes
        if box.top - box.bottom < _THIN * most and box.right - box.left > 2 * (box.top - box.bottom)
    ]
    by_height = sorted(chars.items(), key=lambda one: one[1].bottom)
    heights = [char.bottom for _, char in by_height]
    found: set[int] = set()
    for line in lines:
        middle = (line.bottom + line.top) / 2
        near = slice(bisect_left(heights, middle - _THROUGH[1] * most), bisect_left(heights, middle))
        through = {
            at: char
            for at, char in by_height[near]
            if _THROUGH[0] * char.style.size < middle - char.bottom < _THROUGH[1] * char.style.size
            and line.left < (char.left + char.right) / 2 < line.right
            and line.top - line.bottom < _THIN * char.style.size
        }
        if not any(char.text.isalnum() for char in through.values()):
            continue
        beyond = _BEYOND * max(char.style.size for char in through.values())
        left, right = min(char.left for char in through.values()), max(char.right for char in through.values())
        if line.left > left - beyond and line.right < right + beyond:
            found |= through.keys()
    return found
