"""Puts the label of each tab of a web page over what the tab shows, found by name or by its place in the row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from wellread.importing.controls import panel_by_id
from wellread.importing.hidden import PANEL, classes_of, is_hidden
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import is_sentence, lines_of
from wellread.importing.tree import BLOCK_NAMES, HEADINGS, holds, new_tag, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_ROWS = (
    '[role="tablist"], .nav-tabs, .nav-pills, .tabbed-labels, .vp-code-group > .tabs, .w-tab-menu, .tab-menu, '
    ".tabs-menu, .tabs-nav, .tab-nav, .tab-links, .tab-labels, ul.tabs"
)
_LABELS = '[role="tab"], a[href^="#"], label, [data-w-tab], [data-tab]'
_BUTTON = re.compile(r"(?:^|[-_ ])tabs?(?:$|[-_ ]|-?(?:links?|btn|button))", re.IGNORECASE)
"""What sites call a button that is a tab: "tab-btn", and "tablinks" as in w3schools' example."""
_PANEL = re.compile(r"(?:^|[-_ ])(?:tab|panel|pane)|tab-?(?:content|pane|panel)", re.IGNORECASE)
_PAIRS = ("data-w-tab", "data-tab")
"""Attributes that have one value on a tab and on what it shows, as Webflow and scripts of themes have them."""
_CHOSEN = frozenset("active current selected is-active is-selected is-current show".split())
"""Classes of the one tab, and of the one panel, that a page shows first (Bootstrap, jQuery UI, Sitecore)."""
_MOST_IN_LABEL = 8
"""Words of a tab at most where only its place tells that it is one."""
_UP = 2
"""Elements around a row of tabs in which its panels are looked for: some generators frame the row on its own."""


def open_tabs(page: BeautifulSoup, ids: Mapping[str, Tag], label_name: str) -> tuple[list[LeftOut], list[str]]:
    """Put each tab's label, as an element of this name, over its panel, once; notes tell of rows that have no panels.

    Material for MkDocs, Docusaurus and VitePress do not say which panel is whose: the third label is the third panel's.
    """
    left_out: list[LeftOut] = []
    notes = []
    buttons = _rows_of_buttons(page)
    for tabs in [*page.select(_ROWS), *buttons]:
        if tabs.decomposed:
            continue
        of_buttons = any(tabs is row for row in buttons)
        labels = [label for label in tabs.select("button" if of_buttons else _LABELS) if text_of(label)]
        panels = [panel_by_id(ids, label) or _panel_by_pair(page, tabs, label) for label in labels]
        if not all(panels):
            panels = [*_panels_by_order(tabs, len(labels))]
        if any(panel is not None and holds(tabs, panel) for panel in panels):
            continue  # an accordion, which Bootstrap 3 calls a row of tabs: each label stands over its panel
        if labels and panels and all(panel is not None and text_of(panel) for panel in panels):
            for label, panel in zip(labels, panels, strict=True):
                if panel is not None:
                    left_out += _put_over(panel, label, label_name)
            tabs.decompose()
        elif len(labels) > 1 and not any(_leads_away(label) for label in labels):
            named = ", ".join(f'"{text_of(label)}"' for label in labels)
            notes.append(f"tabs whose texts were not found, look which text is whose: {named}")
    for strip, blocks in _strips(page):
        for label, block in zip(_items(strip), blocks, strict=True):
            left_out += _put_over(block, label, label_name)
        named = ", ".join(f'"{text_of(label)}"' for label in _items(strip))
        notes.append(f"these words in a row became labels, each of one of the texts below: {named}")
        strip.decompose()
    for line, panel in _lone_labels(page):
        left_out += _put_over(panel, line, label_name)
        line.decompose()
    return left_out, notes


def _rows_of_buttons(page: BeautifulSoup) -> list[Tag]:
    """The elements that hold nothing but buttons, two or more, each of which is called a tab."""
    parents = {id(button.parent): button.parent for button in page.find_all("button") if button.parent is not None}
    rows = []
    for parent in parents.values():
        children = parent.find_all(True, recursive=False)
        tabs = [tag for tag in children if tag.name == "button" and _BUTTON.search(classes_of(tag))]
        if len(tabs) == len(children) > 1 and not parent.get("role"):
            rows.append(parent)
    return rows


def _panel_by_pair(page: BeautifulSoup, tabs: Tag, label: Tag) -> Tag | None:
    """The element outside a row of tabs that has the same value as one of them in an attribute for both."""
    for key in _PAIRS:
        if value := label.get(key):
            same = [tag for tag in page.select(f"[{key}]") if tag.get(key) == value]
            return next((tag for tag in same if not holds(tabs, tag)), None)
    return None


def _put_over(panel: Tag, label: Tag, label_name: str) -> list[LeftOut]:
    """Put a label over a panel, unless the heading that this begins with says it; gives where it stood once more."""
    heading = new_tag(label_name)
    heading.string = text_of(label)
    lines = lines_of(panel)
    if lines and lines[0].name in HEADINGS and _is_said_by(text_of(label), text_of(lines[0])):
        panel[PANEL] = ""
        return [LeftOut("label of a tab that stands there twice", text_of(label))]
    again = lines[:1] if len(lines) > 1 and text_of(lines[0]) == text_of(label) else []  # written for small screens
    before = panel.find_previous_sibling()
    if before is not None and before.get("role") == "tab" and text_of(before) == text_of(label):
        again.append(before)  # Elementor writes it over the panel
    left_out = [LeftOut("label of a tab that stands there twice", text_of(one)) for one in again]
    for one in again:
        one.decompose()
    panel.insert_before(heading)
    panel[PANEL] = ""
    return left_out


