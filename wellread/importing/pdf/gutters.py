"""Finds the gutters of tables that are too narrow to be seen by their width alone, and cuts the lines there.

A program that draws a table draws each cell by itself, without a space before it, however near the cells stand. Where
such beginnings, or an upright rule, leave one place open on several lines, a gutter goes through them. What is drawn
after a lower line of the cell at its left begins a cell as surely as if a rule stood before it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.cell_signs import risen_pieces, sizes_without_spaces, upright_rules
from wellread.importing.pdf.directions import is_right_to_left
from wellread.importing.pdf.marks import DASHES, LEADERS, MARK
from wellread.importing.pdf.pieces import Break, Piece

_SEEN = 0.15
"""Least gap between two cells that shows a gutter, in sizes of the type; the letters of a word stand nearer."""
_WIDE = 1.0
"""Least gap that is wider than one between words, in sizes of the type; in justified text these are wide."""
_EXACT = 0.3
"""Points by which the beginnings of cells may differ where the gap alone does not show that they are cells."""
_UNLIKE = 0.6
"""Least gap, in sizes of the type, that half of the lines must have: cells differ in length, and the space after a word
that begins several lines does not."""
_LINES = 3
"""Lines at least that have a gap at one place; two, if a rule stands in it."""
_SHARE = 1 / 3
"""Share of lines at least that have the gap; the others are those of cells that have several."""
_NEAR = 0.6
"""Points by which cells of one column may stand differently, and by which a letter may reach into a gap."""
_PITCH = 4.0
"""Sizes of the type between two lines of a table at most."""
_CLOSE = 1.6
"""Sizes of the type between two lines of one cell at most."""
_SET_BACK = 1.1
"""Width that a gutter gets, in sizes of the type: that of one between columns of text, for it is told by its width."""
_LETTERS = 0.3
"""Share of letters that are drawn by themselves without a gap from which on these are letters of words."""

_WITHIN = tuple("-–.,/'’")
"""Signs within numbers and words, with no space on either side."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """An open place on a line, from `end` to `start`; `inside` if text stands on both sides of it.

    It is `seen` if it shows a gutter, `ruled` if a rule stands in it or a cell surely begins behind it, `wide` if no
    space after a word is, a `word` if it may divide two words. A `dash` before it shows nothing by itself: it may be an
    empty cell or a bullet.
    """

    end: float
    start: float
    inside: bool = False
    seen: bool = False
    ruled: bool = False
    wide: bool = False
    word: bool = False
    dash: bool = False

    def overlap(self, other: _Gap) -> float:
        """The width that two gaps share; below zero if they share none."""
        return min(self.start, other.start) - max(self.end, other.end)


@dataclass(slots=True)
class _Run:
    """Lines that leave one place open: the rows from `first` to `last` have text on both sides of it."""

    first: int
    last: int
    gap: _Gap
    lines: int = 0
    ruled: int = 0
    wide: int = 0
    begins: float = math.nan
    ends: float = math.nan

    def is_flush(self, gap: _Gap) -> bool:
        """Tell whether what stands after a gap begins where the cells do, or what stands before it ends so."""
        return abs(gap.start - self.begins) < _EXACT or abs(gap.end - self.ends) < _EXACT

    def take(self, at: int, gap: _Gap) -> None:
        """Let the gap of one more line narrow the place."""
        self.gap = _Gap(max(self.gap.end, gap.end), min(self.gap.start, gap.start))
        self.ruled += gap.ruled
        if gap.inside:
            self.first, self.last = min(self.first, at), max(self.last, at)
            self.lines += not gap.dash
            self.wide += gap.wide
            self.begins, self.ends = gap.start, gap.end


def cut_at_gutters(rows: Sequence[list[Piece]], rules: Sequence[Box]) -> list[list[Piece]]:
    """Cut the pieces of lines at the narrow gutters of tables, and set back what stands at their left.

    `rows` are the lines from top to bottom.
    """
    ordered = [sorted(row, key=lambda piece: (piece.left, piece.right)) for row in rows]
    upright = upright_rules(rules)
    unspaced = sizes_without_spaces(ordered)
    risen = risen_pieces(ordered)
    gaps = [list(_gaps(row, upright, unspaced, risen)) for row in ordered]
    for run in _runs(ordered, gaps):
        often = run.lines >= max(_LINES, _SHARE * (run.last - run.first + 1))
        if (often and 2 * run.wide >= run.lines) or run.ruled >= _LINES - 1:
            first, last = _with_ends_of_cells(ordered, run)
            for at in range(first, last + 1):
                ordered[at] = list(_cut(ordered[at], run.gap))
    return ordered


def _gaps(
    row: Sequence[Piece], upright: Sequence[tuple[float, float, float]], unspaced: set[float], risen: set[int]
) -> Iterator[_Gap]:
    """The gaps of a line from left to right, and what is open at its left and right."""
    yield _Gap(-math.inf, row[0].left, ruled=row[0].at in risen)
    text = ""  # since the last gap
    reached = row[0].left
    first = True
    leftwards = any(is_right_to_left(piece.text) for piece in row)
    for number, piece in enumerate(row):
        at = 0
        size = piece.style.size
        edges = [(0, reached, piece.left)] if number and not piece.begins_word else []
        edges += [(one.at, one.end, one.start) for one in _between_cells(piece)]
        for place, end, start in edges:
            text += piece.text[at:place]
            at = place
            ruled = _is_ruled(upright, end, start, piece) or (not place and piece.at in risen)
            mark = text.strip()
            is_item = MARK.fullmatch(mark) is not None and (first or mark not in DASHES)
            is_item = is_item or LEADERS.search(mark[-20:]) is not None
            written = text[-1:].isspace() and not place and start - end < size
            whole = not ruled and start - end < _SEEN * size and place > 0 and _is_in_word(piece.text, place)
            if start - end > -_NEAR and not whole and (ruled or not (is_item or written)):
                word = (size in unspaced or leftwards) and not ruled and start - end < _WIDE * size
                seen = start - end >= _SEEN * size and not word
                wide = seen and start - end >= _UNLIKE * size
                yield _Gap(min(end, start), start, True, seen, ruled, wide, word, seen and mark in DASHES)
                text, first = "", False
        text += piece.text[at:]
        reached = max(reached, piece.right)
    yield _Gap(reached, math.inf)


def _between_cells(piece: Piece) -> list[Break]:
    """The breaks of a piece that may be gutters: not those between the letters of words."""
    wide = [one for one in piece.breaks if one.start - one.end >= _SEEN * piece.style.size]
    letters = len(piece.breaks) - len(wide) > max(_LETTERS * len(piece.text), 2)
    return wide if letters else list(piece.breaks)


def _divides_word(piece: Piece, one: Break) -> bool:
    return one.start - one.end < _SEEN * piece.style.size and _is_in_word(piece.text, one.at)


def _is_in_word(text: str, at: int) -> bool:
    """Tell whether a place is inside a number or a word, "1.2|5", "health|-care": programs draw parts of them alone."""
    before, after = text[at - 1], text[at : at + 1]
    if before.isalnum() and after.isalnum():
        return (before.isdigit() and after.isdigit()) or (before.isalpha() and after.islower())
    return (before in _WITHIN and after.isalnum()) or (before.isalnum() and after in _WITHIN)


def _is_ruled(upright: Sequence[tuple[float, float, float]], end: float, start: float, piece: Piece) -> bool:
    middle = piece.bottom + 0.3 * piece.style.size
    at = bisect_left(upright, (end - _NEAR,))
    while at < len(upright) and upright[at][0] <= start + _NEAR:
        if upright[at][1] <= middle <= upright[at][2]:
            return True
        at += 1
    return False


def _runs(rows: Sequence[Sequence[Piece]], gaps: Sequence[Sequence[_Gap]]) -> list[_Run]:
    """The places that stay open from line to line."""
    done: list[_Run] = []
    active: list[_Run] = []
    for at, row in enumerate(gaps):
        if at and not _is_near(rows[at - 1], rows[at], _PITCH):
            done, active = done + active, []
        going: list[_Run] = []
        used: set[_Gap] = set()
        for run in active:
            best = _best(run, row, _words_may_be_cells(rows, run, at))
            if best:
                run.take(at, best)
                used.add(best)
                going.append(run)
            else:
                done.append(run)
        going += [
            _Run(at, at, gap, int(not gap.dash), int(gap.ruled), int(gap.wide), gap.start, gap.end)
            for gap in row
            if gap.inside and gap not in used and (gap.seen or gap.ruled)
        ]
        active = going
    done += active
    for run in done:
        _upwards(run, rows, gaps)
    return done


def _best(run: _Run, row: Sequence[_Gap], words: bool) -> _Gap | None:
    """The gap of a line that leaves the place of a run open; what may divide words only where it is said so."""
    fitting = [gap for gap in row if run.gap.overlap(gap) > -_NEAR]
    certain = [gap for gap in fitting if not gap.word or (words and run.is_flush(gap))]
    if not certain and words and run.lines >= _LINES and len(fitting) == 1:
        return fitting[0]
    return max(certain, key=run.gap.overlap, default=None)


def _words_may_be_cells(rows: Sequence[Sequence[Piece]], run: _Run, at: int) -> bool:
    """Tell whether a line stands right below or above those of a run, in their type, and not farther than they do."""
    edge, inner = (run.last, run.last - 1) if at > run.first else (run.first, run.first + 1)
    if abs(at - edge) != 1 or rows[at][0].style.size != rows[edge][0].style.size:
        return False
    if run.first == run.last:
        return True
    usual = abs(rows[edge][0].bottom - rows[inner][0].bottom)
    return abs(rows[at][0].bottom - rows[edge][0].bottom) < usual + 2 * _NEAR


def _upwards(run: _Run, rows: Sequence[Sequence[Piece]], gaps: Sequence[Sequence[_Gap]]) -> None:
    """Add the lines above whose cells touch, as those of the widest row may."""
    for at in range(run.first - 1, -1, -1):
        best = _best(run, gaps[at], _words_may_be_cells(rows, run, at))
        same = abs(rows[at][0].style.size - rows[at + 1][0].style.size) < _NEAR
        if not (best and same and _is_near(rows[at], rows[at + 1], _PITCH)):
            return
        run.take(at, best)


def _with_ends_of_cells(rows: Sequence[Sequence[Piece]], run: _Run) -> tuple[int, int]:
    """The lines of a run with those just above and below that stand at one side of it: cells of several lines."""
    first, last = run.first, run.last
    while first and _is_near(rows[first - 1], rows[first], _CLOSE) and _is_beside(rows[first - 1], run.gap):
        first -= 1
    while last + 1 < len(rows) and _is_near(rows[last], rows[last + 1], _CLOSE) and _is_beside(rows[last + 1], run.gap):
        last += 1
    return first, last


def _is_beside(row: Sequence[Piece], gap: _Gap) -> bool:
    return all(piece.right <= gap.start + _NEAR or piece.left >= gap.end - _NEAR for piece in row)


def _is_near(above: Sequence[Piece], below: Sequence[Piece], sizes: float) -> bool:
    return above[0].bottom - below[0].bottom <= sizes * max(above[0].style.size, below[0].style.size)


def _cut(row: Sequence[Piece], gap: _Gap) -> Iterator[Piece]:
    """The pieces of a line, the one cut that goes over the gap, and the ends before it set back."""
    parts: list[Piece] = []
    for piece in row:
        inside = [
            one
            for one in piece.breaks
            if one.end < gap.start + _NEAR and one.start > gap.end - _NEAR and not _divides_word(piece, one)
        ]
        across = piece.left < gap.end - _NEAR and piece.right > gap.start + _NEAR
        parts += (
            _split(piece, min(inside, key=lambda one: abs(one.start - gap.start)).at) if inside and across else [piece]
        )
    middle = (gap.end + gap.start) / 2
    left = [one for one in parts if (one.left + one.right) / 2 < middle]
    right = [one for one in parts if (one.left + one.right) / 2 >= middle]
    for piece in left:
        edge = min(piece.right, gap.start - _SET_BACK * piece.style.size)
        yield replace(piece, right=max(edge, piece.left))
    yield from (replace(piece, cell=True) if at == 0 and left else piece for at, piece in enumerate(right))


def _split(piece: Piece, at: int) -> list[Piece]:
    """A piece as two, cut at one of its breaks."""
    here = next(one for one in piece.breaks if one.at == at)
    before = tuple(one for one in piece.breaks if one.at < at)
    after = tuple(replace(one, at=one.at - at) for one in piece.breaks if one.at > at)
    return [
        replace(piece, text=piece.text[:at], right=min(here.end, here.start), breaks=before),
        replace(piece, text=piece.text[at:], left=here.start, breaks=after),
    ]
