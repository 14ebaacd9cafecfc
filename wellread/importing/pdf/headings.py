"""Tells which lines of a PDF are headings, and of which level, and which is the title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellread.articles.outline import asks
from wellread.importing.numbered import levels_of
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.pieces import Style
from wellread.importing.pdf.regions import TableRows

MAX_HEADING = 120
"""A paragraph longer than this is no heading, however large it is."""

_MOST_LINES = 4
"""Lines of a heading at most: a title of large type in a narrow column."""
_ORNAMENTED = 1.15
"""How much larger than the text a line with a sign before it is that is a heading and no item."""
_MOSTLY = 0.6
"""Share of what is set in one look that must look like headings for any of it to be one."""
_NO_HEADING = (".", ",", ";", "!", "。", "।", "۔")
_CLOSING = "\"'”’“»«›‹」』"
"""Marks that close what is quoted: a quotation that ends like a sentence is drawn large to please the eye."""
_GREEK_QUESTION = re.compile(r"[\u0370-\u03ff][;\u037e]$")
_BY_COLOUR = 0.5
"""What colour adds to a heading's rank, in points: less than the smallest difference of sizes that is meant."""
_BY_WEIGHT = 0.6
_BY_CAPITALS = 0.3
_BY_LINE = 0.2
_ONE_SIZE = _BY_COLOUR + _BY_WEIGHT + _BY_LINE
"""Difference of rank, above which headings differ in more than how they are drawn."""
_COUNTED = re.compile(r"(\d{1,2})[.)]?\s+[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]\w|[\u3040-\u30ff\u3400-\u9fff]")
"""What a heading must have: "Y" and "N" at the branches of a chart are none."""
_LINK = re.compile(r"https?://|\bwww\.")
_ADDRESS = re.compile(r"\S*(?:\w\.\w|@)\S*")
"""An address, which is underlined because it is a link."""


def without_ornaments(parts: Sequence[Group | TableRows]) -> list[Group | TableRows]:
    """The parts without the sign before a line in larger type, "❖ Gout": such a line alone is no list."""
    sizes: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, Group):
            sizes[part.style.size] += len(part.text)
    usual = max(sizes, key=lambda size: (sizes[size], -size), default=0.0)
    found = list(parts)
    for at, part in enumerate(parts):
        if isinstance(part, Group) and part.bullet and part.style.size > _ORNAMENTED * usual:
            beside = [one for one in (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]) if isinstance(one, Group)]
            if not any(one.bullet and one.style.size == part.style.size for one in beside):
                found[at] = replace(part, text=part.said, bullet="")
    return found


def find_headings(parts: Sequence[Group | TableRows]) -> dict[int, int]:
    """The levels of the headings by their places: 1 for the title, if one line can only be that, else from 2.

    A look is that of headings if most of what is set in it is short, does not end like a sentence, and stands above
    text that is set smaller, lighter or in no colour. What is set in one size with sentences is text, whatever size
    most of the document has.
    """
    by_style: defaultdict[Look, list[int]] = defaultdict(list)
    for at, part in enumerate(parts):
        if isinstance(part, Group):
            by_style[look_of(part)].append(at)
    text = {style for style, places in by_style.items() if not _mostly_short(parts, places)}
    heads: dict[int, float] = {}
    for style, places in by_style.items():
        if style in text:
            continue
        fitting = [at for at in places if _is_short(parts[at]) and _has_text(parts, at, text)]
        if len(fitting) >= _MOSTLY * len(places):
            heads |= dict.fromkeys(fitting, style.rank)
    heads = _counted_on(parts, _with_counted(parts, heads))
    title = _title(parts, heads)
    ranks = Counter(heads.values())
    if title is not None and ranks[heads.get(title + 1, 0.0)] == 1 and len(heads) > 2:
        del heads[title + 1]  # a line below the title, in a look of its own: its second line
    ranked = {at: ((rank,), part.text) for at, rank in heads.items() if isinstance(part := parts[at], Group)}
    levels = levels_of({at: ranked[at] for at in ranked if at != title})
    return {at: levels.get(at, 1) for at in sorted(ranked)}


def title_first(
    parts: Sequence[Group | TableRows], levels: dict[int, int]
) -> tuple[list[Group | TableRows], dict[int, int], list[str]]:
    """Put a title with what stands below it first, where other sections are before it, as in a folded leaflet.

    Gives a note where it was moved.
    """
    title = next((at for at, level in levels.items() if level == 1), 0)
    before = [part.text for at in levels if at < title and isinstance(part := parts[at], Group)]
    if not before:
        return list(parts), levels, []
    end = next((at for at in levels if at > title), len(parts))
    order = [*range(title, end), *range(title), *range(end, len(parts))]
    quotes = ", ".join(f'"{text}"' for text in before)
    note = f"the file has these sections before its title, as folded leaflets do, look at their order: {quotes}"
    return [parts[at] for at in order], {order.index(at): level for at, level in levels.items()}, [note]


