"""Tells the wide spaces of justified and of letter-spaced lines from the gaps between columns.

Browsers draw each letter by itself and write no spaces, so a gap is all there is. In a justified line all gaps are of
one width, and the lines beside it in the file go on where it has its gaps; between columns they do not. PDFium may
see the end of a line behind each of such letters, though they touch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median

from wellread.importing.pdf.directions import is_right_to_left
from wellread.importing.pdf.marks import MARK
from wellread.importing.pdf.pieces import BREAK, Char

_LEVEL = 0.1
"""Points by which the base lines of the letters of a line differ at most."""
_EVEN = 1.6
"""How much wider the widest space of a justified line is than its narrowest at most: TeX adds a third after a stop."""
_WIDEST = 3.0
"""Width of a space in a justified line at most, in sizes of the type: a line of two words in a narrow column."""
_WRITTEN = 1.2
"""The same where the space is written, and drawn together with the words beside it."""
_OPEN = 0.25
"""Width of a gap, in sizes of the type, that the line beside must leave open for both to be divided by it."""
_FLUSH = 0.6
"""Points by which the ends of justified lines differ at most."""
_BESIDE = 2.0
"""Sizes of the type between a line and the one after it at most."""
_SPACED = (0.06, 0.6)
"""Gaps between letters, in sizes of the type, at which a line is set with spaces between its letters."""
_ALIKE = 0.06
"""Sizes of the type by which such gaps differ: letters have little sides of their own."""
_MOSTLY = 0.6
"""Share of such gaps among all gaps of the line at least."""
_WORD = 0.13
"""Width, in sizes of the type, that a space between words has more than the gaps between its letters at least."""
_LETTERS = 8
"""Letters of a line at least that is looked at as letter-spaced: "A B C" may be three cells."""
_TOUCH = 0.04
"""Sizes of the type between letters at most between which PDFium saw a gap that is none."""
_TOUCHES = 5
"""Such letters in one line at least, and half of its letters, at which those of the page are no gaps: one may be a
space that is set as narrow."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """The gap before a letter: its width, and whether a space is written in it or was seen in it by PDFium.

    `only_seen` is one in which nothing is written.
    """

    at: int
    left: float
    right: float
    space: bool
    written: bool
    only_seen: bool

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters that follow one another on a base line from left to right, and the gaps between them."""

    first: Char
    last: Char
    text: str
    gaps: tuple[_Gap, ...]

    @property
    def size(self) -> float:
        return self.first.style.size

    def words(self) -> list[_Gap]:
        """The gaps between words; the one behind the mark of an item is none."""
        found = [gap for gap in self.gaps if gap.space]
        head = self.text[: self.gaps.index(found[0]) + 1] if found else ""
        return found[1:] if MARK.fullmatch(head) or (len(head) == 1 and not head.isalnum()) else found

    def touching(self) -> list[_Gap]:
        """The gaps that PDFium saw between letters that touch."""
        return [gap for gap in self.gaps if gap.only_seen and abs(gap.width) < _TOUCH * self.size]


def with_word_spaces(chars: Sequence[Char | None]) -> list[Char | None]:
    """The characters of a page, each that begins a word of its line marked, and without gaps inside spaced words."""
    runs = list(_runs(chars))
    found = list(chars)
    inside: set[int] = set()  # gaps that are none, by their places
    if any(len(run.touching()) >= max(_TOUCHES, len(run.gaps) / 2) for run in runs):
        for gap in chain.from_iterable(run.touching() for run in runs):
            inside |= _close(found, gap.at)
    for number, run in enumerate(runs):
        if step := _letter_spacing(run):
            for gap in run.gaps:
                extra = gap.width - step
                if extra < _WORD * run.size and not gap.written:
                    inside |= _close(found, gap.at)
                elif extra - step < BREAK * run.size:
                    _mark(found, gap.at)
            continue
        wide = [gap for gap in run.words() if gap.width >= BREAK * run.size]
        justified = wide and _is_justified(run, wide, runs[max(number - 1, 0) : number] + runs[number + 1 : number + 2])
        for gap in wide:
            if justified or (gap.written and gap.width < _WRITTEN * run.size):
                _mark(found, gap.at)
    return [char for at, char in enumerate(found) if at not in inside] if inside else found


