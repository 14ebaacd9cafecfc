"""Keeps text that follows a panel or a box from being read as part of it: the heading above both is repeated."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from wellread.importing.hidden import PANEL, classes_of
from wellread.importing.tree import (
    BLOCK_NAMES,
    HEADING_NAMES,
    HEADINGS,
    first_inside,
    holds,
    nearest_around,
    new_tag,
    text_of,
)

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

LABEL = "data-label"
"""The attribute that marks a heading that opens a panel."""

_BOX_CLASS = re.compile(
    r"(?:^|[-_ ])(?:call-?out|warning|alert|admonition|notice|caution|danger|emergency|important|inset|note|tip"
    r"|(?:care|fact|info)-?(?:card|box)|card--care|do-?dont-?list|hinweis|achtung|warnung|avertissement"
    r"|encadr[eé]|advertencia|aviso|avviso|waarschuwing)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""What sites call a box that stands beside the text and has a heading of its own: NHS.UK, GOV.UK, Bootstrap, themes."""
_MOST_QUOTED = 12
"""Words of a text that a note quotes: enough to find it."""
_MOST_IN_BOX = 0.5
"""Share of a text's words in such a box at most; with more, it frames the text."""


def settle_labels(text: Tag, title: str) -> list[str]:
    """Repeat the heading above a panel, or a box with a heading of its own, before text that follows it; gives notes.

    Or else the heading inside would take what follows into its section: "Take 1 g" would be about children. Where no
    heading stands above, it is the title. A text without a title gets a note of what to look at.
    """
    _mark_boxes(text)
    _level_first(text)
    twice: list[str] = []
    doubtful: list[str] = []
    headings = text.find_all(HEADINGS)
    levels = [int(tag.name[1]) for tag in ([tag for tag in headings if not _is_of_panel(tag)] or headings)]
    for above, after in _followed(text):
        if not (above or title):
            doubtful.append(f'"{" ".join(text_of(after).split()[:_MOST_QUOTED])}"')
            continue
        words = text_of(above) if above else title
        heading = new_tag(above.name if above else f"h{min(levels)}")
        heading.string = words
        heading[LABEL] = ""  # it heads no text but this: other lines may still be found to be headings
        after.insert_before(heading)
        twice.append(f'"{words}"')
    notes = []
    if twice:
        reason = "text that follows a panel or a box is not about it"
        notes.append(f"headings stand twice, as {reason}: {', '.join(dict.fromkeys(twice))}")
    if doubtful:
        notes.append(f"look whether this text belongs to the heading above it: {', '.join(doubtful)}")
    return notes


def _mark_boxes(text: Tag) -> None:
    """Mark as panels the boxes beside a text: what is a heading in them, or looks like one, heads the box alone."""
    most = _MOST_IN_BOX * len(text_of(text).split())
    bold: list[Tag] = []  # boxes without a marked heading
    for box in text.find_all(["div", "section", "aside", "blockquote"]):
        named = box.name == "aside" or str(box.get("role")) in ("note", "alert") or _BOX_CLASS.search(classes_of(box))
        if not named or any(tag.has_attr(PANEL) for tag in [box, *box.parents]):
            continue
        words, heading = text_of(box), first_inside(box, HEADING_NAMES)
        if heading is None:
            bold.append(box)
        elif words.startswith(text_of(heading)) and words != text_of(heading) and len(words.split()) <= most:
            box[PANEL] = ""
    if sum(len(text_of(box).split()) for box in bold) <= most:  # or they are the text
        for box in bold:
            box[PANEL] = ""


def _followed(text: Tag) -> list[tuple[Tag | None, Tag]]:
    """The blocks that follow a panel with a heading, without one of their own, and the heading above each."""
    found: list[tuple[Tag | None, Tag]] = []
    above: list[Tag] = []  # headings that no panel has
    level = 0  # of the last heading of a panel
    label: Tag | None = None  # whose panel is still to come
    panel: Tag | None = None  # the panel of the heading that was met last
    for one in text.descendants:
        name = getattr(one, "name", None)
        if name in HEADING_NAMES:
            heading = cast("Tag", one)
            panel = None
            if not _is_of_panel(heading):
                above.append(heading)
                label = None
                continue
            if nearest_around(heading, ("table", "li")) is not None:
                label = None  # it becomes a paragraph
                continue
            level = int(heading.name[1])
            label = heading if heading.has_attr(LABEL) else None
            panel = None if label is not None else _panel_around(heading)
        elif name is not None and label is not None and cast("Tag", one).has_attr(PANEL):
            label, panel = None, cast("Tag", one)
        elif name is None and panel is not None and one.get_text().strip() and not _is_inside(one, panel):
            found.append((_heading_of(one, above, level), _block_after(one, panel)))
            panel = None
    return found


def _heading_of(piece: PageElement, above: list[Tag], level: int) -> Tag | None:
    """The last heading above words that stands in an element with them, and is no lower than a panel's between."""
    for heading in reversed(above):
        if int(heading.name[1]) > level:
            continue
        around = next(tag for tag in heading.parents if tag.parent is None or _has_other_words(tag, heading))
        if any(parent is around for parent in piece.parents):
            return heading
    return None


def _has_other_words(tag: Tag, heading: Tag) -> bool:
    """Tell whether an element around a heading has words beside it; not more of a long text is read than needed."""
    pieces = (piece for piece in tag.descendants if getattr(piece, "name", None) is None and str(piece).strip())
    return any(not any(parent is heading for parent in piece.parents) for piece in pieces)


def _block_after(piece: PageElement, panel: Tag) -> Tag:
    """The outermost block around words that does not hold the panel before them."""
    around = [parent for parent in piece.parents if not holds(parent, panel)]
    return next((tag for tag in reversed(around) if tag.name in BLOCK_NAMES), cast("Tag", piece))


def _level_first(text: Tag) -> None:
    """Put labels that stand under no heading of a text on the level of its highest other headings, if that is lower."""
    headings = text.find_all(HEADINGS)
    first = list(takewhile(_is_of_panel, headings))
    levels = [int(heading.name[1]) for heading in first if heading.has_attr(LABEL)]
    free = [int(heading.name[1]) for heading in headings if not _is_of_panel(heading)]
    if levels and free and (lower := min(free) - min(levels)) > 0:
        for heading in first:
            heading.name = f"h{min(int(heading.name[1]) + lower, 6)}"


def _is_of_panel(heading: Tag) -> bool:
    return heading.has_attr(LABEL) or _panel_around(heading) is not None


def _panel_around(tag: PageElement) -> Tag | None:
    return next((parent for parent in tag.parents if parent.has_attr(PANEL)), None)


def _is_inside(piece: PageElement, panel: Tag) -> bool:
    """Tell whether words stand in a panel, or in a heading, which is no text that could be misread."""
    heading = nearest_around(piece, HEADING_NAMES)
    return heading is not None or any(parent is panel for parent in piece.parents)