def _with_counted(parts: Sequence[Group | TableRows], heads: dict[int, float]) -> dict[int, float]:
    """Add the lines that count on from a heading of their look, though another heading follows: "4. …" above "Dose"."""
    found = dict(heads)
    counted: dict[tuple[Look, int], float] = {}
    for at, part in enumerate(parts):
        number = _COUNTED.match(part.text) if isinstance(part, Group) and _is_short(part) else None
        if not number or not isinstance(part, Group):
            continue
        look = look_of(part)
        if at in found:
            counted[look, int(number[1])] = found[at]
        elif (before := counted.get((look, int(number[1]) - 1))) is not None:
            found[at] = counted[look, int(number[1])] = before
    return dict(sorted(found.items()))


def _counted_on(parts: Sequence[Group | TableRows], heads: dict[int, float]) -> dict[int, float]:
    """Give a heading whose number goes on from another's the rank of that: "4." in a box of another colour."""
    found: dict[int, float] = {}
    counted: dict[int, float] = {}
    for at in sorted(heads):
        part = parts[at]
        number = _COUNTED.match(part.text) if isinstance(part, Group) else None
        before = counted.get(int(number[1]) - 1, heads[at]) if number else heads[at]
        found[at] = before if abs(before - heads[at]) < _ONE_SIZE else heads[at]
        if number:
            counted[int(number[1])] = found[at]
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a line; capitals are a look too."""

    style: Style
    capitals: bool

    @property
    def rank(self) -> float:
        """How strong the look is."""
        style = self.style
        drawn = _BY_WEIGHT * style.bold + _BY_COLOUR * bool(style.color) + _BY_LINE * style.underlined
        return style.size + drawn + _BY_CAPITALS * self.capitals


def look_of(group: Group) -> Look:
    """Return the look of a line, its size rounded to half a point."""
    style = group.style
    letters = [char for char in group.text if char.isalpha()]
    rounded = replace(style, size=round(2 * style.size) / 2)
    return Look(rounded, len(letters) > 3 and group.text.isupper())


def _is_short(part: Group | TableRows) -> bool:
    return (
        isinstance(part, Group)
        and len(part.text) <= MAX_HEADING
        and part.lines <= _MOST_LINES
        and not part.bullet
        and not (part.style.underlined and _ADDRESS.fullmatch(part.text))
        and not (part.text.rstrip(_CLOSING).endswith(_NO_HEADING) and not _GREEK_QUESTION.search(part.text))
        and _WORD.search(part.text) is not None
        and not _LINK.search(part.text)
    )


def _mostly_short(parts: Sequence[Group | TableRows], places: Sequence[int]) -> bool:
    return sum(_is_short(parts[at]) for at in places) >= _MOSTLY * len(places)


def _has_text(parts: Sequence[Group | TableRows], at: int, text: set[Look]) -> bool:
    """Tell whether a heading stands above something that it heads: text of another look, a table, or a heading."""
    head = parts[at]
    for below in parts[at + 1 :]:
        if isinstance(below, TableRows):
            return True
        if isinstance(head, Group) and look_of(below) != look_of(head):
            return look_of(below).rank < look_of(head).rank or look_of(below) in text
        if at == 0:
            continue  # a title of several lines, or a title above a heading of the same look
        return False
    return False


def _title(parts: Sequence[Group | TableRows], heads: dict[int, float]) -> int | None:
    """Where the title stands: on the first page, larger than all other headings, or before all else."""
    first = [at for at in heads if (part := parts[at]) and isinstance(part, Group) and part.page == 1]
    if not first:
        return None
    best = max(first, key=lambda at: (heads[at], -at))
    others = [at for at in heads if heads[at] >= heads[best] and at != best]
    if not others:
        return best
    # Of headings of one look the first is the title if it is the first line, and the page has no columns.
    beside = min(part.edges[1] for part in _on_first_page(parts)) < max(part.edges[0] for part in _on_first_page(parts))
    leads = min(heads) == best == 0 and (1 in heads or not (beside or _asks(parts[0])))
    return best if leads else None


def _on_first_page(parts: Sequence[Group | TableRows]) -> list[Group]:
    return [part for part in parts if isinstance(part, Group) and part.page == 1]


def _asks(part: Group | TableRows) -> bool:
    return isinstance(part, Group) and asks(part.text)
