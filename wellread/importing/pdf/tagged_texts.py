"""The texts of a tagged PDF by the numbers that its structure names them by, put together to paragraphs."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from wellread.importing.pdf.document import Page
from wellread.importing.pdf.marks import SAYING, SENTENCE_END
from wellread.importing.pdf.paragraphs import BULLETED, LED, Group, begins_with_date
from wellread.importing.pdf.pieces import Char, Piece, Style, by_lines, read_pieces
from wellread.importing.pdf.segments import Segment, read_segments, rows_of
from wellread.text.divided import Vocabulary, joined_lines

_RISE = 1.0
"""Sizes of the type by which the next line of a paragraph stands higher that goes on in another column."""
_COUNTED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})\s?[.)–-]")
"""What a bold line begins with, or it asks, that is a heading, though it is marked as one with the text below it."""
OUTDENT = 0.8
"""Sizes of the type by which a line stands left of the item that it is marked to be in, and is none of it."""
_RISEN = 2.0
"""Sizes of the type by which a text stands higher, at least, than what is read before it, where the order is odd."""
_STEP = 1.6
"""Sizes of the type between the lines of a paragraph that has only two, at most: those of one and a half lines."""
_WIDER = 1.5
"""How much wider a distance between lines is that divides paragraphs at least."""

Leaf = tuple[int, int]
"""A text by its page and its number there."""

_Drawn = tuple[str, list[Segment]]
"""A line with its segments."""


class TaggedTexts:
    """The characters of a document by the texts that they belong to; those of none have the number -1."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._chars: defaultdict[Leaf, list[Char | None]] = defaultdict(list)
        self._from_right = {page.number: page.from_right for page in pages}
        for page in pages:
            number = -1
            for char in page.characters:
                number = char.tagged if char else number
                self._chars[page.number, number].append(char)
        self._vocabulary = Vocabulary.of(map(by_lines, self._chars.values()))

    def share(self, leaves: Collection[Leaf]) -> float:
        """The share of all letters that stand in some texts; what stands above or below all these counts for nothing.

        That is what is printed along the edges of pages.
        """
        named = set(leaves)
        by_page: defaultdict[int, list[Leaf]] = defaultdict(list)
        for leaf in self._chars:
            by_page[leaf[0]].append(leaf)
        among = beside = 0
        for found in by_page.values():
            inside = [char for leaf in found if leaf in named for char in self._letters(leaf)]
            others = [char for leaf in found if leaf not in named for char in self._letters(leaf)]
            low, high = (
                min((one.bottom for one in inside), default=0.0),
                max((one.bottom for one in inside), default=0.0),
            )
            among += len(inside)
            beside += sum(low <= char.bottom <= high or not inside for char in others)
        return among / max(among + beside, 1)

    def _letters(self, leaf: Leaf) -> list[Char]:
        return [char for char in self._chars[leaf] if char and char.text.isalnum()]

    def outside(self, leaves: Collection[Leaf]) -> Iterator[str]:
        """The texts of each page that are not among some, a line each."""
        for leaf in sorted(self._chars.keys() - set(leaves)):
            for lines in self._lines([leaf]):
                yield lines[0]

    def outside_title(self, leaves: Collection[Leaf], larger: float) -> tuple[Group | None, list[str]]:
        """The lines above some texts on the first page, as one and each, if they are set larger than all these."""
        known = set(leaves)
        top = max((char.bottom for leaf in known if leaf[0] == 1 for char in self._letters(leaf)), default=math.inf)
        most = max((char.style.size for leaf in known for char in self._letters(leaf)), default=0.0)
        beside = [leaf for leaf in sorted(self._chars) if leaf[0] == 1 and leaf not in known]
        lines = [line for leaf in beside for line in self._lines([leaf]) if line[1][0].bottom > top]
        size = max((one.style.size for _, row in lines for one in row), default=0.0)
        lines = [line for line in lines if all(one.style.size == size for one in line[1])]
        says = any(map(str.isalpha, "".join(line[0] for line in lines)))
        if not (most and says and size > larger * most):
            return None, []
        return self._joined(lines, 1), [line for line, _ in lines]

    def elsewhere(self, leaves: Iterable[Leaf]) -> Iterator[tuple[int, str]]:
        """The texts that stand above the one that is read before them, in one column: their pages and their words."""
        last: list[Char] = []
        before: Leaf | None = None
        for leaf in leaves:
            chars = [char for char in self._chars.get(leaf, ()) if char and not char.text.isspace()]
            if not chars:
                continue
            if before and before[0] == leaf[0] and chars[0].angle == last[0].angle:
                rise = chars[-1].bottom - max(char.bottom for char in last)
                if rise > _RISEN * chars[0].style.size and _are_below(last, chars):
                    yield leaf[0], "".join(char.text if char else " " for char in self._chars[leaf])
            before, last = leaf, chars

    def begins_block(self, before: Sequence[Leaf], after: Sequence[Leaf], apart: bool) -> bool:
        """Tell whether texts begin on a line of their own, and not in the middle of a sentence that goes on there.

        Two that are marked as `apart` from one another go on with no sentence.
        """
        last = next((char for leaf in reversed(before) for char in reversed(self._chars[leaf]) if char), None)
        first = next((char for leaf in after for char in self._chars[leaf] if char and not char.text.isspace()), None)
        if last is None or first is None:
            return False
        level = after[0][0] == before[-1][0] and abs(first.bottom - last.bottom) < 0.5 * last.style.size
        return not level and (apart or last.text in SENTENCE_END or not first.text.islower())

    def group(self, leaves: Sequence[Leaf]) -> Group | None:
        """The paragraph that some texts make; None if there are no letters or signs in them."""
        lines = list(self._lines(leaves))
        return self._joined(lines, leaves[0][0]) if lines else None

    def groups(self, leaves: Sequence[Leaf], label: Sequence[Leaf] | None = None) -> list[Group]:
        """The paragraph that some texts make; several where the file marks them as one.

        A line begins another if it has a bullet, if the distance above it is wider than between the lines before, or in
        an item, which has a label or an empty one, if it stands left of these.
        """
        margin = min((char.left for leaf in label or () for char in self._letters(leaf)), default=math.inf)
        found: list[list[_Drawn]] = []
        for line in self._lines(leaves):
            if found and not (_begins(found[-1], line) or (label is not None and _stands_out(found[-1], line, margin))):
                found[-1].append(line)
            else:
                found.append([line])
        groups = [self._joined(lines, leaves[0][0]) for lines in found]
        return [
            replace(group, text=group.text[mark.end() :], bullet=mark[0])
            if (mark := BULLETED.match(group.text)) and not (at == 0 and group.text.startswith("o "))
            else group
            for at, group in enumerate(groups)
        ]

    def goes_on(self, above: Group, group: Group) -> bool:
        """Tell whether a text on the next page goes on in the middle of a sentence of the item above it."""
        cut = not above.text.endswith(SENTENCE_END) and group.text[:1].islower()
        return cut and bool(above.bullet or above.text[:1].isdigit()) and above.page < group.page and not group.bullet

    def join(self, text: str, more: str) -> str:
        """Two parts of a sentence as one; a word that was divided is whole again."""
        return joined_lines([text, more], self._vocabulary)

    def _joined(self, lines: Sequence[_Drawn], page: int) -> Group:
        text = joined_lines([line for line, _ in lines], self._vocabulary)
        styles: Counter[Style] = Counter()
        for _, segments in lines:
            for segment in segments:
                styles[segment.style] += len(segment.text)
        main = max(styles, key=lambda style: (styles[style], style.size, style.bold))
        bold = all(style.bold for style in styles)
        left = lines[0][1][0].left
        return Group(text, Style(main.size, bold, main.color, main.underlined), page, lines=len(lines), left=left)

    def _lines(self, leaves: Sequence[Leaf]) -> Iterator[_Drawn]:
        """The lines of a paragraph with their segments: from page to page and from column to column."""
        by_page: dict[int, list[Char | None]] = {}
        for leaf in leaves:
            by_page.setdefault(leaf[0], []).extend(self._chars.get(leaf, ()))
        for page, chars in by_page.items():
            for pieces in _columns(list(read_pieces(iter(chars)))):
                mirrored = [piece.mirrored() for piece in pieces] if self._from_right[page] else pieces
                for row in rows_of(read_segments(mirrored, (), self._from_right[page])):
                    yield " ".join(segment.text for segment in row), row


