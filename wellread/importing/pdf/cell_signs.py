"""What shows where the cells of tables begin, besides the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from wellread.importing.pdf.boxes import Box
from wellread.importing.pdf.pieces import Piece

_BOX = 20.0
"""Width in points from which on a drawn box can be the background of a cell, whose sides are rules too."""
_THIN = 2.5
"""Width of a rule in points at most."""
_RISE = 0.4
"""Sizes of the type by which the first line of a cell stands above the last of the cell before it at least."""
_HIGHEST = 12.0
"""The same at most: what stands higher begins a column of text."""
_BESIDE = 0.35
"""Sizes of the type between a word and its raised figure at most."""
_SMALLER = 0.9
"""Size of a raised figure, as a share of that of its word, at most."""


def upright_rules(rules: Sequence[Box]) -> list[tuple[float, float, float]]:
    """The upright rules as place, bottom and top; the sides of boxes are rules."""
    found = []
    for box in rules:
        width, height = box.right - box.left, box.top - box.bottom
        if width <= _THIN < height:
            found.append(((box.left + box.right) / 2, box.bottom, box.top))
        elif width >= _BOX and height > 2 * _THIN:
            found += [(box.left, box.bottom, box.top), (box.right, box.bottom, box.top)]
    return sorted(found)


def sizes_without_spaces(rows: Sequence[Sequence[Piece]]) -> set[float]:
    """The sizes of type in which spaces are not written but left open, so that a gap may be that of two words."""
    written: Counter[float] = Counter()
    words: Counter[float] = Counter()
    for row in rows:
        for piece in row:
            written[piece.style.size] += piece.spaces
            words[piece.style.size] += len(piece.text.split()) - 1
    return {size for size in words if words[size] > 2 * written[size]}


def risen_pieces(rows: Sequence[Sequence[Piece]]) -> set[int]:
    """The pieces, by `Piece.at`, that were drawn right after a lower line at their left: each begins a cell.

    A raised figure beside its word begins none.
    """
    drawn = sorted((piece for row in rows for piece in row), key=lambda piece: piece.at)
    return {
        piece.at
        for last, piece in pairwise(drawn)
        if last.left < piece.left
        and not _is_raised(last, piece)
        and last.style.size > 0.9 * piece.style.size
        and _RISE < (piece.bottom - last.bottom) / piece.style.size < _HIGHEST
    }


def _is_raised(last: Piece, piece: Piece) -> bool:
    beside = abs(piece.left - last.right) < _BESIDE * last.style.size
    return beside and piece.style.size < _SMALLER * last.style.size and piece.bottom - last.bottom < last.style.size
