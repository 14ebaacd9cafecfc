"""Opens what a web page keeps closed until a click: accordions, tabs, details and lists of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, holds, nearest_around

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_LABEL = 200
"""Characters of a label at most; a longer one is text, not what opens a panel."""

_LABEL = "label"  # marks a label that is to become a heading, until its level is known
_PANEL = "data-panel"
_TOGGLES = ("collapse", "tab", "pill", "accordion", "toggle")
_LABEL_CLASS = re.compile(r"accordion|collaps|expand|toggle|faq|question|disclosure", re.IGNORECASE)
_ASKED_CLASS = re.compile(
    r"(?:^|[-_ ])(?:question|(?:faq|accordion|toggle|spoiler|panel)[-_]{0,2}(?:title|header|heading|question|trigger)"
    r"|collapsible(?:[-_]{0,2}header)?)(?:$| )",
    re.IGNORECASE,
)
_TOGGLE_CLASS = re.compile(r"(?:toggle|icon|chevron|arrow|caret)(?:$|[-_ ])", re.IGNORECASE)
_PANEL_CLASS = re.compile(
    r"(?:^|[-_ ])(?:accordion|collaps\w*|tab-?pane|tab-?panel|panel|pane|toggle\w*|expand\w*|answer|faq|spoiler"
    r"|read-?more)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:d-none|hidden|hide|is-hidden|u-hidden|invisible|display-none)(?:\s|$)", re.IGNORECASE
)
_FOR_EARS = re.compile(
    r"(?:^|[\s_-])(?:(?:visually|element|text|screenreader)-?(?:hidden|invisible)|sr-?only|screen-?reader(?:-?text)?|invisible-?text)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def open_panels(page: BeautifulSoup) -> tuple[list[LeftOut], int]:
    """Show all that a reader can open, and leave out what nobody sees; gives that, and how many panels were closed.

    What opens a panel, a button, a tab or a summary, becomes a heading one level below the one it stands under. So does
    the question of a list of questions and answers. Other buttons go.
    """
    ids = {str(tag["id"]): tag for tag in reversed(page.find_all(id=True))}
    _open_tabs(page, ids)
    left_out = _labels(page, ids)
    _name_headings(page)
    closed = 0
    for tag in page.find_all(_is_hidden):
        if tag.decomposed:
            continue
        if _can_be_opened(tag):
            closed += not _for_eyes(tag)
            for key in ("hidden", "aria-hidden", "style"):
                del tag[key]
        elif words := text_of(tag):
            left_out.append(LeftOut("text that a reader does not see", words))
            tag.decompose()
        else:
            tag.decompose()
    return left_out, closed


def text_of(tag: Tag) -> str:
    """The words of an element on one line."""
    return " ".join(" ".join(str(one) for one in tag.descendants if getattr(one, "name", None) is None).split())


def link_words(tag: Tag) -> int:
    """How many of an element's words stand in links."""
    links = [tag] if tag.name == "a" else tag.find_all("a", href=True)
    return sum(len(link.get_text(" ").split()) for link in links)


def is_links(tag: Tag, share: float = 0.6) -> bool:
    """Tell whether at least this share of an element's words stands in links; headings over links do not count."""
    headings = [
        heading for heading in tag.find_all(HEADINGS) if not heading.find("a") and not nearest_around(heading, ("a",))
    ]
    words = len(tag.get_text(" ").split()) - sum(len(heading.get_text(" ").split()) for heading in headings)
    return words > 0 and link_words(tag) >= share * words


def _open_tabs(page: BeautifulSoup, ids: Mapping[str, Tag]) -> None:
    """Put each tab's label over its panel, and take the row of tabs away."""
    for tabs in page.select('[role="tablist"], .nav-tabs, .nav-pills'):
        labels = [(label, _panel_by_id(ids, label)) for label in tabs.select('[role="tab"], a[href^="#"]')]
        if labels and all(panel is not None and text_of(panel) for _, panel in labels):
            for label, panel in labels:
                if panel is not None:
                    heading = page.new_tag(_LABEL)
                    heading.string = text_of(label)
                    panel.insert_before(heading)
                    panel[_PANEL] = ""
            tabs.decompose()


def _labels(page: BeautifulSoup, ids: Mapping[str, Tag]) -> list[LeftOut]:
    left_out: list[LeftOut] = []
    for summary in page.find_all("summary"):
        if first_inside(summary, HEADING_NAMES):
            summary.name = "div"
        elif text_of(summary):
            _make_label(summary)
        details = nearest_around(summary, ("details",))
        if details is not None:
            details[_PANEL] = ""
            details.insert_before(summary.extract())
    for button in page.select('button, [role="button"], a[data-toggle], a[data-bs-toggle]'):
        if button.decomposed or nearest_around(button, ("nav", "label")):
            continue
        heading = nearest_around(button, HEADING_NAMES)
        panel = _panel_of(ids, button, heading or button)
        if panel is not None:
            panel[_PANEL] = ""
        if (
            panel is not None
            and heading is None
            and first_inside(button, HEADING_NAMES) is None
            and _stands_by_heading(button, panel)
        ):
            left_out.append(LeftOut("button", text_of(button)))
            button.decompose()
        elif heading or first_inside(button, HEADING_NAMES):
            left_out += _without_toggle(button)
            button.name = "div" if first_inside(button, HEADING_NAMES) else "span"
        elif panel is not None and _opens(button) and len(text_of(button)) <= _MAX_LABEL:
            _make_label(button)
        elif button.name == "button" or (button.name == "a" and not button.get("href")):
            left_out.append(LeftOut("button", text_of(button)))
            button.decompose()
    for tag in page.find_all(["div", "p", "span"]):
        if _ASKED_CLASS.search(_classes(tag)) and _is_label(tag):
            _make_label(tag)
    for terms in page.find_all("dl"):
        for term in terms.find_all("dt"):
            if text_of(term).endswith(("?", "？", "؟")) and len(text_of(term)) <= _MAX_LABEL:
                _make_label(term)
        if terms.find(_LABEL):
            for tag in [terms, *terms.find_all(["dt", "dd"])]:
                tag.name = "div"
    return left_out


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
    for inner in label.find_all("span"):
        if not inner.decomposed and _TOGGLE_CLASS.search(_classes(inner)) and text_of(inner) != text_of(label):
            left_out.append(LeftOut("button", text_of(inner)))
            inner.decompose()
    return left_out


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
    return button.has_attr("aria-expanded") or button.has_attr("aria-controls") or toggle in _TOGGLES or bool(named)


