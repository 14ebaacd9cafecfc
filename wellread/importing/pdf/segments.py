"""Puts the pieces of a page together to segments: what stands on one line without a gap that divides columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.directions import Letter, has_only_units, in_reading_order, is_right_to_left
from wellread.importing.pdf.gutters import cut_at_gutters
from wellread.importing.pdf.marks import BULLET, MARK, with_bullets
from wellread.importing.pdf.pieces import Piece, Style

GAP = 0.5
"""Width of a gap, in sizes of the type, at which a line is cut. Spaces in justified text are wider at times; they
divide nothing, for no gutter goes on above and below them."""

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_FIGURES = re.compile(r"[0-9+\-−]+")
_NEAR = 3
"""Lines above and below among which the line is looked for that a raised figure belongs to."""
_MOST_MARK = 8.0
"""Sizes of the type between a bullet and its text at most."""
_THIN = 2.5
"""Height of an underline in points at most."""
_BELOW = 0.35
"""Sizes of the type by which an underline stands below the base line at most."""
_COVERED = 0.7
"""Share of the width that is underlined at least: a link within a line is not."""
_DOT = (0.15, 1.1)
"""Width and height of a drawn bullet or of a box to tick, in sizes of the type."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one line: its main look, its place, and whether it begins a cell of a table with narrow gutters.

    `at` tells in which order the texts of a page were drawn.
    """

    text: str
    style: Style
    left: float
    right: float
    bottom: float
    cell: bool = False
    at: int = 0


def read_segments(pieces: Sequence[Piece], marks: Sequence[Box], from_right: bool = False) -> list[Segment]:
    """The segments of a page, from top to bottom and left to right; `marks` may have bullets that are drawn.

    A page that is read `from_right` is given as its mirror image.
    """
    rows = cut_at_gutters(with_bullets(_rows([piece for piece in pieces if piece.text.strip()])), marks)
    found = [segment for row in rows for segment in _cut(row, from_right)]
    return _with_drawn_bullets(_with_underlines(found, marks), marks)


def rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments on one base line together, from top to bottom."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (-one.bottom, one.left)):
        if rows and abs(rows[-1][0].bottom - segment.bottom) < 0.3 * min(rows[-1][0].style.size, segment.style.size):
            rows[-1].append(segment)
            rows[-1].sort(key=lambda one: one.left)
        else:
            rows.append([segment])
    return rows


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one base line, and raised or lowered figures with the text that they touch."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom, piece.left)):
        near = next(
            (row for row in reversed(rows[-4:]) if abs(row[0].bottom - piece.bottom) < 0.3 * _smaller(row[0], piece)),
            None,
        )
        if near:
            near.append(piece)
        else:
            rows.append([piece])
    for at, row in enumerate(rows):
        for piece in list(row):
            if host := _host(piece, [*rows[max(at - _NEAR, 0) : at], *rows[at + 1 : at + 1 + _NEAR]]):
                row.remove(piece)
                host.append(piece)
    return [row for row in rows if row]


def _smaller(one: Piece, other: Piece) -> float:
    return min(one.style.size, other.style.size)


def _host(piece: Piece, rows: Sequence[list[Piece]]) -> list[Piece] | None:
    """The line that a small raised or lowered piece belongs to."""
    for row in rows:
        for other in row:
            size = other.style.size
            beside = min(abs(piece.left - other.right), abs(other.left - piece.right)) < 0.35 * size
            if beside and piece.style.size < 0.9 * size and -0.4 * size < piece.bottom - other.bottom < 0.65 * size:
                return row
    return None


def _cut(row: Sequence[Piece], from_right: bool) -> list[Segment]:
    """A line as its segments; a bullet or number stays with the text after it, however far that is."""
    ordered = sorted(row, key=lambda piece: (piece.left, piece.right))
    groups: list[list[Piece]] = []
    for piece in ordered:
        group = groups[-1] if groups else None
        if group:
            gap = piece.left - max(one.right for one in group)
            size = max(piece.style.size, group[-1].style.size)
            mark = MARK.fullmatch("".join(one.text for one in group).strip()) is not None
            word = gap < GAP * size or piece.begins_word
            if not piece.cell and (word or (mark and gap < _MOST_MARK * size)):
                group.append(piece)
                continue
        groups.append([piece])
    return [_segment(group, from_right) for group in groups]


def _segment(group: Sequence[Piece], from_right: bool) -> Segment:
    weights: Counter[Style] = Counter()
    for piece in group:
        weights[piece.style] += len(piece.text.strip())
    letters: Counter[Style] = Counter()
    for piece in group:
        letters[piece.style] += sum(map(str.isalnum, piece.text))
    main = max(
        letters if any(letters.values()) else weights, key=lambda style: (letters[style], weights[style], style.size)
    )
    base = next(piece.bottom for piece in group if piece.style == main)
    worded = [piece for piece in group if any(map(str.isalnum, piece.text))] or list(group)
    written = [_written(piece, main.size, base) for piece in group]
    words = " ".join(written)
    if is_right_to_left(words) or (from_right and has_only_units(words)):
        text = _of_both_directions(group, written, from_right)
    else:
        text = "".join(f" {one}" if at and _apart(group[at - 1], group[at]) else one for at, one in enumerate(written))
    colors = {piece.style.color for piece in worded}
    style = Style(main.size, all(piece.style.bold for piece in worded), colors.pop() if len(colors) == 1 else ())
    text = re.sub(r"[\uf000-\uf0ff]", BULLET, " ".join(text.split()))
    left, right = min(one.left for one in group), max(one.right for one in group)
    return Segment(text, style, left, right, base, group[0].cell, min(one.at for one in group))


def _apart(one: Piece, other: Piece) -> bool:
    if one.left > other.left:
        one, other = other, one
    return other.left - one.right > 0.15 * _smaller(one, other) or MARK.fullmatch(one.text.strip()) is not None


def _written(piece: Piece, size: float, base: float) -> str:
    """The text of a piece, raised figures as such: 10⁹, not 109."""
    smaller = piece.style.size < 0.95 * size and piece.bottom > base + 0.1 * size
    return piece.text.translate(_RAISED) if smaller and _FIGURES.fullmatch(piece.text.strip()) else piece.text


def _of_both_directions(group: Sequence[Piece], written: Sequence[str], from_right: bool) -> str:
    """The text of a line with Arabic or Hebrew, in the order in which it is read."""
    letters: list[Letter] = []
    for piece, text in zip(group, written, strict=True):
        letters += (piece.letters if text == piece.text else ()) or (Letter(text.strip(), piece.left, piece.right),)
    if from_right:
        letters = [Letter(one.text, -one.right, -one.left) for one in letters]
    return in_reading_order(letters, max(piece.style.size for piece in group), from_right)


def _with_underlines(segments: Sequence[Segment], marks: Sequence[Box]) -> list[Segment]:
    """Segments whose style says that all of them is underlined; the line may have gaps where letters go through it.

    What is underlined in colour is a link.
    """
    lines = sorted(
        (box.bottom, box.left, box.right)
        for box in marks
        if box.top - box.bottom < _THIN and box.right - box.left > box.top - box.bottom
    )
    found = []
    for segment in segments:
        size = segment.style.size
        below = lines[bisect_left(lines, (segment.bottom - _BELOW * size,)) : bisect_left(lines, (segment.bottom,))]
        near = [(left, right) for _, left, right in below if left < segment.right and right > segment.left]
        covered = sum(min(right, segment.right) - max(left, segment.left) for left, right in near)
        beyond = any(left < segment.left - 0.5 * size or right > segment.right + 0.5 * size for left, right in near)
        is_under = not (beyond or segment.style.color) and covered > _COVERED * (segment.right - segment.left)
        found.append(replace(segment, style=replace(segment.style, underlined=True)) if is_under else segment)
    return found


def _with_drawn_bullets(segments: Sequence[Segment], marks: Sequence[Box]) -> list[Segment]:
    """Segments with a bullet for the dot or square that is drawn before them."""
    dots = [
        box
        for box in marks
        if 0.7 < box.right - box.left < 14 and 0.8 < (box.right - box.left) / max(box.top - box.bottom, 0.01) < 1.25
    ]
    if not dots:
        return list(segments)
    found = []
    for segment in segments:
        size = segment.style.size
        drawn = any(
            _DOT[0] * size < box.right - box.left < _DOT[1] * size
            and 0 < segment.left - box.right < 2.5 * size
            and segment.bottom - 0.2 * size < (box.bottom + box.top) / 2 < segment.bottom + 0.75 * size
            for box in dots
        )
        mark = drawn and not MARK.fullmatch(segment.text.split()[0])
        found.append(replace(segment, text=f"{BULLET} {segment.text}") if mark else segment)
    return found
