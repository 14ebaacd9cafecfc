"""Opens what a web page keeps closed until a click: accordions, tabs, details and lists of questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from wellread.articles.outline import asks
from wellread.importing.controls import panel_by_id
from wellread.importing.hidden import PANEL, PANEL_CLASS, can_be_opened, classes_of, for_eyes, is_hidden, is_window
from wellread.importing.labels import LABEL
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import words_outside_links
from wellread.importing.tabs import open_tabs
from wellread.importing.tree import (
    BLOCK_NAMES,
    HEADING_NAMES,
    HEADINGS,
    first_inside,
    holds,
    is_links,
    nearest_around,
    new_tag,
    text_of,
)
from wellread.text.page_words import SHARE, SHOW_MORE

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_LABEL = 200
"""Characters of a label at most; a longer one is text, not what opens a panel."""

_LEAST_WAITING = 100
"""Words outside links at least of a page's text that waits for a script; fewer may be a window of a short page."""

_LABEL = "x-label"  # marks a label that is to become a heading, until its level is known
_TOGGLES = ("collapse", "tab", "pill", "accordion", "toggle")
_LABEL_CLASS = re.compile(r"accordion|collaps|expand|toggle|faq|question|disclosure", re.IGNORECASE)
_ASKED_CLASS = re.compile(
    r"(?:^|[-_ ])(?:question|(?:faq|accordion|toggle|spoiler|panel)[-_]{0,2}(?:title|header|heading|question|trigger)"
    r"|collapsible(?:[-_]{0,2}header)?|expand-control)(?:$| )",
    re.IGNORECASE,
)
_TOGGLE_CLASS = re.compile(r"(?:toggle|icon|chevron|arrow|caret)(?:$|[-_ ])", re.IGNORECASE)

_SIGNS = "+−▾▼▸►›× "
"""Signs beside the words of a label, which show whether its panel is open."""
_NO_PANELS = ("nav", "header", "footer", "form")
_OF_MENU = re.compile(r"nav|menu|header|search|footer|share|cookie|language|login|cart", re.IGNORECASE)
"""In the class of what opens a menu or a tool of the site, or of an element around it."""
_SEPARATORS = re.compile(r"[|·•/–—\s-]+")
_WORDS_CLASS = re.compile(r"title|text|label|heading|question|name", re.IGNORECASE)
"""What holds the words of a label, though it is called a part of a toggle: "heading__toggle-title"."""


def open_panels(page: BeautifulSoup) -> tuple[list[LeftOut], list[str]]:
    """Show all that a reader can open, and leave out what nobody sees; gives that, and notes.

    What opens a panel, a button, a tab or a summary, becomes a heading one level below the one it stands under. So does
    the question of a list of questions and answers. Other buttons go.
    """
    ids = {str(tag["id"]): tag for tag in reversed(page.find_all(id=True))}
    notes = _lost(page, ids)
    left_out, told = open_tabs(page, ids, _LABEL)
    notes += told
    left_out += _labels(page, ids)
    _name_headings(page)
    closed = 0
    whole = words_outside_links(page.body or page)
    waiting = False
    for tag in page.find_all(is_hidden):
        if tag.decomposed:
            continue
        waits = words_outside_links(tag) > max(_LEAST_WAITING, 0.5 * whole) and not is_window(tag)
        waiting = waiting or waits
        if waits or can_be_opened(tag):
            closed += not waits and not for_eyes(tag)
            before = tag.find_previous_sibling(True)
            if before is not None and text_of(before) in ("…", "...", ". . ."):
                before.decompose()  # the dots in place of the rest of a sentence
            for key in ("hidden", "aria-hidden", "style"):
                del tag[key]
        elif words := text_of(tag):
            left_out.append(LeftOut("text that a reader does not see", words))
            tag.decompose()
        else:
            tag.decompose()
    if closed:
        notes.append(f"what the page shows only after a click stands in the text ({closed})")
    if waiting:
        notes.append("most of the page is hidden until a script shows it; it stands in the text")
    return left_out, notes