def _panel_of(ids: Mapping[str, Tag], button: Tag, label: Tag) -> Tag | None:
    """The text that a button opens: what it names, or what follows it; a menu is none."""
    found = _panel_by_id(ids, button)
    at: Tag | None = label
    while found is None and at is not None:
        sibling = at.find_next_sibling(True)
        if sibling is not None:
            found = sibling if _opens(button) and sibling.name not in (*HEADINGS, "button") else None
            break
        at = at.parent if at.parent is not None and text_of(at.parent) == text_of(button) else None
    if found is None or not text_of(found) or found.name == "nav" or found.find("nav"):
        return None
    return None if is_links(found) or str(found.get("role")) in ("dialog", "menu", "search") else found


def _panel_by_id(ids: Mapping[str, Tag], control: Tag) -> Tag | None:
    for key in ("aria-controls", "data-target", "data-bs-target", "href"):
        name = str(control.get(key) or "").strip()
        if name and (key != "href" or name.startswith("#")):
            found = ids.get(name.removeprefix("#"))
            if found is not None and not found.decomposed:
                return found
    return None


def _make_label(tag: Tag) -> None:
    for icon in tag.find_all(lambda inner: inner.get("aria-hidden") == "true" or _looks_for_ears(inner)):
        if not icon.decomposed and (
            not _LETTER.search(icon.get_text()) or len(icon.get_text().split()) <= len(text_of(tag).split()) // 2
        ):
            icon.decompose()
    tag.string = text_of(tag)
    tag.name = _LABEL


def _name_headings(page: BeautifulSoup) -> None:
    """Give each label the level below the heading that it stands under; those of one accordion have one level."""
    level = 1
    for tag in page.find_all([*HEADINGS, _LABEL]):
        inside = sum(parent.has_attr(_PANEL) for parent in tag.parents)
        if tag.name != _LABEL:
            level = level if inside else int(tag.name[1])
            continue
        tag.name = f"h{min(level + 1 + inside, 6)}"
        tag.attrs = {}
        for item in tag.find_parents("li", limit=1):  # an accordion that is written as a list
            for around in (item, item.parent):
                if around is not None:
                    around.name = "div"


def _is_hidden(tag: Tag) -> bool:
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden")).lower() == "true"
        or bool(_UNSEEN_STYLE.search(str(tag.get("style") or "")))
        or bool(_HIDDEN_CLASS.search(_classes(tag)))
        or _looks_for_ears(tag)
    )


def _classes(tag: Tag) -> str:
    return " ".join(str(name) for name in tag.get_attribute_list("class") if name)


def _looks_for_ears(tag: Tag) -> bool:
    return bool(_FOR_EARS.search(_classes(tag)))


def _for_eyes(tag: Tag) -> bool:
    """Tell whether hidden text is seen all the same, and only passed over when a page is read aloud."""
    return not (
        tag.has_attr("hidden")
        or _UNSEEN_STYLE.search(str(tag.get("style") or ""))
        or _HIDDEN_CLASS.search(_classes(tag))
    )


def _can_be_opened(tag: Tag) -> bool:
    """Tell whether hidden text is a panel that a reader can open, or seen all the same."""
    words = text_of(tag)
    if not _LETTER.search(words) or tag.name in ("dialog", "nav", "template", "i") or is_links(tag):
        return False
    if str(tag.get("role")) in ("dialog", "alertdialog", "menu", "search", "status", "alert"):
        return False
    if re.search(r"modal|popup|lightbox|cookie|consent|newsletter", _classes(tag), re.IGNORECASE):
        return False
    if _looks_for_ears(tag):
        heading = nearest_around(tag, HEADING_NAMES)  # "Urgent advice:" before a heading's words is as good as seen
        return heading is not None and text_of(heading).startswith(words) and text_of(heading) != words
    if tag.has_attr(_PANEL) or any(parent.has_attr(_PANEL) for parent in tag.parents):
        return True
    if _PANEL_CLASS.search(_classes(tag)) or str(tag.get("role")) in ("tabpanel", "region"):
        return True
    if _for_eyes(tag) and len(words.split()) > 2:
        return True
    return any(before.name in HEADINGS or first_inside(before, HEADING_NAMES) for before in _before(tag))


def _before(tag: Tag) -> Iterator[Tag]:
    """The element before another one, or before the one that it begins."""
    for at in (tag, tag.parent):
        if at is None or at.name in ("body", "main", "article"):
            return
        before = at.find_previous_sibling(True)
        if before is not None:
            yield before
            return