def _mark(chars: list[Char | None], at: int) -> None:
    char = chars[at]
    if char:
        chars[at] = replace(char, begins_word=True)


def _close(chars: list[Char | None], at: int) -> set[int]:
    """Let a letter follow the one before it without a gap, and give the places of what is between them."""
    before = next(one for one in range(at - 1, -1, -1) if (char := chars[one]) and not char.text.isspace())
    char, last = chars[at], chars[before]
    if char and last:
        chars[before] = replace(last, right=char.left)
    return set(range(before + 1, at))


def _runs(chars: Sequence[Char | None]) -> Iterator[_Run]:
    first: Char | None = None
    last: Char | None = None
    text = ""
    gaps: list[_Gap] = []
    space = written = typed = False
    for at, char in enumerate(chars):
        if char is None or char.text.isspace():
            space = True
            typed |= char is not None
            written |= char is not None and last is not None and char.drawn == last.drawn
            continue
        if first and last and _goes_on(last, char):
            one = written and char.drawn == last.drawn
            gaps.append(_Gap(at, last.right, char.left, space, one, space and not typed))
        else:
            if first and last:
                yield _Run(first, last, text, tuple(gaps))
            first, text, gaps = char, "", []
        last = char
        text += char.text
        space = written = typed = False
    if first and last:
        yield _Run(first, last, text, tuple(gaps))


def _goes_on(last: Char, char: Char) -> bool:
    level = char.angle == last.angle and abs(char.bottom - last.bottom) < _LEVEL
    return level and char.style.size == last.style.size and char.left > last.left and not is_right_to_left(char.text)


def _letter_spacing(run: _Run) -> float:
    """The gap between the letters of a line that is set with spaces between them; 0 for any other."""
    if not run.gaps or sum(map(str.isalpha, run.text)) < _LETTERS:
        return 0.0
    step = median(gap.width for gap in run.gaps)
    alike = sum(abs(gap.width - step) < _ALIKE * run.size for gap in run.gaps)
    spaced = _SPACED[0] * run.size < step < _SPACED[1] * run.size
    return step if spaced and alike >= _MOSTLY * len(run.gaps) else 0.0


def _is_justified(run: _Run, wide: Sequence[_Gap], beside: Sequence[_Run]) -> bool:
    """Tell whether all gaps of a line are spaces between words: of one width, and no line beside leaves them open."""
    widths = [gap.width for gap in run.words()]
    if max(widths) > min(_EVEN * min(widths), _WIDEST * run.size):
        return False
    near = [other for other in beside if _is_near(run, other)]
    if any(_is_flush_with(run, other) for other in near):
        return True
    reaching = [other for other in near if any(_reaches(other, gap) for gap in wide)]
    return bool(reaching) and all(any(_covers(other, gap) for gap in wide) for other in reaching)


def _is_near(run: _Run, other: _Run) -> bool:
    level = run.first.angle == other.first.angle and abs(run.size - other.size) < 0.1
    return level and 0 < abs(run.first.bottom - other.first.bottom) < _BESIDE * run.size


def _is_flush_with(run: _Run, other: _Run) -> bool:
    """Tell whether a line of another number of words begins and ends where this one does."""
    edges = abs(run.first.left - other.first.left), abs(run.last.right - other.last.right)
    return max(edges) < _FLUSH and len(run.words()) != len(other.words())


def _reaches(run: _Run, gap: _Gap) -> bool:
    return run.first.left < gap.left and run.last.right > gap.right


def _covers(run: _Run, gap: _Gap) -> bool:
    """Tell whether letters of a line stand in a gap of another, so that no gutter can go through both."""
    if not _reaches(run, gap):
        return False
    edges = [(one.left, one.right) for one in run.words()]
    open_part = max((min(right, gap.right) - max(left, gap.left) for left, right in edges), default=0.0)
    return open_part < _OPEN * run.size