def _lost(page: BeautifulSoup, ids: Mapping[str, Tag]) -> list[str]:
    """A note of what opens nothing below the title: a program saved the page without the texts that were closed."""
    empty = []
    for control in page.select('[aria-expanded="false"][aria-controls], details > summary'):
        if (
            control.find_previous("h1") is None
            or nearest_around(control, _NO_PANELS)
            or control.has_attr("aria-haspopup")
        ):
            continue
        words = text_of(control)
        if control.name == "summary":
            lost = control.parent is None or text_of(control.parent) == words
        else:
            lost = _panel_of(ids, control, nearest_around(control, HEADING_NAMES) or control) is None
        named = any(_OF_MENU.search(classes_of(tag)) for tag in [control, *control.parents])
        if words and lost and not named and not SHARE.fullmatch(words):
            empty.append(f'"{words[:_MAX_LABEL]}"')
    reason = "texts that open by a click are not in the file: open them on the page and save it again"
    return [f"{reason}: {', '.join(dict.fromkeys(empty))}"] if empty else []


def _shows_more(button: Tag) -> bool:
    """Tell whether a button says that more is shown, and nothing of what that is."""
    return SHOW_MORE.fullmatch(text_of(button).strip(_SIGNS + "….")) is not None


def _labels(page: BeautifulSoup, ids: Mapping[str, Tag]) -> list[LeftOut]:
    left_out: list[LeftOut] = []
    for summary in page.find_all("summary"):
        if title := first_inside(summary, HEADING_NAMES):
            title[LABEL] = ""
            summary.name = "div"
        elif _shows_more(summary):
            left_out.append(LeftOut("button", text_of(summary)))
            summary.clear()
        elif text_of(summary):
            left_out += _make_label(summary)
        details = nearest_around(summary, ("details",))
        if details is not None:
            details[PANEL] = ""
            details.insert_before(summary.extract())
    buttons = page.select('button, [role="button"], a[data-toggle], a[data-bs-toggle]')
    in_rows = _in_rows(buttons)
    for button in buttons:
        if button.decomposed or nearest_around(button, ("nav", "label")):
            continue
        heading = nearest_around(button, HEADING_NAMES)
        panel = _panel_of(ids, button, None if id(button) in in_rows else heading or button)
        if panel is not None:
            panel[PANEL] = ""
        if (
            panel is not None
            and heading is None
            and first_inside(button, HEADING_NAMES) is None
            and (_stands_by_heading(button, panel) or nearest_around(button, ("figure",)) or _shows_more(button))
        ):
            left_out.append(LeftOut("button", text_of(button)))
            button.decompose()
        elif title := heading or first_inside(button, HEADING_NAMES):
            if panel is not None:
                title[LABEL] = ""
            left_out += _without_toggle(button)
            button.name = "div" if first_inside(button, HEADING_NAMES) else "span"
        elif panel is not None and _opens(button) and len(text_of(button)) <= _MAX_LABEL:
            if id(button) in in_rows:
                panel.insert_before(button.extract())
            left_out += _make_label(button)
        elif button.name == "button" or (button.name == "a" and not button.get("href")):
            left_out.append(LeftOut("button", text_of(button)))
            around = button.parent
            button.decompose()
            if around is not None and around.find(True) is None and _SEPARATORS.fullmatch(text_of(around)):
                around.decompose()  # the bar between two buttons
    for tag in page.find_all(["div", "p", "span", "strong", "b"]):
        if tag.decomposed or not (_ASKED_CLASS.search(classes_of(tag)) or _opens_next(tag)):
            continue
        while tag.parent is not None and tag.parent.name == "p" and text_of(tag.parent) == text_of(tag):
            tag = tag.parent
        below = tag.find_next_sibling(True)
        if below is not None and _is_label(tag):
            if below.name in ("div", "section"):
                below[PANEL] = ""
            left_out += _make_label(tag)
    for terms in page.find_all("dl"):
        for term in terms.find_all("dt"):
            if asks(text_of(term)) and len(text_of(term)) <= _MAX_LABEL:
                left_out += _make_label(term)
        if terms.find(_LABEL):
            for tag in [terms, *terms.find_all(["dt", "dd"])]:
                tag.name = "div"
    return left_out


def _in_rows(buttons: Iterable[Tag]) -> set[int]:
    """The buttons, by their identity, that stand side by side with nothing else in their element, or in their list."""
    rows: dict[int, list[Tag]] = {}
    for button in buttons:
        around = button.parent
        if around is not None and around.name == "li" and text_of(around) == text_of(button):
            around = around.parent
        if around is not None and {child.name for child in around.find_all(True, recursive=False)} <= {
            "button",
            "a",
            "li",
        }:
            rows.setdefault(id(around), []).append(button)
    return {id(button) for row in rows.values() if len(row) > 1 for button in row}