def _are_below(one: Sequence[Char], other: Sequence[Char]) -> bool:
    """Tell whether texts stand in one column: at least half of the narrower one is above or below the other."""
    edges = [(min(char.left for char in chars), max(char.right for char in chars)) for chars in (one, other)]
    common = min(right for _, right in edges) - max(left for left, _ in edges)
    return common > 0.5 * min(right - left for left, right in edges)


def _begins(above: Sequence[_Drawn], line: _Drawn) -> bool:
    """Tell whether a line begins another paragraph or item than the lines above it."""
    text, last = line[0], above[-1][0]
    if BULLETED.match(text) or (text[0] in SAYING and text[0] == above[0][0][0]):
        return not text.startswith("o ") or BULLETED.match(above[0][0]) is not None or last.endswith(SENTENCE_END)
    if LED.search(last) or begins_with_date(last, text):
        return True
    if text[0].islower() and not last.endswith(SENTENCE_END):
        return False
    heads = last.endswith("?") or _COUNTED.match(above[0][0])
    if heads and _is_bold([one[1] for one in above]) and not _is_bold([line[1]]):
        return not text[0].islower()
    steps = [one[1][0].bottom - other[1][0].bottom for one, other in pairwise([*above, line])]
    usual = min((step for step in steps[:-1] if step > 0), default=_STEP * line[1][0].style.size)
    return steps[-1] > _WIDER * max(usual, line[1][0].style.size)


def _is_bold(rows: Sequence[Sequence[Segment]]) -> bool:
    return all(one.style.bold for row in rows for one in row)


def _stands_out(above: Sequence[_Drawn], line: _Drawn, margin: float) -> bool:
    """Tell whether a line stands below others, and left of all of them; below their label a sentence may go on."""
    first, size = line[1][0], line[1][0].style.size
    if first.left > margin - OUTDENT * size and not above[-1][0].endswith(SENTENCE_END):
        return False
    left = min(one[1][0].left for one in above)
    return first.left < left - OUTDENT * size and first.bottom < above[-1][1][0].bottom


def _columns(pieces: Sequence[tuple[int, Piece]]) -> Iterator[list[Piece]]:
    """The pieces of a paragraph by the columns that it goes through."""
    column: list[Piece] = []
    last: tuple[int, Piece] | None = None
    for angle, piece in pieces:
        if last and (angle != last[0] or piece.bottom - last[1].bottom > _RISE * last[1].style.size):
            yield column
            column = []
        column.append(piece)
        last = angle, piece
    if column:
        yield column
