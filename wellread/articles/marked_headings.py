"""Finds the headings of a plain text that have a mark of their own, "* Symptoms", where items have another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from wellread.articles.introductions import ends_sentence, introduces
from wellread.articles.lines import Unit
from wellread.text.list_marks import KEPT

_LEAST = 2
"""Headings with one mark, at least: one line alone with a mark may be an item, or a remark."""


def marked_headings(units: Sequence[Unit], fits: Callable[[int], bool], plain: Callable[[int], bool]) -> frozenset[int]:
    """Return the places of the units that are headings by their mark, whatever sign it is.

    The sign does not tell, what follows does: no two lines with a heading's mark follow one another, and below each
    stands text, a table or a list with another mark, no deeper than it is. `fits` tells whether a unit is short and
    unfinished enough for a heading, `plain` whether it has the form of one without a mark: below one of these, and
    below an introduction, a marked line is the only item of a list.
    """
    marked: defaultdict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        if len(unit.marker) == 1 and not unit.marker.isnumeric() and unit.text[0] not in KEPT:
            marked[unit.marker].append(at)
    found: set[int] = set()
    for places in marked.values():
        if (
            len(places) >= _LEAST
            and all(_heads(units, at, fits, plain) for at in places)
            and _sets_apart(units, places)
        ):
            found.update(places)
    return frozenset(found)


def _heads(units: Sequence[Unit], at: int, fits: Callable[[int], bool], plain: Callable[[int], bool]) -> bool:
    """Tell whether a marked unit may be a heading, by its form and by what stands above and below it."""
    if at + 1 == len(units):
        return False
    unit, below, above = units[at], units[at + 1], units[at - 1] if at else None
    if not fits(at) or unit.text[0].islower() or below.marker == unit.marker or below.indent > unit.indent + 1:
        return False
    if above and not (above.marker or above.cells):
        if introduces(above.text):
            return False
        if plain(at - 1) and (above.gap > 0 or unit.gap == 0):
            return False
    return True


def _sets_apart(units: Sequence[Unit], places: Sequence[int]) -> bool:
    """Tell whether blank lines stand above all marked units, or sentences without a mark directly below one of them.

    Otherwise they may be the outer items of a list whose inner ones lost their indentation.
    """
    below = [units[at + 1] for at in places]
    prose = [unit for unit in below if not (unit.marker or unit.cells) and ends_sentence(unit.text)]
    return bool(prose) and (all(units[at].gap for at in places if at) or any(unit.gap == 0 for unit in prose))