def _stands_by_heading(button: Tag, panel: Tag) -> bool:
    """Tell whether a heading beside a button already says what its panel is about."""
    for around in [*button.parents][:3]:
        if holds(around, panel):
            return False
        if first_inside(around, HEADING_NAMES):
            return True
    return False


def _without_toggle(label: Tag) -> list[LeftOut]:
    """Take "Show" and the like out of a label."""
    left_out = []
    for inner in label.find_all(["span", "i", "em", "div"]):
        if inner.decomposed or not _TOGGLE_CLASS.search(classes_of(inner)) or _WORDS_CLASS.search(classes_of(inner)):
            continue
        if sum(map(str.isalnum, text_of(inner))) < sum(map(str.isalnum, text_of(label))):
            left_out.append(LeftOut("button", text_of(inner)))
            inner.decompose()
    return left_out


def _opens_next(tag: Tag) -> bool:
    """Tell whether a line that is no button is called a toggle, or answers to a click, and a panel is below it."""
    below = tag.find_next_sibling(True)
    opens = tag.has_attr("onclick") or _LABEL_CLASS.search(classes_of(tag)) is not None
    panel = below is not None and (PANEL_CLASS.search(classes_of(below)) is not None or is_hidden(below))
    return opens and panel and not text_of(tag).endswith((".", ":", ","))


def _is_label(tag: Tag) -> bool:
    """Tell whether an element that is named as a label is one: a short line with text below it."""
    if first_inside(tag, BLOCK_NAMES) is not None or nearest_around(tag, HEADING_NAMES) is not None:
        return False
    below = tag.find_next_sibling(True)
    return (
        below is not None
        and bool(text_of(below))
        and below.name not in HEADINGS
        and 0 < len(text_of(tag)) <= _MAX_LABEL
    )


def _opens(button: Tag) -> bool:
    """Tell whether a button says of itself that it opens something."""
    toggle = str(button.get("data-toggle") or button.get("data-bs-toggle") or "")
    named = _LABEL_CLASS.search(" ".join([*button.get_attribute_list("class"), str(button.get("id") or "")]) or "")
    says = any(button.has_attr(key) for key in ("aria-expanded", "aria-controls", "onclick"))
    return says or toggle in _TOGGLES or bool(named)


def _panel_of(ids: Mapping[str, Tag], button: Tag, label: Tag | None) -> Tag | None:
    """The text that a button opens: what it names, or what follows its label, unless it has none; a menu is none."""
    found = panel_by_id(ids, button)
    if found is not None and (holds(found, button) or holds(button, found)):
        found = None  # a button may name itself
    at = label
    while found is None and at is not None:
        sibling = at.find_next_sibling(True)
        if sibling is not None:
            found = sibling if _opens(button) and sibling.name not in (*HEADINGS, "button") else None
            break
        at = at.parent if at.parent is not None and text_of(at.parent) == text_of(button) else None
    if found is None or not text_of(found) or found.name == "nav" or found.find("nav"):
        return None
    return None if is_links(found) or str(found.get("role")) in ("dialog", "menu", "search") else found


def _make_label(tag: Tag) -> list[LeftOut]:
    """Make a label of an element, without its icons; gives the words of those that had some."""
    left_out = _without_toggle(tag)
    tag.string = text_of(tag).strip(_SIGNS)
    tag.name = _LABEL
    return left_out


def _name_headings(page: BeautifulSoup) -> None:
    """Give each label the level below the heading that it stands under; those of one accordion have one level."""
    level = 1
    for tag in page.find_all([*HEADINGS, _LABEL]):
        inside = sum(parent.has_attr(PANEL) for parent in tag.parents)
        if tag.name != _LABEL:
            level = level if inside else int(tag.name[1]) - tag.has_attr(LABEL)  # labels after it are beside it
            continue
        table = nearest_around(tag, ("table",))
        if table is not None and first_inside(table, ("th",)) is not None:  # with a heading, it would be taken apart
            tag.name, tag.attrs = "p", {}
            tag.append(new_tag("strong", [child.extract() for child in list(tag.children)]))
            continue
        tag.name = f"h{min(level + 1 + inside, 6)}"
        tag.attrs = {LABEL: ""}
        for item in tag.find_parents("li", limit=1):  # an accordion that is written as a list
            for around in (item, item.parent):
                if around is not None:
                    around.name = "div"
