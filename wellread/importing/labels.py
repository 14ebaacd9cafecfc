"""Keeps text that follows a closed panel from being read as part of it: the panel's label is no heading then."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, cast

from wellread.importing.hidden import PANEL
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, nearest_around, new_tag, text_of

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

LABEL = "data-label"
"""The attribute that marks a heading that opens a panel."""


def settle_labels(text: Tag) -> list[str]:
    """Make bold lines of the labels of a section in which text follows a panel without a heading; gives notes.

    As a heading, the label would take what follows its panel into its own section: "Take 1 g" would be about children.
    Where labels are the only headings of a text, they stay, and the note says what to look at.
    """
    free = any(not _is_of_panel(heading) for heading in text.find_all(HEADING_NAMES))
    bold: list[str] = []
    doubtful: list[str] = []
    for headings, followed in _groups(text):
        if followed and free:
            bold += [f'"{text_of(heading)}"' for heading in headings]
            for heading in headings:
                _make_bold_line(heading)
        elif followed:
            doubtful += [f'"{line}"' for line in followed]
    _level_first(text)
    notes = []
    if bold:
        reason = "text that is not theirs follows what they open"
        notes.append(f"labels of panels are bold lines and no headings, as {reason}: {', '.join(bold)}")
    if doubtful:
        notes.append(f"look whether this text belongs to the heading above it: {', '.join(doubtful)}")
    return notes


def _groups(text: Tag) -> list[tuple[list[Tag], list[str]]]:
    """The headings of panels that stand under one heading, and the beginnings of the texts that follow their panels."""
    groups: list[tuple[list[Tag], list[str]]] = [([], [])]
    label: Tag | None = None  # whose panel is still to come
    panel: Tag | None = None  # the panel of the heading that was met last
    for one in text.descendants:
        name = getattr(one, "name", None)
        if name in HEADING_NAMES:
            heading = cast("Tag", one)
            panel = None
            if not _is_of_panel(heading):
                groups.append(([], []))
                label = None
                continue
            groups[-1][0].append(heading)
            label = heading if heading.has_attr(LABEL) else None
            panel = None if label is not None else _panel_around(heading)
        elif name is not None and label is not None and cast("Tag", one).has_attr(PANEL):
            label, panel = None, cast("Tag", one)
        elif name is None and panel is not None and one.get_text().strip() and not _is_inside(one, panel):
            words = one.get_text().split()
            groups[-1][1].append(" ".join(words[:12]))
            panel = None
    return groups


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


def _make_bold_line(heading: Tag) -> None:
    heading.attrs = {}
    if first_inside(heading, BLOCK_NAMES) is not None:
        heading.name = "div"
        return
    heading.name = "p"
    heading.append(new_tag("strong", [child.extract() for child in list(heading.children)]))
