"""The texts of a tagged PDF by the numbers that its structure names them by, put together to paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from wellread.importing.pdf.divided import Vocabulary, joined_lines
from wellread.importing.pdf.document import Page
from wellread.importing.pdf.marks import SENTENCE_END
from wellread.importing.pdf.paragraphs import BULLETED, Group
from wellread.importing.pdf.pieces import Char, Piece, Style, read_pieces
from wellread.importing.pdf.segments import Segment, read_segments, rows_of

_RISE = 1.0
"""Sizes of the type by which the next line of a paragraph stands higher that goes on in another column."""

Leaf = tuple[int, int]
"""A text by its page and its number there."""


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
        self._vocabulary = Vocabulary.of(map(_by_lines, self._chars.values()))

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

    def groups(self, leaves: Sequence[Leaf]) -> list[Group]:
        """The paragraph that some texts make, or the items, where its lines begin with bullets."""
        found: list[list[tuple[str, list[Segment]]]] = []
        for line in self._lines(leaves):
            if found and not BULLETED.match(line[0]):
                found[-1].append(line)
            else:
                found.append([line])
        groups = [self._joined(lines, leaves[0][0]) for lines in found]
        return [
            replace(group, text=group.text[mark.end() :], bullet=mark[0])
            if (mark := BULLETED.match(group.text))
            else group
            for group in groups
        ]

    def _joined(self, lines: Sequence[tuple[str, list[Segment]]], page: int) -> Group:
        text = joined_lines([line for line, _ in lines], self._vocabulary)
        styles: Counter[Style] = Counter()
        for _, segments in lines:
            for segment in segments:
                styles[segment.style] += len(segment.text)
        main = max(styles, key=lambda style: (styles[style], style.size, style.bold))
        bold = all(style.bold for style in styles)
        return Group(text, Style(main.size, bold, main.color, main.underlined), page, lines=len(lines))

    def _lines(self, leaves: Sequence[Leaf]) -> Iterator[tuple[str, list[Segment]]]:
        """The lines of a paragraph with their segments: from page to page and from column to column."""
        by_page: dict[int, list[Char | None]] = {}
        for leaf in leaves:
            by_page.setdefault(leaf[0], []).extend(self._chars.get(leaf, ()))
        for page, chars in by_page.items():
            for pieces in _columns(list(read_pieces(iter(chars)))):
                mirrored = [piece.mirrored() for piece in pieces] if self._from_right[page] else pieces
                for row in rows_of(read_segments(mirrored, (), self._from_right[page])):
                    yield " ".join(segment.text for segment in row), row


def _by_lines(chars: Sequence[Char | None]) -> str:
    """The characters of a text with an end of the line where the next stands lower, or in the next column."""
    text = ""
    last: Char | None = None
    for char in chars:
        if char and last and abs(last.bottom - char.bottom) > 0.5 * char.style.size:
            text += "\n"
        text += char.text if char else " "
        last = char or last
    return text


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