def _is_said_by(label: str, heading: str) -> bool:
    """Tell whether a longer heading has all words of a label: "Signs" over "Signs to look for"."""
    words = label.casefold().split()
    return label != heading and set(words) <= set(heading.casefold().split())


def _panels_by_order(tabs: Tag, count: int) -> Sequence[Tag]:
    """The panels that follow a row of tabs where there are as many as tabs, or nothing."""
    at: Tag | None = tabs
    for _ in range(_UP):
        below = at.find_next_siblings(True) if at is not None else []
        marked = [tag for tag in below if tag.get("role") == "tabpanel"]
        if marked or not below:
            if len(marked) == count:
                return marked
            at = at.parent if at is not None else None
            continue
        if len(alike := _alike(below)) == count:
            return alike
        inner = below[0].select('[role="tabpanel"]')
        outer = [tag for tag in inner if not any(parent.get("role") == "tabpanel" for parent in tag.parents)]
        found = outer or below[0].find_all(True, recursive=False)
        return found if len(found) == count else []
    return []


def _alike(below: Sequence[Tag]) -> list[Tag]:
    """The elements directly below that are called panels, or by one name with other figures: "dose1", "dose2"."""

    def stem(tag: Tag) -> str:
        name = str(tag.get("id") or "")
        return name.rstrip("0123456789") if name[-1:].isdecimal() else ""

    panels = list(takewhile(lambda tag: _PANEL.search(classes_of(tag)), below))
    return panels or list(takewhile(lambda tag: stem(tag) and stem(tag) == stem(below[0]), below))


def _strips(page: BeautifulSoup) -> list[tuple[Tag, list[Tag]]]:
    """Rows of a few words each, directly before as many blocks of one kind, of which the page shows one first."""
    marked = page.find_all(lambda tag: tag.name in BLOCK_NAMES and (_is_chosen(tag) or is_hidden(tag)))
    frames = {id(tag.parent): tag.parent for tag in marked if tag.parent is not None}
    found = []
    for frame in frames.values():
        inside = frame.find_all(True, recursive=False)
        for strip, panels in ((frame.find_previous_sibling(True), inside), (inside[0], inside[1:])):
            if strip is None or not _are_panels(panels):
                continue
            items = _items(strip)
            if len(items) == len(panels) and not any(map(_leads_away, items)):
                found.append((strip, panels))
                break
    return found


def _are_panels(blocks: Sequence[Tag]) -> bool:
    """Tell whether two blocks or more are of one kind and have text, and one alone is shown first, or marked so."""
    if len(blocks) < 2 or len({block.name for block in blocks}) > 1 or not all(map(text_of, blocks)):
        return False
    shown = sum(not is_hidden(block) for block in blocks)
    first = sum(map(_is_chosen, blocks)) if shown == len(blocks) else shown
    return first == 1 and any(is_sentence(leaf, 3) for block in blocks for leaf in [block, *lines_of(block)])


def _is_chosen(tag: Tag) -> bool:
    return not _CHOSEN.isdisjoint(map(str, tag.get_attribute_list("class")))


def _items(strip: Tag) -> list[Tag]:
    """The elements of a row that hold a few words each and no sentence, or nothing where one holds more."""
    items = strip.find_all(True, recursive=False)
    while len(items) == 1:
        items = items[0].find_all(True, recursive=False)
    short = all(0 < len(text_of(item).split()) <= _MOST_IN_LABEL and not is_sentence(item, 3) for item in items)
    alike = len({item.name for item in items}) == 1 and strip.find(HEADINGS) is None
    return items if short and alike and (strip.find("li") is None or _one_is_marked(items)) else []


def _one_is_marked(items: Sequence[Tag]) -> bool:
    """Tell whether one item of a list looks unlike the others, by its classes or those inside: it is the open tab."""
    looks = [(*map(classes_of, [item, *item.find_all(True)]), item.get("aria-selected")) for item in items]
    return len(set(looks)) == 2 and 1 in map(looks.count, looks)


def _leads_away(label: Tag) -> bool:
    link = label if label.name == "a" else label.find("a")
    return link is not None and link.has_attr("href") and not str(link["href"]).startswith("#")


def _lone_labels(page: BeautifulSoup) -> list[tuple[Tag, Tag]]:
    """Labels that have each a block of text directly below, and nothing else: two or more in one element, or in alike.

    Such are accordions of checkboxes, each of which opens what stands below its label.
    """
    found: list[tuple[Tag, Tag]] = []
    alone: dict[str, list[tuple[Tag, Tag]]] = {}  # pairs that have an element for themselves, by its classes
    lines = [
        label.parent if label.parent and label.parent.name == "p" else label for label in page.select("label[for]")
    ]
    known = {id(line) for line in lines}
    parents = {id(line.parent): line.parent for line in lines if line.parent is not None}
    for parent in parents.values():
        children = parent.find_all(True, recursive=False)
        names, panels = children[::2], children[1::2]
        if (
            len(names) == len(panels) > 0
            and all(text_of(name) and id(name) in known for name in names)
            and all(text_of(name) == text_of(label) for name in names if (label := _label_of(name)))
            and all(panel.name in BLOCK_NAMES and panel.name != "p" for panel in panels)
            and all(text_of(panel) for panel in panels)
        ):
            pairs = list(zip(names, panels, strict=True))
            if len(pairs) > 1:
                found += pairs
            else:
                alone.setdefault(classes_of(parent), []).extend(pairs)
    for pairs in alone.values():
        if len(pairs) > 1 and any(is_sentence(leaf, 3) for _, panel in pairs for leaf in lines_of(panel)):
            found += pairs
    return found


def _label_of(line: Tag) -> Tag | None:
    return line if line.name == "label" else line.find("label")
